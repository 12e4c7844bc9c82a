package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
)

// Fate says what a new version does to the work on a unit of the one before.
type Fate string

// The fates of a unit.
const (
	Untouched Fate = "untouched" // nobody had done anything; it takes what the new files say
	Kept      Fate = "kept"      // both sides are unchanged: everything stays as it is
	Offered   Fate = "offered"   // a human or approved wording stands; the new run is offered beside it
	Conflicts Fate = "conflict"  // its source changed: the wording stands as stale, to be looked at
	Removed   Fate = "removed"   // it is gone, and somebody had worked on it
	Dropped   Fate = "dropped"   // it is gone, and nobody had done anything
	Added     Fate = "added"     // a unit of the new version that has none before it
)

// Carried is what a new version does to one unit. Old is empty for an added
// unit, New for a removed one.
type Carried struct {
	Fate Fate
	Old  corpus.UnitID
	New  corpus.UnitID
	Text corpus.Pair // of the new unit, or of the old one that is gone

	Moved bool // it stands elsewhere now
}

// Preview is what a new version does to the work done so far.
type Preview struct {
	Counts map[Fate]int
	Moved  int       // of them, that stand elsewhere now
	Items  []Carried // in the order of the new version; what is gone stands last
	Kept   int       // units that people merged or split, and blocks they named, that are so again
	Lost   []string  // those that are not, each with its reason in a sentence for people, in English
}

// Preview says what taking a delivery as a new version of a document would do,
// and stores nothing.
func (d *Desk) Preview(ctx context.Context, user corpus.UserID, in Delivery, step func(Step)) (Preview, error) {
	if step == nil {
		step = func(Step) {}
	}
	var p corpus.Project
	var doc corpus.Document
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		if doc, err = r.Document(in.VersionOf); err != nil {
			return err
		}
		if p, err = r.Project(doc.Project); err != nil {
			return err
		}
		_, err = allowed(r, p, user, corpus.Import)
		return err
	})
	if err != nil {
		return Preview{}, err
	}
	if err := d.complete(ctx, &in); err != nil {
		return Preview{}, err
	}
	regime, err := d.regimeOf(ctx, p)
	if err != nil {
		return Preview{}, err
	}
	ready, err := d.prepare(ctx, regime, in, step)
	if err != nil {
		return Preview{}, err
	}
	preview := Preview{Counts: map[Fate]int{}}
	err = d.store.View(ctx, func(r corpus.Reader) error {
		before, err := d.filesOfVersion(r, doc.Format, ready.shape.version)
		if err != nil {
			return err
		}
		list, err := families(r, ready.shape.version.ID, ready.units, before, pairOfFiles{ready.source, ready.target})
		for _, f := range list {
			preview.add(f)
		}
		preview.Kept, preview.Lost, _ = ready.shape.settle(list, ready.units)
		return err
	})
	return preview, err
}

// add counts what becomes of a family: one unit for each of the new version,
// and each old one that is gone.
func (p *Preview) add(f family) {
	c := Carried{Fate: fate(f.old, f.whole), Moved: f.moved}
	if f.moved {
		p.Moved++
	}
	if f.old != nil {
		c.Old, c.Text = f.old.Unit.ID, f.old.Unit.Text
	}
	if f.whole != nil {
		c.New, c.Text = f.whole.ID, f.whole.Text
	}
	p.Counts[c.Fate]++
	p.Items = append(p.Items, c)
	for _, u := range f.rest {
		p.Counts[Untouched]++
		p.Items = append(p.Items, Carried{Fate: Untouched, Old: c.Old, New: u.ID, Text: u.Text})
	}
}

// units counts those of the new version.
func (p *Preview) units() int {
	n := 0
	for _, c := range p.Items {
		if c.New != "" {
			n++
		}
	}
	return n
}

// fate decides what becomes of the work on a unit. u is the unit in its place,
// nil where there is none; old is nil for a unit that nothing precedes.
func fate(old *corpus.Record, u *corpus.Unit) Fate {
	switch {
	case old == nil:
		return Added
	case u == nil && worked(old):
		return Removed
	case u == nil:
		return Dropped
	case old.Unit.Text == u.Text:
		return Kept
	case !worked(old):
		return Untouched
	case old.Unit.Text.Source == u.Text.Source:
		return Offered
	}
	return Conflicts
}

// worked reports whether somebody did something to the unit that counts.
func worked(rec *corpus.Record) bool {
	for _, x := range rec.Decisions {
		if !x.Undone {
			return true
		}
	}
	for _, x := range rec.Proposals {
		if !x.Undone {
			return true
		}
	}
	return len(rec.OpenFlags()) > 0
}

// similar is the share of a text that must be kept for two units in the same
// place to be one unit that changed.
const similar = 0.5

// reach is how many units of a gap are tried for one: whoever holds the writer
// must not compare each with each.
const reach = 8

// follow returns for each new unit the old one it follows from, or -1. Units
// that are equal on both sides go first, then, between those, units whose
// source is equal (whose target is, where there is no source). What is left
// between two pairs is taken one for one if there are as many on both sides,
// else where the texts are alike: to show too much as changed is safe, since
// nothing that changed stays approved. The order of units is kept throughout.
func follow(old, new []corpus.Pair) []int {
	m := settle(old, new)
	m.fill()
	return m.from
}

// followMoved is follow for texts whose parts may have been moved: what is left
// over when the order is kept is looked for elsewhere before anything is taken
// for changed in its place.
func followMoved(old, new []corpus.Pair) []int {
	m := settle(old, new)
	m.elsewhere()
	m.fill()
	return m.from
}

// settle pairs the units that are equal, in order.
func settle(old, new []corpus.Pair) *mover {
	m := &mover{old: old, new: new, from: make([]int, len(new)), taken: make([]bool, len(old)), moved: make([]bool, len(new))}
	for j := range m.from {
		m.from[j] = -1
	}
	match(old, new, m.from, span{0, len(old)}, span{0, len(new)}, wholeKey)
	for _, g := range gaps(m.from, len(old)) {
		match(old, new, m.from, g.old, g.new, mainKey)
	}
	for _, i := range m.from {
		if i >= 0 {
			m.taken[i] = true
		}
	}
	m.lean()
	return m
}

// alike reports whether two texts share enough to be one that changed.
func alike(a, b string) bool {
	if a == "" || b == "" || len(a) > 8*len(b) || len(b) > 8*len(a) {
		return false
	}
	return 1-diff.Ratio(diff.Texts(a, b)) >= similar
}

type span struct{ start, end int }

// match pairs the units of two stretches that have equal keys.
func match(old, new []corpus.Pair, from []int, o, n span, key func(corpus.Pair) string) {
	keys := func(list []corpus.Pair) []string {
		out := make([]string, len(list))
		for i, p := range list {
			out[i] = key(p)
		}
		return out
	}
	for _, p := range diff.Sequences(keys(old[o.start:o.end]), keys(new[n.start:n.end])) {
		from[n.start+p.New] = o.start + p.Old
	}
}

// stretch is a run of new units without a predecessor beside the stretch of
// old units without a successor.
type stretch struct{ old, new span }

func gaps(from []int, oldLen int) []stretch {
	var list []stretch
	lastOld, start := 0, 0
	for i := 0; i <= len(from); i++ {
		next := oldLen
		if i < len(from) {
			if from[i] < 0 {
				continue
			}
			next = from[i]
		}
		if i > start && next > lastOld {
			list = append(list, stretch{span{lastOld, next}, span{start, i}})
		}
		lastOld, start = next+1, i+1
	}
	return list
}
