package corpustest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func testUnits(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	u := sample.Units[1]
	get := func() corpus.Unit {
		return read(t, s, func(r corpus.Reader) (corpus.Unit, error) { return r.Unit(u.ID) })
	}
	equal(t, "Unit", get(), u)
	lookup(t, s, "Unit of another id", func(r corpus.Reader) (corpus.Unit, error) { return r.Unit("none") })

	u.Summary = corpus.Summary{
		State: corpus.StateProposed, Current: "c", Latest: "l", Pending: 2, Flags: 3, Major: 1, NeedsSrc: 1,
		Findings: 4, Doubt: corpus.Critical, Comments: 5, Blocked: "the table would break", Risk: 0.625,
	}
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUnit(u) })
	u.Lock++
	equal(t, "Unit with another summary", get(), u)

	u.Position, u.Retired = 1500, true
	u.Text = corpus.Pair{Source: "另一句", Target: "another\nline"}
	u.Source = append(u.Source, corpus.Segment{Block: 7, Kind: "heading", Level: 2})
	u.Target = nil
	u.Bead = corpus.Bead{Status: corpus.BeadDoubtful, Score: -0.5, Margin: 0.1, Reasons: []string{"a", "b"}}
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUnit(u) })
	u.Lock++
	equal(t, "Unit with another shape", get(), u)

	refused(t, s, "SaveUnit of none", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveUnit(corpus.Unit{ID: "none"}) })
	refused(t, s, "AddUnit with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddUnit(u) })
	refused(t, s, "AddUnit to no version", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddUnit(corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Version: "none"})
	})
}

// long stores a document of n units.
func long(t *testing.T, s corpus.Store, n int) (corpus.Version, []corpus.Unit) {
	t.Helper()
	p := Project("Long")
	Update(t, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	pairs := make([]corpus.Pair, n)
	for i := range pairs {
		pairs[i] = corpus.Pair{Source: fmt.Sprintf("第%d句", i+1), Target: fmt.Sprintf("Sentence %d.", i+1)}
	}
	_, v, units, _ := SeedDocument(t, s, p.ID, "long.md", pairs)
	return v, units
}

func testUnitWindows(t *testing.T, s corpus.Store) {
	v, units := long(t, s, 50)
	retired := units[20]
	retired.Retired = true
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUnit(retired) })
	units = slices.Delete(units, 20, 21)

	window := func(after int64, limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) { return r.Units(v.ID, corpus.Filter{}, after, limit) }))
	}
	before := func(position int64, limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) {
			return r.UnitsBefore(v.ID, corpus.Filter{}, position, limit)
		}))
	}
	all := ids(units)
	equal(t, "Units from the start", window(0, 10), all[:10])
	equal(t, "Units behind the tenth", window(units[9].Position, 10), all[10:20])
	equal(t, "Units over a retired one", window(units[18].Position, 3), all[19:22])
	equal(t, "Units at the end", window(units[45].Position, 10), all[46:])
	equal(t, "Units behind the end", window(units[48].Position, 10), nil)
	equal(t, "Units without a limit", window(0, 0), nil)
	equal(t, "UnitsBefore the eleventh", before(units[10].Position, 4), all[6:10])
	equal(t, "UnitsBefore over a retired one", before(units[21].Position, 3), all[18:21])
	equal(t, "UnitsBefore near the start", before(units[2].Position, 10), all[:2])
	equal(t, "UnitsBefore the start", before(units[0].Position, 10), nil)
	equal(t, "UnitsBefore behind the end", before(1<<60, 2), all[47:])
	equal(t, "Units of no version", len(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) { return r.Units("none", corpus.Filter{}, 0, 5) })), 0)
}

