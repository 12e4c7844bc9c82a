package layout_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
	"github.com/reviseur/reviseur/segmenter/plain"
)

// wordsOnly is the text of a document without white space.
func wordsOnly(d *layout.Document) string {
	var s strings.Builder
	for i := range d.Blocks {
		for _, r := range d.Blocks[i].Text {
			if _, _, token := layout.IsPlaceholder(r); !token && !unicode.IsSpace(r) {
				s.WriteRune(r)
			}
		}
	}
	return s.String()
}

var roughPieces = []string{"Some words of a sentence that goes on for a while and then", "goes on here, and ends.", "A title", "另一段文字，", "第二段。", "- item", "1. item", "> quoted", "# Head", "Under\n---", "```\ncode\n```", "<div>x</div>",
	"  indented words.", "\u3000\u3000缩进的段落。", "    four blanks", "\tTab.", "| a | b |\n|---|---|\n| c | d |", "[r]: /u", "**Bold** and *more*."}

var roughGaps = []string{"\n", "\n\n", "\n\n", "\n\n\n", "\n\n\n\n", "\r\n\r\n", "\n \n"}

// TestReshapesKeepWords makes all changes that are suggested for made-up files,
// and every other change that can be asked for: no word may change or move.
func TestReshapesKeepWords(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2026))
	made, refused := map[layout.ReshapeKind]int{}, 0
	for n := range 800 {
		var b strings.Builder
		for range 1 + r.IntN(7) {
			b.WriteString(roughPieces[r.IntN(len(roughPieces))] + roughGaps[r.IntN(len(roughGaps))])
		}
		raw := []byte(b.String())
		doc := markdown.Read(raw)
		switch n % 3 {
		case 1:
			doc = plain.ReadAs(raw, segmenter.SoftLineEnds)
		case 2:
			doc = plain.ReadAs(raw, segmenter.HardLineEnds)
		}
		var list []layout.Reshape
		for _, s := range doc.Suggestions(nil) {
			list = append(list, s.Reshape)
		}
		check := func(list []layout.Reshape, changes []layout.Change) {
			out, ok := layout.Apply(doc.Raw, changes)
			after := doc.ReadAgain(out)
			if !ok || wordsOnly(after) != wordsOnly(doc) {
				t.Fatalf("%+v of %q gives %q", list, raw, out)
			}
			for _, w := range list {
				made[w.Kind]++
			}
		}
		changes, err := doc.Reshaping(list...)
		if err != nil {
			t.Fatalf("suggested for %q is %+v: %v", raw, list, err)
		}
		check(list, changes)
		if len(doc.Blocks) == 0 {
			continue
		}
		i := r.IntN(len(doc.Blocks))
		text := doc.Blocks[i].Text
		for _, w := range []layout.Reshape{
			{Kind: layout.MakeHeading, Block: i, Level: 1 + r.IntN(6)}, {Kind: layout.MakeBody, Block: i}, {Kind: layout.TrimIndent, Block: i},
			{Kind: layout.JoinBlocks, Block: i}, {Kind: layout.SplitBlock, Block: i, Offset: strings.IndexByte(text, ' ') + 1}, {Kind: layout.TrimBlank, Block: i},
		} {
			changes, err := doc.Reshaping(w)
			if err != nil {
				refused++
				continue
			}
			check([]layout.Reshape{w}, changes)
		}
	}
	for _, k := range []layout.ReshapeKind{layout.MakeHeading, layout.MakeBody, layout.TrimIndent, layout.JoinBlocks, layout.SplitBlock, layout.TrimBlank} {
		if made[k] < 20 {
			t.Errorf("only %d changes of kind %s were made", made[k], k)
		}
	}
	t.Logf("made %v, refused %d", made, refused)
}
