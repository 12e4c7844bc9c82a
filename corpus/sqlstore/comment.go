package sqlstore

import "github.com/reviseur/reviseur/corpus"

func scanComment(row scanner) (c corpus.Comment, err error) {
	err = row.Scan(&c.ID, &c.Unit, &c.By, &c.Text, &c.Answers, stamp{&c.Created}, &c.Act, &c.Undone)
	return c, err
}

func (s *session) Comments(unit corpus.UnitID) ([]corpus.Comment, error) {
	return list(s, scanComment, "SELECT id, unit, by_user, text, answers, created, act, undone FROM comment WHERE unit = $1 ORDER BY n", unit)
}

func (t *tx) AddComment(c corpus.Comment) error {
	return t.add("comment "+string(c.ID), `
		INSERT INTO comment (id, unit, by_user, text, answers, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, c.Unit, c.By, c.Text, c.Answers, millis(c.Created), c.Act, c.Undone)
}

func scanDraft(row scanner) (d corpus.Draft, err error) {
	err = row.Scan(&d.Unit, &d.By, &d.Base, &d.Text, stamp{&d.Updated})
	return d, err
}

func (s *session) Draft(unit corpus.UnitID, by corpus.UserID) (corpus.Draft, error) {
	return one(s, "draft", scanDraft, "SELECT unit, by_user, base, text, updated FROM draft WHERE unit = $1 AND by_user = $2", unit, by)
}

func (s *session) Drafts(version corpus.VersionID) ([]corpus.Draft, error) {
	return list(s, scanDraft, `
		SELECT d.unit, d.by_user, d.base, d.text, d.updated
		FROM draft d JOIN unit u ON u.id = d.unit WHERE u.version = $1`, version)
}

func (t *tx) SaveDraft(d corpus.Draft) error {
	if d.Text == "" {
		return t.add("draft", "DELETE FROM draft WHERE unit = $1 AND by_user = $2", d.Unit, d.By)
	}
	return t.add("draft", `
		INSERT INTO draft (unit, by_user, base, text, updated) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unit, by_user) DO UPDATE SET base = excluded.base, text = excluded.text, updated = excluded.updated`,
		d.Unit, d.By, d.Base, d.Text, millis(d.Updated))
}
