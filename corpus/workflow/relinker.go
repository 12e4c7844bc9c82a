package workflow

import (
	"slices"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// pairing is a unit that is to be: the sentences it pairs, and what is said of
// the pairing.
type pairing struct {
	source, target []corpus.Segment
	bead           corpus.Bead
}

// of reports whether the unit pairs just these sentences.
func (s pairing) of(u corpus.Unit) bool {
	return slices.Equal(s.source, u.Source) && slices.Equal(s.target, u.Target)
}

// relinker puts units of other shapes over the same sentences. Merging and
// splitting are the two cases in which more can be carried along; they stand in
// their own files and use the same rows.
type relinker struct {
	*act
	files files
	old   []*corpus.Record // neighbours in reading order
	owner map[spot]owned   // which old unit a sentence was in
}

// spot names a sentence of a side.
type spot struct {
	side  corpus.Side
	block int
	start int
}

// owned is a sentence in an old unit: its index, and where it is in the text.
type owned struct {
	rec   *corpus.Record
	index int
	span  corpus.Span
}

// reshape retires the old units and adds the new ones in their place. The plan
// must hold each sentence of the old units once. An approved unit of which a
// sentence goes elsewhere leaves both places stale, each with the part of its
// wording that belongs there; pending proposals are superseded and stay in the
// record; open flags go along with their passages, comments with the first
// sentence of their unit, drafts with the sentences they are of.
func (r *relinker) reshape(plan []pairing) ([]corpus.Unit, error) {
	if err := r.survey(plan); err != nil {
		return nil, err
	}
	positions, err := r.positions(len(plan))
	if err != nil {
		return nil, err
	}
	approved := map[corpus.UnitID]string{}
	for _, old := range r.old {
		if approved[old.Unit.ID], err = r.approvedBefore(old); err != nil {
			return nil, err
		}
	}
	r.retire(r.old...)
	first := r.old[0].Unit
	units := make([]corpus.Unit, len(plan))
	records := make([]*corpus.Record, len(plan))
	for i, s := range plan {
		units[i] = corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Version: first.Version, Document: first.Document, Position: positions[i], Source: s.source, Target: s.target, Bead: s.bead,
			Text: corpus.Pair{Source: r.files.text(corpus.SourceSide, s.source), Target: r.files.text(corpus.TargetSide, s.target)}}
		if records[i], err = r.addUnit(r.files, units[i]); err != nil {
			return nil, err
		}
		if s.bead.Status == corpus.BeadConfirmed {
			if err := r.override(r.files, corpus.OneUnit, units[i]); err != nil {
				return nil, err
			}
		}
		if err := r.inherit(records[i], approved); err != nil {
			return nil, err
		}
	}
	for _, old := range r.old {
		if err := r.supersede(old, func(corpus.Proposal) bool { return true }); err != nil {
			return nil, err
		}
		if err := r.flags(old, records); err != nil {
			return nil, err
		}
		if err := r.comments(old, records); err != nil {
			return nil, err
		}
	}
	if err := r.bringDrafts(r.old, records, r.compose); err != nil {
		return nil, err
	}
	return units, nil
}

// survey notes where each sentence is, and holds the plan to the rules.
func (r *relinker) survey(plan []pairing) error {
	r.owner = map[spot]owned{}
	for _, rec := range r.old {
		u := rec.Unit
		if len(u.Target) == 0 && rec.Current().Text != "" {
			return corpus.Errorf(corpus.Conflict, "a left-out sentence here has a rendering of its own that was approved; reopen it before its links are changed")
		}
		for side, list := range [][]corpus.Segment{u.Source, u.Target} {
			for i, span := range SentenceSpans(list) {
				r.owner[spot{corpus.Side(side), list[i].Block, list[i].Span.Start}] = owned{rec, i, span}
			}
		}
	}
	sentences := 0
	for _, s := range plan {
		if len(s.source)+len(s.target) == 0 {
			return corpus.Errorf(corpus.Invalid, "nothing would be left of a unit on either side; join it with its neighbour instead")
		}
		for side, list := range [][]corpus.Segment{s.source, s.target} {
			doc := r.files.target
			if corpus.Side(side) == corpus.SourceSide {
				doc = r.files.source
			}
			if err := adjacent(doc, list); err != nil {
				return err
			}
			for _, x := range list {
				if _, ok := r.owner[spot{corpus.Side(side), x.Block, x.Span.Start}]; !ok {
					return corpus.Errorf(corpus.Internal, "a sentence is in no unit that is linked anew")
				}
				sentences++
			}
		}
	}
	if sentences != len(r.owner) {
		return corpus.Errorf(corpus.Internal, "linking anew would leave out %d sentences", len(r.owner)-sentences)
	}
	return nil
}

