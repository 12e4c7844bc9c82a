package workflow

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

var ctx = context.Background()

func TestProposeApproveExport(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	saved, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.", Category: corpus.NumberUnit, Severity: corpus.Major})
	b.must(err)
	if saved.State != corpus.StateProposed || saved.Revision.Verdict.Bad || saved.Flag == "" {
		t.Fatalf("Propose = %+v", saved)
	}
	rec := b.record(unit)
	if f := rec.OpenFlags()[0]; f.Target.Quote != "90" {
		t.Errorf("the flag marks %q, want the changed passage", f.Target.Quote)
	}
	_, err = b.desk.Approve(ctx, b.lin, Choice{Unit: unit})
	b.wants(err, corpus.Forbidden)
	out, err := b.desk.Approve(ctx, b.he, Choice{Unit: unit, Resolves: []corpus.FlagID{saved.Flag}})
	b.must(err)
	if out.States[unit] != corpus.StateApproved || len(out.Open[unit]) != 0 {
		t.Errorf("Approve = %+v", out)
	}
	e := b.export(b.doc.ID, ApprovedOnly)
	if want := strings.Replace(sampleTarget, "**90 billion**", "**9 billion**", 1); string(e.Data) != want {
		t.Errorf("Export = %q, want %q", e.Data, want)
	}
	if e.Proof.Ranges != 1 || e.Proof.Outside != 0 || e.Proof.Received != corpus.BlobHash([]byte(sampleTarget)) {
		t.Errorf("proof = %+v", e.Proof)
	}
	_, err = b.desk.Export(ctx, b.tan, b.doc.ID, Strict)
	b.wants(err, corpus.Blocked)
	b.audit()
}

func TestProposeAgainstOutdated(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	zero := b.record(unit).Revisions[0].ID
	first, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "One wording.", Base: zero})
	b.must(err)
	second, err := b.desk.Propose(ctx, b.mo, Wording{Unit: unit, Text: "Another wording.", Base: zero})
	b.must(err)
	if first.Other.ID != "" {
		t.Errorf("the first save met %q", first.Other.Text)
	}
	rec := b.record(unit)
	if got := len(rec.Pending()); got != 2 {
		t.Fatalf("%d proposals wait, want both", got)
	}
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: unit})
	b.wants(err, corpus.Conflict)
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: unit, Revision: second.Revision.ID})
	b.must(err)
	if got := b.state(unit); got != corpus.StateApproved {
		t.Errorf("state = %s", got)
	}
	// The machine's wording neither stands nor is the newest any more.
	late, err := b.desk.Propose(ctx, b.mo, Wording{Unit: unit, Text: "A late wording.", Base: zero})
	b.must(err)
	if late.Other.Text != "One wording." {
		t.Errorf("the late save met %q, want the wording that waits", late.Other.Text)
	}
}

func TestProposeOwnAgain(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.lin, unit, "First.")
	b.propose(b.lin, unit, "Second.")
	rec := b.record(unit)
	if p := rec.Pending(); len(p) != 1 || rec.Latest().Text != "Second." {
		t.Errorf("waiting: %d, newest %q; want the second alone", len(p), rec.Latest().Text)
	}
	w := Wording{Unit: unit, Text: "Third.", Key: "k1"}
	one, err := b.desk.Propose(ctx, b.lin, w)
	b.must(err)
	two, err := b.desk.Propose(ctx, b.lin, w)
	b.must(err)
	if one.Revision.ID != two.Revision.ID || len(b.record(unit).Revisions) != 4 {
		t.Errorf("the same key saved twice: %v, %v", one.Revision.ID, two.Revision.ID)
	}
}

func TestNoChange(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "No major accident")
	saved, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, NoChange: true})
	b.must(err)
	if !saved.Proposal.NoChange || saved.State != corpus.StateProposed || len(b.record(unit).Revisions) != 1 {
		t.Fatalf("no change = %+v", saved)
	}
	_, err = b.desk.Propose(ctx, b.bai, Wording{Unit: unit, NoChange: true})
	b.must(err)
	b.approve(b.he, unit)
	other := b.unit(b.doc.ID, "34,000")
	_, err = b.desk.Propose(ctx, b.he, Wording{Unit: other, NoChange: true})
	b.must(err)
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: other})
	b.wants(err, corpus.Forbidden) // one person is not two
	if e := b.export(b.doc.ID, ApprovedOnly); string(e.Data) != sampleTarget || e.Proof.Ranges != 0 {
		t.Errorf("a file that was only read came back changed: %+v", e.Proof)
	}
}

