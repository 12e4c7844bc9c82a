package workflow

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Dismissed is a dismissal as a list shows it.
type Dismissed struct {
	corpus.Dismissal
	Document string // name; "" for the whole project
	Number   int    // of the unit; 0 for the whole document or project, or where it is gone
	By       corpus.User
	Mine     bool // the reader may take it back
}

// Dismissals returns a page of what was dismissed in the project, newest first,
// of one check or of all, from the one numbered before on (0: the newest).
func (d *Desk) Dismissals(ctx context.Context, user corpus.UserID, project corpus.ProjectID, check string, before int64, limit int) ([]Dismissed, error) {
	var list []Dismissed
	err := d.store.View(ctx, func(r corpus.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		actor, err := allowed(r, p, user, corpus.Read)
		if err != nil {
			return err
		}
		rows, err := r.ProjectDismissals(project, check, before, limit)
		if err != nil {
			return err
		}
		for _, x := range rows {
			row := Dismissed{Dismissal: x, Mine: revocable(actor, p, x) == nil}
			if row.By, err = r.User(x.By); err != nil {
				return err
			}
			if x.Document != "" {
				doc, err := r.Document(x.Document)
				if err != nil {
					return err
				}
				row.Document = doc.Name
			}
			if x.Unit != "" {
				row.Number, err = r.UnitNumber(x.Unit)
				if err != nil && corpus.KindOf(err) != corpus.NotFound {
					return err
				}
			}
			list = append(list, row)
		}
		return nil
	})
	return list, err
}

// revocable reports why the actor may not take a dismissal back: a reviewer may,
// and its author.
func revocable(a corpus.Actor, p corpus.Project, x corpus.Dismissal) error {
	if x.By == a.User.ID && a.User.Closed.IsZero() && corpus.May(a.Roles, corpus.Dismiss, p.Settings) {
		return nil
	}
	return corpus.Check(a, corpus.Revoke, corpus.Object{}, p.Settings)
}

// RevokeDismissal takes a dismissal back: the finding is open again wherever it
// stands.
func (d *Desk) RevokeDismissal(ctx context.Context, user corpus.UserID, project corpus.ProjectID, number int64) error {
	var x corpus.Dismissal
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		p, err := tx.Project(project)
		if err != nil {
			return err
		}
		actor, err := actorIn(tx, project, user)
		if err != nil {
			return err
		}
		list, err := tx.ProjectDismissals(project, "", number+1, 1)
		if err != nil {
			return err
		}
		if len(list) == 0 || list[0].Number != number {
			return corpus.Errorf(corpus.NotFound, "there is no such dismissal in this project, or it was taken back already")
		}
		if x = list[0]; revocable(actor, p, x) != nil {
			return revocable(actor, p, x)
		}
		if err := tx.Revoke(number); err != nil {
			return err
		}
		chain := corpus.ProjectChain(project)
		if x.Document != "" {
			chain = corpus.DocumentChain(x.Document)
		}
		return d.log(tx, actor.User, chain, corpus.Revoke, map[string]any{"dismissal": x.Act, "check": x.Check, "key": x.Key, "unit": x.Unit})
	})
	if err != nil {
		return err
	}
	if x.Document == "" {
		return d.spread(ctx, corpus.Document{Project: project}, x.Key, InProject)
	}
	doc := corpus.Document{ID: x.Document, Project: project}
	return d.spread(ctx, doc, x.Key, InDocument)
}

// spreadSlice is how many units are weighed anew in one update.
const spreadSlice = 64

// spread weighs all units anew whose latest wording has the finding, in the
// document or in all of its project. It visits these units and no others.
func (d *Desk) spread(ctx context.Context, doc corpus.Document, key string, scope Scope) error {
	docs := []corpus.Document{doc}
	if scope == InProject {
		err := d.store.View(ctx, func(r corpus.Reader) (err error) {
			docs, err = r.Documents(doc.Project)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, doc := range docs {
		for after, more := int64(-1<<62), true; more; {
			err := d.store.Update(ctx, func(tx corpus.Tx) error {
				units, err := tx.UnitsFinding(doc.ID, key, after, spreadSlice)
				if more = len(units) == spreadSlice; err != nil || len(units) == 0 {
					return err
				}
				after = units[len(units)-1].Position
				return reweigh(tx, doc.ID, units)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// reweigh counts the findings of units that nobody dismissed.
func reweigh(tx corpus.Tx, doc corpus.DocumentID, units []corpus.Unit) error {
	dismissed, err := dismissedIn(tx, doc)
	if err != nil {
		return err
	}
	for _, u := range units {
		findings, err := tx.Findings(u.Summary.Latest)
		if err != nil {
			return err
		}
		before := u.Summary
		if weighFindings(&u, findings, dismissed); u.Summary == before {
			continue
		}
		if err := tx.SaveUnit(u); err != nil {
			return err
		}
	}
	return nil
}

// spreadUndone weighs anew what the dismissals of an act, which was taken back,
// had reached beyond its own units.
func (d *Desk) spreadUndone(ctx context.Context, doc corpus.DocumentID, undo corpus.Event) error {
	var last corpus.Event
	var document corpus.Document
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		if last, err = r.Event(undoes(undo)); err == nil {
			document, err = r.Document(doc)
		}
		return err
	})
	var n note
	if err != nil || last.Verb != corpus.Dismiss || json.Unmarshal(last.Data, &n) != nil {
		return err
	}
	for _, row := range n.Rows {
		part := strings.Split(row, ":")
		if len(part) < 4 || part[0] != "dismissal" {
			continue
		}
		scope, key := Scope(part[len(part)-1]), strings.Join(part[2:len(part)-1], ":")
		if scope == Here {
			continue
		}
		if err := d.spread(ctx, document, key, scope); err != nil {
			return err
		}
	}
	return nil
}
