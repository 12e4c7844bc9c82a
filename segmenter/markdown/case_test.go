package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// TestCases runs the cases in testdata/*.txt. Each case is an archive of files:
//
//	in      a Markdown file, or
//	in.go   the same as a Go string, where line ends and the like matter
//	blocks  what is read: number, kind, address, text of each block
//	do      edits, one a line: set N "text", replace N "old" "new",
//	        delete N ["old"], before|after N paragraph|item "text"
//	out     the file after the edits, or out.go, or
//	refused the reason of each edit that was refused
//
// A case is named by the comment before its first file.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var result txtar.Archive
		result.Comment = archive.Comment
		for i := 0; i < len(archive.Files); {
			j := i + 1
			for j < len(archive.Files) && !strings.HasPrefix(archive.Files[j].Name, "case ") {
				j++
			}
			name, group := archive.Files[i].Name, archive.Files[i+1:j]
			result.Files = append(result.Files, archive.Files[i])
			t.Run(strings.TrimPrefix(name, "case "), func(t *testing.T) {
				result.Files = append(result.Files, runCase(t, group)...)
			})
			i = j
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(&result), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func runCase(t *testing.T, files []txtar.File) []txtar.File {
	var raw []byte
	var do string
	want := make(map[string]string)
	quoted := false
	var out []txtar.File
	for _, f := range files {
		switch f.Name {
		case "in":
			raw = f.Data
		case "in.go":
			s, err := strconv.Unquote(strings.TrimSpace(string(f.Data)))
			if err != nil {
				t.Fatal(err)
			}
			raw, quoted = []byte(s), true
		case "do":
			do = string(f.Data)
		default:
			want[f.Name] = string(f.Data)
			continue
		}
		out = append(out, f)
	}
	doc := checkDocument(t, "in", raw)
	add := func(name, text string) {
		if text != "" {
			out = append(out, txtar.File{Name: name, Data: []byte(text)})
		}
		if w := want[name]; w != text && !*update {
			t.Errorf("%s is\n%s\nwant\n%s", name, text, w)
		}
	}
	add("blocks", listBlocks(doc))
	if do == "" {
		return out
	}
	edits, insertions := parseEdits(t, doc, do)
	res, _, err := layout.Splice(doc, edits, insertions...)
	if err != nil {
		add("refused", err.Error()+"\n")
		return out
	}
	if err := layout.Verify(doc, res, edits, insertions...); err != nil {
		t.Errorf("Verify = %v", err)
	}
	if quoted {
		add("out.go", strconv.Quote(string(res))+"\n")
	} else {
		add("out", string(res))
	}
	return out
}

func listBlocks(doc *layout.Document) string {
	var b strings.Builder
	for i, blk := range doc.Blocks {
		text := strings.NewReplacer("\u00a0", "<nbsp>", "\u3000", "<u3000>", "\ufffd", "<?>", "\u2028", "<u2028>", "\u0085", "<nel>").Replace(layout.Show(blk.Text))
		fmt.Fprintf(&b, "%d %s %s: %s", i, blk.Kind, blk.Path, text)
		if blk.ReadOnly != "" {
			fmt.Fprintf(&b, " (read-only: %s)", blk.ReadOnly)
		}
		b.WriteByte('\n')
	}
	for _, n := range doc.Notices {
		fmt.Fprintf(&b, "notice at %d: %s\n", n.Span.Start, n.Reason)
	}
	return b.String()
}

func parseEdits(t *testing.T, doc *layout.Document, do string) (edits []layout.Edit, insertions []layout.Insertion) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(do), "\n") {
		verb, rest, _ := strings.Cut(line, " ")
		number, rest, _ := strings.Cut(rest, " ")
		i, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		form := layout.NewParagraph
		if verb == "before" || verb == "after" {
			word, more, _ := strings.Cut(rest, " ")
			if word == "item" {
				form = layout.NewItem
			}
			rest = more
		}
		var args []string
		for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
			q, err := strconv.QuotedPrefix(rest)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			s, _ := strconv.Unquote(q)
			args = append(args, layout.Parse(s, doc.Blocks[i].Tokens))
			rest = rest[len(q):]
		}
		b := &doc.Blocks[i]
		find := func(s string) layout.Span {
			at := strings.Index(b.Text, s)
			if at < 0 {
				t.Fatalf("%q: no %q in %q", line, s, b.Text)
			}
			return layout.Span{Start: at, End: at + len(s)}
		}
		all := layout.Span{End: len(b.Text)}
		switch verb {
		case "set":
			edits = append(edits, layout.Edit{Block: i, Span: all, Text: args[0]})
		case "replace":
			edits = append(edits, layout.Edit{Block: i, Span: find(args[0]), Text: args[1]})
		case "delete":
			if len(args) > 0 {
				all = find(args[0])
			}
			edits = append(edits, layout.Edit{Block: i, Span: all, Delete: true})
		case "before", "after":
			insertions = append(insertions, layout.Insertion{Block: i, After: verb == "after", As: form, Text: args[0]})
		default:
			t.Fatalf("%q: unknown verb", line)
		}
	}
	return edits, insertions
}
