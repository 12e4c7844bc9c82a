package workflow

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
)

// BenchmarkGlossary measures beside a glossary of 2,000 terms what a person waits
// for: a wording that is typed, the ledger of figures when it is first asked for
// and after one change, a window by risk; and what one changed term costs in the
// background. REVISEUR_BENCH_UNITS sets the size of the document.
func BenchmarkGlossary(b *testing.B) {
	n := 2000
	if s := os.Getenv("REVISEUR_BENCH_UNITS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	ctx := context.Background()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	store, err := sqlstore.Open(ctx, filepath.Join(b.TempDir(), "bench.db"), sqlstore.Options{})
	must(err)
	b.Cleanup(func() { store.Close() })
	desk := New(store, Options{})
	owner, err := desk.AddOwner(ctx, corpus.User{Name: "admin"})
	must(err)
	p, err := desk.AddProject(ctx, owner.ID, "bench", language.Chinese, language.English, corpus.Settings{})
	must(err)
	var terms []corpus.Term
	for i := range 2000 {
		terms = append(terms, entry(fmt.Sprintf("术语%d号条目", i), fmt.Sprintf("glossary entry number %d", i), fmt.Sprintf("!listed thing %d", i)))
	}
	_, err = desk.ImportTerms(ctx, owner.ID, p.ID, terms, nil)
	must(err)
	source, target := yearbook(n)
	out, err := desk.Import(ctx, owner.ID, p.ID, delivery("yearbook.md", source, target), nil)
	must(err)
	w, err := desk.Window(ctx, owner.ID, out.Document, Query{Number: strconv.Itoa(n / 2)})
	must(err)
	unit := w.Rows[0].Record.Unit

	b.Run("type", func(b *testing.B) {
		for b.Loop() {
			_, err := desk.Try(ctx, owner.ID, Wording{Unit: unit.ID, Text: unit.Text.Target + " And more."})
			must(err)
		}
	})
	b.Run("hits", func(b *testing.B) {
		for b.Loop() {
			_, err := desk.TermHits(ctx, p, unit.Text)
			must(err)
		}
	})
	b.Run("ledger/first", func(b *testing.B) {
		for b.Loop() {
			desk.ledgers.books = nil
			_, err := desk.Ledger(ctx, owner.ID, out.Document, false, 0, 100)
			must(err)
		}
	})
	b.Run("ledger/again", func(b *testing.B) {
		for b.Loop() {
			_, err := desk.Ledger(ctx, owner.ID, out.Document, false, 0, 100)
			must(err)
		}
	})
	for _, order := range []corpus.Order{corpus.InReading, corpus.ByDensity} {
		b.Run("window/order="+string(order), func(b *testing.B) {
			for b.Loop() {
				_, err := desk.Window(ctx, owner.ID, out.Document, Query{Order: order, At: unit.ID})
				must(err)
			}
		})
	}
	b.Run("recheck/one-term", func(b *testing.B) {
		for b.Loop() {
			change := TermChange{Before: entry("走私案件", "smuggling case"), After: entry("走私案件", "case of smuggling")}
			_, err := desk.Recheck(ctx, owner.ID, p.ID, Recheck{Checks: []string{TermsCheck}, Terms: []TermChange{change}}, nil)
			must(err)
		}
	})
	b.Run("checked", func(b *testing.B) {
		for b.Loop() {
			_, _, err := desk.Checked(ctx, owner.ID, out.Document, "name.of-none", 0, 50) // finds nothing: the worst case
			must(err)
		}
	})
}
