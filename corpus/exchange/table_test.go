package exchange

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// tableReview has what a spreadsheet could spoil: formulas, an apostrophe, line
// ends, signs that divide cells, markup, a comment.
func tableReview() *Review {
	r := bilingualReview()
	r.Units[0].Revisions[0].Text = "=1+1"
	r.Units[2].Revisions[0].Text = "One;\ttwo,\n\"three\""
	r.Units[3].Comments = []corpus.Comment{{ID: "c", By: "lin", Text: "-5?\r\nReally"}}
	r.Units[4].Revisions = append(r.Units[4].Revisions, corpus.Revision{ID: "e1", Unit: "e", Number: 1, Text: "'@Added", Author: "lin", Base: "e0"})
	r.Units[4].Proposals = []corpus.Proposal{{ID: "p", Unit: "e", Revision: "e1", By: "lin"}}
	return r
}

// TestTableRoundTrip: what went out comes back as the same rows, from CSV and
// from a workbook, and as spreadsheets write CSV again (T32).
func TestTableRoundTrip(t *testing.T) {
	r := tableReview()
	var want []TableRow
	for i := range r.Units {
		u := &r.Units[i]
		row := TableRow{Number: i + 1, Unit: u.Unit.ID, Base: u.Latest().ID, Source: layout.Show(u.Unit.Text.Source)}
		if u.Unit.ID == "d" {
			row.Comment = "lin: -5?\nReally"
		}
		if u.Unit.ID == "e" {
			row.Proposal = "'@Added"
		}
		want = append(want, row)
	}
	read := func(name string, raw []byte) {
		t.Helper()
		f, err := Recognise(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.ReadTable(name, raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for i := range got {
			got[i].Line = 0
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s came back as\n%+v, want\n%+v", name, got, want)
		}
	}
	var text, book bytes.Buffer
	if err := csvFormat().Write(&text, r); err != nil {
		t.Fatal(err)
	}
	if err := xlsxFormat().Write(&book, r); err != nil {
		t.Fatal(err)
	}
	read("t.csv", text.Bytes())
	read("t.xlsx", book.Bytes())

	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text.Bytes(), []byte("\ufeff")))).Read()
	if err != nil || len(rows) != 1 || rows[0] != tableHelp {
		t.Errorf("the first row is %q, %v", rows, err)
	}
	reader := csv.NewReader(bytes.NewReader(text.Bytes()))
	reader.FieldsPerRecord = -1
	cells, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	again.WriteString("\ufeff")
	w := csv.NewWriter(&again)
	w.Comma, w.UseCRLF = ';', true
	for i, row := range cells {
		for k, cell := range row {
			if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
				t.Errorf("the cell %q would be a formula", cell)
			}
			if i == 0 {
				row[k] = strings.TrimPrefix(cell, "\ufeff")
			}
		}
		if err := w.Write(append(row, make([]string, len(tableColumns)-len(row))...)); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	read("again.csv", again.Bytes())
}

func TestReadTableRefuses(t *testing.T) {
	test := func(table, want string) {
		t.Helper()
		if _, err := csvFormat().ReadTable("t.csv", []byte(table)); err == nil || !strings.HasPrefix(err.Error(), "t.csv:") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", table, err, want)
		}
	}
	head := tableHelp + "\nid,proposal,wording\n"
	if rows, err := csvFormat().ReadTable("t.csv", []byte(head+"a,x,r\n,,\n")); err != nil || len(rows) != 1 || rows[0].Line != 3 {
		t.Errorf("%+v, %v", rows, err)
	}
	test(head+",x,r\n", "t.csv:3: the row has lost its id")
	test(head+"a,x,\n", "t.csv:3: the row has lost")
	test(head+"a,x,r\nb,y,r\na,z,r\n", "t.csv:5: the unit of this row stands in line 3 already")
	test("id,proposal\na,b\n", "t.csv:1: the column wording is missing")
	test("id,id,proposal,wording\n", "there twice")
	test("x,y\n1,2\n", "no row names the columns")
	test(head+"a,\"x\n", "t.csv:3: the row cannot be read")
	test("", "no row names the columns")
	if _, err := xlsxFormat().ReadTable("t.xlsx", []byte("PK\x03\x04nothing")); err == nil || !strings.HasPrefix(err.Error(), "t.xlsx:1: ") {
		t.Errorf("a damaged workbook gives %v", err)
	}
	r := tableReview()
	r.Units[1].Revisions[0].Text = strings.Repeat("字", cellLimit+1)
	var b bytes.Buffer
	if err := xlsxFormat().Write(&b, r); corpus.KindOf(err) != corpus.Invalid || !strings.Contains(err.Error(), `"b"`) || b.Len() > 0 {
		t.Errorf("a cell too long gives %v", err)
	}
}

func FuzzReadTable(f *testing.F) {
	var text, book bytes.Buffer
	if err := csvFormat().Write(&text, tableReview()); err != nil {
		f.Fatal(err)
	}
	if err := xlsxFormat().Write(&book, tableReview()); err != nil {
		f.Fatal(err)
	}
	f.Add(text.Bytes())
	f.Add(book.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, name := range []string{"f.csv", "f.xlsx"} {
			rows, err := readTable(name, raw)
			if err != nil && (!strings.HasPrefix(err.Error(), name+":") || corpus.KindOf(err) == corpus.Internal) {
				t.Fatalf("refused without file and line: %v", err)
			}
			for _, row := range rows {
				if row.Unit == "" || row.Base == "" {
					t.Fatalf("a row without a unit: %+v", row)
				}
			}
		}
	})
}
