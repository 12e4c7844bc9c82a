//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// schemaOf returns the definitions in a file, sorted.
func schemaOf(t *testing.T, path string) []string {
	t.Helper()
	db := connect(path, readOnly, time.Second)
	defer db.Close()
	var all []string
	err := inSession(context.Background(), db, func(s *session) (err error) {
		all, err = list(s, scanText, "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestMigrate(t *testing.T) {
	ctx := context.Background()
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	from, to, err := Migrate(ctx, fresh)
	if err != nil || from != 0 || to < 1 {
		t.Fatalf("Migrate = %d, %d, %v", from, to, err)
	}
	if again, same, err := Migrate(ctx, fresh); again != to || same != to || err != nil {
		t.Errorf("Migrate again = %d, %d, %v, want %d, %d", again, same, err, to, to)
	}

	// One migration at a time, with a store opened in between where it can be.
	upgraded := filepath.Join(t.TempDir(), "upgraded.db")
	writeAll(t, upgraded, nil)
	for n := int64(1); n <= int64(to); n++ {
		db := connect(upgraded, readWrite, time.Second)
		p, err := migrations(db)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.UpTo(ctx, n); err != nil {
			t.Fatalf("migration %d: %v", n, err)
		}
		db.Close()
	}
	if got, want := schemaOf(t, upgraded), schemaOf(t, fresh); !slices.Equal(got, want) {
		t.Errorf("the upgraded schema\n%q\nis not the fresh one\n%q", got, want)
	}
}

func TestMigrateNewer(t *testing.T) {
	s := openTemp(t)
	newer := connect(s.path, readWrite, time.Second)
	if _, err := newer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	newer.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), s.path, Options{})
	wantKind(t, "Open of a newer schema", err, corpus.Unsupported)
	_, err = Restore(context.Background(), s.path, filepath.Join(t.TempDir(), "restored.db"))
	wantKind(t, "Restore of a newer schema", err, corpus.Unsupported)
}

// TestOpenTogether opens a file that is not there from many sides at once.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reviseur.db")
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			s, err := Open(context.Background(), path, Options{})
			if err != nil {
				t.Errorf("Open: %v", err)
				return
			}
			corpustest.SeedReview(t, s)
			if err := s.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
	wait.Wait()
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	writeAll(t, filepath.Join(folder, "text"), []byte("this is a text and no database, and long enough to be seen as one"))
	for path, want := range map[string]corpus.Kind{
		"":                             corpus.Invalid,
		"postgres://db.example/x":      corpus.Unsupported,
		"postgresql://db.example/x":    corpus.Unsupported,
		":memory:":                     corpus.Unsupported,
		folder:                         corpus.Unavailable,
		filepath.Join(folder, "text"):  corpus.Internal,
		filepath.Join(folder, "text/"): corpus.Internal,
	} {
		s, err := Open(context.Background(), path, Options{})
		wantKind(t, "Open("+path+")", err, want)
		if s != nil {
			s.Close()
		}
	}
}

func TestModes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "with ü & ?#% in it", "a.db")
	s := openAt(t, path)
	corpustest.SeedReview(t, s)
	mode := func(path string, want os.FileMode) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Error(err)
		} else if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), want)
		}
	}
	mode(filepath.Dir(path), 0o700)
	for _, tail := range []string{"", "-wal", "-shm"} {
		mode(path+tail, 0o600)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	openAt(t, path)
	mode(path, 0o600)
}
