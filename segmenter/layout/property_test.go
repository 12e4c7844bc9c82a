package layout_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
	"github.com/reviseur/reviseur/segmenter/plain"
	"golang.org/x/text/language"
)

// fragments of Markdown from which tests make files.
var fragments = []string{
	"# Title *one*", "Title\n===", "A paragraph of text.", "One line\nand another `code`.", "遺\n教，依據", "- item one\n- item two\n  more",
	"1. first\n\n2. second", "> quoted\n> twice\nlazy", "```\ncode\n```", "    indented", "<div>\nhtml\n</div>", "<!-- note -->",
	"| a | b |\n|---|---|\n| c | d\\|e |", "[link](/u \"t\") and [ref] and [^1]", "[ref]: /r", "[^1]: A note\n    goes on.", "Term\n: Definition.",
	"---", "&amp; \\* &copy;", "Hard  \nbreak\\\nhere", "- [ ] task\n- [x] done", "**中文。**后", "> - deep\n>   text\n>\n> more", "Text {: .c}\n{: .d}", "$x^2$ {{< a >}}",
	"## Two ##", "* * *", "***both***", "![alt](i.png)", "<http://a.b> <b>x</b>", "\U000F0004", "a\u3000b", "　　缩进",
}

var typedPieces = []string{"x", "- ", "# ", "> ", "1. ", "```", "<div>", "<!--", "\n", "\n\n", "[ref]", "[^1]", "[^2]: y", "[q]: r", "*", "`", "|", "  ",
	"===", "---", "文", "，", "\\", "&amp;", "{{", "$", ": ", "\t", "[ ] ", "</div>", "word"}

func randomFile(r *rand.Rand) []byte {
	var b strings.Builder
	n := 1 + r.IntN(12)
	for range n {
		b.WriteString(fragments[r.IntN(len(fragments))])
		b.WriteString([]string{"\n", "\n\n", "\n\n", "\n\n\n"}[r.IntN(4)])
	}
	s := b.String()
	switch r.IntN(6) {
	case 0:
		s = strings.ReplaceAll(s, "\n", "\r\n")
	case 1:
		s = strings.ReplaceAll(s, "\n", "\r")
	case 2:
		s = strings.TrimRight(s, "\n")
	case 3:
		s = "\uFEFF" + s
	}
	return []byte(s)
}

func randomText(r *rand.Rand, b *layout.Block) string {
	var s strings.Builder
	for range 1 + r.IntN(5) {
		switch {
		case len(b.Tokens) > 0 && r.IntN(4) == 0:
			s.WriteRune(layout.Placeholder(b.Tokens[r.IntN(len(b.Tokens))]))
		default:
			s.WriteString(typedPieces[r.IntN(len(typedPieces))])
		}
	}
	return s.String()
}

func randomSpan(r *rand.Rand, text string) layout.Span {
	cut := func() int {
		i := r.IntN(len(text) + 1)
		for i < len(text) && !utf8.RuneStart(text[i]) {
			i++
		}
		return i
	}
	a, b := cut(), cut()
	return layout.Span{Start: min(a, b), End: max(a, b)}
}

// TestWindowAgreesWithWhole makes raw, unescaped changes, good and bad ones: what
// the surroundings of an edit say of it must be what the whole file says.
func TestWindowAgreesWithWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	windows, good, bad := 0, 0, 0
	for range 2500 {
		doc := markdown.Read(randomFile(r))
		if len(doc.Blocks) == 0 {
			continue
		}
		i := r.IntN(len(doc.Blocks))
		b := &doc.Blocks[i]
		span := randomSpan(r, b.Text)
		typed := strings.Map(func(c rune) rune {
			if _, _, ok := layout.IsPlaceholder(c); ok {
				return -1
			}
			return c
		}, randomText(r, b))
		c := layout.Change{Old: b.Envelope(span), New: []byte(typed)}
		want := b.Text[:span.Start] + typed + b.Text[span.End:]
		local, whole, windowed := layout.CheckBoth(doc, i, want, c)
		if windowed {
			windows++
		}
		if whole == nil {
			good++
		} else {
			bad++
		}
		if (local == nil) != (whole == nil) {
			t.Errorf("%q with %+v %q: surroundings say %v, the whole %v", doc.Raw, c.Old, c.New, local, whole)
		}
	}
	t.Logf("%d good and %d bad changes, %d checked in a part of the file", good, bad, windows)
	if windows < 500 || good < 500 || bad < 500 {
		t.Error("the changes do not test much")
	}
}

