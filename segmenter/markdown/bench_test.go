//go:build unix

package markdown

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/rivo/uniseg"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmtext "github.com/yuin/goldmark/text"
	"golang.org/x/text/language"
)

// statute makes a law of about the given size.
func statute(size int) []byte {
	var b strings.Builder
	b.WriteString("# Act on the Review of Translations\n\n")
	for n := 1; b.Len() < size; n++ {
		if n%10 == 1 {
			fmt.Fprintf(&b, "## Chapter %d 总则\n\n", n/10+1)
		}
		fmt.Fprintf(&b, "### Article %d\n\n", n)
		b.WriteString("The competent authority of a **municipality** shall, within thirty days of\nreceiving the report, decide whether the text is to be published. A decision\nunder [section 12](#s12) may be appealed; the appeal has no suspensive effect.\n\n")
		b.WriteString("1. the name and address of the applicant;\n2. the date of the application, and\n3. a statement of reasons.[^1]\n\n")
		b.WriteString("县级以上地方各级人民政府应当建立健全翻译审校工作机制，明确责任单位，\n及时研究解决重大问题。前款规定的期限，自收到报告之日起计算。\n\n")
	}
	b.WriteString("[^1]: As amended.\n")
	return []byte(b.String())
}

// BenchmarkRead reports, beside the usual figures, the speed by processor time, and
// that of two peers that cut the file as if it were plain text, without parsing it.
func BenchmarkRead(b *testing.B) {
	raw := statute(1 << 20)
	perform := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			start, n := processorTime(), 0
			for b.Loop() {
				f()
				n++
			}
			b.ReportMetric(float64(len(raw))/1e6*float64(n)/(processorTime()-start).Seconds(), "cpu-MB/s")
		})
	}
	doc := Read(raw)
	text := string(raw)
	perform("read", func() { Read(raw) })
	perform("segments", func() { layout.Segments(doc, language.English) })
	perform("read and segments", func() { layout.Segments(Read(raw), language.English) })
	p := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList,
		extension.Footnote, extension.DefinitionList)).Parser()
	perform("goldmark", func() { p.Parse(gmtext.NewReader(raw)) }) // the baseline: parsing alone
	perform("uax29", func() {
		for it := sentences.FromString(text); it.Next(); {
		}
	})
	perform("uniseg", func() {
		for rest, state := text, -1; rest != ""; {
			_, rest, state = uniseg.FirstSentenceInString(rest, state)
		}
	})
}

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkEdit(b *testing.B) {
	for _, size := range []int{1 << 14, 1 << 20} {
		doc := Read(statute(size))
		i := len(doc.Blocks) / 2
		text := doc.Blocks[i].Text
		edit := layout.Edit{Block: i, Span: layout.Span{End: len(text)}, Text: text + " New words."}
		b.Run(fmt.Sprintf("verify/%dK", size>>10), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := layout.VerifyEdit(doc, edit); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("splice/%dK", size>>10), func(b *testing.B) {
			for b.Loop() {
				layout.Splice(doc, []layout.Edit{edit})
			}
		})
	}
	doc := Read(statute(1 << 20))
	b.Run("verify whole/1024K", func(b *testing.B) {
		for b.Loop() {
			if err := layout.Verify(doc, doc.Raw, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
