package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Label says what the block is in which a unit begins, whatever it looks like: a
// heading or body text. The units of the block take its kind, so that the checks
// of headings apply, or do not; the file stays as it is. It is one act, can be
// undone, and outlives a new version.
func (d *Desk) Label(ctx context.Context, user corpus.UserID, unit corpus.UnitID, heading bool) (corpus.Event, error) {
	files, err := d.filesOf(ctx, unit)
	if err != nil {
		return corpus.Event{}, err
	}
	return d.do(ctx, user, corpus.Label, []corpus.UnitID{unit}, func(a *act) error {
		rec := a.records[unit]
		if err := a.check(corpus.Label, corpus.Object{State: rec.State()}); err != nil {
			return err
		}
		kind := corpus.IsBody
		if heading {
			kind = corpus.IsHeading
		}
		if called, err := a.called(rec.Unit); err != nil || called == kind {
			if err == nil {
				err = corpus.Errorf(corpus.Conflict, "people call the block that already")
			}
			return err
		}
		o := rec.Unit
		o.Source, o.Target = wholeBlock(files.source, o.Source), wholeBlock(files.target, o.Target)
		if err := a.override(files, kind, o); err != nil {
			return err
		}
		return a.relabel(files, rec.Unit)
	})
}

// called is what people call the block in which a unit begins.
func (a *act) called(u corpus.Unit) (corpus.OverrideKind, error) {
	overrides, err := a.tx.Overrides(u.Version)
	side, segments := mainSide(u)
	if err != nil || len(segments) == 0 {
		return "", err
	}
	return calledIn(corpus.BlockLabels(overrides), side, segments[0].Block), nil
}

// wholeBlock returns one segment over the block in which the first one stands.
func wholeBlock(doc *layout.Document, segments []corpus.Segment) []corpus.Segment {
	if len(segments) == 0 || doc == nil {
		return nil
	}
	s := segments[0]
	s.Span = corpus.Span{End: len(doc.Blocks[s.Block].Text)}
	return []corpus.Segment{s}
}

// relabel gives the units of the blocks in which u begins the kinds that the
// overrides now say, and checks their wordings again.
func (a *act) relabel(f files, u corpus.Unit) error {
	overrides, err := a.tx.Overrides(u.Version)
	if err != nil {
		return err
	}
	labels := corpus.BlockLabels(overrides)
	units, err := a.sharing(u)
	if err != nil {
		return err
	}
	for _, id := range units {
		rec, err := a.record(id)
		if err != nil {
			return err
		}
		setKinds(f.source, rec.Unit.Source, corpus.SourceSide, labels)
		setKinds(f.target, rec.Unit.Target, corpus.TargetSide, labels)
		if err := a.recheck(f, rec); err != nil {
			return err
		}
	}
	return nil
}

// sharing returns the unit and those beside it that have a block in common with
// its first ones.
func (a *act) sharing(u corpus.Unit) ([]corpus.UnitID, error) {
	shares := func(o corpus.Unit) bool {
		return len(u.Target) > 0 && inBlock(o.Target, u.Target[0].Block) || len(u.Source) > 0 && inBlock(o.Source, u.Source[0].Block)
	}
	ids := []corpus.UnitID{u.ID}
	for _, beside := range []func(corpus.VersionID, corpus.Filter, int64, int) ([]corpus.Unit, error){a.tx.Units, a.tx.UnitsBefore} {
		for at := u.Position; ; {
			next, err := beside(u.Version, corpus.Filter{}, at, 1)
			if err != nil {
				return nil, err
			}
			if len(next) == 0 || !shares(next[0]) {
				break
			}
			ids, at = append(ids, next[0].ID), next[0].Position
		}
	}
	return ids, nil
}

// setKinds gives segments the kind of their block, as people call it if they do.
func setKinds(doc *layout.Document, segments []corpus.Segment, side corpus.Side, labels []corpus.BlockLabel) {
	for i := range segments {
		s := &segments[i]
		b := &doc.Blocks[s.Block]
		s.Kind, s.Level = b.Kind.String(), b.Level
		if k := slices.IndexFunc(labels, func(l corpus.BlockLabel) bool { return l.Side == side && l.Block == s.Block }); k >= 0 {
			call(s, labels[k].Heading)
		}
	}
}

// calledLevel is the level of a block that people call a heading: it heads a part
// of the document, which has its own title.
const calledLevel = 2

// call makes a segment one of a heading, or of body text.
func call(s *corpus.Segment, heading bool) {
	is := s.Kind == layout.Heading.String()
	switch {
	case heading && !is:
		s.Kind, s.Level = layout.Heading.String(), calledLevel
	case !heading && is:
		s.Kind, s.Level = layout.Paragraph.String(), 0
	}
}

// recheck runs the checks over the wordings of a unit that people can still see
// findings of.
func (a *act) recheck(f files, rec *corpus.Record) error {
	ed, err := a.editionOf(f, rec.Unit)
	if err != nil {
		return err
	}
	latest := rec.Latest().ID
	for _, rev := range rec.Revisions {
		if rev.Undone {
			continue
		}
		j := ed.judge(rev.Text, rev.Place)
		if err := a.tx.SaveFindings(rev.ID, j.findings); err != nil {
			return err
		}
		if rev.ID == latest {
			rec.Unit.Summary.Risk = j.risk
		}
	}
	return a.weigh(rec)
}

// label gives the units of a new version the kinds that people gave their blocks.
func (s *shape) label(units []corpus.Unit) {
	if s == nil {
		return
	}
	var carried []corpus.Override
	for _, w := range s.wishes {
		if w.why == placed && w.Kind != corpus.OneUnit {
			o := w.Override
			o.Source, o.Target = w.source, w.target
			carried = append(carried, o)
		}
	}
	for _, l := range corpus.BlockLabels(carried) {
		for i := range units {
			segments := units[i].Target
			if l.Side == corpus.SourceSide {
				segments = units[i].Source
			}
			for k := range segments {
				if segments[k].Block == l.Block {
					call(&segments[k], l.Heading)
				}
			}
		}
	}
}
