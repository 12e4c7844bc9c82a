package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestShapeKeepsComments joins two units that people spoke about, cuts the
// result again, and takes both back: no word is lost and none is doubled.
func TestShapeKeepsComments(t *testing.T) {
	b := newBench(t)
	first, second := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	said := func(unit corpus.UnitID) string {
		t.Helper()
		var all string
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			list, err := r.Comments(unit)
			for _, c := range list {
				if !c.Undone {
					all += c.Text + " "
				}
			}
			return err
		}))
		rec := b.record(unit)
		if n := rec.Unit.Summary.Comments; (n == 0) != (all == "") || n != rec.Comments {
			t.Errorf("the summary counts %d comments of %q", n, all)
		}
		return all
	}
	one, err := b.desk.Comment(ctx, b.he, second, "One.", "")
	b.must(err)
	b.now = b.now.Add(1000)
	_, err = b.desk.Comment(ctx, b.he, first, "Two.", "")
	b.must(err)
	_, err = b.desk.Comment(ctx, b.he, second, "Three.", one.ID)
	b.must(err)
	merged, err := b.desk.Merge(ctx, b.lin, first, second)
	b.must(err)
	if got := said(merged.ID); got != "One. Two. Three. " {
		t.Errorf("joined, the thread says %q", got)
	}
	rec := b.record(merged.ID)
	halves, err := b.desk.Split(ctx, b.lin, merged.ID, len(rec.Unit.Text.Source), 10)
	b.must(err)
	if got := said(halves[0].ID) + said(halves[1].ID); got != "One. Two. Three. " {
		t.Errorf("cut, the halves say %q", got)
	}
	for range 2 {
		_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
		b.must(err)
	}
	if got := said(first) + said(second); got != "Two. One. Three. " {
		t.Errorf("taken back, the units say %q", got)
	}
	b.audit()
}
