package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/check/phrases"
)

// Recheck says what is to be checked again in a project after something that
// the checks rest on has changed.
type Recheck struct {
	Checks []string     // ids of the checks; none: all
	Terms  []TermChange // only units in which a word of these stands; none: all units
	Phrase string       // only units that the set phrase with this id may be about; "": all units
	// Document is the only document to look at; "" for all of the project.
	Document corpus.DocumentID
}

// TermsCheck is the check that the glossary feeds.
const TermsCheck = "term.violation"

// Rechecked counts what a re-check did.
type Rechecked struct {
	Units   int // looked at
	Run     int // on which checks ran
	Changed int // whose findings are others now
}

// recheckSlice is how many units are read, and saved, at a time: a save of
// somebody else's waits for one slice at the most.
const recheckSlice = 100

// Recheck runs checks again on the wordings that stand or wait in the project's
// documents, and brings their findings and the counts of their units up to date.
// The texts are read in slices outside of the writer, checks run there as well,
// and only units whose findings changed are written. It can be cancelled; what
// was done stays, and the glossary counts as not checked against.
func (d *Desk) Recheck(ctx context.Context, user corpus.UserID, project corpus.ProjectID, what Recheck, step func(Step)) (Rechecked, error) {
	if step == nil {
		step = func(Step) {}
	}
	var docs []corpus.Document
	rc := &rechecker{desk: d, what: what, step: step}
	err := d.store.View(ctx, func(r corpus.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Propose); err != nil {
			return err
		}
		if what.Phrase != "" {
			e, ok := phrases.Builtin().ByID(what.Phrase)
			if !ok {
				return corpus.Errorf(corpus.NotFound, "the list of phrases has no %q", what.Phrase)
			}
			rc.touches = e.Touches
		}
		if rc.state, err = r.Termbase(project); err != nil {
			return err
		}
		if rc.regime, err = d.regime(r, p); err != nil {
			return err
		}
		if docs, err = r.Documents(project); err != nil {
			return err
		}
		if what.Document != "" {
			docs = slices.DeleteFunc(docs, func(doc corpus.Document) bool { return doc.ID != what.Document })
		}
		for _, doc := range docs {
			p, err := r.Progress(doc.Current)
			if err != nil {
				return err
			}
			rc.total += p.Units
		}
		return nil
	})
	if err != nil {
		return Rechecked{}, err
	}
	rc.prepare()
	for _, doc := range docs {
		if err := rc.document(ctx, doc); err != nil {
			return rc.done, err
		}
	}
	if upTo := rc.checkedUpTo(); upTo > rc.state.Checked {
		err = d.store.Update(ctx, func(tx corpus.Tx) error { return tx.SaveChecked(project, upTo) })
	}
	return rc.done, err
}

// checkedUpTo is the edition of the glossary that the texts are checked against
// now: the present one after a re-check of all, and after one of changed terms
// the last of them, if it goes on from where the one before ended.
func (rc *rechecker) checkedUpTo() int64 {
	switch {
	case !rc.asks(TermsCheck) || rc.what.Document != "" || rc.what.Phrase != "":
		return 0
	case len(rc.what.Terms) == 0:
		return rc.state.Edition
	}
	first, last := rc.what.Terms[0].Edition, rc.what.Terms[0].Edition
	for _, c := range rc.what.Terms {
		first, last = min(first, c.Edition), max(last, c.Edition)
	}
	if first > rc.state.Checked+1 {
		return 0
	}
	return last
}

// rechecker is a re-check under way.
type rechecker struct {
	desk    *Desk
	what    Recheck
	step    func(Step)
	state   corpus.Termbase
	regime  *regime
	unit    []*check.Check                   // that run again on single units
	whole   []*check.Check                   // that run again on whole documents
	units   bool                             // checks of single units are named, whether they are on or off
	wholes  bool                             // and so are checks of whole documents
	touches func(source, target string) bool // of the changed terms, as they were and are, or the phrase; nil: all units are meant
	total   int
	done    Rechecked
}

func (rc *rechecker) asks(id string) bool {
	return len(rc.what.Checks) == 0 || slices.Contains(rc.what.Checks, id)
}

func (rc *rechecker) prepare() {
	for _, c := range rc.regime.checks {
		switch {
		case !rc.asks(c.ID):
		case c.RunDocument != nil:
			rc.whole = append(rc.whole, c)
		default:
			rc.unit = append(rc.unit, c)
		}
	}
	for _, c := range check.All() {
		rc.units = rc.units || rc.asks(c.ID) && c.RunDocument == nil
		rc.wholes = rc.wholes || rc.asks(c.ID) && c.RunDocument != nil
	}
	if len(rc.what.Terms) == 0 {
		return
	}
	var terms []corpus.Term
	for _, c := range rc.what.Terms {
		for _, t := range []corpus.Term{c.Before, c.After} {
			if len(t.Source) > 0 {
				terms = append(terms, t)
			}
		}
	}
	rc.touches = check.NewTermbase(terms, rc.regime.project.Source, rc.regime.project.Target).Touches
}

// fresh is what was found anew on one wording.
type fresh struct {
	unit     corpus.UnitID
	revision corpus.RevisionID
	input    check.Input
	findings []corpus.Finding
}

