package diff

import (
	"testing"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// BenchmarkTexts compares sentences of which about an eighth changed. The metric
// x-baseline is its time over that of go-diff on characters with semantic
// clean-up, the usual way to use that library, in the same run.
func BenchmarkTexts(b *testing.B) {
	test := func(name, old, new string) {
		b.Run(name, func(b *testing.B) {
			dmp := diffmatchpatch.New()
			var ours, theirs time.Duration
			for b.Loop() {
				start := time.Now()
				Texts(old, new)
				between := time.Now()
				dmp.DiffCleanupSemantic(dmp.DiffMain(old, new, false))
				ours += between.Sub(start)
				theirs += time.Since(between)
			}
			b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "own-ns/op")
			b.ReportMetric(float64(ours)/float64(theirs), "x-baseline")
		})
	}
	test("zh", "全市各级粮食储备单位累计排查整改安全隐患3368处，同比下降4.6个百分点。",
		"全市各级粮食储备企业累计排查整治安全隐患3386处，同比下降4.6个百分点。")
	test("en", "Grain reserve units at all levels in the city have investigated and rectified a total of 3,368 hidden dangers, down 4.6 percentage points.",
		"Grain reserve units at all levels across the city have found and removed a total of 3,386 safety hazards, down 4.6 percentage points.")
}

// BenchmarkSequences compares 100,000 keys of which one in twenty was edited.
// The metric x-baseline is its time over that of putting all keys into a map.
func BenchmarkSequences(b *testing.B) {
	old, new, _ := edited(100_000, 100_000, 20)
	var ours, theirs time.Duration
	for b.Loop() {
		start := time.Now()
		Sequences(old, new)
		between := time.Now()
		seen := make(map[string]int)
		for _, list := range [][]string{old, new} {
			for i, key := range list {
				seen[key] = i
			}
		}
		ours += between.Sub(start)
		theirs += time.Since(between)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "x-baseline")
}
