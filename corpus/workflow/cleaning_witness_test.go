//go:build witness

package workflow

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestWitnessCleaned lets cmark and pandoc read the Markdown of cleaned texts:
// they must see the headings that people approved, paragraphs, and nothing else.
func TestWitnessCleaned(t *testing.T) {
	texts := map[string]string{"rough.txt": roughTarget}
	seed, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "seed", "000_5447972c005bbedb.txt"))
	if err != nil {
		t.Logf("SKIPPED: the seed is not here: %v", err)
	} else {
		texts["seed.txt"], texts["seed.md"] = string(seed), string(seed)
	}
	for name, text := range texts {
		b := newBench(t)
		doc := b.take(name, "", text).Document
		b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, b.suggested(doc.ID)...))
		out, err := b.desk.ExportMarkdown(ctx, b.tan, doc.ID, ApprovedOnly)
		b.must(err)
		headings := 0
		for _, c := range out.Layout {
			if c.Kind == "heading" {
				headings++
			}
		}
		paragraphs := len(b.cleanings(doc.ID).Blocks) - headings
		for _, c := range out.Layout {
			if c.Kind == "join" {
				paragraphs--
			}
		}
		for _, w := range []struct {
			command            []string
			heading, paragraph string
			others             []string
		}{
			{[]string{"cmark", "-t", "xml"}, "<heading ", "<paragraph", []string{"<list", "<code", "<html", "<emph", "<block_quote", "<thematic"}},
			{[]string{"cmark-gfm", "-e", "table", "-t", "xml"}, "<heading ", "<paragraph", []string{"<list", "<code", "<html", "<emph", "<table"}},
			{[]string{"pandoc", "-f", "gfm", "-t", "native"}, `(?m)^[ \[,]*Header\b`, `(?m)^[ \[,]*Para\b`, []string{"BulletList", "OrderedList", "CodeBlock", "RawBlock", "Emph", "Plain", "Table"}},
		} {
			cmd := exec.Command(w.command[0], w.command[1:]...)
			cmd.Stdin = strings.NewReader(string(out.Data))
			seen, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v", w.command, err)
			}
			h, p := len(regexp.MustCompile(w.heading).FindAll(seen, -1)), len(regexp.MustCompile(w.paragraph).FindAll(seen, -1))
			if h != headings || p != paragraphs {
				t.Errorf("%s of %s: %d headings and %d paragraphs, want %d and %d\n%s", w.command[0], name, h, p, headings, paragraphs, seen)
			}
			for _, other := range w.others {
				if strings.Contains(string(seen), other) {
					t.Errorf("%s of %s sees %s", w.command[0], name, other)
				}
			}
			t.Logf("%s: %s sees %d headings and %d paragraphs; %d changes of layout", name, w.command[0], h, p, len(out.Layout))
		}
	}
}
