//go:build witness

package markdown

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"golang.org/x/text/language"
)

// TestWitness repeats TestLocality with other people's parsers as witnesses:
// cmark for the CommonMark examples, cmark-gfm for all. They must see the same
// block structure before and after an edit, and the typed text in it.
//
// Examples with footnotes or definition lists are left out: the witnesses take
// them for paragraphs or link definitions.
func TestWitness(t *testing.T) {
	for _, tool := range []string{"cmark", "cmark-gfm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: %v", tool, err)
		}
	}
	every := os.Getenv(everyEdit) != ""
	hostile := hostileStrings(t)
	edits, skipped := 0, 0
	for _, e := range allExamples(t) {
		doc := Read([]byte(e.text))
		if foreignToCmark(doc) {
			skipped++
			continue
		}
		witnesses := [][]string{{"cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "tasklist", "-t", "xml"}}
		if strings.HasPrefix(e.name, "commonmark") && !strings.Contains(e.text, "|") && !strings.Contains(e.text, "~") {
			witnesses = append(witnesses, []string{"cmark", "-t", "xml"})
		}
		before := make([]seen, len(witnesses))
		for i, w := range witnesses {
			before[i] = witness(t, w, e.text)
		}
		for si, seg := range layout.Segments(doc, language.Und) {
			for hi, h := range hostile {
				if !every && !sampled(e.name+"witness", si, hi) {
					continue
				}
				out, _, err := layout.Splice(doc, []layout.Edit{{Block: seg.Block, Span: seg.Span, Text: h}})
				var r *layout.Refusal
				if errors.As(err, &r) {
					continue
				}
				edits++
				typed, _ := layout.Typed(h)
				for i, w := range witnesses {
					after := witness(t, w, string(out))
					if before[i].tree != after.tree {
						t.Errorf("%s %s: %q for %q in %q gives %q:\n%s\n%s", w[0], e.name, h, seg.Text, e.text, out, before[i].tree, after.tree)
					}
					if !strings.Contains(squeeze(after.text), squeeze(typed)) {
						t.Errorf("%s %s: %q for %q in %q gives %q, reads %q", w[0], e.name, h, seg.Text, e.text, out, after.text)
					}
				}
			}
		}
	}
	t.Logf("%d edits witnessed; %d examples left out", edits, skipped)
}

func foreignToCmark(doc *layout.Document) bool {
	for _, b := range doc.Blocks {
		if b.Kind == layout.Footnote || b.Kind == layout.Term {
			return true
		}
		for _, tok := range b.Tokens {
			if tok.Kind == layout.FootnoteReference {
				return true
			}
		}
	}
	return bytes.HasPrefix(doc.Raw, []byte("---\n")) && len(doc.Blocks) > 0 && strings.Contains(fmt.Sprint(doc.Coverage.Parts), "front-matter")
}

// seen is what a witness makes of a file.
type seen struct{ tree, text string }

var inlineElements = map[string]bool{
	"text": true, "softbreak": true, "linebreak": true, "code": true, "html_inline": true, "emph": true,
	"strong": true, "link": true, "image": true, "strikethrough": true,
}

func witness(t *testing.T, command []string, input string) seen {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil || !bytes.HasPrefix(out, []byte("<?xml")) {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
	var tree, text strings.Builder
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict = false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v: %v\n%s", command, err, out)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if inlineElements[tok.Name.Local] {
				continue
			}
			tree.WriteString(tok.Name.Local)
			for _, a := range tok.Attr {
				if a.Name.Local != "space" && a.Name.Local != "xmlns" {
					tree.WriteString(" " + a.Name.Local + "=" + a.Value)
				}
			}
			tree.WriteByte('(')
		case xml.EndElement:
			if !inlineElements[tok.Name.Local] {
				tree.WriteByte(')')
			}
		case xml.CharData:
			text.Write(tok)
		}
	}
	return seen{tree.String(), text.String()}
}
