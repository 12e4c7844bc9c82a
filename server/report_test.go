package server

import (
	"net/http"
	"testing"
)

func TestReport(t *testing.T) {
	o := newOffice(t)
	doc := o.take("page.md", "标题\n", "---\ntitle: Secret words\n---\n\n# Port *notice*\n\n<div>\nRaw <b>words</b>.\n</div>\n\n    code here\n\nText\xff.\n")
	page := o.get("lin", documentPath(doc, "/report")).ok()
	page.says("main", "Front matter").says("main", "title: Secret words").says("main", "Raw <b>words</b>.").says("main", "code here").says("tfoot", "the whole file").says("main", "Cannot be edited: undecodable bytes").lacks("[style]", "main b")
	if n := len(page.all("section")); n != 2 {
		t.Errorf("%d files are shown, want 2", n)
	}
	o.get("stranger", documentPath(doc, "/report")).is(http.StatusNotFound)
	o.get("lin", documentPath(doc, "/history")).ok().has("a[href='" + documentPath(doc, "/report") + "']")
}
