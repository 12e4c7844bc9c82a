package sqlstore

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

const termColumns = "id, project, source, target, subject, definition, note, by_user, changed"

func scanTerm(row scanner) (t corpus.Term, err error) {
	err = row.Scan(&t.ID, &t.Project, array[corpus.Designation]{&t.Source}, array[corpus.Designation]{&t.Target}, &t.Subject, &t.Definition, &t.Note, &t.By, stamp{&t.Changed})
	return t, err
}

func (s *session) Term(id corpus.TermID) (corpus.Term, error) {
	return one(s, "term", scanTerm, "SELECT "+termColumns+" FROM term WHERE id = $1", id)
}

// Terms goes on from the place of a term that may have been removed meanwhile:
// then from the beginning.
func (s *session) Terms(p corpus.ProjectID, phrase string, after corpus.TermID, limit int) ([]corpus.Term, error) {
	var sort string
	if after != "" {
		err := s.scanOne("term", []any{&sort}, "SELECT sort FROM term WHERE id = $1", after)
		if err != nil {
			return nil, err
		}
	}
	return list(s, scanTerm, termsQuery, p, sort, after, corpus.Fold(phrase), max(limit, 0))
}

const termsQuery = "SELECT " + termColumns + ` FROM term
	WHERE project = $1 AND (sort, id) > ($2, $3) AND ($4 = '' OR instr(words, $4) > 0)
	ORDER BY sort, id LIMIT $5`

func (s *session) Termbase(p corpus.ProjectID) (corpus.Termbase, error) {
	var b corpus.Termbase
	err := s.scanOne("termbase", []any{&b.Edition, &b.Checked}, "SELECT edition, checked FROM termbase WHERE project = $1", p)
	if corpus.KindOf(err) == corpus.NotFound && err != nil {
		return corpus.Termbase{}, nil
	}
	return b, err
}

func (t *tx) SaveTerm(x corpus.Term) error {
	var words []string
	for _, list := range [][]corpus.Designation{x.Source, x.Target} {
		for _, d := range list {
			words = append(words, corpus.Fold(d.Text))
		}
	}
	words = append(words, corpus.Fold(x.Subject), corpus.Fold(x.Definition), corpus.Fold(x.Note))
	sort := ""
	if len(x.Source) > 0 {
		sort = corpus.Fold(x.Source[0].Text)
	}
	err := t.add("term", `
		INSERT INTO term (id, project, sort, words, source, target, subject, definition, note, by_user, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET sort = excluded.sort, words = excluded.words, source = excluded.source, target = excluded.target,
			subject = excluded.subject, definition = excluded.definition, note = excluded.note, by_user = excluded.by_user, changed = excluded.changed`,
		x.ID, x.Project, sort, strings.Join(words, "\n"), arrayOf(x.Source), arrayOf(x.Target), x.Subject, x.Definition, x.Note, x.By, millis(x.Changed))
	if err != nil {
		return err
	}
	return t.turnEdition(x.Project)
}

func (t *tx) DropTerm(id corpus.TermID) error {
	x, err := t.Term(id)
	if err != nil {
		return err
	}
	if err := t.save("term", "DELETE FROM term WHERE id = $1", id); err != nil {
		return err
	}
	return t.turnEdition(x.Project)
}

func (t *tx) turnEdition(p corpus.ProjectID) error {
	return t.add("termbase", `
		INSERT INTO termbase (project, edition, checked) VALUES ($1, 1, 0)
		ON CONFLICT (project) DO UPDATE SET edition = edition + 1`, p)
}

func (t *tx) SaveChecked(p corpus.ProjectID, edition int64) error {
	return t.add("termbase", "UPDATE termbase SET checked = max(checked, $1) WHERE project = $2", edition, p)
}
