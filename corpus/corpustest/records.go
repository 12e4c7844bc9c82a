package corpustest

import (
	"fmt"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// rich stores rows of every kind on a unit and returns its record.
func rich(t *testing.T, s corpus.Store, sample Review, n int) corpus.Record {
	t.Helper()
	u := sample.Units[n]
	act := corpus.NewID[corpus.EventID]()
	r, p := Wording(u, 1, sample.Translator.ID, "another wording", act)
	r.Base, r.From, r.Place, r.Note, r.Instruction = sample.Machine[n].ID, "from", corpus.PlaceItem, "a note", "on the instruction of"
	r.Verdict, r.Key = corpus.Verdict{Bad: true, Reason: "would break the table"}, "key"
	r.Hands = append(r.Hands, sample.Reviewer.ID)
	readNoChange := corpus.Proposal{ID: corpus.NewID[corpus.ProposalID](), Unit: u.ID, Revision: sample.Machine[n].ID, By: sample.Reviewer.ID, NoChange: true, Created: Clock(), Act: act}
	f := corpus.Flag{
		ID: corpus.NewID[corpus.FlagID](), Unit: u.ID, Revision: r.ID, By: sample.Reviewer.ID,
		Source: corpus.Mark{Span: corpus.Span{Start: 3, End: 6}, Quote: "务"}, Target: corpus.Mark{Span: corpus.Span{End: 7}, Quote: "another"},
		Category: corpus.Awkward, Severity: corpus.Major, Note: "reads badly", Check: "style.x", Created: Clock(), Act: act,
	}
	d := corpus.Decision{
		ID: corpus.NewID[corpus.DecisionID](), Unit: u.ID, Verb: corpus.Approve, Revision: r.ID, Proposal: p.ID, Flag: f.ID,
		By: sample.Reviewer.ID, Name: "Name", Function: "Function", Reason: "reason", Created: Clock(), Batch: act, Size: 3,
		Hash: corpus.ApprovalHash(u.Text), NoSource: true, OnePerson: true, Rests: "earlier", Act: act,
	}
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddRevision(r), tx.AddProposal(p), tx.AddProposal(readNoChange), tx.AddFlag(f), tx.AddDecision(d),
			tx.AddComment(corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: u.ID, By: sample.Reviewer.ID, Text: "why?", Created: Clock(), Act: act}),
			tx.AddSnapshot(corpus.Snapshot{ID: corpus.NewID[corpus.SnapshotID](), Document: u.Document, Version: u.Version, Release: true, Created: Clock()},
				[]corpus.Standing{{Unit: u.ID, Revision: r.ID, State: corpus.StateApproved}}),
			tx.AddSnapshot(corpus.Snapshot{ID: corpus.NewID[corpus.SnapshotID](), Document: u.Document, Version: u.Version, Created: Clock()},
				[]corpus.Standing{{Unit: u.ID, Revision: sample.Machine[n].ID}}))
	})
	return corpus.Record{
		Unit: u, Revisions: []corpus.Revision{sample.Machine[n], r}, Proposals: []corpus.Proposal{p, readNoChange},
		Decisions: []corpus.Decision{d}, Flags: []corpus.Flag{f}, Released: []corpus.RevisionID{r.ID}, Comments: 1,
	}
}

func testRecord(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	want := rich(t, s, sample, 0)
	get := func() corpus.Record {
		return read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(want.Unit.ID) })
	}
	equal(t, "Record", get(), want)
	equal(t, "Record of an untouched unit", read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(sample.Units[1].ID) }),
		corpus.Record{Unit: sample.Units[1], Revisions: sample.Machine[1:2]})
	lookup(t, s, "Record of none", func(r corpus.Reader) (corpus.Record, error) { return r.Record("none") })

	want.Unit.Retired = true
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveUnit(want.Unit) })
	want.Unit.Lock++
	equal(t, "Record of a retired unit", get(), want)

	for what, add := range map[string]func(corpus.Tx) error{
		"AddRevision with a taken id":     func(tx corpus.Tx) error { r := want.Revisions[1]; r.Number = 9; r.Key = ""; return tx.AddRevision(r) },
		"AddRevision with a taken number": func(tx corpus.Tx) error { r := want.Revisions[1]; r.ID, r.Key = "new", ""; return tx.AddRevision(r) },
		"AddRevision with a taken key":    func(tx corpus.Tx) error { r := want.Revisions[1]; r.ID, r.Number = "new", 9; return tx.AddRevision(r) },
		"AddProposal with a taken id":     func(tx corpus.Tx) error { return tx.AddProposal(want.Proposals[0]) },
		"AddDecision with a taken id":     func(tx corpus.Tx) error { return tx.AddDecision(want.Decisions[0]) },
		"AddFlag with a taken id":         func(tx corpus.Tx) error { return tx.AddFlag(want.Flags[0]) },
	} {
		refused(t, s, what, corpus.Conflict, add)
	}
	for what, add := range map[string]func(corpus.Tx) error{
		"AddRevision": func(tx corpus.Tx) error { return tx.AddRevision(corpus.Revision{ID: "new", Unit: "none"}) },
		"AddProposal": func(tx corpus.Tx) error { return tx.AddProposal(corpus.Proposal{ID: "new", Unit: "none"}) },
		"AddDecision": func(tx corpus.Tx) error { return tx.AddDecision(corpus.Decision{ID: "new", Unit: "none"}) },
		"AddFlag":     func(tx corpus.Tx) error { return tx.AddFlag(corpus.Flag{ID: "new", Unit: "none"}) },
		"AddComment":  func(tx corpus.Tx) error { return tx.AddComment(corpus.Comment{ID: "new", Unit: "none"}) },
		"SaveDraft":   func(tx corpus.Tx) error { return tx.SaveDraft(corpus.Draft{Unit: "none", Text: "x"}) },
	} {
		refused(t, s, what+" to no unit", corpus.NotFound, add)
	}
}

