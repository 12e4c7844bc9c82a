package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"

	"github.com/reviseur/reviseur/corpus"
)

// statute is a review of a statute of about a megabyte of target text.
func statute() *Review {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "### Article %d\n\nThe competent authority shall **publish** the findings of the inspection within %d days, and shall notify the persons concerned of the reasons, and of the ways in which they may object.\n\n", i, i%60)
	}
	return reviewOf(markdown.Read([]byte(b.String())))
}

func reviewBytes(b *testing.B, f Format) []byte {
	var out bytes.Buffer
	r := statute()
	r.Document.Format = "markdown"
	if err := f.Write(&out, r); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkWrite(b *testing.B) {
	r := statute()
	r.Document.Format = "markdown"
	for _, f := range []Format{xliff21Format, xliff12Format, jsonlFormat()} {
		b.Run(f.ID, func(b *testing.B) {
			b.SetBytes(int64(len(r.Target.Raw)))
			for b.Loop() {
				var out bytes.Buffer
				if err := f.Write(&out, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, f := range []Format{xliff21Format, xliff12Format} {
		raw := reviewBytes(b, f)
		b.Run(f.ID, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				if _, err := f.ReadPair("f.xlf", raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	raw := reviewBytes(b, jsonlFormat())
	b.Run("jsonl", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			if _, err := restoreJSONL("f.jsonl", raw); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSpliceXLIFF puts in a hundred wordings.
func BenchmarkSpliceXLIFF(b *testing.B) {
	pair, err := xliff21Format.ReadPair("f.xlf", reviewBytes(b, xliff21Format))
	if err != nil {
		b.Fatal(err)
	}
	var edits []layout.Edit
	for i := range 100 {
		block := i * 97
		text := pair.Target.Blocks[block].Text
		edits = append(edits, layout.Edit{Block: block, Span: layout.Span(corpus.Span{End: 3}), Text: "X" + text[1:3]})
	}
	b.ResetTimer()
	for b.Loop() {
		if _, _, err := layout.Splice(pair.Target, edits); err != nil {
			b.Fatal(err)
		}
	}
}
