package workflow

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// family is a kin with what was done to it: what a new version makes of the work
// on some units of the one before.
type family struct {
	olds  []*corpus.Record // in reading order
	old   *corpus.Record   // all of them as one; nil where there is none
	parts []corpus.Unit    // of the new version, in order
	whole *corpus.Unit     // the unit that takes up the work, all parts as one where there are several; nil where there is none
	rest  []corpus.Unit    // the other parts, where nobody had worked and they stay apart
	heirs []corpus.UnitID  // of the new version, as they will stand
	moved bool             // it stands elsewhere now
}

// joins reports whether the parts have to become one unit.
func (f family) joins() bool { return len(f.parts) > 1 && len(f.rest) == 0 }

// families returns what follows from what between a version and the units of a
// new one, with the records of the old units read from r. Where somebody worked
// on a unit, the new ones that say parts of it become one, which then holds the
// work as a whole: neither is a part said twice, nor one lost.
func families(r corpus.Reader, old corpus.VersionID, units []corpus.Unit, from, to pairOfFiles) ([]family, error) {
	var records []corpus.Record
	for rec, err := range r.Records(old) {
		if err != nil {
			return nil, err
		}
		records = append(records, rec)
	}
	olds := make([]corpus.Unit, len(records))
	for i := range records {
		olds[i] = records[i].Unit
	}
	var list []family
	for _, k := range kindred(olds, units) {
		f := family{moved: k.moved}
		for _, i := range k.old {
			f.olds = append(f.olds, &records[i])
		}
		for _, j := range k.new {
			f.parts = append(f.parts, units[j])
		}
		if len(f.olds) > 0 && len(f.parts) == 0 {
			for _, rec := range f.olds { // each is gone by itself
				list = append(list, family{olds: []*corpus.Record{rec}, old: rec})
			}
			continue
		}
		list = append(list, f.unite(from, to))
	}
	return list, nil
}

// unite decides which of the new units hold the work.
func (f family) unite(from, to pairOfFiles) family {
	f.whole = &f.parts[0]
	switch {
	case len(f.parts) == 1:
	case slices.ContainsFunc(f.olds, worked):
		whole := oneOf(to, f.parts)
		whole.ID = corpus.NewID[corpus.UnitID]()
		f.whole = &whole
	default:
		f.rest = f.parts[1:]
	}
	f.heirs = append(f.heirs, f.whole.ID)
	for _, u := range f.rest {
		f.heirs = append(f.heirs, u.ID)
	}
	switch len(f.olds) {
	case 0:
	case 1:
		f.old = f.olds[0]
	default:
		f.old = oneRecord(from, f.olds, f.whole.Blocks())
	}
	return f
}

