package sqlstore

import "github.com/reviseur/reviseur/corpus"

func scanLineage(row scanner) (l corpus.Lineage, err error) {
	err = row.Scan(&l.Old, &l.New, &l.Kind, &l.Act)
	return l, err
}

// Lineage returns each list in the order in which the links were added.
func (s *session) Lineage(u corpus.UnitID) (from, to []corpus.Lineage, err error) {
	from, err = list(s, scanLineage, "SELECT old_unit, new_unit, kind, act FROM lineage WHERE new_unit = $1 ORDER BY n", u)
	if err != nil {
		return nil, nil, err
	}
	to, err = list(s, scanLineage, "SELECT old_unit, new_unit, kind, act FROM lineage WHERE old_unit = $1 ORDER BY n", u)
	return from, to, err
}

func (t *tx) AddLineage(l corpus.Lineage) error {
	return t.add("lineage", "INSERT INTO lineage (old_unit, new_unit, kind, act) VALUES ($1, $2, $3, $4)", l.Old, l.New, l.Kind, l.Act)
}

func (t *tx) DropLineage(act corpus.EventID) error {
	return t.add("lineage", "DELETE FROM lineage WHERE act = $1", act)
}
