package workflow

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// act is one act under way inside an update: who does it, when, to which units
// of one document. Rows are added through it, so that the records in memory,
// from which the summaries are derived, and the rows in the store are the same.
type act struct {
	tx      corpus.Tx
	id      corpus.EventID
	verb    corpus.Verb
	at      time.Time
	actor   corpus.Actor
	project corpus.Project
	doc     corpus.Document
	records map[corpus.UnitID]*corpus.Record
	order   []corpus.UnitID // of records, as they were opened
	ignored map[string]bool // keys of findings that were dismissed, by unit where not everywhere
	note    note
}

// note is the part of an event's data that all unit acts share. It is written
// as JSON with the fields in this order; texts of documents never stand in it,
// only their hashes.
type note struct {
	Rows   []string `json:"rows,omitempty"`   // ids of what the act added: "revision:ID:HASH", "decision:ID" …
	Reason string   `json:"reason,omitempty"` // what the person gave as reason
	Undoes string   `json:"undoes,omitempty"` // id of the act that is taken back
	Units  []string `json:"units"`
	Shape  string   `json:"shape,omitempty"` // merge, split and link: what became of which unit
	Beads  []bead   `json:"beads,omitempty"` // what was said of pairings before the act, for undo
}

// do runs f as an act of the user on units of one document, in one update. The
// event is sealed and the summaries are saved when f returns nil; otherwise
// nothing stays. Units that were merged or split away meanwhile are refused.
func (d *Desk) do(ctx context.Context, user corpus.UserID, verb corpus.Verb, units []corpus.UnitID, f func(*act) error) (corpus.Event, error) {
	var event corpus.Event
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		a := &act{tx: tx, id: corpus.NewID[corpus.EventID](), verb: verb, at: d.clock(), records: map[corpus.UnitID]*corpus.Record{}}
		if err := a.open(user, units); err != nil {
			return err
		}
		if err := f(a); err != nil {
			return err
		}
		var err error
		event, err = a.close()
		return err
	})
	return event, err
}

// open reads the records, and finds the project and the person's rights in it.
func (a *act) open(user corpus.UserID, units []corpus.UnitID) error {
	for _, id := range units {
		if _, err := a.record(id); err != nil {
			return err
		}
	}
	first := a.records[units[0]].Unit
	var err error
	if a.doc, err = a.tx.Document(first.Document); err != nil {
		return err
	}
	if first.Version != a.doc.Current {
		return corpus.Errorf(corpus.Conflict, "a new version of %s came in meanwhile; open the document again", a.doc.Name)
	}
	if a.project, err = a.tx.Project(a.doc.Project); err != nil {
		return err
	}
	a.actor, err = actorIn(a.tx, a.project.ID, user)
	return err
}

// record returns the record of a unit, and makes the unit part of the act.
func (a *act) record(id corpus.UnitID) (*corpus.Record, error) {
	if rec, ok := a.records[id]; ok {
		return rec, nil
	}
	rec, err := a.tx.Record(id)
	if err != nil {
		return nil, err
	}
	if rec.Unit.Retired {
		return nil, corpus.Errorf(corpus.Conflict, "the unit was merged or split meanwhile; open the document again to find what stands in its place")
	}
	if len(a.order) > 0 && rec.Unit.Document != a.records[a.order[0]].Unit.Document {
		return nil, corpus.Errorf(corpus.Invalid, "one act is on units of one document")
	}
	a.records[id] = &rec
	a.order = append(a.order, id)
	return &rec, nil
}

// check asks the rule table.
func (a *act) check(verb corpus.Verb, o corpus.Object) error {
	return corpus.Check(a.actor, verb, o, a.project.Settings)
}

// close saves what the act changed: each unit's summary, then the event.
func (a *act) close() (corpus.Event, error) {
	for _, id := range a.order {
		rec := a.records[id]
		if err := a.summarize(rec); err != nil {
			return corpus.Event{}, err
		}
		if err := a.tx.SaveUnit(rec.Unit); err != nil {
			return corpus.Event{}, err
		}
		a.note.Units = append(a.note.Units, string(id))
	}
	data, err := json.Marshal(a.note)
	if err != nil {
		return corpus.Event{}, err
	}
	return a.tx.AddEvent(corpus.Event{
		ID: a.id, Chain: corpus.DocumentChain(a.doc.ID), At: a.at, By: a.actor.User.ID, Name: a.actor.User.Display(),
		Verb: a.verb, Data: data, Units: a.order,
	})
}

// summarize derives the unit's summary anew; the part that findings decide is
// read again only when another wording has become the latest.
func (a *act) summarize(rec *corpus.Record) error {
	before := rec.Unit.Summary.Latest
	rec.Unit.Summary = rec.Summarize()
	if rec.Unit.Summary.Latest != before || a.ignored != nil {
		return a.weigh(rec)
	}
	return nil
}

