package check

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// unitCase is a block of testdata/<check>.txt:
//
//	bad | good
//	kind heading          (optional)
//	margin 7              (optional: of the pairing)
//	prev …                (optional: the target before)
//	zh …                  (optional source)
//	en …
//	term 来源 | wanted | ~admitted | ?outdated | !forbidden (optional, of the glossary, any number)
//	at …                  (bad only: the passage found)
//	fix …                 (bad only, optional: the whole target after the fix)
//	severity major        (bad only, optional)
//
// "⟨b⟩" stands for a placeholder of markup.
type unitCase struct {
	good    bool
	in      Input
	terms   []corpus.Term
	at, fix string
	// severity is "" where any will do.
	severity string
	line     int
}

func readCases(t *testing.T, path string) []unitCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []unitCase
	for n, line := range strings.Split(string(data), "\n") {
		key, value, _ := strings.Cut(line, " ")
		value = strings.ReplaceAll(value, "⟨b⟩", "\U000F0001")
		if key == "bad" || key == "good" {
			cases = append(cases, unitCase{good: key == "good", line: n + 1, in: Input{SourceLang: language.Chinese, TargetLang: language.English}})
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		if len(cases) == 0 {
			t.Fatalf("%s:%d: %q before any case", path, n+1, line)
		}
		c := &cases[len(cases)-1]
		switch key {
		case "kind":
			c.in.Kind = value
		case "margin":
			m, err := strconv.ParseFloat(value, 64)
			if err != nil {
				t.Fatalf("%s:%d: %v", path, n+1, err)
			}
			c.in.Margin = m
		case "severity":
			c.severity = value
		case "prev":
			c.in.Previous = value
		case "zh":
			c.in.Source = value
		case "en":
			c.in.Target = value
		case "term":
			c.terms = append(c.terms, readTerm(value))
		case "at":
			c.at = value
		case "fix":
			c.fix = value
		default:
			t.Fatalf("%s:%d: unknown line %q", path, n+1, line)
		}
	}
	return cases
}

// readTerm reads a term: its source, then what it may and may not be called.
func readTerm(line string) corpus.Term {
	parts := strings.Split(line, " | ")
	var t corpus.Term
	for _, text := range strings.Split(parts[0], " = ") {
		t.Source = append(t.Source, corpus.Designation{Text: text, Status: corpus.TermPreferred})
	}
	signs := map[byte]corpus.TermStatus{'~': corpus.TermAdmitted, '?': corpus.TermDeprecated, '!': corpus.TermForbidden}
	for _, text := range parts[1:] {
		d := corpus.Designation{Text: text, Status: corpus.TermPreferred}
		if status, ok := signs[text[0]]; ok {
			d = corpus.Designation{Text: text[1:], Status: status}
		}
		t.Target = append(t.Target, d)
	}
	return t
}

func TestCases(t *testing.T) {
	for _, k := range registry {
		t.Run(k.ID, func(t *testing.T) {
			path := filepath.Join("testdata", k.ID+".txt")
			bad, good := 0, 0
			for _, c := range readCases(t, path) {
				c.in.Terms = NewTermbase(c.terms, c.in.SourceLang, c.in.TargetLang)
				r := Run(c.in, []*Check{k})
				if len(r.Failed) > 0 {
					t.Errorf("%s:%d: the check broke down", path, c.line)
				}
				if c.good {
					good++
					for _, f := range r.Findings {
						t.Errorf("%s:%d: found %q in a good case", path, c.line, Text(f, language.English))
					}
					continue
				}
				bad++
				if len(r.Findings) == 0 {
					t.Errorf("%s:%d: found nothing in %q", path, c.line, c.in.Target)
					continue
				}
				f := r.Findings[0]
				if at := c.in.Target[f.Target[0].Start:f.Target[0].End]; c.at != "" && at != c.at {
					t.Errorf("%s:%d: found %q, want %q", path, c.line, at, c.at)
				}
				if got := f.Severity.String(); c.severity != "" && got != c.severity {
					t.Errorf("%s:%d: severity %s, want %s", path, c.line, got, c.severity)
				}
				fixed := ""
				if f.Fix != nil {
					fixed = c.in.Target[:f.Fix.Span.Start] + f.Fix.Text + c.in.Target[f.Fix.Span.End:]
				}
				if c.fix != "" && fixed != c.fix {
					t.Errorf("%s:%d: fixed to %q, want %q", path, c.line, fixed, c.fix)
				}
			}
			if bad == 0 || good == 0 {
				t.Errorf("%s: %d bad and %d good cases, want some of each", path, bad, good)
			}
		})
	}
}
