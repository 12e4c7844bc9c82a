// Package corpustest is what tests of other packages stand on: the conformance
// suite of corpus.Store, and small samples to put into a store.
//
//	func TestStore(t *testing.T) {
//		corpustest.TestStore(t, func(t *testing.T, place string) corpus.Store {
//			return openStore(t, filepath.Join(place, "reviseur.db"))
//		})
//	}
//
//	sample := corpustest.SeedReview(t, store) // two people, a project, a document of six units
//
// The suite knows the contract and no engine: it looks at nothing but the
// methods of corpus.Store. The samples are plain values with fresh ids; each
// Seed function stores what it returns.
package corpustest

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// Opener opens a store at a place, which is the path of a folder. Stores opened
// at one place share their data, as two processes do; a place that was not used
// before is empty. The opener sees to it that the store is closed when t ends;
// the suite may close it earlier.
type Opener func(t *testing.T, place string) corpus.Store

// TestStore runs the conformance suite of corpus.Store.
func TestStore(t *testing.T, open Opener) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, corpus.Store)
	}{
		{"Users", testUsers},
		{"Instance", testInstance},
		{"Credentials", testCredentials},
		{"Sessions", testSessions},
		{"Links", testLinks},
		{"Attempts", testAttempts},
		{"Preferences", testPreferences},
		{"Expire", testExpire},
		{"Projects", testProjects},
		{"Members", testMembers},
		{"Documents", testDocuments},
		{"Versions", testVersions},
		{"Blobs", testBlobs},
		{"DropVersion", testDropVersion},
		{"DropVersionKeepsOthers", testDropVersionKeepsOthers},
		{"Units", testUnits},
		{"UnitWindows", testUnitWindows},
		{"UnitFilters", testUnitFilters},
		{"UnitNumbers", testUnitNumbers},
		{"Progress", testProgress},
		{"Lineage", testLineage},
		{"Overrides", testOverrides},
		{"Cleanings", testCleanings},
		{"Record", testRecord},
		{"Records", testRecords},
		{"RevisionKey", testRevisionKey},
		{"Waiting", testWaiting},
		{"Findings", testFindings},
		{"Dismissals", testDismissals},
		{"Terms", testTerms},
		{"Tallies", testTallies},
		{"UnitsByFinding", testUnitsByFinding},
		{"UnitsRanked", testUnitsRanked},
		{"Comments", testComments},
		{"Drafts", testDrafts},
		{"MarkUndone", testMarkUndone},
		{"Snapshots", testSnapshots},
		{"Events", testEvents},
		{"EventLookups", testEventLookups},
		{"Search", testSearch},
		{"SearchScripts", testSearchScripts},
		{"Atomicity", testAtomicity},
		{"Isolation", testIsolation},
		{"Panic", testPanic},
		{"Cancelled", testCancelled},
		{"Callers", testCallers},
		{"Closed", testClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // most of the time is waiting for the disk
			c.run(t, open(t, t.TempDir()))
		})
	}
	for _, c := range []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"TwoStores", testTwoStores},
		{"Reopened", testReopened},
		{"InstanceStays", testInstanceStays},
		{"Backup", testBackup},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open)
		})
	}
}

// equal reports a value that differs. Empty lists are equal, nil or not.
func equal[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	g, w := reflect.ValueOf(&got).Elem(), reflect.ValueOf(&want).Elem()
	if g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s = %s, want %s", what, short(got), short(want))
	}
}

func short(v any) string {
	s := fmt.Sprintf("%+v", v)
	if len(s) > 1500 {
		s = s[:1500] + " …"
	}
	return s
}

// kind reports an error of another kind, or none.
func kind(t testing.TB, what string, err error, want corpus.Kind) {
	t.Helper()
	if err == nil {
		t.Errorf("%s succeeded, want an error of kind %q", what, want)
	} else if got := corpus.KindOf(err); got != want {
		t.Errorf("%s: %v: kind %q, want %q", what, err, got, want)
	}
}

// refused runs f as an update that must fail with the given kind.
func refused(t testing.TB, store corpus.Store, what string, want corpus.Kind, f func(corpus.Tx) error) {
	t.Helper()
	kind(t, what, store.Update(context.Background(), f), want)
}

// read returns what f reads, in a view of its own.
func read[T any](t testing.TB, store corpus.Store, f func(corpus.Reader) (T, error)) T {
	t.Helper()
	var v T
	View(t, store, func(r corpus.Reader) (err error) {
		v, err = f(r)
		return err
	})
	return v
}

// lookup reports a read that does not fail with NotFound.
func lookup[T any](t testing.TB, store corpus.Store, what string, f func(corpus.Reader) (T, error)) {
	t.Helper()
	View(t, store, func(r corpus.Reader) error {
		_, err := f(r)
		kind(t, what, err, corpus.NotFound)
		return nil
	})
}

// ids returns the ids of units.
func ids(units []corpus.Unit) []corpus.UnitID {
	list := make([]corpus.UnitID, len(units))
	for i, u := range units {
		list[i] = u.ID
	}
	return list
}

// texts returns the texts of revisions.
func texts(revisions []corpus.Revision) []string {
	list := make([]string, len(revisions))
	for i, r := range revisions {
		list[i] = r.Text
	}
	return list
}
