package server

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func TestProjectEmpty(t *testing.T) {
	o := newOffice(t)
	o.get("bai", o.projectPath("")).ok().has("form.drop input[type=file][multiple]", ".next a.primary[href$='/import']", "a[href$='/members']").says("h1", "Harbour <i>Bureau</i>").lacks("h1 i", "table.documents")
	o.get("wu", o.projectPath("")).ok().lacks("form.drop", "a[href$='/import']", "a[href$='/members']").says(".next", "manager")
	o.get("stranger", o.projectPath("")).is(http.StatusNotFound).lacks("h1 i").says("main", "no such page")
}

func TestProjectDocuments(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	lone := o.take("<img src=x>.txt", "", "A text alone.\n")
	amount := o.unit(doc, "90 billion")
	_, err := o.desk.Flag(context.Background(), o.people["mo"], workflow.Passage{Unit: amount, Target: corpus.Mark{Quote: "90 billion"}, Category: corpus.NumberUnit, Severity: corpus.Critical})
	o.must(err)
	o.propose("lin", amount, "The amount was 9 billion yuan.")

	row := "table.documents tr:has(a[href='" + documentPath(doc, "") + "'])"
	page := o.get("he", o.projectPath("")).ok()
	page.has(row + " svg.bar rect.proposed")
	page.says(row+" .progress", "1 proposed, 3 unanswered").says(row+" .flags", "1 major").says(row+" .people", "BAI, LIN, MO").says(row+" .name", "notice.zh.md ↔ notice.md")
	page.lacks("[style]", "main img", "script:not([src])")
	page.says("table.documents tr:has(a[href='"+documentPath(lone, "")+"']) .name", "<img src=x>.txt")
	if strings.Contains(page.body, "http-equiv") {
		t.Error("the page refreshes itself")
	}

	// Each sees what he can do next, with the way to it.
	page.says(".next", "1 unit waits for your decision").has(".next a.primary[href='" + o.projectPath("/queue") + "']")
	o.get("lin", o.projectPath("")).says(".next", "nobody answered for 3 units").has(".next a.primary[href='" + documentPath(doc, "?filter=open") + "']").lacks(".next a[href$='/import']")
	o.get("wu", o.projectPath("")).says(".next", "Nothing waits for you")
	o.get("tan", o.projectPath("")).says(".next", "Nothing waits for you")
	o.get("bai", o.projectPath("")).has("a[href='"+o.projectPath("/import?for="+string(lone.ID))+"']", "form.drop")

	_, err = o.desk.Return(context.Background(), o.people["he"], "say it plainly", workflow.Choice{Unit: amount})
	o.must(err)
	o.get("lin", o.projectPath("")).says(".next li", "1 was returned to you, nobody answered for 3 units").has(".next a.primary[href='" + documentPath(doc, "?filter=returned") + "']")
	if got := o.get("mo", o.projectPath("")).text(".next"); strings.Contains(got, "returned to you") {
		t.Errorf("what was returned to another is %q", got)
	}
}

// A reviewer's wording waits for a translator's countersignature, and for
// nobody else's than another reviewer's.
func TestProjectCountersign(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	o.propose("he", o.unit(doc, "accident"), "No serious accident occurred.")
	o.get("lin", o.projectPath("")).says(".next", "1 wording of a reviewer waits for your countersignature")
	if got := o.get("he", o.projectPath("")).text(".next"); strings.Contains(got, "decision") {
		t.Errorf("a reviewer's own wording waits for himself: %q", got)
	}
	o.propose("lin", o.unit(doc, "34,000"), "They investigated 34,000 smuggling cases.")
	if got := o.get("mo", o.projectPath("")).text(".next"); !strings.Contains(got, "1 wording of a reviewer") {
		t.Errorf("a translator's wording waits for a translator: %q", got)
	}
}

func TestProjectReady(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	o.acceptAll(doc)
	o.get("tan", o.projectPath("")).says(".next", "it can be released").has(".next a[href='" + documentPath(doc, "/export") + "']")
	_, err := o.desk.Release(context.Background(), o.people["tan"], doc.ID, "June", nil)
	o.must(err)
	o.get("tan", o.projectPath("")).says(".next", "Nothing waits for you").says(".progress", "all final").says(".name .small", "released")
}

// Chinese has the page whole.
func TestProjectChinese(t *testing.T) {
	o := newOffice(t)
	o.take("notice.md", portSource, portTarget)
	r := newRequest(http.MethodGet, o.projectPath(""))
	r.Header.Set("Accept-Language", "zh-CN")
	o.do("lin", r).ok().has("html[lang^=zh]").says(".next", "4 个单元尚无人负责").says("thead", "未处理标记")
}

// Documents beyond those listed as next are counted, and the icon is served.
func TestProjectNextMore(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"a.md", "b.md", "c.md", "d.md", "e.md", "f.md"} {
		o.take(name, portSource, portTarget)
	}
	r := o.get("lin", o.projectPath("")).ok().says(".card.next", "and 2 more")
	for _, a := range r.all("link[rel=icon]")[0].Attr {
		if a.Key == "href" {
			icon := o.get("", a.Val).ok()
			if got := icon.header.Get("Content-Type"); got != "image/svg+xml" {
				t.Errorf("the icon is %s", got)
			}
		}
	}
}
