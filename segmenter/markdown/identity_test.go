package markdown

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// checkDocument tests what holds for every file: without edits it comes back as
// it was, every byte is accounted for, and texts map to the file and back.
func checkDocument(t *testing.T, name string, raw []byte) *layout.Document {
	t.Helper()
	doc := Read(raw)
	out, changes, err := layout.Splice(doc, nil)
	if err != nil || len(changes) > 0 || !bytes.Equal(out, raw) {
		t.Errorf("%s: the file does not come back: %v", name, err)
	}
	c := doc.Coverage
	sum := 0
	for _, p := range c.Parts {
		if p.Bytes < 0 {
			t.Errorf("%s: part %s has %d bytes", name, p.Name, p.Bytes)
		}
		sum += p.Bytes
	}
	if c.Text+c.Protected+c.Skeleton != len(raw) || sum != c.Skeleton || c.Skeleton < 0 {
		t.Errorf("%s: coverage %+v does not add up to %d bytes", name, c, len(raw))
	}
	if err := layout.Verify(doc, raw, nil); err != nil {
		t.Errorf("%s: Verify without edits = %v", name, err)
	}
	end := 0
	paths := make(map[string]bool)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		all := layout.Span{End: len(b.Text)}
		e := b.Envelope(all)
		if e.Start < end || e.End < e.Start || e.End > len(raw) {
			t.Errorf("%s: block %d at %v overlaps what ends at %d", name, i, e, end)
		}
		end = e.End
		parts := b.Raw(all)
		if len(parts) == 0 || parts[0].Start != e.Start || parts[len(parts)-1].End != e.End {
			t.Errorf("%s: block %d: parts %v, envelope %v", name, i, parts, e)
		}
		if strings.ContainsAny(b.Text, "\r\n") || !utf8.ValidString(b.Text) || b.Text != strings.TrimSpace(b.Text) {
			t.Errorf("%s: block %d reads %q", name, i, b.Text)
		}
		if paths[b.Path] {
			t.Errorf("%s: two blocks at %s", name, b.Path)
		}
		paths[b.Path] = true
	}
	return doc
}

func TestIdentity(t *testing.T) {
	files, blocks, notices := 0, 0, 0
	for _, e := range allExamples(t) {
		for v, text := range variants(e.text) {
			doc := checkDocument(t, e.name+" "+v, []byte(text))
			files++
			blocks += len(doc.Blocks)
			for _, n := range doc.Notices {
				if n.Reason == NoticeStars {
					continue
				}
				notices++
				if v == "LF" {
					t.Logf("%s: %v: %q", e.name, n, e.text)
				}
			}
		}
	}
	t.Logf("%d files, %d blocks, all byte-equal; %d blocks taken literally", files, blocks, notices)
}

func TestDocuments(t *testing.T) {
	for _, e := range documents(t) {
		doc := checkDocument(t, e.name, []byte(e.text))
		c := doc.Coverage
		t.Logf("%s: %d blocks, text %d, protected %d, unreviewed %d, notices %d", e.name, len(doc.Blocks), c.Text, c.Protected, c.Unreviewed(), len(doc.Notices))
	}
}
