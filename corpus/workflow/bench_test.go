package workflow

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

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

// BenchmarkImport takes a bilingual document in whole: reading, sentences,
// alignment, checks, store. REVISEUR_BENCH_UNITS sets its size.
func BenchmarkImport(b *testing.B) {
	n := 2000
	if s := os.Getenv("REVISEUR_BENCH_UNITS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	source, target := yearbook(n)
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
