package align

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// lengthOnly is the aligner without any words, as Gale and Church (1993) have it: the baseline
// for what words are worth and what they cost.
func lengthOnly(ctx context.Context, source, target []Sentence, o Options) ([]Bead, error) {
	o.Lexicon = nil
	a, _ := newAligner(context.Background(), source, target, o)
	for _, side := range [][]unit{a.source, a.target} {
		for i := range side {
			side[i].words, side[i].label = nil, label{}
		}
	}
	steps, err := a.passes(ctx, a.source, a.target, between(nil, len(source), len(target)), true)
	if err != nil {
		return nil, err
	}
	var beads []Bead
	for _, st := range steps {
		beads = append(beads, Bead{Source: Range{int(st.i0), int(st.i1)}, Target: Range{int(st.j0), int(st.j1)}})
	}
	return beads, nil
}

// BenchmarkQuality reports strict F1 on the development sets and that of lengths alone.
func BenchmarkQuality(b *testing.B) {
	if _, err := os.Stat(developmentData); err != nil {
		b.Skip("development data is not here:", err)
	}
	for _, f := range floors {
		b.Run(f.set, func(b *testing.B) {
			s, g := language.MustParse(f.source), language.MustParse(f.target)
			for b.Loop() {
				b.ReportMetric(scoreSet(b, f.set, s, g, Align).strict(), "F1")
				b.ReportMetric(scoreSet(b, f.set, s, g, lengthOnly).strict(), "F1-length-only")
			}
		})
	}
}

// BenchmarkGrowth aligns invented texts of growing length. It reports sentences per second, how
// many times as long a sentence takes as in the shortest text, and as with lengths alone, and
// the bytes allocated for one. The longest text is only tried when REVISEUR_BENCH_LARGE is set.
func BenchmarkGrowth(b *testing.B) {
	sizes := []int{1000, 10000}
	if os.Getenv("REVISEUR_BENCH_LARGE") != "" {
		sizes = append(sizes, 100000)
	}
	o := Options{Source: language.Italian, Target: language.Spanish}
	first := 0.0
	for _, n := range sizes {
		source, target, _ := invent(rand.New(rand.NewPCG(1, uint64(n))), n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			took := func(align aligning) float64 {
				start := time.Now()
				if _, err := align(context.Background(), source, target, o); err != nil {
					b.Fatal(err)
				}
				return time.Since(start).Seconds()
			}
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				seconds := took(Align)
				runtime.ReadMemStats(&after)
				if first == 0 {
					first = seconds / float64(n)
				}
				b.ReportMetric(float64(n)/seconds, "sentences/s")
				b.ReportMetric(seconds/float64(n)/first, "growth")
				b.ReportMetric(seconds/took(lengthOnly), "×length-only")
				b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(n), "B/sentence")
			}
		})
	}
}
