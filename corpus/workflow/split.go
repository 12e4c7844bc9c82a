package workflow

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Split divides a unit in two at a place in its source text and a place in its
// machine text, both in bytes; the start or end of a text gives all of it to one
// side. A place inside a sentence cuts the sentence. Pending proposals are
// superseded: they stay in the record of the old unit, to be used again. An
// approved wording is divided where it says the same; both halves are stale, to
// be confirmed. Undo brings the old unit back.
func (d *Desk) Split(ctx context.Context, user corpus.UserID, unit corpus.UnitID, source, target int) ([2]corpus.Unit, error) {
	files, err := d.filesOf(ctx, unit)
	if err != nil {
		return [2]corpus.Unit{}, err
	}
	var halves [2]corpus.Unit
	_, err = d.do(ctx, user, corpus.Split, []corpus.UnitID{unit}, func(a *act) error {
		s := &splitter{act: a, files: files, old: a.records[unit], target: target}
		if err := a.check(corpus.Split, corpus.Object{State: s.old.State()}); err != nil {
			return err
		}
		var err error
		halves, err = s.split(source, target)
		return err
	})
	return halves, err
}

// splitter is a split under way.
type splitter struct {
	*act
	files  files
	old    *corpus.Record
	new    [2]*corpus.Record
	target int
}

func (s *splitter) split(source, target int) ([2]corpus.Unit, error) {
	u := s.old.Unit
	var halves [2]corpus.Unit
	src, err := cut(u.Source, s.files.source, u.Text.Source, source)
	if err != nil {
		return halves, err
	}
	tgt, err := cut(u.Target, s.files.target, u.Text.Target, target)
	if err != nil {
		return halves, err
	}
	second, err := s.between(u)
	if err != nil {
		return halves, err
	}
	approved, err := s.approvedBefore(s.old)
	if err != nil {
		return halves, err
	}
	s.retire(s.old)
	for i, position := range []int64{u.Position, second} {
		if len(src[i]) == 0 && len(tgt[i]) == 0 {
			return halves, corpus.Errorf(corpus.Invalid, "one half of the split would be empty on both sides")
		}
		halves[i] = corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Version: u.Version, Document: u.Document, Position: position, Source: src[i], Target: tgt[i],
			Text: corpus.Pair{Source: s.files.text(corpus.SourceSide, src[i]), Target: s.files.text(corpus.TargetSide, tgt[i])}, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
		if s.new[i], err = s.addUnit(s.files, halves[i]); err != nil {
			return halves, err
		}
		if err := s.tx.AddLineage(corpus.Lineage{Old: u.ID, New: halves[i].ID, Kind: corpus.SplitOff, Act: s.id}); err != nil {
			return halves, err
		}
		if err := s.override(s.files, corpus.OneUnit, halves[i]); err != nil {
			return halves, err
		}
	}
	if err := s.supersede(s.old, func(corpus.Proposal) bool { return true }); err != nil {
		return halves, err
	}
	if err := s.approval(approved); err != nil {
		return halves, err
	}
	if err := s.moveComments(s.new[0], s.old); err != nil { // they may be about either; both halves stand together
		return halves, err
	}
	if err := s.bringDrafts([]*corpus.Record{s.old}, s.new[:], s.half); err != nil {
		return halves, err
	}
	return halves, s.flags()
}

// half is the part of what the old unit says that belongs to a new one.
func (s *splitter) half(rec *corpus.Record, says func(*corpus.Record) string) string {
	parts := s.divide(says(s.old))
	if rec == s.new[0] {
		return parts[0]
	}
	return parts[1]
}

// divide cuts a wording of the old unit where the machine's was cut.
func (s *splitter) divide(text string) [2]string {
	at := carryOffset(s.old.Machine().Text, text, s.target)
	return [2]string{strings.TrimRightFunc(text[:at], unicode.IsSpace), strings.TrimLeftFunc(text[at:], unicode.IsSpace)}
}

