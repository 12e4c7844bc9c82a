package corpustest

import (
	"slices"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

func term(p corpus.ProjectID, by corpus.UserID, source, target string) corpus.Term {
	return corpus.Term{
		ID: corpus.NewID[corpus.TermID](), Project: p, Subject: "law", Note: "see Circular 7", By: by, Changed: Clock(),
		Source: []corpus.Designation{{Text: source, Status: corpus.TermPreferred}},
		Target: []corpus.Designation{{Text: target, Status: corpus.TermPreferred}, {Text: "not " + target, Status: corpus.TermForbidden}},
	}
}

func testTerms(t *testing.T, s corpus.Store) {
	sample, other := SeedReview(t, s), SeedReview(t, s)
	p := sample.Project.ID
	one, two, three := term(p, sample.Reviewer.ID, "alpha", "first"), term(p, sample.Reviewer.ID, "beta", "second"), term(p, sample.Reviewer.ID, "Gamma", "third")
	list := func(phrase string, after corpus.TermID, limit int) []corpus.Term {
		return read(t, s, func(r corpus.Reader) ([]corpus.Term, error) { return r.Terms(p, phrase, after, limit) })
	}
	base := func() corpus.Termbase {
		return read(t, s, func(r corpus.Reader) (corpus.Termbase, error) { return r.Termbase(p) })
	}
	equal(t, "Terms at first", list("", "", 9), nil)
	equal(t, "Termbase at first", base(), corpus.Termbase{})
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.SaveTerm(three), tx.SaveTerm(one), tx.SaveTerm(two), tx.SaveTerm(term(other.Project.ID, other.Reviewer.ID, "alpha", "elsewhere")))
	})
	equal(t, "Terms", list("", "", 9), []corpus.Term{one, two, three})
	equal(t, "Terms up to two", list("", "", 2), []corpus.Term{one, two})
	equal(t, "Terms after one", list("", one.ID, 9), []corpus.Term{two, three})
	equal(t, "Terms with a phrase in another case", list("SECOND", "", 9), []corpus.Term{two})
	equal(t, "Terms with a phrase of the note", list("circular 7", two.ID, 9), []corpus.Term{three})
	equal(t, "Terms with a sign of the engine's", list("%", "", 9), []corpus.Term{one, two, three})
	equal(t, "Term", read(t, s, func(r corpus.Reader) (corpus.Term, error) { return r.Term(two.ID) }), two)
	equal(t, "Termbase", base(), corpus.Termbase{Edition: 3})

	two.Source[0].Text, two.Definition, two.Changed = "zeta", "the last", two.Changed.Add(time.Minute)
	Update(t, s, func(tx corpus.Tx) error { return first(tx.SaveTerm(two), tx.DropTerm(one.ID), tx.SaveChecked(p, 4)) })
	equal(t, "Terms after changes", list("", "", 9), []corpus.Term{three, two})
	equal(t, "Termbase after changes", base(), corpus.Termbase{Edition: 5, Checked: 4})
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveChecked(p, 2) })
	equal(t, "Termbase, checked in the wrong order", base(), corpus.Termbase{Edition: 5, Checked: 4})
	lookup(t, s, "Term that was dropped", func(r corpus.Reader) (corpus.Term, error) { return r.Term(one.ID) })
	lookup(t, s, "Terms after one that was dropped", func(r corpus.Reader) ([]corpus.Term, error) { return r.Terms(p, "", one.ID, 9) })
	refused(t, s, "DropTerm of no term", corpus.NotFound, func(tx corpus.Tx) error { return tx.DropTerm(one.ID) })
	refused(t, s, "SaveTerm of no project", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveTerm(term("none", "", "a", "b")) })
}