func (rc *rechecker) document(ctx context.Context, doc corpus.Document) error {
	var latest []check.Input // for the checks of whole documents
	var revisions []fresh
	for after := int64(-1 << 62); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		rc.step(Step{"check", rc.done.Units, rc.total})
		var found []fresh
		n := 0
		err := rc.desk.store.View(ctx, func(r corpus.Reader) error {
			units, err := r.Units(doc.Current, corpus.Filter{}, after, recheckSlice)
			if err != nil || len(units) == 0 {
				return err
			}
			n, after = len(units), units[len(units)-1].Position
			for i, u := range units {
				list, in, err := rc.wordings(r, u, nearest(units, i, -1), nearest(units, i, +1))
				if err != nil {
					return err
				}
				found = append(found, list...)
				if rc.wholes {
					latest, revisions = append(latest, in), append(revisions, fresh{unit: u.ID, revision: u.Summary.Latest, input: in})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		rc.done.Units += n
		for i := range found {
			found[i].findings = rc.regime.run(found[i].input, rc.unit)
		}
		rc.done.Run += len(found)
		if err := rc.save(ctx, doc, found, func(c *check.Check) bool { return c.RunDocument == nil }); err != nil {
			return err
		}
	}
	if len(revisions) == 0 {
		return nil
	}
	for i, f := range rc.regime.runDocument(latest, rc.whole) {
		revisions[i].findings = f
	}
	for start := 0; start < len(revisions); start += recheckSlice {
		if err := ctx.Err(); err != nil {
			return err
		}
		slice := revisions[start:min(start+recheckSlice, len(revisions))]
		if err := rc.save(ctx, doc, slice, func(c *check.Check) bool { return c.RunDocument != nil }); err != nil {
			return err
		}
	}
	return nil
}

// wordings returns the wordings of the unit that stand or wait and that the
// re-check means, and the latest of them for the checks of the document.
func (rc *rechecker) wordings(r corpus.Reader, u, before, after corpus.Unit) ([]fresh, check.Input, error) {
	texts := []corpus.Revision{{ID: u.Summary.Latest, Text: u.Text.Target}}
	if !untouched(u) {
		rec, err := r.Record(u.ID)
		if err != nil {
			return nil, check.Input{}, err
		}
		texts = []corpus.Revision{rec.Latest(), rec.Current()}
		for _, p := range rec.Pending() {
			if rev, ok := rec.Revision(p.Revision); ok {
				texts = append(texts, rev)
			}
		}
		slices.SortStableFunc(texts[1:], func(a, b corpus.Revision) int { return a.Number - b.Number })
	}
	plain := rc.regime.input(u, texts[0].Text, corpus.Unit{}, corpus.Unit{})
	meant := rc.touches == nil && rc.units
	for _, t := range texts {
		meant = meant || rc.touches != nil && rc.touches(u.Text.Source, t.Text)
	}
	if !meant {
		return nil, plain, nil
	}
	if before.ID == "" || after.ID == "" { // they may lie outside of the slice
		var err error
		if before, after, err = neighbours(r, u); err != nil {
			return nil, plain, err
		}
	}
	var list []fresh
	seen := map[corpus.RevisionID]bool{}
	for _, t := range texts {
		if !seen[t.ID] {
			seen[t.ID] = true
			list = append(list, fresh{unit: u.ID, revision: t.ID, input: rc.regime.input(u, t.Text, before, after)})
		}
	}
	return list, plain, nil
}

// save puts the new findings in the place of those that the same checks left,
// and derives the summaries of the units whose latest wordings they are on.
func (rc *rechecker) save(ctx context.Context, doc corpus.Document, list []fresh, kind func(*check.Check) bool) error {
	changed, err := rc.differing(ctx, list, kind)
	if err != nil || len(changed) == 0 {
		return err
	}
	return rc.desk.store.Update(ctx, func(tx corpus.Tx) error {
		dismissed, err := dismissedIn(tx, doc.ID)
		if err != nil {
			return err
		}
		for _, f := range changed {
			merged, err := rc.merged(tx, f, kind)
			if err != nil {
				return err
			}
			if err := tx.SaveFindings(f.revision, merged); err != nil {
				return err
			}
			u, err := tx.Unit(f.unit)
			if err != nil {
				return err
			}
			if u.Retired || u.Summary.Latest != f.revision {
				continue
			}
			weighFindings(&u, merged, dismissed)
			u.Summary.Risk = check.Risk(f.input, merged)
			if err := tx.SaveUnit(u); err != nil {
				return err
			}
			rc.done.Changed++
		}
		return nil
	})
}

// differing returns the wordings whose findings are others than the stored ones.
func (rc *rechecker) differing(ctx context.Context, list []fresh, kind func(*check.Check) bool) ([]fresh, error) {
	var changed []fresh
	err := rc.desk.store.View(ctx, func(r corpus.Reader) error {
		for _, f := range list {
			old, err := r.Findings(f.revision)
			if err != nil {
				return err
			}
			merged, err := rc.merged(r, f, kind)
			if err != nil {
				return err
			}
			if !slices.EqualFunc(old, merged, sameFinding) {
				changed = append(changed, f)
			}
		}
		return nil
	})
	return changed, err
}

// merged returns the findings of a wording with the new ones in their places.
func (rc *rechecker) merged(r corpus.Reader, f fresh, kind func(*check.Check) bool) ([]corpus.Finding, error) {
	old, err := r.Findings(f.revision)
	if err != nil {
		return nil, err
	}
	var merged []corpus.Finding
	for _, x := range old {
		if c, ok := check.ByID(x.Check); !ok || !rc.asks(x.Check) || !kind(c) {
			merged = append(merged, x)
		}
	}
	return append(merged, f.findings...), nil
}

func sameFinding(a, b corpus.Finding) bool {
	return a.Key == b.Key && a.Severity == b.Severity && a.Message == b.Message && slices.Equal(a.Target, b.Target) &&
		slices.Equal(a.Source, b.Source) && slices.Equal(a.Args, b.Args) && (a.Fix == nil) == (b.Fix == nil) && (a.Fix == nil || *a.Fix == *b.Fix)
}
