package check

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check/phrases"
)

// TestGoodRenderings puts every rendering in use beside every spelling of its
// phrase, and alone: nothing may be found, by this phrase or by those inside it.
func TestGoodRenderings(t *testing.T) {
	only := []*Check{phraseCalque}
	for _, e := range phrases.Builtin().Entries() {
		for _, good := range e.Good {
			for _, in := range []Input{unit(e.Chinese[0], good), unit(e.Chinese[len(e.Chinese)-1], good), unit("", good)} {
				for _, f := range Run(in, only).Findings {
					t.Errorf("%s: %q, %q: %s", e.ID, in.Source, good, Text(f, language.English))
				}
			}
		}
	}
}

// TestFixes puts the fix of every entry that has one in the place of each of
// its wrong renderings, and looks again.
func TestFixes(t *testing.T) {
	only, fixes := []*Check{phraseCalque}, 0
	for _, e := range phrases.Builtin().Entries() {
		for _, bad := range e.Bad {
			in := unit(e.Chinese[0], "It is said that the "+bad+" is here.")
			for _, f := range Run(in, only).Findings {
				if f.Fix == nil || f.Args[3] != e.ID {
					continue
				}
				fixes++
				in.Target = in.Target[:f.Fix.Span.Start] + f.Fix.Text + in.Target[f.Fix.Span.End:]
				if again := Run(in, only).Findings; len(again) > 0 {
					t.Errorf("%s: fixed to %q: %s", e.ID, in.Target, Text(again[0], language.English))
				}
				break
			}
		}
	}
	if fixes < 500 {
		t.Errorf("%d fixes", fixes)
	}
}

func TestOffPhrases(t *testing.T) {
	for _, in := range []Input{unit("社会治安", "social security"), unit("", "120 evil groups")} {
		found := Run(in, []*Check{phraseCalque}).Findings
		if len(found) != 1 || len(found[0].Args) != 4 {
			t.Fatalf("%q: %+v", in.Target, found)
		}
		in.OffPhrases = []string{found[0].Args[3]}
		if again := Run(in, []*Check{phraseCalque}).Findings; len(again) > 0 {
			t.Errorf("%q: %s though it is switched off", in.Target, Text(again[0], language.English))
		}
	}
	if f := Run(unit("社会治安", "social security"), []*Check{phraseCalque}).Findings[0]; f.Severity != corpus.Major || len(f.Source) != 1 {
		t.Errorf("%+v", f)
	}
	if f := Run(unit("", "evil groups"), []*Check{phraseCalque}).Findings[0]; f.Severity != corpus.Minor {
		t.Errorf("without a source: %+v", f)
	}
}
