package sample

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestFiles(t *testing.T) {
	want := []string{
		"briefing.en.md", "briefing.zh.md", "bulletin.en.txt", "notice.en.md", "notice.run2.en.md",
		"notice.v2.en.md", "notice.v2.zh.md", "notice.zh.md", "regulation.en.md", "regulation.zh.md",
		"whitepaper.en.md", "whitepaper.zh.md",
	}
	entries, err := fs.ReadDir(Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
		if text := read(t, e.Name()); !utf8.ValidString(text) || strings.Contains(text, "\r") {
			t.Errorf("%s is not plain UTF-8 with line feeds", e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("Files holds %q, want %q", got, want)
	}
}

// A target has the blocks of its source, in the same order, so that what is
// shown side by side belongs together.
func TestSameBlocks(t *testing.T) {
	shape := func(name string) (kinds []string) {
		for block := range strings.SplitSeq(strings.TrimSpace(read(t, name)), "\n\n") {
			for line := range strings.SplitSeq(block, "\n") {
				mark, _, _ := strings.Cut(strings.TrimLeft(line, " "), " ")
				if strings.Trim(mark, "#-|>123456789.") != "" {
					mark = "text"
				}
				kinds = append(kinds, mark[:min(len(mark), 4)])
			}
		}
		return kinds
	}
	for _, pair := range [][2]string{
		{"briefing.zh.md", "briefing.en.md"},
		{"regulation.zh.md", "regulation.en.md"},
		{"notice.zh.md", "notice.en.md"},
		{"notice.zh.md", "notice.run2.en.md"},
		{"notice.v2.zh.md", "notice.v2.en.md"},
	} {
		if source, target := shape(pair[0]), shape(pair[1]); !slices.Equal(source, target) {
			t.Errorf("%s has the blocks %q, %s %q", pair[0], source, pair[1], target)
		}
	}
}

// The plain text is to be as awkward as such files are.
func TestBulletinIsRough(t *testing.T) {
	text := read(t, "bulletin.en.txt")
	if strings.HasSuffix(text, "\n") {
		t.Error("bulletin.en.txt ends with a line feed, want none")
	}
	if !strings.Contains(text, "\n\n  ") {
		t.Error("bulletin.en.txt has no paragraph that starts with blanks")
	}
}

func TestDefects(t *testing.T) {
	lists, err := filepath.Glob("testdata/defects/*.txt")
	if err != nil || len(lists) != 5 {
		t.Fatalf("testdata/defects holds %d lists (%v), want 5", len(lists), err)
	}
	for _, list := range lists {
		data, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "#") {
				continue
			}
			count++
			fields := strings.Split(line, "\t")
			if len(fields) != 4 {
				t.Errorf("%s: %q has %d fields, want file, category, check and quotation", list, line, len(fields))
				continue
			}
			file, category, quote := fields[0], fields[1], fields[3]
			if document, _, _ := strings.Cut(file, "."); document+".txt" != path.Base(list) {
				t.Errorf("%s lists a defect of %s", list, file)
			}
			if _, err := corpus.ParseCategory(category); err != nil {
				t.Errorf("%s: %v", list, err)
			}
			if n := strings.Count(read(t, file), quote); n != 1 {
				t.Errorf("%s: %q occurs %d times in %s, want once", list, quote, n, file)
			}
		}
		if count < 12 {
			t.Errorf("%s lists %d defects, want 12 or more", list, count)
		}
	}
}
