package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Released is a release with its file.
type Released struct {
	Snapshot corpus.Snapshot
	Exported
	// Corrigendum lists what changed since the release before this one; empty
	// for the first.
	Corrigendum []Corrected
}

// Corrected is a wording that differs between two snapshots.
type Corrected struct {
	Before corpus.Pair // empty for a unit that came in since
	After  corpus.Pair // empty for one that went
}

// Release makes the approved wordings of a document final and keeps the file.
// Whatever is open blocks it, unless the reason for letting it pass is given
// for its unit; such exceptions are kept and printed with the release, and so is
// what is open without blocking it.
func (d *Desk) Release(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, name string, except map[corpus.UnitID]string) (Released, error) {
	var out Released
	if err := checkName("release", name); err != nil {
		return out, err
	}
	for {
		before, plan, err := d.planRelease(ctx, user, doc, &out)
		if err != nil {
			return out, err
		}
		exceptions, err := excepted(plan.open, except)
		if err != nil {
			return out, err
		}
		err = d.store.Update(ctx, func(tx corpus.Tx) error {
			now, err := tx.Head(corpus.DocumentChain(doc))
			if err != nil {
				return err
			}
			if now.ID != before.ID {
				return errMoved
			}
			project, err := tx.Project(out.Document.Project)
			if err != nil {
				return err
			}
			actor, err := allowed(tx, project, user, corpus.Release)
			if err != nil {
				return err
			}
			return d.release(tx, actor, name, plan, withPassed(exceptions, plan.passed), &out)
		})
		if err != errMoved {
			return out, err
		}
	}
}

// checkName refuses names of releases and snapshots that nobody could find
// again in a list.
func checkName(what, name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return corpus.Errorf(corpus.Invalid, "a %s needs a name", what)
	case len(name) > 200:
		return corpus.Errorf(corpus.Invalid, "the name of a %s has at most 200 bytes", what)
	}
	return nil
}

// errMoved says that somebody acted on the document while its release was being
// put together; it is put together anew.
var errMoved = corpus.Errorf(corpus.Conflict, "the document changed meanwhile")

// planRelease puts the file together outside of the store's writer, and returns
// the event up to which it holds.
func (d *Desk) planRelease(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, out *Released) (head corpus.Event, p *plan, err error) {
	err = d.store.View(ctx, func(r corpus.Reader) error {
		if out.Document, err = r.Document(doc); err != nil {
			return err
		}
		project, err := r.Project(out.Document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, project, user, corpus.Release); err != nil {
			return err
		}
		if head, err = r.Head(corpus.DocumentChain(doc)); err != nil {
			return err
		}
		if p, err = d.plan(r, out.Document, ApprovedOnly); err != nil {
			return err
		}
		return p.export(&out.Exported)
	})
	return head, p, err
}

// excepted returns the exceptions of a release, or the error of what is open
// and not excepted.
func excepted(open []Blocker, except map[corpus.UnitID]string) ([]corpus.Exception, error) {
	var list []corpus.Exception
	left := 0
	for _, b := range open {
		reason := except[b.Unit]
		if reason == "" {
			left++
			continue
		}
		list = append(list, corpus.Exception{Unit: b.Unit, Number: b.Number, Why: string(b.Why), Reason: reason})
	}
	if left > 0 {
		return nil, corpus.Errorf(corpus.Blocked, "still open: %d; settle what is, or give a reason for each unit that is let pass", left)
	}
	return list, nil
}

// withPassed adds what nobody had to give a reason for, unit by unit in reading
// order.
func withPassed(exceptions []corpus.Exception, passed []Blocker) []corpus.Exception {
	for _, b := range passed {
		exceptions = append(exceptions, corpus.Exception{Unit: b.Unit, Number: b.Number, Why: string(b.Why), What: b.What})
	}
	slices.SortStableFunc(exceptions, func(a, b corpus.Exception) int { return cmp.Compare(a.Number, b.Number) })
	return exceptions
}

func (d *Desk) release(tx corpus.Tx, actor corpus.Actor, name string, p *plan, exceptions []corpus.Exception, out *Released) error {
	hash, err := tx.AddBlob(out.Data)
	if err != nil {
		return err
	}
	act := corpus.NewID[corpus.EventID]()
	out.Snapshot = corpus.Snapshot{
		ID: corpus.NewID[corpus.SnapshotID](), Document: out.Document.ID, Version: p.version.ID, Name: name, Release: true,
		Target: hash, Against: out.Proof.Received, Changed: out.Proof.Ranges, Exceptions: exceptions, By: actor.User.ID, Created: d.clock(), Act: act,
	}
	before, err := lastRelease(tx, out.Document.ID, name)
	if err != nil {
		return err
	}
	if err := tx.AddSnapshot(out.Snapshot, p.standings); err != nil {
		return err
	}
	for _, rec := range p.approved {
		rec.Released = append(rec.Released, rec.Current().ID)
		rec.Unit.Summary = rec.Summarize()
		if err := tx.SaveUnit(rec.Unit); err != nil {
			return err
		}
	}
	if before != "" {
		if out.Corrigendum, err = compareSnapshots(tx, before, out.Snapshot.ID); err != nil {
			return err
		}
	}
	return d.logAs(tx, act, actor.User, corpus.DocumentChain(out.Document.ID), corpus.Release, map[string]any{
		"snapshot": out.Snapshot.ID, "name": name, "version": p.version.ID, "file": hash, "against": out.Proof.Received, "ranges": out.Proof.Ranges, "exceptions": exceptions, "layout": cleaningIDs(out.Layout),
	})
}

