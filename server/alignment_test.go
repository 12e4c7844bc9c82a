package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestAlignmentPage(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	amount := o.unit(doc, "billion")
	page := o.get("lin", documentPath(doc, "/alignment?at="+string(amount))).ok()
	page.has(`.pair[aria-current] svg.links line`, `.pairfoot button[data-action="pair-target-up"]`, `.chip[aria-current]`).lacks(`[data-action="pair-confirm"]`)
	page.says(".pair[aria-current] .side", "涉案金额90亿元。")
	page.says(".pair[aria-current] .about", "figure") // the reason, in words
	if got := page.all(".pair"); len(got) != 4 {
		t.Errorf("%d pairs", len(got))
	}
	o.get("he", documentPath(doc, "/alignment")).ok().has(`[data-action="pair-confirm"]`)
	o.get("wu", documentPath(doc, "/alignment")).ok().has(".pair").lacks("[data-repairs]")
	o.get("stranger", documentPath(doc, "/alignment")).is(http.StatusNotFound)
	alone := o.take("alone.md", "", "# Notice\n\nA text without its source.\n")
	o.get("lin", documentPath(alone, "/alignment")).ok().says(".notice", "No original").has(`[data-action="pair-merge"]`).lacks(`[data-action="pair-cross"]`, "svg.links")
	o.get("lin", documentPath(alone, "/alignment?filter=doubtful")).ok().has(".empty")
}

// TestRepairForms does every repair by its form, from the alignment page and
// from the workbench, and takes each back.
func TestRepairForms(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	count := func(want int) {
		t.Helper()
		if got := len(o.get("bai", documentPath(doc, "/alignment")).ok().all(".pair")); got != want {
			t.Errorf("%d pairs, want %d", got, want)
		}
	}
	undo := func() { o.fill("bai", documentPath(doc, "/undo"), "from", fromAlignment).to() }
	for _, c := range []struct {
		act   string
		pairs []string
		units int // afterwards
		done  string
	}{
		{"merge", []string{"with", "next"}, 3, "merge"},
		{"merge", []string{"with", "previous"}, 3, "merge"},
		{"shift", []string{"move", "target-down"}, 4, "shift"},
		{"shift", []string{"move", "target-up"}, 4, "shift"},
		{"shift", []string{"move", "source-down"}, 4, "shift"},
		{"shift", []string{"move", "source-up"}, 4, "shift"},
		{"unlink", nil, 5, "unlink"},
		{"cross", nil, 4, "cross"},
		{"realign", []string{"pin", "1"}, 4, "pin"},
		{"confirm", nil, 4, "confirm"},
	} {
		for _, from := range []string{fromAlignment, ""} {
			amount := o.unit(doc, "billion")
			to := o.fill("bai", documentPath(doc, "/units/"+string(amount)+"/"+c.act), append([]string{"from", from, "filter", "all"}, c.pairs...)...).to()
			if !strings.Contains(to, "done="+c.done) || strings.Contains(to, "/alignment?") != (from == fromAlignment) {
				t.Errorf("%s %v from %q leads to %s", c.act, c.pairs, from, to)
			}
			o.get("bai", strings.Split(to, "#")[0]).ok().has(".notice")
			count(c.units)
			undo()
			count(4)
		}
	}
	amount := o.unit(doc, "billion")
	unit := func(id corpus.UnitID, act string) string { return documentPath(doc, "/units/"+string(id)+"/"+act) }
	o.fill("lin", unit(amount, "realign"), "from", fromAlignment).to() // nothing to change
	o.fill("lin", unit(amount, "realign"), "with", "x").is(http.StatusUnprocessableEntity)
	o.fill("lin", unit(amount, "realign"), "with", "99").is(http.StatusNotFound)
	o.fill("lin", unit(amount, "shift"), "move", "sideways").is(http.StatusUnprocessableEntity)
	o.fill("lin", unit(amount, "split"), "sentences", "1").is(http.StatusUnprocessableEntity) // one sentence on each side
	o.fill("lin", unit(amount, "unmatched")).is(http.StatusUnprocessableEntity)
	o.fill("lin", unit(amount, "confirm")).is(http.StatusForbidden)
	o.fill("wu", unit(amount, "shift"), "move", "target-up").is(http.StatusForbidden)

	// Joined, then cut behind the first sentences: the pairs are what they were.
	o.fill("lin", unit(amount, "merge"), "with", "next", "from", fromAlignment).to()
	o.fill("lin", unit(o.unit(doc, "billion"), "split"), "sentences", "1", "from", fromAlignment).to()
	count(4)
	// What is left out becomes a flag in one act.
	o.fill("lin", unit(o.unit(doc, "billion"), "unlink"), "from", fromAlignment).to()
	page := o.get("lin", documentPath(doc, "/alignment?filter=unmatched")).ok()
	page.has(".pair.confirmed .absent", "line.stub")
	added := o.unit(doc, "billion")
	o.fill("lin", unit(added, "unmatched"), "from", fromAlignment, "filter", "unmatched").to()
	rec := corpus.Record{}
	o.must(o.store.View(t.Context(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(added)
		return err
	}))
	if f := rec.OpenFlags(); len(f) != 1 || f[0].Category != corpus.Addition {
		t.Errorf("the flag: %+v", f)
	}
}