// between returns a position behind u and in front of the next unit.
func (s *splitter) between(u corpus.Unit) (int64, error) {
	next, err := s.tx.Units(u.Version, corpus.Filter{}, u.Position, 1)
	if err != nil {
		return 0, err
	}
	gap := int64(positionGap)
	if len(next) > 0 {
		gap = next[0].Position - u.Position
	}
	if gap < 2 {
		return 0, corpus.Errorf(corpus.Conflict, "this place was split too often; merge some of its parts first")
	}
	return u.Position + gap/2, nil
}

// cut divides segments at an offset in their joined text.
func cut(segments []corpus.Segment, doc *layout.Document, text string, at int) (halves [2][]corpus.Segment, err error) {
	if at < 0 || at > len(text) || at < len(text) && !utf8.RuneStart(text[at]) {
		return halves, corpus.Errorf(corpus.Invalid, "a text of %d bytes cannot be split at %d", len(text), at)
	}
	start, block, blockStart := 0, -1, 0 // of the run that holds the segment, in text and in its block
	for i, s := range segments {
		if s.Block != block {
			if i > 0 {
				start += segments[i-1].Span.End - blockStart + len("\n")
			}
			block, blockStart = s.Block, s.Span.Start
		}
		from, to := start+s.Span.Start-blockStart, start+s.Span.End-blockStart
		switch {
		case to <= at:
			halves[0] = append(halves[0], s)
		case from >= at:
			halves[1] = append(halves[1], s)
		default:
			left, right := s, s
			first, second := text[from:at], text[at:to]
			left.Span.End = s.Span.Start + len(strings.TrimRightFunc(first, unicode.IsSpace))
			right.Span.Start = s.Span.End - len(strings.TrimLeftFunc(second, unicode.IsSpace))
			b := &doc.Blocks[s.Block]
			left.Envelope, right.Envelope = corpus.Span(b.Envelope(layout.Span(left.Span))), corpus.Span(b.Envelope(layout.Span(right.Span)))
			if !left.Span.Empty() {
				halves[0] = append(halves[0], left)
			}
			if !right.Span.Empty() {
				halves[1] = append(halves[1], right)
			}
		}
	}
	return halves, nil
}

// approval divides the approved wording where the machine's was divided, and
// rests both halves on the old approval, whose hash fits neither.
func (s *splitter) approval(approved string) error {
	d, ok := s.old.Approval()
	if !ok {
		return nil
	}
	rev := s.old.Current()
	for i, text := range s.divide(rev.Text) {
		half := s.new[i].Machine()
		if text != half.Text {
			var err error
			if half, err = s.judged(s.files, s.new[i], corpus.Revision{Text: text, Author: rev.Author, Hands: rev.Hands, Origin: corpus.FromSplit, From: rev.ID, Base: half.ID}); err != nil {
				return err
			}
		}
		err := s.carried(s.new[i], corpus.Decision{Verb: corpus.Carry, Revision: half.ID, Hash: "", Rests: d.ID, NoSource: d.NoSource, OnePerson: d.OnePerson,
			By: d.By, Name: d.Name, Function: d.Function, Reason: approved, Created: d.Created})
		if err != nil {
			return err
		}
	}
	return nil
}

// carryOffset returns the offset in text that corresponds to an offset in old.
func carryOffset(old, text string, at int) int { return offsetIn(diff.Texts(old, text), at) }

// flags moves each open flag to the half that holds its passage: the second
// where it starts behind the cut, else the first.
func (s *splitter) flags() error {
	old := s.old.Unit.Text
	source, target := len(old.Source)-len(s.new[1].Unit.Text.Source), len(old.Target)-len(s.new[1].Unit.Text.Target)
	for _, f := range s.old.OpenFlags() {
		was, _ := s.old.Revision(f.Revision)
		at, ok := corpus.Anchor(f.Target, was.Text, s.old.Machine().Text)
		second := ok && at.Start >= target
		if !ok && f.Source.Present() {
			second = f.Source.Span.Start >= source
		}
		var err error
		if second {
			err = s.moveFlag(s.old, s.new[1], f, -source, -target)
		} else {
			err = s.moveFlag(s.old, s.new[0], f, 0, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