// TestSpliceIsVerified makes edits of several blocks at once: what Splice
// accepts, Verify accepts, and bytes outside the changes stay.
func TestSpliceIsVerified(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	made, refused := 0, 0
	for range 1500 {
		raw := randomFile(r)
		doc := markdown.Read(raw)
		if r.IntN(3) == 0 {
			doc = plain.Read(raw)
		}
		var edits []layout.Edit
		for i := range doc.Blocks {
			if b := &doc.Blocks[i]; r.IntN(3) == 0 {
				edits = append(edits, layout.Edit{Block: i, Span: randomSpan(r, b.Text), Text: randomText(r, b)})
			}
		}
		out, changes, err := layout.Splice(doc, edits)
		if err != nil {
			refused++
			continue
		}
		made++
		if err := layout.Verify(doc, out, edits); err != nil {
			t.Errorf("%q to %q with %+v: %v", raw, out, edits, err)
		}
		i, j := 0, 0
		for _, c := range changes {
			n := c.Old.Start - i
			if n < 0 || !bytes.Equal(raw[i:c.Old.Start], out[j:j+n]) {
				t.Fatalf("%q: change %v is out of order", raw, c)
			}
			i, j = c.Old.End, j+n+len(c.New)
		}
		if !bytes.Equal(raw[i:], out[j:]) {
			t.Errorf("%q: the rest changed", raw)
		}
	}
	t.Logf("%d made, %d refused", made, refused)
	if made < 500 {
		t.Error("too few edits could be made")
	}
}

// TestMapping checks that logical and raw offsets agree in all blocks.
func TestMapping(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 800 {
		doc := markdown.Read(randomFile(r))
		for i := range doc.Blocks {
			b := &doc.Blocks[i]
			last := -1
			for at := range b.Text {
				e := b.Envelope(layout.Span{Start: at, End: at})
				if e.Len() != 0 || e.Start < last {
					t.Fatalf("%q block %d: caret %d is at %v, after %d", doc.Raw, i, at, e, last)
				}
				last = e.Start
			}
			span := randomSpan(r, b.Text)
			parts, e := b.Raw(span), b.Envelope(span)
			for k, p := range parts {
				if p.Len() <= 0 || p.Start < e.Start || p.End > e.End || k > 0 && p.Start < parts[k-1].End {
					t.Errorf("%q block %d %v: parts %v in %v", doc.Raw, i, span, parts, e)
				}
			}
			for at, c := range b.Text {
				p := b.Raw(layout.Span{Start: at, End: at + utf8.RuneLen(c)})
				if len(p) == 1 && string(doc.Raw[p[0].Start:p[0].End]) == string(c) && b.Logical(p[0].Start) != at {
					t.Errorf("%q block %d: Logical(%d) = %d, want %d", doc.Raw, i, p[0].Start, b.Logical(p[0].Start), at)
				}
			}
		}
	}
}

func TestSegments(t *testing.T) {
	test := func(in string, lang language.Tag, want ...string) {
		t.Helper()
		doc := markdown.Read([]byte(in))
		var got []string
		for _, s := range layout.Segments(doc, lang) {
			if s.Text != doc.Blocks[s.Block].Text[s.Span.Start:s.Span.End] {
				t.Errorf("segment %q is not at %v", s.Text, s.Span)
			}
			got = append(got, layout.Show(s.Text)+" = "+string(in[s.Envelope.Start:s.Envelope.End]))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("Segments(%q) =\n%s\nwant\n%s", in, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	test("One. Two.\n", language.English, "One. = One.", "Two. = Two.")
	test("> One is\n> long. **Two.** Three[^1].[^1] *Four*.\n\n[^1]: Note.\n", language.English,
		"One is long. = One is\n> long.", "⟨1⟩Two.⟨/1⟩ = **Two.**", "Three⟨2⟩.⟨3⟩ = Three[^1].[^1]", "⟨4⟩Four⟨/4⟩. = *Four*.", "Note. = Note.")
	test("甲。\n乙。Then\n", language.English, "甲。 = 甲。", "乙。 = 乙。", "Then = Then")
	test("Use `x`. Then go.\n", language.English, "Use ⟨1⟩. = Use `x`.", "Then go. = Then go.")
	test("![only an image](x.png)\n", language.English)
}

// TestPlainModes checks that a mode is kept when an edited file is read again.
func TestPlainModes(t *testing.T) {
	raw := []byte("One line\nand another\n\nThree.\n")
	for _, ends := range []segmenter.LineEnds{segmenter.SoftLineEnds, segmenter.HardLineEnds} {
		doc := plain.ReadAs(raw, ends)
		if doc.Mode != ends.String() {
			t.Errorf("mode is %s, want %s", doc.Mode, ends)
		}
		edit := layout.Edit{Block: 0, Span: layout.Span{End: 3}, Text: "A whole."}
		out, _, err := layout.Splice(doc, []layout.Edit{edit})
		if err != nil {
			t.Errorf("%s: %v", ends, err)
		}
		if err := layout.Verify(doc, out, []layout.Edit{edit}); err != nil {
			t.Errorf("%s: %v", ends, err)
		}
	}
}

// squeeze takes out placeholders and white space.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if _, _, ok := layout.IsPlaceholder(r); ok || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
