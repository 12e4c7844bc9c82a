package server

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// undoWay takes back the visitor's last act on one document.
type undoWay struct {
	Path     string
	Back     string // the page to show then
	Document string // its name where there are several ways, else ""
}

// undoWays are the ways to take back the acts that the page at back tells of. A
// document on which there is nothing to take back gives none.
func (v *visit) undoWays(back string, documents []string) ([]undoWay, error) {
	if !v.may(corpus.Undo) {
		return nil, nil
	}
	var docs []corpus.Document
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		for _, id := range documents {
			doc, err := r.Document(corpus.DocumentID(id))
			switch {
			case err == nil && doc.Project == v.project.ID:
				docs = append(docs, doc)
			case err != nil && corpus.KindOf(err) != corpus.NotFound:
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var ways []undoWay
	for _, doc := range docs {
		_, err := v.desk.LastAct(v.context(), v.user.ID, doc.ID)
		switch {
		case err == nil:
			ways = append(ways, undoWay{documentURL(doc.ID, "/undo"), back, doc.Name})
		case corpus.KindOf(err) == corpus.Internal:
			return nil, err
		}
	}
	if len(ways) == 1 {
		ways[0].Document = ""
	}
	return ways, nil
}

// withDone is an address with what was done, which the page then says.
func withDone(address, what string) string {
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return address + sep + done(what)
}

// undo takes back the visitor's last act in the document, and goes to where it
// was, or back to the page that offered it.
func (v *visit) undo() error {
	e, err := v.desk.Undo(v.context(), v.user.ID, v.doc.ID)
	if err != nil {
		return err
	}
	if back := v.c.PostForm("back"); back != "" && !v.wantsFragment() {
		return v.redirect(withDone(localPath(back), "undo"))
	}
	var to corpus.UnitID
	var first int64
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		for _, id := range e.Units {
			u, err := r.Unit(id)
			if err != nil {
				return err
			}
			if !u.Retired && (to == "" || u.Position < first) {
				to, first = id, u.Position // the first of them in the text
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.doneWith("undo", to)
}
