package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Timeline is everything that was ever said of one unit.
type Timeline struct {
	Record   corpus.Record
	Version  corpus.Version
	Number   int     // in reading order; 0 for a unit that was merged or split away
	Entries  []Entry // its wordings, newest first, those taken back included
	From, To []Kin   // the units it came from, and those that came from it
}

// Entry is one wording with what was done with it.
type Entry struct {
	Revision  corpus.Revision
	Proposals []corpus.Proposal
	Decisions []corpus.Decision // oldest first
	Stands    bool              // it is the unit's current wording
	Waits     bool              // it is up for approval
	Restore   Restoring
}

// Restoring says what restoring a wording would do for the reader.
type Restoring string

// What restoring does.
const (
	RestoreNothing Restoring = ""      // it stands or waits, was taken back, or the reader may not
	RestoreText    Restoring = "text"  // it is put up as a proposal
	RestoreState   Restoring = "state" // its approval comes back as well
)

// Kin is a unit that this one came from, or that came from it.
type Kin struct {
	Kind    corpus.LineageKind
	Unit    corpus.Unit
	Version corpus.Version
	Number  int // in reading order of its version; 0 where it is gone
}

// Timeline returns the history of a unit, of any version of its document.
func (d *Desk) Timeline(ctx context.Context, user corpus.UserID, unit corpus.UnitID) (Timeline, error) {
	var t Timeline
	err := d.store.View(ctx, func(r corpus.Reader) error {
		var err error
		if t.Record, err = r.Record(unit); err != nil {
			return err
		}
		if t.Version, err = r.Version(t.Record.Unit.Version); err != nil {
			return err
		}
		doc, err := r.Document(t.Record.Unit.Document)
		if err != nil {
			return err
		}
		p, err := r.Project(doc.Project)
		if err != nil {
			return err
		}
		actor, err := allowed(r, p, user, corpus.Read)
		if err != nil {
			return err
		}
		if t.Number, err = numberOf(r, t.Record.Unit); err != nil {
			return err
		}
		if err := t.kin(r); err != nil {
			return err
		}
		t.entries()
		// What was merged away, or belongs to an older version, is history only.
		if t.Number == 0 || t.Record.Unit.Version != doc.Current {
			return nil
		}
		return t.restoring(newJudge(r, p, actor))
	})
	return t, err
}

// numberOf is the unit's number in reading order, 0 for one that is gone.
func numberOf(r corpus.Reader, u corpus.Unit) (int, error) {
	if u.Retired {
		return 0, nil
	}
	return r.UnitNumber(u.ID)
}

func (t *Timeline) kin(r corpus.Reader) error {
	from, to, err := r.Lineage(t.Record.Unit.ID)
	if err != nil {
		return err
	}
	find := func(id corpus.UnitID, kind corpus.LineageKind) (Kin, error) {
		k := Kin{Kind: kind}
		if k.Unit, err = r.Unit(id); err != nil {
			return k, err
		}
		if k.Version, err = r.Version(k.Unit.Version); err != nil {
			return k, err
		}
		k.Number, err = numberOf(r, k.Unit)
		return k, err
	}
	for _, l := range from {
		k, err := find(l.Old, l.Kind)
		if err != nil {
			return err
		}
		t.From = append(t.From, k)
	}
	for _, l := range to {
		k, err := find(l.New, l.Kind)
		if err != nil {
			return err
		}
		t.To = append(t.To, k)
	}
	return nil
}

// entries sorts what was done by the wording it was done with.
func (t *Timeline) entries() {
	rec := &t.Record
	at := map[corpus.RevisionID]int{}
	for i := len(rec.Revisions) - 1; i >= 0; i-- {
		rev := rec.Revisions[i]
		at[rev.ID] = len(t.Entries)
		t.Entries = append(t.Entries, Entry{Revision: rev, Stands: rec.Current().ID == rev.ID})
	}
	for _, p := range rec.Proposals {
		if i, ok := at[p.Revision]; ok {
			t.Entries[i].Proposals = append(t.Entries[i].Proposals, p)
		}
	}
	for _, p := range rec.Pending() {
		if i, ok := at[p.Revision]; ok {
			t.Entries[i].Waits = true
		}
	}
	for _, d := range rec.Decisions {
		if i, ok := at[d.Revision]; ok {
			t.Entries[i].Decisions = append(t.Entries[i].Decisions, d)
		}
	}
}

// restoring says for each wording what Restore would do.
func (t *Timeline) restoring(j *judge) error {
	rec := &t.Record
	if !corpus.May(j.actor.Roles, corpus.Restore, j.project.Settings) {
		return nil
	}
	taken := map[string]bool{rec.Current().Text: true}
	for _, p := range rec.Pending() {
		rev, _ := rec.Revision(p.Revision)
		taken[rev.Text] = true
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Revision.Undone || taken[e.Revision.Text] {
			continue
		}
		e.Restore = RestoreText
		own := e.Revision.ByHand(j.actor.User.ID)
		object := corpus.Object{State: rec.State(), Own: own}
		if _, ok := earlierApproval(rec, e.Revision); !ok || own || corpus.Check(j.actor, corpus.Approve, object, j.project.Settings) != nil || verdictAllows(e.Revision) != nil {
			continue
		}
		if j.project.Settings.FindingsBlock {
			hold, err := j.findingsHold(rec, e.Revision.ID)
			if err != nil {
				return err
			}
			if hold != NoHold {
				continue
			}
		}
		e.Restore = RestoreState
	}
	return nil
}
