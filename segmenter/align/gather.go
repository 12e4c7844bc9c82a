package align

// Beads of more than mostSide units a side are too rare to search for, but they do occur: an
// enumeration of nine items that the translator has made one sentence of comes out as four
// items with that sentence, and five left out.
const (
	saturated  = 3  // units on the side of a bead from which on more may belong to it
	mostGather = 40 // units that are taken in on either side of a bead
)

// gather takes null beads into the bead beside them where that bead has many units on their
// side, one or two on the other, and goes together better with them than without.
func (s *search) gather(steps []step) []step {
	out := make([]step, 0, len(steps))
	for k := 0; k < len(steps); k++ {
		st := steps[k]
		move := st.gathers()
		if move == 0 {
			out = append(out, st)
			continue
		}
		before := 0
		for before < min(len(out), mostGather) && out[len(out)-1-before].move == move {
			before++
		}
		after := 0
		for after < mostGather && k+1+after < len(steps) && steps[k+1+after].move == move {
			after++
		}
		st, taken := s.extended(st, out[len(out)-before:], false)
		out = out[:len(out)-taken]
		st, taken = s.extended(st, steps[k+1:k+1+after], true)
		out = append(out, st)
		k += taken
	}
	return out
}

// gathers returns the move of the null beads that a bead may take in, 0 for none.
func (st step) gathers() uint8 {
	n, m := st.i1-st.i0, st.j1-st.j0
	switch {
	case n >= saturated && (m == 1 || m == 2):
		return firstNull
	case m >= saturated && (n == 1 || n == 2):
		return lastNull
	}
	return 0
}

// extended joins to a bead as many of the null beads that follow it, or else precede it, as
// do it most good, and says how many.
func (s *search) extended(st step, nulls []step, follow bool) (step, int) {
	if len(nulls) == 0 {
		return st, 0
	}
	best, taken := st, 0
	least := s.rateWhole(st) + leastGain
	x := st
	for n := 1; n <= len(nulls); n++ {
		if s.sealed(nulls, n, follow) {
			break
		}
		if follow {
			x.i1, x.j1 = nulls[n-1].i1, nulls[n-1].j1
		} else {
			x.i0, x.j0 = nulls[len(nulls)-n].i0, nulls[len(nulls)-n].j0
		}
		if r := s.rateWhole(x); r > least {
			gain := r - least + leastGain
			best, taken, least = x, n, r
			best.score, best.margin = r, min(st.margin, gain)
		}
	}
	best.hint = st.hint
	return best, taken
}

// sealed reports whether the nth of the null beads, counted from the bead they may join, is a
// heading or a cell.
func (s *search) sealed(nulls []step, n int, follow bool) bool {
	st := nulls[n-1]
	if !follow {
		st = nulls[len(nulls)-n]
	}
	if st.move == firstNull {
		return s.source[st.i0].kind.sealed()
	}
	return s.target[st.j0].kind.sealed()
}

// rateWhole is the score of a bead of any size: that of its sides as one unit each.
func (s *search) rateWhole(st step) float32 {
	source, target := joined(s.source[st.i0:st.i1]), joined(s.target[st.j0:st.j1])
	whole := newSearch(s.params, []unit{source}, []unit{target}, s.table, s.scratch)
	return whole.rate(step{i1: 1, j1: 1})
}

// joined makes one unit of several.
func joined(list []unit) unit {
	u := list[0]
	u.words = append([]int32(nil), u.words...)
	for _, x := range list[1:] {
		u.words = append(u.words, x.words...)
		u.length += x.length
		u.last = x.last
	}
	return u
}
