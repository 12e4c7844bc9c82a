package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// The table of a review is for people without a tool: a row for each unit, in
// which they type proposals and comments. It goes out as CSV or as a workbook and
// its rows are merged back into the document; it is never a document itself.
func csvFormat() Format {
	return Format{ID: "csv", Title: "CSV review table", Extensions: []string{".csv"}, write: writeTableCSV, table: readTable}
}

func xlsxFormat() Format {
	return Format{ID: "xlsx", Title: "XLSX review table", Extensions: []string{".xlsx"}, write: writeTableXLSX, table: readTable}
}

// TableRow is a row of a table of a review.
type TableRow struct {
	Line     int // of the file, or of the sheet, from 1
	Number   int // as the table says it; 0 where it says none
	Unit     corpus.UnitID
	Base     corpus.RevisionID // the wording that the table was made of
	Source   string            // as it is shown: tokens as ⟨1⟩
	Proposal string            // as typed; "" for none
	Comment  string            // the whole cell; "" for none
}

// tableColumns are the columns in the order in which they go out.
var tableColumns = []string{tableNumber: "number", tableUnit: "id", tableState: "state", tableSource: "source", tableTarget: "target", tableProposal: "proposal", tableFlags: "flags", tableComment: "comment", tableBase: "wording"}

const (
	tableNumber = iota
	tableUnit
	tableState
	tableSource
	tableTarget
	tableProposal
	tableFlags
	tableComment
	tableBase
)

// tableHelp is the first row, which the reader passes over.
const tableHelp = "Type a better wording into the column proposal and what you want to say below what the column comment holds. Marks such as ⟨1⟩ stand for markup: keep them. Leave all other columns as they are; rows may be sorted and removed."

// cellLimit is how much a cell of a workbook can hold, in UTF-16 units.
const cellLimit = 32767

// tableRows returns a review as the rows of its table.
func tableRows(r *Review) [][]string {
	rows := [][]string{{tableHelp}, tableColumns}
	for i := range r.Units {
		u := &r.Units[i]
		current, latest := u.Current(), u.Latest()
		row := make([]string, len(tableColumns))
		row[tableNumber], row[tableUnit], row[tableState] = strconv.Itoa(i+1), string(u.Unit.ID), u.State().String()
		row[tableSource], row[tableTarget], row[tableBase] = layout.Show(u.Unit.Text.Source), layout.Show(current.Text), string(latest.ID)
		if latest.ID != current.ID {
			row[tableProposal] = layout.Show(latest.Text)
		}
		var flags []string
		for _, f := range u.OpenFlags() {
			words := fmt.Sprintf("%s, %s", f.Category, f.Severity)
			for _, m := range []corpus.Mark{f.Source, f.Target} {
				if m.Present() {
					words += ": “" + layout.Show(m.Quote) + "”"
				}
			}
			if f.Note != "" {
				words += " (" + f.Note + ")"
			}
			flags = append(flags, words)
		}
		row[tableFlags] = strings.Join(flags, "\n")
		row[tableComment] = Thread(u.Comments, r.userName)
		rows = append(rows, row)
	}
	return rows
}

// Thread is what the table shows of the comments on a unit: a line for each with
// the name of who made it. A new comment is what stands below.
func Thread(comments []corpus.Comment, name func(corpus.UserID) string) string {
	var lines []string
	for _, c := range comments {
		if !c.Undone {
			lines = append(lines, name(c.By)+": "+strings.TrimSpace(plainCell(c.Text)))
		}
	}
	return strings.Join(lines, "\n")
}

// plainCell writes the line ends of a cell as spreadsheets keep them.
func plainCell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func writeTableCSV(w io.Writer, r *Review) error { return WriteCSV(w, tableRows(r)) }

