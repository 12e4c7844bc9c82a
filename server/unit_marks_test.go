package server

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestUnseenMarks looks at a finding on characters that do not show: they are
// named on the page, and the text under the name is still the text.
func TestUnseenMarks(t *testing.T) {
	o := newOffice(t)
	doc := o.take("plan.md", "本区规划已获批准。\n", "The provin\u200b\u00adcial plan was approved.\n")
	unit := o.unit(doc, "plan")
	page := o.get("he", documentPath(doc, "?at="+string(unit))).ok()
	page.has(`#u-` + string(unit) + ` .words mark.find.minor .unseen-sign[data-points="U+200B U+00AD"]`)
	page.says("#panel .card.find", "Invisible characters: U+200B U+00AD.")
	if got, want := page.text(".words .unseen-sign"), "\u200b\u00ad"; got != want {
		t.Errorf("the sign holds %q, want %q: offsets in the browser would shift", got, want)
	}
	o.get("he", documentPath(doc, "/checks/text.hidden")).ok().has(`.checked .unseen-sign[data-points="U+200B U+00AD"]`)
}

func TestUnseenPoints(t *testing.T) {
	marks := func(start, end int) []mark {
		return []mark{{corpus.Span{Start: start, End: end}, markFinding, corpus.Minor, ""}}
	}
	test := func(text string, marks []mark, want string) {
		t.Helper()
		got := ""
		for _, p := range pieces(text, nil, marks) {
			got += p.Unseen
		}
		if got != want {
			t.Errorf("pieces(%+q) name %q, want %q", text, got, want)
		}
	}
	test("a\u202eb", marks(1, 4), "U+202E")
	test("a\u202eb", marks(0, 4), "") // a letter shows where the mark is
	test("a\u202eb", nil, "")         // nothing is said of it
	test("a\U000F0002b", marks(1, 5), "")
	test("a\U000E0041b", marks(1, 5), "U+E0041")
}
