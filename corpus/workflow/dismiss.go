package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Scope says how far a dismissal reaches.
type Scope string

// The scopes of a dismissal.
const (
	Here       Scope = "here"
	InDocument Scope = "document"
	InProject  Scope = "project"
)

// Dismiss says of a finding on the unit's latest wording that it is no defect,
// and why. It is found by its key, so it comes back when its evidence changes.
// A major one takes a reviewer.
func (d *Desk) Dismiss(ctx context.Context, user corpus.UserID, unit corpus.UnitID, key string, scope Scope, reason string) (corpus.Event, error) {
	return d.do(ctx, user, corpus.Dismiss, []corpus.UnitID{unit}, func(a *act) error {
		rec := a.records[unit]
		findings, err := a.tx.Findings(rec.Latest().ID)
		if err != nil {
			return err
		}
		for _, f := range findings {
			if f.Key != key {
				continue
			}
			verb := corpus.Dismiss
			if f.Severity >= corpus.Major {
				verb = corpus.DismissMain
			}
			if err := a.check(verb, corpus.Object{State: rec.State(), Reason: reason}); err != nil {
				return err
			}
			return a.dismiss(rec, f, scope, reason)
		}
		return corpus.Errorf(corpus.NotFound, "the finding is not on the latest wording of this unit any more")
	})
}

func (a *act) dismiss(rec *corpus.Record, f corpus.Finding, scope Scope, reason string) error {
	x := corpus.Dismissal{Project: a.project.ID, Key: f.Key, Check: f.Check, By: a.actor.User.ID, Reason: reason, Created: a.at, Act: a.id}
	switch scope {
	case Here:
		x.Document, x.Unit = a.doc.ID, rec.Unit.ID
	case InDocument:
		x.Document = a.doc.ID
	case InProject:
	default:
		return corpus.Errorf(corpus.Invalid, "no scope %q: choose here, document or project", scope)
	}
	a.note.Reason = reason
	a.row("dismissal", f.Check, f.Key, string(scope))
	if err := a.tx.AddDismissal(x); err != nil {
		return err
	}
	a.ignored = nil
	if _, err := a.dismissed(); err != nil {
		return err
	}
	return a.recount(f.Key, scope)
}

// recount counts the findings anew of all units that the dismissal of a finding
// reaches, beyond the unit of the act. They are no part of the act: nothing was
// done to them, and whoever works on one does not stand in the way of undoing it.
func (a *act) recount(key string, scope Scope) error {
	docs := []corpus.Document{a.doc}
	switch scope {
	case Here:
		return nil
	case InProject:
		var err error
		if docs, err = a.tx.Documents(a.project.ID); err != nil {
			return err
		}
	}
	for _, doc := range docs {
		units, err := a.tx.UnitsFound(doc.Current, key)
		if err != nil {
			return err
		}
		if len(units) == 0 {
			continue
		}
		dismissed, err := dismissedIn(a.tx, doc.ID)
		if err != nil {
			return err
		}
		for _, u := range units {
			if _, mine := a.records[u.ID]; mine {
				continue
			}
			findings, err := a.tx.Findings(u.Summary.Latest)
			if err != nil {
				return err
			}
			weighFindings(&u, findings, dismissed)
			if err := a.tx.SaveUnit(u); err != nil {
				return err
			}
		}
	}
	return nil
}

// recountDismissed recounts what the dismissals among the rows of an act reach.
func (a *act) recountDismissed(rows []string) error {
	for _, row := range rows {
		parts := strings.Split(row, ":") // dismissal, check, key, scope
		if parts[0] != "dismissal" || len(parts) != 4 {
			continue
		}
		if err := a.recount(parts[2], Scope(parts[3])); err != nil {
			return err
		}
	}
	return nil
}

// Dismissed is a finding with what somebody said against it.
type Dismissed struct {
	Finding   corpus.Finding
	Dismissal corpus.Dismissal
}

// Scope says how far the dismissal reaches.
func (x Dismissed) Scope() Scope {
	switch {
	case x.Dismissal.Unit != "":
		return Here
	case x.Dismissal.Document != "":
		return InDocument
	}
	return InProject
}

// DismissedFindings returns the findings on a wording of the unit that somebody
// dismissed, each with the first dismissal that reaches it.
func DismissedFindings(r corpus.Reader, u corpus.Unit, revision corpus.RevisionID) ([]Dismissed, error) {
	findings, err := r.Findings(revision)
	if err != nil || len(findings) == 0 {
		return nil, err
	}
	list, err := r.Dismissals(u.Document)
	if err != nil {
		return nil, err
	}
	var out []Dismissed
	for _, f := range findings {
		for _, d := range list {
			if d.Key == f.Key && (d.Unit == "" || d.Unit == u.ID) {
				out = append(out, Dismissed{f, d})
				break
			}
		}
	}
	return out, nil
}

// dismissedKeys indexes dismissals by the keys isDismissed asks for.
func dismissedKeys(list []corpus.Dismissal) map[string]bool {
	keys := make(map[string]bool, len(list))
	for _, x := range list {
		keys[string(x.Unit)+" "+x.Key] = true
	}
	return keys
}

func isDismissed(keys map[string]bool, unit corpus.UnitID, key string) bool {
	return keys[" "+key] || keys[string(unit)+" "+key]
}

// dismissedIn are the keys of what was dismissed in a document.
func dismissedIn(r corpus.Reader, doc corpus.DocumentID) (map[string]bool, error) {
	list, err := r.Dismissals(doc)
	return dismissedKeys(list), err
}
