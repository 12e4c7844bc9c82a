package sqlstore

import (
	"fmt"

	"github.com/reviseur/reviseur/corpus"
)

const versionColumns = `id, document, number, ready, source_name, source_hash, source_size, source_hard,
	target_name, target_hash, target_size, target_hard, engine, label, created, by_user, shared, source_chosen, target_chosen, source_encoding, target_encoding`

func scanVersion(row scanner) (v corpus.Version, err error) {
	err = row.Scan(&v.ID, &v.Document, &v.Number, &v.Ready, &v.Source.Name, &v.Source.Hash, &v.Source.Size, &v.Source.Hard,
		&v.Target.Name, &v.Target.Hash, &v.Target.Size, &v.Target.Hard, &v.Engine, &v.Label, stamp{&v.Created}, &v.By, &v.Source.Shared, &v.Source.Chosen, &v.Target.Chosen,
		&v.Source.Encoding, &v.Target.Encoding)
	v.Target.Shared = v.Source.Shared
	return v, err
}

func (s *session) Version(id corpus.VersionID) (corpus.Version, error) {
	return one(s, fmt.Sprintf("version %s", id), scanVersion, "SELECT "+versionColumns+" FROM version WHERE id = $1", id)
}

func (s *session) Versions(d corpus.DocumentID) ([]corpus.Version, error) {
	return list(s, scanVersion, "SELECT "+versionColumns+" FROM version WHERE document = $1 AND ready = 1 ORDER BY number", d)
}

func (t *tx) Unready() ([]corpus.Version, error) {
	return list(&t.session, scanVersion, "SELECT "+versionColumns+" FROM version WHERE ready = 0 ORDER BY id")
}

func (t *tx) AddVersion(v corpus.Version) error {
	err := t.add(fmt.Sprintf("version %d", v.Number), `
		INSERT INTO version (id, document, number, ready, source_name, source_hash, source_size, source_hard,
			target_name, target_hash, target_size, target_hard, engine, label, created, by_user, shared, source_chosen, target_chosen, source_encoding, target_encoding)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		v.ID, v.Document, v.Number, v.Ready, v.Source.Name, v.Source.Hash, v.Source.Size, v.Source.Hard,
		v.Target.Name, v.Target.Hash, v.Target.Size, v.Target.Hard, v.Engine, v.Label, millis(v.Created), v.By, v.Source.Shared, v.Source.Chosen, v.Target.Chosen, v.Source.Encoding, v.Target.Encoding)
	if err != nil {
		return err
	}
	return t.addProgress(v.ID)
}

func (t *tx) SaveVersion(v corpus.Version) error {
	return t.save(fmt.Sprintf("version %s", v.ID), `
		UPDATE version SET document = $1, number = $2, ready = $3,
			source_name = $4, source_hash = $5, source_size = $6, source_hard = $7,
			target_name = $8, target_hash = $9, target_size = $10, target_hard = $11,
			engine = $12, label = $13, created = $14, by_user = $15, shared = $16,
			source_chosen = $17, target_chosen = $18, source_encoding = $19, target_encoding = $20
		WHERE id = $21`,
		v.Document, v.Number, v.Ready, v.Source.Name, v.Source.Hash, v.Source.Size, v.Source.Hard,
		v.Target.Name, v.Target.Hash, v.Target.Size, v.Target.Hard, v.Engine, v.Label, millis(v.Created), v.By, v.Source.Shared, v.Source.Chosen, v.Target.Chosen, v.Source.Encoding, v.Target.Encoding, v.ID)
}