func testUnitFilters(t *testing.T, s corpus.Store) {
	v, units := long(t, s, 120)
	Update(t, s, func(tx corpus.Tx) error {
		for i := range units {
			u := &units[i]
			u.Summary.State = corpus.State(i % 6)
			u.Summary.Flags = (i / 2) % 2
			u.Summary.Findings = (i / 3) % 3
			u.Summary.Pending = (i / 5) % 2
			u.Retired = i%17 == 3
			if i%4 == 1 {
				u.Bead.Status = corpus.BeadDoubtful
			}
			switch i % 7 {
			case 2:
				u.Source, u.Text.Source = nil, ""
			case 5:
				u.Target, u.Text.Target = nil, ""
			}
			if err := tx.SaveUnit(*u); err != nil {
				return err
			}
		}
		return nil
	})
	matches := func(u corpus.Unit, f corpus.Filter) bool {
		m := u.Summary
		return (len(f.States) == 0 || slices.Contains(f.States, m.State)) &&
			(!f.Doubtful || u.Bead.Status == corpus.BeadDoubtful) && (!f.Flagged || m.Flags > 0) && (!f.Found || m.Findings > 0) &&
			(!f.Waiting || m.Pending > 0) && (!f.Missing || len(u.Source) == 0 || len(u.Target) == 0)
	}
	for bits := range 1 << 5 {
		for _, states := range [][]corpus.State{nil, {corpus.StateMachine}, {corpus.StateFinal, corpus.StateStale, corpus.StateFinal}, {corpus.StateProposed}} {
			f := corpus.Filter{States: states, Doubtful: bits&1 != 0, Flagged: bits&2 != 0, Found: bits&4 != 0, Waiting: bits&8 != 0, Missing: bits&16 != 0}
			var want []corpus.UnitID
			for _, u := range units {
				if !u.Retired && u.Position > units[9].Position && matches(u, f) {
					want = append(want, u.ID)
				}
			}
			got := read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) { return r.Units(v.ID, f, units[9].Position, 7) })
			equal(t, fmt.Sprintf("Units(%+v)", f), ids(got), want[:min(7, len(want))])

			want = nil
			for _, u := range units {
				if !u.Retired && u.Position < units[100].Position && matches(u, f) {
					want = append(want, u.ID)
				}
			}
			got = read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) { return r.UnitsBefore(v.ID, f, units[100].Position, 7) })
			equal(t, fmt.Sprintf("UnitsBefore(%+v)", f), ids(got), want[max(0, len(want)-7):])
		}
	}
}

func testUnitNumbers(t *testing.T, s corpus.Store) {
	v, units := long(t, s, 30)
	gone := units[4]
	gone.Retired = true
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUnit(gone) })
	units = slices.Delete(units, 4, 5)
	for i, u := range units {
		equal(t, "UnitNumber", read(t, s, func(r corpus.Reader) (int, error) { return r.UnitNumber(u.ID) }), i+1)
		equal(t, "UnitsBetween", read(t, s, func(r corpus.Reader) (int, error) { return r.UnitsBetween(v.ID, units[0].Position, u.Position) }), i)
		equal(t, "UnitNumbered", read(t, s, func(r corpus.Reader) (corpus.Unit, error) { return r.UnitNumbered(v.ID, i+1) }).ID, u.ID)
	}
	lookup(t, s, "UnitNumber of a retired unit", func(r corpus.Reader) (int, error) { return r.UnitNumber(gone.ID) })
	lookup(t, s, "UnitNumber of none", func(r corpus.Reader) (int, error) { return r.UnitNumber("none") })
	for _, n := range []int{-1, 0, 30} {
		lookup(t, s, fmt.Sprintf("UnitNumbered(%d)", n), func(r corpus.Reader) (corpus.Unit, error) { return r.UnitNumbered(v.ID, n) })
	}
}

func testLineage(t *testing.T, s corpus.Store) {
	_, units := long(t, s, 4)
	merge, split := corpus.NewID[corpus.EventID](), corpus.NewID[corpus.EventID]()
	a := corpus.Lineage{Old: units[0].ID, New: units[2].ID, Kind: corpus.Merged, Act: merge}
	b := corpus.Lineage{Old: units[1].ID, New: units[2].ID, Kind: corpus.Merged, Act: merge}
	c := corpus.Lineage{Old: units[2].ID, New: units[3].ID, Kind: corpus.SplitOff, Act: split}
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddLineage(b), tx.AddLineage(a), tx.AddLineage(c)) })
	check := func(u corpus.UnitID, wantFrom, wantTo []corpus.Lineage) {
		t.Helper()
		View(t, s, func(r corpus.Reader) error {
			from, to, err := r.Lineage(u)
			equal(t, "Lineage from", from, wantFrom)
			equal(t, "Lineage to", to, wantTo)
			return err
		})
	}
	check(units[2].ID, []corpus.Lineage{b, a}, []corpus.Lineage{c})
	check(units[0].ID, nil, []corpus.Lineage{a})
	Update(t, s, func(tx corpus.Tx) error { return tx.DropLineage(merge) })
	check(units[2].ID, nil, []corpus.Lineage{c})
	refused(t, s, "AddLineage to no unit", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddLineage(corpus.Lineage{Old: units[0].ID, New: "none", Kind: corpus.Merged, Act: merge})
	})
}
