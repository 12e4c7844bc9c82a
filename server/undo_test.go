package server

import (
	"net/http"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// A batch over two documents is an act on each: the queue offers to take back
// either, by name, and shows itself again.
func TestUndoBatch(t *testing.T) {
	o := newOffice(t)
	one, two := o.take("one.md", portSource, portTarget), o.take("two.md", portSource, portTarget)
	first, second := o.unit(one, "34,000"), o.unit(two, "34,000")
	o.propose("lin", first, "They investigated 34,000 smuggling cases.")
	o.propose("lin", second, "They investigated 34,000 smuggling cases.")
	page := o.get("he", o.projectPath("/queue")).ok().has(".alike")
	page = o.press("he", page, "form.alike").ok()
	to := o.press("he", page, "form[action$='/queue/approve']").to()
	page = o.follow("he", to).ok().says(".undo form:nth-child(1)", "in one.md").says(".undo form:nth-child(2)", "in two.md")
	o.wantState(first, corpus.StateApproved)
	o.wantState(second, corpus.StateApproved)
	to = o.press("he", page, ".undo form:nth-child(2)").to()
	o.follow("he", to).ok().says(".notice", "Taken back").has(cardOf(second)).lacks(".undo")
	o.wantState(first, corpus.StateApproved)
	o.wantState(second, corpus.StateProposed)
}

// What does not work names the way back to where it was tried, and shows nobody
// a way into what is not his.
func TestErrorWayBack(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "34,000")
	o.fill("lin", unitPath(doc, unit, "comment"), "text", "").is(http.StatusUnprocessableEntity).has("a.primary[href*='at="+string(unit)+"']").says("a.primary", "notice.md")
	o.get("lin", documentPath(doc, "?n=99")).is(http.StatusNotFound).has("a.primary[href='" + documentPath(doc, "") + "']")
	o.get("lin", o.projectPath("/members")).is(http.StatusForbidden).has("a.primary[href='" + o.projectPath("") + "']")
	o.get("stranger", documentPath(doc, "")).is(http.StatusNotFound).lacks("a.primary")
}
