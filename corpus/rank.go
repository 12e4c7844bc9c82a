package corpus

import (
	"cmp"
	"strings"
)

// Order is an order of a document's units.
type Order string

// The orders. ByDensity is the one in which an hour of reading finds most.
const (
	InReading Order = ""        // as the document goes
	ByRisk    Order = "risk"    // highest risk first
	ByDensity Order = "density" // highest risk for a word to be read first
)

// Rank is the place of a unit in an order by risk: the highest value first, and
// units of one value as the document goes. It stays what it was when the unit
// changes, so a list goes on from where it was.
type Rank struct {
	Value    float64
	Position int64
}

// RankOf returns a unit's place in an order by risk. Words are counted by the
// blanks of the received translation; what writes none counts as one word.
func RankOf(o Order, u Unit) Rank {
	r := Rank{u.Summary.Risk, u.Position}
	if o == ByDensity {
		r.Value /= float64(strings.Count(u.Text.Target, " ")) + 1
	}
	return r
}

// Compare returns -1 where r comes before other.
func (r Rank) Compare(other Rank) int {
	return cmp.Or(cmp.Compare(other.Value, r.Value), cmp.Compare(r.Position, other.Position))
}
