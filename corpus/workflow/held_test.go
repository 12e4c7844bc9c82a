package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestHeldUnitsFromTheStart: a review that was read back brings its own positions,
// and the first of them need not be above zero.
func TestHeldUnitsFromTheStart(t *testing.T) {
	b := newBench(t)
	first := b.units(b.doc.ID)[0].Unit
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: first.ID})
	b.must(err)
	b.must(b.store.Update(ctx, func(tx corpus.Tx) error {
		u, err := tx.Unit(first.ID)
		if err != nil {
			return err
		}
		u.Position = 0
		return tx.SaveUnit(u)
	}))
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		units, held, err := heldUnits(r, first.Version)
		if len(units) != len(b.units(b.doc.ID)) || units[0].ID != first.ID || held != 1 {
			t.Errorf("%d units of %d, %d held", len(units), len(b.units(b.doc.ID)), held)
		}
		return err
	}))
}