// SentenceSpans says where each sentence of a unit's side is in the text that
// they have together, in bytes.
func SentenceSpans(list []corpus.Segment) []corpus.Span {
	spans := make([]corpus.Span, len(list))
	at, origin := 0, 0 // of the run's text, in its block
	for i, s := range list {
		switch {
		case i == 0:
			origin = s.Span.Start
		case s.Block != list[i-1].Block:
			at, origin = spans[i-1].End+len("\n"), s.Span.Start
		}
		spans[i] = corpus.Span{Start: at + s.Span.Start - origin, End: at + s.Span.End - origin}
	}
	return spans
}

// adjacent refuses sentences of one side that are not in order or between which
// others stand: a unit is one stretch of each text (links may cross between
// units, and not inside one).
func adjacent(doc *layout.Document, list []corpus.Segment) error {
	for i := 1; i < len(list); i++ {
		a, b := list[i-1], list[i]
		if b.Block < a.Block || b.Block == a.Block && b.Span.Start < a.Span.End {
			return corpus.Errorf(corpus.Invalid, "the sentences would stand in another order than in the file; exchange the links of the neighbours first")
		}
		between := ""
		if a.Block == b.Block {
			between = doc.Blocks[a.Block].Text[a.Span.End:b.Span.Start]
		} else {
			between = doc.Blocks[a.Block].Text[a.Span.End:] + doc.Blocks[b.Block].Text[:b.Span.Start]
			for _, x := range doc.Blocks[a.Block+1 : b.Block] {
				between += x.Text
			}
		}
		if strings.ContainsFunc(between, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			return corpus.Errorf(corpus.Invalid, "other sentences stand between these; a unit is one stretch of the text")
		}
	}
	return nil
}

// oneStretch refuses a merged unit that would have other sentences inside:
// links that cross can leave some between neighbours.
func (m *merger) oneStretch(u corpus.Unit) error {
	if err := adjacent(m.files.source, u.Source); err != nil {
		return err
	}
	return adjacent(m.files.target, u.Target)
}

// positions returns n ascending positions in the place of the old units.
func (r *relinker) positions(n int) ([]int64, error) {
	list := make([]int64, n)
	if n <= len(r.old) {
		for i := range list {
			list[i] = r.old[i].Unit.Position
		}
		return list, nil
	}
	first, last := r.old[0].Unit, r.old[len(r.old)-1].Unit
	next, err := r.tx.Units(first.Version, corpus.Filter{}, last.Position, 1)
	if err != nil {
		return nil, err
	}
	end := last.Position + positionGap
	if len(next) > 0 {
		end = next[0].Position
	}
	step := (end - first.Position) / int64(n)
	if step < 1 {
		return nil, corpus.Errorf(corpus.Conflict, "this place was divided too often; join some of its parts first")
	}
	for i := range list {
		list[i] = first.Position + int64(i)*step
	}
	return list, nil
}

// inherit gives a new unit its lineage and, where it has sentences of approved
// units, their wording as stale.
func (r *relinker) inherit(rec *corpus.Record, approved map[corpus.UnitID]string) error {
	u := rec.Unit
	var from []*corpus.Record
	for side, list := range [][]corpus.Segment{u.Source, u.Target} {
		for _, s := range list {
			if o := r.owner[spot{corpus.Side(side), s.Block, s.Span.Start}].rec; !slices.Contains(from, o) {
				from = append(from, o)
			}
		}
	}
	var seen []string
	for _, old := range from {
		if err := r.tx.AddLineage(corpus.Lineage{Old: old.Unit.ID, New: u.ID, Kind: corpus.Relinked, Act: r.id}); err != nil {
			return err
		}
		if _, ok := old.Approval(); ok {
			seen = append(seen, approved[old.Unit.ID])
		}
	}
	rests, which := jointly(from)
	if which < 0 {
		return nil
	}
	rev, err := r.wording(rec)
	if err != nil {
		return err
	}
	return r.carried(rec, corpus.Decision{Verb: corpus.Carry, Revision: rev.ID, Hash: "", Rests: rests.ID, NoSource: rests.NoSource, OnePerson: rests.OnePerson,
		By: rests.By, Name: rests.Name, Function: rests.Function, Reason: strings.Join(seen, "; "), Created: rests.Created})
}

