//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// openTemp opens a store in a file of its own.
func openTemp(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "data", "reviseur.db"))
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatalf("Open(%q): %v", path, err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	corpustest.TestStore(t, func(t *testing.T, place string) corpus.Store {
		return openAt(t, filepath.Join(place, "reviseur.db"))
	})
}

// TestSettings reads the settings of connections of both kinds: SQLite keeps
// none but the journal mode in the file.
func TestSettings(t *testing.T) {
	s := openTemp(t)
	check := func(what string, r *session, query, want string) {
		t.Helper()
		var got string
		if err := r.scanOne("setting", []any{&got}, query); err != nil || got != want {
			t.Errorf("%s: %s = %q, %v, want %q", what, query, got, err, want)
		}
	}
	common := func(what string, r *session) {
		check(what, r, "PRAGMA journal_mode", "wal")
		check(what, r, "PRAGMA foreign_keys", "1")
		check(what, r, "PRAGMA trusted_schema", "0")
		check(what, r, "PRAGMA busy_timeout", "5000")
	}
	corpustest.Update(t, s, func(x corpus.Tx) error {
		r := &x.(*tx).session
		common("writer", r)
		check("writer", r, "PRAGMA synchronous", "2")
		return nil
	})
	// Views within views have connections of their own.
	var nested func(depth int)
	nested = func(depth int) {
		corpustest.View(t, s, func(r corpus.Reader) error {
			common("reader", r.(*session))
			if err := r.(*session).add("account", "DELETE FROM account"); err == nil {
				t.Error("a reader can write")
			}
			if depth > 1 {
				nested(depth - 1)
			}
			return nil
		})
	}
	nested(3)
}
