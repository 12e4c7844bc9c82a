package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Trial is what is known of a wording that nobody saved.
type Trial struct {
	Text     string // the logical text it would be kept as
	Verdict  corpus.Verdict
	Findings []corpus.Finding // those on it that nobody dismissed
}

// Try judges a wording as Propose would, and saves nothing: it is what runs
// while somebody types. An empty wording has no findings.
func (d *Desk) Try(ctx context.Context, user corpus.UserID, w Wording) (Trial, error) {
	rec, err := d.record(ctx, w.Unit)
	if err != nil {
		return Trial{}, err
	}
	dismissed, err := d.mayPropose(ctx, user, rec.Unit)
	if err != nil {
		return Trial{}, err
	}
	ed, err := d.edition(ctx, rec)
	if err != nil {
		return Trial{}, err
	}
	if strings.TrimSpace(w.Text) == "" {
		return Trial{}, nil // nothing was written yet, or all of it was taken out
	}
	w.Delete = true
	text, err := ed.read(w)
	if err != nil {
		return Trial{}, err
	}
	if text == "" {
		return Trial{}, nil
	}
	judged := ed.judge(text, w.Place)
	t := Trial{Text: text, Verdict: judged.verdict}
	for _, f := range judged.findings {
		if !isDismissed(dismissed, rec.Unit.ID, f.Key) {
			t.Findings = append(t.Findings, f)
		}
	}
	return t, nil
}

// mayPropose refuses who may not propose, and returns the keys of dismissed
// findings.
func (d *Desk) mayPropose(ctx context.Context, user corpus.UserID, u corpus.Unit) (map[string]bool, error) {
	var dismissed map[string]bool
	err := d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(u.Document)
		if err != nil {
			return err
		}
		p, err := r.Project(doc.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Propose); err != nil {
			return err
		}
		list, err := r.Dismissals(doc.ID)
		dismissed = dismissedKeys(list)
		return err
	})
	return dismissed, err
}

// StandingFindings returns the findings on a wording of the unit that nobody
// dismissed.
func StandingFindings(r corpus.Reader, u corpus.Unit, revision corpus.RevisionID) ([]corpus.Finding, error) {
	findings, err := r.Findings(revision)
	if err != nil {
		return nil, err
	}
	list, err := r.Dismissals(u.Document)
	if err != nil {
		return nil, err
	}
	return undismissed(findings, dismissedKeys(list), u.ID), nil
}

// undismissed returns the findings of a unit that are not dismissed.
func undismissed(findings []corpus.Finding, dismissed map[string]bool, unit corpus.UnitID) []corpus.Finding {
	var open []corpus.Finding
	for _, f := range findings {
		if !isDismissed(dismissed, unit, f.Key) {
			open = append(open, f)
		}
	}
	return open
}
