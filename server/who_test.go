package server

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/reviseur/reviseur/corpus/workflow"
)

func TestWho(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice <b>.md", portSource, portTarget)
	amount, accident := o.unit(doc, "90 billion"), o.unit(doc, "accident")
	o.propose("lin", amount, "The amount was 9 billion yuan.")
	_, err := o.desk.Return(context.Background(), o.people["he"], "say <i>whose</i>", workflow.Choice{Unit: amount})
	o.must(err)
	o.propose("mo", amount, "The amount involved was 9 billion yuan.")
	o.propose("mo", accident, "No serious accident happened.")
	o.approve("he", amount, accident)
	o.acceptAll(doc)
	_, err = o.desk.Release(context.Background(), o.people["tan"], doc.ID, "June <b>", nil)
	o.must(err)

	ask := func(sentence string) *reply {
		t.Helper()
		return o.get("wu", o.projectPath("/who?sentence="+url.QueryEscape(sentence))).ok()
	}
	o.get("wu", o.projectPath("/who")).ok().has("form[method=get] textarea[name=sentence]").lacks(".who-card", ".empty")
	ask("…!").says(".empty", "letters or digits").lacks(".who-card")
	ask("nothing of the kind").says(".empty", "No wording")
	ask("<script>alert(1)</script>").has(".empty").lacks("main script").says("textarea", "<script>alert(1)</script>")

	page := ask("“the AMOUNT involved   was 9 billion”")
	if n := len(page.all(".who-card")); n != 1 {
		t.Fatalf("%d cards, want 1", n)
	}
	page.says(".who-card h2", "notice <b>.md").lacks("main b b", "main .hands i").says(".who-card section", "涉案金额90亿元")
	page.says(".holds h3", "Wording 2 the sentence asked for stands").says(".holds .hands", "Written by MO, <b>translator</b>").says(".holds .hands", "Approved by HE, <b>reviewer</b>").says(".holds .hands", "in a batch of 2").says(".holds .final", "June <b>")
	page.says(".wordings li:nth-child(2) .hands", "Returned by HE").says(".wordings li:nth-child(2) .hands", "say <i>whose</i>").says(".wordings>li:nth-child(3)", "As received from the machine").says(".wordings>li:nth-child(3)", "engine <A>")

	page = ask("the amount was 90 billion")
	page.says(".holds .hands", "Nobody answers for this wording").lacks(".holds .final", ".holds .pill.approved").says(".wordings>li:nth-child(1) .pill", "stands")
	o.get("stranger", o.projectPath("/who?sentence=amount")).is(http.StatusNotFound)
}
