package sqlstore

import "github.com/reviseur/reviseur/corpus"

func scanFinding(row scanner) (f corpus.Finding, err error) {
	err = row.Scan(&f.Check, &f.Category, &f.Severity, &f.Message, array[string]{&f.Args},
		array[corpus.Span]{&f.Source}, array[corpus.Span]{&f.Target}, object{&f.Fix}, &f.Key)
	return f, err
}

func (s *session) Findings(r corpus.RevisionID) ([]corpus.Finding, error) {
	return list(s, scanFinding, `
		SELECT check_id, category, severity, message, args, source, target, fix, key
		FROM finding WHERE revision = $1 ORDER BY ordinal`, r)
}

func (t *tx) SaveFindings(r corpus.RevisionID, findings []corpus.Finding) error {
	if err := t.add("findings", "DELETE FROM finding WHERE revision = $1", r); err != nil {
		return err
	}
	for i, f := range findings {
		err := t.add("finding", `
			INSERT INTO finding (revision, ordinal, check_id, category, severity, message, args, source, target, fix, key)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			r, i, f.Check, f.Category, f.Severity, f.Message, arrayOf(f.Args), arrayOf(f.Source), arrayOf(f.Target), object{f.Fix}, f.Key)
		if err != nil {
			return err
		}
	}
	return nil
}

const dismissalColumns = "n, project, document, unit, key, check_id, by_user, reason, created, act, undone"

func scanDismissal(row scanner) (d corpus.Dismissal, err error) {
	err = row.Scan(&d.Number, &d.Project, &d.Document, &d.Unit, &d.Key, &d.Check, &d.By, &d.Reason, stamp{&d.Created}, &d.Act, &d.Undone)
	return d, err
}

func (s *session) Dismissals(d corpus.DocumentID) ([]corpus.Dismissal, error) {
	doc, err := s.Document(d)
	if err != nil {
		return nil, err
	}
	return list(s, scanDismissal, `
		SELECT `+dismissalColumns+` FROM dismissal WHERE project = $1 AND document IN ($2, '') AND undone = 0 ORDER BY n`, doc.Project, d)
}

func (t *tx) AddDismissal(d corpus.Dismissal) error {
	return t.add("dismissal", `
		INSERT INTO dismissal (project, document, unit, key, check_id, by_user, reason, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		d.Project, d.Document, d.Unit, d.Key, d.Check, d.By, d.Reason, millis(d.Created), d.Act, d.Undone)
}
