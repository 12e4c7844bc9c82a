package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestRatingsComeBack takes a document's flags out as a table of errors and into
// another database: a document with the same flags, checked, on which work goes on.
func TestRatingsComeBack(t *testing.T) {
	b := newBench(t)
	cases, entry := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "not recommended")
	for _, p := range []Passage{
		{Unit: cases, Target: corpus.Mark{Quote: "smuggling cases"}, Category: corpus.Awkward, Severity: corpus.Minor, Note: "plainly"},
		{Unit: cases, Source: corpus.Mark{Quote: "3.4万"}, Target: corpus.Mark{Quote: "34,000"}, Category: corpus.NumberUnit, Severity: corpus.Critical},
		{Unit: entry, Target: corpus.Mark{Quote: "not recommended"}, Category: corpus.Mistranslation, Severity: corpus.Major},
	} {
		_, err := b.desk.Flag(ctx, b.lin, p)
		b.must(err)
	}
	b.propose(b.lin, entry, "Entry is forbidden.")
	_, err := b.desk.Flag(ctx, b.mo, Passage{Unit: entry, Target: corpus.Mark{Quote: "forbidden"}, Category: corpus.WrongTerm, Severity: corpus.Neutral})
	b.must(err)
	table := b.handOn("mqm")

	c := emptyBench(t)
	out, err := c.desk.Import(ctx, c.admin, c.project.ID, Delivery{Name: "ratings.tsv", Target: &Received{Name: "ratings.tsv", Data: table}}, nil)
	c.must(err)
	c.doc = out.Document
	if out.Units != 6 {
		t.Errorf("%d units were taken", out.Units)
	}
	for _, words := range []string{"34,000", "forbidden"} {
		want, got := b.record(b.unit(b.doc.ID, words)), c.record(c.unit(c.doc.ID, words))
		if len(got.Flags) != len(want.Flags) {
			t.Fatalf("%s: %d flags came back of %d", words, len(got.Flags), len(want.Flags))
		}
		for i, w := range want.Flags {
			g := got.Flags[i]
			if g.Source != w.Source || g.Target != w.Target || g.Category != w.Category || g.Severity != w.Severity || g.Note != w.Note {
				t.Errorf("%s: flag %d came back as %+v, want %+v", words, i+1, g, w)
			}
		}
	}
	forbidden := c.unit(c.doc.ID, "forbidden")
	if got := c.state(forbidden); got != corpus.StateProposed {
		t.Errorf("the corrected unit is %s", got)
	}
	if got := string(c.export(c.doc.ID, LatestToo).Data); !strings.Contains(got, "Entry is forbidden.\n") {
		t.Errorf("it exports %q", got)
	}
	c.audit()

	// Of a table that says neither languages nor times, the project and the day are
	// taken; a check runs on what came.
	d := emptyBench(t)
	bare := "port\tport\t1\t1\tr1\t涉案90亿元。\tSome 90 million yuan.\tOther\tMinor\n"
	out, err = d.desk.Import(ctx, d.admin, d.project.ID, Delivery{Name: "bare.tsv", Target: &Received{Name: "bare.tsv", Data: []byte(bare)}}, nil)
	d.must(err)
	if out.Findings == 0 || out.Version.Created.IsZero() {
		t.Errorf("%d findings, made at %v", out.Findings, out.Version.Created)
	}
	d.audit()
}
