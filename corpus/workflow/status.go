package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Standing is how far a document is.
type Standing struct {
	Document corpus.Document
	Version  corpus.Version
	Progress corpus.Progress
}

// Status returns how far the documents of a project are, by name. Its cost
// grows with their number, not with their size.
func (d *Desk) Status(ctx context.Context, user corpus.UserID, project corpus.ProjectID) ([]Standing, error) {
	var list []Standing
	err := d.read(ctx, user, project, func(r corpus.Reader) error {
		docs, err := r.Documents(project)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			s := Standing{Document: doc}
			if s.Version, err = r.Version(doc.Current); err != nil {
				return err
			}
			if s.Progress, err = r.Progress(doc.Current); err != nil {
				return err
			}
			list = append(list, s)
		}
		return nil
	})
	return list, err
}

// Waiting is a unit whose proposals wait for a decision.
type Waiting struct {
	Document corpus.Document
	Number   int // in reading order
	Record   corpus.Record
	Own      bool // all of its pending wordings are the reader's own
}

// Queue returns the units of a project that have pending proposals, those that
// have waited longest first, up to limit.
func (d *Desk) Queue(ctx context.Context, user corpus.UserID, project corpus.ProjectID, limit int) ([]Waiting, error) {
	var list []Waiting
	err := d.read(ctx, user, project, func(r corpus.Reader) error {
		units, err := r.Waiting(project, limit)
		if err != nil {
			return err
		}
		for _, u := range units {
			w := Waiting{Own: true}
			if w.Record, err = r.Record(u.ID); err != nil {
				return err
			}
			if w.Document, err = r.Document(u.Document); err != nil {
				return err
			}
			if w.Number, err = r.UnitNumber(u.ID); err != nil {
				return err
			}
			for _, p := range w.Record.Pending() {
				rev, _ := w.Record.Revision(p.Revision)
				w.Own = w.Own && (p.By == user || rev.ByHand(user))
			}
			list = append(list, w)
		}
		return nil
	})
	return list, err
}

// read runs f on a consistent state if the user may read the project.
func (d *Desk) read(ctx context.Context, user corpus.UserID, project corpus.ProjectID, f func(corpus.Reader) error) error {
	return d.store.View(ctx, func(r corpus.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Read); err != nil {
			return err
		}
		return f(r)
	})
}
