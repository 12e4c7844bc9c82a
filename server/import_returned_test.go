package server

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// TestImportReturned brings an exported file back, edited elsewhere: it is
// recognised, and its changes become proposals unless somebody says otherwise.
func TestImportReturned(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	amount := o.unit(doc, "billion")
	o.propose("lin", amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	o.approve("he", amount)
	out, err := o.desk.Export(t.Context(), o.people["tan"], doc.ID, workflow.ApprovedOnly)
	o.must(err)
	edited := strings.Replace(string(out.Data), "No major accident", "No serious accident", 1)
	upload := func(choice string) *reply {
		t.Helper()
		to := o.send("bai", o.projectPath("/import"), nil, map[string]string{"port.md": edited}).to()
		o.fill("bai", to, "take-0", "1", "name-0", "port.md", "target-0", "0", "as-0", string(doc.ID), "act", "take").to()
		page := o.until("bai", to, "#take")
		page.says(".preview", "exported from here").has(`input[name=returned-0][value="1"][checked]`, ".preview ins", ".preview del")
		o.fill("bai", to+"/take", "returned-0", choice).to()
		return o.until("bai", to, ".results")
	}
	upload("1").says(".results", "proposals from the returned file: 1")
	rec := corpus.Record{}
	o.must(o.store.View(t.Context(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(o.unit(doc, "accident"))
		return err
	}))
	if rec.State() != corpus.StateProposed || rec.Latest().Text != "No serious accident happened." || rec.Latest().Author != o.people["bai"] {
		t.Errorf("the returned sentence is %s: %q", rec.State(), rec.Latest().Text)
	}
	upload("0").says(".results", "version 2")
	o.get("bai", o.projectPath("/import")+"?for="+string(doc.ID)).is(409)
}
