package workflow

import (
	"context"

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
// A major one takes a reviewer. Beyond Here, the counts of all other units with
// the same finding follow at once, in slices.
func (d *Desk) Dismiss(ctx context.Context, user corpus.UserID, unit corpus.UnitID, key string, scope Scope, reason string) (corpus.Event, error) {
	return d.DismissAll(ctx, user, []Pointed{{unit, key}}, scope, reason)
}

// Pointed is a finding on a unit's latest wording.
type Pointed struct {
	Unit corpus.UnitID
	Key  string
}

// DismissAll dismisses findings of one document with one reason, as one act: all
// of them or none.
func (d *Desk) DismissAll(ctx context.Context, user corpus.UserID, list []Pointed, scope Scope, reason string) (corpus.Event, error) {
	if len(list) == 0 || len(list) > BatchLimit {
		return corpus.Event{}, corpus.Errorf(corpus.Invalid, "between 1 and %d findings are dismissed at once", BatchLimit)
	}
	var units []corpus.UnitID
	for _, p := range list {
		units = append(units, p.Unit)
	}
	var doc corpus.Document
	event, err := d.do(ctx, user, corpus.Dismiss, units, func(a *act) error {
		doc = a.doc
		said := map[Pointed]bool{}
		for _, p := range list {
			once := p
			if scope != Here {
				once.Unit = "" // one dismissal speaks for all
			}
			if said[once] {
				continue
			}
			said[once] = true
			rec := a.records[p.Unit]
			f, err := pointedAt(a.tx, rec, p.Key)
			if err != nil {
				return err
			}
			verb := corpus.Dismiss
			if f.Severity >= corpus.Major {
				verb = corpus.DismissMain
			}
			if err := a.check(verb, corpus.Object{State: rec.State(), Reason: reason}); err != nil {
				return err
			}
			if err := a.dismiss(rec, f, scope, reason); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || scope == Here {
		return event, err
	}
	for _, p := range list {
		if err := d.spread(ctx, doc, p.Key, scope); err != nil {
			return event, err
		}
	}
	return event, nil
}

// pointedAt returns the finding with the key on the unit's latest wording.
func pointedAt(r corpus.Reader, rec *corpus.Record, key string) (corpus.Finding, error) {
	findings, err := r.Findings(rec.Latest().ID)
	if err != nil {
		return corpus.Finding{}, err
	}
	for _, f := range findings {
		if f.Key == key {
			return f, nil
		}
	}
	return corpus.Finding{}, corpus.Errorf(corpus.NotFound, "the finding is not on the latest wording of this unit any more")
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
	a.ignored = nil // so that close weighs the units anew
	_, err := a.dismissed()
	return err
}

// DismissedFinding is a finding with what somebody said against it.
type DismissedFinding struct {
	Finding   corpus.Finding
	Dismissal corpus.Dismissal
}

// Scope says how far the dismissal reaches.
func (x DismissedFinding) Scope() Scope {
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
func DismissedFindings(r corpus.Reader, u corpus.Unit, revision corpus.RevisionID) ([]DismissedFinding, error) {
	findings, err := r.Findings(revision)
	if err != nil || len(findings) == 0 {
		return nil, err
	}
	list, err := r.Dismissals(u.Document)
	if err != nil {
		return nil, err
	}
	var out []DismissedFinding
	for _, f := range findings {
		for _, d := range list {
			if d.Key == f.Key && (d.Unit == "" || d.Unit == u.ID) {
				out = append(out, DismissedFinding{f, d})
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
