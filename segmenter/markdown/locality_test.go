package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"html"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/language"
)

// everyEdit is set to run all edits of TestLocality instead of a sample.
const everyEdit = "REVISEUR_EVERY_EDIT"

// tally counts what became of edits.
type tally struct {
	edits, made int
	rendered    int // of those made, compared with what goldmark renders
	refused     map[layout.Reason]int
}

// TestLocality types each hostile string over each sentence of each example.
// The edit is either refused with a reason, or the file has the same structure,
// as goldmark itself sees it, every other text reads the same, the bytes
// outside the changes are the same, and what was typed reads as typed.
func TestLocality(t *testing.T) {
	every := os.Getenv(everyEdit) != ""
	n := tally{refused: make(map[layout.Reason]int)}
	hostile := hostileStrings(t)
	for _, e := range allExamples(t) {
		doc := Read([]byte(e.text))
		for si, seg := range layout.Segments(doc, language.Und) {
			for hi, h := range hostile {
				if !every && !sampled(e.name, si, hi) {
					continue
				}
				n.try(t, e.name, doc, layout.Edit{Block: seg.Block, Span: seg.Span, Text: h})
			}
		}
	}
	if !every {
		t.Logf("a sample; set %s to run all", everyEdit)
	}
	t.Logf("%d edits: %d made, %d of them rendered, refused %v; 0 silent changes unless reported above", n.edits, n.made, n.rendered, n.refused)
}

// TestLocalityInDocuments does the same in files of some length, where an edit
// is checked in its surroundings only: all examples of each specification in one
// file, in each way files are stored, and real documents.
func TestLocalityInDocuments(t *testing.T) {
	step := 61
	if os.Getenv(everyEdit) != "" {
		step = 3
	}
	hostile := hostileStrings(t)
	n := tally{refused: make(map[layout.Reason]int)}
	count := 0
	run := func(name, text string, step int) {
		doc := Read([]byte(text))
		for _, seg := range layout.Segments(doc, language.Und) {
			if count++; count%step == 0 {
				n.try(t, name, doc, layout.Edit{Block: seg.Block, Span: seg.Span, Text: hostile[count/step%len(hostile)]})
			}
		}
	}
	for _, s := range specFiles {
		var all []string
		for _, e := range specExamples(t, s.file) {
			all = append(all, e.text)
		}
		for i := 0; i < len(all); i += 60 {
			part := strings.Join(all[i:min(len(all), i+60)], "\n")
			for v, text := range variants(part) {
				run(s.file+" "+v, text, step)
			}
		}
	}
	for _, d := range documents(t) {
		run(d.name, d.text, 2*step)
	}
	t.Logf("%d edits: %d made, %d of them rendered, refused %v", n.edits, n.made, n.rendered, n.refused)
}

// sampled picks about one edit in 40, always the same ones.
func sampled(name string, a, b int) bool {
	h := fnv.New32a()
	fmt.Fprint(h, name, a, b)
	return h.Sum32()%40 == 0
}

func (n *tally) try(t *testing.T, name string, doc *layout.Document, e layout.Edit) {
	t.Helper()
	n.edits++
	out, changes, err := layout.Splice(doc, []layout.Edit{e})
	if err != nil {
		var r *layout.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: error %v is no refusal", name, err)
			return
		}
		n.refused[r.Reason]++
		if r.Reason == layout.ReadsOtherwise || r.Reason == layout.BreaksStructure || r.Reason == layout.BreaksMarkup || r.Reason == layout.ChangesOther {
			t.Logf("%s: %q for %q in %q: %v", name, e.Text, doc.Blocks[e.Block].Text[e.Span.Start:e.Span.End], doc.Raw, err)
		}
		return
	}
	n.made++
	fail := func(what string) {
		t.Errorf("%s: %q for %q in %q gives %q: %s", name, e.Text, doc.Blocks[e.Block].Text[e.Span.Start:e.Span.End], doc.Raw, out, what)
	}
	if !sameOutside(doc.Raw, out, changes) {
		fail("bytes outside the changes differ")
	}
	if a, b := blockTree(doc.Raw), blockTree(out); a != b && doc.Newline == "\n" {
		fail("block tree was " + a + ", is " + b)
	}
	if err := layout.Verify(doc, out, []layout.Edit{e}); err != nil {
		fail("Verify: " + err.Error())
	}
	again := Read(out)
	if len(again.Blocks) != len(doc.Blocks) {
		fail("another number of blocks")
		return
	}
	for i := range doc.Blocks {
		if i != e.Block && doc.Blocks[i].Text != again.Blocks[i].Text {
			fail("text " + doc.Blocks[i].Text + " became " + again.Blocks[i].Text)
		}
		if doc.Blocks[i].Path != again.Blocks[i].Path {
			fail("path " + doc.Blocks[i].Path + " became " + again.Blocks[i].Path)
		}
	}
	b := doc.Blocks[e.Block]
	typed, _ := layout.Typed(e.Text)
	want := b.Text[:e.Span.Start] + typed + b.Text[e.Span.End:]
	if got := again.Blocks[e.Block].Text; squeeze(got) != squeeze(want) {
		fail("reads " + layout.Show(got))
	}
	if b.Kind != layout.Footnote && doc.Newline == "\n" && !bytes.HasPrefix(doc.Raw, []byte("---")) {
		// A footnote without a reference is not rendered; front matter and
		// bare CR are nothing goldmark knows.
		n.rendered++
		if got := rendered(t, out); !strings.Contains(squeeze(got), squeeze(typed)) {
			fail("is rendered as " + got)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// rendered is what a reader of goldmark's HTML sees.
func rendered(t *testing.T, raw []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := witnessMarkdown().Convert(bytes.TrimPrefix(raw, bom), &b); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(tags.ReplaceAllString(b.String(), ""))
}

// witnessMarkdown is goldmark with its own extensions, without any of this
// package's code.
var witnessMarkdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList,
		extension.Footnote, extension.DefinitionList))
})

// squeeze takes out placeholders, which are numbered anew, and white space,
// which is trimmed where texts meet.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if _, _, ok := layout.IsPlaceholder(r); ok || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func sameOutside(raw, out []byte, changes []layout.Change) bool {
	i, j := 0, 0
	for _, c := range changes {
		n := c.Old.Start - i
		if n < 0 || j+n > len(out) || !bytes.Equal(raw[i:c.Old.Start], out[j:j+n]) {
			return false
		}
		i, j = c.Old.End, j+n+len(c.New)
	}
	return bytes.Equal(raw[i:], out[j:])
}

// blockTree is the block structure of a text as goldmark has it.
func blockTree(raw []byte) string {
	p := witnessMarkdown().Parser()
	var b strings.Builder
	_ = ast.Walk(p.Parse(text.NewReader(bytes.TrimPrefix(raw, bom))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			if n.Kind().String() == "TaskCheckBox" && entering {
				b.WriteString("[task]")
			}
			return ast.WalkContinue, nil
		}
		if entering {
			b.WriteString(n.Kind().String())
			if h, ok := n.(*ast.Heading); ok {
				b.WriteString(itoa(h.Level))
			}
			b.WriteByte('(')
		} else {
			b.WriteByte(')')
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
