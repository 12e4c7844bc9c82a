package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
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

func BenchmarkRead(b *testing.B) {
	raw := statute(1 << 20)
	b.Run("this", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			Read(raw)
		}
	})
	b.Run("goldmark", func(b *testing.B) { // the baseline: parsing alone
		p := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList,
			extension.Footnote, extension.DefinitionList)).Parser()
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			p.Parse(text.NewReader(raw))
		}
	})
	b.Run("segments", func(b *testing.B) {
		doc := Read(raw)
		b.SetBytes(int64(len(raw)))
		b.ReportAllocs()
		for b.Loop() {
			layout.Segments(doc, language.English)
		}
	})
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
