package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// Passage is what a person flags: a quotation of the source, of a wording of
// the translation, or of both.
type Passage struct {
	Unit     corpus.UnitID
	Revision corpus.RevisionID // the wording quoted; the latest where empty
	Source   corpus.Mark       // a mark with an empty span is located by its quote
	Target   corpus.Mark
	Category corpus.Category
	Severity corpus.Severity
	Note     string
	Check    string // the check whose finding is confirmed
}

// Flag puts a flag on a passage. The same passage with the same category is
// refused with kind Conflict.
func (d *Desk) Flag(ctx context.Context, user corpus.UserID, p Passage) (corpus.Flag, error) {
	var flag corpus.Flag
	_, err := d.do(ctx, user, corpus.PutFlag, []corpus.UnitID{p.Unit}, func(a *act) error {
		rec := a.records[p.Unit]
		if err := a.check(corpus.PutFlag, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		rev := rec.Latest()
		if p.Revision != "" {
			var ok bool
			if rev, ok = rec.Revision(p.Revision); !ok {
				return corpus.Errorf(corpus.NotFound, "the quoted wording is not of this unit")
			}
		}
		texts := corpus.Pair{Source: rec.Unit.Text.Source, Target: rev.Text}
		f := corpus.Flag{Unit: p.Unit, Revision: rev.ID, By: user, Source: p.Source, Target: p.Target, Category: p.Category, Severity: p.Severity, Note: p.Note, Check: p.Check}
		if err := locate(&f.Source, texts.Source, corpus.SourceSide); err != nil {
			return err
		}
		if err := locate(&f.Target, texts.Target, corpus.TargetSide); err != nil {
			return err
		}
		if err := f.Validate(texts); err != nil {
			return err
		}
		for _, open := range rec.OpenFlags() {
			if open.SameAs(f) {
				return corpus.Errorf(corpus.Conflict, "this passage carries the flag %s already", f.Category)
			}
		}
		var err error
		flag, err = a.addFlag(rec, f)
		return err
	})
	return flag, err
}

// locate finds the span of a mark that only quotes.
func locate(m *corpus.Mark, text string, side corpus.Side) error {
	if !m.Present() || !m.Span.Empty() {
		return nil
	}
	span, err := corpus.Locate(text, m.Quote, 0)
	if err != nil {
		return corpus.Errorf(corpus.KindOf(err), "in the %v: %v", side, corpus.Said{Err: err})
	}
	m.Span = span
	return nil
}

// Settle resolves, dismisses or withdraws a flag: the verb is corpus.Resolve,
// corpus.DismissMain (with a reason) or corpus.DropFlag.
func (d *Desk) Settle(ctx context.Context, user corpus.UserID, unit corpus.UnitID, flag corpus.FlagID, verb corpus.Verb, reason string) (Outcome, error) {
	return d.decide(ctx, user, verb, []Choice{{Unit: unit}}, func(a *act, rec *corpus.Record, _ Choice) error {
		a.note.Reason = reason
		return a.settle(rec, flag, verb, rec.Latest().ID, reason)
	})
}

func (a *act) settle(rec *corpus.Record, id corpus.FlagID, verb corpus.Verb, by corpus.RevisionID, reason string) error {
	for _, f := range rec.OpenFlags() {
		if f.ID != id {
			continue
		}
		if err := a.check(verb, corpus.Object{State: rec.State(), Own: f.By == a.actor.User.ID, Reason: reason}); err != nil {
			return err
		}
		_, err := a.addDecision(rec, corpus.Decision{Verb: verb, Flag: id, Revision: by, Reason: reason})
		return err
	}
	return corpus.Errorf(corpus.Conflict, "the flag is not open on this unit")
}
