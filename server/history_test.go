package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/templates"
)

// The views of reviewing and its history fit the types that they show.
func TestReviewViewTypes(t *testing.T) {
	set, err := templates.Parse(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []page{&queuePage{}, &batchPage{}, &unitHistoryPage{}, &documentHistoryPage{}, &readingPage{}, &rangePage{}} {
		for _, lang := range templates.Languages() {
			view, err := set.Template(p.template(), lang)
			if err != nil {
				t.Fatal(err)
			}
			if err := templatecheck.CheckHTML(view, p); err != nil {
				t.Errorf("%s: %v", p.template(), err)
			}
		}
	}
}

func TestUnitHistory(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "34,000")
	path := documentPath(doc, "/units/"+string(unit)+"/history")
	o.get("wu", path).ok().says("h1", "notice.md, 2: history").says(".lede", "One wording so far").says(".entry", "engine <A>, run 1").lacks(".verbs", ".entry form", "#compared", ".pickers")

	o.propose("lin", unit, "The first wording.")
	o.approve("he", unit)
	o.propose("mo", unit, "The second wording.")
	_, err := o.desk.Return(context.Background(), o.people["he"], "<i>no</i>", workflow.Choice{Unit: unit})
	o.must(err)
	page := o.get("he", path).ok()
	page.lacks("[style]", "script:not([src])", "main i:not(.nothing)")
	page.says(".entry:nth-child(1) .head", "2 new wording · MO").says(".entry:nth-child(1) .done", "Returned for a change HE (<b>reviewer</b>)").says(".entry:nth-child(1) .done", "<i>no</i>").says(".entry:nth-child(1) .words del", "first").says(".entry:nth-child(1)", "changes against wording 1")
	page.has(".entry:nth-child(2).stands .pill.approved").says(".entry:nth-child(2) .done", "Approved HE").says(".entry:nth-child(3)", "machine")
	page.says("#compared h2", "Wording 0 → wording 1").has(".sticky button[form=choose]")

	// Any two are compared.
	rec := o.recordOf(unit)
	ids := rec.Revisions
	page = o.get("he", path+"?a="+string(ids[2].ID)+"&b="+string(ids[1].ID)).ok()
	page.says("#compared h2", "Wording 2 → wording 1").says("#compared del", "second").says("#compared ins", "first").has("input[name=a][value='" + string(ids[2].ID) + "'][checked]")
	o.get("he", path+"?a="+string(ids[2].ID)+"&b="+string(ids[1].ID)+"&lines=two").ok().has("#compared .lines .old del")
	o.get("he", path+"?a="+string(ids[2].ID)+"&b="+string(ids[2].ID)).ok().says("#compared", "same text")

	o.get("stranger", path).is(http.StatusNotFound)
	zh := newRequest(http.MethodGet, path)
	zh.Header.Set("Accept-Language", "zh-CN")
	o.do("he", zh).ok().says("h1", "历史").says(".entry .done", "退回修改")
}

// Restoring and undoing are two verbs.
func TestHistoryRestoreAndUndo(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "34,000")
	path := documentPath(doc, "/units/"+string(unit)+"/history")
	o.propose("lin", unit, "The first wording.")
	o.approve("he", unit)
	o.propose("mo", unit, "The second wording.")
	o.approve("he", unit)

	page := o.get("he", path).ok().says(".entry:nth-child(2) form button", "Restore this wording and its approval").says(".entry:nth-child(3) form button", "Restore this wording")
	page.says(".verbs", "Restore a wording brings an old wording back").says(".verbs form button", "Undo: Approved").lacks(".entry:nth-child(1) form")
	o.get("lin", path).ok().says(".entry:nth-child(2) form button", "Restore this wording").lacks(".verbs form") // not the last to act here
	o.get("wu", path).ok().lacks(".entry form", ".verbs")

	to := o.press("bai", page, ".entry:nth-child(2) form").to()
	page = o.follow("bai", to).ok().says(".notice", "with its approval").says(".entry:nth-child(1) .head", "of 1").says(".entry:nth-child(1) .done", "rests on an earlier approval").says(".entry:nth-child(1) .head", "written by LIN")
	rec := o.recordOf(unit)
	if rec.Current().Text != "The first wording." || rec.State() != corpus.StateApproved {
		t.Errorf("%q stands, %s", rec.Current().Text, rec.State())
	}
	o.sendForm("bai", documentPath(doc, "/units/"+string(unit)+"/restore"), url.Values{"revision": {string(rec.Current().ID)}}).is(http.StatusConflict).says("main", "nothing to restore")
	o.sendForm("wu", documentPath(doc, "/units/"+string(unit)+"/restore"), url.Values{"revision": {string(rec.Machine().ID)}}).is(http.StatusForbidden)

	to = o.press("bai", page, ".verbs form").to()
	o.follow("bai", to).ok().has(".notice", ".entry:nth-child(1).undone").says(".entry:nth-child(1) .pill.neutral", "taken back")
	rec = o.recordOf(unit)
	if rec.Current().Text != "The second wording." {
		t.Errorf("after undoing %q stands", rec.Current().Text)
	}
	o.sendForm("tan", documentPath(doc, "/units/"+string(unit)+"/history/undo"), nil).is(http.StatusConflict)
}

