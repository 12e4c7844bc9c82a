package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func TestRecord(t *testing.T) {
	o := newOffice(t)
	doc := o.take("rough.txt", "", roughText)
	made, err := o.desk.ProposeCleanings(t.Context(), o.people["lin"], doc.ID, layout.Reshape{Kind: layout.MakeHeading, Block: 0, Level: 1}, layout.Reshape{Kind: layout.TrimIndent, Block: 1})
	o.must(err)
	o.must(o.desk.ApproveCleanings(t.Context(), o.people["he"], doc.ID, made[0].ID, made[1].ID))
	met := o.unit(doc, "met on Monday")
	o.propose("lin", met, "The office <b>met</b> on Tuesday.")
	o.approve("he", met)
	open := o.unit(doc, "aim")
	r, err := o.desk.Release(t.Context(), o.people["tan"], doc.ID, "June", map[corpus.UnitID]string{open: "asked on Monday", o.unit(doc, "close the quay"): "known", o.unit(doc, "Port notice"): "a name"})
	o.must(err)
	path := documentPath(doc, "/releases/"+string(r.Snapshot.ID))
	o.get("lin", path).ok().has("a[href='" + path + "/record']")
	page := o.get("lin", path+"/record").ok()
	page.says(".certificate", "The office <b>met</b> on Tuesday.").says(".certificate", "Machine: The office met on Monday.").says(".certificate", "Nobody answers for this wording").says(".certificate", "asked on Monday").says(".certificate", "4 units: 1 differ from the machine’s wording, 3 went out as received, 3 were let pass").says(".certificate", "Changes of layout (2)").says(".certificate", "Make a heading, level 1").says(".facts", r.Snapshot.Target).lacks("[style]", ".certificate td b b")
	var head corpus.Event
	o.must(o.store.View(t.Context(), func(r2 corpus.Reader) (err error) {
		head, err = r2.Event(r.Snapshot.Act)
		return err
	}))
	page.says(".facts", head.Hash)
	file := o.get("lin", path+"/record/file").ok()
	if !strings.HasPrefix(file.body, "<!doctype html>") || strings.Contains(file.body, "<link") || !strings.Contains(file.body, "@media print") || !strings.Contains(file.body, "&lt;b&gt;met") {
		t.Errorf("the file is %.400s", file.body)
	}
	o.get("stranger", path+"/record").is(http.StatusNotFound)
	o.get("lin", documentPath(doc, "/releases/none/record")).is(http.StatusNotFound)
	o.get("lin", documentPath(o.take("other.md", "", portTarget), "/releases/"+string(r.Snapshot.ID)+"/record")).is(http.StatusNotFound)
}
