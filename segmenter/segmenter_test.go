package segmenter

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var chip = regexp.MustCompile(`⟨(/?)(\d+)⟩`)

// placeholders turns ⟨1⟩ and ⟨/1⟩ into the code points that stand for tokens.
func placeholders(s string) string {
	return chip.ReplaceAllStringFunc(s, func(m string) string {
		part := chip.FindStringSubmatch(m)
		n, _ := strconv.Atoi(part[2])
		r := rune(firstPlaceholder + 2*n)
		if part[1] != "" {
			r++
		}
		return string(r)
	})
}

// used counts, while the cases run, the candidates that each rule decided.
type used [numRules]int

// TestCases runs testdata/cases. A file holds cases divided by ===, each of
// a name, the text, --- and its sentences. The language is the file's name, or
// stands before the case's name. Each rule has to decide somewhere.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	var count used
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		for c := range strings.SplitSeq(string(data), "===\n") {
			head, rest, _ := strings.Cut(c, "\n")
			name := strings.TrimPrefix(head, "# ")
			if l, n, ok := strings.Cut(name, ": "); ok && lang == "others" {
				testCase(t, &count, l, n, rest)
				continue
			}
			testCase(t, &count, lang, name, rest)
		}
	}
	for r := RuleNone + 1; r < numRules; r++ {
		if count[r] == 0 {
			t.Errorf("no case needs the rule %v", r)
		}
	}
}

func testCase(t *testing.T, count *used, lang, name, body string) {
	t.Run(lang+"/"+name, func(t *testing.T) {
		text, sentences, ok := strings.Cut(body, "\n---\n")
		if !ok {
			t.Fatal("a case without sentences")
		}
		text = placeholders(text)
		want := placeholders(strings.TrimSpace(sentences))
		var got []string
		p := For(language.Make(lang))
		for s := range p.All(text) {
			got = append(got, text[s.Start:s.End])
		}
		if g := strings.Join(got, "\n"); g != want {
			t.Errorf("All(%q) =\n%s\nwant\n%s", text, strings.Join(got, " ¦ "), want)
		}
		checkText(t, p, text)
		for _, c := range p.Explain(text) {
			count[c.Rule]++
		}
	})
}

func TestAppendSpans(t *testing.T) {
	test := func(text string, ends LineEnds, want ...string) {
		t.Helper()
		var got []string
		for _, s := range For(language.English).AppendSpans(nil, text, ends) {
			got = append(got, text[s.Start:s.End])
		}
		if strings.Join(got, "¦") != strings.Join(want, "¦") {
			t.Errorf("AppendSpans(%q, %v) = %q, want %q", text, ends, got, want)
		}
	}
	test("", SoftLineEnds)
	test(" \n", SoftLineEnds, " \n")
	test("\ufeff  One. Two.\n", SoftLineEnds, "\ufeff  One. ", "Two.\n")
	test("One\r\ntwo.\r\n\r\nThree", SoftLineEnds, "One\r\ntwo.\r\n\r\n", "Three")
	test("One\r\ntwo.\r\n\r\nThree", HardLineEnds, "One\r\n", "two.\r\n\r\n", "Three")

	dst := For(language.English).AppendSpans([]Span{{Start: 3, End: 9}}, " One. Two.", SoftLineEnds)
	if len(dst) != 3 || dst[0].End != 9 || dst[1].Start != 0 {
		t.Errorf("AppendSpans after a span of another text = %v", dst)
	}
}