// weigh counts the findings on the latest wording that nobody dismissed, and
// says how much that wording is to be feared.
func (a *act) weigh(rec *corpus.Record) error {
	findings, err := a.tx.Findings(rec.Unit.Summary.Latest)
	if err != nil {
		return err
	}
	dismissed, err := a.dismissed()
	if err != nil {
		return err
	}
	weighFindings(&rec.Unit, findings, dismissed)
	ed := edition{unit: rec.Unit, regime: &regime{project: a.project}}
	if ed.before, ed.after, err = neighbours(a.tx, rec.Unit); err != nil {
		return err
	}
	rec.Unit.Summary.Risk = ed.risk(rec.Latest().Text, findings)
	return nil
}

// weighFindings fills in the part of a unit's summary that findings decide.
func weighFindings(u *corpus.Unit, findings []corpus.Finding, dismissed map[string]bool) {
	u.Summary.Findings, u.Summary.Doubt = 0, corpus.Neutral
	for _, f := range findings {
		if f.Severity == corpus.Neutral || isDismissed(dismissed, u.ID, f.Key) {
			continue
		}
		u.Summary.Findings++
		u.Summary.Doubt = max(u.Summary.Doubt, f.Severity)
	}
}

func (a *act) dismissed() (map[string]bool, error) {
	if a.ignored == nil {
		list, err := a.tx.Dismissals(a.doc.ID)
		if err != nil {
			return nil, err
		}
		a.ignored = dismissedKeys(list)
	}
	return a.ignored, nil
}

func (a *act) addRevision(rec *corpus.Record, rev corpus.Revision) (corpus.Revision, error) {
	rev.ID = corpus.NewID[corpus.RevisionID]()
	rev.Unit, rev.Number, rev.Created, rev.Act = rec.Unit.ID, len(rec.Revisions), a.at, a.id
	if err := a.tx.AddRevision(rev); err != nil {
		return rev, err
	}
	rec.Revisions = append(rec.Revisions, rev)
	a.row("revision", string(rev.ID), corpus.BlobHash([]byte(rev.Text)))
	return rev, nil
}

func (a *act) addProposal(rec *corpus.Record, p corpus.Proposal) (corpus.Proposal, error) {
	p.ID = corpus.NewID[corpus.ProposalID]()
	p.Unit, p.Created, p.Act = rec.Unit.ID, a.at, a.id
	if err := a.tx.AddProposal(p); err != nil {
		return p, err
	}
	rec.Proposals = append(rec.Proposals, p)
	a.row("proposal", string(p.ID), string(p.Revision))
	return p, nil
}

// addDecision adds a decision of the actor; batches name themselves.
func (a *act) addDecision(rec *corpus.Record, d corpus.Decision) (corpus.Decision, error) {
	d.ID = corpus.NewID[corpus.DecisionID]()
	d.Unit, d.Created, d.Act = rec.Unit.ID, a.at, a.id
	d.By, d.Name, d.Function = a.actor.User.ID, a.actor.User.Display(), a.actor.User.Function
	d.Size = max(d.Size, 1)
	if d.Size > 1 {
		d.Batch = a.id
	}
	if err := a.tx.AddDecision(d); err != nil {
		return d, err
	}
	rec.Decisions = append(rec.Decisions, d)
	a.row("decision", string(d.ID), string(d.Verb), d.Hash)
	return d, nil
}

func (a *act) addFlag(rec *corpus.Record, f corpus.Flag) (corpus.Flag, error) {
	f.ID = corpus.NewID[corpus.FlagID]()
	f.Unit, f.Created, f.Act = rec.Unit.ID, a.at, a.id
	if err := a.tx.AddFlag(f); err != nil {
		return f, err
	}
	rec.Flags = append(rec.Flags, f)
	a.row("flag", string(f.ID), string(f.Category))
	return f, nil
}

// row notes in the event what the act added.
func (a *act) row(parts ...string) {
	line := parts[0]
	for _, p := range parts[1:] {
		if p != "" {
			line += ":" + p
		}
	}
	a.note.Rows = append(a.note.Rows, line)
}

// actorIn returns the user with the rights held in the project.
func actorIn(r corpus.Reader, project corpus.ProjectID, user corpus.UserID) (corpus.Actor, error) {
	u, err := r.User(user)
	if err != nil {
		return corpus.Actor{}, err
	}
	roles, err := r.Roles(project, user)
	if err != nil {
		return corpus.Actor{}, err
	}
	return corpus.ActorOf(u, roles), nil
}

// allowed returns the actor if the verb is his in the project.
func allowed(r corpus.Reader, p corpus.Project, user corpus.UserID, verb corpus.Verb) (corpus.Actor, error) {
	actor, err := actorIn(r, p.ID, user)
	if err != nil {
		return actor, err
	}
	if !actor.User.Closed.IsZero() || !corpus.May(actor.Roles, verb, p.Settings) {
		return actor, fmt.Errorf("%s in project %s: %w", verb, p.Name, corpus.Check(actor, verb, corpus.Object{Own: true, Reason: "-"}, p.Settings))
	}
	return actor, nil
}
