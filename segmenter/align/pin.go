package align

import (
	"cmp"
	"context"
	"slices"
)

// sound keeps the pins that can all be met, in order.
func sound(pins []Pin, sources, targets int) []Pin {
	sorted := slices.Clone(pins)
	slices.SortStableFunc(sorted, func(a, b Pin) int {
		return cmp.Or(a.Source.Start-b.Source.Start, a.Source.End-b.Source.End, a.Target.Start-b.Target.Start)
	})
	var kept []Pin
	i, j := 0, 0
	for _, p := range sorted {
		s, t := p.Source, p.Target
		if s.Start < i || t.Start < j || s.End < s.Start || t.End < t.Start || s.End > sources || t.End > targets || s.Len()+t.Len() == 0 {
			continue
		}
		kept = append(kept, p)
		i, j = s.End, t.End
	}
	return kept
}

// between lists the regions that pins leave open.
func between(pins []Pin, n, m int) []region {
	var list []region
	i, j := 0, 0
	open := func(i1, j1 int) {
		if i < i1 || j < j1 {
			list = append(list, region{i, i1, j, j1, mostMargin})
		}
	}
	for _, p := range pins {
		open(p.Source.Start, p.Target.Start)
		i, j = p.Source.End, p.Target.End
	}
	open(n, m)
	return list
}

// rejoin looks again at short regions between pins in which one sentence was left alone and
// another that could go with it too. In the open, two sentences whose words and lengths speak
// against each other are likelier left out and added; between two places that a person has
// settled, with as much on the one side as on the other, they belong together. The beads of a
// region that is joined say that only their place speaks for them.
func (a *aligner) rejoin(ctx context.Context, steps []step, regions []region) ([]step, error) {
	var out []step
	for _, r := range regions {
		k := 0
		for k < len(steps) && int(steps[k].i1) <= r.i1 && int(steps[k].j1) <= r.j1 {
			k++
		}
		part := steps[:k]
		steps = steps[k:]
		if r.torn(part) {
			var err error
			if part, err = a.join(ctx, r, part); err != nil {
				return nil, err
			}
		}
		out = append(out, part...)
	}
	return out, nil
}

// torn reports whether a region is short and all of it was left alone, or some of it though
// both sides are of a length.
func (r region) torn(steps []step) bool {
	n, m := r.i1-r.i0, r.j1-r.j0
	if n == 0 || m == 0 || n*m > wholeGap {
		return false
	}
	return allNull(steps) || n == m && slices.ContainsFunc(steps, step.null)
}

func allNull(steps []step) bool {
	return !slices.ContainsFunc(steps, func(st step) bool { return !st.null() })
}

// By how much dearer it is between pins to leave a sentence alone, and all of them.
const (
	someAlone = 10
	allAlone  = 15
)

// join aligns a torn region anew.
func (a *aligner) join(ctx context.Context, r region, before []step) ([]step, error) {
	p, alone := a.refined, float32(someAlone)
	if allNull(before) {
		alone = allAlone
	}
	p.prior[firstNull] -= alone
	p.prior[lastNull] -= alone
	p.again -= alone
	s := newSearch(p, a.source[r.i0:r.i1], a.target[r.j0:r.j1], a.table, a.scratch)
	l, steps, err := s.run(ctx, fullBand(len(s.source), len(s.target)), len(moves), true, &progress{})
	if err != nil {
		return nil, err
	}
	if err := s.margins(ctx, l, steps); err != nil {
		return nil, err
	}
	steps = r.place(steps)
	for k, st := range steps {
		steps[k].placed = !st.null() && !slices.ContainsFunc(before, func(b step) bool {
			return b.i0 == st.i0 && b.i1 == st.i1 && b.j0 == st.j0 && b.j1 == st.j1
		})
	}
	return steps, nil
}

func pinned(p Pin) Bead {
	return Bead{Source: p.Source, Target: p.Target, Score: 1, Margin: Pinned, Reasons: []Reason{{ID: "pinned"}}}
}
