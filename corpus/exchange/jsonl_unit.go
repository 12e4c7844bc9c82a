package exchange

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// The words that wordings and decisions may have; pages know these alone.
var (
	jsonOrigins = []corpus.Origin{corpus.FromMachine, corpus.FromPerson, corpus.FromFix, corpus.FromCarry, corpus.FromMerge, corpus.FromSplit, corpus.FromRestore, corpus.FromImport}
	jsonVerbs   = []corpus.Verb{
		corpus.Approve, corpus.Countersign, corpus.Return, corpus.Decline, corpus.Accept, corpus.Reopen, corpus.Withdraw, corpus.Supersede, corpus.Carry,
		corpus.Resolve, corpus.DismissMain, corpus.DropFlag, corpus.Confirm,
	}
)

// jsonUnitReader reads one unit.
type jsonUnitReader struct {
	*jsonReader
	in    jsonUnit
	texts map[corpus.RevisionID]string
	out   ReviewUnit
}

func (b *jsonUnitReader) read() (ReviewUnit, error) {
	u := &b.out.Unit
	*u = corpus.Unit{ID: b.in.ID, Document: b.review.Document.ID, Version: b.review.Version.ID, Position: b.in.Position, Text: corpus.Pair(b.in.Text), Bead: b.in.Bead}
	var source, target string
	var err error
	if u.Source, source, err = b.segments(b.review.Source, b.in.Source); err != nil {
		return b.out, err
	}
	if u.Target, target, err = b.segments(b.review.Target, b.in.Target); err != nil {
		return b.out, err
	}
	if source != u.Text.Source || target != u.Text.Target || target != b.in.Revisions[0].Text {
		return b.out, b.refuse("the texts of the unit %s are not those of the files", u.ID)
	}
	b.out.Released = b.in.Released
	for _, read := range []func() error{b.revisions, b.proposals, b.decisions, b.flags, b.comments, b.findings} {
		if err := read(); err != nil {
			return b.out, err
		}
	}
	for _, id := range b.in.Released {
		if _, ok := b.texts[id]; !ok {
			return b.out, b.refuse("the wording %s of a release is none of the unit", id)
		}
	}
	for _, c := range b.out.Comments {
		if !c.Undone {
			b.out.Record.Comments++
		}
	}
	u.Summary = b.out.Summarize()
	return b.out, nil
}

func (b *jsonUnitReader) revisions() error {
	for i, r := range b.in.Revisions {
		if _, twice := b.texts[r.ID]; r.ID == "" || twice || r.Number != i {
			return b.refuse("the wordings of a unit have ids of their own and are numbered from 0")
		}
		if !slices.Contains(jsonOrigins, r.Origin) {
			return b.refuse("no origin %q of a wording", r.Origin)
		}
		if _, err := corpus.ParsePlace(string(r.Place)); err != nil {
			return b.refuse("%s", corpus.Message(err))
		}
		b.texts[r.ID] = r.Text
		if err := b.known(append([]string{r.Author}, r.Hands...)...); err != nil {
			return err
		}
		rev := corpus.Revision{
			ID: r.ID, Unit: b.in.ID, Number: r.Number, Text: r.Text, Author: corpus.UserID(r.Author), Origin: r.Origin, Base: r.Base, From: r.From, Place: r.Place,
			Note: r.Note, Instruction: r.Instruction, Verdict: corpus.Verdict{Bad: r.Bad, Reason: r.Reason}, Created: r.Created.UTC(), Undone: r.Undone,
		}
		for _, h := range r.Hands {
			rev.Hands = append(rev.Hands, corpus.UserID(h))
		}
		b.out.Revisions = append(b.out.Revisions, rev)
	}
	return nil
}

func (b *jsonUnitReader) proposals() error {
	for _, p := range b.in.Proposals {
		if _, ok := b.texts[p.Revision]; !ok || p.ID == "" {
			return b.refuse("the proposal %s is of no wording of the unit", p.ID)
		}
		if err := b.known(p.By); err != nil {
			return err
		}
		b.out.Proposals = append(b.out.Proposals, corpus.Proposal{
			ID: p.ID, Unit: b.in.ID, Revision: p.Revision, By: corpus.UserID(p.By), NoChange: p.NoChange, Created: p.Created.UTC(), Undone: p.Undone,
		})
	}
	return nil
}

