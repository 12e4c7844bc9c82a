package workflow

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// carryOver brings the work on a document's current version to the version that
// is about to follow it. A human or approved wording always stands: with its
// approval where the source is the same, as stale where it changed. It runs in
// the update that makes the new version visible, so that nothing anybody does
// meanwhile is missed; its cost grows with the units that were worked on.
func (d *Desk) carryOver(tx corpus.Tx, p corpus.Project, doc corpus.Document, in *prepared, v corpus.Version, event corpus.EventID) (Preview, error) {
	preview := Preview{Counts: map[Fate]int{}}
	c := &carrier{tx: tx, act: event, to: pairOfFiles{in.source, in.target}, before: doc.Current, joined: map[corpus.UnitID]corpus.UnitID{}}
	before, err := tx.Version(doc.Current)
	if err != nil {
		return preview, err
	}
	if c.from, err = d.filesOfVersion(tx, doc.Format, before); err != nil {
		return preview, err
	}
	regime, err := d.regime(tx, p)
	if err != nil {
		return preview, err
	}
	if err := c.readNotes(doc); err != nil {
		return preview, err
	}
	list, err := families(tx, doc.Current, in.units, c.from, c.to)
	if err != nil {
		return preview, err
	}
	index := make(map[corpus.UnitID]int, len(in.units))
	for i := range in.units {
		index[in.units[i].ID] = i
	}
	for _, f := range list {
		preview.add(f)
		if f.whole == nil {
			continue
		}
		first, last := index[f.parts[0].ID], index[f.parts[len(f.parts)-1].ID]
		ed := edition{unit: *f.whole, format: in.format, options: in.optionsOf(in.delivery.Target), file: in.target, pair: in.pair, regime: regime, before: nearest(in.units, first, -1), after: nearest(in.units, last, +1)}
		if err := c.family(f, ed, v); err != nil {
			return preview, err
		}
	}
	var gone map[corpus.OverrideID]bool
	preview.Kept, preview.Lost, gone = in.shape.settle(list, in.units)
	err = c.overrides(in, v, gone, &preview)
	return preview, err
}

// overrides writes what people decided about the shape of the text with its
// place in the new version, and says what has none.
func (c *carrier) overrides(in *prepared, v corpus.Version, gone map[corpus.OverrideID]bool, preview *Preview) error {
	for _, w := range in.shape.wishes {
		if w.why != placed || gone[w.ID] {
			continue
		}
		u, err := c.tx.Unit(in.units[w.unit].ID)
		if err != nil {
			return err
		}
		if u.Retired {
			if u.ID, err = c.heir(u.ID); err != nil {
				return err
			}
		}
		o := w.Override
		o.ID, o.From, o.Version, o.Unit, o.Act = corpus.NewID[corpus.OverrideID](), w.ID, v.ID, u.ID, c.act
		if o.Source, o.Target = w.source, w.target; w.Kind == corpus.OneUnit {
			// A side whose old words are gone has found new ones in its unit.
			o.Source, o.Target = stretchOf(in.source, in.units[w.unit].Source), stretchOf(in.target, in.units[w.unit].Target)
		}
		if err := c.tx.AddOverride(o); err != nil {
			return err
		}
	}
	now, err := standingOverrides(c.tx, c.before)
	if err != nil {
		return err
	}
	for _, o := range now {
		if !in.shape.seen[o.ID] {
			w := wish{Override: o, words: excerpt(c.from, o), why: lostMean}
			preview.Lost = append(preview.Lost, w.loss())
		}
	}
	return nil
}

// heir is the unit that took the place of a part in this import.
func (c *carrier) heir(part corpus.UnitID) (corpus.UnitID, error) {
	if whole, ok := c.joined[part]; ok {
		return whole, nil
	}
	return "", corpus.Errorf(corpus.Internal, "unit %s is retired in a version that just came in", part)
}

// family carries the work on some old units to the new ones they became.
func (c *carrier) family(f family, ed edition, v corpus.Version) error {
	if f.joins() {
		if err := c.join(f, ed, v); err != nil {
			return err
		}
	}
	for _, old := range f.olds {
		for _, heir := range f.heirs {
			if err := c.tx.AddLineage(corpus.Lineage{Old: old.Unit.ID, New: heir, Kind: corpus.CarriedTo, Act: c.act}); err != nil {
				return err
			}
		}
	}
	if f.old == nil || !slices.ContainsFunc(f.olds, worked) && !slices.ContainsFunc(f.olds, c.noted) {
		return nil
	}
	rec, err := c.tx.Record(f.whole.ID)
	if err != nil {
		return err
	}
	return c.carry(f.old, f.olds, &rec, ed)
}

