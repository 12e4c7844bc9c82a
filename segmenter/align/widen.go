package align

import "context"

const (
	widenings   = 2  // rounds; each doubles the band where it does not suffice
	scoreWindow = 10 // proper beads whose mean score must not be below that of strangers
	farAside    = 40 // rows taken along on either side of a suspect stretch
)

// widen redoes the stretches of a path for which the band may have been too narrow: where the
// path runs along its edge, or the beads go together worse than strangers. Only those stretches
// are searched again, between two nodes of the path well outside.
func (s *search) widen(ctx context.Context, b band, steps []step) ([]step, error) {
	for range widenings {
		rows := s.suspects(b, steps)
		if rows == nil {
			return steps, nil
		}
		b = b.doubled(rows, len(s.target))
		var out []step
		for k := 0; k < len(steps); {
			if !rows[steps[k].i0] {
				out = append(out, steps[k])
				k++
				continue
			}
			end := k
			for end < len(steps) && rows[steps[end].i0] {
				end++
			}
			first, last := steps[k], steps[end-1]
			r := region{i0: int(first.i0), i1: int(last.i1), j0: int(first.j0), j1: int(last.j1)}
			part := newSearch(s.params, s.source[r.i0:r.i1], s.target[r.j0:r.j1], s.table, s.scratch)
			_, better, err := part.run(ctx, b.within(r), coarseMoves, false, &progress{})
			if err != nil {
				return nil, err
			}
			out, k = append(out, r.place(better)...), end
		}
		steps = out
	}
	return steps, nil
}

// suspects marks the rows to be searched again, nil for none.
func (s *search) suspects(b band, steps []step) []bool {
	n, m := len(s.source), int32(len(s.target))
	rows := make([]bool, n+1)
	found := false
	mark := func(i0, i1 int32) {
		found = true
		for i := max(0, int(i0)-farAside); i <= min(n, int(i1)+farAside); i++ {
			rows[i] = true
		}
	}
	sum, window := float32(0), make([]float32, 0, len(steps))
	for _, st := range steps {
		low, high := b.low[st.i1], b.high[st.i1]
		if low > 0 && st.j1 <= low || high < m && st.j1 >= high {
			mark(st.i1, st.i1)
		}
		if st.null() {
			continue
		}
		score := s.rate(st)
		window = append(window, score)
		sum += score
		if k := len(window) - scoreWindow; k >= 0 {
			if sum < 0 {
				mark(st.i0-scoreWindow, st.i1)
			}
			sum -= window[k]
		}
	}
	if !found {
		return nil
	}
	return rows
}

// rate is the score of a proper bead without its prior, whether the search was there or not.
func (s *search) rate(st step) float32 {
	i0, i1, j0, j1 := int(st.i0), int(st.i1), int(st.j0), int(st.j1)
	for i := i0; i < i1; i++ {
		s.fill(i, j0, j1)
	}
	return s.evidence(i0, i1, j0, j1)
}

// doubled is a band twice as wide in the marked rows.
func (b band) doubled(rows []bool, m int) band {
	w := band{make([]int32, len(b.low)), make([]int32, len(b.low))}
	for i := range b.low {
		w.low[i], w.high[i] = b.low[i], b.high[i]
		if rows[i] {
			more := max(8, (b.high[i]-b.low[i])/2)
			w.low[i], w.high[i] = max(0, b.low[i]-more), min(int32(m), b.high[i]+more)
		}
	}
	return w.mend(m)
}

// within is the part of a band inside a region, in the region's own counting.
func (b band) within(r region) band {
	n, m := r.i1-r.i0, r.j1-r.j0
	w := emptyBand(n, m)
	for i := range w.low {
		w.open(i, max(0, int(b.low[r.i0+i])-r.j0), min(m, int(b.high[r.i0+i])-r.j0))
	}
	return w.mend(m)
}
