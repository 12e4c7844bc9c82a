package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Skip says why a unit of a stretch that is accepted at once is left out: what
// wants a look of its own does not pass in a row.
type Skip string

// The reasons for leaving a unit out, in the order in which they are looked for.
const (
	Taken        Skip = ""
	SkipAnswered Skip = "answered" // somebody answers for it already
	SkipEmpty    Skip = "empty"    // nothing renders it: there is no wording to accept
	SkipWaits    Skip = "waits"    // a proposal waits on it
	SkipReturned Skip = "returned" // it was returned for a change
	SkipFlags    Skip = "flags"    // open flags
	SkipDoubtful Skip = "doubtful" // its pairing is doubtful
	SkipOwn      Skip = "own"      // two pairs of eyes: the reader's own wording
	SkipVerdict  Skip = "verdict"  // it cannot be written into the file
	SkipFindings Skip = "findings" // major findings, in a project where they block
)

// Member is a unit of a stretch with what accepting the stretch does to it.
type Member struct {
	Unit    corpus.Unit
	Number  int             // in reading order
	Wording corpus.Revision // that would be accepted
	Skip    Skip
}

// Choice is what Accept is to be asked for.
func (m Member) Choice() Choice { return Choice{Unit: m.Unit.ID, Revision: m.Wording.ID} }

// Stretch lists the units from one to another of the document's newest version,
// both included, in reading order, and says which of them the user can accept as
// they stand. The two may be given in either order.
func (d *Desk) Stretch(ctx context.Context, user corpus.UserID, doc corpus.Document, from, to corpus.UnitID) ([]Member, error) {
	var list []Member
	err := d.readAs(ctx, user, doc.Project, func(j *judge) error {
		if !corpus.May(j.actor.Roles, corpus.Accept, j.project.Settings) {
			return corpus.Check(j.actor, corpus.Accept, corpus.Object{}, j.project.Settings)
		}
		units, err := between(j, doc, from, to)
		if err != nil {
			return err
		}
		first, err := j.UnitNumber(units[0].ID)
		if err != nil {
			return err
		}
		for i, u := range units {
			m := Member{Unit: u, Number: first + i}
			rec, err := j.Record(u.ID)
			if err != nil {
				return err
			}
			m.Wording = rec.Current()
			if m.Skip, err = j.skip(&rec); err != nil {
				return err
			}
			list = append(list, m)
		}
		return nil
	})
	return list, err
}

// between returns the units from one to another.
func between(r corpus.Reader, doc corpus.Document, from, to corpus.UnitID) ([]corpus.Unit, error) {
	a, err := r.Unit(from)
	if err != nil {
		return nil, err
	}
	b, err := r.Unit(to)
	if err != nil {
		return nil, err
	}
	if a.Version != doc.Current || b.Version != doc.Current || a.Retired || b.Retired {
		return nil, corpus.Errorf(corpus.Conflict, "a sentence at one end was merged, split or replaced meanwhile; open the document again")
	}
	if b.Position < a.Position {
		a, b = b, a
	}
	units, err := r.Units(doc.Current, corpus.Filter{}, a.Position-1, BatchLimit+1)
	if err != nil {
		return nil, err
	}
	for i, u := range units {
		if u.Position > b.Position {
			units = units[:i]
			break
		}
	}
	if len(units) > BatchLimit {
		return nil, corpus.Errorf(corpus.TooLarge, "at most %d sentences are accepted at once, so that somebody can look through them; choose a shorter stretch", BatchLimit)
	}
	return units, nil
}

// skip says why the person cannot, or should not, accept the unit in a row.
func (j *judge) skip(rec *corpus.Record) (Skip, error) {
	current := rec.Current()
	object := corpus.Object{State: rec.State(), Own: current.ByHand(j.actor.User.ID)}
	switch object.State {
	case corpus.StateApproved, corpus.StateFinal:
		return SkipAnswered, nil
	case corpus.StateReturned:
		return SkipReturned, nil
	}
	switch {
	case current.Text == "":
		return SkipEmpty, nil
	case len(rec.Pending()) > 0:
		return SkipWaits, nil
	case len(rec.OpenFlags()) > 0:
		return SkipFlags, nil
	case rec.Unit.Bead.Status == corpus.BeadDoubtful:
		return SkipDoubtful, nil
	case corpus.Check(j.actor, corpus.Accept, object, j.project.Settings) != nil:
		return SkipOwn, nil
	case verdictAllows(current) != nil:
		return SkipVerdict, nil
	case j.project.Settings.FindingsBlock:
		hold, err := j.findingsHold(rec, current.ID)
		if hold != NoHold {
			return SkipFindings, err
		}
		return Taken, err
	}
	return Taken, nil
}
