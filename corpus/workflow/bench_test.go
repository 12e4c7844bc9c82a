package workflow

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
)

// yearbook returns a text of n sentences in both languages, four a paragraph.
func yearbook(n int) (source, target string) {
	places := [][2]string{{"东港区", "Donggang District"}, {"西山县", "Xishan County"}, {"南湖镇", "Nanhu Town"}, {"北原市", "Beiyuan City"}, {"青河乡", "Qinghe Township"}}
	deeds := [][2]string{{"查处", "investigated"}, {"检查", "inspected"}, {"新建", "built"}, {"改造", "renovated"}, {"验收", "accepted"}, {"登记", "registered"}, {"处置", "handled"}}
	things := [][2]string{{"走私案件", "smuggling cases"}, {"货运船只", "cargo ships"}, {"供水管网", "water supply networks"}, {"道路工程", "road projects"}, {"消防设施", "fire facilities"}, {"投诉事项", "complaints"}}
	var s, t strings.Builder
	for i := range n {
		k := 11 + i*7919%99989
		p, d, x := places[k%5], deeds[k%7], things[k/5%6]
		fmt.Fprintf(&s, "%s全年共%s%s%d件，比上年增长%d.%d%%。", p[0], d[0], x[0], k, k%37, k%10)
		fmt.Fprintf(&t, "%s %s a total of %d %s in the whole year, an increase of %d.%d%% over the previous year. ", p[1], d[1], k, x[1], k%37, k%10)
		if i%4 == 3 {
			s.WriteString("\n\n")
			t.WriteString("\n\n")
		}
	}
	return s.String(), t.String()
}

// benchUnits is how many units a benchmark takes: REVISEUR_BENCH_UNITS, or 2,000.
func benchUnits(b *testing.B) int {
	n := 2000
	if s := os.Getenv("REVISEUR_BENCH_UNITS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	return n
}

// BenchmarkImport takes a bilingual document in whole: reading, sentences,
// alignment, checks, store. REVISEUR_BENCH_UNITS sets its size.
func BenchmarkImport(b *testing.B) {
	source, target := yearbook(benchUnits(b))
	b.SetBytes(int64(len(source) + len(target)))
	for i := 0; b.Loop(); i++ {
		store, err := sqlstore.Open(ctx, filepath.Join(b.TempDir(), "bench.db"), sqlstore.Options{})
		if err != nil {
			b.Fatal(err)
		}
		desk := New(store, Options{})
		owner, err := desk.AddOwner(ctx, corpus.User{Name: "admin"})
		if err != nil {
			b.Fatal(err)
		}
		p, err := desk.AddProject(ctx, owner.ID, "p", newTag("zh"), newTag("en"), corpus.Settings{})
		if err != nil {
			b.Fatal(err)
		}
		out, err := desk.Import(ctx, owner.ID, p.ID, delivery("yearbook.md", source, target), nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Units), "units")
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.Sys)/(1<<20), "MB-from-system")
}

// heldStore notes how long the longest update held the writer.
type heldStore struct {
	corpus.Store
	longest time.Duration
}

func (s *heldStore) Update(ctx context.Context, f func(corpus.Tx) error) error {
	return s.Store.Update(ctx, func(tx corpus.Tx) error {
		start := time.Now()
		defer func() { s.longest = max(s.longest, time.Since(start)) }()
		return f(tx)
	})
}

// BenchmarkVersion takes a new run of a document of which every unit was
// answered for, by how much of its source changed: the whole, the longest time
// for which the writer is held, and what then lists the changes.
func BenchmarkVersion(b *testing.B) {
	n := benchUnits(b)
	source, target := yearbook(n)
	run := strings.ReplaceAll(target, "a total of", "in all")
	for _, share := range []struct {
		name   string
		source string
	}{
		{"nothing", source},
		{"tenth", strings.ReplaceAll(source, "5件，", "6件，")},
		{"all", strings.ReplaceAll(source, "全年", "上半年")},
	} {
		b.Run(share.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				file, err := sqlstore.Open(ctx, filepath.Join(b.TempDir(), "bench.db"), sqlstore.Options{})
				if err != nil {
					b.Fatal(err)
				}
				store := &heldStore{Store: file}
				desk := New(store, Options{})
				check := func(err error) {
					if err != nil {
						b.Fatal(err)
					}
				}
				owner, err := desk.AddOwner(ctx, corpus.User{Name: "admin"})
				check(err)
				p, err := desk.AddProject(ctx, owner.ID, "p", newTag("zh"), newTag("en"), corpus.Settings{})
				check(err)
				reviewer, err := desk.AddUser(ctx, owner.ID, corpus.User{Name: "he"})
				check(err)
				check(desk.SetRoles(ctx, owner.ID, p.ID, reviewer.ID, corpus.Reviewer))
				first, err := desk.Import(ctx, owner.ID, p.ID, delivery("yearbook.md", source, target), nil)
				check(err)
				var choices []Choice
				check(store.View(ctx, func(r corpus.Reader) error {
					units, err := r.Units(first.Version.ID, corpus.Filter{}, 0, 2*n)
					for _, u := range units {
						choices = append(choices, Choice{Unit: u.ID})
					}
					return err
				}))
				for slice := range slices.Chunk(choices, 500) {
					_, err := desk.Accept(ctx, reviewer.ID, slice...)
					check(err)
				}
				in := delivery("yearbook.md", share.source, run)
				in.VersionOf = first.Document.ID
				store.longest = 0
				b.StartTimer()
				out, err := desk.Import(ctx, owner.ID, p.ID, in, nil)
				check(err)
				b.StopTimer()
				b.ReportMetric(store.longest.Seconds(), "held-s")
				start := time.Now()
				_, err = desk.Renewals(ctx, reviewer.ID, out.Document, out.Version.Number)
				check(err)
				b.ReportMetric(time.Since(start).Seconds(), "list-s")
				b.ReportMetric(float64(out.Units), "units")
				check(file.Close())
				b.StartTimer()
			}
		})
	}
}
