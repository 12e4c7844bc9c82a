package corpustest

import (
	"fmt"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// chain reads a chain and reports every event that does not follow the one
// before it.
func chain(t testing.TB, s corpus.Store, name string) []corpus.Event {
	t.Helper()
	var events []corpus.Event
	View(t, s, func(r corpus.Reader) error {
		var prev corpus.Event
		for e, err := range r.Events(name) {
			if err != nil {
				return err
			}
			if !e.Follows(prev) {
				t.Errorf("chain %s: event %d does not follow event %d", name, e.Seq, prev.Seq)
			}
			events = append(events, e)
			prev = e
		}
		head, err := r.Head(name)
		equal(t, "Head", head, prev)
		return err
	})
	return events
}

func event(chain string, by corpus.UserID, units ...corpus.UnitID) corpus.Event {
	return corpus.Event{
		ID: corpus.NewID[corpus.EventID](), Chain: chain, At: Clock(), By: by, Name: "Name", Verb: corpus.PutFlag,
		Data: []byte(`{"reason":"因为"}`), Units: units,
	}
}

func testEvents(t *testing.T, s corpus.Store) {
	one, two := "project:one", "project:two"
	equal(t, "Head of an empty chain", read(t, s, func(r corpus.Reader) (corpus.Event, error) { return r.Head(one) }), corpus.Event{})
	equal(t, "Chains at first", read(t, s, corpus.Reader.Chains), nil)

	var stored []corpus.Event
	Update(t, s, func(tx corpus.Tx) error {
		for i := range 1100 {
			e := event(one, "u")
			e.At = Clock().Add(time.Duration(i) * 1500 * time.Microsecond)
			e, err := tx.AddEvent(e)
			if err != nil {
				return err
			}
			stored = append(stored, e)
		}
		_, err := tx.AddEvent(event(two, "u"))
		return err
	})
	equal(t, "Events", chain(t, s, one), stored)
	equal(t, "events of the other chain", len(chain(t, s, two)), 1)
	equal(t, "Chains", read(t, s, corpus.Reader.Chains), []string{one, two})
	equal(t, "Event", read(t, s, func(r corpus.Reader) (corpus.Event, error) { return r.Event(stored[7].ID) }), stored[7])
	lookup(t, s, "Event of another id", func(r corpus.Reader) (corpus.Event, error) { return r.Event("none") })
	refused(t, s, "AddEvent with a taken id", corpus.Conflict, func(tx corpus.Tx) error {
		e := event(two, "u")
		e.ID = stored[0].ID
		_, err := tx.AddEvent(e)
		return err
	})
	View(t, s, func(r corpus.Reader) error {
		n := 0
		for range r.Events(one) {
			if n++; n == 3 {
				break
			}
		}
		equal(t, "events before the break", n, 3)
		return nil
	})
}

func testEventLookups(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	name := corpus.DocumentChain(sample.Document.ID)
	u := ids(sample.Units)
	var e []corpus.Event
	add := func(by corpus.UserID, units ...corpus.UnitID) {
		Update(t, s, func(tx corpus.Tx) error {
			stored, err := tx.AddEvent(event(name, by, units...))
			e = append(e, stored)
			return err
		})
	}
	add("a", u[0])
	add("b", u[1], u[0], u[2])
	add("a", u[2])
	add("a", u[1], u[2])
	add("b")
	Update(t, s, func(tx corpus.Tx) error {
		_, err := tx.AddEvent(event("project:other", "a", u[0]))
		return err
	})
	equal(t, "Events", chain(t, s, name), e)
	since := func(after corpus.Event, units ...corpus.UnitID) []corpus.Event {
		return read(t, s, func(r corpus.Reader) ([]corpus.Event, error) { return r.Since(after, units) })
	}
	equal(t, "Since the first", since(e[0], u[0], u[2]), []corpus.Event{e[1], e[2], e[3]})
	equal(t, "Since the second", since(e[1], u[0]), nil)
	equal(t, "Since the start", since(corpus.Event{Chain: name}, u[1]), []corpus.Event{e[1], e[3]})
	equal(t, "Since, of no unit", since(e[0]), nil)
	last := func(by corpus.UserID, limit int) []corpus.Event {
		return read(t, s, func(r corpus.Reader) ([]corpus.Event, error) { return r.LastBy(name, by, limit) })
	}
	equal(t, "LastBy", last("a", 9), []corpus.Event{e[3], e[2], e[0]})
	equal(t, "LastBy up to two", last("a", 2), []corpus.Event{e[3], e[2]})
	equal(t, "LastBy nobody", last("c", 2), nil)
}

// testTwoStores writes through two stores of one place at once.
func testTwoStores(t *testing.T, open Opener) {
	place := t.TempDir()
	stores := []corpus.Store{open(t, place), open(t, place)}
	sample := SeedReview(t, stores[0])
	const each = 60
	done := make(chan error)
	for i, s := range stores {
		go func() {
			for n := range each {
				err := s.Update(t.Context(), func(tx corpus.Tx) error {
					_, err := Propose(tx, sample.Units[n%3].ID, sample.Translator.ID, fmt.Sprintf("store %d, wording %d", i, n))
					return err
				})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range stores {
		if err := <-done; err != nil {
			t.Errorf("Update: %v", err)
		}
	}
	for _, s := range stores {
		equal(t, "events", len(chain(t, s, corpus.DocumentChain(sample.Document.ID))), 2*each)
		View(t, s, func(r corpus.Reader) error {
			for _, u := range sample.Units[:3] {
				rec, err := r.Record(u.ID)
				if err != nil {
					return err
				}
				for i, rev := range rec.Revisions {
					equal(t, "revision number", rev.Number, i)
				}
				equal(t, "revisions", len(rec.Revisions), 1+2*each/3)
				equal(t, "Lock", rec.Unit.Lock, 2*each/3)
			}
			return nil
		})
	}
}
