package workflow

import (
	"context"
	"math"

	"github.com/reviseur/reviseur/corpus"
)

// Stroke is a run of neighbouring units that look the same on a map.
type Stroke struct {
	First int // number of the first unit
	Units int
	State corpus.State
	Flags bool // some of them carry open flags
}

// Outline returns a map of the document's newest version: its units in reading
// order, neighbours of one state joined. Where that gives more than limit
// strokes the document is cut into limit parts, and each shows the state that
// is furthest from done.
func (d *Desk) Outline(ctx context.Context, user corpus.UserID, doc corpus.Document, limit int) ([]Stroke, error) {
	var all []Stroke
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		for after := int64(math.MinInt64); ; {
			units, err := r.Units(doc.Current, corpus.Filter{}, after, stride)
			if err != nil || len(units) == 0 {
				return err
			}
			for _, u := range units {
				all = append(all, Stroke{First: len(all) + 1, Units: 1, State: u.Summary.State, Flags: u.Summary.Flags > 0})
			}
			after = units[len(units)-1].Position
		}
	})
	return strokes(all, limit), err
}

// strokes joins equal neighbours, or cuts into parts.
func strokes(units []Stroke, limit int) []Stroke {
	var runs []Stroke
	for _, u := range units {
		if n := len(runs); n > 0 && runs[n-1].State == u.State && runs[n-1].Flags == u.Flags {
			runs[n-1].Units++
			continue
		}
		runs = append(runs, u)
	}
	if len(runs) <= limit {
		return runs
	}
	parts := make([]Stroke, 0, limit)
	for i := range limit {
		from, to := i*len(units)/limit, (i+1)*len(units)/limit
		part := units[from]
		part.Units = to - from
		for _, u := range units[from+1 : to] {
			part.State = min(part.State, u.State)
			part.Flags = part.Flags || u.Flags
		}
		parts = append(parts, part)
	}
	return parts
}
