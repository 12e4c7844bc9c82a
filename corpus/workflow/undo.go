package workflow

import (
	"context"
	"encoding/json"

	"github.com/reviseur/reviseur/corpus"
)

// undoLimit is how far back the search for one's last act goes: a person who
// did more than this since would not call it the last.
const undoLimit = 200

// Undo takes back the user's own last act on the document that is not taken
// back yet, if nothing later touched its units: what the act added stays in the
// record and counts for nothing. Imports, exports and releases cannot be taken
// back, since others may have acted on them.
func (d *Desk) Undo(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (corpus.Event, error) {
	var event corpus.Event
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		last, err := undoable(tx, user, doc)
		if err != nil {
			return err
		}
		a := &act{tx: tx, id: corpus.NewID[corpus.EventID](), verb: corpus.Undo, at: d.clock(), records: map[corpus.UnitID]*corpus.Record{}}
		event, err = d.undo(a, user, last)
		return err
	})
	if err != nil {
		return event, err
	}
	return event, d.spreadUndone(ctx, doc, event)
}

// LastAct returns the act that Undo would take back, or the error that it would
// give.
func (d *Desk) LastAct(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (corpus.Event, error) {
	var last corpus.Event
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		last, err = undoable(r, user, doc)
		return err
	})
	return last, err
}

// undoable returns the user's last act on the document, if it can be taken back.
func undoable(r corpus.Reader, user corpus.UserID, doc corpus.DocumentID) (corpus.Event, error) {
	last, err := lastAct(r, corpus.DocumentChain(doc), user)
	if err != nil {
		return last, err
	}
	if last.Verb == corpus.Import || last.Verb == corpus.Release || len(last.Units) == 0 {
		return last, corpus.Errorf(corpus.Blocked, "your last act here was to %s; that cannot be taken back", last.Verb)
	}
	if err := unreleased(r, doc, last); err != nil {
		return corpus.Event{}, err
	}
	later, err := r.Since(last, last.Units)
	if err != nil {
		return last, err
	}
	if other, ok := standing(later); ok {
		return last, corpus.Errorf(corpus.Conflict, "%s used %s on the same text after you; your act can no longer be taken back", other.Name, other.Verb)
	}
	return last, nil
}

// unreleased refuses an act that a release rests on: what went out stays as it
// went out, and is corrected by reopening.
func unreleased(r corpus.Reader, doc corpus.DocumentID, e corpus.Event) error {
	snapshots, err := r.Snapshots(doc)
	if err != nil {
		return err
	}
	for _, s := range snapshots {
		if s.Release && !s.Created.Before(e.At) {
			return corpus.Errorf(corpus.Conflict, "the document was released as %q since; reopen the unit instead", s.Name)
		}
	}
	return nil
}

// undo takes back what an act added, and what it did to the units themselves.
func (d *Desk) undo(a *act, user corpus.UserID, last corpus.Event) (corpus.Event, error) {
	var n note
	if err := json.Unmarshal(last.Data, &n); err != nil {
		return corpus.Event{}, &corpus.Error{Kind: corpus.Internal, Msg: "the log entry of the act cannot be read", Err: err}
	}
	if err := a.tx.MarkUndone(last.ID); err != nil {
		return corpus.Event{}, err
	}
	if err := a.unshape(last.ID, n.Shape); err != nil {
		return corpus.Event{}, err
	}
	if err := a.restoreBeads(n.Beads); err != nil {
		return corpus.Event{}, err
	}
	var standing []corpus.UnitID
	for _, id := range last.Units {
		u, err := a.tx.Unit(id)
		if err != nil {
			return corpus.Event{}, err
		}
		if !u.Retired {
			standing = append(standing, id)
		}
	}
	if err := a.open(user, standing); err != nil {
		return corpus.Event{}, err
	}
	if err := a.check(corpus.Undo, corpus.Object{Own: true}); err != nil {
		return corpus.Event{}, err
	}
	if last.Verb == corpus.Label {
		f, err := d.filesIn(a.tx, standing[0])
		if err != nil {
			return corpus.Event{}, err
		}
		if err := a.relabel(f, a.records[standing[0]].Unit); err != nil {
			return corpus.Event{}, err
		}
	}
	a.note.Undoes = string(last.ID)
	for _, id := range standing {
		if err := a.weighAnew(a.records[id]); err != nil {
			return corpus.Event{}, err
		}
	}
	return a.close()
}

// weighAnew derives a unit's summary whether or not its latest wording changed:
// a dismissal may have been taken back.
func (a *act) weighAnew(rec *corpus.Record) error {
	rec.Unit.Summary = rec.Summarize()
	return a.weigh(rec)
}

// lastAct returns the user's newest act in the chain that is neither an undo
// nor taken back.
func lastAct(r corpus.Reader, chain string, user corpus.UserID) (corpus.Event, error) {
	events, err := r.LastBy(chain, user, undoLimit)
	if err != nil {
		return corpus.Event{}, err
	}
	gone := map[corpus.EventID]bool{}
	for _, e := range events {
		if e.Verb == corpus.Undo {
			gone[undoes(e)] = true
			continue
		}
		if !gone[e.ID] && e.Verb != corpus.Export {
			return e, nil
		}
	}
	return corpus.Event{}, corpus.Errorf(corpus.Conflict, "there is nothing of yours to take back here")
}

// standing returns the first of the events that is neither an undo nor taken
// back by one of the others.
func standing(later []corpus.Event) (corpus.Event, bool) {
	gone := map[corpus.EventID]bool{}
	for _, e := range later {
		if e.Verb == corpus.Undo {
			gone[undoes(e)] = true
		}
	}
	for _, e := range later {
		if e.Verb != corpus.Undo && !gone[e.ID] {
			return e, true
		}
	}
	return corpus.Event{}, false
}

// undoes returns the act that an undo took back.
func undoes(e corpus.Event) corpus.EventID {
	var n note
	if json.Unmarshal(e.Data, &n) != nil {
		return ""
	}
	return corpus.EventID(n.Undoes)
}
