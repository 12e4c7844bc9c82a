package workflow

import (
	"cmp"
	"math"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// A pair that somebody answered for or confirmed stays a pair in a new version
// that says the same on both sides: how the aligner takes what stands around it,
// or what it learned meanwhile, must not tear it apart.

// heldUnits reads the units of a version, and which of them are held.
func heldUnits(r corpus.Reader, version corpus.VersionID) (units []corpus.Unit, held int, err error) {
	const page = 1024
	after := int64(math.MinInt64)
	for {
		list, err := r.Units(version, corpus.Filter{}, after, page)
		if err != nil {
			return nil, 0, err
		}
		for _, u := range list {
			after = u.Position
			if isHeld(u) {
				held++
			}
		}
		units = append(units, list...)
		if len(list) < page {
			return units, held, nil
		}
	}
}

func isHeld(u corpus.Unit) bool {
	return len(u.Source) > 0 && len(u.Target) > 0 && (u.Bead.Status == corpus.BeadConfirmed || u.Summary.State >= corpus.StateApproved)
}

// hold returns pins for the units that are held and found again. None crosses
// another or one of those given; where blocks moved on one side alone as many
// are held as can be.
func (s *shape) hold(source, target sideShape, pins []align.Pin) []align.Pin {
	if s.held == 0 {
		return nil
	}
	var sources, targets []corpus.Segment
	for _, u := range s.units {
		sources, targets = append(sources, u.Source...), append(targets, u.Target...)
	}
	from, to := trackSegments(s.files.source, sources, source), trackSegments(s.files.target, targets, target)
	var list []align.Pin
	for _, u := range s.units {
		if !isHeld(u) {
			continue
		}
		p, ok := align.Pin{}, false
		if p.Source, ok = from.groups(u.Source); !ok {
			continue
		}
		if p.Target, ok = to.groups(u.Target); !ok || slices.ContainsFunc(pins, func(q align.Pin) bool { return disagree(p, q) }) {
			continue
		}
		list = append(list, p)
	}
	return longestChain(list)
}

// disagree reports whether two pins cross or overlap.
func disagree(p, q align.Pin) bool {
	before := p.Source.End <= q.Source.Start && p.Target.End <= q.Target.Start
	behind := q.Source.End <= p.Source.Start && q.Target.End <= p.Target.Start
	return !before && !behind
}

// longestChain returns as many of the pins as there can be without any two that
// cross. The pins of one side do not overlap.
func longestChain(pins []align.Pin) []align.Pin {
	slices.SortFunc(pins, func(a, b align.Pin) int { return cmp.Compare(a.Source.Start, b.Source.Start) })
	var ends []int // of chains of each length, the pin that ends lowest
	last := make([]int, len(pins))
	for i, p := range pins {
		n, _ := slices.BinarySearchFunc(ends, p.Target.Start, func(k, start int) int { return cmp.Compare(pins[k].Target.Start, start) })
		last[i] = -1
		if n > 0 {
			last[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var chain []align.Pin
	for i := ends[len(ends)-1]; i >= 0; i = last[i] {
		chain = append(chain, pins[i])
	}
	return chain
}

// segmentTrack says where the sentences of one file are in another.
type segmentTrack struct {
	to    map[[2]int]int // block and start of an old one → index of the equal new one
	shape sideShape
}

func trackSegments(doc *layout.Document, old []corpus.Segment, new sideShape) segmentTrack {
	slices.SortFunc(old, func(a, b corpus.Segment) int {
		return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	before, after := make([]corpus.Pair, len(old)), make([]corpus.Pair, len(new.segments))
	for i, s := range old {
		before[i].Source = doc.Blocks[s.Block].Text[s.Span.Start:s.Span.End]
	}
	for j, s := range new.segments {
		after[j].Source = s.Text
	}
	m := settle(before, after)
	m.elsewhere()
	t := segmentTrack{to: make(map[[2]int]int, len(old)), shape: new}
	for j, i := range m.from {
		if i >= 0 && before[i] == after[j] {
			t.to[[2]int{old[i].Block, old[i].Span.Start}] = j
		}
	}
	return t
}

// groups returns where the sentences of a unit stand together; false where they
// do not, or are a part of something else.
func (t segmentTrack) groups(segments []corpus.Segment) (align.Range, bool) {
	var r align.Range
	first := 0
	for n, s := range segments {
		j, ok := t.to[[2]int{s.Block, s.Span.Start}]
		if n == 0 {
			first = j
		}
		if !ok || j != first+n {
			return r, false
		}
	}
	var starts, ends bool
	r.Start, starts = slices.BinarySearch(t.shape.starts, first)
	r.End, ends = slices.BinarySearch(t.shape.starts, first+len(segments))
	return r, starts && ends
}
