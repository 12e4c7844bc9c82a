//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// TestBackup makes backups while others write: each must be one sound state.
func TestBackup(t *testing.T) {
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	stop := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := s.Update(context.Background(), func(tx corpus.Tx) error {
				_, err := corpustest.Propose(tx, sample.Units[n%6].ID, sample.Translator.ID, fmt.Sprint("wording ", n))
				return err
			}); err != nil {
				t.Error(err)
			}
		}
	})
	folder := t.TempDir()
	name := corpus.DocumentChain(sample.Document.ID)
	for i := range 4 {
		before := len(chainOf(t, s, name))
		path := filepath.Join(folder, fmt.Sprint(i))
		if err := s.Backup(context.Background(), path); err != nil {
			t.Fatalf("Backup: %v", err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup: %v, %v, want mode 0600", info.Mode(), err)
		}
		restored := filepath.Join(t.TempDir(), "restored.db")
		aside, err := Restore(context.Background(), path, restored)
		if err != nil || aside != "" {
			t.Fatalf("Restore = %q, %v", aside, err)
		}
		again := openAt(t, restored)
		events := chainOf(t, again, name)
		if len(events) < before {
			t.Errorf("%d events in the backup, %d before it", len(events), before)
		}
		corpustest.View(t, again, func(r corpus.Reader) error {
			p, err := r.Progress(sample.Version.ID)
			if p.Pending != len(events) {
				t.Errorf("%d pending and %d events in one state", p.Pending, len(events))
			}
			found, err2 := r.Search(sample.Project.ID, "wording", 1_000_000)
			if len(found) != len(events) || err2 != nil {
				t.Errorf("Search found %d of %d, %v", len(found), len(events), err2)
			}
			return err
		})
	}
	close(stop)
	wait.Wait()
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 4 {
		t.Errorf("%d files beside the backups, %v", len(files)-4, err)
	}
}

func TestBackupRefuses(t *testing.T) {
	s := openTemp(t)
	taken := filepath.Join(t.TempDir(), "taken")
	writeAll(t, taken, []byte("dear"))
	wantKind(t, "Backup over a file", s.Backup(context.Background(), taken), corpus.Conflict)
	if string(readAll(t, taken)) != "dear" {
		t.Error("the file was changed")
	}
	wantKind(t, "Backup into no folder", s.Backup(context.Background(), filepath.Join(t.TempDir(), "none", "b")), corpus.Unavailable)
	ended, end := context.WithCancel(context.Background())
	end()
	folder := t.TempDir()
	if err := s.Backup(ended, filepath.Join(folder, "b")); err == nil {
		t.Error("Backup with an ended context succeeded")
	}
	if files, _ := os.ReadDir(folder); len(files) != 0 {
		t.Errorf("a failed backup left %v", files)
	}
}

// TestRestore replaces a database that others may have open.
func TestRestore(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	folder := filepath.Dir(s.path)
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("first", "")) })
	backup := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("second", "")) })
	_, err := Restore(ctx, backup, s.path)
	wantKind(t, "Restore of an open database", err, corpus.Unavailable)
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("third", "")) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	aside, err := Restore(ctx, backup, s.path)
	if err != nil || filepath.Dir(aside) != folder || !strings.HasPrefix(aside, s.path+".") {
		t.Fatalf("Restore = %q, %v", aside, err)
	}
	for path, want := range map[string]int{s.path: 1, aside: 3} {
		corpustest.View(t, openAt(t, path), func(r corpus.Reader) error {
			users, err := r.Users()
			if len(users) != want {
				t.Errorf("%s has %d users, want %d", path, len(users), want)
			}
			return err
		})
	}
}

func TestRestoreRefuses(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	good := filepath.Join(t.TempDir(), "good")
	if err := s.Backup(ctx, good); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		writeAll(t, path, data)
		return path
	}
	data := readAll(t, good)
	damaged := append([]byte(nil), data...)
	for i := len(damaged) / 3; i < len(damaged)/3+9000; i++ {
		damaged[i] ^= 0x5a
	}
	for what, path := range map[string]string{
		"damaged": file("damaged", damaged),
		"cut":     file("cut", data[:len(data)/2]),
		"text":    file("text", []byte(strings.Repeat("no database ", 100))),
		"empty":   file("empty", nil),
	} {
		_, err := Restore(ctx, path, s.path)
		wantKind(t, "Restore of a file that is "+what, err, corpus.Invalid)
	}
	_, err := Restore(ctx, filepath.Join(folder, "none"), s.path)
	wantKind(t, "Restore of nothing", err, corpus.NotFound)
	again := openAt(t, s.path)
	corpustest.View(t, again, func(r corpus.Reader) error { _, err := r.Project(sample.Project.ID); return err })
	if files, _ := os.ReadDir(filepath.Dir(s.path)); len(files) > 3 {
		t.Errorf("a refused restore left %v", files)
	}
}

