package exchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/reviseur/reviseur/corpus"
)

// A glossary as a table has a row an entry. The first row names the columns; only
// source and one of the four columns of the target are needed. Several words in
// one cell are divided by "|" or a line end. CSV may be divided by commas,
// semicolons or tabs; a cell that a spreadsheet would take for a formula goes out
// behind an apostrophe, and comes in without it.

// The bounds of a table of terms.
const (
	termsSize = 16 << 20 // bytes; of a workbook also unpacked, times four
	termRows  = 100_000
	termLine  = 64 << 10 // bytes of a cell
)

// termColumns are the columns in the order in which they go out, with the names
// under which they come in as well.
var termColumns = []struct {
	name  string
	also  []string
	words func(*corpus.Term) *[]corpus.Designation
	as    corpus.TermStatus
	text  func(*corpus.Term) *string
}{
	{name: "source", also: []string{"原文", "源语", "source term", "term"}, words: sourceWords, as: corpus.TermPreferred},
	{name: "source admitted", also: []string{"source variants", "原文异形"}, words: sourceWords, as: corpus.TermAdmitted},
	{name: "source deprecated", also: []string{"原文旧称"}, words: sourceWords, as: corpus.TermDeprecated},
	{name: "source forbidden", also: []string{"原文禁用"}, words: sourceWords, as: corpus.TermForbidden},
	{name: "preferred", also: []string{"target", "译文", "首选译法", "target term"}, words: targetWords, as: corpus.TermPreferred},
	{name: "admitted", also: []string{"可用译法"}, words: targetWords, as: corpus.TermAdmitted},
	{name: "deprecated", also: []string{"旧译法"}, words: targetWords, as: corpus.TermDeprecated},
	{name: "forbidden", also: []string{"禁用译法"}, words: targetWords, as: corpus.TermForbidden},
	{name: "subject", also: []string{"领域"}, text: func(t *corpus.Term) *string { return &t.Subject }},
	{name: "definition", also: []string{"定义"}, text: func(t *corpus.Term) *string { return &t.Definition }},
	{name: "note", also: []string{"备注"}, text: func(t *corpus.Term) *string { return &t.Note }},
}

func sourceWords(t *corpus.Term) *[]corpus.Designation { return &t.Source }
func targetWords(t *corpus.Term) *[]corpus.Designation { return &t.Target }

// TermTable is a table of terms that was read: the entries that can be taken, and
// what was refused, as FILE:LINE: reason.
type TermTable struct {
	Terms   []corpus.Term
	Refused []string
}

// ReadTerms reads a table of terms, CSV or XLSX by its name; of a workbook the
// first sheet. A table that cannot be read at all is an error that names the
// file; a row that says nothing usable is refused and the others are read.
func ReadTerms(name string, data []byte) (TermTable, error) {
	if len(data) > termsSize {
		return TermTable{}, corpus.Errorf(corpus.TooLarge, "%s:1: a table of terms has at most %d MB", name, termsSize>>20)
	}
	var rows iterRows
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".xlsx":
		rows = workbookRows(data)
	case ".csv", ".tsv", ".txt":
		rows = csvRows(data)
	default:
		return TermTable{}, corpus.Errorf(corpus.Unsupported, "%s:1: terms come as CSV or XLSX, not as %q", name, ext)
	}
	var t TermTable
	var columns []int
	first := map[string]int{} // line of an entry, by what makes it one
	err := rows(func(line int, cells []string) error {
		if columns == nil {
			var err error
			columns, err = termHeader(cells)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", name, line, err)
			}
			return nil
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			return nil
		}
		term, err := termOf(columns, cells)
		if err == nil {
			err = term.Validate()
		}
		if err == nil {
			key := strings.ToLower(term.Source[0].Text + "\x00" + term.Subject)
			if before, twice := first[key]; twice {
				err = corpus.Errorf(corpus.Conflict, "%s stands in line %d already; put its words into one row, or give it another subject", term.Source[0].Text, before)
			} else {
				first[key] = line
			}
		}
		if err != nil {
			t.Refused = append(t.Refused, fmt.Sprintf("%s:%d: %s", name, line, corpus.Message(err)))
			return nil
		}
		if t.Terms = append(t.Terms, term); len(t.Terms) > termRows {
			return corpus.Errorf(corpus.TooLarge, "%s:%d: a table of terms has at most %d rows", name, line, termRows)
		}
		return nil
	})
	var at *rowError
	switch {
	case errors.As(err, &at):
		return TermTable{}, corpus.Errorf(corpus.Invalid, "%s:%d: %s", name, at.line, at.reason)
	case err != nil:
		return TermTable{}, &corpus.Error{Kind: corpus.KindOf(err), Msg: err.Error()}
	case columns == nil:
		return TermTable{}, corpus.Errorf(corpus.Invalid, "%s:1: the table is empty; its first row names the columns: %s", name, columnNames())
	}
	return t, nil
}

