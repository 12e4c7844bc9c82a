//go:build sqlite_fts5

package sqlstore

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// The environment of the kill test: how many rounds, and, for the child, which
// document of which database it writes to.
const (
	killRounds = "REVISEUR_KILLS"
	killPath   = "REVISEUR_KILL_PATH"
	killDoc    = "REVISEUR_KILL_DOCUMENT"
)

const killWriters = 32

// TestKill runs a child process with 32 writers that report each save after it
// was acknowledged, kills it at a random moment, and looks for every reported
// save in the reopened store. It shows that nothing acknowledged is lost with
// the process; that nothing is lost with the power it cannot show, since the
// system keeps what was written (see TestTruncatedLog).
func TestKill(t *testing.T) {
	rounds := 5
	if n, err := strconv.Atoi(os.Getenv(killRounds)); err == nil {
		rounds = n
	}
	path := filepath.Join(t.TempDir(), "reviseur.db")
	s := openAt(t, path)
	sample := corpustest.SeedReview(t, s)
	acknowledged, unreported, lost := 0, 0, 0
	for round := range rounds {
		doc, _, units, _ := corpustest.SeedDocument(t, s, sample.Project.ID, fmt.Sprintf("round %d", round), make([]corpus.Pair, killWriters))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		saves := runAndKill(t, path, doc.ID)
		s = openAt(t, path)
		checkFile(t, path)
		found, events := savedTexts(t, s, doc.ID, units)
		for _, save := range saves {
			if found[save] != 1 || events[save] != 1 {
				lost++
				t.Errorf("round %d: acknowledged save %q is there %d times, its event %d times", round, save, found[save], events[save])
			}
		}
		acknowledged += len(saves)
		unreported += len(found) - len(saves)
	}
	t.Logf("%d rounds of %d writers killed: %d saves acknowledged, %d lost; %d more were durable but not yet reported", rounds, killWriters, acknowledged, lost, unreported)
	if acknowledged == 0 {
		t.Error("no save was acknowledged: the test showed nothing")
	}
}

// runAndKill starts the child, kills it, and returns the saves it reported.
func runAndKill(t *testing.T, path string, doc corpus.DocumentID) []string {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKillChild$")
	child.Env = append(os.Environ(), killPath+"="+path, killDoc+"="+string(doc))
	child.Stderr = os.Stderr
	pipe, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	var saves []string
	var once sync.Once
	for {
		line, err := lines.ReadString('\n')
		if err != nil { // a line cut off by the kill was not reported whole
			if err != io.EOF {
				t.Error(err)
			}
			break
		}
		saves = append(saves, strings.TrimSpace(line))
		once.Do(func() {
			time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { _ = child.Process.Kill() })
		})
	}
	_ = child.Wait() // killed
	return saves
}

// TestKillChild is the child of TestKill.
func TestKillChild(t *testing.T) {
	path, doc := os.Getenv(killPath), corpus.DocumentID(os.Getenv(killDoc))
	if path == "" {
		t.Skip("runs only as the child of TestKill")
	}
	s := openAt(t, path)
	var units []corpus.Unit
	corpustest.View(t, s, func(r corpus.Reader) error {
		d, err := r.Document(doc)
		if err != nil {
			return err
		}
		units, err = r.Units(d.Current, corpus.Filter{}, 0, killWriters)
		return err
	})
	for w, u := range units {
		go func() {
			for n := 0; ; n++ {
				text := fmt.Sprintf("%d-%d", w, n)
				err := s.Update(context.Background(), func(tx corpus.Tx) error {
					_, err := corpustest.Propose(tx, u.ID, "somebody", text)
					return err
				})
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				fmt.Fprintln(os.Stdout, text)
			}
		}()
	}
	select {} // until killed
}

// savedTexts counts the wordings of a document by text, and the events by the
// wording they speak of, and checks the document's chain.
func savedTexts(t *testing.T, s *Store, doc corpus.DocumentID, units []corpus.Unit) (found, events map[string]int) {
	t.Helper()
	found, events = map[string]int{}, map[string]int{}
	byID := map[string]string{}
	corpustest.View(t, s, func(r corpus.Reader) error {
		for rec, err := range r.Records(units[0].Version) {
			if err != nil {
				return err
			}
			for _, rev := range rec.Revisions[1:] {
				found[rev.Text]++
				byID[string(rev.Act)] = rev.Text
			}
			if got, want := rec.Unit.Summary.Pending, len(rec.Revisions)-1; got != want {
				t.Errorf("unit %s says %d pending, its rows %d", rec.Unit.ID, got, want)
			}
		}
		var prev corpus.Event
		for e, err := range r.Events(corpus.DocumentChain(doc)) {
			if err != nil {
				return err
			}
			if !e.Follows(prev) {
				t.Errorf("event %d does not follow event %d", e.Seq, prev.Seq)
			}
			events[byID[string(e.ID)]]++
			prev = e
		}
		return nil
	})
	return found, events
}

// checkFile has SQLite check the whole file.
func checkFile(t *testing.T, path string) {
	t.Helper()
	db := connect(path, readOnly, time.Second)
	defer db.Close()
	if err := checkIntegrity(context.Background(), db, path); err != nil {
		t.Errorf("integrity: %v", err)
	}
}
