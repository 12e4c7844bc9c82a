package sqlstore

import "github.com/reviseur/reviseur/corpus"

// DropVersion removes the rows from the leaves up, then what only this version
// used. Events stay: the log is never shortened.
func (t *tx) DropVersion(id corpus.VersionID) error {
	v, err := t.Version(id)
	if err != nil {
		return err
	}
	if v.Ready {
		return corpus.Errorf(corpus.Conflict, "version %d is complete, and complete versions are kept", v.Number)
	}
	delete(t.deltas, id)
	if err := t.forget(id); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM finding WHERE revision IN (SELECT r.id FROM unit u JOIN revision r ON r.unit = u.id WHERE u.version = $1)",
		"DELETE FROM revision WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM proposal WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM decision WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM flag WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM comment WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM draft WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM lineage WHERE old_unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM lineage WHERE new_unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM taken WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM dismissal WHERE unit IN (SELECT id FROM unit WHERE version = $1)",
		"DELETE FROM standing WHERE snapshot IN (SELECT n FROM snapshot WHERE version = $1)",
		"DELETE FROM snapshot WHERE version = $1",
		"DELETE FROM override WHERE version = $1",
		"DELETE FROM cleaning_decision WHERE cleaning IN (SELECT id FROM cleaning WHERE version = $1)",
		"DELETE FROM cleaning WHERE version = $1",
		"DELETE FROM unit WHERE version = $1",
		"DELETE FROM progress WHERE version = $1",
		"DELETE FROM version WHERE id = $1",
	} {
		if err := t.add("version", query, id); err != nil {
			return err
		}
	}
	err = t.add("document", "DELETE FROM document WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM version WHERE document = $1)", v.Document)
	if err != nil {
		return err
	}
	for _, f := range []corpus.File{v.Source, v.Target} {
		if err := t.dropBlob(f.Hash); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) dropBlob(hash string) error {
	return t.add("file", `
		DELETE FROM blob WHERE hash = $1
			AND NOT EXISTS (SELECT 1 FROM version WHERE source_hash = $1 OR target_hash = $1)
			AND NOT EXISTS (SELECT 1 FROM snapshot WHERE target = $1 OR against = $1)`, hash)
}
