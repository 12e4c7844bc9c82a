package markdown

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestWrite writes every hostile string as a paragraph, as a heading and as the
// second line of each, and wants readers to see it as it is.
func TestWrite(t *testing.T) {
	escaped := 0
	for _, h := range hostileStrings(t) {
		line := strings.TrimSpace(strings.Join(strings.Fields(h), " "))
		if line == "" || strings.ContainsAny(line, "\x00\u2028\u0085\ufeff") || !utf8.ValidString(line) {
			continue // refused, or no part of a line
		}
		list := []Prose{
			{Lines: []string{line}}, {Level: 3, Lines: []string{line}}, {Lines: []string{"Words", line}}, {Lines: []string{line, "words"}, Hard: true}, {Lines: []string{"End."}},
		}
		out, err := Write(list, "\n")
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		escaped += out.Escaped
		if got := rendered(t, out.Raw); strings.Count(squeeze(got), squeeze(line)) < 4 {
			t.Errorf("%q is written as %q, rendered as %q", line, out.Raw, got)
		}
	}
	if escaped == 0 {
		t.Error("nothing was escaped")
	}
}

func TestWriteCases(t *testing.T) {
	for _, c := range []struct {
		list []Prose
		want string
	}{
		{nil, ""},
		{[]Prose{{Level: 1, Lines: []string{"Title"}}, {Lines: []string{"One", "two."}}}, "# Title\n\nOne\ntwo.\n"},
		{[]Prose{{Lines: []string{"1 Main Street", "Town"}, Hard: true}}, "1 Main Street\\\nTown\n"},
		{[]Prose{{Lines: []string{"---"}}, {Lines: []string{"title: x"}}, {Lines: []string{"---"}}}, "\\---\n\ntitle: x\n\n\\---\n"},
		{[]Prose{{Lines: []string{"Text", "==="}}}, "Text\n\\===\n"},
		{[]Prose{{Level: 2, Lines: []string{"C#"}}, {Level: 2, Lines: []string{"C #"}}}, "## C#\n\n## C \\#\n"},
	} {
		out, err := Write(c.list, "\n")
		if err != nil || string(out.Raw) != c.want {
			t.Errorf("%+v is written as %q, %v; want %q", c.list, out.Raw, err, c.want)
		}
	}
}
