package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestRestore(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	first := b.propose(b.lin, unit, "The first wording.").Revision
	b.approve(b.he, unit)
	b.propose(b.mo, unit, "The second wording.")
	b.approve(b.he, unit)
	rec := b.record(unit)
	was, ok := earlierApproval(&rec, first)
	if !ok || was.Revision != first.ID {
		t.Fatalf("the first approval is not found: %v", was)
	}

	// A translator restores the text, as a proposal by the hand that wrote it.
	saved, err := b.desk.Restore(ctx, b.mo, unit, first.ID)
	b.must(err)
	if saved.Revision.Origin != corpus.FromRestore || saved.Revision.From != first.ID || !saved.Revision.ByHand(b.lin) || saved.Revision.ByHand(b.mo) {
		t.Errorf("restored revision: %+v", saved.Revision)
	}
	rec = b.record(unit)
	if len(rec.Pending()) != 1 || rec.Current().Text != "The second wording." {
		t.Errorf("%d wait, %q stands", len(rec.Pending()), rec.Current().Text)
	}
	_, err = b.desk.Restore(ctx, b.bai, unit, first.ID)
	b.wants(err, corpus.Conflict) // it waits already
	_, err = b.desk.Withdraw(ctx, b.mo, Choice{Unit: unit})
	b.must(err)

	// The author of the wording may not bring its approval back; another
	// reviewer does, and the record says what it rests on.
	saved, err = b.desk.Restore(ctx, b.lin, unit, first.ID)
	b.must(err)
	if saved.Approved {
		t.Error("its author restored an approval")
	}
	rec = b.record(unit)
	if rec.Current().Text != "The second wording." {
		t.Errorf("%q stands", rec.Current().Text)
	}
	last, err := b.desk.LastAct(ctx, b.lin, b.doc.ID)
	b.must(err)
	if last.Verb != corpus.Restore {
		t.Errorf("the last act was to %s", last.Verb)
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	saved, err = b.desk.Restore(ctx, b.bai, unit, first.ID)
	b.must(err)
	rec = b.record(unit)
	d, _ := rec.Approval()
	if rec.Current().Text != "The first wording." || d.Rests != was.ID || d.By != b.bai || d.Revision != saved.Revision.ID || rec.State() != corpus.StateApproved || !saved.Approved {
		t.Errorf("restored %q, state %s, decision %+v", rec.Current().Text, rec.State(), d)
	}
	_, err = b.desk.Restore(ctx, b.bai, unit, first.ID)
	b.wants(err, corpus.Conflict) // it stands
	_, err = b.desk.Restore(ctx, b.tan, unit, rec.Revisions[0].ID)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Restore(ctx, b.bai, unit, "none")
	b.wants(err, corpus.NotFound)

	// A wording nobody ever approved comes back as a proposal only.
	saved, err = b.desk.Restore(ctx, b.bai, unit, rec.Revisions[0].ID)
	b.must(err)
	if got := b.record(unit); got.Current().Text != "The first wording." || len(got.Pending()) != 1 {
		t.Error("the machine's wording was approved by restoring it")
	}
	b.audit()
}

func TestTimeline(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.lin, unit, "The first wording.")
	b.approve(b.he, unit)
	b.propose(b.mo, unit, "The second wording.")
	b.approve(b.he, unit)
	b.propose(b.mo, unit, "The third wording.")
	see := func(by corpus.UserID, id corpus.UnitID) Timeline {
		t.Helper()
		tl, err := b.desk.Timeline(ctx, by, id)
		b.must(err)
		return tl
	}
	for _, x := range []struct {
		by   corpus.UserID
		want []Restoring // newest first
	}{
		{b.bai, []Restoring{"", "", RestoreState, RestoreText}},
		{b.lin, []Restoring{"", "", RestoreText, RestoreText}},
		{b.tan, []Restoring{"", "", "", ""}},
	} {
		tl := see(x.by, unit)
		for i, e := range tl.Entries {
			if e.Restore != x.want[i] || e.Waits != (i == 0) || e.Stands != (i == 1) {
				t.Errorf("%s, revision %d: restore %q, waits %t, stands %t; want %q", x.by, e.Revision.Number, e.Restore, e.Waits, e.Stands, x.want[i])
			}
		}
	}
	if tl := see(b.tan, unit); len(tl.Entries[2].Proposals) != 1 || len(tl.Entries[2].Decisions) != 1 || tl.Number != 2 {
		t.Errorf("entry %+v", tl.Entries[2])
	}

	next := b.unit(b.doc.ID, "90 billion")
	merged, err := b.desk.Merge(ctx, b.lin, unit, next)
	b.must(err)
	if tl := see(b.tan, merged.ID); len(tl.From) != 2 || tl.From[0].Kind != corpus.Merged {
		t.Errorf("lineage of a merged unit: %+v", tl.From)
	}
	tl := see(b.bai, unit)
	if len(tl.To) != 1 || tl.To[0].Unit.ID != merged.ID || tl.To[0].Number == 0 || tl.Number != 0 || tl.Entries[3].Restore != RestoreNothing {
		t.Errorf("a unit that was merged away: %+v", tl)
	}
	_, err = b.desk.Timeline(ctx, "nobody", unit)
	b.wants(err, corpus.NotFound)
}