// testTallies counts the decisions on two checks, and takes some back.
func testTallies(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	p, u := sample.Project.ID, sample.Units[0]
	get := func() map[string]corpus.Tally {
		return read(t, s, func(r corpus.Reader) (map[string]corpus.Tally, error) { return r.Tallies(p) })
	}
	equal(t, "Tallies at first", get(), map[string]corpus.Tally{})
	flag := corpus.Flag{ID: corpus.NewID[corpus.FlagID](), Unit: u.ID, Revision: sample.Machine[0].ID, By: sample.Reviewer.ID, Category: corpus.Grammar, Severity: corpus.Minor, Check: "a.b", Created: Clock(), Act: "flagged"}
	dismissal := corpus.Dismissal{Project: p, Document: sample.Document.ID, Key: "k", Check: "a.b", By: sample.Reviewer.ID, Created: Clock(), Act: "dismissed"}
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddFlag(flag), tx.AddDismissal(dismissal), tx.AddDismissal(dismissal),
			tx.AddTaken(corpus.Taken{Project: p, Unit: u.ID, Check: "a.b", Act: "took"}), tx.AddTaken(corpus.Taken{Project: p, Unit: u.ID, Check: "c.d", Act: "took again"}))
	})
	equal(t, "Tallies", get(), map[string]corpus.Tally{"a.b": {Confirmed: 1, Taken: 1, Dismissed: 2}, "c.d": {Taken: 1}})

	page := func(check string, before int64, limit int) []corpus.Dismissal {
		return read(t, s, func(r corpus.Reader) ([]corpus.Dismissal, error) { return r.ProjectDismissals(p, check, before, limit) })
	}
	both := page("", 0, 9)
	if len(both) != 2 || both[0].Number <= both[1].Number || both[1].Key != "k" {
		t.Fatalf("ProjectDismissals = %+v, want two, the newest first", both)
	}
	equal(t, "ProjectDismissals before the newest", page("a.b", both[0].Number, 9), both[1:])
	equal(t, "ProjectDismissals of another check", page("c.d", 0, 9), nil)
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.Revoke(both[0].Number), tx.MarkUndone("took"), tx.MarkUndone("flagged"))
	})
	equal(t, "Tallies after undoing", get(), map[string]corpus.Tally{"a.b": {Dismissed: 1}, "c.d": {Taken: 1}})
	equal(t, "ProjectDismissals after Revoke", page("", 0, 9), both[1:])
	refused(t, s, "Revoke again", corpus.NotFound, func(tx corpus.Tx) error { return tx.Revoke(both[0].Number) })
}

// testUnitsByFinding looks units up by what was found in their latest wording.
func testUnitsByFinding(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	finding := func(check, key string) corpus.Finding {
		return corpus.Finding{Check: check, Category: corpus.Grammar, Severity: corpus.Neutral, Key: key}
	}
	Update(t, s, func(tx corpus.Tx) error {
		later, err := Propose(tx, sample.Units[4].ID, sample.Translator.ID, "Another wording.")
		if err != nil {
			return err
		}
		u, err := tx.Unit(sample.Units[4].ID)
		if err != nil {
			return err
		}
		u.Summary.Latest = later.ID
		return first(tx.SaveFindings(sample.Machine[1].ID, []corpus.Finding{finding("a.b", "k"), finding("a.b", "m"), finding("c.d", "k")}),
			tx.SaveFindings(sample.Machine[3].ID, []corpus.Finding{finding("a.b", "k")}),
			tx.SaveFindings(sample.Machine[4].ID, []corpus.Finding{finding("a.b", "k")}), // not the latest any more
			tx.SaveUnit(u))
	})
	byKey := func(key string, after int64, limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) {
			return r.UnitsFinding(sample.Document.ID, key, after, limit)
		}))
	}
	byCheck := func(check string, after int64, limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) {
			return r.UnitsChecked(sample.Version.ID, check, after, limit)
		}))
	}
	want := []corpus.UnitID{sample.Units[1].ID, sample.Units[3].ID}
	equal(t, "UnitsFinding", byKey("k", 0, 9), want)
	equal(t, "UnitsFinding up to one", byKey("k", 0, 1), want[:1])
	equal(t, "UnitsFinding after the first", byKey("k", sample.Units[1].Position, 9), want[1:])
	equal(t, "UnitsFinding of no key", byKey("none", 0, 9), nil)
	equal(t, "UnitsChecked", byCheck("a.b", 0, 9), want)
	equal(t, "UnitsChecked after the first", byCheck("a.b", sample.Units[1].Position, 9), want[1:])
	equal(t, "UnitsChecked of another check", byCheck("c.d", 0, 9), want[:1])
	equal(t, "CheckCounts", read(t, s, func(r corpus.Reader) (map[string]int, error) { return r.CheckCounts(sample.Version.ID) }), map[string]int{"a.b": 3, "c.d": 1, "repeat.word": 1})
}

