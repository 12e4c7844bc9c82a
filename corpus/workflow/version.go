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
}

// Preview is what a new version does to the work done so far.
type Preview struct {
	Counts map[Fate]int
	Items  []Carried // in the order of the new version; what is gone stands last
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
	regime, err := d.regimeOf(ctx, p)
	if err != nil {
		return Preview{}, err
	}
	ready, err := prepare(ctx, regime, in, step)
	if err != nil {
		return Preview{}, err
	}
	preview := Preview{Counts: map[Fate]int{}}
	err = d.store.View(ctx, func(r corpus.Reader) error {
		return eachPair(r, doc.Current, ready.units, func(old *corpus.Record, u *corpus.Unit) error {
			preview.add(old, u)
			return nil
		})
	})
	return preview, err
}

func (p *Preview) add(old *corpus.Record, u *corpus.Unit) {
	c := Carried{Fate: fate(old, u)}
	if old != nil {
		c.Old, c.Text = old.Unit.ID, old.Unit.Text
	}
	if u != nil {
		c.New, c.Text = u.ID, u.Text
	}
	p.Counts[c.Fate]++
	p.Items = append(p.Items, c)
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

// eachPair calls f for every unit of the new version with the record of the
// unit it follows from, or nil; then, with a nil unit, for every old unit that
// none follows from.
func eachPair(r corpus.Reader, old corpus.VersionID, units []corpus.Unit, f func(*corpus.Record, *corpus.Unit) error) error {
	var records []corpus.Record
	for rec, err := range r.Records(old) {
		if err != nil {
			return err
		}
		records = append(records, rec)
	}
	oldTexts, newTexts := make([]corpus.Pair, len(records)), make([]corpus.Pair, len(units))
	for i := range records {
		oldTexts[i] = records[i].Unit.Text
	}
	for i := range units {
		newTexts[i] = units[i].Text
	}
	from := follow(oldTexts, newTexts)
	taken := make([]bool, len(records))
	for i := range units {
		var rec *corpus.Record
		if from[i] >= 0 {
			rec, taken[from[i]] = &records[from[i]], true
		}
		if err := f(rec, &units[i]); err != nil {
			return err
		}
	}
	for i := range records {
		if taken[i] {
			continue
		}
		if err := f(&records[i], nil); err != nil {
			return err
		}
	}
	return nil
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
	from := make([]int, len(new))
	for i := range from {
		from[i] = -1
	}
	whole := func(p corpus.Pair) string { return p.Source + "\x00" + p.Target }
	main := func(p corpus.Pair) string {
		if p.Source != "" {
			return p.Source
		}
		return p.Target
	}
	match(old, new, from, span{0, len(old)}, span{0, len(new)}, whole)
	for _, g := range gaps(from, len(old)) {
		match(old, new, from, g.old, g.new, main)
	}
	for _, g := range gaps(from, len(old)) {
		if n := g.old.end - g.old.start; n == g.new.end-g.new.start {
			for k := range n {
				from[g.new.start+k] = g.old.start + k
			}
			continue
		}
		next := g.old.start
		for j := g.new.start; j < g.new.end; j++ {
			for i := next; i < min(g.old.end, next+reach); i++ {
				if alike(main(old[i]), main(new[j])) {
					from[j], next = i, i+1
					break
				}
			}
		}
	}
	return from
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
