package align

import (
	"context"
	"slices"
)

const minusInf = float32(-1e30)

// Back-pointers of one node in a byte: the low four bits are the last move of the best path
// that ends in a proper bead, the rest as named.
const (
	afterNull   = 1 << 4 // … whose bead before that was null
	nullTarget  = 1 << 5 // the best path that ends in a null bead left out a target unit
	nullAgain   = 1 << 6 // … and so did the one before
	moveMask    = 0xf
	nodesInRing = mostSide + 1
)

type step struct {
	i0, i1, j0, j1 int32
	score          float32 // log likelihood ratio without the prior
	margin         float32 // lead over the best path without it
	move           uint8
	hint           hint
	placed         bool // only its place between pins speaks for it
}

func (s step) null() bool { return s.move == firstNull || s.move == lastNull }

// lattice holds the forward half of a search, and for the margins the scores of all its beads.
type lattice struct {
	band
	kinds        int
	offset       []int     // first node of each row
	back         []uint8   // per node
	scores       []float32 // per node and move, the bead ending there; nil unless kept
	proper, null []float32 // per node, when scores are kept: best path ending in each state
}

// checkEvery is how many rows go by between looks at the context.
const checkEvery = 64

// run finds the best path through the band from (0, 0) to the far corner. With keep, the
// lattice serves margins afterwards.
func (s *search) run(ctx context.Context, b band, kinds int, keep bool, p *progress) (*lattice, []step, error) {
	n := len(s.source)
	l := &lattice{band: b, kinds: kinds, offset: make([]int, n+2)}
	for i := range n + 1 {
		l.offset[i+1] = l.offset[i] + int(b.high[i]-b.low[i]) + 1
	}
	l.back = make([]uint8, l.offset[n+1])
	if keep {
		l.scores = make([]float32, l.offset[n+1]*kinds)
		l.proper, l.null = make([]float32, l.offset[n+1]), make([]float32, l.offset[n+1])
	}
	var ring, ringNull [nodesInRing][]float32
	for i := 0; i <= n; i++ {
		if i%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			p.rows(min(checkEvery, n-i))
		}
		if i > 0 {
			s.fill(i-1, max(0, int(b.low[i-1])-mostSide), int(b.high[min(n, i-1+mostSide)]))
		}
		row := i % nodesInRing
		if keep {
			ring[row], ringNull[row] = l.proper[l.offset[i]:l.offset[i+1]], l.null[l.offset[i]:l.offset[i+1]]
		} else {
			w := l.offset[i+1] - l.offset[i]
			ring[row], ringNull[row] = resize(ring[row], w), resize(ringNull[row], w)
		}
		s.row(l, i, &ring, &ringNull)
	}
	last := n % nodesInRing
	corner := len(s.target) - int(b.low[n])
	return l, l.trace(len(s.target), ringNull[last][corner] > ring[last][corner]), nil
}

// row extends the best paths to the nodes of row i.
func (s *search) row(l *lattice, i int, ring, ringNull *[nodesInRing][]float32) {
	v, vn := ring[i%nodesInRing], ringNull[i%nodesInRing]
	lo, hi := int(l.low[i]), int(l.high[i])
	for j := lo; j <= hi; j++ {
		best, bestNull, from := minusInf, minusInf, uint8(0)
		if i == 0 && j == 0 {
			best = 0
		}
		node := l.offset[i] + j - lo
		for m := range l.kinds {
			pi, pj := i-int(moves[m].a), j-int(moves[m].b)
			if pi < 0 || pj < int(l.low[pi]) || pj > int(l.high[pi]) {
				continue
			}
			k := pj - int(l.low[pi])
			p, pn := ring[pi%nodesInRing][k], ringNull[pi%nodesInRing][k]
			if m == firstNull || m == lastNull {
				flag := uint8(0)
				if m == lastNull {
					flag = nullTarget
				}
				if x := p + s.prior[m]; x > bestNull {
					bestNull, from = x, from&^(nullTarget|nullAgain)|flag
				}
				if x := pn + s.again; x > bestNull {
					bestNull, from = x, from&^(nullTarget|nullAgain)|flag|nullAgain
				}
				continue
			}
			flag := uint8(m)
			if pn > p {
				p, flag = pn, flag|afterNull
			}
			if p <= minusInf/2 {
				continue
			}
			x := s.prior[m] + s.evidence(pi, i, pj, j)
			if l.scores != nil {
				l.scores[node*l.kinds+m] = x
			}
			if x += p; x > best {
				best, from = x, from&^(moveMask|afterNull)|flag
			}
		}
		v[j-lo], vn[j-lo] = best, bestNull
		l.back[node] = from
	}
}

// trace walks the back-pointers from the far corner.
func (l *lattice) trace(j int, inNull bool) []step {
	var steps []step
	for i := len(l.low) - 1; i > 0 || j > 0; {
		from := l.back[l.offset[i]+j-int(l.low[i])]
		m := int(from & moveMask)
		if inNull {
			m = firstNull
			if from&nullTarget != 0 {
				m = lastNull
			}
			inNull = from&nullAgain != 0
		} else {
			inNull = from&afterNull != 0
		}
		pi, pj := i-int(moves[m].a), j-int(moves[m].b)
		steps = append(steps, step{i0: int32(pi), i1: int32(i), j0: int32(pj), j1: int32(j), move: uint8(m)})
		i, j = pi, pj
	}
	slices.Reverse(steps)
	return steps
}

func resize(v []float32, n int) []float32 {
	if cap(v) < n {
		v = make([]float32, n+n/2)
	}
	return v[:n]
}
