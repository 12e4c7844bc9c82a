package markdown

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedData holds test input that is not part of this repository.
const sharedData = "../../../shared/data"

type example struct {
	name string
	text string
}

// specExamples reads the examples of a CommonMark-style specification.
func specExamples(t testing.TB, file string) []example {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(sharedData, "markdown", file))
	if err != nil {
		t.Log("the specification is not there:", err)
		t.Skip("no shared data")
	}
	var out []example
	var lines []string
	state := 0
	for _, line := range strings.Split(string(raw), "\n") {
		switch {
		case strings.HasPrefix(line, strings.Repeat("`", 32)+" example"):
			state, lines = 1, nil
		case state > 0 && line == strings.Repeat("`", 32):
			state = 0
			text := strings.Join(lines, "\n")
			if len(lines) > 0 {
				text += "\n"
			}
			out = append(out, example{file + "#" + itoa(len(out)+1), strings.ReplaceAll(text, "→", "\t")})
		case state == 1 && line == ".":
			state = 2
		case state == 1:
			lines = append(lines, line)
		}
	}
	return out
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

var specFiles = []struct {
	file string
	n    int
}{
	{"commonmark-spec.txt", 655},
	{"gfm-spec.txt", 673},
	{"gfm-extensions.txt", 28},
}

func allExamples(t testing.TB) []example {
	var out []example
	for _, s := range specFiles {
		es := specExamples(t, s.file)
		if len(es) != s.n {
			t.Errorf("%s has %d examples, want %d", s.file, len(es), s.n)
		}
		out = append(out, es...)
	}
	return out
}

// hostileStrings are texts that mean something to Markdown.
func hostileStrings(t testing.TB) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(sharedData, "markdown", "hostile.jsonl"))
	if err != nil {
		t.Log("the hostile strings are not there:", err)
		t.Skip("no shared data")
	}
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		var row struct {
			Text   string
			Base64 []byte
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Base64 != nil {
			row.Text = string(row.Base64)
		}
		out = append(out, row.Text)
	}
	if len(out) != 62 {
		t.Errorf("%d hostile strings, want 62", len(out))
	}
	return out
}

// documents are real files.
func documents(t testing.TB) []example {
	t.Helper()
	var out []example
	for _, dir := range []string{"docs", "seed"} {
		err := filepath.WalkDir(filepath.Join(sharedData, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			out = append(out, example{path, string(raw)})
			return err
		})
		if err != nil {
			t.Log("the documents are not there:", err)
			t.Skip("no shared data")
		}
	}
	return out
}

// variants are the same text as different systems store it.
func variants(text string) map[string]string {
	return map[string]string{
		"LF":               text,
		"CRLF":             strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":               strings.ReplaceAll(text, "\n", "\r"),
		"BOM":              "\uFEFF" + text,
		"no final newline": strings.TrimSuffix(text, "\n"),
		"front matter":     "---\ntitle: An act\n---\n" + text,
	}
}
