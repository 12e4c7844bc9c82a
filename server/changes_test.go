package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// renew takes files as a new version of a document.
func (o *office) renew(doc corpus.Document, source, target string) {
	o.Helper()
	in := workflow.Delivery{Name: doc.Name, VersionOf: doc.ID, Engine: "engine", Label: "run 2"}
	if source != "" {
		in.Source = &workflow.Received{Name: strings.Replace(doc.Name, ".", ".zh.", 1), Data: []byte(source)}
	}
	if target != "" {
		in.Target = &workflow.Received{Name: doc.Name, Data: []byte(target)}
	}
	_, err := o.desk.Import(o.Context(), o.people["bai"], o.project.ID, in, nil)
	o.must(err)
}

func TestChangesPage(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	o.propose("lin", o.unit(doc, "billion"), "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	o.approve("he", o.unit(doc, "billion"))
	o.acceptAll(doc)
	o.renew(doc, strings.NewReplacer("90亿元。", "91亿元。", "未发生重大事故。", "未发生重大事故！", "3.4万起。", "3.4万起！").Replace(portSource), portTarget+"\nOne more paragraph.\n")
	path := documentPath(doc, "/versions/2/changes")
	page := o.get("he", path).ok()
	page.says(".chip[aria-current]", "To be answered 3").says("main", "Worked on by LIN, HE").has(`[data-action="queue-approve"]`, ".src ins", ".src del", `button[value="trifles"]`)
	o.get("he", path+"?show=added").ok().says(".item.is-added", "One more paragraph.").lacks(".more")
	o.get("wu", path).ok().has(".item").lacks(`[data-action="queue-approve"]`, `button[value="trifles"]`)
	o.get("lin", path).ok().lacks(`[data-action="queue-approve"]`)
	o.get("stranger", path).is(http.StatusNotFound)
	o.get("he", documentPath(doc, "/versions/1/changes")).is(http.StatusNotFound)
	o.get("he", documentPath(doc, "/versions/x/changes")).is(http.StatusNotFound)

	// One by one, by the button that the key presses.
	state := func(words string) corpus.State {
		t.Helper()
		var s corpus.State
		o.must(o.store.View(t.Context(), func(r corpus.Reader) error {
			rec, err := r.Record(o.unit(doc, words))
			s = rec.State()
			return err
		}))
		return s
	}
	choice := func(words string) string { return string(o.unit(doc, words)) + "." }
	to := o.fill("he", documentPath(doc, "/versions/2/accept"), "choice", choice("billion"), "back", path+"?show=answer").to()
	o.get("he", to).ok().says(".notice", "still right").says(".chip[aria-current]", "To be answered 2")
	if got := state("billion"); got != corpus.StateApproved {
		t.Errorf("still right left the unit %s", got)
	}
	// In bulk where only punctuation changed, after a page that lists them.
	ask := o.fill("he", documentPath(doc, "/versions/2/confirm"), "which", "trifles").ok()
	if got := len(ask.all(".listed:not(.left) li")); got != 2 {
		t.Errorf("%d are listed, want 2", got)
	}
	if got := state("accident"); got != corpus.StateStale {
		t.Errorf("asking alone left the unit %s", got)
	}
	o.fill("he", documentPath(doc, "/versions/2/confirm"), "which", "x").is(http.StatusUnprocessableEntity)
	o.fill("lin", documentPath(doc, "/versions/2/confirm"), "which", "trifles").is(http.StatusForbidden)
	other := o.take("other.md", portSource, portTarget)
	o.fill("he", documentPath(doc, "/versions/2/accept"), "choice", string(o.unit(other, "accident"))+".").is(http.StatusNotFound)
	o.fill("he", documentPath(doc, "/versions/2/accept"), "choice", choice("accident")).to()
	o.get("he", path+"?show=answer").ok().says(".chip[aria-current]", "To be answered 1")
	o.fill("he", documentPath(doc, "/undo")).to()
	o.get("he", path+"?show=answer").ok().says(".chip[aria-current]", "To be answered 2")
}

// TestChangesUnsourced has the source of a document come later, through the
// upload page, and confirms what was approved without it.
func TestChangesUnsourced(t *testing.T) {
	o := newOffice(t)
	doc := o.take("alone.md", "", "# Notice\n\nA text came without its source. It has two sentences.\n")
	o.acceptAll(doc)
	o.get("bai", o.projectPath("")).ok().has(`a[href$="import?for=` + string(doc.ID) + `"]`)
	to := o.send("bai", o.projectPath("/import"), map[string]string{"for": string(doc.ID)}, map[string]string{"alone.zh.md": "# 通知\n\n文字来时没有原文。共有两句。\n"}).to()
	o.fill("bai", to, "take-0", "1", "name-0", doc.Name, "source-0", "0", "target-0", "1", "as-0", string(doc.ID), "act", "take").to()
	o.until("bai", to, "#take").says(".preview", "source changed")
	o.fill("bai", to+"/take").to()
	o.until("bai", to, ".results").has(`a[href$="/versions/2/changes"]`)
	page := o.get("he", documentPath(doc, "/versions/2/changes?show=unsourced")).ok()
	page.says(".chip[aria-current]", "3").says(".item .pill", "approved without source").has(`button[value="unsourced"]`)
	o.get("he", documentPath(doc, "")).ok().says(".row.stale .st", "approved without source")
	ask := o.fill("he", documentPath(doc, "/versions/2/confirm"), "which", "unsourced").ok()
	var form []string
	for _, n := range ask.all("input[name=choice]") {
		for _, a := range n.Attr {
			if a.Key == "value" {
				form = append(form, "choice", a.Val)
			}
		}
	}
	if len(form) != 6 {
		t.Fatalf("the page lists %d of 3", len(form)/2)
	}
	o.fill("he", documentPath(doc, "/versions/2/accept"), form[:2]...).to() // one, then another
	o.fill("he", documentPath(doc, "/versions/2/accept"), form[2:4]...).to()
	o.get("he", documentPath(doc, "/versions/2/changes?show=unsourced")).ok().says(".chip[aria-current]", "1")
}
