package server

import (
	"path"

	"github.com/reviseur/reviseur/corpus"
)

// recognise finds the rows whose only file was received before: under the name
// of a new machine run, or of a changed source. Such a row is offered as the
// next version of its document, with the other side as it stands.
func (v *visit) recognise(up *upload, docs []corpus.Document) error {
	return v.store.View(v.context(), func(r corpus.Reader) error {
		versions := make([]corpus.Version, len(docs))
		for i, doc := range docs {
			var err error
			if versions[i], err = r.Version(doc.Current); err != nil {
				return err
			}
		}
		for i := range up.rows {
			row := &up.rows[i]
			if (row.source == none) == (row.target == none) {
				continue
			}
			version, isSource, ok := receivedAs(up.files[max(row.source, row.target)].name, row.versionOf, versions)
			if !ok {
				continue
			}
			file, other := max(row.source, row.target), version.Source
			row.source, row.target = none, file
			if isSource {
				row.source, row.target, other = file, none, version.Target
			}
			row.versionOf, row.pairing = version.Document, ""
			for _, doc := range docs {
				if doc.ID == version.Document {
					row.name = doc.Name
				}
			}
			if !other.Present() {
				continue
			}
			data, err := r.Blob(other.Hash)
			if err != nil {
				return err
			}
			up.files = append(up.files, uploadFile{name: other.Name, data: data, kept: true})
			if isSource {
				row.target = len(up.files) - 1
			} else {
				row.source = len(up.files) - 1
			}
		}
		return nil
	})
}

// receivedAs finds the version one of whose files had the name: the whole path,
// else its last part, if that is the name of one file alone. Where the document
// is known already only its version counts.
func receivedAs(name string, doc corpus.DocumentID, versions []corpus.Version) (found corpus.Version, isSource, ok bool) {
	same := []func(string) bool{
		func(other string) bool { return other == name },
		func(other string) bool { return path.Base(other) == path.Base(name) },
	}
	for _, matches := range same {
		n := 0
		for _, version := range versions {
			if doc != "" && version.Document != doc {
				continue
			}
			for _, side := range []corpus.File{version.Source, version.Target} {
				if side.Present() && matches(side.Name) {
					n++
					found, isSource = version, side == version.Source
				}
			}
		}
		if n == 1 {
			return found, isSource, true
		}
	}
	return corpus.Version{}, false, false
}