// testRecords reads more records than any engine would hold at once, and uses
// the reader meanwhile.
func testRecords(t *testing.T, s corpus.Store) {
	v, units := long(t, s, 1203)
	u := units[1100]
	retired := units[600]
	retired.Retired = true
	Update(t, s, func(tx corpus.Tx) error {
		_, err := Propose(tx, u.ID, "somebody", "a better wording")
		return first(err, tx.SaveUnit(retired))
	})
	View(t, s, func(r corpus.Reader) error {
		i := 0
		for rec, err := range r.Records(v.ID) {
			if err != nil {
				return err
			}
			if i == 600 {
				i++
			}
			if rec.Unit.ID != units[i].ID || rec.Machine().Text != units[i].Text.Target {
				t.Fatalf("record %d is of unit %s with %q, want %s with %q", i, rec.Unit.ID, rec.Machine().Text, units[i].ID, units[i].Text.Target)
			}
			if i%400 == 0 {
				alone, err := r.Record(rec.Unit.ID)
				equal(t, "Record during Records", alone, rec)
				if err != nil {
					return err
				}
			}
			if want := 1 + b2i(rec.Unit.ID == u.ID); len(rec.Revisions) != want || len(rec.Proposals) != want-1 {
				t.Errorf("record %d has %d revisions and %d proposals", i, len(rec.Revisions), len(rec.Proposals))
			}
			i++
		}
		equal(t, "number of records", i, len(units))
		for range r.Records(v.ID) {
			break
		}
		for _, err := range r.Records("none") {
			return fmt.Errorf("a record of no version: %v", err)
		}
		return nil
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func testRevisionKey(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	want := rich(t, s, sample, 0).Revisions[1]
	get := func(unit corpus.UnitID, author corpus.UserID, key string) func(corpus.Reader) (corpus.Revision, error) {
		return func(r corpus.Reader) (corpus.Revision, error) { return r.RevisionByKey(unit, author, key) }
	}
	equal(t, "RevisionByKey", read(t, s, get(want.Unit, want.Author, "key")), want)
	lookup(t, s, "RevisionByKey of another unit", get(sample.Units[1].ID, want.Author, "key"))
	lookup(t, s, "RevisionByKey of another author", get(want.Unit, sample.Reviewer.ID, "key"))
	lookup(t, s, "RevisionByKey of another key", get(want.Unit, want.Author, "yek"))
	lookup(t, s, "RevisionByKey of no key", get(want.Unit, "", ""))
}

func testWaiting(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	_, old := SeedVersion(t, s, sample.Document.ID, 2, 1)
	propose := func(u corpus.UnitID, text string) {
		Update(t, s, func(tx corpus.Tx) error {
			_, err := Propose(tx, u, sample.Translator.ID, text)
			return err
		})
	}
	decline := func(u corpus.UnitID, nth int) {
		Update(t, s, func(tx corpus.Tx) error {
			rec, err := tx.Record(u)
			if err != nil {
				return err
			}
			d := corpus.Decision{ID: corpus.NewID[corpus.DecisionID](), Unit: u, Verb: corpus.Decline, Proposal: rec.Proposals[nth].ID, By: sample.Reviewer.ID, Created: Clock()}
			rec.Decisions = append(rec.Decisions, d)
			rec.Unit.Summary = rec.Summarize()
			return first(tx.AddDecision(d), tx.SaveUnit(rec.Unit))
		})
	}
	waiting := func(limit int) []corpus.UnitID {
		return ids(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) { return r.Waiting(sample.Project.ID, limit) }))
	}
	u := ids(sample.Units)
	equal(t, "Waiting at first", waiting(9), nil)
	propose(u[3], "one")
	propose(u[1], "two")
	propose(old[0].ID, "in a version that is not the current one")
	propose(u[3], "three")
	propose(u[0], "four")
	equal(t, "Waiting", waiting(9), []corpus.UnitID{u[3], u[1], u[0]})
	equal(t, "Waiting up to two", waiting(2), []corpus.UnitID{u[3], u[1]})
	decline(u[3], 0)
	equal(t, "Waiting after the oldest was declined", waiting(9), []corpus.UnitID{u[1], u[3], u[0]})
	decline(u[1], 0)
	equal(t, "Waiting after the only one was declined", waiting(9), []corpus.UnitID{u[3], u[0]})
}