// wording puts together what stood for the sentences of a new unit: of old
// units that come whole their current wording, of others the part of it that
// says the same.
func (r *relinker) wording(rec *corpus.Record) (corpus.Revision, error) {
	zero := rec.Machine()
	rev := corpus.Revision{Origin: corpus.FromMerge, Base: zero.ID, Text: r.compose(rec, func(old *corpus.Record) string { return old.Current().Text })}
	if rev.Text == zero.Text {
		return zero, nil
	}
	for _, s := range rec.Unit.Target {
		old := r.owner[spot{corpus.TargetSide, s.Block, s.Span.Start}].rec
		current := old.Current()
		if current.ID == old.Machine().ID {
			continue
		}
		rev.Author, rev.From = current.Author, current.ID
		for _, h := range current.Hands {
			if !slices.Contains(rev.Hands, h) {
				rev.Hands = append(rev.Hands, h)
			}
		}
	}
	return r.judged(r.files, rec, rev)
}

// compose puts together what the old units say for the sentences of a new one.
func (r *relinker) compose(rec *corpus.Record, says func(*corpus.Record) string) string {
	list := rec.Unit.Target
	var b strings.Builder
	for i := 0; i < len(list); {
		o := r.owner[spot{corpus.TargetSide, list[i].Block, list[i].Span.Start}]
		j := i + 1
		for j < len(list) && r.owner[spot{corpus.TargetSide, list[j].Block, list[j].Span.Start}].rec == o.rec {
			j++
		}
		last := r.owner[spot{corpus.TargetSide, list[j-1].Block, list[j-1].Span.Start}]
		was, part := o.rec.Machine().Text, says(o.rec)
		if j-i < len(o.rec.Unit.Target) {
			start, end := 0, len(part)
			if o.index > 0 {
				start = carryOffset(was, part, o.span.Start)
			}
			if last.index < len(o.rec.Unit.Target)-1 {
				end = carryOffset(was, part, last.span.End)
			}
			part = strings.TrimSpace(part[min(start, end):end])
		}
		if part != "" && b.Len() > 0 {
			if a := list[i-1]; a.Block == list[i].Block {
				b.WriteString(r.files.target.Blocks[a.Block].Text[a.Span.End:list[i].Span.Start])
			} else {
				b.WriteByte('\n')
			}
		}
		b.WriteString(part)
		i = j
	}
	return b.String()
}

// comments gives the thread of an old unit to the new one that has its first
// sentence, of the translation if there is one.
func (r *relinker) comments(old *corpus.Record, records []*corpus.Record) error {
	to, _, ok := r.heir(old, corpus.TargetSide, 0, records)
	if !ok {
		to, _, ok = r.heir(old, corpus.SourceSide, 0, records)
	}
	if !ok {
		to = records[0]
	}
	return r.moveComments(to, old)
}

// flags moves the open flags of an old unit to the new units that hold their
// passages, the passage of the translation first.
func (r *relinker) flags(old *corpus.Record, records []*corpus.Record) error {
	for _, f := range old.OpenFlags() {
		was, _ := old.Revision(f.Revision)
		target, ok := corpus.Anchor(f.Target, was.Text, old.Machine().Text)
		to, by := records[0], [2]int{}
		found := false
		for side, at := range []int{f.Source.Span.Start, target.Start} {
			if side == int(corpus.SourceSide) && !f.Source.Present() || side == int(corpus.TargetSide) && !ok {
				continue
			}
			if rec, shift, here := r.heir(old, corpus.Side(side), at, records); here && (!found || side == int(corpus.TargetSide) || rec == to) {
				if found && rec != to {
					by = [2]int{}
				}
				to, found = rec, true
				by[side] = shift
			}
		}
		if !found { // its passage is lost: it stays with the first sentence
			if rec, _, here := r.heir(old, corpus.TargetSide, 0, records); here {
				to = rec
			} else if rec, _, here := r.heir(old, corpus.SourceSide, 0, records); here {
				to = rec
			}
		}
		if err := r.moveFlag(old, to, f, by[corpus.SourceSide], by[corpus.TargetSide]); err != nil {
			return err
		}
	}
	return nil
}

// heir finds the new unit that has the sentence of an old one at an offset, and
// by how much the sentence moved.
func (r *relinker) heir(old *corpus.Record, side corpus.Side, at int, records []*corpus.Record) (to *corpus.Record, by int, ok bool) {
	list := old.Unit.Source
	if side == corpus.TargetSide {
		list = old.Unit.Target
	}
	spans := SentenceSpans(list)
	for i, s := range list {
		if at >= spans[i].End && i < len(list)-1 {
			continue
		}
		for _, rec := range records {
			mine := rec.Unit.Source
			if side == corpus.TargetSide {
				mine = rec.Unit.Target
			}
			if k := slices.Index(mine, s); k >= 0 {
				return rec, SentenceSpans(mine)[k].Start - spans[i].Start, true
			}
		}
	}
	return nil, 0, false
}