// oneOf returns units as one, in the place of the first.
func oneOf(f pairOfFiles, units []corpus.Unit) corpus.Unit {
	u := corpus.Unit{Version: units[0].Version, Document: units[0].Document, Position: units[0].Position, ID: units[0].ID, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	for _, part := range units {
		u.Source = append(u.Source, part.Source...)
		u.Target = append(u.Target, part.Target...)
		if part.Bead.Status == corpus.BeadDoubtful {
			u.Bead.Status = corpus.BeadDoubtful
		}
	}
	u.Text = corpus.Pair{Source: textIn(f.source, u.Source), Target: textIn(f.target, u.Target)}
	return u
}

// oneRecord returns the records of several units as that of one, for what is
// carried over: the wordings are put together as merging does, an approval stands
// where all were approved, and what waits is beside the others' current wordings.
// blocks is in how many blocks the unit stands to which it is carried.
func oneRecord(f pairOfFiles, olds []*corpus.Record, blocks int) *corpus.Record {
	units := make([]corpus.Unit, len(olds))
	for i, rec := range olds {
		units[i] = rec.Unit
	}
	whole := oneOf(f, units)
	j := joiner{olds: olds, apart: blocks == whole.Blocks()}
	if f.target != nil {
		j.between = func(a, b corpus.Segment) string {
			if a.Block == b.Block && a.Span.End <= b.Span.Start {
				return f.target.Blocks[a.Block].Text[a.Span.End:b.Span.Start]
			}
			return ""
		}
	}
	out := &corpus.Record{Unit: whole}
	machine := make([]string, len(olds))
	currents := make([]string, len(olds))
	for i, rec := range olds {
		machine[i], currents[i] = rec.Machine().Text, rec.Current().Text
	}
	text, at := j.join(machine)
	// No row has this id: what is put on the machine's wording finds it by it.
	zero := corpus.Revision{ID: corpus.NewID[corpus.RevisionID](), Unit: whole.ID, Text: text, Origin: corpus.FromMachine}
	out.Revisions = append(out.Revisions, zero)
	add := func(i int, rev corpus.Revision) corpus.RevisionID {
		if _, ok := out.Revision(rev.ID); ok {
			return rev.ID
		}
		texts := slices.Clone(currents)
		hands := []corpus.UserID{}
		for k, rec := range olds {
			own := rec.Current()
			if k == i {
				texts[k], own = rev.Text, rev
			}
			for _, h := range own.Hands {
				if !slices.Contains(hands, h) {
					hands = append(hands, h)
				}
			}
		}
		rev.Text, _ = j.join(texts)
		rev.Hands, rev.Number, rev.Undone = hands, len(out.Revisions), false
		if rev.Author == "" && len(hands) > 0 {
			rev.Author = hands[0]
		}
		out.Revisions = append(out.Revisions, rev)
		return rev.ID
	}
	for i, rec := range olds {
		for _, p := range rec.Proposals {
			status := rec.Status(p)
			rev, ok := rec.Revision(p.Revision)
			if p.Undone || !ok || status != corpus.Pending && status != corpus.Returned {
				continue
			}
			add(i, rev)
			out.Proposals = append(out.Proposals, p)
			for _, d := range rec.Decisions {
				if d.Proposal == p.ID && d.Verb == corpus.Return && !d.Undone {
					out.Decisions = append(out.Decisions, d)
				}
			}
		}
		for _, fl := range rec.OpenFlags() {
			was, _ := rec.Revision(fl.Revision)
			if s, ok := corpus.Anchor(fl.Target, was.Text, machine[i]); ok {
				fl.Target = moved(fl.Target, s, at[i], machine[i], zero.Text)
			}
			fl.Revision = zero.ID
			if k := strings.Index(whole.Text.Source, rec.Unit.Text.Source); k >= 0 {
				fl.Source = moved(fl.Source, fl.Source.Span, k, rec.Unit.Text.Source, whole.Text.Source)
			}
			out.Flags = append(out.Flags, fl)
		}
	}
	slices.SortStableFunc(out.Proposals, func(a, b corpus.Proposal) int { return a.Created.Compare(b.Created) })
	if d, ok := oneApproval(olds, whole.Text.Source, add, func(id corpus.RevisionID) string {
		rev, _ := out.Revision(id)
		return rev.Text
	}); ok {
		out.Decisions = append(out.Decisions, d)
	}
	return out
}

// oneApproval returns the approval of several units as one: the last given, of
// the wordings together. Where not all are approved its hash fits no text, and it says
// what was approved.
func oneApproval(olds []*corpus.Record, source string, add func(int, corpus.Revision) corpus.RevisionID, textOf func(corpus.RevisionID) string) (corpus.Decision, bool) {
	last, which := jointly(olds)
	if which < 0 {
		return last, false
	}
	all := true
	var seen []string
	for _, rec := range olds {
		if d, given := rec.Approval(); given && d.InPart() {
			seen = append(seen, d.Reason)
		} else if given {
			seen = append(seen, approvedWords(0, d, rec.Current().Text))
		}
		all = all && rec.State() >= corpus.StateApproved && rec.Current().Text != ""
	}
	last.Revision = add(which, olds[which].Current())
	last.Verb, last.Proposal, last.Hash, last.Reason = corpus.Carry, "", "", strings.Join(seen, "; ")
	if all {
		last.Reason = ""
		last.Hash = corpus.ApprovalHash(corpus.Pair{Source: source, Target: textOf(last.Revision)})
	}
	return last, true
}

// joiner puts wordings of several units together.
type joiner struct {
	olds    []*corpus.Record
	apart   bool // blocks stay apart, one line each
	between func(a, b corpus.Segment) string
}

// join returns the texts as one, and where each begins in it.
func (j joiner) join(texts []string) (string, []int) {
	var b strings.Builder
	at := make([]int, len(texts))
	for i, t := range texts {
		if t != "" && b.Len() > 0 {
			b.WriteString(j.joint(i, t))
		}
		at[i] = b.Len()
		b.WriteString(t)
	}
	return b.String(), at
}

// joint is what stands in front of a wording of unit i.
func (j joiner) joint(i int, text string) string {
	if i == 0 || len(j.olds[i].Unit.Target) == 0 || len(j.olds[i-1].Unit.Target) == 0 {
		return gap(text)
	}
	before := j.olds[i-1].Unit.Target
	a, b := before[len(before)-1], j.olds[i].Unit.Target[0]
	switch {
	case a.Block == b.Block:
		return j.between(a, b)
	case j.apart:
		return "\n"
	}
	return gap(text)
}
