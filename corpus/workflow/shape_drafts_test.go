package workflow

import (
	"errors"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// draft returns what a person has begun to write on a unit.
func (b *bench) draft(unit corpus.UnitID, by corpus.UserID) string {
	b.Helper()
	var text string
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Draft(unit, by)
		if e, ok := errors.AsType[*corpus.Error](err); ok && e.Kind == corpus.NotFound {
			return nil
		}
		text = d.Text
		return err
	}))
	return text
}

func (b *bench) draftIs(unit corpus.UnitID, by corpus.UserID, want string) {
	b.Helper()
	if got := b.draft(unit, by); got != want {
		b.Errorf("the draft says %q, want %q", got, want)
	}
}

// TestShapeKeepsDrafts joins units on which two people have begun to write, cuts
// the result, and takes it back: each finds his own words, and nobody another's.
func TestShapeKeepsDrafts(t *testing.T) {
	b := pairBench(t)
	first, second := b.unit(b.doc.ID, "第一"), b.unit(b.doc.ID, "第二")
	b.must(b.desk.SaveDraft(ctx, b.lin, first, b.machine(first), "The first speaks of harbours."))
	b.must(b.desk.SaveDraft(ctx, b.mo, second, b.machine(second), "The second speaks of streets."))
	merged, err := b.desk.Merge(ctx, b.lin, first, second)
	b.must(err)
	b.draftIs(merged.ID, b.lin, "The first speaks of harbours. The second tells of roads.")
	b.draftIs(merged.ID, b.mo, "The first tells of ports. The second speaks of streets.")
	b.draftIs(merged.ID, b.he, "")
	halves, err := b.desk.Split(ctx, b.lin, merged.ID, len("第一句讲港口。"), len("The first tells of ports."))
	b.must(err)
	b.draftIs(halves[0].ID, b.lin, "The first speaks of harbours.")
	b.draftIs(halves[1].ID, b.lin, "")
	b.draftIs(halves[0].ID, b.mo, "")
	b.draftIs(halves[1].ID, b.mo, "The second speaks of streets.")
	b.back(b.lin)
	b.back(b.lin)
	b.draftIs(first, b.lin, "The first speaks of harbours.")
	b.draftIs(second, b.mo, "The second speaks of streets.")
	b.audit()
}

// TestRelinkKeepsNotes moves a sentence to the neighbour: what was said of its
// old unit and what somebody began to write are where the sentence now is.
func TestRelinkKeepsNotes(t *testing.T) {
	b := pairBench(t)
	first, second := b.unit(b.doc.ID, "第一"), b.unit(b.doc.ID, "第二")
	b.must(b.desk.SaveDraft(ctx, b.lin, second, b.machine(second), "The second speaks of streets."))
	_, err := b.desk.Comment(ctx, b.he, second, "Streets?", "")
	b.must(err)
	_, err = b.desk.Shift(ctx, b.lin, second, corpus.TargetSide, true)
	b.must(err)
	b.tableIs("1-12 2- 3-3 4-4 5-5")
	joined, bare := b.unit(b.doc.ID, "第一"), b.unit(b.doc.ID, "第二")
	b.draftIs(joined, b.lin, "The first tells of ports. The second speaks of streets.")
	b.draftIs(bare, b.lin, "")
	if n, m := b.record(joined).Unit.Summary.Comments, b.record(bare).Unit.Summary.Comments; n != 1 || m != 0 {
		t.Errorf("%d comments with the sentence and %d without it, want 1 and 0", n, m)
	}
	b.back(b.lin)
	b.draftIs(second, b.lin, "The second speaks of streets.")
	if n := b.record(second).Unit.Summary.Comments; n != 1 {
		t.Errorf("taken back, the unit has %d comments, want 1", n)
	}
	b.draftIs(first, b.lin, "")
	b.audit()
}

// machine returns the id of the machine's wording of a unit.
func (b *bench) machine(unit corpus.UnitID) corpus.RevisionID {
	b.Helper()
	rec := b.record(unit)
	return rec.Machine().ID
}
