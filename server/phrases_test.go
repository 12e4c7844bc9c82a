package server

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check/phrases"
)

func TestPhrases(t *testing.T) {
	o := newOffice(t)
	list := o.get("wu", o.projectPath("/phrases")).ok()
	if n := len(list.all(".phrases>li")); n != phrasesSize {
		t.Errorf("%d phrases on a page, want %d", n, phrasesSize)
	}
	list.has("a[rel=next]").lacks("a[rel=prev]", ".phrases form")
	one := o.get("bai", o.projectPath("/phrases?q="+url.QueryEscape("社会治安"))).ok().has("#she-hui-zhi-an form").says("#she-hui-zhi-an dl", "social security")
	if n := len(one.all(".phrases>li")); n == 0 || n == phrasesSize {
		t.Errorf("%d phrases found", n)
	}
	o.get("bai", o.projectPath("/phrases?q=no+such+phrase")).ok().has(".empty").lacks(".phrases")
	o.get("bai", o.projectPath("/phrases?page=9999")).ok().has("a[rel=prev]").lacks("a[rel=next]")

	found := func(doc corpus.Document) bool {
		o.server.rechecks.running.Wait()
		found := false
		o.must(o.store.View(t.Context(), func(r corpus.Reader) error {
			rec, err := r.Record(o.unit(doc, "security"))
			if err != nil {
				return err
			}
			findings, err := r.Findings(rec.Current().ID)
			for _, f := range findings {
				found = found || f.Check == "phrase.calque"
			}
			return err
		}))
		return found
	}
	alarms := func(place string) bool {
		return found(o.take(place+".md", "# 通报\n\n"+place+"社会治安良好。\n", "# Notice\n\nSocial security is good in "+place+".\n"))
	}
	if !alarms("A") {
		t.Error("nothing found while the phrase is on")
	}
	doc := o.documents()[0]
	o.get("lin", "/documents/"+string(doc.ID)+"?at="+string(o.unit(doc, "security"))).ok().has("#panel a[href$='/phrases?q=she-hui-zhi-an']")
	path, form := o.projectPath("/phrases"), url.Values{"phrase": {"she-hui-zhi-an"}, "back": {o.projectPath("/phrases?q=security&done=phrase-on")}}
	o.sendForm("wu", path, form).is(http.StatusForbidden)
	reply := o.sendForm("bai", path, form).is(http.StatusSeeOther)
	if got, want := reply.header.Get("Location"), o.projectPath("/phrases?done=phrase-off&q=security"); got != want {
		t.Errorf("back to %q, want %q", got, want)
	}
	o.sendForm("bai", path, form).is(http.StatusSeeOther) // off is off
	o.get("bai", o.projectPath("/phrases?off=1")).ok().has("#she-hui-zhi-an.off").says("#she-hui-zhi-an button", "Switch on")
	if found(doc) {
		t.Error("the old finding stands though the phrase is switched off")
	}
	o.get("bai", path).ok().says(".small[role=status]", "1 with other findings")
	if alarms("B") {
		t.Error("found though the phrase is switched off")
	}
	o.sendForm("bai", o.projectPath("/settings"), url.Values{"one-person": {"1"}}).is(http.StatusSeeOther)
	o.get("bai", o.projectPath("/phrases?off=1")).ok().has("#she-hui-zhi-an.off")
	form.Set("on", "1")
	form.Set("back", "//elsewhere/phrases")
	if got, want := o.sendForm("bai", path, form).is(http.StatusSeeOther).header.Get("Location"), o.projectPath("/phrases?done=phrase-on"); got != want {
		t.Errorf("back to %q, want %q", got, want)
	}
	if !found(doc) {
		t.Error("nothing found in the old text though the phrase is on again")
	}
	if !alarms("C") {
		t.Error("nothing found though the phrase is on again")
	}
	o.sendForm("bai", path, url.Values{"phrase": {"none"}}).is(http.StatusNotFound)
	if len(phrases.Builtin().Entries()) < 1000 {
		t.Error("the list did not parse")
	}
}
