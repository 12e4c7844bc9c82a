package server

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func TestWorkbenchByRole(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	o.propose("lin", unit, ninth)
	at := documentPath(doc, "?at="+string(unit))
	page := func(as string) *reply { return o.get(as, at).ok().has("article[aria-current]", "#panel", "#counts") }
	page("wu").lacks("#right", "#editor", "#flagging", "#return", "#repair", "#commenting")
	page("tan").lacks("#right", "#editor", "#flagging").has("#commenting")
	page("mo").has("#editor", "#flagging", "#repair").lacks("#return", "#decline", `form[action$="/approve"]`)
	page("lin").has(`form[action$="/withdraw"]`, "#editor").lacks("#return")
	page("he").has(`form#right[action$="/approve"]`, "#return", "#decline", "#editor").lacks("#right button[disabled]")
	page("bai").has(`form#right[action$="/approve"]`)
	o.get("stranger", at).is(http.StatusNotFound)
	o.get("", at).is(http.StatusSeeOther)

	o.propose("he", unit, "It was ⟨1⟩9 billion⟨/1⟩ yuan.")
	page("he").has("#right button[disabled]", "#held")
	page("lin").says("#right button", "Countersign")
}

func TestWorkbenchStates(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	ctx := context.Background()
	machine, proposed, approved := o.unit(doc, "Port notice"), o.unit(doc, "90 billion"), o.unit(doc, "No major")
	o.propose("lin", proposed, ninth)
	o.propose("mo", approved, "There was no major accident.")
	o.approve("he", approved)
	r := o.get("he", documentPath(doc, "")).ok()
	r.has("#u-"+string(machine)+".machine.heading .s[role=heading]", "#u-"+string(proposed)+".proposed .t.changed", "#u-"+string(approved)+".approved", ".token")
	r.says("#u-"+string(approved)+" .st", "MO").says("#u-"+string(approved)+" .st", "HE")
	o.get("he", documentPath(doc, "?at="+string(proposed))).ok().has("article[aria-current] ins", "article[aria-current] del", ".compared").says(".tabs [aria-current]", "Proposal")
	o.get("he", documentPath(doc, "?text=received")).ok().lacks(".t.changed").says("#u-"+string(approved)+" .t", "happened")
	o.get("he", documentPath(doc, "?text=approved")).ok().says("#u-"+string(proposed)+" .t", "90 billion")

	_, err := o.desk.Return(ctx, o.people["he"], "Say <who>.", workflow.Choice{Unit: proposed})
	o.must(err)
	o.get("lin", documentPath(doc, "?at="+string(proposed))).ok().says(".why.returned", "Say <who>.").says("#wording", "9 billion")
	o.get("lin", documentPath(doc, "?filter=returned")).ok().has("#u-"+string(proposed), "article.context")
	o.get("lin", documentPath(doc, "?filter=stale")).ok().has(".empty")
	o.get("lin", documentPath(doc, "?q=billion")).ok().has("#u-" + string(proposed)).lacks("#u-" + string(approved))
	o.get("lin", documentPath(doc, "?q=nowhere")).ok().has(".empty")
	o.get("lin", documentPath(doc, "?n=3")).ok().says("article[aria-current] .n", "3")
	o.get("lin", documentPath(doc, "?n=３")).ok().says("article[aria-current] .n", "3")
	o.get("lin", documentPath(doc, "?n=99")).is(http.StatusNotFound).says("main", "there is no unit 99 (1–4)")
	o.get("lin", documentPath(doc, "?n=third")).is(http.StatusNotFound).says("main", "there is no unit third (1–4)")
	o.get("lin", documentPath(doc, "?at=none")).is(http.StatusNotFound)
	o.get("lin", documentPath(doc, "?at="+string(proposed)+"&edit=1")).ok().has("#editor", "#live p").lacks("#editor[hidden]")
	o.get("lin", documentPath(doc, "/map")).ok().has("svg rect.approved", "svg rect.machine", "svg a")

	// A new version changes the source of what is approved: what changed is
	// shown, and who approved before.
	again := workflow.Delivery{Name: doc.Name, VersionOf: doc.ID, Source: &workflow.Received{Name: "n.zh.md", Data: []byte(strings.Replace(portSource, "重大", "特大", 1))}, Target: &workflow.Received{Name: "n.en.md", Data: []byte(portTarget)}}
	_, err = o.desk.Import(ctx, o.people["bai"], o.project.ID, again, nil)
	o.must(err)
	o.get("he", documentPath(doc, "?filter=stale")).ok().has("article.stale[aria-current] .s ins", "article.stale[aria-current] .s del", "form#right[action$='/accept']").says(".why.stale", "The original changed since HE").says("#right button", "Still right")
}

