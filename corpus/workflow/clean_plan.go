package workflow

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// cleaned is what the changes of layout of an export came to.
type cleaned struct {
	base    *layout.Document // the file as received
	file    *layout.Document // the result, read again; nil where no layout was changed
	changes []layout.Change  // of the received file: wordings and layout together
	made    []corpus.Cleaning
	levels  map[int]int // blocks of the result that are headings, by people's word
}

// clean makes the changes of layout that stand on top of the wordings, whose
// changes of the received file and result are given. A change whose place a
// wording has taken is left out and blocks; so does one that waits, unless the
// export takes it.
//
// The result is read again and must have the words of the wordings' result.
func (p *plan) clean(data []byte, wordings []layout.Change) ([]byte, cleaned, error) {
	var list []cleaningPlace
	for i := range p.cleanings {
		c := &p.cleanings[i]
		switch status := c.Status(); {
		case status == corpus.Pending:
			p.blockAt(c, LayoutWaits)
			if p.policy != LatestToo {
				continue
			}
		case status != corpus.Approved:
			continue
		}
		at, ok := p.placeCleaning(c, wordings)
		if !ok {
			p.blockAt(c, LayoutStale)
			continue
		}
		list = append(list, at)
	}
	out := cleaned{base: p.file, changes: wordings}
	if len(list) == 0 {
		return data, out, nil
	}
	before := p.file.ReadAgain(data)
	var reshapes []layout.Reshape
	var shifted, all []layout.Change
	for _, at := range list {
		reshapes = append(reshapes, at.reshape(before))
		out.made = append(out.made, *at.cleaning)
		if at.change.Old.Len() > 0 || len(at.change.New) > 0 {
			moved := at.change
			moved.Old.Start, moved.Old.End = moved.Old.Start+at.delta, moved.Old.End+at.delta
			shifted, all = append(shifted, moved), append(all, at.change)
		}
	}
	result, ok := layout.Apply(data, shifted)
	if ok {
		out.file = p.file.ReadAgain(result)
		ok = layout.VerifyReshaped(before, out.file, reshapes) == nil
	}
	if !ok {
		return nil, out, corpus.Errorf(corpus.Blocked, "the approved changes of layout cannot be made together with the approved wordings; reopen one of those of units %v", p.cleaningUnits(list))
	}
	out.changes = mergeChanges(all, wordings)
	out.levels = headingLevels(before, out.file, reshapes)
	return result, out, nil
}

// cleaningPlace is a change of layout with where it went.
type cleaningPlace struct {
	cleaning *corpus.Cleaning
	change   layout.Change // of the received file
	delta    int           // how far the wordings moved its place
	block    int           // raw offset of its block's beginning, moved
}

// placeCleaning finds where a change of layout stands once the wordings were put
// in; false where a wording has taken its place, or the file does not read as
// when it was proposed.
func (p *plan) placeCleaning(c *corpus.Cleaning, wordings []layout.Change) (cleaningPlace, bool) {
	raw := p.file.Raw
	if c.Block >= len(p.file.Blocks) || c.Old.Start < 0 || c.Old.End > len(raw) || c.Old.Start > c.Old.End ||
		string(raw[c.Old.Start:c.Old.End]) != c.Before || corpus.BlobHash([]byte(p.file.Blocks[c.Block].Text)) != c.Text {
		return cleaningPlace{}, false
	}
	at := cleaningPlace{cleaning: c, change: layout.Change{Old: layout.Span{Start: c.Old.Start, End: c.Old.End}, New: []byte(c.After)}}
	block := p.file.Blocks[c.Block].Envelope(layout.Span{End: len(p.file.Blocks[c.Block].Text)})
	start := layout.Change{Old: layout.Span{Start: block.Start, End: block.Start}}
	at.block = block.Start
	for _, w := range wordings {
		if crosses(w.Old, at.change.Old) || crosses(w.Old, start.Old) {
			return at, false
		}
		if w.Old.Start <= block.Start && w.Old.End >= block.End && len(bytes.TrimSpace(w.New)) == 0 {
			return at, false // the block is deleted
		}
		grown := len(w.New) - w.Old.Len()
		if precedes(w, at.change) {
			at.delta += grown
		}
		if precedes(w, start) {
			at.block += grown
		}
	}
	return at, true
}

// crosses reports whether two ranges share a byte, or one has an insertion in
// its inside.
func crosses(a, b layout.Span) bool { return a.Start < b.End && b.Start < a.End }

// precedes reports whether a wording's change comes before one of layout where
// both begin at one place.
func precedes(w, c layout.Change) bool {
	if w.Old == c.Old && w.Old.Len() == 0 {
		return bytes.HasSuffix(w.New, []byte("\n")) || bytes.HasSuffix(w.New, []byte("\r")) // a paragraph of its own
	}
	return w.Old.End <= c.Old.Start
}

// reshape says what the change does to the file with the wordings put in.
func (at cleaningPlace) reshape(file *layout.Document) layout.Reshape {
	c := at.cleaning
	r := layout.Reshape{Kind: layout.ReshapeKind(c.Kind), Level: c.Level, Block: file.BlockAt(at.block)}
	if c.Kind == corpus.CleanSplit && r.Block < len(file.Blocks) {
		r.Offset = file.Blocks[r.Block].Logical(at.change.Old.End + at.delta)
	}
	return r
}

// mergeChanges sorts the changes of wordings and layout into one list.
func mergeChanges(layouts, wordings []layout.Change) []layout.Change {
	all := append(slices.Clone(layouts), wordings...)
	slices.SortStableFunc(all, func(a, b layout.Change) int {
		return cmp.Or(cmp.Compare(a.Old.Start, b.Old.Start), cmp.Compare(a.Old.End, b.Old.End))
	})
	for i := 1; i < len(all); i++ {
		// Two insertions at one place: a new paragraph stands before the mark.
		if a, b := all[i-1], all[i]; a.Old == b.Old && a.Old.Len() == 0 && precedes(b, a) {
			all[i-1], all[i] = b, a
		}
	}
	return all
}

// headingLevels finds the blocks of the result that people called headings.
func headingLevels(before, after *layout.Document, list []layout.Reshape) map[int]int {
	// What joins and splits add to or take from the number of a block.
	moved := make([]int, len(before.Blocks)+1)
	for _, r := range list {
		switch r.Kind {
		case layout.JoinBlocks:
			moved[r.Block]--
		case layout.SplitBlock:
			moved[r.Block+1]++
		}
	}
	for i := 1; i < len(moved); i++ {
		moved[i] += moved[i-1]
	}
	levels := map[int]int{}
	for _, r := range list {
		if at := r.Block + moved[r.Block]; r.Kind == layout.MakeHeading && at < len(after.Blocks) {
			levels[at] = r.Level
		}
	}
	return levels
}

// blockAt notes that a change of layout holds a release back.
func (p *plan) blockAt(c *corpus.Cleaning, why Why) {
	u := p.firstUnit[c.Block]
	p.open = append(p.open, Blocker{Unit: u.ID, Number: p.firstNumber[c.Block], Why: why})
}

func (p *plan) cleaningUnits(list []cleaningPlace) []int {
	var numbers []int
	for _, at := range list {
		numbers = append(numbers, p.firstNumber[at.cleaning.Block])
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// sortOpen puts what is open in reading order.
func (p *plan) sortOpen() {
	slices.SortStableFunc(p.open, func(a, b Blocker) int { return cmp.Compare(a.Number, b.Number) })
}
