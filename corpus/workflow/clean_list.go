package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// CleaningList is what was proposed for a document's layout, and what its file
// seems to need beside.
type CleaningList struct {
	Document  corpus.Document
	Version   corpus.Version
	Proposed  []CleaningRow // in the order in which they were proposed
	Suggested []CleaningRow // in file order; what was proposed or declined before is left out
	Quotes    []QuoteChange // wordings that would make the quotation marks of one kind
	Curly     bool          // the kind that most marks of the document are of
	Blocks    []CleaningRow // all blocks under review, to choose from; only place and text are set
}

// CleaningRow is a change of layout with where it is.
type CleaningRow struct {
	Cleaning corpus.Cleaning // the zero value for a suggestion
	Change   layout.Reshape
	Sign     string // why it is suggested
	Unit     corpus.Unit
	Number   int    // of the unit in reading order
	Line     int    // in the file as received, from 1
	Text     string // of the block
	Previous string // text of the block before it
	Old, New string // bytes that go and come
}

// Cleanings lists the changes of layout of a document for anybody who may read
// it.
func (d *Desk) Cleanings(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (CleaningList, error) {
	g, err := d.cleaningGround(ctx, user, doc)
	out := CleaningList{Document: g.document, Version: g.version}
	if err != nil {
		return out, err
	}
	for _, c := range g.cleanings {
		row := g.row(layout.Reshape{Kind: layout.ReshapeKind(c.Kind), Block: c.Block, Level: c.Level, Offset: c.Offset})
		row.Cleaning, row.Old, row.New = c, c.Before, c.After
		out.Proposed = append(out.Proposed, row)
	}
	for _, s := range g.file.Suggestions(g.labels) {
		row := g.row(s.Reshape)
		row.Sign = s.Sign
		if row.Unit.ID != "" && !g.answered(s.Reshape) {
			out.Suggested = append(out.Suggested, row)
		}
	}
	for i := range g.file.Blocks {
		if row := g.row(layout.Reshape{Block: i}); row.Unit.ID != "" {
			out.Blocks = append(out.Blocks, row)
		}
	}
	out.Quotes, out.Curly, err = d.quoteChanges(ctx, g.version.ID)
	return out, err
}

// LayoutChange counts the changes of layout of one kind.
type LayoutChange struct {
	Kind  corpus.CleaningKind
	Count int
}

// LayoutChanges counts changes of layout by kind, in the order of
// corpus.CleaningKinds.
func LayoutChanges(list []corpus.Cleaning) []LayoutChange {
	var out []LayoutChange
	for _, k := range corpus.CleaningKinds() {
		n := 0
		for _, c := range list {
			if c.Kind == k {
				n++
			}
		}
		if n > 0 {
			out = append(out, LayoutChange{k, n})
		}
	}
	return out
}

// answered reports whether a change of the kind was proposed for the block and
// not withdrawn.
func (g *cleaningGround) answered(r layout.Reshape) bool {
	for i := range g.cleanings {
		c := &g.cleanings[i]
		if c.Block == r.Block && c.Kind == corpus.CleaningKind(r.Kind) && c.Status() != corpus.Withdrawn {
			return true
		}
	}
	return false
}

func (g *cleaningGround) row(r layout.Reshape) CleaningRow {
	row := CleaningRow{Change: r, Unit: g.units[r.Block], Number: g.numbers[r.Block]}
	if r.Block >= len(g.file.Blocks) {
		return row
	}
	b := &g.file.Blocks[r.Block]
	row.Text = b.Text
	row.Change.Offset = min(r.Offset, len(b.Text)) // the file may be read otherwise by now
	if r.Block > 0 {
		row.Previous = g.file.Blocks[r.Block-1].Text
	}
	row.Line = g.lines(b.Envelope(layout.Span{End: len(b.Text)}).Start)
	return row
}

// ReshapeOf returns the change of layout of a kind where the unit with a number
// begins: of its block, or of the paragraph that would begin with it. The error
// is of kind Invalid for a unit without a target.
func (d *Desk) ReshapeOf(ctx context.Context, doc corpus.Document, number int, kind layout.ReshapeKind, level int) (layout.Reshape, error) {
	var u corpus.Unit
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		u, err = r.UnitNumbered(doc.Current, number)
		return err
	})
	if err != nil {
		return layout.Reshape{}, err
	}
	if len(u.Target) == 0 {
		return layout.Reshape{}, corpus.Errorf(corpus.Invalid, "unit %d has no translation", number)
	}
	r := layout.Reshape{Kind: kind, Block: u.Target[0].Block}
	switch kind {
	case layout.MakeHeading:
		r.Level = level
	case layout.SplitBlock:
		r.Offset = u.Target[0].Span.Start
	}
	return r, nil
}
