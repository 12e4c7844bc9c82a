//go:build sqlite_fts5

package sqlstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

func openWith(t *testing.T, o Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "reviseur.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func wantKind(t *testing.T, what string, err error, want corpus.Kind) {
	t.Helper()
	if err == nil || corpus.KindOf(err) != want {
		t.Errorf("%s = %v (%s), want kind %s", what, err, corpus.KindOf(err), want)
	}
}

// TestBusy holds the write lock as another process would.
func TestBusy(t *testing.T) {
	s := openWith(t, Options{Busy: 80 * time.Millisecond})
	sample := corpustest.SeedReview(t, s)
	other := connect(s.path, readWrite, time.Second)
	defer other.Close()
	foreign, err := other.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			err := s.Update(context.Background(), func(tx corpus.Tx) error { return tx.AddUser(corpustest.User(fmt.Sprint("u", i), "")) })
			wantKind(t, "Update while another process writes", err, corpus.Unavailable)
		})
	}
	wait.Wait()
	corpustest.View(t, s, func(r corpus.Reader) error { _, err := r.Project(sample.Project.ID); return err })
	if err := foreign.Rollback(); err != nil {
		t.Fatal(err)
	}
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("u0", "")) })
}

// TestFull bounds the file as a full disk does.
func TestFull(t *testing.T) {
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	limit := func(query string) {
		corpustest.Update(t, s, func(x corpus.Tx) error {
			var pages int64
			return x.(*tx).scanOne("limit", []any{&pages}, query)
		})
	}
	limit("PRAGMA max_page_count = 200")
	var kept []string
	var full error
	for i := 0; full == nil && i < 1000; i++ {
		full = s.Update(context.Background(), func(tx corpus.Tx) error {
			hash, err := tx.AddBlob(bytes.Repeat([]byte{byte(i)}, 20_000))
			if err == nil {
				kept = append(kept, hash)
			}
			return err
		})
	}
	wantKind(t, "Update on a full disk", full, corpus.TooLarge)
	if msg := corpus.Message(full); !strings.Contains(msg, "disk is full") {
		t.Errorf("the message on a full disk is %q", msg)
	}
	corpustest.View(t, s, func(r corpus.Reader) error {
		for _, hash := range kept {
			if _, err := r.Blob(hash); err != nil {
				t.Errorf("a file that was saved before: %v", err)
			}
		}
		return nil
	})
	limit("PRAGMA max_page_count = 1073741823")
	corpustest.Update(t, s, func(tx corpus.Tx) error {
		_, err := corpustest.Propose(tx, sample.Units[0].ID, sample.Translator.ID, "there is room again")
		return err
	})
	checkFile(t, s.path)
}

// hold keeps the writer busy until the returned function is called.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	free := holdAny(s)
	return func() {
		if err := free(); err != nil {
			t.Errorf("the update that held the writer: %v", err)
		}
	}
}

// holdAny is hold for a test in which the holding update may be lost with the
// round it is in; the returned function returns what became of it.
func holdAny(s *Store) (release func() error) {
	held, let := make(chan struct{}), make(chan struct{})
	done := make(chan error, 1)
	go func() {
		done <- s.Update(context.Background(), func(corpus.Tx) error { close(held); <-let; return nil })
	}()
	<-held
	return func() error {
		close(let)
		return <-done
	}
}

func TestQueueFull(t *testing.T) {
	s := openWith(t, Options{Queue: 2})
	release := hold(t, s)
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if err := s.Update(context.Background(), func(corpus.Tx) error { return nil }); err != nil {
				t.Errorf("Update with room in the queue: %v", err)
			}
		})
	}
	for len(s.write.queue) < 2 {
		runtime.Gosched()
	}
	wantKind(t, "Update with the queue full", s.Update(context.Background(), func(corpus.Tx) error { return nil }), corpus.Unavailable)
	release()
	wait.Wait()
}

// TestCloseServesWaiting closes the store while updates wait.
func TestCloseServesWaiting(t *testing.T) {
	s := openTemp(t)
	release := hold(t, s)
	var wait sync.WaitGroup
	for i := range 5 {
		wait.Go(func() {
			if err := s.Update(context.Background(), func(tx corpus.Tx) error { return tx.AddUser(corpustest.User(fmt.Sprint("u", i), "")) }); err != nil {
				t.Errorf("Update that waited when the store was closed: %v", err)
			}
		})
	}
	for len(s.write.queue) < 5 {
		runtime.Gosched()
	}
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	release()
	wait.Wait()
	if err := <-closed; err != nil {
		t.Errorf("Close: %v", err)
	}
	again := openAt(t, s.path)
	corpustest.View(t, again, func(r corpus.Reader) error {
		users, err := r.Users()
		if len(users) != 5 {
			t.Errorf("%d users, want 5", len(users))
		}
		return err
	})
}

