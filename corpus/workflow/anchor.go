package workflow

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// blockTrack says which block of a file follows from which of the file before.
type blockTrack struct {
	old, new *layout.Document
	to       []int           // of each old block; -1 where it is gone
	figures  map[string]bool // of the whole new file
}

// trackBlocks finds the blocks of one file again in another: equal ones, in order
// or moved, then those between that changed.
func trackBlocks(old, new *layout.Document) *blockTrack {
	t := &blockTrack{old: old, new: new}
	if old == nil || new == nil {
		return t
	}
	before, after := blockTexts(old), blockTexts(new)
	t.to = make([]int, len(before))
	for i := range t.to {
		t.to[i] = -1
	}
	for j, i := range followMoved(before, after) {
		if i >= 0 {
			t.to[i] = j
		}
	}
	return t
}

func blockTexts(doc *layout.Document) []corpus.Pair {
	list := make([]corpus.Pair, len(doc.Blocks))
	for i := range doc.Blocks {
		list[i].Source = doc.Blocks[i].Text
	}
	return list
}

// follows is the stretch of the new file that a stretch of the old one became,
// or the reason why there is none.
func (t *blockTrack) follows(s corpus.Stretch) (corpus.Stretch, lossReason) {
	text, ok := stretchText(t.old, s)
	if !ok || corpus.BlobHash([]byte(text)) != s.Hash {
		return corpus.Stretch{}, lostOld
	}
	if t.new == nil {
		return corpus.Stretch{}, lostSide
	}
	if n, ok := t.alone(s, text); ok {
		return n, placed
	}
	first, last := t.to[s.First], t.to[s.Last]
	if first < 0 || last < 0 {
		return corpus.Stretch{}, lostBlock
	}
	if last-first != s.Last-s.First {
		return corpus.Stretch{}, lostApart
	}
	n := corpus.Stretch{First: first, Last: last}
	var found bool
	if n.Start, found = placeStart(t.old.Blocks[s.First].Text, t.new.Blocks[first].Text, s.Start); !found {
		return corpus.Stretch{}, lostEdge
	}
	if n.End, found = placeEnd(t.old.Blocks[s.Last].Text, t.new.Blocks[last].Text, s.End); !found {
		return corpus.Stretch{}, lostEdge
	}
	if first == last && n.Start >= n.End {
		return corpus.Stretch{}, lostEdge
	}
	now, ok := stretchText(t.new, n)
	if !ok || now != text && (!alike(text, now) || t.elsewhere(text, now)) {
		return corpus.Stretch{}, lostEdge
	}
	n.Hash = corpus.BlobHash([]byte(now))
	return n, placed
}

// figure is a word with digits in it, by which sentences that are otherwise alike
// are told apart.
var figure = regexp.MustCompile(`[A-Za-z]*[0-9][0-9.,]*`)

// elsewhere reports whether a figure of the old text is missing from what is taken
// for its successor, and stands in another place of the new file.
func (t *blockTrack) elsewhere(text, now string) bool {
	if t.figures == nil {
		t.figures = map[string]bool{}
		for i := range t.new.Blocks {
			for _, f := range figure.FindAllString(t.new.Blocks[i].Text, -1) {
				t.figures[f] = true
			}
		}
	}
	has := figure.FindAllString(now, -1)
	return slices.ContainsFunc(figure.FindAllString(text, -1), func(f string) bool { return t.figures[f] && !slices.Contains(has, f) })
}

// alone finds a stretch of one block whose very words stand once in the block that
// followed, or once in the whole new file.
func (t *blockTrack) alone(s corpus.Stretch, text string) (corpus.Stretch, bool) {
	if s.First != s.Last {
		return corpus.Stretch{}, false
	}
	in := -1
	if b := t.to[s.First]; b >= 0 && strings.Count(t.new.Blocks[b].Text, text) == 1 {
		in = b
	} else {
		for i := range t.new.Blocks {
			switch n := strings.Count(t.new.Blocks[i].Text, text); {
			case n == 0:
			case n > 1 || in >= 0:
				return corpus.Stretch{}, false
			default:
				in = i
			}
		}
	}
	if in < 0 {
		return corpus.Stretch{}, false
	}
	at := strings.Index(t.new.Blocks[in].Text, text)
	return corpus.Stretch{First: in, Start: at, Last: in, End: at + len(text), Hash: s.Hash}, true
}

// placeStart carries the place where a stretch begins over to a changed text: the
// text behind it must be there still, or that in front of it. A block's own
// beginning stays one where its first words changed.
func placeStart(old, text string, at int) (int, bool) {
	if old == text {
		return at, true
	}
	if n, ok := carryPlace(old, text, at, true); ok {
		return n, true
	}
	if at == 0 {
		return 0, true
	}
	n, ok := carryPlace(old, text, len(strings.TrimRightFunc(old[:at], unicode.IsSpace)), false)
	if !ok {
		return 0, false
	}
	n = len(text) - len(strings.TrimLeftFunc(text[n:], unicode.IsSpace))
	return n, n < len(text)
}

// placeEnd is placeStart for where a stretch ends.
func placeEnd(old, text string, at int) (int, bool) {
	if old == text {
		return at, true
	}
	if n, ok := carryPlace(old, text, at, false); ok {
		return n, true
	}
	if at == len(old) {
		return len(text), true
	}
	n, ok := carryPlace(old, text, len(old)-len(strings.TrimLeftFunc(old[at:], unicode.IsSpace)), true)
	if !ok {
		return 0, false
	}
	n = len(strings.TrimRightFunc(text[:n], unicode.IsSpace))
	return n, n > 0
}

// carryPlace carries a place over with the character behind it, or with the one
// in front of it, if that stayed.
func carryPlace(old, text string, at int, behind bool) (int, bool) {
	probe := diff.Span{Start: at, End: at}
	if behind {
		_, n := utf8.DecodeRuneInString(old[at:])
		probe.End = at + n
	} else {
		_, n := utf8.DecodeLastRuneInString(old[:at])
		probe.Start = at - n
	}
	if probe.Start == probe.End {
		return 0, false
	}
	for _, e := range diff.Texts(old, text) {
		if e.Op == diff.Equal && e.Old.Start <= probe.Start && probe.End <= e.Old.End {
			return at + e.New.Start - e.Old.Start, true
		}
	}
	return 0, false
}

// lossReason says why an override could not be carried over.
type lossReason string

const (
	placed     lossReason = ""
	lostOld    lossReason = "the text it was made on is read in another way now"
	lostSide   lossReason = "the new version has no such side"
	lostBlock  lossReason = "its paragraph is not in the new files"
	lostApart  lossReason = "its paragraphs do not stand together any more"
	lostEdge   lossReason = "the words at its edges changed"
	lostCross  lossReason = "it overlaps another decision there"
	lostPair   lossReason = "the sentences are paired in another way there"
	lostMean   lossReason = "it was made while the new files came in"
	lostJoined lossReason = "its text became part of a longer unit, so that work on it stays whole"
)