// join puts one unit in the place of the parts of a family. They stay, retired,
// as the parts of a merged unit do.
func (c *carrier) join(f family, ed edition, v corpus.Version) error {
	for _, part := range f.parts {
		u, err := c.tx.Unit(part.ID)
		if err != nil {
			return err
		}
		u.Retired = true
		c.joined[part.ID] = f.whole.ID
		if err := c.tx.SaveUnit(u); err != nil {
			return err
		}
	}
	judged := ed.judge(f.whole.Text.Target, corpus.PlaceDefault)
	f.whole.Summary.Risk = judged.risk
	weighFindings(f.whole, judged.findings, c.dismissed)
	return addUnit(c.tx, f.whole, judged.findings, v, c.act)
}

// nearest returns the closest unit with a target in the given direction, as
// neighbours does from the store, and no farther.
func nearest(units []corpus.Unit, i, step int) corpus.Unit {
	for j, n := i+step, 0; j >= 0 && j < len(units) && n < neighbourReach; j, n = j+step, n+1 {
		if len(units[j].Target) > 0 {
			return units[j]
		}
	}
	return corpus.Unit{}
}

// carrier writes what is carried over, as part of the import's act.
type carrier struct {
	tx        corpus.Tx
	act       corpus.EventID
	dismissed map[string]bool
	from, to  pairOfFiles // of the version before and of the new one
	before    corpus.VersionID
	joined    map[corpus.UnitID]corpus.UnitID      // parts → the unit that stands in their place
	here      map[corpus.UnitID][]corpus.Dismissal // of the version before: those that reach one unit
	drafts    map[corpus.UnitID][]corpus.Draft     // of the version before
}

// pairOfFiles are the two files of a version; nil where one was not received.
type pairOfFiles struct{ source, target *layout.Document }

// textIn returns the text of segments of a file; none of a file not received.
func textIn(doc *layout.Document, segments []corpus.Segment) string {
	if doc == nil {
		return ""
	}
	return textOf(doc, segments)
}

// filesOfVersion returns the files of a version with their texts found.
func (d *Desk) filesOfVersion(r corpus.Reader, format string, v corpus.Version) (pairOfFiles, error) {
	var p pairOfFiles
	var err error
	if v.Source.Present() {
		if p.source, err = d.layoutOf(r, format, v.Source, corpus.SourceSide); err != nil {
			return p, err
		}
	}
	if v.Target.Present() {
		p.target, err = d.layoutOf(r, format, v.Target, corpus.TargetSide)
	}
	return p, err
}

// sameMarkup reports whether two runs of segments hold the same markup, byte for
// byte and under the same numbers. Logical texts name markup by numbers alone, so
// equal texts may hide another link or another figure in code.
func sameMarkup(a *layout.Document, old []corpus.Segment, b *layout.Document, new []corpus.Segment) bool {
	return slices.Equal(markup(a, old), markup(b, new))
}

func markup(doc *layout.Document, segments []corpus.Segment) []layout.Token {
	if doc == nil {
		return nil
	}
	var list []layout.Token
	for _, r := range runs(segments) {
		b := &doc.Blocks[r.block]
		text := b.Text[r.span.Start:r.span.End]
		for _, t := range b.Tokens {
			if strings.ContainsRune(text, layout.Placeholder(t)) {
				list = append(list, t)
			}
		}
	}
	return list
}

// carry brings the work on old, which stands for all of olds, to its successor.
func (c *carrier) carry(old *corpus.Record, olds []*corpus.Record, rec *corpus.Record, ed edition) error {
	wordings := map[corpus.RevisionID]corpus.RevisionID{} // old → new
	if err := c.approval(old, rec, ed, wordings); err != nil {
		return err
	}
	for _, p := range old.Proposals {
		status := old.Status(p)
		if p.Undone || status != corpus.Pending && status != corpus.Returned {
			continue
		}
		if err := c.proposal(old, rec, ed, p, wordings); err != nil {
			return err
		}
	}
	for _, f := range old.OpenFlags() {
		if err := c.flag(old, rec, f, wordings); err != nil {
			return err
		}
	}
	for _, o := range olds {
		if err := c.notes(o, rec, wordings); err != nil {
			return err
		}
	}
	rec.Unit.Summary = rec.Summarize()
	findings, err := c.tx.Findings(rec.Unit.Summary.Latest)
	if err != nil {
		return err
	}
	weighFindings(&rec.Unit, findings, c.dismissed)
	rec.Unit.Summary.Risk = ed.risk(rec.Latest().Text, findings)
	return c.tx.SaveUnit(rec.Unit)
}

// approval carries the approval that counts, with its wording. Its hash is the
// old one: the state follows from whether the texts still are the same.
func (c *carrier) approval(old, rec *corpus.Record, ed edition, wordings map[corpus.RevisionID]corpus.RevisionID) error {
	d, ok := old.Approval()
	if !ok {
		return nil
	}
	rev, err := c.wording(old, rec, ed, d.Revision, wordings)
	if err != nil {
		return err
	}
	rests := d.ID
	if d.Rests != "" {
		rests = d.Rests
	}
	d.Verb, d.Rests, d.Revision, d.Proposal = corpus.Carry, rests, rev, ""
	if !sameMarkup(c.from.source, old.Unit.Source, c.to.source, rec.Unit.Source) || !c.targetMarkup(old, rec) {
		d.Hash = "" // the texts are the same, what their markup stands for is not: stale
	}
	return c.decision(rec, d)
}

