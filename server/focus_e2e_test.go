//go:build e2e

package server

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/reviseur/reviseur/corpus"
)

// focused is the element of the page that has the focus, as a test can compare it.
const focused = `(e => e.id || e.name || e.className || e.tagName)(document.activeElement)`

// Whatever somebody does by keyboard, the focus is on something that is there
// and can be seen afterwards, and a voice says what was done.
func TestFocusStays(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit, cases := o.unit(doc, "90 billion"), o.unit(doc, "34,000")
	o.propose("lin", cases, "They investigated 34,000 smuggling cases.")
	b := o.open("he")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.until(now(unit) + "?.querySelector('#editor')")
	after := func(what, done string) {
		t.Helper()
		b.until(done)
		b.until("document.activeElement !== document.body && document.activeElement.isConnected && document.activeElement.getClientRects().length > 0")
		if said := eval[string](b, "document.getElementById('say').textContent"); what != "" && said == "" {
			t.Errorf("after %s nothing was said; the focus is on %s", what, eval[string](b, focused))
		}
	}
	b.press("f", "q", "3", "\r")
	after("flagging", "document.querySelector('#panel .card.flag')")
	b.press("x")
	b.press("\t")
	b.do(keyPress("meant so"))
	b.press("\r")
	after("dismissing", "!document.querySelector('#panel .card.find')")
	b.press("c")
	b.do(keyPress("Look here"))
	b.press("\t", "\r")
	after("commenting", "document.querySelector('#panel .comment')")
	b.press("w")
	after("", "document.getElementById('repair')?.open")
	b.press(kb.Escape)
	after("", "!document.getElementById('repair').open")
	b.press("e", kb.Escape)
	after("", "document.getElementById('editor').hidden")
	b.press("a")
	b.until("!" + now(unit))
	after("accepting", "document.querySelector('#u-"+string(unit)+".approved')")
	b.press("u")
	after("undoing", now(unit)+" && document.querySelector('#u-"+string(unit)+".machine')")
	b.to(documentPath(doc, "?at="+string(cases)))
	b.until(now(cases) + "?.querySelector('#return')")
	b.press("r", "2", "\t", "\t")
	b.do(keyPress("See the source."))
	b.press("\t", "\r")
	after("returning", "document.querySelector('#u-"+string(cases)+".returned')")
	rec := o.record(cases)
	if d := rec.Decisions[len(rec.Decisions)-1]; rec.State() != corpus.StateReturned || len(d.Reason) < len("See the source.")+5 {
		t.Errorf("returned for %q", d.Reason)
	}
}

// A key that somebody chose works, the one of the table no longer does, and the
// hint says the chosen one; with letters switched off only named keys are left.
func TestOwnKeys(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	b := o.open("lin")
	b.to("/settings")
	eval[bool](b, "(document.getElementById('key-flag').value = 'm', document.querySelector('form[action=\"/settings/keys\"] button.primary').click(), true)")
	b.until("document.querySelector('.notice')")
	b.to(documentPath(doc, ""))
	b.until("document.querySelector('[data-action=flag] kbd')?.textContent === 'm'")
	b.press("f")
	if eval[bool](b, "document.getElementById('flagging').open") {
		t.Error("the key of the table still flags")
	}
	b.press("m")
	b.until("document.getElementById('flagging').open")
	b.press(kb.Escape)
	b.to("/settings")
	eval[bool](b, "(document.querySelector('[name=no-letters]').checked = true, document.querySelector('form[action=\"/settings/keys\"] button.primary').click(), true)")
	b.until("document.querySelector('.notice')")
	b.to(documentPath(doc, ""))
	b.until("document.querySelector('[data-action=flag]') && !document.querySelector('[data-action=flag] kbd')")
	b.press("m", "j")
	if eval[bool](b, "document.getElementById('flagging').open || document.querySelector('.row[aria-current]').dataset.number !== '1'") {
		t.Error("letters act though they are switched off")
	}
	b.press(kb.ArrowDown)
	b.until("document.querySelector('.row[aria-current]').dataset.number === '2'")
}
