package markdown

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"golang.org/x/text/language"
	"golang.org/x/tools/txtar"
)

// TestTrapTable reads the table of known traps and wants each test it names to
// be there, so that none is lost without being missed. A dash says that no test
// is here: other encodings are not read as Markdown at all.
func TestTrapTable(t *testing.T) {
	table, err := os.ReadFile("testdata/traps/table.tsv")
	if err != nil {
		t.Fatal(err)
	}
	known := testNames(t)
	traps := 0
	for i, line := range strings.Split(strings.TrimSpace(string(table)), "\n")[1:] {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			t.Fatalf("line %d has %d fields", i+2, len(fields))
		}
		traps++
		rest := fields[2]
		for rest != "" && rest != "-" {
			name := ""
			for k := range known {
				if (rest == k || strings.HasPrefix(rest, k+" ")) && len(k) > len(name) {
					name = k
				}
			}
			if name == "" {
				t.Errorf("trap %s: there is no test %q", fields[0], rest)
				break
			}
			rest = strings.TrimPrefix(rest[len(name):], " ")
		}
	}
	if traps != 28+29 {
		t.Errorf("the table has %d traps", traps)
	}
}

// testNames are the tests of this package and its neighbours, and the cases.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	cases, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range cases {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if c, ok := strings.CutPrefix(f.Name, "case "); ok {
				names["case:"+c] = true
			}
		}
	}
	test := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	for prefix, dir := range map[string]string{"": ".", "layout:": "../layout", "diff:": "../../corpus/diff"} {
		files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range test.FindAllStringSubmatch(string(source), -1) {
				names[prefix+m[1]] = true
			}
		}
	}
	return names
}

// TestLongLine edits a paragraph of one line of a megabyte.
func TestLongLine(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "Sentence number %d stands here with *marks*. ", i)
	}
	raw := strings.TrimSpace(b.String()) + "\n"
	doc := checkDocument(t, "long line", []byte(raw))
	if len(doc.Blocks) != 1 {
		t.Fatalf("%d blocks", len(doc.Blocks))
	}
	if doc.Blocks[0].ReadOnly != "" {
		// So many marks in one block are not read as marks; a line without them is.
		raw = strings.ReplaceAll(raw, "*", "")
		doc = checkDocument(t, "long line", []byte(raw))
	}
	const old = "number 9000 stands"
	at := strings.Index(doc.Blocks[0].Text, old)
	out, changes, err := layout.Splice(doc, []layout.Edit{{Block: 0, Span: layout.Span{Start: at, End: at + len(old)}, Text: "number 9000 is"}})
	if err != nil || string(out) != strings.Replace(raw, old, "number 9000 is", 1) {
		t.Errorf("the edit makes %d changes: %v", len(changes), err)
	}
}

// TestManySegments edits one of 100,000 sentences and wants all others to stay.
func TestManySegments(t *testing.T) {
	var b strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&b, "First of %d. Second of %d.\n\n", i, i)
	}
	doc := checkDocument(t, "many segments", []byte(b.String()))
	segments := layout.Segments(doc, language.English)
	if len(segments) != 100_000 {
		t.Fatalf("%d segments", len(segments))
	}
	s := segments[77_777]
	out, _, err := layout.Splice(doc, []layout.Edit{{Block: s.Block, Span: s.Span, Text: "# Another."}})
	if err != nil {
		t.Fatal(err)
	}
	again := layout.Segments(Read(out), language.English)
	if len(again) != len(segments) {
		t.Fatalf("%d segments after the edit", len(again))
	}
	for i := range again {
		if want := segments[i].Text; i != 77_777 && again[i].Text != want || i == 77_777 && again[i].Text != "# Another." {
			t.Errorf("segment %d reads %q", i, again[i].Text)
		}
	}
}

// TestSameTwice wants two blocks with one text to have addresses of their own,
// which an edit of another block does not move.
func TestSameTwice(t *testing.T) {
	doc := Read([]byte("Same words.\n\nOther.\n\nSame words.\n"))
	out, _, err := layout.Splice(doc, []layout.Edit{{Block: 1, Span: layout.Span{End: 6}, Text: "Something else."}})
	if err != nil {
		t.Fatal(err)
	}
	again := Read(out)
	if doc.Blocks[0].Path == doc.Blocks[2].Path || again.Blocks[0].Path != doc.Blocks[0].Path || again.Blocks[2].Path != doc.Blocks[2].Path {
		t.Errorf("addresses are %q and %q, then %q and %q", doc.Blocks[0].Path, doc.Blocks[2].Path, again.Blocks[0].Path, again.Blocks[2].Path)
	}
}

// TestUnreviewed wants the passages that are not reviewed to be listed in order,
// each with its sort.
func TestUnreviewed(t *testing.T) {
	doc := Read([]byte("---\na: b\n---\n\nText.\n\n<div>\nx\n</div>\n\n    one\n\n    two\n\n[r]: /u\n"))
	var got []string
	for _, p := range doc.Unreviewed() {
		got = append(got, p.Name+" "+strconv.Quote(string(doc.Raw[p.Raw.Start:p.Raw.End])))
	}
	want := []string{`front-matter "---\na: b\n---\n"`, `html "<div>\nx\n</div>\n"`, `code "one\n\n    two\n"`, `definition "[r]: /u"`}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("not reviewed are %s", strings.Join(got, "; "))
	}
}

// inputs names the number of files that TestRandomFiles makes up.
const inputs = "REVISEUR_RANDOM_FILES"

// crumbs are what random files are made of.
var crumbs = []string{"a", "b c", "文", "字。", " ", "  ", "    ", "\n", "\n", "\n\n", "\r\n", "\r", "\t", "*", "**", "_", "`", "``", "```\n", "~~", "[", "]", "](", ")", "[^1]", "[^1]: ", "[r]: /u\n", "|", "|-|\n", "> ", "- ", "1. ", "# ", "===\n", "---\n", "+++\n",
	"<div>\n", "</div>", "<!--", "-->", "&amp;", "&#42;", "&nbsp;", "\\", "\\\n", "  \n", "{{< a >}}", "{% b %}", "{: .c}", "$x^2$", "- [ ] ", "\ufeff", "\u3000", "\u00a0", "\u2028", "\u0085", "\x00", "\xff", "\xe6\x96", "\U000f0001", "!", "![a](b)", "<http://a.b>", ": d\n", "。”"}

// TestRandomFiles reads made-up files: each comes back byte for byte, and every
// byte is accounted for.
func TestRandomFiles(t *testing.T) {
	n := 5_000
	if s := os.Getenv(inputs); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	r := rand.New(rand.NewPCG(7, 2026))
	blocks, invalid := 0, 0
	for i := range n {
		var b strings.Builder
		for range 1 + r.IntN(24) {
			b.WriteString(crumbs[r.IntN(len(crumbs))])
		}
		raw := []byte(b.String())
		if r.IntN(8) == 0 {
			raw[r.IntN(len(raw))] = byte(r.IntN(256))
		}
		doc := checkDocument(t, strconv.Quote(string(raw)), raw)
		blocks += len(doc.Blocks)
		if strings.ToValidUTF8(string(raw), "") != string(raw) {
			invalid++
		}
		if t.Failed() {
			t.Fatalf("input %d", i)
		}
	}
	t.Logf("%d files, %d with invalid UTF-8, %d blocks", n, invalid, blocks)
}
