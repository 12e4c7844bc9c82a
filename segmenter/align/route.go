package align

import (
	"context"
	"math"
	"slices"
)

// Gaps between anchors of at most wholeGap cells are searched whole; gaps of more than wideGap
// cells are first looked at from afar, from so far that farWhole cells remain at most.
const (
	wholeGap = 1200
	wideGap  = 64 * 64
	farWhole = 160 * 160
)

// How many units are looked at as one from afar, and how many of those the band is laid wide
// on either side of the path found there.
const (
	zoom      = 4
	zoomSlack = 3
)

// route lays the band for the first pass: narrow beside anchors, wider with the distance from
// the nearest one. A gap too wide for that is aligned with groups of units in place of units,
// recursively, so that even a text without any anchor costs n log n and not n².
func (s *search) route(ctx context.Context) (band, error) {
	n, m := len(s.source), len(s.target)
	if n*m <= wholeGap {
		return fullBand(n, m), nil
	}
	b := emptyBand(n, m)
	slope := float64(m) / float64(n)
	list, err := candidates(ctx, s.source, s.target, s.table, len(s.head))
	if err != nil {
		return band{}, err
	}
	chain := supported(heaviestChain(list, m), slope)
	i, j := 0, 0
	for k := 0; k <= len(chain); k++ {
		i1, j1 := n, m
		if k < len(chain) {
			i1, j1 = int(chain[k].i), int(chain[k].j)
		}
		if err := s.lay(ctx, b, region{i0: i, i1: i1, j0: j, j1: j1}, slope); err != nil {
			return band{}, err
		}
		b.open(i1, max(0, j1-anchorSlack), min(m, j1+1+anchorSlack))
		if i1 < n {
			b.open(i1+1, max(0, j1-anchorSlack), min(m, j1+1+anchorSlack))
		}
		i, j = i1+1, j1+1
	}
	return b.mend(m), nil
}

// anchorSlack is how far the path may stray from an anchor, in case it is wrong.
const anchorSlack = 5

// lay opens the band across one gap.
func (s *search) lay(ctx context.Context, b band, r region, slope float64) error {
	m := len(s.target)
	di, dj := r.i1-r.i0, r.j1-r.j0
	if di < 0 || dj < 0 {
		return nil
	}
	if di*dj > wideGap {
		steps, err := s.fromAfar(ctx, s.source[r.i0:r.i1], s.target[r.j0:r.j1])
		if err != nil {
			return err
		}
		for _, st := range steps {
			lo := r.j0 + (int(st.j0)-zoomSlack)*zoom
			hi := r.j0 + (int(st.j1)+zoomSlack)*zoom
			for i := r.i0 + int(st.i0)*zoom; i <= min(r.i1, r.i0+int(st.i1)*zoom); i++ {
				b.open(i, max(0, lo), min(m, hi))
			}
		}
		return nil
	}
	for i := r.i0; i <= r.i1; i++ {
		lo, hi := r.j0, r.j1
		if di*dj > wholeGap {
			mid := float64(r.j0) + float64(i-r.i0)*float64(dj)/float64(di)
			half := 10 + 0.3*float64(min(i-r.i0, r.i1-i)) + math.Abs(float64(dj)-slope*float64(di))
			lo, hi = max(r.j0, int(mid-half)), min(r.j1, int(mid+half))
		}
		b.open(i, max(0, lo-anchorSlack), min(m, hi+anchorSlack))
	}
	return nil
}

// fromAfar aligns groups of units.
func (s *search) fromAfar(ctx context.Context, source, target []unit) ([]step, error) {
	far := newSearch(s.params, group(source), group(target), s.table, s.scratch)
	// What makes one chapter's translation longer than another's does not even out over more
	// text as chance does; and leaving out a group is leaving out many units.
	far.spread *= zoom
	far.again = far.prior[firstNull]
	b := fullBand(len(far.source), len(far.target))
	if len(far.source)*len(far.target) > farWhole {
		steps, err := far.fromAfar(ctx, far.source, far.target)
		if err != nil {
			return nil, err
		}
		b = emptyBand(len(far.source), len(far.target))
		m := len(far.target)
		for _, st := range steps {
			for i := int(st.i0) * zoom; i <= min(len(far.source), int(st.i1)*zoom); i++ {
				b.open(i, max(0, (int(st.j0)-zoomSlack)*zoom), min(m, (int(st.j1)+zoomSlack)*zoom))
			}
		}
		b = b.mend(m)
	}
	_, steps, err := far.run(ctx, b, coarseMoves, false, &progress{})
	return steps, err
}

// group joins every few units into one that holds each word once. Words that most groups hold
// tell them apart no better than no word and are left out, so that the work stays the same on
// every level.
func group(list []unit) []unit {
	out := make([]unit, 0, len(list)/zoom+1)
	held := map[int32]int32{}
	for len(list) > 0 {
		n := min(zoom, len(list))
		var u unit
		for _, x := range list[:n] {
			u.words = append(u.words, x.words...)
			u.length += x.length
		}
		slices.Sort(u.words)
		u.words = slices.Compact(u.words)
		for _, w := range u.words {
			held[w]++
		}
		out, list = append(out, u), list[n:]
	}
	most := max(8, int32(len(out)/4))
	for k := range out {
		out[k].words = slices.DeleteFunc(out[k].words, func(w int32) bool { return held[w] > most })
	}
	return out
}
