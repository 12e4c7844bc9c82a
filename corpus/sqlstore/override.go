package sqlstore

import "github.com/reviseur/reviseur/corpus"

func scanOverride(row scanner) (o corpus.Override, err error) {
	err = row.Scan(&o.ID, &o.Version, &o.Kind, &o.Unit, object{&o.Source}, object{&o.Target}, &o.From, &o.By, stamp{&o.Created}, &o.Act, &o.Undone)
	return o, err
}

func (s *session) Overrides(v corpus.VersionID) ([]corpus.Override, error) {
	return list(s, scanOverride, `
		SELECT id, version, kind, unit, source, target, from_one, by_user, created, act, undone
		FROM override WHERE version = $1 AND undone = 0 ORDER BY n`, v)
}

func (t *tx) AddOverride(o corpus.Override) error {
	return t.add("override "+string(o.ID), `
		INSERT INTO override (id, version, kind, unit, source, target, from_one, by_user, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		o.ID, o.Version, o.Kind, o.Unit, object{o.Source}, object{o.Target}, o.From, o.By, millis(o.Created), o.Act, o.Undone)
}
