package markdown

import (
	"errors"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// FuzzRead reads any bytes: the file comes back, every byte is accounted for.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "\ufeff# a\r\n", "> a\r> b", "a\xffb\x00", "- [ ] a\n\n1. b\n", "| a |\n|-|\n| `\\|` |", "[^1]: a\n\n[^1]", "---\na: b\n---\n",
		"*a **b* c**", "[a](<b> 'c\nd')", "&#x0;&#10;&nbsp;", "{{a}} $b$ {: c}", "a\n: b", "\U000F0002", "a  \n\tb\\\nc", "　\n　a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkDocument(t, "fuzz", raw)
	})
}

// FuzzEdit puts any text into any file: it is refused, or the file reads as
// wanted, which checking the whole file confirms.
func FuzzEdit(f *testing.F) {
	f.Add([]byte("> a *b* c\n> d\n"), 0, 0, 1, "- x")
	f.Add([]byte("a\r\n===\r\n\r\n[b]\r\n\r\n[b]: c"), 1, 0, 3, "[^1]: y")
	f.Add([]byte("| a |\n|-|\n| b |"), 1, 0, 1, "c|\\")
	f.Fuzz(func(t *testing.T, raw []byte, block, start, end int, text string) {
		doc := Read(raw)
		edits := []layout.Edit{{Block: block, Span: layout.Span{Start: start, End: end}, Text: text}}
		out, _, err := layout.Splice(doc, edits)
		if one := layout.VerifyEdit(doc, edits[0]); (one == nil) != (err == nil) {
			t.Fatalf("Splice says %v, VerifyEdit %v", err, one)
		}
		var r *layout.Refusal
		if err != nil && !errors.As(err, &r) {
			t.Fatalf("%v is no refusal", err)
		}
		if err != nil {
			return
		}
		if err := layout.Verify(doc, out, edits); err != nil {
			t.Fatalf("%q to %q: %v", raw, out, err)
		}
		if a, b := blockTree(doc.Raw), blockTree(out); a != b && doc.Newline == "\n" && len(raw) == len(newView(raw, true).text) {
			t.Logf("%q to %q: goldmark's own tree was %s, is %s", raw, out, a, b)
		}
	})
}
