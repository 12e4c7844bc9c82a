package sqlstore

import "github.com/reviseur/reviseur/corpus"

const snapshotColumns = "id, document, version, name, released, target, against, changed, exceptions, by_user, created, act"

func scanSnapshot(row scanner) (s corpus.Snapshot, err error) {
	err = row.Scan(&s.ID, &s.Document, &s.Version, &s.Name, &s.Release, &s.Target, &s.Against, &s.Changed,
		array[corpus.Exception]{&s.Exceptions}, &s.By, stamp{&s.Created}, &s.Act)
	return s, err
}

func (s *session) Snapshots(d corpus.DocumentID) ([]corpus.Snapshot, error) {
	return list(s, scanSnapshot, "SELECT "+snapshotColumns+" FROM snapshot WHERE document = $1 ORDER BY n", d)
}

func (s *session) Snapshot(id corpus.SnapshotID) (corpus.Snapshot, error) {
	return one(s, "snapshot "+string(id), scanSnapshot, "SELECT "+snapshotColumns+" FROM snapshot WHERE id = $1", id)
}

func scanStanding(row scanner) (s corpus.Standing, err error) {
	err = row.Scan(&s.Unit, &s.Revision, &s.State)
	return s, err
}

func (s *session) Standings(id corpus.SnapshotID) ([]corpus.Standing, error) {
	if _, err := s.Snapshot(id); err != nil {
		return nil, err
	}
	return list(s, scanStanding, `
		SELECT unit, revision, state FROM standing
		WHERE snapshot = (SELECT n FROM snapshot WHERE id = $1) ORDER BY ordinal`, id)
}

func (t *tx) AddSnapshot(s corpus.Snapshot, standings []corpus.Standing) error {
	var n int64
	err := t.scanOne("snapshot "+string(s.ID), []any{&n}, `
		INSERT INTO snapshot (id, document, version, name, released, target, against, changed, exceptions, by_user, created, act)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING n`,
		s.ID, s.Document, s.Version, s.Name, s.Release, s.Target, s.Against, s.Changed, arrayOf(s.Exceptions), s.By, millis(s.Created), s.Act)
	if err != nil {
		return err
	}
	for i, st := range standings {
		err := t.add("standing of unit "+string(st.Unit), "INSERT INTO standing (snapshot, ordinal, unit, revision, state) VALUES ($1, $2, $3, $4, $5)",
			n, i, st.Unit, st.Revision, st.State)
		if err != nil {
			return err
		}
	}
	return nil
}
