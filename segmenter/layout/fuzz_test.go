package layout_test

import (
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
	"github.com/reviseur/reviseur/segmenter/plain"
	"golang.org/x/text/language"
)

// FuzzSplitInterleaved takes any bytes apart: the two views account for every
// byte, and for each letter once.
func FuzzSplitInterleaved(f *testing.F) {
	for _, c := range interleaved {
		f.Add([]byte(c.raw), true)
		f.Add([]byte(c.raw), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, asMarkdown bool) {
		read := plain.Read
		if asMarkdown {
			read = markdown.Read
		}
		d := read(raw)
		d.HeadingGuesses()
		s, tg, ok := layout.SplitInterleaved(d, language.Chinese, language.English)
		if !ok {
			return
		}
		checkView(t, "fuzz", d, s)
		checkView(t, "fuzz", d, tg)
		want := 0
		for i := range d.Blocks {
			want += letters(d.Blocks[i].Text)
		}
		got := 0
		for _, v := range []*layout.Document{s, tg} {
			for i := range v.Blocks {
				got += letters(v.Blocks[i].Text)
			}
			layout.Segments(v, language.Und)
		}
		if got != want {
			t.Errorf("%q: %d letters in the views, want %d", raw, got, want)
		}
	})
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if _, _, token := layout.IsPlaceholder(r); !token && r > ' ' {
			n++
		}
	}
	return n
}