func TestRefusedWordings(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	_, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "  "})
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "bad \x00 text"})
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Propose(ctx, b.tan, Wording{Unit: unit, Text: "An exporter's."})
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: "nowhere", Text: "x"})
	b.wants(err, corpus.NotFound)
	if got := b.state(unit); got != corpus.StateMachine {
		t.Errorf("refused wordings left the state %s", got)
	}
	saved, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Delete: true})
	b.must(err)
	if saved.Revision.Text != "" || saved.Revision.Verdict.Bad {
		t.Errorf("deletion = %+v", saved.Revision)
	}
	b.approve(b.he, unit)
	want := strings.Replace(sampleTarget, "A total of 34,000 smuggling cases were investigated. ", "", 1)
	if e := b.export(b.doc.ID, ApprovedOnly); string(e.Data) != want {
		t.Errorf("Export = %q, want %q", e.Data, want)
	}
}

func TestCountersign(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "not recommended")
	b.propose(b.lin, unit, "Entering the work area is banned.")
	b.propose(b.he, unit, "Entry into the work area is prohibited.")
	mine := b.record(unit).Revisions[2].ID
	_, err := b.desk.Approve(ctx, b.he, Choice{Unit: unit, Revision: mine})
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Approve(ctx, b.mo, Choice{Unit: unit, Revision: b.record(unit).Revisions[1].ID})
	b.wants(err, corpus.Forbidden) // a translator's wording waits for a reviewer
	_, err = b.desk.Approve(ctx, b.mo, Choice{Unit: unit, Revision: mine})
	b.must(err)
	rec := b.record(unit)
	d, _ := rec.Approval()
	if d.Verb != corpus.Countersign || d.Name != "mo" || d.Function != "translator" {
		t.Errorf("approval = %+v", d)
	}
	if got := rec.Status(rec.Proposals[0]); got != corpus.Superseded {
		t.Errorf("the wording it was based on is %s, want superseded", got)
	}
}

func TestOnePerson(t *testing.T) {
	b := newBench(t)
	b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{OnePerson: true}))
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.he, unit, "My own.")
	b.approve(b.he, unit)
	rec := b.record(unit)
	if d, _ := rec.Approval(); !d.OnePerson {
		t.Error("the record does not say that one person did both")
	}
}

func TestReturnDeclineWithdraw(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.lin, unit, "First.")
	_, err := b.desk.Return(ctx, b.he, "", Choice{Unit: unit})
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Return(ctx, b.he, "say what was smuggled", Choice{Unit: unit})
	b.must(err)
	if got := b.state(unit); got != corpus.StateReturned {
		t.Errorf("state = %s, want returned", got)
	}
	b.propose(b.lin, unit, "Second.")
	_, err = b.desk.Decline(ctx, b.he, "worse", Choice{Unit: unit})
	b.must(err)
	if got := b.state(unit); got != corpus.StateMachine {
		t.Errorf("state = %s, want machine", got)
	}
	b.propose(b.lin, unit, "Third.")
	_, err = b.desk.Withdraw(ctx, b.mo, Choice{Unit: unit})
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Withdraw(ctx, b.lin, Choice{Unit: unit})
	b.must(err)
	_, err = b.desk.Decline(ctx, b.he, "again", Choice{Unit: unit})
	b.wants(err, corpus.Conflict)
}

func TestBatch(t *testing.T) {
	b := newBench(t)
	one, two := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "No major")
	b.propose(b.lin, one, "One.")
	b.propose(b.he, two, "Two.")
	_, err := b.desk.Approve(ctx, b.he, Choice{Unit: one}, Choice{Unit: two})
	b.wants(err, corpus.Forbidden)
	if got := b.state(one); got != corpus.StateProposed {
		t.Errorf("half of a refused batch stayed: %s", got)
	}
	b.approve(b.bai, one, two)
	rec := b.record(one)
	if d, _ := rec.Approval(); d.Size != 2 || d.Batch == "" {
		t.Errorf("a decision of a batch says %d, %q", d.Size, d.Batch)
	}
}

