package align

// leastGain is by how much the evidence for a bead must be better without a unit for that unit
// to be suspected of having no counterpart.
const leastGain = 1.0

// omissions looks again at the beads of several units a side. The best path would rather join
// a unit to its neighbour's bead than leave it alone, because joining is the commoner case. If
// a bead goes together better without its first or last unit, that unit becomes a null bead
// where most words of the text are known; elsewhere the path stays as it is, and the step says
// which unit to look at.
func (s *search) omissions(steps []step) []step {
	out := make([]step, 0, len(steps))
	for _, st := range steps {
		rest, cut, gain := s.without(st)
		switch {
		case gain < leastGain:
			out = append(out, st)
		case !s.known:
			st.hint = hintFor(st, cut)
			out = append(out, st)
		default:
			rest.score, rest.margin = st.score+gain, st.margin
			cut.margin = gain
			if cut.i0 < rest.i0 || cut.j0 < rest.j0 {
				out = append(out, cut, rest)
			} else {
				out = append(out, rest, cut)
			}
		}
	}
	return out
}

// without finds the unit at an end of a bead whose removal gains most, if any does.
func (s *search) without(st step) (rest, cut step, gain float32) {
	if st.null() || st.i1-st.i0+st.j1-st.j0 < 3 {
		return st, cut, 0
	}
	whole := s.rate(st)
	for _, c := range [...]step{
		{i0: st.i0, i1: st.i0 + 1, j0: st.j0, j1: st.j0, move: firstNull},
		{i0: st.i1 - 1, i1: st.i1, j0: st.j1, j1: st.j1, move: firstNull},
		{i0: st.i0, i1: st.i0, j0: st.j0, j1: st.j0 + 1, move: lastNull},
		{i0: st.i1, i1: st.i1, j0: st.j1 - 1, j1: st.j1, move: lastNull},
	} {
		r := st.minus(c)
		if r.i0 == r.i1 || r.j0 == r.j1 {
			continue
		}
		if g := s.rate(r) - whole; g > gain {
			rest, cut, gain = r, c, g
		}
	}
	return rest, cut, gain
}

// minus is a bead without a null bead at one of its ends.
func (st step) minus(cut step) step {
	switch {
	case cut.i1 > cut.i0 && cut.i0 == st.i0:
		st.i0++
	case cut.i1 > cut.i0:
		st.i1--
	case cut.j0 == st.j0:
		st.j0++
	default:
		st.j1--
	}
	for m, mv := range moves {
		if int32(mv.a) == st.i1-st.i0 && int32(mv.b) == st.j1-st.j0 {
			st.move = uint8(m)
		}
	}
	return st
}

// hint names the unit of a bead that may have no counterpart.
type hint uint8

const (
	noHint hint = iota
	firstSource
	lastSource
	firstTarget
	lastTarget
)

func hintFor(st, cut step) hint {
	switch {
	case cut.i1 > cut.i0 && cut.i0 == st.i0:
		return firstSource
	case cut.i1 > cut.i0:
		return lastSource
	case cut.j0 == st.j0:
		return firstTarget
	}
	return lastTarget
}

// of returns the reason for a hint and the ordinal of the unit on its side.
func (h hint) of(sources, targets int) (id string, ordinal int) {
	switch h {
	case firstSource:
		return "perhaps-left-out", 1
	case lastSource:
		return "perhaps-left-out", sources
	case firstTarget:
		return "perhaps-added", 1
	}
	return "perhaps-added", targets
}
