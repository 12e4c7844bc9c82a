package sqlstore

import (
	"fmt"

	"github.com/reviseur/reviseur/corpus"
)

const documentColumns = "id, project, name, format, created, current_version"

func scanDocument(row scanner) (d corpus.Document, err error) {
	err = row.Scan(&d.ID, &d.Project, &d.Name, &d.Format, stamp{&d.Created}, &d.Current)
	return d, err
}

func (s *session) Document(id corpus.DocumentID) (corpus.Document, error) {
	return one(s, fmt.Sprintf("document %s", id), scanDocument, "SELECT "+documentColumns+" FROM document WHERE id = $1", id)
}

func (s *session) DocumentByName(p corpus.ProjectID, name string) (corpus.Document, error) {
	return one(s, fmt.Sprintf("document %q", name), scanDocument,
		"SELECT "+documentColumns+" FROM document WHERE project = $1 AND name = $2", p, name)
}

func (s *session) Documents(p corpus.ProjectID) ([]corpus.Document, error) {
	return list(s, scanDocument, "SELECT "+documentColumns+` FROM document
		WHERE project = $1 AND EXISTS (SELECT 1 FROM version WHERE document = document.id AND ready = 1)
		ORDER BY name`, p)
}

func (t *tx) AddDocument(d corpus.Document) error {
	return t.add(fmt.Sprintf("document %q", d.Name), `
		INSERT INTO document (id, project, name, format, created, current_version)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.Project, d.Name, d.Format, millis(d.Created), d.Current)
}

func (t *tx) SaveDocument(d corpus.Document) error {
	return t.save(fmt.Sprintf("document %q", d.Name), `
		UPDATE document SET project = $1, name = $2, format = $3, created = $4, current_version = $5
		WHERE id = $6`,
		d.Project, d.Name, d.Format, millis(d.Created), d.Current, d.ID)
}
