//go:build unix

package segmenter

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/rivo/uniseg"
	"golang.org/x/text/language"
)

// BenchmarkAppend reports, beside the usual figures, the speed by processor time
// (a busy machine does not change it), the allocations for each segment, and how
// many times longer two peers take for the same text in the same run. They cut by
// UAX #29 and know neither abbreviations nor quotations.
func BenchmarkAppend(b *testing.B) {
	for _, bench := range []struct {
		name, text string
		tag        language.Tag
	}{
		{"en", repeat(benchEnglish), language.English},
		{"zh", repeat(benchChinese), language.Chinese},
		{"no-stop", repeat("word "), language.English},
		{"dots", repeat("."), language.English},
		{"brackets", repeat("("), language.English},
	} {
		b.Run(bench.name, func(b *testing.B) {
			p := For(bench.tag)
			segs := p.Append(nil, bench.text)
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			start, n := processorTime(), 0
			for b.Loop() {
				segs = p.Append(segs[:0], bench.text)
				n++
			}
			own := (processorTime() - start) / time.Duration(n)

			b.ReportMetric(float64(len(bench.text))/1e6/own.Seconds(), "cpu-MB/s")
			allocs := testing.AllocsPerRun(1, func() { segs = p.Append(segs[:0], bench.text) })
			b.ReportMetric(allocs/float64(len(segs)), "allocs/segment")
			b.ReportMetric(float64(peer(func() {
				for it := sentences.FromString(bench.text); it.Next(); {
				}
			}))/float64(own), "uax29/own")
			b.ReportMetric(float64(peer(func() {
				for rest, state := bench.text, -1; rest != ""; {
					_, rest, state = uniseg.FirstSentenceInString(rest, state)
				}
			}))/float64(own), "uniseg/own")
		})
	}
}

// repeat makes a text of about a megabyte.
func repeat(s string) string { return strings.Repeat(s, (1<<20)/len(s)+1) }

// peer is the processor time that f takes.
func peer(f func()) time.Duration {
	const rounds = 4
	f()
	start := processorTime()
	for range rounds {
		f()
	}
	return (processorTime() - start) / rounds
}

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
