package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Placing is a place to which the rendering of a left-out sentence could go,
// with what would stand around it.
type Placing struct {
	Place         corpus.Place
	Default       bool   // the source's own structure suggests it
	Before, After string // neighbouring wordings as received; "" where a file begins or ends
	Apart         bool   // it becomes a block of its own
}

// Places returns the places that the file has for the rendering of a unit
// without a target, in the order after, before, paragraph, item. Text is the
// rendering, or "" for one not written yet. A unit that has a target has none.
func (d *Desk) Places(ctx context.Context, unit corpus.UnitID, text string) ([]Placing, error) {
	rec, err := d.record(ctx, unit)
	if err != nil {
		return nil, err
	}
	if len(rec.Unit.Target) > 0 {
		return nil, nil
	}
	ed, err := d.edition(ctx, rec)
	if err != nil {
		return nil, err
	}
	if text == "" {
		text = "…"
	}
	suggested := defaultPlace(ed.unit, ed.before, ed.after)
	var list []Placing
	for _, place := range []corpus.Place{corpus.PlaceAfter, corpus.PlaceBefore, corpus.PlaceParagraph, corpus.PlaceItem} {
		if place == corpus.PlaceAfter && len(ed.before.Target) == 0 || place == corpus.PlaceBefore && len(ed.after.Target) == 0 || ed.verify(text, place) != nil {
			continue
		}
		list = append(list, Placing{Place: place, Default: place == suggested, Before: ed.before.Text.Target, After: ed.after.Text.Target,
			Apart: place == corpus.PlaceParagraph || place == corpus.PlaceItem})
	}
	return list, nil
}