// TestRestoreOverDamage replaces a file that is no database any more.
func TestRestoreOverDamage(t *testing.T) {
	s := openTemp(t)
	corpustest.SeedReview(t, s)
	backup := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rubbish := []byte(strings.Repeat("rubbish ", 1000))
	writeAll(t, s.path, rubbish)
	aside, err := Restore(context.Background(), backup, s.path)
	if err != nil {
		t.Fatalf("Restore: %v", err)
	}
	if string(readAll(t, aside)) != string(rubbish) {
		t.Error("the damaged file was not kept as it was")
	}
	openAt(t, s.path)
}

// TestRestoreKeepsLog restores over a database whose process was killed: what
// is only in its write-ahead log must be in the file that is kept.
func TestRestoreKeepsLog(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	backup := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.AddUser(corpustest.User("logged", "")) })
	killed := filepath.Join(t.TempDir(), "killed.db")
	writeAll(t, killed, readAll(t, s.path))
	writeAll(t, killed+"-wal", readAll(t, s.path+"-wal"))
	aside, err := Restore(ctx, backup, killed)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{killed: 0, aside: 1} {
		corpustest.View(t, openAt(t, path), func(r corpus.Reader) error {
			users, err := r.Users()
			if len(users) != want {
				t.Errorf("%s has %d users, want %d", path, len(users), want)
			}
			return err
		})
	}
}

// TestInventory compares a store with copies from which something was taken.
func TestInventory(t *testing.T) {
	ctx := context.Background()
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	for n := range 3 {
		corpustest.Update(t, s, func(tx corpus.Tx) error {
			_, err := corpustest.Propose(tx, sample.Units[n].ID, sample.Translator.ID, "wording")
			return err
		})
	}
	inv, err := takeInventory(ctx, s.read)
	if err != nil {
		t.Fatal(err)
	}
	const free = "DROP TRIGGER event_unchanged; DROP TRIGGER event_kept; DROP TRIGGER event_unit_kept;"
	for _, c := range []struct {
		change           string
		quiet, busyFault bool // whether it shows in a copy made while nobody, or somebody, wrote
	}{
		{"", false, false},
		{"DELETE FROM finding", true, false},
		{"DELETE FROM account WHERE id NOT IN (SELECT account FROM member); INSERT INTO draft SELECT id, 'x', '', 'x', 0 FROM unit", true, false},
		{"DELETE FROM member; DELETE FROM account", true, true},
		{free + "DELETE FROM event_unit; DELETE FROM event WHERE seq = 3", true, true},
		{free + "UPDATE event SET hash = 'x' WHERE seq = 3", true, true},
		{free + "UPDATE event SET seq = 4 WHERE seq = 3", true, true},
	} {
		path := filepath.Join(t.TempDir(), "copy")
		if err := s.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		db := connect(path, readWrite, copyBusy)
		if _, err := db.Exec(c.change + ";"); err != nil {
			t.Fatalf("%s: %v", c.change, err)
		}
		if err := inv.compare(ctx, db, true); (err != nil) != c.quiet {
			t.Errorf("compare after %q = %v, want a fault: %t", c.change, err, c.quiet)
		}
		if err := inv.compare(ctx, db, false); (err != nil) != c.busyFault {
			t.Errorf("compare, not quiet, after %q = %v, want a fault: %t", c.change, err, c.busyFault)
		}
		db.Close()
	}
}

// TestCheckCopy hands the last step of a backup a copy of another store.
func TestCheckCopy(t *testing.T) {
	ctx := context.Background()
	s, other := openTemp(t), openTemp(t)
	corpustest.SeedReview(t, s)
	inv, err := takeInventory(ctx, s.read)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   *Store
		want bool
	}{{s, true}, {other, false}} {
		path := filepath.Join(t.TempDir(), "copy")
		if err := c.of.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		if err := checkCopy(ctx, path, inv, true); (err == nil) != c.want {
			t.Errorf("checkCopy = %v, want it to pass: %t", err, c.want)
		}
	}
}
