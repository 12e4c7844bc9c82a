package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// Shift moves a sentence of one side to the neighbouring unit: up, the first to
// the unit before; down, the last to the unit behind. It is refused where the
// sentence would not be adjacent to those of the neighbour.
func (d *Desk) Shift(ctx context.Context, user corpus.UserID, unit corpus.UnitID, side corpus.Side, up bool) (corpus.Unit, error) {
	other, err := d.beside(ctx, unit, !up)
	if err != nil {
		return corpus.Unit{}, err
	}
	pair := []corpus.UnitID{unit, other}
	if up {
		slices.Reverse(pair)
	}
	units, err := d.relink(ctx, user, pair, func(r *relinker) ([]pairing, error) {
		first, second := r.old[0].Unit, r.old[1].Unit
		a, b := &first.Source, &second.Source
		if side == corpus.TargetSide {
			a, b = &first.Target, &second.Target
		}
		switch {
		case up && len(*b) > 0:
			*a, *b = append(slices.Clone(*a), (*b)[0]), (*b)[1:]
		case !up && len(*a) > 0:
			last := len(*a) - 1
			*a, *b = (*a)[:last], slices.Concat((*a)[last:], *b)
		default:
			return nil, corpus.Errorf(corpus.Invalid, "there is no sentence on this side that could move")
		}
		return pairings(first, second), nil
	})
	if err != nil {
		return corpus.Unit{}, err
	}
	if up {
		return units[1], nil
	}
	return units[0], nil
}

// Unlink breaks a pair: its source becomes a sentence that was left out, its
// translation one that was added. It is a split with all of one side on each.
func (d *Desk) Unlink(ctx context.Context, user corpus.UserID, unit corpus.UnitID) ([2]corpus.Unit, error) {
	rec, err := d.record(ctx, unit)
	if err != nil {
		return [2]corpus.Unit{}, err
	}
	if len(rec.Unit.Source) == 0 || len(rec.Unit.Target) == 0 {
		return [2]corpus.Unit{}, corpus.Errorf(corpus.Invalid, "this sentence has no counterpart that it could be taken apart from")
	}
	return d.Split(ctx, user, unit, len(rec.Unit.Text.Source), 0)
}

// Cross exchanges the translations of a unit and the one behind it: their links
// then cross.
func (d *Desk) Cross(ctx context.Context, user corpus.UserID, unit corpus.UnitID) (corpus.Unit, error) {
	other, err := d.beside(ctx, unit, true)
	if err != nil {
		return corpus.Unit{}, err
	}
	units, err := d.relink(ctx, user, []corpus.UnitID{unit, other}, func(r *relinker) ([]pairing, error) {
		first, second := r.old[0].Unit, r.old[1].Unit
		if len(first.Target)+len(second.Target) == 0 {
			return nil, corpus.Errorf(corpus.Invalid, "neither of the two has a translation that could be exchanged")
		}
		first.Target, second.Target = second.Target, first.Target
		return pairings(first, second), nil
	})
	if err != nil {
		return corpus.Unit{}, err
	}
	return units[0], nil
}

// pairings are units as a person has settled them.
func pairings(units ...corpus.Unit) []pairing {
	list := make([]pairing, len(units))
	for i, u := range units {
		list[i] = pairing{u.Source, u.Target, corpus.Bead{Status: corpus.BeadConfirmed}}
	}
	return list
}

// beside returns the unit behind a unit, or the one before it.
func (d *Desk) beside(ctx context.Context, unit corpus.UnitID, behind bool) (corpus.UnitID, error) {
	var other corpus.UnitID
	err := d.store.View(ctx, func(r corpus.Reader) error {
		u, err := r.Unit(unit)
		if err != nil {
			return err
		}
		read := r.UnitsBefore
		if behind {
			read = r.Units
		}
		list, err := read(u.Version, corpus.Filter{}, u.Position, 1)
		if err == nil && len(list) == 0 {
			err = corpus.Errorf(corpus.Invalid, "there is no neighbour on that side")
		}
		if err == nil {
			other = list[0].ID
		}
		return err
	})
	return other, err
}

// relink gives neighbours other shapes, in one act.
func (d *Desk) relink(ctx context.Context, user corpus.UserID, units []corpus.UnitID, plan func(*relinker) ([]pairing, error)) ([]corpus.Unit, error) {
	files, err := d.filesOf(ctx, units[0])
	if err != nil {
		return nil, err
	}
	var made []corpus.Unit
	_, err = d.do(ctx, user, corpus.Relink, units, func(a *act) error {
		r := &relinker{act: a, files: files}
		for _, id := range units {
			rec := a.records[id]
			if err := a.check(corpus.Relink, corpus.Object{State: rec.State()}); err != nil {
				return err
			}
			r.old = append(r.old, rec)
		}
		for i := range r.old[1:] {
			next, err := a.tx.Units(r.old[i].Unit.Version, corpus.Filter{}, r.old[i].Unit.Position, 1)
			if err != nil {
				return err
			}
			if len(next) == 0 || next[0].ID != r.old[i+1].Unit.ID {
				return corpus.Errorf(corpus.Conflict, "the two are no neighbours any more; open the document again")
			}
		}
		shapes, err := plan(r)
		if err != nil {
			return err
		}
		made, err = r.reshape(shapes)
		return err
	})
	return made, err
}
