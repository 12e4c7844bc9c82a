package corpustest

import (
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

func testFindings(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	rev := sample.Machine[3].ID
	get := func() []corpus.Finding {
		return read(t, s, func(r corpus.Reader) ([]corpus.Finding, error) { return r.Findings(rev) })
	}
	findings := []corpus.Finding{
		{Check: "repeat.word", Category: corpus.Grammar, Severity: corpus.Minor, Message: "m", Args: []string{"the", "“the”"}, Target: []corpus.Span{{Start: 21, End: 28}}, Fix: &corpus.Fix{Span: corpus.Span{Start: 21, End: 25}}, Key: "k1"},
		{Check: "missing.number", Category: corpus.Omission, Severity: corpus.Critical, Source: []corpus.Span{{End: 3}, {Start: 6, End: 9}}, Target: []corpus.Span{{Start: 5, End: 5}}, Key: "k2"},
	}
	equal(t, "Findings at first", get(), nil)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveFindings(rev, findings) })
	equal(t, "Findings", get(), findings)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveFindings(rev, findings[1:]) })
	equal(t, "Findings replaced", get(), findings[1:])
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveFindings(rev, nil) })
	equal(t, "Findings removed", get(), nil)
	refused(t, s, "SaveFindings of no revision", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveFindings("none", findings) })
}

func testDismissals(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	other, _, _, _ := SeedDocument(t, s, sample.Project.ID, "other.md", nil)
	undo := corpus.NewID[corpus.EventID]()
	row := func(doc corpus.DocumentID, unit corpus.UnitID, key string, act corpus.EventID) corpus.Dismissal {
		return corpus.Dismissal{Project: sample.Project.ID, Document: doc, Unit: unit, Key: key, Check: "c", By: sample.Reviewer.ID, Reason: "fine", Created: Clock(), Act: act}
	}
	project, here := row("", "", "project", "a"), row(sample.Document.ID, sample.Units[0].ID, "here", "b")
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddDismissal(project), tx.AddDismissal(row(other.ID, "", "elsewhere", "c")), tx.AddDismissal(row(sample.Document.ID, "", "undone", undo)),
			tx.AddDismissal(here), tx.MarkUndone(undo))
	})
	got := read(t, s, func(r corpus.Reader) ([]corpus.Dismissal, error) { return r.Dismissals(sample.Document.ID) })
	for i := range got {
		if got[i].Number <= 0 || i > 0 && got[i].Number <= got[i-1].Number {
			t.Errorf("the numbers of the dismissals do not rise: %+v", got)
		}
	}
	for i := range got {
		got[i].Number = 0
	}
	equal(t, "Dismissals", got, []corpus.Dismissal{project, here})
	lookup(t, s, "Dismissals of no document", func(r corpus.Reader) ([]corpus.Dismissal, error) { return r.Dismissals("none") })
}

func testComments(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	u := sample.Units[2].ID
	one := corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: u, By: sample.Reviewer.ID, Text: "为什么？", Created: Clock(), Act: "a"}
	two := corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: u, By: sample.Translator.ID, Text: "Because.", Answers: one.ID, Created: Clock().Add(time.Second), Act: "b"}
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddComment(one), tx.AddComment(two), tx.MarkUndone("b")) })
	two.Undone = true
	equal(t, "Comments", read(t, s, func(r corpus.Reader) ([]corpus.Comment, error) { return r.Comments(u) }), []corpus.Comment{one, two})
	equal(t, "Record.Comments, without the undone", read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(u) }).Comments, 1)
	refused(t, s, "AddComment with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddComment(one) })
}

func testDrafts(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	d := corpus.Draft{Unit: sample.Units[0].ID, By: sample.Translator.ID, Base: sample.Machine[0].ID, Text: "half a sent", Updated: Clock()}
	get := func(r corpus.Reader) (corpus.Draft, error) { return r.Draft(d.Unit, d.By) }
	lookup(t, s, "Draft at first", get)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveDraft(d) })
	equal(t, "Draft", read(t, s, get), d)
	lookup(t, s, "Draft of somebody else", func(r corpus.Reader) (corpus.Draft, error) { return r.Draft(d.Unit, sample.Reviewer.ID) })
	d.Text, d.Updated = "half a sentence", d.Updated.Add(time.Minute)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveDraft(d) })
	equal(t, "Draft replaced", read(t, s, get), d)
	all := func(v corpus.VersionID) []corpus.Draft {
		return read(t, s, func(r corpus.Reader) ([]corpus.Draft, error) { return r.Drafts(v) })
	}
	equal(t, "Drafts", all(sample.Units[0].Version), []corpus.Draft{d})
	equal(t, "Drafts of another version", all("none"), nil)
	d.Text = ""
	Update(t, s, func(tx corpus.Tx) error { return first(tx.SaveDraft(d), tx.SaveDraft(d)) })
	lookup(t, s, "Draft removed", get)
}

func testMarkUndone(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	rec := rich(t, s, sample, 0)
	act := rec.Revisions[1].Act
	Update(t, s, func(tx corpus.Tx) error { return tx.MarkUndone(act) })
	rec.Revisions[1].Undone = true
	rec.Proposals[0].Undone, rec.Proposals[1].Undone = true, true
	rec.Decisions[0].Undone, rec.Flags[0].Undone, rec.Comments = true, true, 0
	equal(t, "Record after MarkUndone", read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(rec.Unit.ID) }), rec)
	Update(t, s, func(tx corpus.Tx) error { return tx.MarkUndone("an act that added nothing") })
}

func testSnapshots(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	snap := corpus.Snapshot{
		ID: corpus.NewID[corpus.SnapshotID](), Document: sample.Document.ID, Version: sample.Version.ID, Name: "first release", Release: true,
		Target: corpus.BlobHash([]byte("t")), Against: sample.Version.Target.Hash, Changed: 3,
		Exceptions: []corpus.Exception{{Unit: sample.Units[0].ID, Number: 1, Why: "stale", Reason: "known"}},
		By:         sample.Reviewer.ID, Created: Clock(), Act: "act",
	}
	later := corpus.Snapshot{ID: corpus.NewID[corpus.SnapshotID](), Document: sample.Document.ID, Version: sample.Version.ID, Name: "a look", Created: Clock()}
	var standings []corpus.Standing
	for i, u := range sample.Units {
		standings = append(standings, corpus.Standing{Unit: u.ID, Revision: sample.Machine[i].ID, State: corpus.State(i % 6)})
	}
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddSnapshot(snap, standings), tx.AddSnapshot(later, nil)) })
	equal(t, "Snapshot", read(t, s, func(r corpus.Reader) (corpus.Snapshot, error) { return r.Snapshot(snap.ID) }), snap)
	equal(t, "Snapshots", read(t, s, func(r corpus.Reader) ([]corpus.Snapshot, error) { return r.Snapshots(sample.Document.ID) }), []corpus.Snapshot{snap, later})
	equal(t, "Standings", read(t, s, func(r corpus.Reader) ([]corpus.Standing, error) { return r.Standings(snap.ID) }), standings)
	equal(t, "Standings of none", read(t, s, func(r corpus.Reader) ([]corpus.Standing, error) { return r.Standings(later.ID) }), nil)
	lookup(t, s, "Snapshot of another id", func(r corpus.Reader) (corpus.Snapshot, error) { return r.Snapshot("none") })
	lookup(t, s, "Standings of no snapshot", func(r corpus.Reader) ([]corpus.Standing, error) { return r.Standings("none") })
	refused(t, s, "AddSnapshot with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddSnapshot(snap, nil) })
}
