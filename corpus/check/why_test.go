package check

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestWhy says a finding among the reasons, in both languages, and says nothing
// of an empty target.
func TestWhy(t *testing.T) {
	in := unit("追回资金90亿元。", "Some 90 billion yuan was recovered.")
	r := Run(in, All())
	en, zh := Why(in, r.Findings, language.English), Why(in, r.Findings, language.Chinese)
	if len(en) == 0 || len(en) > whySaid || len(en) != len(zh) {
		t.Fatalf("Why = %q and %q", en, zh)
	}
	if !slices.Contains(en, numberScale.Doc.Title.EN) || !slices.Contains(zh, numberScale.Doc.Title.ZH) {
		t.Errorf("Why = %q and %q do not name the finding", en, zh)
	}
	if got := Why(unit("没有。", " "), nil, language.English); len(got) > 0 {
		t.Errorf("Why of nothing = %q", got)
	}
	long := unit("", strings.Repeat("The committee, which met, said that it had met, and so on, ", 12)+"and ended.")
	if got := Why(long, nil, language.English); len(got) > whySaid {
		t.Errorf("Why says %d reasons", len(got))
	}
}
