package corpustest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func testAtomicity(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	failure := errors.New("no")
	before := read(t, s, func(r corpus.Reader) (corpus.Progress, error) { return r.Progress(sample.Version.ID) })
	err := s.Update(context.Background(), func(tx corpus.Tx) error {
		if _, err := Propose(tx, sample.Units[0].ID, sample.Translator.ID, "vanishing words"); err != nil {
			return err
		}
		if _, err := tx.AddBlob([]byte("vanishing bytes")); err != nil {
			return err
		}
		rec, err := tx.Record(sample.Units[0].ID)
		equal(t, "revisions inside the update", len(rec.Revisions), 2)
		found, err2 := tx.Search(sample.Project.ID, "vanishing", 3)
		equal(t, "found inside the update", len(found), 1)
		return first(err, err2, failure)
	})
	if !errors.Is(err, failure) {
		t.Errorf("Update = %v, want the error of f", err)
	}
	equal(t, "Record", read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(sample.Units[0].ID) }),
		corpus.Record{Unit: sample.Units[0], Revisions: sample.Machine[:1]})
	equal(t, "Progress", read(t, s, func(r corpus.Reader) (corpus.Progress, error) { return r.Progress(sample.Version.ID) }), before)
	equal(t, "events", len(chain(t, s, corpus.DocumentChain(sample.Document.ID))), 0)
	equal(t, "Search", len(read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) {
		return r.Search(sample.Project.ID, "vanishing", 3)
	})), 0)
	lookup(t, s, "Blob", func(r corpus.Reader) ([]byte, error) { return r.Blob(corpus.BlobHash([]byte("vanishing bytes"))) })
	if err := s.View(context.Background(), func(corpus.Reader) error { return failure }); !errors.Is(err, failure) {
		t.Errorf("View = %v, want the error of f", err)
	}
}

// testIsolation writes while a view is open: the view keeps its state.
func testIsolation(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	View(t, s, func(r corpus.Reader) error {
		before, err := r.Progress(sample.Version.ID)
		if err != nil {
			return err
		}
		Update(t, s, func(tx corpus.Tx) error {
			_, err := Propose(tx, sample.Units[0].ID, sample.Translator.ID, "meanwhile")
			return err
		})
		after, err := r.Progress(sample.Version.ID)
		equal(t, "Progress in a view that began earlier", after, before)
		rec, err2 := r.Record(sample.Units[0].ID)
		equal(t, "revisions in a view that began earlier", len(rec.Revisions), 1)
		return first(err, err2)
	})
	equal(t, "revisions in a new view", len(read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(sample.Units[0].ID) }).Revisions), 2)
}

func testPanic(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	refused(t, s, "Update with a panic", corpus.Internal, func(tx corpus.Tx) error {
		if _, err := Propose(tx, sample.Units[0].ID, sample.Translator.ID, "lost"); err != nil {
			return err
		}
		panic("in f")
	})
	var leaked corpus.Tx
	Update(t, s, func(tx corpus.Tx) error {
		leaked = tx
		_, err := Propose(tx, sample.Units[0].ID, sample.Translator.ID, "kept")
		return err
	})
	equal(t, "wordings", texts(read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(sample.Units[0].ID) }).Revisions),
		[]string{Sentences()[0].Target, "kept"})
	_, err := leaked.User(sample.Translator.ID)
	kind(t, "reading after the update", err, corpus.Internal)
	kind(t, "writing after the update", leaked.AddUser(User("late", "")), corpus.Internal)
}

