package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// RowFate says what merging a row of a review table does.
type RowFate string

// The fates of a row.
const (
	RowSame     RowFate = "same"     // it asks for nothing that is not there
	RowTaken    RowFate = "taken"    // its proposal, its comment, or both are taken
	RowConflict RowFate = "conflict" // its unit is another one by now: nothing of it is taken
	RowRefused  RowFate = "refused"  // what it says cannot be taken
)

// MergedRow is a row with what becomes of it.
type MergedRow struct {
	exchange.TableRow
	Fate    RowFate
	Why     string      // in English, of conflicts and refusals
	Text    corpus.Pair // of the unit as it stands, shown
	Propose bool        // the row holds a wording to propose
	Say     string      // the comment to add; "" for none
}

// ReadTable reads a review table that somebody filled in.
func ReadTable(name string, data []byte) ([]exchange.TableRow, error) {
	f, err := exchange.Recognise(name, data)
	if err != nil {
		return nil, err
	}
	return f.ReadTable(name, data)
}

// PreviewTable says of each row what merging it into the current version of the
// document would do; it stores nothing.
func (d *Desk) PreviewTable(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, rows []exchange.TableRow) ([]MergedRow, error) {
	var list []MergedRow
	err := d.store.View(ctx, func(r corpus.Reader) error {
		document, err := r.Document(doc)
		if err != nil {
			return err
		}
		p, err := r.Project(document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Propose); err != nil {
			return err
		}
		for _, row := range rows {
			m, err := d.rowFate(r, document, row)
			if err != nil {
				return err
			}
			list = append(list, m)
		}
		return nil
	})
	return list, err
}

func (d *Desk) rowFate(r corpus.Reader, doc corpus.Document, row exchange.TableRow) (MergedRow, error) {
	m := MergedRow{TableRow: row, Fate: RowConflict}
	unit, err := r.Unit(row.Unit)
	switch {
	case err != nil && corpus.KindOf(err) == corpus.NotFound:
		m.Why = "the unit is gone, or the table is another document's"
		return m, nil
	case err != nil:
		return m, err
	case unit.Document != doc.ID:
		m.Why = "the unit is of another document"
		return m, nil
	case unit.Version != doc.Current || unit.Retired:
		m.Why = "the unit was replaced since the table was made: by a new version, or by joining or cutting units"
		return m, nil
	}
	rec, err := r.Record(row.Unit)
	if err != nil {
		return m, err
	}
	latest := rec.Latest()
	m.Text = corpus.Pair{Source: layout.Show(unit.Text.Source), Target: layout.Show(latest.Text)}
	if m.Say, err = said(r, row); err != nil {
		return m, err
	}
	typed, refusal := "", error(nil)
	if row.Proposal != "" {
		ed, err := d.editionIn(r, unit)
		if err != nil {
			return m, err
		}
		typed, refusal = ed.read(Wording{Unit: row.Unit, Text: trimLines(row.Proposal)})
	}
	base, ok := rec.Revision(row.Base)
	switch {
	case row.Proposal == "" || refusal == nil && (typed == latest.Text || ok && typed == base.Text):
		// The wording of the table was left as it was, or is there by now.
		if m.Fate = RowSame; m.Say != "" {
			m.Fate = RowTaken
		}
	case !ok:
		m.Why = "the wording that the table was made of is gone"
	case base.ID != latest.ID:
		m.Why = "somebody else changed the unit since the table was made"
	case row.Source != "" && trimLines(row.Source) != trimLines(m.Text.Source):
		m.Why = "the source of the row is not that of the unit"
	case refusal != nil:
		m.Fate, m.Why = RowRefused, corpus.Message(refusal)
	default:
		m.Fate, m.Propose = RowTaken, true
	}
	if m.Fate != RowTaken {
		m.Say = "" // nothing of such a row is taken
	}
	return m, nil
}

// said returns what a row's comment adds to the thread of its unit.
func said(r corpus.Reader, row exchange.TableRow) (string, error) {
	if row.Comment == "" {
		return "", nil
	}
	comments, err := r.Comments(row.Unit)
	if err != nil {
		return "", err
	}
	var fault error
	name := func(id corpus.UserID) string {
		u, err := r.User(id)
		if err != nil {
			fault = err
		}
		return u.Name
	}
	// The table was made when the thread was as long as it is, or shorter.
	rest := row.Comment
	for n := len(comments); n > 0; n-- {
		thread := exchange.Thread(comments[:n], name)
		if after, ok := strings.CutPrefix(row.Comment, thread); ok && thread != "" {
			rest = strings.TrimSpace(after)
			break
		}
	}
	for _, c := range comments { // merged a second time
		if strings.TrimSpace(c.Text) == rest {
			rest = ""
		}
	}
	return rest, fault
}

// trimLines drops the blanks that spreadsheets add around lines.
func trimLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// MergeTable takes the rows that PreviewTable says are taken: each as a proposal
// of the user with origin import, a comment, or both. Nothing is overwritten, and
// what was taken once is not taken twice. Each row is an act of its own; where one
// fails the rows before it stay, and merging again goes on behind them.
func (d *Desk) MergeTable(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, rows []exchange.TableRow, step func(Step)) ([]MergedRow, error) {
	list, err := d.PreviewTable(ctx, user, doc, rows)
	if err != nil {
		return nil, err
	}
	for i := range list {
		m := &list[i]
		if step != nil {
			step(Step{"store", i, len(list)})
		}
		if m.Propose {
			saved, err := d.Propose(ctx, user, Wording{Unit: m.Unit, Text: trimLines(m.Proposal), Base: m.Base, Origin: corpus.FromImport, Note: "from a review table"})
			switch kind := corpus.KindOf(err); {
			case err != nil && (kind == corpus.Conflict || kind == corpus.Blocked || kind == corpus.Forbidden || kind == corpus.Invalid):
				m.Fate, m.Why = RowRefused, corpus.Message(err)
				continue
			case err != nil:
				return list[:i], err
			case saved.Other.ID != "":
				m.Why = "somebody changed the unit at the same moment: both wordings wait"
			}
		}
		if m.Say != "" {
			if _, err := d.Comment(ctx, user, m.Unit, m.Say, ""); err != nil {
				return list[:i], err
			}
		}
	}
	return list, nil
}