// testUnitsRanked walks the orders by risk in windows, both ways.
func testUnitsRanked(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	risks := []float64{0.2, 0.9, 0.2, 0, 0.5, 0.9}
	Update(t, s, func(tx corpus.Tx) error {
		for i, u := range sample.Units {
			u, err := tx.Unit(u.ID)
			if err != nil {
				return err
			}
			u.Summary.Risk = risks[i]
			u.Summary.Findings = i % 2
			if err := tx.SaveUnit(u); err != nil {
				return err
			}
		}
		return nil
	})
	at := func(list ...int) []corpus.UnitID {
		var want []corpus.UnitID
		for _, i := range list {
			want = append(want, sample.Units[i].ID)
		}
		return want
	}
	ranked := func(order corpus.Order, match corpus.Filter, after corpus.UnitID, backwards bool, limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) {
			var from *corpus.Rank
			if after != "" {
				u, err := r.Unit(after)
				if err != nil {
					return nil, err
				}
				rank := corpus.RankOf(order, u)
				from = &rank
			}
			return r.UnitsRanked(sample.Version.ID, order, match, from, backwards, limit)
		}))
	}
	equal(t, "UnitsRanked", ranked(corpus.ByRisk, corpus.Filter{}, "", false, 9), at(1, 5, 4, 0, 2, 3))
	equal(t, "UnitsRanked up to two", ranked(corpus.ByRisk, corpus.Filter{}, "", false, 2), at(1, 5))
	equal(t, "UnitsRanked within a rank", ranked(corpus.ByRisk, corpus.Filter{}, sample.Units[1].ID, false, 9), at(5, 4, 0, 2, 3))
	equal(t, "UnitsRanked backwards", ranked(corpus.ByRisk, corpus.Filter{}, sample.Units[2].ID, true, 2), at(0, 4))
	equal(t, "UnitsRanked from the end", ranked(corpus.ByRisk, corpus.Filter{}, "", true, 2), at(3, 2))
	equal(t, "UnitsRanked of those with findings", ranked(corpus.ByRisk, corpus.Filter{Found: true}, "", false, 9), at(1, 5, 3))
	equal(t, "UnitsRanked of a state", ranked(corpus.ByRisk, corpus.Filter{States: []corpus.State{corpus.StateFinal}}, "", false, 9), nil)

	// By density the shorter of two with the same risk comes first.
	var want []corpus.UnitID
	whole := ranked(corpus.ByDensity, corpus.Filter{}, "", false, 9)
	for last := corpus.UnitID(""); ; { // one by one gives the same as all at once
		next := ranked(corpus.ByDensity, corpus.Filter{}, last, false, 1)
		if len(next) == 0 {
			break
		}
		last = next[0]
		want = append(want, last)
	}
	equal(t, "UnitsRanked by density", whole, want)
	short, long := sample.Units[1], sample.Units[5]
	if len(long.Text.Target) < len(short.Text.Target) {
		short, long = long, short
	}
	if slices.Index(whole, short.ID) > slices.Index(whole, long.ID) {
		t.Errorf("UnitsRanked by density puts the longer of two units of one risk first")
	}
	View(t, s, func(r corpus.Reader) error {
		_, err := r.UnitsRanked(sample.Version.ID, "length", corpus.Filter{}, nil, false, 9)
		kind(t, "UnitsRanked in an unknown order", err, corpus.Invalid)
		return nil
	})
}
