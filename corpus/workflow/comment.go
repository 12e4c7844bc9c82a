package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// maxComment is the length of a comment, in bytes: what its Markdown may cost
// to render must stay bounded.
const maxComment = 16 << 10

// Comment adds to the thread of a unit.
func (d *Desk) Comment(ctx context.Context, user corpus.UserID, unit corpus.UnitID, text string, answers corpus.CommentID) (corpus.Comment, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return corpus.Comment{}, corpus.Errorf(corpus.Invalid, "a comment cannot be empty")
	case len(text) > maxComment:
		return corpus.Comment{}, corpus.Errorf(corpus.TooLarge, "a comment has at most %d bytes", maxComment)
	}
	c := corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: unit, By: user, Text: text, Answers: answers}
	_, err := d.do(ctx, user, corpus.Write, []corpus.UnitID{unit}, func(a *act) error {
		rec := a.records[unit]
		if err := a.check(corpus.Write, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		c.Created, c.Act = a.at, a.id
		rec.Comments++
		a.row("comment", string(c.ID), corpus.BlobHash([]byte(text)))
		return a.tx.AddComment(c)
	})
	return c, err
}

// SaveDraft keeps an unfinished wording of the user for himself alone; an
// empty text removes it. It is no act: no event tells of it.
func (d *Desk) SaveDraft(ctx context.Context, user corpus.UserID, unit corpus.UnitID, base corpus.RevisionID, text string) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		u, err := tx.Unit(unit)
		if err != nil {
			return err
		}
		doc, err := tx.Document(u.Document)
		if err != nil {
			return err
		}
		project, err := tx.Project(doc.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(tx, project, user, corpus.Propose); err != nil {
			return err
		}
		return tx.SaveDraft(corpus.Draft{Unit: unit, By: user, Base: base, Text: text, Updated: d.clock()})
	})
}
