package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// unitPath is a path below a unit's.
func unitPath(doc corpus.Document, unit corpus.UnitID, rest string) string {
	return documentPath(doc, "/units/"+string(unit)+"/"+rest)
}

func TestProposeThenNext(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit, next := o.unit(doc, "90 billion"), o.unit(doc, "No major")
	r := o.post("lin", unitPath(doc, unit, "propose"), "text", "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.", "then", "next").ok()
	r.has("#u-"+string(next)+"[aria-current]", "#u-"+string(unit)+".proposed", "#panel", "#saying").lacks("#u-" + string(unit) + "[aria-current]")
}

// post sends a form as script does, for a part of the page.
func (o *office) post(as, path string, pairs ...string) *reply {
	o.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Fragment", "1")
	return o.do(as, r)
}