// A translation that came alone, one with a sentence left out and one without
// any text are shown for what they are.
func TestWorkbenchOddDocuments(t *testing.T) {
	o := newOffice(t)
	alone := o.take("alone.md", "", portTarget)
	o.get("lin", documentPath(alone, "")).ok().says(".alone .colhead", "No original was received").lacks(".s .words", "table.figures")

	source := "# 通报\n\n全市共查处走私案件3.4万起。\n\n未发生一起重大责任事故。\n\n整治行动将持续至9月底。\n"
	target := "# Notice\n\nA total of 34,000 smuggling cases were investigated.\n\nThe campaign will continue until the end of September.\n"
	omitted := o.take("omitted.md", source, target)
	page := o.get("lin", documentPath(omitted, "")).ok().has("article.omitted .absent")
	var unit corpus.UnitID
	for _, a := range page.all("article.omitted")[0].Attr {
		if a.Key == "data-unit" {
			unit = corpus.UnitID(a.Val)
		}
	}
	o.get("lin", documentPath(omitted, "?edit=1&at="+string(unit))).ok().has(".places input[value=paragraph]", ".places .preview", "#flag-source[value]").lacks("#flag-target")
	o.post("lin", unitPath(omitted, unit, "propose"), "text", "No serious accident happened.", "place", "paragraph").ok().says("#u-"+string(unit)+" .t", "No serious accident")
	o.post("mo", unitPath(omitted, unit, "flag"), "source", "未发生一起重大责任事故。", "category", "omission").ok().has("#panel .card.flag")

	empty := o.take("empty.md", "", "\n")
	o.get("lin", documentPath(empty, "")).ok().has(".empty").lacks("article.row")
}

func TestWorkbenchWindows(t *testing.T) {
	o := newOffice(t)
	var b strings.Builder
	for i := range 250 {
		b.WriteString("This is the sentence that stands here as number " + strings.Repeat("x", i%7+1) + ".\n\n")
	}
	doc := o.take("long.md", "", b.String())
	first := o.get("lin", documentPath(doc, "")).ok().has("#more a").lacks("#earlier")
	if n := len(first.all("article.row")); n != 100 {
		t.Errorf("the first window has %d rows, want 100", n)
	}
	seen := 100
	for next := first; len(next.all("#more a")) > 0; {
		for _, a := range next.all("#more a")[0].Attr {
			if a.Key == "href" {
				next = o.get("lin", a.Val).ok().has("#earlier a")
			}
		}
		seen += len(next.all("article.row"))
	}
	if seen != 250 {
		t.Errorf("the windows have %d rows, want 250", seen)
	}
	middle := o.get("lin", documentPath(doc, "?n=150")).ok().says("article[aria-current] .n", "150").has("#earlier a", "#more a")
	if n := len(middle.all("article.row")); n != 100 {
		t.Errorf("the middle window has %d rows, want 100", n)
	}
}

// The interface speaks Chinese as well, every word of it.
func TestWorkbenchChinese(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	o.propose("lin", unit, ninth)
	r := newRequest(http.MethodGet, documentPath(doc, "?edit=1&at="+string(unit)))
	r.Header.Set("Accept-Language", "zh-CN")
	page := o.do("he", r).ok().says("#right button", "批准").says("#counts", "无人负责")
	for _, word := range []string{"act.", "editor.", "panel.", "flag.", "row.", "verb.", "origin.", "category.", "live."} {
		for _, at := range []string{"main", "footer"} {
			for _, w := range strings.Fields(page.text(at)) {
				if strings.HasPrefix(w, word) {
					t.Errorf("the page says %s", w)
				}
			}
		}
	}
}

// What stands beside "approved" is what was approved. A wording that waits is
// told by a sign of its own, in every way to look at the document.
func TestWorkbenchWaitingBesideApproved(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "No major")
	o.propose("mo", unit, "There was no major accident.")
	lins := o.recordOf(unit).Latest().ID
	o.propose("he", unit, "Nothing grave occurred.")
	_, err := o.desk.Approve(context.Background(), o.people["he"], workflow.Choice{Unit: unit, Revision: lins})
	o.must(err)
	row := "#u-" + string(unit)
	for _, query := range []string{"", "?at=" + string(o.unit(doc, "90 billion")), "?at=" + string(unit), "?text=approved"} {
		r := o.get("mo", documentPath(doc, query)).ok().says(row+" .st b", "approved").says(row+" .st .waits", "another wording proposed").says(row+" .t [data-side=target]", "There was no major accident")
		if strings.Contains(r.text(row+" .t [data-side=target]"), "grave") {
			t.Errorf("%q shows a proposal beside the state of an approved wording", query)
		}
	}
	o.get("mo", documentPath(doc, "/read")).ok().says("#s-"+string(unit)+".is-approved", "There was no major accident.").says("#s-"+string(unit)+" .waits", "another wording proposed")
	o.get("mo", documentPath(doc, "?at="+string(unit))).ok().says(".tabs [aria-current]", "Approved").has(".tabs a:nth-child(3)")
}
