package workflow

import "github.com/reviseur/reviseur/corpus"

// What people left on a unit beside its wordings comes along to the unit that
// follows it: the thread of comments, unfinished wordings, and the findings that
// were dismissed for this unit alone.

// readNotes reads what of this the document's current version has, in one go.
func (c *carrier) readNotes(doc corpus.Document) error {
	list, err := c.tx.Dismissals(doc.ID)
	if err != nil {
		return err
	}
	c.dismissed = dismissedKeys(list)
	c.here = map[corpus.UnitID][]corpus.Dismissal{}
	for _, x := range list {
		if x.Unit != "" {
			c.here[x.Unit] = append(c.here[x.Unit], x)
		}
	}
	drafts, err := c.tx.Drafts(doc.Current)
	c.drafts = map[corpus.UnitID][]corpus.Draft{}
	for _, x := range drafts {
		c.drafts[x.Unit] = append(c.drafts[x.Unit], x)
	}
	return err
}

// noted reports whether a unit has anything of this, or a dismissal that reaches
// farther may count on what follows it.
func (c *carrier) noted(old *corpus.Record) bool {
	return old.Comments > 0 || len(c.dismissed) > 0 || len(c.drafts[old.Unit.ID]) > 0
}

// notes brings them to the successor. Who wrote them, and when, stays as it was.
func (c *carrier) notes(old, rec *corpus.Record, wordings map[corpus.RevisionID]corpus.RevisionID) error {
	if err := c.comments(old, rec); err != nil {
		return err
	}
	for _, x := range c.here[old.Unit.ID] {
		x.Unit, x.Act = rec.Unit.ID, c.act
		if err := c.tx.AddDismissal(x); err != nil {
			return err
		}
		c.dismissed[string(x.Unit)+" "+x.Key] = true
	}
	for _, x := range c.drafts[old.Unit.ID] {
		if err := c.tx.SaveDraft(corpus.Draft{Unit: x.Unit, By: x.By}); err != nil {
			return err
		}
		base, ok := wordings[x.Base]
		if !ok {
			base = rec.Machine().ID
		}
		x.Unit, x.Base = rec.Unit.ID, base
		if err := c.tx.SaveDraft(x); err != nil {
			return err
		}
	}
	return nil
}

func (c *carrier) comments(old, rec *corpus.Record) error {
	if old.Comments == 0 {
		return nil
	}
	list, err := c.tx.Comments(old.Unit.ID)
	if err != nil {
		return err
	}
	ids := map[corpus.CommentID]corpus.CommentID{} // old → new
	for _, x := range list {
		if x.Undone {
			continue
		}
		id := corpus.NewID[corpus.CommentID]()
		ids[x.ID] = id
		x.ID, x.Unit, x.Act, x.Answers = id, rec.Unit.ID, c.act, ids[x.Answers]
		if err := c.tx.AddComment(x); err != nil {
			return err
		}
		rec.Comments++
	}
	return nil
}
