package align

// Beads of up to four units a side and five together are considered.
const mostSide = 4

type move struct{ a, b int8 }

// moves lists the beads the search knows; the index is the back-pointer.
var moves = [...]move{{1, 1}, {1, 0}, {0, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}, {1, 4}, {4, 1}, {2, 3}, {3, 2}}

const (
	firstNull, lastNull = 1, 2
	coarseMoves         = 6
)

// hit is a word of one side that a cell of the band found a counterpart for, with its lift.
type hit struct {
	at   int32 // position of the word in its unit
	lift float32
}

// cell holds the hits of one pair of units: target words first, then source words.
type cell struct {
	start, middle, end int32
}

type cellRow struct {
	low   int // first target unit
	cells []cell
	hits  []hit
}

// search is the dynamic programme over one pair of unit lists.
type search struct {
	params
	source, target []unit
	table          *table
	*scratch

	// Words of each unit that the table links to nothing. Of them it cannot be expected that
	// they find a counterpart; without a dictionary that is most words.
	sourceSilent, targetSilent []int32
}

func newSearch(p params, source, target []unit, t *table, memory *scratch) *search {
	s := &search{params: p, source: source, target: target, table: t, scratch: memory,
		sourceSilent: make([]int32, len(source)), targetSilent: make([]int32, len(target))}
	for i := range source {
		for _, w := range source[i].words {
			if len(t.row(w)) == 0 {
				s.sourceSilent[i]++
			}
		}
	}
	for j := range target {
		for _, w := range target[j].words {
			if !t.linked[w] {
				s.targetSilent[j]++
			}
		}
	}
	return s
}

// scratch is memory that searches over the same vocabulary use one after another.
type scratch struct {
	rows  [mostSide]cellRow
	chain []offer
	head  []int32 // per target word: its first offer in chain, valid if stamped with tick
	stamp []int32
	tick  int32

	sum, sumBack []float32 // lifts by position in a unit; zero between uses
	touched      []int32   // where they are not
}

// offer is what a word of the current source unit holds out to a target word.
type offer struct {
	at                int32 // position of the source word
	forward, backward float32
	next              int32 // next offer to the same target word, -1 for none
}

func newScratch(targetWords int) *scratch {
	return &scratch{head: make([]int32, targetWords), stamp: make([]int32, targetWords)}
}

// fill computes the cells of source unit i against target units [low, high).
func (s *search) fill(i, low, high int) {
	row := &s.rows[i%mostSide]
	row.low, row.cells, row.hits = low, row.cells[:0], row.hits[:0]
	s.chain = s.chain[:0]
	s.tick++
	for at, w := range s.source[i].words {
		for _, l := range s.table.row(w) {
			next := int32(-1)
			if s.stamp[l.target] == s.tick {
				next = s.head[l.target]
			}
			s.stamp[l.target] = s.tick
			s.head[l.target] = int32(len(s.chain))
			s.chain = append(s.chain, offer{int32(at), l.forward, l.backward, next})
		}
	}
	if n := len(s.source[i].words); len(s.sumBack) < n {
		s.sumBack = make([]float32, n)
	}
	for j := low; j < high; j++ {
		c := cell{start: int32(len(row.hits))}
		s.touched = s.touched[:0]
		for at, w := range s.target[j].words {
			if s.stamp[w] != s.tick {
				continue
			}
			sum := float32(0)
			for k := s.head[w]; k >= 0; k = s.chain[k].next {
				e := &s.chain[k]
				sum += e.forward
				if s.sumBack[e.at] == 0 {
					s.touched = append(s.touched, e.at)
				}
				s.sumBack[e.at] += e.backward
			}
			row.hits = append(row.hits, hit{int32(at), sum})
		}
		c.middle = int32(len(row.hits))
		for _, at := range s.touched {
			row.hits = append(row.hits, hit{at, s.sumBack[at]})
			s.sumBack[at] = 0
		}
		c.end = int32(len(row.hits))
		row.cells = append(row.cells, c)
	}
}

