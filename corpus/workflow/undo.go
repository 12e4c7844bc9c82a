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
		last, err := lastAct(tx, corpus.DocumentChain(doc), user)
		if err != nil {
			return err
		}
		if last.Verb == corpus.Import || last.Verb == corpus.Release || len(last.Units) == 0 {
			return corpus.Errorf(corpus.Blocked, "your last act here was to %s; that cannot be taken back", last.Verb)
		}
		later, err := tx.Since(last, last.Units)
		if err != nil {
			return err
		}
		if other, ok := standing(later); ok {
			return corpus.Errorf(corpus.Conflict, "%s used %s on the same text after you; your act can no longer be taken back", other.Name, other.Verb)
		}
		a := &act{tx: tx, id: corpus.NewID[corpus.EventID](), verb: corpus.Undo, at: d.clock(), records: map[corpus.UnitID]*corpus.Record{}}
		event, err = a.undo(user, last)
		return err
	})
	return event, err
}

func (a *act) undo(user corpus.UserID, last corpus.Event) (corpus.Event, error) {
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
