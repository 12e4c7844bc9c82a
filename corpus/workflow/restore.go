package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// Restored is what became of a wording that was restored.
type Restored struct {
	Saved
	Approved bool // its approval came back with it
}

// Restore proposes a wording the unit once had, as it was: a new revision with
// the same text, by the same hands, restored from the old one. What stands and
// what waits is left as it is.
//
// Where the person may approve, did not write it, and the wording was once
// approved for the very source that stands now, its approval is restored as
// well: a new decision of the person's, which rests on the old one. So a
// reviewer restores text and state. That is not what undoing does, which takes
// back one's own last act.
//
// Restoring what stands already is refused with kind Conflict.
func (d *Desk) Restore(ctx context.Context, user corpus.UserID, unit corpus.UnitID, revision corpus.RevisionID) (Restored, error) {
	rec, err := d.record(ctx, unit)
	if err != nil {
		return Restored{}, err
	}
	old, ok := rec.Revision(revision)
	if !ok {
		return Restored{}, corpus.Errorf(corpus.NotFound, "the wording is not of this unit, or was taken back")
	}
	ed, err := d.edition(ctx, rec)
	if err != nil {
		return Restored{}, err
	}
	judged := ed.judge(old.Text, old.Place)
	var saved Restored
	saved.Event, err = d.do(ctx, user, corpus.Restore, []corpus.UnitID{unit}, func(a *act) error {
		rec := a.records[unit]
		if err := a.check(corpus.Restore, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		if _, ok := rec.Revision(revision); !ok {
			return corpus.Errorf(corpus.Conflict, "the wording was taken back meanwhile")
		}
		return a.restore(rec, old, judged, &saved)
	})
	return saved, err
}

func (a *act) restore(rec *corpus.Record, old corpus.Revision, judged judgement, saved *Restored) error {
	current := rec.Current()
	if current.Text == old.Text {
		return corpus.Errorf(corpus.Conflict, "this wording stands already; there is nothing to restore")
	}
	for _, p := range rec.Pending() {
		if rev, _ := rec.Revision(p.Revision); rev.Text == old.Text {
			return corpus.Errorf(corpus.Conflict, "this wording waits for a decision already")
		}
	}
	rev, err := a.addRevision(rec, corpus.Revision{
		Text: old.Text, Author: a.actor.User.ID, Hands: slices.Clone(old.Hands), Origin: corpus.FromRestore, Base: current.ID, From: old.ID,
		Place: old.Place, Instruction: old.Instruction, Verdict: judged.verdict,
	})
	if err != nil {
		return err
	}
	if err := a.tx.SaveFindings(rev.ID, judged.findings); err != nil {
		return err
	}
	p, err := a.addProposal(rec, corpus.Proposal{Revision: rev.ID, By: a.actor.User.ID})
	if err != nil {
		return err
	}
	rec.Unit.Summary.Risk = judged.risk
	d, ok, err := a.restorable(rec, old, rev)
	if err != nil {
		return err
	}
	if ok {
		if err := a.approve(rec, d.restored(p), rev, nil); err != nil {
			return err
		}
		saved.Approved = true
	}
	saved.Revision, saved.Proposal, saved.Findings, saved.State = rev, p, judged.findings, rec.State()
	return nil
}

// earlier is an approval that still fits.
type earlier corpus.Decision

// restored is the decision that brings the approval back.
func (e earlier) restored(p corpus.Proposal) corpus.Decision {
	rests := e.ID
	if e.Rests != "" {
		rests = e.Rests
	}
	return corpus.Decision{Verb: corpus.Approve, Proposal: p.ID, Rests: rests}
}

// restorable returns the approval that comes back with the wording: one that
// was given for it and the source as it stands, if the actor may approve rev
// now. A wording that is blocked is restored as a proposal only.
func (a *act) restorable(rec *corpus.Record, old, rev corpus.Revision) (earlier, bool, error) {
	object, err := a.object(rec, rev, "")
	if err != nil || object.Own || a.check(corpus.Approve, object) != nil || verdictAllows(rev) != nil {
		return earlier{}, false, err
	}
	if err := a.findingsAllow(rec, rev); err != nil {
		if corpus.KindOf(err) == corpus.Blocked {
			err = nil
		}
		return earlier{}, false, err
	}
	d, ok := earlierApproval(rec, old)
	return d, ok, nil
}

// earlierApproval returns the last approval of exactly this wording beside the
// source as it stands.
func earlierApproval(rec *corpus.Record, rev corpus.Revision) (earlier, bool) {
	hash := corpus.ApprovalHash(corpus.Pair{Source: rec.Unit.Text.Source, Target: rev.Text})
	for _, d := range slices.Backward(rec.Decisions) {
		if d.Undone || d.Revision != rev.ID || d.Hash != hash {
			continue
		}
		switch d.Verb {
		case corpus.Approve, corpus.Countersign, corpus.Accept, corpus.Carry:
			return earlier(d), true
		}
	}
	return earlier{}, false
}
