package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// tick sends a form in which a name stands several times, key before value.
func (o *office) tick(as, path string, pairs ...string) *reply {
	o.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.do(as, r)
}

const roughText = "Port notice\n\n  The office met on Monday. It decided to close the quay until the works are done.\n\n\n\nThe “rule” and the “aim” and the \"way\" stand.\n"

func TestCleaningPage(t *testing.T) {
	o := newOffice(t)
	doc := o.take("rough.txt", "", roughText)
	path := func(rest string) string { return documentPath(doc, "/cleaning"+rest) }
	page := o.get("lin", path("")).ok().says("#suggested", "Make a heading (1)").says("#suggested", "Trim the indent (1)").says("#suggested", "Keep one blank line of several (1)").says("#quotes", "Most marks of the text are curly").lacks("[style]")
	var values []string
	for _, n := range page.all("#suggested input[name=change]") {
		for _, a := range n.Attr {
			if a.Key == "value" {
				values = append(values, "change", a.Val)
			}
		}
	}
	if len(values) != 6 {
		t.Fatalf("suggested are %v", values)
	}
	o.get("stranger", path("")).is(http.StatusNotFound)
	o.tick("wu", path("/propose"), append(values, "version", string(doc.Current))...).is(http.StatusForbidden) // a viewer
	o.tick("lin", path("/propose"), append(values, "version", "another")...).is(http.StatusConflict)
	o.tick("lin", path("/propose"), "version", string(doc.Current)).is(http.StatusUnprocessableEntity)
	o.tick("lin", path("/propose"), "version", string(doc.Current), "change", "heading:x").is(http.StatusUnprocessableEntity)
	o.tick("lin", path("/propose"), append(values, "version", string(doc.Current), "level-0", "2")...).is(http.StatusSeeOther)
	o.tick("lin", path("/propose"), "version", string(doc.Current), "unit", "3", "kind", "split").is(http.StatusSeeOther)
	page = o.get("he", path("")).ok().says("#waiting", "proposed by").says("#waiting", "Begin a paragraph (1)").says("#suggested", "Nothing more was found")
	var ids []string
	for _, n := range page.all("#waiting input[name=id]") {
		for _, a := range n.Attr {
			if a.Key == "value" {
				ids = append(ids, "id", a.Val)
			}
		}
	}
	if len(ids) != 8 {
		t.Fatalf("waiting are %v", ids)
	}
	o.get("tan", documentPath(doc, "/export")).ok().says("#open .kinds", "4 changes of layout wait for a second person").has("#open .kinds a[href='" + path("#waiting") + "']")
	o.tick("lin", path("/approve"), ids...).is(http.StatusForbidden) // two pairs of eyes
	o.tick("he", path("/confirm"), ids[:4]...).ok().says("main", "These changes will be approved").lacks("#suggested")
	o.tick("he", path("/confirm")).is(http.StatusUnprocessableEntity)
	o.tick("he", path("/decline"), ids[:2]...).is(http.StatusUnprocessableEntity) // no reason
	o.tick("he", path("/approve"), ids...).is(http.StatusSeeOther)
	o.get("lin", path("")).ok().says("#standing", "approved by").says("#waiting", "Nothing waits")
	o.get("tan", documentPath(doc, "/export")).ok().says(".proof", "0 approved wordings and 4 changes of layout are put in. Outside of them 0 bytes change").says("#diff", "Trim the indent: 1").says("#file", "Download as Markdown")
	o.get("lin", documentPath(doc, "/read?text=approved&marks=1")).ok().says(".is-heading", "Port notice").says(".is-heading .layout", "Make a heading")
	o.get("lin", documentPath(doc, "/read?text=received")).ok().lacks(".layout")
	if n := len(o.get("lin", documentPath(doc, "/read?text=approved")).ok().all(".reading .block")); n != 4 {
		t.Errorf("%d blocks are read, want 4", n)
	}
	got := o.get("tan", documentPath(doc, "/export/file?policy=approved&format=markdown")).ok()
	const want = "## Port notice\n\nThe office met on Monday.\n\nIt decided to close the quay until the works are done.\n\nThe “rule” and the “aim” and the \"way\" stand.\n"
	if got.body != want || !strings.Contains(got.header.Get("Content-Disposition"), ".md") {
		t.Errorf("Markdown is %q, %v", got.body, got.header)
	}
	o.get("tan", documentPath(doc, "/export/file?format=pdf")).is(http.StatusUnprocessableEntity)
	o.tick("he", path("/reopen"), ids[:2]...).is(http.StatusSeeOther)
	o.tick("lin", path("/withdraw"), ids[:2]...).is(http.StatusSeeOther)
	quoted := o.unit(doc, "aim")
	o.tick("lin", path("/quotes")).is(http.StatusUnprocessableEntity)
	o.tick("lin", path("/quotes"), "unit", string(quoted)).is(http.StatusSeeOther)
	o.get("lin", path("")).ok().says("#quotes", "of one kind")
}