func (s *search) cell(i, j int) (fwd, bwd []hit) {
	row := &s.rows[i%mostSide]
	c := row.cells[j-row.low]
	return row.hits[c.start:c.middle], row.hits[c.middle:c.end]
}

// words is the lexical log likelihood ratio of the bead of source units [i0,i1) and target
// units [j0,j1): both directions, averaged.
func (s *search) words(i0, i1, j0, j1 int) float32 {
	ns, nt, missF, missB := 0, 0, 0, 0
	for i := i0; i < i1; i++ {
		ns += len(s.source[i].words)
		missB -= int(s.sourceSilent[i])
	}
	for j := j0; j < j1; j++ {
		nt += len(s.target[j].words)
		missF -= int(s.targetSilent[j])
	}
	if ns == 0 || nt == 0 {
		return 0
	}
	missF, missB = missF+nt, missB+ns
	sum := float32(0)
	perS, perT := (1-keep)/float32(ns), (1-keep)/float32(nt)
	for j := j0; j < j1; j++ {
		if i1-i0 == 1 {
			f, _ := s.cell(i0, j)
			for _, h := range f {
				sum += logf(keep + perS*h.lift)
			}
			missF -= len(f)
			continue
		}
		s.grow(len(s.target[j].words))
		s.touched = s.touched[:0]
		for i := i0; i < i1; i++ {
			f, _ := s.cell(i, j)
			for _, h := range f {
				if s.sum[h.at] == 0 {
					s.touched = append(s.touched, h.at)
				}
				s.sum[h.at] += h.lift
			}
		}
		for _, at := range s.touched {
			sum += logf(keep + perS*s.sum[at])
			s.sum[at] = 0
		}
		missF -= len(s.touched)
	}
	for i := i0; i < i1; i++ {
		if j1-j0 == 1 {
			_, b := s.cell(i, j0)
			for _, h := range b {
				sum += logf(keep + perT*h.lift)
			}
			missB -= len(b)
			continue
		}
		s.grow(len(s.source[i].words))
		s.touched = s.touched[:0]
		for j := j0; j < j1; j++ {
			_, b := s.cell(i, j)
			for _, h := range b {
				if s.sum[h.at] == 0 {
					s.touched = append(s.touched, h.at)
				}
				s.sum[h.at] += h.lift
			}
		}
		for _, at := range s.touched {
			sum += logf(keep + perT*s.sum[at])
			s.sum[at] = 0
		}
		missB -= len(s.touched)
	}
	return (sum + float32(missF+missB)*logf(keep)) / 2
}

func (s *search) grow(n int) {
	if len(s.sum) < n {
		s.sum = make([]float32, n+64)
	}
}

const (
	roundings = 3.3 // letters by which even the shortest texts differ
	oddest    = 12  // no length is worse evidence than this: footnotes and tables do occur
)

// lengths is the log likelihood of the two lengths, after Gale & Church (1993) with the ratio
// and the spread estimated from the document.
func (s *search) lengths(i0, i1, j0, j1 int) float32 {
	var a, b float32
	for i := i0; i < i1; i++ {
		a += s.source[i].length
	}
	for j := j0; j < j1; j++ {
		b += s.target[j].length
	}
	d := b - a*s.mean
	return -min(d*d/(s.spread*((a*s.mean+b)/2+roundings))/2, oddest)
}

// evidence is the log likelihood ratio of the bead of source units [i0,i1) and target units
// [j0,j1), neither empty: how much likelier they look as translations of each other than as
// strangers.
func (s *search) evidence(i0, i1, j0, j1 int) float32 {
	return s.words(i0, i1, j0, j1) + s.lengths(i0, i1, j0, j1) + structure(s.source[i0:i1], s.target[j0:j1]) +
		s.begins[s.source[i0].first][s.target[j0].first] + s.ends[s.source[i1-1].last][s.target[j1-1].last]
}
