package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// bead is what was said of a unit's pairing before an act.
type bead struct {
	Unit corpus.UnitID `json:"unit"`
	Was  corpus.Bead   `json:"was"`
}

// setBead says something else of a unit's pairing; undo brings the old back.
func (a *act) setBead(rec *corpus.Record, to corpus.Bead) {
	a.note.Beads = append(a.note.Beads, bead{rec.Unit.ID, rec.Unit.Bead})
	rec.Unit.Bead = to
}

// settledBead is the bead as a person settled it. Why the aligner believed or
// doubted it stays.
func settledBead(b corpus.Bead) corpus.Bead {
	b.Status = corpus.BeadConfirmed
	return b
}

// restoreBeads undoes what an act said of pairings.
func (a *act) restoreBeads(list []bead) error {
	for _, b := range list {
		u, err := a.tx.Unit(b.Unit)
		if err != nil {
			return err
		}
		u.Bead = b.Was
		if err := a.tx.SaveUnit(u); err != nil {
			return err
		}
	}
	return nil
}

// Confirm answers for pairings as they stand, in one act. One that a person has
// settled already is refused with kind Conflict.
func (d *Desk) Confirm(ctx context.Context, user corpus.UserID, units ...corpus.UnitID) (Outcome, error) {
	choices := make([]Choice, len(units))
	for i, id := range units {
		choices[i].Unit = id
	}
	return d.decide(ctx, user, corpus.Confirm, choices, func(a *act, rec *corpus.Record, _ Choice) error {
		if err := a.check(corpus.Confirm, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		if rec.Unit.Bead.Status == corpus.BeadConfirmed {
			return corpus.Errorf(corpus.Conflict, "the pairing is confirmed already")
		}
		a.setBead(rec, settledBead(rec.Unit.Bead))
		_, err := a.addDecision(rec, corpus.Decision{Verb: corpus.Confirm, Revision: rec.Current().ID, Size: len(choices)})
		return err
	})
}

// FlagUnmatched makes a flag of a unit that has one side only: an omission on
// all of a source that nothing renders, an addition on all of a translation
// that nothing stands behind. Both are major: a sentence is a whole thought.
// A unit with both sides is refused with kind Invalid, and so is a document
// without a source, of which nothing can be said.
func (d *Desk) FlagUnmatched(ctx context.Context, user corpus.UserID, unit corpus.UnitID) (corpus.Flag, error) {
	rec, err := d.record(ctx, unit)
	if err != nil {
		return corpus.Flag{}, err
	}
	u, p := rec.Unit, Passage{Unit: unit, Severity: corpus.Major, Revision: rec.Machine().ID}
	whole := func(text string) corpus.Mark { return corpus.Mark{Span: corpus.Span{End: len(text)}, Quote: text} }
	switch {
	case len(u.Source) > 0 && len(u.Target) == 0:
		p.Category, p.Source = corpus.Omission, whole(u.Text.Source)
	case len(u.Source) == 0 && len(u.Target) > 0:
		if err := d.hasSource(ctx, u.Version); err != nil {
			return corpus.Flag{}, err
		}
		p.Category, p.Target = corpus.Addition, whole(u.Text.Target)
	default:
		return corpus.Flag{}, corpus.Errorf(corpus.Invalid, "this sentence has a counterpart; break the pair first, or flag a passage of it")
	}
	return d.Flag(ctx, user, p)
}

func (d *Desk) hasSource(ctx context.Context, version corpus.VersionID) error {
	return d.store.View(ctx, func(r corpus.Reader) error {
		v, err := r.Version(version)
		if err == nil && !v.Source.Present() {
			err = corpus.Errorf(corpus.Invalid, "there is no source in which the sentence could be missing")
		}
		return err
	})
}
