package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/align"
)

// realignReach is how many units on either side a realignment goes at the most
// where no anchor stops it: it is saved in one act while others wait.
const realignReach = 400

// Realigned is what a realignment did.
type Realigned struct {
	Units   int           // that were looked at
	Changed int           // units that pair other sentences now
	At      corpus.UnitID // where the unit stands now
}

// anchored reports whether a unit is settled: a person confirmed its pairing, or
// did something to it that counts. Realigning leaves such units alone.
func anchored(u corpus.Unit) bool {
	s := u.Summary
	return u.Bead.Status == corpus.BeadConfirmed || s.State != corpus.StateMachine || s.Pending > 0 || s.Flags > 0 || s.Comments > 0
}

// Realign pairs the sentences around a unit anew, as far as the nearest anchors:
// units that people confirmed or worked on. With pin the unit becomes an anchor
// itself first; an anchor is kept as it is. Only units that come out differently
// are touched. The alignment is made before the store is written to; where
// somebody changed one of the units meanwhile it is refused with kind Conflict.
func (d *Desk) Realign(ctx context.Context, user corpus.UserID, unit corpus.UnitID, pin bool) (Realigned, error) {
	return d.realign(ctx, user, unit, unit, pin)
}

// Pin says that the source of one unit and the translation of another belong
// together, and pairs what stands around them anew, as Realign does. It is
// refused where an anchor stands between the two.
func (d *Desk) Pin(ctx context.Context, user corpus.UserID, source, target corpus.UnitID) (Realigned, error) {
	return d.realign(ctx, user, source, target, true)
}

// field is a stretch of units that is paired anew.
type field struct {
	project          corpus.Project
	units            []corpus.Unit
	sources, targets []corpus.Segment
	pins             []align.Pin
	files            files
	learned          *align.Lexicon
}

func (d *Desk) realign(ctx context.Context, user corpus.UserID, source, target corpus.UnitID, pin bool) (Realigned, error) {
	f, err := d.field(ctx, user, source, target, pin)
	if err != nil {
		return Realigned{}, err
	}
	shapes, err := f.align(ctx, pin)
	if err != nil {
		return Realigned{}, err
	}
	out := Realigned{Units: len(f.units), At: source}
	runs := changedRuns(f.units, shapes)
	var touched []corpus.UnitID
	for _, run := range runs {
		for _, u := range run.old {
			touched = append(touched, u.ID)
		}
	}
	beads := map[corpus.UnitID]corpus.Bead{} // of units that stay, where something else is to be said of them
	for _, u := range f.units {
		i := slices.IndexFunc(shapes, func(s pairing) bool { return s.of(u) })
		if i >= 0 && shapes[i].bead.Status != u.Bead.Status && (u.ID == source && pin || !anchored(u)) {
			beads[u.ID] = shapes[i].bead
			touched = append(touched, u.ID)
		}
	}
	if len(touched) == 0 {
		return out, nil
	}
	locks := map[corpus.UnitID]int64{}
	for _, u := range f.units {
		locks[u.ID] = u.Lock
	}
	pinned := slices.IndexFunc(shapes, func(s pairing) bool { return f.isPin(s) })
	_, err = d.do(ctx, user, corpus.Relink, touched, func(a *act) error {
		out.Changed = 0
		for _, id := range touched {
			rec := a.records[id]
			if rec.Unit.Lock != locks[id] {
				return corpus.Errorf(corpus.Conflict, "somebody changed a sentence here meanwhile; look again and repeat it")
			}
			if err := a.check(corpus.Relink, corpus.Object{State: rec.State()}); err != nil {
				return err
			}
			if to, ok := beads[id]; ok {
				a.setBead(rec, to)
			}
		}
		for _, run := range runs {
			r := &relinker{act: a, files: f.files}
			for _, u := range run.old {
				r.old = append(r.old, a.records[u.ID])
			}
			made, err := r.reshape(run.shapes)
			if err != nil {
				return err
			}
			out.Changed += len(made)
			for i, u := range made {
				if slices.ContainsFunc(run.old, func(o corpus.Unit) bool { return o.ID == source }) && (i == 0 || pinned >= 0 && run.shapes[i].of(corpus.Unit{Source: shapes[pinned].source, Target: shapes[pinned].target})) {
					out.At = u.ID
				}
			}
		}
		return nil
	})
	return out, err
}

