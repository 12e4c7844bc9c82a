package workflow

import (
	"context"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Choice names a wording to decide on. Without Revision it is the one pending
// proposal of the unit; where several wordings wait, one must be named.
type Choice struct {
	Unit     corpus.UnitID
	Revision corpus.RevisionID
	Resolves []corpus.FlagID // flags that the approved wording settles
}

// Outcome is what became of the units of an act.
type Outcome struct {
	Event  corpus.Event
	States map[corpus.UnitID]corpus.State
	// Open lists the flags that are still open on the units, so that whoever
	// approved can be offered to resolve them.
	Open map[corpus.UnitID][]corpus.Flag
}

// Approve answers for the chosen wordings, singly or in a batch: all of them
// or none. A person who may not approve countersigns, where the wording is a
// reviewer's. A wording that cannot be written back, or whose findings block,
// is refused with kind Blocked. Approving confirms a doubtful pairing and
// supersedes the proposals the wording was based on.
func (d *Desk) Approve(ctx context.Context, user corpus.UserID, choices ...Choice) (Outcome, error) {
	return d.decide(ctx, user, corpus.Approve, choices, func(a *act, rec *corpus.Record, c Choice) error {
		return a.approveChoice(rec, c, len(choices))
	})
}

// approveChoice approves one of size choices.
func (a *act) approveChoice(rec *corpus.Record, c Choice, size int) error {
	p, rev, err := chosen(rec, c)
	if err != nil {
		return err
	}
	verb := approvingVerb(a.actor, a.project)
	object, err := a.object(rec, rev, "")
	if err != nil {
		return err
	}
	object.Own = object.Own || putUp(rec, a.actor.User.ID, rev)
	if err := a.check(verb, object); err != nil {
		return err
	}
	return a.approve(rec, corpus.Decision{Verb: verb, Proposal: p.ID, Size: size, OnePerson: object.Own}, rev, c.Resolves)
}

// approvingVerb is the verb by which the actor answers for a proposal: who may
// not approve countersigns.
func approvingVerb(a corpus.Actor, p corpus.Project) corpus.Verb {
	if corpus.May(a.Roles, corpus.Approve, p.Settings) {
		return corpus.Approve
	}
	return corpus.Countersign
}

// putUp reports whether all who say that the wording is right as it stands are
// the user: then a second person has still to see it.
func putUp(rec *corpus.Record, user corpus.UserID, rev corpus.Revision) bool {
	own := false
	for _, p := range rec.Pending() {
		if p.Revision != rev.ID || !p.NoChange {
			continue
		}
		if p.By != user {
			return false
		}
		own = true
	}
	return own
}

// Accept answers for the current wordings as they stand: the machine's, or of
// a stale unit the one approved before, which is "still right". With Revision
// given, the act is refused with Conflict when another wording stands by now.
func (d *Desk) Accept(ctx context.Context, user corpus.UserID, choices ...Choice) (Outcome, error) {
	return d.decide(ctx, user, corpus.Accept, choices, func(a *act, rec *corpus.Record, c Choice) error {
		rev := rec.Current()
		if c.Revision != "" && c.Revision != rev.ID {
			return corpus.Errorf(corpus.Conflict, "another wording stands by now; look at it before accepting it")
		}
		object, err := a.object(rec, rev, "")
		if err != nil {
			return err
		}
		if err := a.check(corpus.Accept, object); err != nil {
			return err
		}
		return a.approve(rec, corpus.Decision{Verb: corpus.Accept, Size: len(choices), OnePerson: object.Own}, rev, c.Resolves)
	})
}

// Return asks the authors of the chosen proposals for a change, and Decline
// turns them down; both need a reason.
func (d *Desk) Return(ctx context.Context, user corpus.UserID, reason string, choices ...Choice) (Outcome, error) {
	return d.refuse(ctx, user, corpus.Return, reason, choices)
}

// Decline turns the chosen proposals down, for a reason; what stood stands.
func (d *Desk) Decline(ctx context.Context, user corpus.UserID, reason string, choices ...Choice) (Outcome, error) {
	return d.refuse(ctx, user, corpus.Decline, reason, choices)
}

func (d *Desk) refuse(ctx context.Context, user corpus.UserID, verb corpus.Verb, reason string, choices []Choice) (Outcome, error) {
	return d.decide(ctx, user, verb, choices, func(a *act, rec *corpus.Record, c Choice) error {
		p, rev, err := chosen(rec, c)
		if err != nil {
			return err
		}
		object, err := a.object(rec, rev, reason)
		if err != nil {
			return err
		}
		object.Own = p.By == a.actor.User.ID
		if err := a.check(verb, object); err != nil {
			return err
		}
		a.note.Reason = reason
		_, err = a.addDecision(rec, corpus.Decision{Verb: verb, Revision: rev.ID, Proposal: p.ID, Reason: reason, Size: len(choices)})
		return err
	})
}

// Withdraw takes back the person's own pending proposal.
func (d *Desk) Withdraw(ctx context.Context, user corpus.UserID, choices ...Choice) (Outcome, error) {
	return d.decide(ctx, user, corpus.Withdraw, choices, func(a *act, rec *corpus.Record, c Choice) error {
		if c.Revision == "" {
			for _, p := range rec.Pending() {
				if p.By == user {
					c.Revision = p.Revision
				}
			}
		}
		p, rev, err := chosen(rec, c)
		if err != nil {
			return err
		}
		if err := a.check(corpus.Withdraw, corpus.Object{State: rec.State(), Own: p.By == user}); err != nil {
			return err
		}
		_, err = a.addDecision(rec, corpus.Decision{Verb: corpus.Withdraw, Revision: rev.ID, Proposal: p.ID, Size: len(choices)})
		return err
	})
}

// Reopen takes an approval back; the wording no longer stands as answered for.
func (d *Desk) Reopen(ctx context.Context, user corpus.UserID, reason string, choices ...Choice) (Outcome, error) {
	return d.decide(ctx, user, corpus.Reopen, choices, func(a *act, rec *corpus.Record, c Choice) error {
		if err := a.check(corpus.Reopen, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		a.note.Reason = reason
		_, err := a.addDecision(rec, corpus.Decision{Verb: corpus.Reopen, Revision: rec.Current().ID, Reason: reason, Size: len(choices)})
		return err
	})
}

// decide runs one decision on each unit in a single act.
func (d *Desk) decide(ctx context.Context, user corpus.UserID, verb corpus.Verb, choices []Choice, f func(*act, *corpus.Record, Choice) error) (Outcome, error) {
	if len(choices) == 0 {
		return Outcome{}, corpus.Errorf(corpus.Invalid, "nothing was chosen to %s", verb)
	}
	units := make([]corpus.UnitID, len(choices))
	for i, c := range choices {
		units[i] = c.Unit
	}
	out := Outcome{States: map[corpus.UnitID]corpus.State{}, Open: map[corpus.UnitID][]corpus.Flag{}}
	var err error
	out.Event, err = d.do(ctx, user, verb, units, func(a *act) error {
		for _, c := range choices {
			rec := a.records[c.Unit]
			if err := f(a, rec, c); err != nil {
				if len(choices) == 1 {
					return err
				}
				n, numberErr := a.tx.UnitNumber(c.Unit)
				if numberErr != nil {
					return numberErr
				}
				return corpus.Errorf(corpus.KindOf(err), "unit %d: %s", n, corpus.Said{Err: err})
			}
			out.States[c.Unit] = rec.State()
			out.Open[c.Unit] = rec.OpenFlags()
		}
		return nil
	})
	return out, err
}

// chosen returns the pending proposal the choice names, with its wording.
func chosen(rec *corpus.Record, c Choice) (corpus.Proposal, corpus.Revision, error) {
	var found []corpus.Proposal
	for _, p := range rec.Pending() {
		if c.Revision == "" || p.Revision == c.Revision {
			found = append(found, p)
		}
	}
	switch {
	case len(found) == 0 && c.Revision != "":
		return corpus.Proposal{}, corpus.Revision{}, corpus.Errorf(corpus.Conflict, "that wording no longer waits for a decision")
	case len(found) == 0:
		return corpus.Proposal{}, corpus.Revision{}, corpus.Errorf(corpus.Conflict, "no proposal waits on this unit")
	}
	p := found[len(found)-1]
	for _, other := range found {
		if other.Revision != p.Revision {
			return p, corpus.Revision{}, corpus.Errorf(corpus.Conflict, "several wordings wait on this unit (%s); say which one", numbers(rec, found))
		}
	}
	rev, ok := rec.Revision(p.Revision)
	if !ok {
		return p, rev, corpus.Errorf(corpus.Internal, "proposal %s has no wording", p.ID)
	}
	return p, rev, nil
}

// numbers lists the wordings of proposals.
func numbers(rec *corpus.Record, list []corpus.Proposal) string {
	var words []string
	for _, p := range list {
		rev, _ := rec.Revision(p.Revision)
		words = append(words, strconv.Itoa(rev.Number))
	}
	return strings.Join(words, ", ")
}

// object describes a wording to the rule table. Own covers everybody whose
// words are in it.
func (a *act) object(rec *corpus.Record, rev corpus.Revision, reason string) (corpus.Object, error) {
	o := corpus.Object{State: rec.State(), Own: rev.ByHand(a.actor.User.ID), Reason: reason}
	if rev.Author != "" {
		author, err := actorIn(a.tx, a.project.ID, rev.Author)
		if err != nil {
			return o, err
		}
		o.ByReviewer = corpus.May(author.Roles, corpus.Approve, a.project.Settings)
	}
	return o, nil
}

// approve adds the approval to the record, with what goes with it.
func (a *act) approve(rec *corpus.Record, decision corpus.Decision, rev corpus.Revision, resolves []corpus.FlagID) error {
	if err := verdictAllows(rev); err != nil {
		return err
	}
	if err := a.findingsAllow(rec, rev); err != nil {
		return err
	}
	version, err := a.tx.Version(rec.Unit.Version)
	if err != nil {
		return err
	}
	decision.Revision = rev.ID
	decision.Hash = corpus.ApprovalHash(corpus.Pair{Source: rec.Unit.Text.Source, Target: rev.Text})
	decision.NoSource = !version.Source.Present()
	if _, err := a.addDecision(rec, decision); err != nil {
		return err
	}
	if rec.Unit.Bead.Status == corpus.BeadDoubtful {
		a.setBead(rec, settledBead(rec.Unit.Bead))
	}
	if err := a.supersede(rec, func(p corpus.Proposal) bool { return p.Revision == rev.ID || ancestor(rec, rev, p.Revision) }); err != nil {
		return err
	}
	for _, id := range resolves {
		if err := a.settle(rec, id, corpus.Resolve, rev.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// findingsAllow refuses a wording with open major findings where the project
// says that they block.
func (a *act) findingsAllow(rec *corpus.Record, rev corpus.Revision) error {
	if !a.project.Settings.FindingsBlock {
		return nil
	}
	findings, err := a.tx.Findings(rev.ID)
	if err != nil {
		return err
	}
	dismissed, err := a.dismissed()
	if err != nil {
		return err
	}
	return findingsAllow(rec.Unit.ID, findings, dismissed)
}

func findingsAllow(unit corpus.UnitID, findings []corpus.Finding, dismissed map[string]bool) error {
	for _, f := range findings {
		if f.Severity >= corpus.Major && !isDismissed(dismissed, unit, f.Key) {
			return corpus.Errorf(corpus.Blocked, "the check %s found something major in this wording; correct it or dismiss the finding first", f.Check)
		}
	}
	return nil
}

// verdictAllows refuses a wording that cannot be written back.
func verdictAllows(rev corpus.Revision) error {
	if rev.Verdict.Bad {
		return corpus.Errorf(corpus.Blocked, "this wording cannot be written into the file: %s", rev.Verdict.Reason)
	}
	return nil
}

// ancestor reports whether rev was written on the basis of the revision id.
func ancestor(rec *corpus.Record, rev corpus.Revision, id corpus.RevisionID) bool {
	for base := rev.Base; base != ""; {
		if base == id {
			return true
		}
		b, ok := rec.Revision(base)
		if !ok || b.Number >= rev.Number {
			return false
		}
		base, rev = b.Base, b
	}
	return false
}
