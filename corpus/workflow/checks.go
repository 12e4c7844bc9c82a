package workflow

import (
	"context"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// CheckMode says how a project uses a check.
type CheckMode string

// The modes.
const (
	CheckOn      CheckMode = "on"
	CheckLowered CheckMode = "lowered" // its findings weigh one severity less
	CheckOff     CheckMode = "off"
)

// ModeOf returns how the project uses the check.
func ModeOf(s corpus.Settings, id string) CheckMode {
	switch {
	case slices.Contains(s.OffChecks, id):
		return CheckOff
	case slices.Contains(s.LoweredChecks, id):
		return CheckLowered
	}
	return CheckOn
}

// SetCheck changes how the project uses a check. Texts that are there already
// have to be checked anew (see Recheck); it reports whether anything changed.
func (d *Desk) SetCheck(ctx context.Context, user corpus.UserID, project corpus.ProjectID, id string, mode CheckMode) (bool, error) {
	if _, ok := check.ByID(id); !ok {
		return false, corpus.Errorf(corpus.NotFound, "there is no check %q", id)
	}
	if mode != CheckOn && mode != CheckLowered && mode != CheckOff {
		return false, corpus.Errorf(corpus.Invalid, "a check is on, lowered or off, not %q", mode)
	}
	changed := false
	err := d.manage(ctx, user, project, func(tx corpus.Tx, p corpus.Project, actor corpus.User) error {
		if ModeOf(p.Settings, id) == mode {
			return nil
		}
		changed = true
		p.Settings.OffChecks = without(p.Settings.OffChecks, id)
		p.Settings.LoweredChecks = without(p.Settings.LoweredChecks, id)
		switch mode {
		case CheckOff:
			p.Settings.OffChecks = append(p.Settings.OffChecks, id)
		case CheckLowered:
			p.Settings.LoweredChecks = append(p.Settings.LoweredChecks, id)
		}
		if err := tx.SaveProject(p); err != nil {
			return err
		}
		return d.log(tx, actor, corpus.ProjectChain(project), corpus.Manage, map[string]any{"check": id, "mode": mode})
	})
	return changed, err
}

func without(list []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == id })
}

// Tallies returns what people decided on the findings of each check in the
// project.
func (d *Desk) Tallies(ctx context.Context, user corpus.UserID, project corpus.ProjectID) (map[string]corpus.Tally, error) {
	var t map[string]corpus.Tally
	err := d.read(ctx, user, project, func(r corpus.Reader) (err error) {
		t, err = r.Tallies(project)
		return err
	})
	return t, err
}

// CheckCounts returns how many findings each check has on the latest wordings of
// the document, dismissed ones counted.
func (d *Desk) CheckCounts(ctx context.Context, user corpus.UserID, doc corpus.Document) (map[string]int, error) {
	var counts map[string]int
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) (err error) {
		counts, err = r.CheckCounts(doc.Current)
		return err
	})
	return counts, err
}

// Checked is a unit with the findings of one check on its latest wording that
// nobody dismissed or made a flag.
type Checked struct {
	Unit     corpus.Unit
	Number   int
	Latest   corpus.Revision
	State    corpus.State
	Findings []corpus.Finding
}

// Checked returns up to limit units of the document with open findings of one
// check, in reading order from the first behind a position; more tells whether
// there may be others.
func (d *Desk) Checked(ctx context.Context, user corpus.UserID, doc corpus.Document, id string, after int64, limit int) (list []Checked, more bool, err error) {
	err = d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		dismissed, err := dismissedIn(r, doc.ID)
		if err != nil {
			return err
		}
		for {
			units, err := r.UnitsChecked(doc.Current, id, after, limit+1)
			if err != nil || len(units) == 0 {
				return err
			}
			for _, u := range units {
				c, err := checkedUnit(r, u, false, func(f corpus.Finding) bool { return f.Check == id && !isDismissed(dismissed, u.ID, f.Key) })
				if err != nil {
					return err
				}
				if len(c.Findings) == 0 {
					continue
				}
				if more = len(list) == limit; more {
					return nil
				}
				list = append(list, c)
			}
			after = units[len(units)-1].Position
		}
	})
	return list, more, err
}

// checkedUnit returns the wanted findings on the unit's latest wording; with flagged
// those too for which a flag stands already.
func checkedUnit(r corpus.Reader, u corpus.Unit, flagged bool, wanted func(corpus.Finding) bool) (Checked, error) {
	c := Checked{Unit: u, State: u.Summary.State, Latest: corpus.Revision{ID: u.Summary.Latest, Text: u.Text.Target}}
	findings, err := r.Findings(u.Summary.Latest)
	if err != nil {
		return c, err
	}
	for _, f := range findings {
		if wanted(f) {
			c.Findings = append(c.Findings, f)
		}
	}
	if len(c.Findings) == 0 {
		return c, nil
	}
	if !untouched(u) || u.Summary.Flags > 0 {
		rec, err := r.Record(u.ID)
		if err != nil {
			return c, err
		}
		c.Latest = rec.Latest()
		if !flagged {
			c.Findings = slices.DeleteFunc(c.Findings, func(f corpus.Finding) bool { return confirmed(&rec, f) })
		}
	}
	c.Number, err = r.UnitNumber(u.ID)
	return c, err
}

// confirmed reports whether an open flag stands for the finding already.
func confirmed(rec *corpus.Record, f corpus.Finding) bool {
	latest := rec.Latest()
	for _, flag := range rec.OpenFlags() {
		if flag.Check != f.Check || flag.Revision != latest.ID {
			continue
		}
		source, target := markOf(f.Source, rec.Unit.Text.Source), markOf(f.Target, latest.Text)
		if flag.Source == source && (flag.Target == target || !target.Present()) {
			return true
		}
	}
	return false
}

