package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestReviewTable takes a table out, fills it in, and merges it: a preview
// stores nothing, a row that changed since is a conflict on both pages.
func TestReviewTable(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	amount, cases := o.unit(doc, "90 billion"), o.unit(doc, "34,000")
	table := documentPath(doc, "/table")
	o.get("lin", documentPath(doc, "/export")).ok().has("a[href='" + table + "']")
	o.get("wu", table).is(http.StatusForbidden)
	o.get("lin", table).ok().has("form[enctype='multipart/form-data'] input[type=file]", "label[for=files]")

	filled := o.get("tan", documentPath(doc, "/export/review?format=csv")).ok().body
	for _, c := range []struct {
		unit corpus.UnitID
		text string
	}{{amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan."}, {cases, "Some 34,000 cases."}} {
		rec := o.recordOf(c.unit)
		end := ",,,," + string(rec.Latest().ID) // no proposal, flag or comment
		if strings.Count(filled, end) != 1 {
			t.Fatalf("the table does not hold the wording of %s", c.unit)
		}
		filled = strings.Replace(filled, end, `,"`+c.text+`",,a <b>remark</b>,`+string(rec.Latest().ID), 1)
	}
	send := func(name, data string) *reply { return o.send("lin", table, nil, map[string]string{name: data}) }
	preview := send("notice.csv", filled).ok()
	preview.says(".counts", "2 rows would be taken").says("table.rows", "9 billion").says("table.rows", "a <b>remark</b>").lacks("table.rows b", "[style]")
	if n := len(o.recordOf(amount).Revisions); n != 1 {
		t.Errorf("the preview stored %d wordings", n-1)
	}
	path, values := preview.formOf("form[action$='/table/merge']")
	o.propose("he", cases, "In all, 34,000 cases.")
	done := o.sendForm("lin", path, values).ok()
	done.says(".notice", "1 row was taken").says("table.rows", "conflict, not taken").has("table.rows a[href*='at=" + string(cases) + "']")
	rec := o.recordOf(amount)
	if latest := rec.Latest(); latest.Origin != corpus.FromImport || !strings.Contains(latest.Text, "9 billion") {
		t.Errorf("the wording is %+v", latest)
	}
	send("notice.csv", "x,y\n1,2\n").is(http.StatusUnprocessableEntity).says(".problem", "notice.csv:1: ")
	send("notice.md", "# x\n").is(http.StatusUnprocessableEntity).says(".problem", "no review table")
	o.fill("lin", table+"/merge", "rows", "[").is(http.StatusUnprocessableEntity)
	o.fill("wu", table+"/merge", "rows", "[]").is(http.StatusForbidden)
}