func (b *jsonUnitReader) decisions() error {
	for _, d := range b.in.Decisions {
		if _, ok := b.texts[d.Revision]; !ok && d.Revision != "" || d.ID == "" {
			return b.refuse("the decision %s is on no wording of the unit", d.ID)
		}
		if !slices.Contains(jsonVerbs, d.Verb) || d.Size < 0 {
			return b.refuse("no decision %q of a batch of %d", d.Verb, d.Size)
		}
		if err := b.known(d.By); err != nil {
			return err
		}
		b.out.Decisions = append(b.out.Decisions, corpus.Decision{
			ID: d.ID, Unit: b.in.ID, Verb: d.Verb, Revision: d.Revision, Proposal: d.Proposal, Flag: d.Flag, By: corpus.UserID(d.By), Name: d.Name, Function: d.Function, Reason: d.Reason,
			Created: d.Created.UTC(), Batch: d.Batch, Size: d.Size, Hash: d.Hash, NoSource: d.NoSource, OnePerson: d.OnePerson, Rests: d.Rests, Undone: d.Undone,
		})
	}
	return nil
}

func (b *jsonUnitReader) flags() error {
	for _, f := range b.in.Flags {
		text, ok := b.texts[f.Revision]
		if !ok || f.ID == "" {
			return b.refuse("the flag %s is on no wording of the unit", f.ID)
		}
		category, err := corpus.ParseCategory(string(f.Category))
		var severity corpus.Severity
		if err == nil {
			severity, err = corpus.ParseSeverity(f.Severity)
		}
		if err != nil {
			return b.refuse("%s", corpus.Message(err))
		}
		if err := b.known(f.By); err != nil {
			return err
		}
		b.out.Flags = append(b.out.Flags, corpus.Flag{
			ID: f.ID, Unit: b.in.ID, Revision: f.Revision, By: corpus.UserID(f.By), Source: markOf(b.in.Text.Source, f.Source), Target: markOf(text, f.Target),
			Category: category, Severity: severity, Note: f.Note, Check: f.Check, Created: f.Created.UTC(), Undone: f.Undone,
		})
	}
	return nil
}

func markOf(text string, m *jsonMark) corpus.Mark {
	if m == nil {
		return corpus.Mark{}
	}
	return corpus.Mark{Span: byteSpan(text, m.Span[0], m.Span[1]), Quote: m.Quote}
}

func (b *jsonUnitReader) comments() error {
	for _, c := range b.in.Comments {
		if c.ID == "" {
			return b.refuse("a comment needs an id")
		}
		if err := b.known(c.By); err != nil {
			return err
		}
		b.out.Comments = append(b.out.Comments, corpus.Comment{ID: c.ID, Unit: b.in.ID, By: corpus.UserID(c.By), Text: c.Text, Answers: c.Answers, Created: c.Created.UTC(), Undone: c.Undone})
	}
	return nil
}

func (b *jsonUnitReader) findings() error {
	latest := b.out.Latest().Text
	for _, f := range b.in.Findings {
		severity, err := corpus.ParseSeverity(f.Severity)
		if err != nil {
			return b.refuse("%s", corpus.Message(err))
		}
		out := corpus.Finding{Check: f.Check, Category: f.Category, Severity: severity, Message: f.Message, Args: f.Args, Key: f.Key}
		for _, s := range f.Source {
			out.Source = append(out.Source, byteSpan(b.in.Text.Source, s[0], s[1]))
		}
		for _, s := range f.Target {
			out.Target = append(out.Target, byteSpan(latest, s[0], s[1]))
		}
		if f.Fix != nil {
			out.Fix = &corpus.Fix{Span: byteSpan(latest, f.Fix.Span[0], f.Fix.Span[1]), Text: f.Fix.Text}
		}
		b.out.Findings = append(b.out.Findings, out)
	}
	return nil
}