// FlagFinding confirms a finding on the unit's latest wording: it makes a flag of
// it that keeps the check's id.
func (d *Desk) FlagFinding(ctx context.Context, user corpus.UserID, unit corpus.UnitID, key, note string) (corpus.Flag, error) {
	var p Passage
	err := d.store.View(ctx, func(r corpus.Reader) error {
		rec, err := r.Record(unit)
		if err != nil {
			return err
		}
		f, err := pointedAt(r, &rec, key)
		if err != nil {
			return err
		}
		latest := rec.Latest()
		p = Passage{Unit: unit, Revision: latest.ID, Category: f.Category, Severity: f.Severity, Note: note, Check: f.Check,
			Source: markOf(f.Source, rec.Unit.Text.Source), Target: markOf(f.Target, latest.Text)}
		if !p.Source.Present() && !p.Target.Present() {
			p.Target = markOf([]corpus.Span{{End: len(latest.Text)}}, latest.Text)
		}
		return nil
	})
	if err != nil {
		return corpus.Flag{}, err
	}
	return d.Flag(ctx, user, p)
}

// markOf marks from the first to the last of the spans.
func markOf(spans []corpus.Span, text string) corpus.Mark {
	if len(spans) == 0 {
		return corpus.Mark{}
	}
	s := spans[0]
	for _, other := range spans {
		s.Start, s.End = min(s.Start, other.Start), max(s.End, other.End)
	}
	if s.Empty() {
		return corpus.Mark{}
	}
	return corpus.Mark{Span: s, Quote: text[s.Start:s.End]}
}

// FixedUnit is a unit with the wording that several fixes would give it.
type FixedUnit struct {
	Checked
	Text string
	Keys []string // of the findings whose fixes are in it
}

// Fixed says what taking the fixes of the findings would give, unit by unit.
// Findings that are gone, that have no fix, or whose fix overlaps another one are
// left out.
func (d *Desk) Fixed(ctx context.Context, user corpus.UserID, doc corpus.Document, list []Pointed) ([]FixedUnit, error) {
	if len(list) > BatchLimit {
		return nil, corpus.Errorf(corpus.TooLarge, "a batch holds %d fixes at the most, so that somebody can look through it; choose fewer", BatchLimit)
	}
	var out []FixedUnit
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		wanted := map[corpus.UnitID]map[string]bool{}
		var order []corpus.UnitID
		for _, p := range list {
			if wanted[p.Unit] == nil {
				wanted[p.Unit] = map[string]bool{}
				order = append(order, p.Unit)
			}
			wanted[p.Unit][p.Key] = true
		}
		for _, id := range order {
			u, err := r.Unit(id)
			if err != nil {
				return err
			}
			if u.Version != doc.Current || u.Retired {
				continue
			}
			c, err := checkedUnit(r, u, true, func(f corpus.Finding) bool { return f.Fix != nil && wanted[id][f.Key] })
			if err != nil {
				return err
			}
			if text, keys := applyFixes(c.Latest.Text, c.Findings); len(keys) > 0 {
				out = append(out, FixedUnit{c, text, keys})
			}
		}
		return nil
	})
	return out, err
}

// applyFixes puts fixes into a text, from its end, each if it overlaps none that
// was put in before.
func applyFixes(text string, findings []corpus.Finding) (string, []string) {
	sorted := slices.Clone(findings)
	slices.SortStableFunc(sorted, func(a, b corpus.Finding) int { return b.Fix.Span.Start - a.Fix.Span.Start })
	var keys []string
	limit := len(text)
	for _, f := range sorted {
		if s := f.Fix.Span; s.End <= limit && s.Start <= s.End {
			text = text[:s.Start] + f.Fix.Text + text[s.End:]
			limit = s.Start
			keys = append(keys, f.Key)
		}
	}
	return text, keys
}

// TakeFixes proposes the fixes of the findings, one proposal a unit, and returns
// how many it made. A unit that changed meanwhile is left as it is.
func (d *Desk) TakeFixes(ctx context.Context, user corpus.UserID, doc corpus.Document, list []Pointed) (int, error) {
	units, err := d.Fixed(ctx, user, doc, list)
	if err != nil {
		return 0, err
	}
	for i, u := range units {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		_, err := d.Propose(ctx, user, Wording{Unit: u.Unit.ID, Text: layout.Show(u.Text), Base: u.Latest.ID, Origin: corpus.FromFix})
		if err != nil {
			return i, err
		}
	}
	return len(units), nil
}

// taken notes whose proposals a new wording follows: the findings on its base
// whose replacement is in it word for word, and that it has no more.
func (a *act) taken(rec *corpus.Record, base corpus.Revision, text string, now []corpus.Finding) error {
	findings, err := a.tx.Findings(base.ID)
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Fix == nil || slices.ContainsFunc(now, func(n corpus.Finding) bool { return n.Key == f.Key }) {
			continue
		}
		s := f.Fix.Span
		around := func(from, to int) string { return base.Text[max(0, from):min(len(base.Text), to)] }
		if !strings.Contains(text, around(s.Start-takenAround, s.Start)+f.Fix.Text+around(s.End, s.End+takenAround)) {
			continue
		}
		if err := a.tx.AddTaken(corpus.Taken{Project: a.project.ID, Unit: rec.Unit.ID, Check: f.Check, Act: a.id}); err != nil {
			return err
		}
	}
	return nil
}

// takenAround is how many bytes on both sides of a replacement must be as they
// were, so that the same words elsewhere count for nothing.
const takenAround = 4
