package segmenter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestSentences runs testdata/sentences, a file a language. Each paragraph is a
// text and each of its lines a sentence. They are joined by a space, in Chinese
// and Japanese by nothing. A line that begins with # is a comment.
func TestSentences(t *testing.T) {
	paths, err := filepath.Glob("testdata/sentences/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no sentences", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tag := language.MustParse(strings.TrimSuffix(filepath.Base(path), ".txt"))
		joint := " "
		if base, _ := tag.Base(); base.String() == "zh" || base.String() == "ja" {
			joint = ""
		}
		p := For(tag)
		for paragraph := range strings.SplitSeq(string(data), "\n\n") {
			var want []string
			for line := range strings.Lines(paragraph) {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
					want = append(want, line)
				}
			}
			text := strings.Join(want, joint)
			var got []string
			for s := range p.All(text) {
				got = append(got, text[s.Start:s.End])
			}
			if g := strings.Join(got, " ¦ "); g != strings.Join(want, " ¦ ") {
				t.Errorf("%s: All(%q) =\n%s\nwant\n%s", filepath.Base(path), text, g, strings.Join(want, " ¦ "))
			}
			checkText(t, p, text)
		}
	}
}