// TestGoexit ends the goroutine of an update, as t.FailNow does.
func TestGoexit(t *testing.T) {
	s := openTemp(t)
	err := s.Update(context.Background(), func(tx corpus.Tx) error {
		if err := tx.AddUser(corpustest.User("gone", "")); err != nil {
			return err
		}
		runtime.Goexit()
		return nil
	})
	wantKind(t, "Update that ended its goroutine", err, corpus.Internal)
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("gone", "")) })
}

// TestOneRound puts jobs that fail, panic and succeed into one commit.
func TestOneRound(t *testing.T) {
	s := openTemp(t)
	release := hold(t, s)
	failure := errors.New("no")
	var wait sync.WaitGroup
	for i := range 30 {
		wait.Go(func() {
			err := s.Update(context.Background(), func(tx corpus.Tx) error {
				if err := tx.AddUser(corpustest.User(fmt.Sprint("u", i), "")); err != nil {
					return err
				}
				switch i % 3 {
				case 1:
					return failure
				case 2:
					panic("no")
				}
				return nil
			})
			switch {
			case i%3 == 0 && err != nil, i%3 == 1 && !errors.Is(err, failure):
				t.Errorf("Update %d = %v", i, err)
			case i%3 == 2:
				wantKind(t, "Update with a panic", err, corpus.Internal)
			}
		})
	}
	for len(s.write.queue) < 30 {
		runtime.Gosched()
	}
	release()
	wait.Wait()
	corpustest.View(t, s, func(r corpus.Reader) error {
		users, err := r.Users()
		if len(users) != 10 {
			t.Errorf("%d users, want 10", len(users))
		}
		return err
	})
}

// TestAppendOnly tries to change the log and what it speaks of with plain SQL.
func TestAppendOnly(t *testing.T) {
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	corpustest.Update(t, s, func(x corpus.Tx) error {
		_, err := corpustest.Propose(x, sample.Units[0].ID, sample.Translator.ID, "logged")
		return err
	})
	for _, query := range []string{
		"UPDATE event SET name = 'x'", "DELETE FROM event", "UPDATE event_unit SET unit = 'x'", "DELETE FROM event_unit",
		"UPDATE revision SET text = 'x'", "UPDATE decision SET reason = 'x', hash = 'x'",
	} {
		err := s.Update(context.Background(), func(x corpus.Tx) error { return x.(*tx).add("log", query) })
		if query[:15] != "UPDATE decision" { // no row to change
			wantKind(t, query, err, corpus.Internal)
		}
	}
	if got := len(chainOf(t, s, corpus.DocumentChain(sample.Document.ID))); got != 1 {
		t.Errorf("%d events, want 1", got)
	}
}

// TestLostRound loses the transaction under a round of several updates: each of
// them must be told, and nothing of them may stay.
func TestLostRound(t *testing.T) {
	for what, query := range map[string]string{
		"rolled back inside":    "ROLLBACK",
		"refused at the commit": "PRAGMA defer_foreign_keys = on; INSERT INTO member (project, account, roles) VALUES ('none', 'none', 1)",
	} {
		s := openTemp(t)
		release := holdAny(s)
		var wait sync.WaitGroup
		for i := range 6 {
			wait.Go(func() {
				err := s.Update(context.Background(), func(x corpus.Tx) error {
					if i == 3 {
						return x.(*tx).add("round", query)
					}
					return x.AddUser(corpustest.User(fmt.Sprint("u", i), ""))
				})
				// What was still queued when the round was lost has a round of its own.
				corpustest.View(t, s, func(r corpus.Reader) error {
					_, missing := r.UserByName(fmt.Sprint("u", i))
					if i != 3 && (err == nil) != (missing == nil) {
						t.Errorf("%s: Update %d = %v, and reading what it wrote: %v", what, i, err, missing)
					}
					if i == 3 && err == nil {
						t.Errorf("%s: the update that lost the round succeeded", what)
					}
					return nil
				})
			})
		}
		for len(s.write.queue) < 6 {
			runtime.Gosched()
		}
		_ = release() // lost with the round, if it shared one
		wait.Wait()
		corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("after", "")) })
	}
}