func TestFlags(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	p := Passage{Unit: unit, Target: corpus.Mark{Quote: "smuggling cases"}, Category: corpus.Awkward, Severity: corpus.Major}
	flag, err := b.desk.Flag(ctx, b.lin, p)
	b.must(err)
	_, err = b.desk.Flag(ctx, b.mo, p)
	b.wants(err, corpus.Conflict)
	p.Target.Quote = "not there"
	_, err = b.desk.Flag(ctx, b.mo, p)
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Settle(ctx, b.lin, unit, flag.ID, corpus.Resolve, "")
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Settle(ctx, b.mo, unit, flag.ID, corpus.DropFlag, "")
	b.wants(err, corpus.Forbidden)
	b.propose(b.lin, unit, "Some 34,000 cases of smuggling were investigated.")
	b.approve(b.he, unit)
	if rec := b.record(unit); len(rec.OpenFlags()) != 1 {
		t.Error("an approval resolved a flag silently")
	}
	_, err = b.desk.Settle(ctx, b.he, unit, flag.ID, corpus.DismissMain, "it reads well")
	b.must(err)
	if rec := b.record(unit); len(rec.OpenFlags()) != 0 {
		t.Error("the dismissed flag is still open")
	}
}

func TestUndo(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	_, err := b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.wants(err, corpus.Conflict)
	b.propose(b.lin, unit, "One.")
	b.approve(b.he, unit)
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.wants(err, corpus.Conflict) // he acted after
	_, err = b.desk.Undo(ctx, b.he, b.doc.ID)
	b.must(err)
	if got := b.state(unit); got != corpus.StateProposed {
		t.Errorf("after the approval was taken back: %s", got)
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	if rec := b.record(unit); rec.State() != corpus.StateMachine || rec.Latest().Number != 0 {
		t.Errorf("after the proposal was taken back: %s, wording %d", rec.State(), rec.Latest().Number)
	}
	b.propose(b.mo, unit, "Two.")
	if rec := b.record(unit); rec.Latest().Text != "Two." || rec.Latest().Number != 2 {
		t.Errorf("the next wording is %q, %d", rec.Latest().Text, rec.Latest().Number)
	}
	b.audit()
}

// TestUndoApproval takes back an approval of a doubtful unit, then the wording:
// the pairing is doubtful again, and the unit is feared for what it says now.
func TestUndoApproval(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.must(b.store.Update(ctx, func(tx corpus.Tx) error {
		u, err := tx.Unit(unit)
		u.Bead.Status = corpus.BeadDoubtful
		return errors.Join(err, tx.SaveUnit(u))
	}))
	before := b.record(unit).Unit.Summary.Risk
	b.propose(b.lin, unit, "The the 34 cases, which was of the of smuggling and and investigated.")
	worse := b.record(unit).Unit.Summary.Risk
	if worse == before {
		t.Fatalf("both wordings have the risk %v; the test shows nothing", worse)
	}
	b.approve(b.he, unit)
	if got := b.record(unit).Unit.Bead.Status; got != corpus.BeadConfirmed {
		t.Errorf("after the approval the pairing is %s", got)
	}
	_, err := b.desk.Undo(ctx, b.he, b.doc.ID)
	b.must(err)
	if got := b.record(unit).Unit; got.Bead.Status != corpus.BeadDoubtful || got.Summary.Risk != worse {
		t.Errorf("after the approval was taken back: pairing %s, risk %v; want doubtful, %v", got.Bead.Status, got.Summary.Risk, worse)
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	if got := b.record(unit).Unit.Summary.Risk; got != before {
		t.Errorf("after the wording was taken back: risk %v, want %v", got, before)
	}
	b.propose(b.lin, unit, "The the 34 cases, which was of the of smuggling and and investigated.")
	_, err = b.desk.Decline(ctx, b.he, "no", Choice{Unit: unit})
	b.must(err)
	if got := b.record(unit).Unit.Summary.Risk; got != before {
		t.Errorf("after the wording was declined: risk %v, want %v", got, before)
	}
	b.audit()
}

// TestDismissEverywhere dismisses a finding for the document, then for the
// project: all units that have it count anew at once, and again when it is
// taken back, whatever others did to them meanwhile.
func TestDismissEverywhere(t *testing.T) {
	b := newBench(t)
	const text = "The the case was closed.\n\nAnother sentence stands here.\n\nThe the case was closed.\n"
	doc, far := b.take("rep.md", "", text).Document, b.take("far.md", "", text).Document
	found := func(doc corpus.DocumentID) int {
		var n int
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			d, err := r.Document(doc)
			if err != nil {
				return err
			}
			p, err := r.Progress(d.Current)
			n = p.Findings
			return err
		}))
		return n
	}
	var first, last corpus.Record
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			if first.Unit.ID == "" {
				first = rec
			}
			last = rec
		}
		return nil
	}))
	findings := b.findings(first.Latest().ID)
	if len(findings) != 1 || found(doc.ID) != 2 || found(far.ID) != 2 {
		t.Fatalf("findings %d, of the documents %d and %d; the test needs 1, 2 and 2", len(findings), found(doc.ID), found(far.ID))
	}
	for _, c := range []struct {
		scope         Scope
		here, farther int
	}{{Here, 1, 2}, {InDocument, 0, 2}, {InProject, 0, 0}} {
		_, err := b.desk.Dismiss(ctx, b.he, first.Unit.ID, findings[0].Key, c.scope, "a slogan")
		b.must(err)
		if h, f := found(doc.ID), found(far.ID); h != c.here || f != c.farther {
			t.Errorf("dismissed for %s: %d and %d are left, want %d and %d", c.scope, h, f, c.here, c.farther)
		}
		_, err = b.desk.Comment(ctx, b.lin, last.Unit.ID, "Noted.", "")
		b.must(err)
		_, err = b.desk.Undo(ctx, b.he, doc.ID)
		b.must(err)
		if h, f := found(doc.ID), found(far.ID); h != 2 || f != 2 {
			t.Errorf("dismissed for %s and taken back: %d and %d are left, want 2 and 2", c.scope, h, f)
		}
	}
}

