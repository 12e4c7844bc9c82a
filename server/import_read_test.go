package server

import (
	"context"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// sharedText holds both languages line by line.
const sharedText = "港口安全管理办法\nMeasures for Port Safety\n\n第一条 为了加强港口安全管理，制定本办法。\nArticle 1 These Measures are made to strengthen the safety of ports.\n\n" +
	"第二条 港口经营人应当建立安全制度。\nArticle 2 Port operators shall set up a safety system.\n\n第三条 未经批准，任何人不得进入作业区。\nArticle 3 Nobody may enter the work area without permit.\n"

func (o *office) version(doc corpus.Document) (v corpus.Version) {
	o.Helper()
	o.must(o.store.View(context.Background(), func(r corpus.Reader) (err error) {
		v, err = r.Version(doc.Current)
		return err
	}))
	return v
}

// TestImportShared takes a file with both languages as a pair, which is offered,
// and another one as a side, which has to be said.
func TestImportShared(t *testing.T) {
	o := newOffice(t)
	table := o.sendFiles(map[string]string{"measures.txt": sharedText})
	page := o.get("bai", table).ok().has("input[name='shared-0'][type=checkbox][checked]", "select[name='lines-0']")
	page.says(".reads", "holds both languages").says(".reads", "decided from the file")
	o.get("bai", table+"?").ok().lacks("tbody .minor")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "ul.results").says(".results", "4 units").says(".results", "it is the source and the translation")
	doc := o.documents()[0]
	if v := o.version(doc); v.Source.Hash != v.Target.Hash || v.Target.Shared != "zh:en" {
		t.Errorf("version = %+v", v)
	}
	unit := o.unit(doc, "Article 2")
	o.propose("lin", unit, "Article 2 Port operators shall establish a safety system.")
	o.approve("he", unit)
	got := o.get("tan", documentPath(doc, "/export")).ok()
	got.has("form")
	o.get("bai", documentPath(doc, "/history")).ok().says(".moments", "it is the source and the translation").says(".moments", "decided from the file")

	table = o.sendFiles(map[string]string{"other.txt": sharedText + "\n附则\n"})
	page = o.get("bai", table).ok()
	var refused []string
	for form := page.tableForm(); len(form) > 0; form = form[2:] {
		if form[0] != "shared-0" {
			refused = append(refused, form[:2]...)
		}
	}
	o.fill("bai", table, with(refused, "act", "read")...).to()
	page = o.get("bai", table).ok().has("input[name='shared-0']").lacks("input[name='shared-0'][checked]")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	if page := o.get("bai", table); strings.Contains(page.text("main"), "not said before") { // a language remark comes up now
		o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	}
	o.until("bai", table, "ul.results")
	for _, doc := range o.documents() {
		if v := o.version(doc); doc.Name == "other.txt" && (v.Source.Present() || v.Target.Shared != "") {
			t.Errorf("a file that was not to be a pair: %+v", v)
		}
	}
}

// TestImportLines switches how the lines of a plain text are read.
func TestImportLines(t *testing.T) {
	o := newOffice(t)
	text := "The first line of the notice goes on\nin the second line of it, and ends here.\n\nAnother paragraph is\nwrapped as well.\n"
	table := o.sendFiles(map[string]string{"wrapped.txt": text, "a.md": "One text.\n"})
	page := o.get("bai", table).ok().lacks("select[name='lines-0']").has("select[name='lines-1']").says("tbody:nth-of-type(2) .reads", "lines run on to the next blank line – decided from the file")
	o.fill("bai", table, with(page.tableForm(), "lines-1", "hard", "act", "read")...).to()
	page = o.get("bai", table).ok().has("select[name='lines-1'] option[value=hard][selected]").says("tbody:nth-of-type(2) .reads", "each line is a paragraph – chosen by hand")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "ul.results").says(".results li:nth-child(2)", "4 units").says(".results li:nth-child(2)", "chosen by hand")
	for _, doc := range o.documents() {
		if v := o.version(doc); doc.Name == "wrapped.txt" && (!v.Target.Hard || !v.Target.Chosen) {
			t.Errorf("version = %+v", v)
		}
	}
}
