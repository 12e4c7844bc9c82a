//go:build sqlite_fts5

package sqlstore

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// TestTruncatedLog cuts the write-ahead log off, or damages it, at random
// bytes, as a loss of power can leave it. What opens must be whole and a prefix
// of the history, and a longer log must not give a shorter one.
func TestTruncatedLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reviseur.db")
	s := openAt(t, path)
	sample := corpustest.SeedReview(t, s)
	if err := s.Close(); err != nil { // brings the samples into the main file
		t.Fatal(err)
	}
	s = openAt(t, path)
	for n := range 40 {
		corpustest.Update(t, s, func(tx corpus.Tx) error {
			_, err := corpustest.Propose(tx, sample.Units[n%5].ID, sample.Translator.ID, fmt.Sprintf("wording %d", n))
			return err
		})
	}
	name := corpus.DocumentChain(sample.Document.ID)
	history := chainOf(t, s, name)
	main, log := readAll(t, path), readAll(t, path+"-wal")
	if len(history) != 40 || len(log) < 100_000 {
		t.Fatalf("%d events, a log of %d bytes: the test has nothing to cut", len(history), len(log))
	}
	random := rand.New(rand.NewPCG(3, 4))
	last := 0
	for step := range 25 {
		size := len(log) * step / 24
		damaged := append([]byte(nil), log[:size]...)
		if step%2 == 1 && size > 0 { // also where nothing is cut: a page that was never written out
			damaged = append([]byte(nil), log...)
			for i := size; i < min(size+4096, len(log)); i++ {
				damaged[i] = byte(random.Uint32())
			}
		} else if size > 0 {
			damaged = damaged[:size-random.IntN(min(size, 3000))]
		}
		copied := filepath.Join(t.TempDir(), "copy.db")
		writeAll(t, copied, main)
		writeAll(t, copied+"-wal", damaged)
		again := openAt(t, copied)
		got := chainOf(t, again, name)
		for i, e := range got {
			if e.Hash != history[i].Hash {
				t.Fatalf("cut at %d: event %d is another one", size, i+1)
			}
		}
		if len(got) < last-4 { // the random end of a cut may lie before that of the step before
			t.Errorf("cut at %d: %d events, and %d at an earlier cut", size, len(got), last)
		}
		last = len(got)
		if err := again.Close(); err != nil {
			t.Error(err)
		}
		checkFile(t, copied)
	}
	if last < 38 {
		t.Errorf("the nearly whole log gave %d events of 40", last)
	}
}

func chainOf(t *testing.T, s *Store, name string) []corpus.Event {
	t.Helper()
	var events []corpus.Event
	corpustest.View(t, s, func(r corpus.Reader) error {
		var prev corpus.Event
		for e, err := range r.Events(name) {
			if err != nil {
				return err
			}
			if !e.Follows(prev) {
				t.Errorf("event %d does not follow event %d", e.Seq, prev.Seq)
			}
			events = append(events, e)
			prev = e
		}
		return nil
	})
	return events
}

func readAll(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeAll(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