// writeTableXLSX writes a workbook of one sheet, in which all cells are text. A
// cell that is too long for a workbook is refused with kind Invalid, naming the
// unit.
func writeTableXLSX(w io.Writer, r *Review) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	wrap, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, NumFmt: 49}) // 49: text, whatever is typed
	if err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return err
	}
	for i, width := range []float64{8, 14, 12, 50, 50, 50, 30, 30, 14} {
		if err := sheet.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for n, row := range tableRows(r) {
		values := make([]any, len(row))
		for i, cell := range row {
			for at, c := range cell {
				if !xmlCharacter(cell[at:], c) {
					return corpus.Errorf(corpus.Invalid, "a workbook cannot hold the character %U of unit %q; use CSV", c, row[tableUnit])
				}
			}
			if utf16Length(cell) > cellLimit {
				return corpus.Errorf(corpus.Invalid, "a cell of a workbook holds %d characters; %s of unit %q has more; use CSV", cellLimit, tableColumns[i], row[tableUnit])
			}
			values[i] = excelize.Cell{StyleID: wrap, Value: cell}
		}
		if err := sheet.SetRow("A"+strconv.Itoa(n+1), values); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// readTable reads the rows of a table that a reviewer filled in. Columns are
// known by name; those that are not needed may be gone.
func readTable(name string, raw []byte) ([]TableRow, error) {
	if len(raw) > termsSize {
		return nil, refuse(corpus.TooLarge, name, 1, "a review table has at most %d MB", termsSize>>20)
	}
	text, above := withoutHelp(raw)
	rows := csvRows(text)
	if strings.EqualFold(path.Ext(name), ".xlsx") {
		rows, above = workbookRows(raw), 0
	}
	t := &tableReader{name: name, first: map[corpus.UnitID]int{}}
	err := rows(func(line int, cells []string) error { return t.row(line+above, cells) })
	var at *rowError
	var known *corpus.Error
	switch {
	case errors.As(err, &at):
		return nil, refuse(corpus.Invalid, name, at.line+above, "%s", at.reason)
	case errors.As(err, &known):
		return nil, err
	case err != nil:
		return nil, refuse(corpus.Invalid, name, 1, "the table cannot be read")
	case t.columns == nil:
		return nil, refuse(corpus.Invalid, name, 1, "no row names the columns; a review table needs id, proposal and wording")
	}
	return t.rows, nil
}

// withoutHelp drops the row of help, which says nothing of what divides the
// cells, and returns how many lines that were.
func withoutHelp(raw []byte) (rest []byte, lines int) {
	text := bytes.TrimPrefix(raw, []byte("\ufeff"))
	if first, rest, _ := bytes.Cut(text, []byte("\n")); bytes.Contains(first, []byte(tableHelp[:20])) {
		return rest, 1
	}
	return text, 0
}

type tableReader struct {
	name    string
	columns []int // of each of tableColumns, where it is in the file; -1 for none
	rows    []TableRow
	first   map[corpus.UnitID]int // line of the row of each unit
}

func (t *tableReader) row(line int, cells []string) error {
	if t.columns == nil {
		return t.header(line, cells)
	}
	cell := func(column int) string {
		if i := t.columns[column]; i >= 0 && i < len(cells) {
			return plainCell(cells[i])
		}
		return ""
	}
	row := TableRow{
		Line: line, Unit: corpus.UnitID(strings.TrimSpace(cell(tableUnit))), Base: corpus.RevisionID(strings.TrimSpace(cell(tableBase))),
		Source: cell(tableSource), Proposal: cell(tableProposal), Comment: strings.TrimSpace(cell(tableComment)),
	}
	if n, err := strconv.Atoi(strings.TrimSpace(cell(tableNumber))); err == nil {
		row.Number = n
	}
	if strings.TrimSpace(row.Proposal) == "" {
		row.Proposal = ""
	}
	switch before, twice := t.first[row.Unit]; {
	case row.Unit == "" && row.Proposal == "" && row.Comment == "":
		return nil
	case row.Unit == "" || row.Base == "":
		return refuse(corpus.Invalid, t.name, line, "the row has lost its id or its wording, so nobody can say where it belongs")
	case twice:
		return refuse(corpus.Invalid, t.name, line, "the unit of this row stands in line %d already", before)
	case len(t.rows) == termRows:
		return refuse(corpus.TooLarge, t.name, line, "a review table has at most %d rows", termRows)
	}
	t.first[row.Unit] = line
	t.rows = append(t.rows, row)
	return nil
}

// header finds the row that names the columns; rows above it are passed over.
func (t *tableReader) header(line int, cells []string) error {
	columns := make([]int, len(tableColumns))
	for i := range columns {
		columns[i] = -1
	}
	for i, c := range cells {
		if k := slices.Index(tableColumns, strings.ToLower(strings.TrimSpace(c))); k >= 0 {
			if columns[k] >= 0 {
				return refuse(corpus.Invalid, t.name, line, "the column %s is there twice", tableColumns[k])
			}
			columns[k] = i
		}
	}
	needed := []int{tableUnit, tableProposal, tableBase}
	if !slices.ContainsFunc(needed, func(k int) bool { return columns[k] >= 0 }) {
		return nil
	}
	for _, k := range needed {
		if columns[k] < 0 {
			return refuse(corpus.Invalid, t.name, line, "the column %s is missing", tableColumns[k])
		}
	}
	t.columns = columns
	return nil
}
