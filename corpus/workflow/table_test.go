package workflow

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// filledIn returns the document's table as CSV, read again after somebody typed
// into it: cells by unit and column.
func (b *bench) filledIn(cells map[corpus.UnitID]map[string]string) []exchange.TableRow {
	b.Helper()
	r := csv.NewReader(bytes.NewReader(b.handOn("csv")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	b.must(err)
	head := rows[1]
	for _, row := range rows[2:] {
		for column, text := range cells[corpus.UnitID(row[slices.Index(head, "id")])] {
			row[slices.Index(head, column)] = text
		}
	}
	var out bytes.Buffer
	b.must(csv.NewWriter(&out).WriteAll(rows))
	list, err := ReadTable("back.csv", out.Bytes())
	b.must(err)
	return list
}

// fatesOf says what becomes of the rows, by unit.
func fatesOf(list []MergedRow) map[corpus.UnitID]RowFate {
	out := map[corpus.UnitID]RowFate{}
	for _, m := range list {
		out[m.Unit] = m.Fate
	}
	return out
}

// TestMergeTable: wordings become proposals, comments are added below their
// thread, what changed since is a conflict, and a second time adds nothing.
func TestMergeTable(t *testing.T) {
	b := newBench(t)
	cases, amount, accident, entry := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "No major"), b.unit(b.doc.ID, "Entry into")
	_, err := b.desk.Comment(ctx, b.lin, cases, "Is this right?", "")
	b.must(err)
	rows := b.filledIn(map[corpus.UnitID]map[string]string{
		cases:    {"comment": "lin: Is this right?\nYes, it is."},
		amount:   {"proposal": " The amount was ⟨1⟩9 billion⟨/1⟩ yuan. "},
		accident: {"proposal": "Nothing happened.", "comment": "shorter"},
		entry:    {"proposal": "No entry.", "source": "别的原文"},
	})
	b.propose(b.mo, accident, "Nothing bad happened.")

	count := func() (revisions, comments int) {
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			for _, u := range []corpus.UnitID{cases, amount, accident, entry} {
				revisions += len(b.record(u).Revisions)
				list, err := r.Comments(u)
				if err != nil {
					return err
				}
				comments += len(list)
			}
			return nil
		}))
		return revisions, comments
	}
	revisions, comments := count()
	preview, err := b.desk.PreviewTable(ctx, b.lin, b.doc.ID, rows)
	b.must(err)
	if r, c := count(); r != revisions || c != comments {
		t.Errorf("a preview stored something")
	}
	merged, err := b.desk.MergeTable(ctx, b.lin, b.doc.ID, rows, nil)
	b.must(err)
	for name, list := range map[string][]MergedRow{"preview": preview, "merge": merged} {
		got := fatesOf(list)
		want := map[corpus.UnitID]RowFate{cases: RowTaken, amount: RowTaken, accident: RowConflict, entry: RowConflict}
		for u, f := range want {
			if got[u] != f {
				t.Errorf("%s: %s is %s, want %s", name, b.textOf(u), got[u], f)
			}
		}
	}
	if r, c := count(); r != revisions+1 || c != comments+1 {
		t.Errorf("%d wordings and %d comments were added, want one each", r-revisions, c-comments)
	}
	rec := b.record(amount)
	if latest := rec.Latest(); latest.Origin != corpus.FromImport || latest.Author != b.lin || !strings.Contains(latest.Text, "9 billion") || rec.State() != corpus.StateProposed {
		t.Errorf("the proposal is %+v, the unit %s", latest, rec.State())
	}
	accidents := b.record(accident)
	if got := accidents.Latest().Text; got != "Nothing bad happened." {
		t.Errorf("a conflict changed the unit to %q", got)
	}

	again, err := b.desk.MergeTable(ctx, b.lin, b.doc.ID, rows, nil)
	b.must(err)
	if r, c := count(); r != revisions+1 || c != comments+1 || fatesOf(again)[amount] != RowSame || fatesOf(again)[cases] != RowSame {
		t.Errorf("merging twice adds %d wordings and %d comments: %v", r-revisions, c-comments, fatesOf(again))
	}

	b.again(sampleSource, strings.Replace(sampleTarget, "No major", "No grave", 1))
	later, err := b.desk.PreviewTable(ctx, b.lin, b.doc.ID, rows)
	b.must(err)
	for _, m := range later {
		if m.Fate == RowTaken {
			t.Errorf("a row of an older version would be taken: %+v", m)
		}
	}
	_, err = b.desk.PreviewTable(ctx, b.tan, b.doc.ID, rows)
	b.wants(err, corpus.Forbidden)
	b.audit()
}

func (b *bench) textOf(unit corpus.UnitID) string {
	rec := b.record(unit)
	return rec.Latest().Text
}
