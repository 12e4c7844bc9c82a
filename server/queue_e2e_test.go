//go:build e2e

package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// A reviewer goes through the queue by keys alone: returns one with a canned
// reason, puts an edit of his own on top of another, approves a third.
func TestQueueByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	cases, amount, accident := o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "accident")
	o.propose("lin", cases, "They investigated 34,000 smuggling cases.")
	o.propose("lin", amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	o.propose("lin", accident, "No serious accident happened.")
	b := o.open("he")
	b.to(o.projectPath("/queue"))
	b.until("document.querySelectorAll('.item').length === 3 && document.querySelector('.item.now')")
	order := eval[string](b, "[...document.querySelectorAll('.item')].map(e => e.id.slice(2)).join(' ')")
	ids := strings.Split(order, " ")
	first, second, third := corpus.UnitID(ids[0]), corpus.UnitID(ids[1]), corpus.UnitID(ids[2])
	is := func(unit corpus.UnitID) string { return "document.querySelector('#c-" + string(unit) + ".now')" }

	b.press("j", "k", "k")
	b.until(is(first))
	b.press("r")
	b.until("document.activeElement.name === 'canned'")
	b.press(" ", "Control+\r")
	b.until("document.querySelector('.notice') && " + is(second))
	o.wantState(first, corpus.StateReturned)

	b.press("e")
	b.until("document.activeElement.name === 'text'")
	eval[bool](b, "(() => { const f = document.activeElement; f.setSelectionRange(0, f.value.length); return true })()")
	b.do(keyPress("A third wording."))
	b.press("Control+\r")
	b.until(is(third))
	if rec := o.recordOf(second); rec.Latest().Text != "A third wording." || rec.Latest().Author != o.people["he"] {
		t.Errorf("the newest wording is %q", rec.Latest().Text)
	}

	b.keys = 0
	b.press("a")
	b.until("document.querySelector('.notice') && !document.querySelector('#c-" + string(third) + "')")
	o.wantState(third, corpus.StateApproved)
	t.Logf("approve in the queue: %d key", b.keys)
}

// The button of a batch counts what is chosen, and leads to the page on which
// all of it is listed.
func TestQueueBatchInBrowser(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	for _, words := range []string{"34,000", "accident"} {
		_, err := o.desk.Propose(t.Context(), o.people["lin"], workflow.Wording{Unit: o.unit(doc, words), NoChange: true})
		o.must(err)
	}
	b := o.open("he")
	b.to(o.projectPath("/queue?group=no-change"))
	b.until("document.querySelector('[data-batch]').disabled")
	eval[bool](b, "(document.querySelectorAll('input[name=choice]').forEach(c => c.click()), true)")
	b.until("document.querySelector('[data-batch]').textContent.includes('(2)')")
	b.do(chromedp.Click(chromedp.CSS("[data-batch]")))
	b.until("document.querySelectorAll('.listed li').length === 2")
	b.do(chromedp.Click(chromedp.CSS("form[action$='/approve'] button")))
	b.until("document.querySelector('.notice')?.textContent.includes('2')")
	o.wantState(o.unit(doc, "accident"), corpus.StateApproved)
}

// A stretch is chosen by a click and a click with Shift.
func TestRangeByMouse(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	first, last := o.unit(doc, "34,000"), o.unit(doc, "accident")
	b := o.open("he")
	b.to(documentPath(doc, "/read?pick=1"))
	click := func(unit corpus.UnitID, shift bool) {
		eval[bool](b, fmt.Sprintf("document.querySelector('tr[data-unit=\"%s\"] td:last-child').dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: %t }))", unit, shift))
	}
	click(first, false)
	click(last, true)
	b.until("document.querySelectorAll('tr.in').length === 3")
	b.do(chromedp.Click(chromedp.CSS("form.picking button.primary")))
	b.until("document.querySelectorAll('table.range tr').length === 3")
	b.do(chromedp.Click(chromedp.CSS("form[action$='/accept'] button")))
	b.until("document.querySelector('.notice')")
	o.wantState(first, corpus.StateApproved)
	o.wantState(last, corpus.StateApproved)
	o.wantState(o.unit(doc, "Port notice"), corpus.StateMachine)
}