// field reads the stretch around a unit up to the nearest anchors.
func (d *Desk) field(ctx context.Context, user corpus.UserID, source, target corpus.UnitID, pin bool) (*field, error) {
	f := &field{}
	err := d.store.View(ctx, func(r corpus.Reader) error {
		u, err := r.Unit(source)
		if err != nil {
			return err
		}
		doc, err := r.Document(u.Document)
		if err != nil {
			return err
		}
		if f.project, err = r.Project(doc.Project); err != nil {
			return err
		}
		if _, err := allowed(r, f.project, user, corpus.Relink); err != nil {
			return err
		}
		if u.Retired || u.Version != doc.Current {
			return corpus.Errorf(corpus.Conflict, "the unit was changed meanwhile; open the document again")
		}
		before, err := r.UnitsBefore(u.Version, corpus.Filter{}, u.Position, realignReach)
		if err != nil {
			return err
		}
		after, err := r.Units(u.Version, corpus.Filter{}, u.Position, realignReach)
		if err != nil {
			return err
		}
		for i := len(before) - 1; i >= 0; i-- {
			if anchored(before[i]) {
				before = before[i+1:]
				break
			}
		}
		if i := slices.IndexFunc(after, anchored); i >= 0 {
			after = after[:i]
		}
		f.units = slices.Concat(before, []corpus.Unit{u}, after)
		if err := f.sentences(source, target, pin || anchored(u)); err != nil {
			return err
		}
		f.learned, err = d.learned(r, f.project, doc.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	f.files, err = d.filesOf(ctx, source)
	return f, err
}

// sentences lists those of the stretch, and the one pin among them.
func (f *field) sentences(source, target corpus.UnitID, pin bool) error {
	var p align.Pin
	found := 0
	for _, u := range f.units {
		i, j := len(f.sources), len(f.targets)
		f.sources, f.targets = append(f.sources, u.Source...), append(f.targets, u.Target...)
		if u.ID == source {
			p.Source = align.Range{Start: i, End: len(f.sources)}
			found++
		}
		if u.ID == target {
			p.Target = align.Range{Start: j, End: len(f.targets)}
			found++
		}
	}
	if found < 2 {
		return corpus.Errorf(corpus.Conflict, "somebody answered for a sentence between the two, or they are too far apart; their links stay as they are")
	}
	if source != target && (p.Source.Len() == 0 || p.Target.Len() == 0) {
		return corpus.Errorf(corpus.Invalid, "one of the two has nothing that could be paired")
	}
	for i := 1; i < len(f.targets); i++ {
		a, b := f.targets[i-1], f.targets[i]
		if b.Block < a.Block || b.Block == a.Block && b.Span.Start < a.Span.End {
			return corpus.Errorf(corpus.Conflict, "links cross here; they are only changed one by one")
		}
	}
	if pin {
		f.pins = []align.Pin{p}
	}
	return nil
}

// align pairs the sentences of the stretch.
func (f *field) align(ctx context.Context, pin bool) ([]pairing, error) {
	list := func(side corpus.Side, segments []corpus.Segment) []align.Sentence {
		out := make([]align.Sentence, len(segments))
		for i, s := range segments {
			out[i] = align.Sentence{Text: f.files.text(side, segments[i:i+1]), Block: s.Block, Kind: alignKindNamed(s.Kind)}
		}
		return out
	}
	beads, err := align.Align(ctx, list(corpus.SourceSide, f.sources), list(corpus.TargetSide, f.targets), align.Options{
		Source: f.project.Source, Target: f.project.Target, Lexicon: align.Default(f.project.Source, f.project.Target), Learned: f.learned, Pins: f.pins,
	})
	if err != nil {
		return nil, err
	}
	shapes := make([]pairing, len(beads))
	for i, b := range beads {
		shapes[i] = pairing{slices.Clone(f.sources[b.Source.Start:b.Source.End]), slices.Clone(f.targets[b.Target.Start:b.Target.End]), beadOf(b, true)}
		if pin && b.Margin == align.Pinned {
			shapes[i].bead.Status = corpus.BeadConfirmed
		}
	}
	return shapes, nil
}

// isPin reports whether a pairing is the pair that was pinned.
func (f *field) isPin(s pairing) bool {
	for _, p := range f.pins {
		if slices.Equal(s.source, f.sources[p.Source.Start:p.Source.End]) && slices.Equal(s.target, f.targets[p.Target.Start:p.Target.End]) {
			return true
		}
	}
	return false
}

// changedRun is a run of neighbouring units beside the shapes that take their
// place.
type changedRun struct {
	old    []corpus.Unit
	shapes []pairing
}

// changedRuns leaves out the units that come out as they were. Both lists cover
// the same sentences in the same order.
func changedRuns(units []corpus.Unit, shapes []pairing) []changedRun {
	var list []changedRun
	var run changedRun
	flush := func() {
		if len(run.old)+len(run.shapes) > 0 {
			list = append(list, run)
			run = changedRun{}
		}
	}
	k := 0
	for _, u := range units {
		same := slices.IndexFunc(shapes[k:], func(s pairing) bool { return s.of(u) })
		if same < 0 {
			run.old = append(run.old, u)
			continue
		}
		run.shapes = append(run.shapes, shapes[k:k+same]...)
		if len(run.old) == 0 && same > 0 { // nothing to take the place of: the unit goes along
			run.old, run.shapes = append(run.old, u), append(run.shapes, shapes[k+same])
		} else {
			flush()
		}
		k += same + 1
	}
	run.shapes = append(run.shapes, shapes[k:]...)
	flush()
	return list
}
