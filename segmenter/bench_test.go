package segmenter

import (
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/sentences"
	"golang.org/x/text/language"
)

const (
	benchEnglish = `The city council met on Jan. 12 to discuss the budget for 2024. "We have cut 3.5 percent," said Dr. Marsh, who heads the committee. Is that enough? Nobody knows; the U.S. economy is slowing (see Fig. 2 for details). Residents of St. Helena asked for a longer debate, and the mayor agreed to it. `
	benchChinese = `全市经济运行总体平稳，一季度实现增加值1250.6亿元，同比增长5.2%。市长指出：“形势依然严峻。各部门要抓好落实。”会议还审议了《关于进一步优化营商环境的意见》（征求意见稿），提出（一）简化手续；（二）降低费用。下一步怎么办？大家展开了讨论。`
)

// BenchmarkAppend reports the speed on one core beside that of the plain
// UAX #29 segmentation of the same text in the same run, which knows neither
// abbreviations nor quotations.
func BenchmarkAppend(b *testing.B) {
	for _, bench := range []struct {
		name, text string
		tag        language.Tag
	}{
		{"en", strings.Repeat(benchEnglish, 400), language.English},
		{"zh", strings.Repeat(benchChinese, 400), language.Chinese},
		{"no-stop", strings.Repeat("word ", 20000), language.English},
		{"dots", strings.Repeat(".", 100000), language.English},
		{"brackets", strings.Repeat("(", 100000), language.English},
	} {
		b.Run(bench.name, func(b *testing.B) {
			p := For(bench.tag)
			segs := p.Append(nil, bench.text)
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				segs = p.Append(segs[:0], bench.text)
			}
			own := float64(b.Elapsed()) / float64(b.N)

			const rounds = 5
			start := time.Now()
			for range rounds {
				for it := sentences.FromString(bench.text); it.Next(); {
				}
			}
			base := float64(time.Since(start)) / rounds
			b.ReportMetric(base/own, "uax29-time/own-time")
		})
	}
}
