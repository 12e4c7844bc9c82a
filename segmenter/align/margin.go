package align

import "context"

// margins sets the score of each step and by how much the best path leads over the best one
// without it. A path without the step covers its first unit by another bead; so it is enough
// to know, for every unit, the best path through each bead that covers it.
func (s *search) margins(ctx context.Context, l *lattice, steps []step) error {
	n := len(l.low) - 1
	proper, null, err := l.backward(ctx, s)
	if err != nil {
		return err
	}
	best := max(l.proper[len(l.proper)-1], l.null[len(l.null)-1])
	owner := make([]int32, n) // source unit → its step
	ownerT := make([]int32, int(l.high[n]))
	rival, rivalT := make([]float32, n), make([]float32, len(ownerT))
	for k, st := range steps {
		for i := st.i0; i < st.i1; i++ {
			owner[i], rival[i] = int32(k), minusInf
		}
		for j := st.j0; j < st.j1; j++ {
			ownerT[j], rivalT[j] = int32(k), minusInf
		}
	}
	err = l.each(ctx, func(m, pi, i, pj, j int, score float32) {
		from, to := l.offset[pi]+pj-int(l.low[pi]), l.offset[i]+j-int(l.low[i])
		var through float32
		if m == firstNull || m == lastNull {
			through = max(l.proper[from]+s.prior[m], l.null[from]+s.again) + null[to]
		} else {
			through = max(l.proper[from], l.null[from]) + score + proper[to]
		}
		var st step
		if i > pi {
			st = steps[owner[pi]]
		} else {
			st = steps[ownerT[pj]]
		}
		if int(st.i0) == pi && int(st.i1) == i && int(st.j0) == pj && int(st.j1) == j {
			k := ownerOf(owner, ownerT, pi, i, pj)
			steps[k].score = 0
			if m != firstNull && m != lastNull {
				steps[k].score = score - s.prior[m]
			}
			return
		}
		for u := pi; u < i; u++ {
			rival[u] = max(rival[u], through)
		}
		for u := pj; u < j; u++ {
			rivalT[u] = max(rivalT[u], through)
		}
	})
	if err != nil {
		return err
	}
	for k := range steps {
		st := &steps[k]
		other := minusInf
		if st.i1 > st.i0 {
			other = rival[st.i0]
		} else {
			other = rivalT[st.j0]
		}
		st.margin = min(max(best-other, 0), mostMargin)
	}
	return nil
}

// mostMargin is as sure as a computed bead can be.
const mostMargin = 50

func ownerOf(owner, ownerT []int32, pi, i, pj int) int32 {
	if i > pi {
		return owner[pi]
	}
	return ownerT[pj]
}

// each visits every bead of the lattice, last first.
func (l *lattice) each(ctx context.Context, visit func(m, pi, i, pj, j int, score float32)) error {
	for i := len(l.low) - 1; i >= 0; i-- {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for j := int(l.high[i]); j >= int(l.low[i]); j-- {
			node := l.offset[i] + j - int(l.low[i])
			for m := range l.kinds {
				pi, pj := i-int(moves[m].a), j-int(moves[m].b)
				if pi < 0 || pj < int(l.low[pi]) || pj > int(l.high[pi]) {
					continue
				}
				visit(m, pi, i, pj, j, l.scores[node*l.kinds+m])
			}
		}
	}
	return nil
}

// backward computes, for each node and each state of the bead before it, the best score of the
// rest of the path.
func (l *lattice) backward(ctx context.Context, s *search) (proper, null []float32, err error) {
	proper, null = make([]float32, len(l.back)), make([]float32, len(l.back))
	for k := range proper {
		proper[k], null[k] = minusInf, minusInf
	}
	proper[len(proper)-1], null[len(null)-1] = 0, 0
	err = l.each(ctx, func(m, pi, i, pj, j int, score float32) {
		from, to := l.offset[pi]+pj-int(l.low[pi]), l.offset[i]+j-int(l.low[i])
		if m == firstNull || m == lastNull {
			proper[from] = max(proper[from], s.prior[m]+null[to])
			null[from] = max(null[from], s.again+null[to])
			return
		}
		proper[from] = max(proper[from], score+proper[to])
		null[from] = max(null[from], score+proper[to])
	})
	return proper, null, err
}
