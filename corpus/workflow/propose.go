package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
)

// Wording is what a person proposes for a unit.
type Wording struct {
	Unit        corpus.UnitID
	Text        string            // as typed: protected tokens as ⟨1⟩ … ⟨/1⟩, one line a block; what surrounds it is trimmed
	Delete      bool              // the empty text is meant: the target goes
	NoChange    bool              // the current wording was read and is right; Text counts for nothing
	Base        corpus.RevisionID // the wording the person saw; the latest where empty
	Origin      corpus.Origin     // FromPerson where empty
	Place       corpus.Place      // where the unit has no target yet
	Note        string
	Instruction string
	Category    corpus.Category // what was wrong with the base: the changed passage becomes a flag
	Severity    corpus.Severity // of that flag
	Key         string          // a repeated call with the same key is the same act
}

// Saved is what became of a proposal.
type Saved struct {
	Event    corpus.Event
	Revision corpus.Revision
	Proposal corpus.Proposal
	Flag     corpus.FlagID
	// Other is the wording that had become the latest since Base was read: both
	// stand. Its ID is empty where nobody was in between.
	Other    corpus.Revision
	Findings []corpus.Finding
	State    corpus.State
	Waiting  int // wordings that wait on the unit, this one counted
}

// Propose saves a wording and puts it up for approval. A text equal to the
// current wording says "read, no change". A save is never refused for being
// late and never overwrites: against an outdated base it becomes a second
// proposal, and Saved.Other tells. A wording that cannot be written back is
// saved with its verdict. An earlier proposal of the same person on which this
// one is based is superseded.
func (d *Desk) Propose(ctx context.Context, user corpus.UserID, w Wording) (Saved, error) {
	if w.NoChange {
		return d.readNoChange(ctx, user, w)
	}
	rec, err := d.record(ctx, w.Unit)
	if err != nil {
		return Saved{}, err
	}
	ed, err := d.edition(ctx, rec)
	if err != nil {
		return Saved{}, err
	}
	text, err := ed.read(w)
	if err != nil {
		return Saved{}, err
	}
	judged := ed.judge(text, w.Place)

	var saved Saved
	saved.Event, err = d.do(ctx, user, corpus.Propose, []corpus.UnitID{w.Unit}, func(a *act) error {
		rec := a.records[w.Unit]
		if err := a.check(corpus.Propose, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		if done, ok, err := a.repeated(rec, w.Key); ok || err != nil {
			saved = done
			return err
		}
		latest, current := rec.Latest(), rec.Current()
		if w.Base == "" {
			w.Base = latest.ID
		}
		base, ok := rec.Revision(w.Base)
		if !ok {
			return corpus.Errorf(corpus.NotFound, "the wording this one is based on is not of this unit")
		}
		if base.ID != latest.ID && base.ID != current.ID {
			saved.Other = latest
		}
		if text == current.Text && !judged.verdict.Bad {
			if err := a.supersede(rec, func(p corpus.Proposal) bool { return p.By == user && p.Revision == base.ID && base.ID != current.ID }); err != nil {
				return err
			}
			saved.Revision = current
			saved.Proposal, err = a.readNoChange(rec, current)
			saved.State = rec.State()
			if err != nil {
				return err
			}
			return a.tx.SaveDraft(corpus.Draft{Unit: w.Unit, By: user})
		}
		return a.propose(rec, w, text, base, judged, &saved)
	})
	if err == errRepeated {
		return saved, nil
	}
	return saved, err
}

// errRepeated ends an act that was done already, so that nothing is added.
var errRepeated = corpus.Errorf(corpus.Conflict, "this act was done already")

func (a *act) repeated(rec *corpus.Record, key string) (Saved, bool, error) {
	if key == "" {
		return Saved{}, false, nil
	}
	rev, err := a.tx.RevisionByKey(rec.Unit.ID, a.actor.User.ID, key)
	if corpus.KindOf(err) == corpus.NotFound && err != nil {
		return Saved{}, false, nil
	}
	if err != nil {
		return Saved{}, false, err
	}
	if rev.Undone {
		return Saved{}, false, corpus.Errorf(corpus.Conflict, "this save was taken back; save again")
	}
	saved := Saved{Revision: rev, State: rec.State()}
	for _, p := range rec.Proposals {
		if p.Revision == rev.ID {
			saved.Proposal = p
		}
	}
	return saved, true, errRepeated
}

// propose adds the revision, its proposal, its findings and the flag that says
// what was wrong.
func (a *act) propose(rec *corpus.Record, w Wording, text string, base corpus.Revision, judged judgement, saved *Saved) error {
	if w.Origin == "" {
		w.Origin = corpus.FromPerson
	}
	author := a.actor.User.ID
	rev, err := a.addRevision(rec, corpus.Revision{
		Text: text, Author: author, Hands: []corpus.UserID{author}, Origin: w.Origin, Base: base.ID, Place: w.Place,
		Note: w.Note, Instruction: w.Instruction, Verdict: judged.verdict, Key: w.Key,
	})
	if err != nil {
		return err
	}
	if err := a.tx.SaveFindings(rev.ID, judged.findings); err != nil {
		return err
	}
	if err := a.taken(rec, base, text, judged.findings); err != nil {
		return err
	}
	if err := a.supersede(rec, func(p corpus.Proposal) bool { return p.By == author && p.Revision == base.ID }); err != nil {
		return err
	}
	proposal, err := a.addProposal(rec, corpus.Proposal{Revision: rev.ID, By: author})
	if err != nil {
		return err
	}
	if w.Category != "" {
		flag, err := a.flagChange(rec, base, text, w.Category, w.Severity)
		if err != nil {
			return err
		}
		saved.Flag = flag.ID
	}
	if err := a.tx.SaveDraft(corpus.Draft{Unit: rec.Unit.ID, By: author}); err != nil {
		return err
	}
	rec.Unit.Summary.Risk = judged.risk
	saved.Revision, saved.Proposal, saved.Findings, saved.State, saved.Waiting = rev, proposal, judged.findings, rec.State(), len(rec.Pending())
	return nil
}

// readNoChange proposes the current wording as it is. Where another one stands
// by now than the person read, nothing is said of it: the kind is Conflict.
func (d *Desk) readNoChange(ctx context.Context, user corpus.UserID, w Wording) (Saved, error) {
	var saved Saved
	var err error
	saved.Event, err = d.do(ctx, user, corpus.Propose, []corpus.UnitID{w.Unit}, func(a *act) error {
		rec := a.records[w.Unit]
		if err := a.check(corpus.Propose, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		saved.Revision = rec.Current()
		if w.Base != "" && w.Base != saved.Revision.ID {
			return corpus.Errorf(corpus.Conflict, "another wording stands by now; read it first")
		}
		var err error
		saved.Proposal, err = a.readNoChange(rec, saved.Revision)
		saved.State = rec.State()
		return err
	})
	return saved, err
}

// readNoChange puts the current wording up as it is: two people will have
// seen it.
func (a *act) readNoChange(rec *corpus.Record, current corpus.Revision) (corpus.Proposal, error) {
	by := a.actor.User.ID
	for _, p := range rec.Pending() {
		if p.Revision == current.ID && p.By == by {
			return p, nil
		}
	}
	return a.addProposal(rec, corpus.Proposal{Revision: current.ID, By: by, NoChange: true})
}

// supersede ends the pending proposals that match.
func (a *act) supersede(rec *corpus.Record, match func(corpus.Proposal) bool) error {
	for _, p := range rec.Pending() {
		if !match(p) {
			continue
		}
		if _, err := a.addDecision(rec, corpus.Decision{Verb: corpus.Supersede, Revision: p.Revision, Proposal: p.ID}); err != nil {
			return err
		}
	}
	return nil
}

// flagChange flags the passage of base that the new text replaces. What was
// only added is flagged at the words around it, since an empty passage cannot
// be shown.
func (a *act) flagChange(rec *corpus.Record, base corpus.Revision, text string, c corpus.Category, s corpus.Severity) (corpus.Flag, error) {
	f := corpus.Flag{Revision: base.ID, By: a.actor.User.ID, Category: c, Severity: s}
	if span := changedSpan(base.Text, text); !span.Empty() {
		f.Target = corpus.Mark{Span: span, Quote: base.Text[span.Start:span.End]}
	} else {
		f.Source = corpus.Mark{Span: corpus.Span{End: len(rec.Unit.Text.Source)}, Quote: rec.Unit.Text.Source}
	}
	if err := f.Validate(corpus.Pair{Source: rec.Unit.Text.Source, Target: base.Text}); err != nil {
		return f, err
	}
	for _, open := range rec.OpenFlags() {
		if open.SameAs(corpus.Flag{Unit: rec.Unit.ID, Revision: f.Revision, Category: c, Source: f.Source, Target: f.Target}) {
			return open, nil
		}
	}
	return a.addFlag(rec, f)
}

// changedSpan returns the span of old from the first to the last token that
// new does not keep; where new only adds, the token beside the addition.
func changedSpan(old, text string) corpus.Span {
	span, at, found := corpus.Span{}, 0, false
	for _, e := range diff.Texts(old, text) {
		start, end := at, at
		if e.Op != diff.Insert {
			at += len(e.Text)
			end = at
		}
		if e.Op == diff.Equal {
			continue
		}
		if !found {
			span.Start, found = start, true
		}
		span.End = end
	}
	if found && span.Empty() {
		return widen(old, span)
	}
	return span
}

// widen takes in the word around an empty span.
func widen(text string, s corpus.Span) corpus.Span {
	if i := strings.LastIndexAny(strings.TrimRight(text[:s.Start], " \n"), " \n"); i >= 0 {
		s.Start = i + 1
	} else {
		s.Start = 0
	}
	if s.Start == s.End {
		if i := strings.IndexAny(text[s.End:], " \n"); i > 0 {
			s.End += i
		} else {
			s.End = len(text)
		}
	}
	return s
}