func TestUnitHistoryKin(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	doc := o.take("notice.md", portSource, portTarget)
	one, two := o.unit(doc, "34,000"), o.unit(doc, "90 billion")
	merged, err := o.desk.Merge(ctx, o.people["lin"], one, two)
	o.must(err)
	path := func(u corpus.UnitID) string { return documentPath(doc, "/units/"+string(u)+"/history") }
	page := o.get("lin", path(merged.ID)).ok().says(".kin", "Merged from a passage of version 1").has(".kin a[href='"+path(one)+"']", ".kin a[href='"+path(two)+"']")
	if n := len(page.all(".kin li")); n != 2 {
		t.Errorf("%d kin", n)
	}
	o.get("lin", path(one)).ok().says("h1", "history of a passage").says(".lede", "merged or split").says(".kin", "Merged into 2 of version 1").lacks(".entry form", ".verbs")
	_, err = o.desk.Import(ctx, o.people["bai"], o.project.ID, workflow.Delivery{Name: "notice.md", VersionOf: doc.ID, Target: &workflow.Received{Name: "notice.md", Data: []byte(portTarget + "\nMore.\n")},
		Source: &workflow.Received{Name: "notice.zh.md", Data: []byte(portSource + "\n更多。\n")}}, nil)
	o.must(err)
	o.get("lin", path(o.unit(o.documents()[0], "No major"))).ok().says(".kin", "Carried over from version 1, 3")
	o.get("lin", path(o.unit(doc, "No major"))).ok()
}

func TestDocumentHistory(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	doc := o.take("notice.md", portSource, portTarget)
	path := documentPath(doc, "/history")
	o.get("wu", path).ok().says("h1", "notice.md: versions").says("#compared .empty", "Nothing differs").says(".moments tbody tr", "As it stands now").has("input[name=a][value='received-1'][checked]", "input[name=b][value=now][checked]")

	amount := o.unit(doc, "90 billion")
	o.propose("lin", amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	o.approve("he", amount)
	snap, err := o.desk.Snapshot(ctx, o.people["tan"], doc.ID, "<b>noon</b>")
	o.must(err)
	_, err = o.desk.Import(ctx, o.people["bai"], o.project.ID, workflow.Delivery{Name: "notice.md", VersionOf: doc.ID, Engine: "B",
		Source: &workflow.Received{Name: "notice.zh.md", Data: []byte(strings.Replace(portSource, "未发生重大事故。\n", "", 1) + "\n更多。\n\n再多。\n")},
		Target: &workflow.Received{Name: "notice.md", Data: []byte(strings.Replace(portTarget, "No major accident happened.\n", "", 1) + "\nMore.\n\nStill more.\n")}}, nil)
	o.must(err)

	page := o.get("wu", path+"?a=received-1&b="+string(snap.ID)).ok().lacks("[style]", "script:not([src])", "main b b")
	page.says(".moments", "Snapshot “<b>noon</b>”").says("#compared .bar", "1 changed · 0 came in · 0 went · 3 the same").says(".difference.is-changed .words del", "90").has(".difference a[href='" + documentPath(doc, "/units/"+string(amount)+"/history") + "']")
	if n := len(page.all(".difference")); n != 1 {
		t.Errorf("%d places are shown", n)
	}
	page = o.get("wu", path+"?a=received-1&b=now&show=full&lines=two").ok()
	page.says("#compared .bar", "1 changed").has(".difference.is-went", ".difference.is-came", ".difference.is-same", ".difference.is-changed .lines", "a[href*='a=received-1'][href*='lines=two']:not([href*=full])")
	page.says(".difference.is-went .words", "No major accident")
	o.get("wu", path+"?a=now&b=none").is(http.StatusNotFound)
	o.get("stranger", path).is(http.StatusNotFound)
}

func TestDocumentHistoryPages(t *testing.T) {
	o := newOffice(t)
	doc := o.take("long.md", "", strings.Repeat("A line of text.\n\n", differencesSize+9))
	path := documentPath(doc, "/history?a=received-1&b=now&show=full")
	page := o.get("wu", path).ok().says("nav.turn", "1 to 100 of 109").has("a[rel=next]")
	o.follow("wu", documentPath(doc, "/history")+attribute(page.all("a[rel=next]")[0], "href")).ok().says("nav.turn", "101 to 109 of 109").has("a[rel=prev]").lacks("a[rel=next]")
}