// iterRows calls its argument with each row and its line, from 1.
type iterRows func(func(line int, cells []string) error) error

// rowError is what is wrong with a file at a line.
type rowError struct {
	line   int
	reason string
}

func (e *rowError) Error() string { return e.reason }

func csvRows(data []byte) iterRows {
	return func(f func(int, []string) error) error {
		data := bytes.TrimPrefix(data, []byte("\ufeff"))
		if !utf8.Valid(data) {
			line := 1
			for l := range bytes.Lines(data) {
				if !utf8.Valid(l) {
					break
				}
				line++
			}
			return &rowError{line, "this is not UTF-8; save the table as “CSV UTF-8”, or as XLSX"}
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.FieldsPerRecord, r.Comma = -1, dividerOf(data)
		for {
			cells, err := r.Read()
			var bad *csv.ParseError
			switch {
			case err == io.EOF:
				return nil
			case errors.As(err, &bad):
				return &rowError{bad.Line, "the row cannot be read: " + bad.Err.Error()}
			case err != nil:
				return err
			}
			line, _ := r.FieldPos(0)
			for i := range cells {
				cells[i] = unguarded(cells[i])
			}
			if err := f(line, cells); err != nil {
				return err
			}
		}
	}
}

// dividerOf returns what divides the cells: the sign that the first line holds
// most of.
func dividerOf(data []byte) rune {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, r := range ";\t" {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

func workbookRows(data []byte) iterRows {
	return func(f func(int, []string) error) error {
		book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 4 * termsSize, UnzipXMLSizeLimit: 4 * termsSize, RawCellValue: true})
		if err != nil {
			return &rowError{1, "this is no XLSX workbook, or a damaged, encrypted or oversized one"}
		}
		defer book.Close()
		rows, err := book.Rows(book.GetSheetName(0))
		if err != nil {
			return &rowError{1, "the first sheet of the workbook cannot be read"}
		}
		defer rows.Close()
		for line := 1; rows.Next(); line++ {
			cells, err := rows.Columns()
			if err != nil {
				return &rowError{line, "the row cannot be read"}
			}
			if len(cells) == 0 {
				continue
			}
			if err := f(line, cells); err != nil {
				return err
			}
		}
		if rows.Error() != nil {
			return &rowError{1, "the first sheet of the workbook cannot be read"}
		}
		return nil
	}
}

// termHeader returns for each cell which column it names.
func termHeader(cells []string) ([]int, error) {
	columns := make([]int, len(cells))
	seen := map[int]bool{}
	target := false
	for i, cell := range cells {
		name := strings.ToLower(strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\u00a0' }), " "))
		columns[i] = -1
		if name == "" {
			continue
		}
		for k, c := range termColumns {
			if name == c.name || slices.Contains(c.also, name) {
				columns[i] = k
				target = target || firstTarget <= k && c.words != nil
			}
		}
		switch {
		case columns[i] < 0:
			return nil, corpus.Errorf(corpus.Invalid, "no column %q: the first row names the columns, which are %s", cell, columnNames())
		case seen[columns[i]]:
			return nil, corpus.Errorf(corpus.Invalid, "the column %q is there twice", cell)
		}
		seen[columns[i]] = true
	}
	if !seen[0] || !target {
		return nil, corpus.Errorf(corpus.Invalid, "a table of terms needs a column source, and one of preferred, admitted, deprecated and forbidden")
	}
	return columns, nil
}

const firstTarget = 4 // of termColumns

func columnNames() string {
	var names []string
	for _, c := range termColumns {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

func termOf(columns []int, cells []string) (corpus.Term, error) {
	var t corpus.Term
	for k, c := range termColumns { // in our order, whatever the file's
		i := slices.Index(columns, k)
		if i < 0 || i >= len(cells) {
			continue
		}
		if len(cells[i]) > termLine {
			return t, corpus.Errorf(corpus.TooLarge, "the cell %s is longer than %d bytes", c.name, termLine)
		}
		if c.text != nil {
			*c.text(&t) = strings.TrimSpace(cells[i])
			continue
		}
		for _, word := range splitWords(cells[i]) {
			list := c.words(&t)
			*list = append(*list, corpus.Designation{Text: word, Status: c.as})
		}
	}
	for i := range cells {
		if i >= len(columns) && strings.TrimSpace(cells[i]) != "" {
			return t, corpus.Errorf(corpus.Invalid, "the row has more cells than the first row names")
		}
	}
	return t, nil
}

// splitWords divides a cell at "|" and line ends; "\|" is the sign itself.
func splitWords(cell string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if w := strings.TrimSpace(b.String()); w != "" {
			words = append(words, w)
		}
		b.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch {
		case cell[i] == '\\' && i+1 < len(cell) && (cell[i+1] == '|' || cell[i+1] == '\\'):
			i++
			b.WriteByte(cell[i])
		case cell[i] == '|' || cell[i] == '\n':
			flush()
		default:
			b.WriteByte(cell[i])
		}
	}
	flush()
	return words
}

func joinWords(list []corpus.Designation, as corpus.TermStatus) string {
	var words []string
	for _, d := range list {
		if d.Status == as {
			words = append(words, strings.NewReplacer(`\`, `\\`, "|", `\|`).Replace(d.Text))
		}
	}
	return strings.Join(words, " | ")
}

// guarded puts an apostrophe in front of what a spreadsheet would take for a
// formula, and in front of what would look like that; unguarded is its inverse.
func guarded(cell string) string {
	if formulaLike(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if strings.HasPrefix(cell, "'") && formulaLike(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

func formulaLike(s string) bool { return s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 }

// cellsOf returns an entry as the cells of a row.
func cellsOf(t corpus.Term) []string {
	cells := make([]string, len(termColumns))
	for i, c := range termColumns {
		if c.text != nil {
			cells[i] = *c.text(&t)
		} else {
			cells[i] = joinWords(*c.words(&t), c.as)
		}
	}
	return cells
}

// WriteTermsCSV writes the entries as WriteCSV does.
func WriteTermsCSV(w io.Writer, terms []corpus.Term) error {
	rows := [][]string{strings.Split(columnNames(), ", ")}
	for _, t := range terms {
		rows = append(rows, cellsOf(t))
	}
	return WriteCSV(w, rows)
}

// WriteTermsXLSX writes the entries as a workbook of one sheet; all cells are
// text, so none is a formula.
func WriteTermsXLSX(w io.Writer, terms []corpus.Term) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return err
	}
	row := func(n int, cells []string) error {
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		return sheet.SetRow(fmt.Sprintf("A%d", n), values)
	}
	if err := row(1, strings.Split(columnNames(), ", ")); err != nil {
		return err
	}
	for i, t := range terms {
		if err := row(i+2, cellsOf(t)); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}

// WriteCSV writes rows as CSV for spreadsheets: in UTF-8 with a byte order mark,
// no cell a formula.
func WriteCSV(w io.Writer, rows [][]string) error { return StreamCSV(w, slices.Values(rows)) }

// StreamCSV is WriteCSV for rows that are made one by one; it holds none of them.
func StreamCSV(w io.Writer, rows iter.Seq[[]string]) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	for row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = guarded(cell)
		}
		if err := c.Write(cells); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
