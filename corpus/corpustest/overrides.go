package corpustest

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// Override returns a sample override of a unit.
func Override(v corpus.VersionID, u corpus.UnitID, kind corpus.OverrideKind, act corpus.EventID) corpus.Override {
	return corpus.Override{
		ID: corpus.NewID[corpus.OverrideID](), Version: v, Kind: kind, Unit: u, By: "somebody", Created: Clock(), Act: act,
		Target: corpus.Stretch{First: 2, Start: 7, Last: 3, End: 11, Hash: corpus.BlobHash([]byte("text"))},
	}
}

func testOverrides(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	_, elsewhere, _, _ := SeedDocument(t, s, sample.Project.ID, "other.md", []corpus.Pair{{Source: "一", Target: "One."}})
	v, u := sample.Version.ID, sample.Units[0].ID
	undo := corpus.NewID[corpus.EventID]()
	unit, label, gone := Override(v, u, corpus.OneUnit, "a"), Override(v, u, corpus.IsHeading, "b"), Override(v, u, corpus.IsBody, undo)
	label.From, label.Source = unit.ID, corpus.Stretch{End: 3, Hash: corpus.BlobHash([]byte("一"))}
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddOverride(label), tx.AddOverride(gone), tx.AddOverride(unit), tx.MarkUndone(undo))
	})
	overrides := func(v corpus.VersionID) []corpus.Override {
		return read(t, s, func(r corpus.Reader) ([]corpus.Override, error) { return r.Overrides(v) })
	}
	equal(t, "Overrides", overrides(v), []corpus.Override{label, unit})
	equal(t, "Overrides of another version", overrides(elsewhere.ID), nil)
	equal(t, "Overrides of no version", overrides("none"), nil)
	refused(t, s, "AddOverride with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddOverride(unit) })
	refused(t, s, "AddOverride to no unit", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddOverride(Override(v, "none", corpus.OneUnit, "a"))
	})
}
