package sqlstore

import "github.com/reviseur/reviseur/corpus"

const flagColumns = `f.id, f.unit, f.revision, f.by_user, f.source_start, f.source_end, f.source_quote, f.target_start, f.target_end, f.target_quote,
	f.category, f.severity, f.note, f.check_id, f.created, f.act, f.undone`

func scanFlag(row scanner) (f corpus.Flag, err error) {
	err = row.Scan(&f.ID, &f.Unit, &f.Revision, &f.By, &f.Source.Span.Start, &f.Source.Span.End, &f.Source.Quote,
		&f.Target.Span.Start, &f.Target.Span.End, &f.Target.Quote,
		&f.Category, &f.Severity, &f.Note, &f.Check, stamp{&f.Created}, &f.Act, &f.Undone)
	return f, err
}

func (t *tx) AddFlag(f corpus.Flag) error {
	return t.add("flag "+string(f.ID), `
		INSERT INTO flag (id, unit, revision, by_user, source_start, source_end, source_quote, target_start, target_end, target_quote,
			category, severity, note, check_id, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		f.ID, f.Unit, f.Revision, f.By, f.Source.Span.Start, f.Source.Span.End, f.Source.Quote,
		f.Target.Span.Start, f.Target.Span.End, f.Target.Quote,
		f.Category, f.Severity, f.Note, f.Check, millis(f.Created), f.Act, f.Undone)
}