// targetMarkup reports whether the markup of the target came along unchanged.
func (c *carrier) targetMarkup(old, rec *corpus.Record) bool {
	return sameMarkup(c.from.target, old.Unit.Target, c.to.target, rec.Unit.Target)
}

// proposal carries one that waits, or that was returned, with its return.
func (c *carrier) proposal(old, rec *corpus.Record, ed edition, p corpus.Proposal, wordings map[corpus.RevisionID]corpus.RevisionID) error {
	from := p.ID
	was, _ := old.Revision(p.Revision)
	p.NoChange = p.NoChange && was.Text == rec.Machine().Text
	var err error
	if p.Revision, err = c.wording(old, rec, ed, p.Revision, wordings); err != nil {
		return err
	}
	p.ID, p.Unit, p.Act = corpus.NewID[corpus.ProposalID](), rec.Unit.ID, c.act
	if err := c.tx.AddProposal(p); err != nil {
		return err
	}
	rec.Proposals = append(rec.Proposals, p)
	for _, d := range old.Decisions {
		if d.Proposal == from && d.Verb == corpus.Return && !d.Undone {
			d.Rests, d.Proposal, d.Revision = d.ID, p.ID, p.Revision
			if err := c.decision(rec, d); err != nil {
				return err
			}
		}
	}
	return nil
}

// decision adds a decision of the old record to the new one. Who decided, when
// and why stays as it was.
func (c *carrier) decision(rec *corpus.Record, d corpus.Decision) error {
	d.ID, d.Unit, d.Act = corpus.NewID[corpus.DecisionID](), rec.Unit.ID, c.act
	if err := c.tx.AddDecision(d); err != nil {
		return err
	}
	rec.Decisions = append(rec.Decisions, d)
	return nil
}

// wording returns the new record's revision with the text of an old one, which
// it adds where the machine does not say the same.
func (c *carrier) wording(old, rec *corpus.Record, ed edition, id corpus.RevisionID, wordings map[corpus.RevisionID]corpus.RevisionID) (corpus.RevisionID, error) {
	if new, ok := wordings[id]; ok {
		return new, nil
	}
	from, ok := old.Revision(id)
	if !ok {
		return "", corpus.Errorf(corpus.Internal, "wording %s is not of unit %s", id, old.Unit.ID)
	}
	if zero := rec.Machine(); from.Text == zero.Text && from.Author == "" {
		wordings[id] = zero.ID
		return zero.ID, nil
	}
	judged := ed.judge(from.Text, from.Place)
	if strings.ContainsFunc(from.Text, isPlaceholder) && !c.targetMarkup(old, rec) {
		judged.verdict = corpus.Verdict{Bad: true, Reason: "the markup of the passage changed with the new version; write the wording anew"}
	}
	rev := from
	rev.ID, rev.Unit, rev.Number, rev.Act = corpus.NewID[corpus.RevisionID](), rec.Unit.ID, len(rec.Revisions), c.act
	rev.Origin, rev.From, rev.Base, rev.Key = corpus.FromCarry, id, rec.Machine().ID, ""
	rev.Verdict = judged.verdict // Created stays: it says when the person wrote it
	if err := c.tx.AddRevision(rev); err != nil {
		return "", err
	}
	if err := c.tx.SaveFindings(rev.ID, judged.findings); err != nil {
		return "", err
	}
	rec.Revisions = append(rec.Revisions, rev)
	wordings[id] = rev.ID
	return rev.ID, nil
}

func isPlaceholder(r rune) bool {
	_, _, ok := layout.IsPlaceholder(r)
	return ok
}

// flag carries an open flag: on the wording it was put on if that came along,
// else on the new machine wording where its passage stands there. Where it does
// not, it keeps its quotation and stands on the unit as lost.
func (c *carrier) flag(old, rec *corpus.Record, f corpus.Flag, wordings map[corpus.RevisionID]corpus.RevisionID) error {
	if new, ok := wordings[f.Revision]; ok {
		f.Revision = new
	} else {
		was, _ := old.Revision(f.Revision)
		zero := rec.Machine()
		if s, ok := corpus.Anchor(f.Target, was.Text, zero.Text); ok {
			f.Target = corpus.Mark{Span: s, Quote: zero.Text[s.Start:s.End]}
		}
		f.Revision = zero.ID
	}
	if s, ok := corpus.Anchor(f.Source, old.Unit.Text.Source, rec.Unit.Text.Source); ok {
		f.Source = corpus.Mark{Span: s, Quote: rec.Unit.Text.Source[s.Start:s.End]}
	}
	f.ID, f.Unit, f.Act = corpus.NewID[corpus.FlagID](), rec.Unit.ID, c.act
	if err := c.tx.AddFlag(f); err != nil {
		return err
	}
	rec.Flags = append(rec.Flags, f)
	return nil
}
