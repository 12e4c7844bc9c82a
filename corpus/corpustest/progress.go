package corpustest

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// recount counts the units of a version one by one.
func recount(t *testing.T, r corpus.Reader, v corpus.VersionID) corpus.Progress {
	t.Helper()
	var p corpus.Progress
	units, err := r.Units(v, corpus.Filter{}, 0, 1<<20)
	if err != nil {
		t.Fatalf("Units: %v", err)
	}
	for _, u := range units {
		p.Units++
		p.States[u.Summary.State]++
		p.Flags += u.Summary.Flags
		p.Major += u.Summary.Major
		p.Findings += u.Summary.Findings
		p.Pending += u.Summary.Pending
		if u.Bead.Status == corpus.BeadDoubtful {
			p.Doubtful++
		}
	}
	return p
}

// testProgress changes units at random, some of the changes being taken back,
// and compares the counters with a recount inside and outside of updates.
func testProgress(t *testing.T, s corpus.Store) {
	v, units := long(t, s, 40)
	_, otherUnits := SeedVersion(t, s, v.Document, 2, 5)
	random := rand.New(rand.NewPCG(1, 2))
	check := func(r corpus.Reader) error {
		got, err := r.Progress(v.ID)
		equal(t, "Progress", got, recount(t, r, v.ID))
		return err
	}
	View(t, s, check)
	failure := errors.New("taken back")
	for round := range 60 {
		fail := round%5 == 4
		kept := append([]corpus.Unit(nil), units...)
		err := s.Update(context.Background(), func(tx corpus.Tx) error {
			for range 1 + random.IntN(6) {
				if random.IntN(8) == 0 {
					u, r := Unit(v, len(units), corpus.Pair{Source: "新", Target: "new"})
					if err := first(tx.AddUnit(u), tx.AddRevision(r)); err != nil {
						return err
					}
					units = append(units, u)
					continue
				}
				u := &units[random.IntN(len(units))]
				u.Summary.State = corpus.State(random.IntN(6))
				u.Summary.Flags, u.Summary.Major, u.Summary.Findings, u.Summary.Pending = random.IntN(3), random.IntN(2), random.IntN(4), random.IntN(2)
				u.Retired = random.IntN(6) == 0
				u.Bead.Status = []corpus.BeadStatus{corpus.BeadAuto, corpus.BeadDoubtful, corpus.BeadConfirmed}[random.IntN(3)]
				if err := tx.SaveUnit(*u); err != nil {
					return err
				}
			}
			if err := check(tx); err != nil || !fail {
				return err
			}
			return failure
		})
		if fail != errors.Is(err, failure) || (err != nil && !fail) {
			t.Fatalf("Update: %v", err)
		}
		if fail {
			units = kept
		}
		View(t, s, check)
	}
	equal(t, "Progress of another version", read(t, s, func(r corpus.Reader) (corpus.Progress, error) { return r.Progress(otherUnits[0].Version) }),
		corpus.Progress{Units: 5, States: [corpus.StateFinal + 1]int{5}})
	lookup(t, s, "Progress of no version", func(r corpus.Reader) (corpus.Progress, error) { return r.Progress("none") })

	at := Clock().Add(42)
	Update(t, s, func(tx corpus.Tx) error {
		_, err := tx.AddEvent(corpus.Event{ID: corpus.NewID[corpus.EventID](), Chain: corpus.DocumentChain(v.Document), At: at, Verb: corpus.PutFlag, Units: []corpus.UnitID{units[0].ID}})
		return err
	})
	equal(t, "Progress.Changed", read(t, s, func(r corpus.Reader) (corpus.Progress, error) { return r.Progress(v.ID) }).Changed, Clock())
}

// SeedVersion stores a further complete version of a document, of n units. The
// document's current version stays what it was.
func SeedVersion(t testing.TB, s corpus.Store, doc corpus.DocumentID, number, n int) (corpus.Version, []corpus.Unit) {
	t.Helper()
	v := corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: doc, Number: number, Ready: true, Created: Clock()}
	var units []corpus.Unit
	Update(t, s, func(tx corpus.Tx) error {
		if err := tx.AddVersion(v); err != nil {
			return err
		}
		for i := range n {
			u, r := Unit(v, i, corpus.Pair{Source: "句", Target: "Sentence."})
			units = append(units, u)
			if err := first(tx.AddUnit(u), tx.AddRevision(r)); err != nil {
				return err
			}
		}
		return nil
	})
	return v, units
}
