package corpustest

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// Cleaning returns a sample change of layout in the block of a unit. Its bytes
// are no UTF-8.
func Cleaning(v corpus.VersionID, u corpus.UnitID, act corpus.EventID) corpus.Cleaning {
	return corpus.Cleaning{
		ID: corpus.NewID[corpus.CleaningID](), Version: v, Unit: u, Kind: corpus.CleanHeading, Level: 2, Block: 3, Offset: 7,
		Old: corpus.Span{Start: 11, End: 13}, Before: "\xff\x00", After: "## ", Text: corpus.BlobHash([]byte("text")),
		By: "somebody", Name: "Some Body", Created: Clock(), Act: act,
	}
}

func testCleanings(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	_, elsewhere, _, _ := SeedDocument(t, s, sample.Project.ID, "other.md", []corpus.Pair{{Source: "一", Target: "One."}})
	v, u := sample.Version.ID, sample.Units[0].ID
	undo := corpus.NewID[corpus.EventID]()
	one, two, gone := Cleaning(v, u, "a"), Cleaning(v, u, "b"), Cleaning(v, u, undo)
	two.Kind, two.Before, two.After, two.Old = corpus.CleanIndent, "  ", "", corpus.Span{}
	decide := func(c corpus.Cleaning, verb corpus.Verb, act corpus.EventID) corpus.CleaningDecision {
		return corpus.CleaningDecision{ID: corpus.NewID[corpus.DecisionID](), Cleaning: c.ID, Verb: verb, By: "other", Name: "Other", Function: "reviewer",
			Reason: "clear", Created: Clock(), OnePerson: true, Act: act}
	}
	approve, decline := decide(two, corpus.Approve, "c"), decide(two, corpus.Decline, undo)
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddCleaning(two), tx.AddCleaning(gone), tx.AddCleaning(one), tx.AddCleaningDecision(approve), tx.AddCleaningDecision(decline), tx.MarkUndone(undo))
	})
	cleanings := func(v corpus.VersionID) []corpus.Cleaning {
		return read(t, s, func(r corpus.Reader) ([]corpus.Cleaning, error) { return r.Cleanings(v) })
	}
	two.Decisions = []corpus.CleaningDecision{approve}
	equal(t, "Cleanings", cleanings(v), []corpus.Cleaning{two, one})
	equal(t, "Status", cleanings(v)[0].Status(), corpus.Approved)
	equal(t, "Cleanings of another version", cleanings(elsewhere.ID), nil)
	equal(t, "Cleanings of no version", cleanings("none"), nil)
	refused(t, s, "AddCleaning with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddCleaning(one) })
	refused(t, s, "AddCleaning to no unit", corpus.NotFound, func(tx corpus.Tx) error { return tx.AddCleaning(Cleaning(v, "none", "a")) })
	refused(t, s, "AddCleaningDecision on none", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddCleaningDecision(decide(Cleaning(v, u, "a"), corpus.Approve, "a"))
	})
}
