//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/corpustest"
)

// indexed returns up to which revision the index is.
func indexed(t testing.TB, s *Store) (n int64) {
	t.Helper()
	corpustest.View(t, s, func(r corpus.Reader) error {
		return r.(*session).scanOne("search index", []any{&n}, "SELECT indexed FROM search_state")
	})
	return n
}

// indexAll brings the index up to the given revision.
func indexAll(t testing.TB, s *Store, n int64) {
	t.Helper()
	for before := int64(-1); indexed(t, s) < n; {
		if now := indexed(t, s); now == before {
			t.Fatalf("the index stays at %d of %d", now, n)
		} else {
			before = now
		}
		corpustest.Update(t, s, func(x corpus.Tx) error { return indexSome(&x.(*tx).session) })
	}
}

// TestSearchAgainstScan compares searches with a scan of all texts, for random
// phrases in random texts of several scripts, with the index empty, half built
// and complete.
func TestSearchAgainstScan(t *testing.T) {
	s := openTemp(t)
	p, other := corpustest.Project("p"), corpustest.Project("q")
	corpustest.Update(t, s, func(tx corpus.Tx) error {
		if err := tx.AddProject(p); err != nil {
			return err
		}
		return tx.AddProject(other)
	})
	random := rand.New(rand.NewPCG(5, 6))
	letters := []rune("国国家安全ab b  c、。カあー1ü")
	word := func(n int) string {
		text := make([]rune, 1+random.IntN(n))
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		return string(text)
	}
	const count = 300
	var pairs []corpus.Pair
	for range count {
		pairs = append(pairs, corpus.Pair{Source: "x", Target: word(14)})
	}
	corpustest.SeedDocument(t, s, other.ID, "other", pairs)
	_, _, _, machine := corpustest.SeedDocument(t, s, p.ID, "doc", pairs)
	for _, upTo := range []int64{0, count + count/2, 2 * count} {
		indexAll(t, s, upTo)
		for range 150 {
			phrase := word(5)
			if folded := corpus.Fold(phrase); folded != "" {
				var want []string
				for i := len(machine) - 1; i >= 0; i-- {
					if holds(corpus.Fold(machine[i].Text), folded) {
						want = append(want, machine[i].Text)
					}
				}
				corpustest.View(t, s, func(r corpus.Reader) error {
					found, err := r.Search(p.ID, phrase, count)
					var got []string
					for _, rev := range found {
						got = append(got, rev.Text)
					}
					if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
						t.Errorf("Search(%q), indexed up to %d, = %q, want %q", phrase, upTo, got, want)
					}
					return err
				})
			}
		}
	}
}

// TestIdleIndex waits for the writer to index by itself.
func TestIdleIndex(t *testing.T) {
	s := openTemp(t)
	corpustest.SeedReview(t, s)
	for end := time.Now().Add(30 * time.Second); indexed(t, s) < 6; time.Sleep(indexIdle / 5) {
		if time.Now().After(end) {
			t.Fatalf("the index stays at %d of 6", indexed(t, s))
		}
	}
}

// TestDropIndexed drops a version that is in the index; the numbers of its
// revisions are given again.
func TestDropIndexed(t *testing.T) {
	s := openTemp(t)
	sample := corpustest.SeedReview(t, s)
	v := corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: sample.Document.ID, Number: 2}
	u, r := corpustest.Unit(v, 0, corpus.Pair{Source: "x", Target: "zebra crossing"})
	corpustest.Update(t, s, func(tx corpus.Tx) error {
		if err := tx.AddVersion(v); err != nil {
			return err
		}
		if err := tx.AddUnit(u); err != nil {
			return err
		}
		return tx.AddRevision(r)
	})
	indexAll(t, s, 7)
	corpustest.Update(t, s, func(tx corpus.Tx) error { return tx.DropVersion(v.ID) })
	if got := indexed(t, s); got != 6 {
		t.Errorf("indexed up to %d after the drop, want 6", got)
	}
	corpustest.SeedDocument(t, s, sample.Project.ID, "again.md", []corpus.Pair{{Target: "zebra finch"}})
	for _, upTo := range []int64{6, 7} {
		indexAll(t, s, upTo)
		corpustest.View(t, s, func(r corpus.Reader) error {
			for phrase, want := range map[string]int{"zebra": 1, "crossing": 0, "finch": 1} {
				if found, err := r.Search(sample.Project.ID, phrase, 9); err != nil || len(found) != want {
					t.Errorf("Search(%q), indexed up to %d, found %d, %v, want %d", phrase, upTo, len(found), err, want)
				}
			}
			return nil
		})
	}
	if err := s.Update(context.Background(), func(x corpus.Tx) error {
		return x.(*tx).add("search index", "INSERT INTO search (search) VALUES ('integrity-check')")
	}); err != nil {
		t.Errorf("the index is damaged: %v", err)
	}
}