// testCancelled gives up callers while they wait and while they are served.
func testCancelled(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	ended, end := context.WithCancel(context.Background())
	end()
	called := false
	if err := s.Update(ended, func(corpus.Tx) error { called = true; return nil }); !errors.Is(err, context.Canceled) || called {
		t.Errorf("Update with an ended context = %v, called %t", err, called)
	}
	if err := s.View(ended, func(r corpus.Reader) error { _, err := r.Users(); return err }); !errors.Is(err, context.Canceled) {
		t.Errorf("View with an ended context = %v", err)
	}

	// One caller holds the writer; of those behind it, every second gives up.
	hold, held := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		ctx, cancel := context.WithCancel(context.Background())
		err := s.Update(ctx, func(tx corpus.Tx) error {
			close(held)
			<-hold
			cancel() // too late: it was begun
			_, err := Propose(tx, sample.Units[0].ID, sample.Translator.ID, "begun")
			return err
		})
		if err != nil {
			t.Errorf("Update that had begun = %v", err)
		}
	})
	<-held
	var gaveUp sync.WaitGroup
	for i := range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		give := i%2 == 0
		outer := &wait
		if give {
			outer = &gaveUp
		}
		outer.Go(func() {
			err := s.Update(ctx, func(tx corpus.Tx) error {
				_, err := Propose(tx, sample.Units[1].ID, sample.Translator.ID, fmt.Sprintf("behind %d", i))
				return err
			})
			if give != errors.Is(err, context.Canceled) || (!give && err != nil) {
				t.Errorf("Update %d = %v", i, err)
			}
			cancel()
		})
		if give {
			cancel()
		}
	}
	gaveUp.Wait() // returns while the writer is held: they do not wait for it
	close(hold)
	wait.Wait()
	equal(t, "events", len(chain(t, s, corpus.DocumentChain(sample.Document.ID))), 11)
	equal(t, "wordings", len(read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(sample.Units[1].ID) }).Revisions), 11)
}

// testCallers lets 32 callers save and read at once; every fourth save fails.
func testCallers(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	const callers, each = 32, 12
	failure := errors.New("no")
	var wait sync.WaitGroup
	for c := range callers {
		wait.Go(func() {
			for n := range each {
				u := sample.Units[(c+n)%len(sample.Units)].ID
				err := s.Update(context.Background(), func(tx corpus.Tx) error {
					_, err := Propose(tx, u, sample.Translator.ID, fmt.Sprintf("caller %d, save %d", c, n))
					if n%4 == 3 {
						return failure
					}
					return err
				})
				if (n%4 == 3) != errors.Is(err, failure) {
					t.Errorf("Update = %v", err)
				}
				err = s.View(context.Background(), func(r corpus.Reader) error {
					rec, err := r.Record(u)
					if err == nil && rec.Unit.Summary.Pending != len(rec.Revisions)-1 {
						t.Errorf("a view shows %d pending of %d", rec.Unit.Summary.Pending, len(rec.Revisions)-1)
					}
					return err
				})
				if err != nil {
					t.Errorf("View = %v", err)
				}
			}
		})
	}
	wait.Wait()
	const saves = callers * each * 3 / 4
	equal(t, "events", len(chain(t, s, corpus.DocumentChain(sample.Document.ID))), saves)
	View(t, s, func(r corpus.Reader) error {
		p, err := r.Progress(sample.Version.ID)
		equal(t, "pending", p.Pending, saves)
		p.Changed = recount(t, r, sample.Version.ID).Changed
		equal(t, "Progress", p, recount(t, r, sample.Version.ID))
		return err
	})
}

func testClosed(t *testing.T, s corpus.Store) {
	if err := s.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	kind(t, "Update after Close", s.Update(context.Background(), func(corpus.Tx) error { return nil }), corpus.Unavailable)
	kind(t, "View after Close", s.View(context.Background(), func(corpus.Reader) error { return nil }), corpus.Unavailable)
}

func testReopened(t *testing.T, open Opener) {
	place := t.TempDir()
	s := open(t, place)
	sample := SeedReview(t, s)
	rec := rich(t, s, sample, 0)
	if err := s.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	s = open(t, place)
	equal(t, "Record", read(t, s, func(r corpus.Reader) (corpus.Record, error) { return r.Record(rec.Unit.ID) }), rec)
	equal(t, "Project", read(t, s, func(r corpus.Reader) (corpus.Project, error) { return r.Project(sample.Project.ID) }), sample.Project)
}

// testBackup only asks for what every engine owes: a new file, and no old one
// overwritten. What is in it the engine's own tests read.
func testBackup(t *testing.T, open Opener) {
	s := open(t, t.TempDir())
	SeedReview(t, s)
	path := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(context.Background(), path); err != nil {
		t.Fatalf("Backup = %v", err)
	}
	kind(t, "Backup to a name that is taken", s.Backup(context.Background(), path), corpus.Conflict)
}