// lastRelease returns the newest release, and refuses a name that one has.
func lastRelease(r corpus.Reader, doc corpus.DocumentID, name string) (corpus.SnapshotID, error) {
	list, err := r.Snapshots(doc)
	if err != nil {
		return "", err
	}
	last := corpus.SnapshotID("")
	for _, s := range list {
		if !s.Release {
			continue
		}
		if s.Name == name {
			return "", corpus.Errorf(corpus.Conflict, "there is a release %q of this document already", name)
		}
		last = s.ID
	}
	return last, nil
}

// Snapshot names the present state of a document, to be compared with others.
func (d *Desk) Snapshot(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, name string) (corpus.Snapshot, error) {
	var s corpus.Snapshot
	if err := checkName("snapshot", name); err != nil {
		return s, err
	}
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		document, err := tx.Document(doc)
		if err != nil {
			return err
		}
		project, err := tx.Project(document.Project)
		if err != nil {
			return err
		}
		actor, err := allowed(tx, project, user, corpus.Snap)
		if err != nil {
			return err
		}
		p, err := d.plan(tx, document, ApprovedOnly)
		if err != nil {
			return err
		}
		s = corpus.Snapshot{ID: corpus.NewID[corpus.SnapshotID](), Document: doc, Version: p.version.ID, Name: name, Against: p.version.Target.Hash, Changed: p.ranges, By: user, Created: d.clock(), Act: corpus.NewID[corpus.EventID]()}
		if err := tx.AddSnapshot(s, p.standings); err != nil {
			return err
		}
		return d.logAs(tx, s.Act, actor.User, corpus.DocumentChain(doc), corpus.Snap, map[string]any{"snapshot": s.ID, "name": name, "version": s.Version})
	})
	return s, err
}

// Compare returns what changed from one snapshot of a document to another.
func (d *Desk) Compare(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, a, b corpus.SnapshotID) ([]Corrected, error) {
	var list []Corrected
	err := d.store.View(ctx, func(r corpus.Reader) error {
		document, err := r.Document(doc)
		if err != nil {
			return err
		}
		project, err := r.Project(document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, project, user, corpus.Read); err != nil {
			return err
		}
		for _, id := range []corpus.SnapshotID{a, b} {
			if s, err := r.Snapshot(id); err != nil {
				return err
			} else if s.Document != doc {
				return corpus.Errorf(corpus.NotFound, "the snapshot is not of this document")
			}
		}
		list, err = compareSnapshots(r, a, b)
		return err
	})
	return list, err
}

func compareSnapshots(r corpus.Reader, a, b corpus.SnapshotID) ([]Corrected, error) {
	before, err := wordings(r, a)
	if err != nil {
		return nil, err
	}
	after, err := wordings(r, b)
	if err != nil {
		return nil, err
	}
	return Compare(before, after), nil
}

// wordings returns the texts that stood in a snapshot, in reading order.
func wordings(r corpus.Reader, id corpus.SnapshotID) ([]corpus.Pair, error) {
	standings, err := r.Standings(id)
	if err != nil {
		return nil, err
	}
	list := make([]corpus.Pair, len(standings))
	for i, s := range standings {
		rec, err := r.Record(s.Unit)
		if err != nil {
			return nil, err
		}
		rev, _ := rec.Revision(s.Revision)
		list[i] = corpus.Pair{Source: rec.Unit.Text.Source, Target: rev.Text}
	}
	return list, nil
}

// Compare returns what changed between two lists of texts in reading order:
// changed and added ones where they stand, then those that went.
func Compare(before, after []corpus.Pair) []Corrected {
	var list []Corrected
	taken := make([]bool, len(before))
	for j, i := range follow(before, after) {
		switch {
		case i < 0:
			list = append(list, Corrected{After: after[j]})
			continue
		case before[i].Target != after[j].Target:
			list = append(list, Corrected{before[i], after[j]})
		}
		taken[i] = true
	}
	for i, t := range taken {
		if !t {
			list = append(list, Corrected{Before: before[i]})
		}
	}
	return list
}

// cleaningIDs are the changes of layout that a release made, for the log.
func cleaningIDs(list []corpus.Cleaning) []corpus.CleaningID {
	ids := make([]corpus.CleaningID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids
}