func TestDismiss(t *testing.T) {
	b := newBench(t)
	doc := b.take("rep.md", "", "The the case was closed.\n\nThe the case was closed.\n").Document
	unit := b.unit(doc.ID, "case")
	rec := b.record(unit)
	findings := b.findings(rec.Latest().ID)
	if len(findings) == 0 || rec.Unit.Summary.Findings == 0 {
		t.Fatalf("nothing found in %q", rec.Latest().Text)
	}
	_, err := b.desk.Dismiss(ctx, b.he, unit, findings[0].Key, Here, "")
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Dismiss(ctx, b.he, unit, "no such key", Here, "why")
	b.wants(err, corpus.NotFound)
	for _, f := range findings {
		_, err = b.desk.Dismiss(ctx, b.he, unit, f.Key, InDocument, "quoted as it was said")
		b.must(err)
	}
	if got := b.record(unit).Unit.Summary.Findings; got != 0 {
		t.Errorf("%d findings count after they were dismissed", got)
	}
	_, err = b.desk.Undo(ctx, b.he, doc.ID)
	b.must(err)
	if got := b.record(unit).Unit.Summary.Findings; got == 0 {
		t.Error("a dismissal that was taken back still counts")
	}
}

func (b *bench) findings(id corpus.RevisionID) []corpus.Finding {
	b.Helper()
	var list []corpus.Finding
	b.must(b.store.View(ctx, func(r corpus.Reader) (err error) {
		list, err = r.Findings(id)
		return err
	}))
	return list
}

func TestComment(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	_, err := b.desk.Comment(ctx, b.lin, unit, " ", "")
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Comment(ctx, b.lin, unit, strings.Repeat("x", maxComment+1), "")
	b.wants(err, corpus.TooLarge)
	_, err = b.desk.Comment(ctx, b.lin, unit, "Is this the figure of May?", "")
	b.must(err)
	if got := b.record(unit).Unit.Summary.Comments; got != 1 {
		t.Errorf("%d comments counted", got)
	}
	b.must(b.desk.SaveDraft(ctx, b.lin, unit, "", "half a wor"))
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		if d, err := r.Draft(unit, b.lin); err != nil || d.Text != "half a wor" {
			t.Errorf("draft = %+v, %v", d, err)
		}
		if _, err := r.Draft(unit, b.mo); corpus.KindOf(err) != corpus.NotFound || err == nil {
			t.Errorf("somebody else's draft: %v", err)
		}
		return nil
	}))
	b.propose(b.lin, unit, "Half a word, and more.")
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		if _, err := r.Draft(unit, b.lin); err == nil {
			t.Error("the draft outlived its proposal")
		}
		return nil
	}))
}
