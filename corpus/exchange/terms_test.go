package exchange

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func word(text string, status corpus.TermStatus) corpus.Designation {
	return corpus.Designation{Text: text, Status: status}
}

// sampleTerms has everything that an entry can hold, and what a table could
// mistake: signs of its own and of spreadsheets.
func sampleTerms() []corpus.Term {
	return []corpus.Term{
		{
			Source: []corpus.Designation{word("社会治安", corpus.TermPreferred), word("治安", corpus.TermAdmitted), word("旧称", corpus.TermDeprecated)},
			Target: []corpus.Designation{word("public order", corpus.TermPreferred), word("law and order", corpus.TermAdmitted), word("social security", corpus.TermForbidden), word("a|b", corpus.TermForbidden)},
			Note:   "Circular 7, “art. 2”; see\nbelow", Subject: "policing", Definition: "not 社会保障",
		},
		{Source: []corpus.Designation{word("=1+1", corpus.TermPreferred)}, Target: []corpus.Designation{word("-2", corpus.TermDeprecated)}, Note: "'@x", Definition: `back\slash`},
	}
}

func TestTermsRoundTrip(t *testing.T) {
	for name, write := range map[string]func(*bytes.Buffer) error{
		"t.csv":  func(b *bytes.Buffer) error { return WriteTermsCSV(b, sampleTerms()) },
		"t.xlsx": func(b *bytes.Buffer) error { return WriteTermsXLSX(b, sampleTerms()) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if name == "t.csv" {
			for _, line := range strings.Split(b.String(), "\n") {
				for _, cell := range strings.Split(line, ",") {
					if formulaLike(strings.Trim(cell, "\ufeff\"")) {
						t.Errorf("the cell %q would be a formula", cell)
					}
				}
			}
		}
		got, err := ReadTerms(name, b.Bytes())
		if err != nil || len(got.Refused) > 0 {
			t.Fatalf("ReadTerms(%s): %v, refused %q", name, err, got.Refused)
		}
		if want := sampleTerms(); !reflect.DeepEqual(got.Terms, want) {
			t.Errorf("ReadTerms(%s) = %+v, want %+v", name, got.Terms, want)
		}
	}
}

func TestReadTerms(t *testing.T) {
	test := func(table string, want int, refused ...string) {
		t.Helper()
		got, err := ReadTerms("g.csv", []byte(table))
		if err != nil {
			t.Errorf("ReadTerms(%q): %v", table, err)
			return
		}
		if len(got.Terms) != want || len(got.Refused) != len(refused) {
			t.Errorf("ReadTerms(%q): %d terms, refused %q; want %d and %q", table, len(got.Terms), got.Refused, want, refused)
			return
		}
		for i, r := range refused {
			if !strings.HasPrefix(got.Refused[i], r) {
				t.Errorf("ReadTerms(%q) refused %q, want %q", table, got.Refused[i], r)
			}
		}
	}
	test("source,target\n法治,rule of law\n", 1)
	test("\ufeffSource;Target\r\n法治;rule of law\r\n\r\n", 1)
	test("原文\t禁用译法\n法治\tlaw rule\n", 1)
	test("target,source\nrule of law | law-based governance,法治\n", 1)
	test("source,target\n法治,\n,rule\n人大,NPC\n", 1, "g.csv:2: the term", "g.csv:3: a term needs")
	test("source,target\n法治,rule of law\n法治,law\n", 1, "g.csv:3: 法治 stands in line 2 already")
	test("source,target,subject\n法治,rule of law,a\n法治,law,b\n", 2)
	test("source,target\n\"法\n治\",rule\n二,two,three\n", 1, "g.csv:4: the row has more cells")
	test("source,target\n法\u202e治,rule of law\n", 0, "g.csv:2: the designation")

	bad := func(name, table, want string) {
		t.Helper()
		_, err := ReadTerms(name, []byte(table))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("ReadTerms(%s, %q): %v, want %q", name, table, err, want)
		}
	}
	bad("g.csv", "", "g.csv:1: the table is empty")
	bad("g.csv", "source,translation\n", `g.csv:1: no column "translation"`)
	bad("g.csv", "source,note\n", "g.csv:1: a table of terms needs")
	bad("g.csv", "source,source,target\n", `g.csv:1: the column "source" is there twice`)
	bad("g.csv", "source,target\n法,\"x\" y\n", "g.csv:2: the row cannot be read")
	bad("g.csv", "source,target\n\xb7\xa8,law\n", "g.csv:2: this is not UTF-8")
	bad("g.xlsx", "PK\x03\x04 nothing", "g.xlsx:1: this is no XLSX workbook")
	bad("g.pdf", "x", "g.pdf:1: terms come as CSV or XLSX")
}

// TestGuard takes cells through the guard against formulas and back.
func TestGuard(t *testing.T) {
	for _, cell := range []string{"", "a", "=1", "+x", "-", "@y", "\tz", "\rz", "'", "'=", "''+", "'a", "don't", "=HYPERLINK(\"x\")"} {
		out := guarded(cell)
		if formulaLike(out) || unguarded(out) != cell {
			t.Errorf("guarded(%q) = %q, which comes back as %q", cell, out, unguarded(out))
		}
	}
}

func FuzzReadTerms(f *testing.F) {
	f.Add("source,target\n法治,rule of law\n")
	f.Add("原文;译文\n\"a|b\";\\|\n")
	f.Fuzz(func(t *testing.T, table string) {
		got, err := ReadTerms("f.csv", []byte(table))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteTermsCSV(&b, got.Terms); err != nil {
			t.Fatal(err)
		}
		again, err := ReadTerms("f.csv", b.Bytes())
		if err != nil || len(again.Refused) > 0 || len(again.Terms) != len(got.Terms) {
			t.Fatalf("what was written cannot be read: %v, %q", err, again.Refused)
		}
	})
}
