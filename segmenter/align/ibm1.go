package align

import "slices"

const (
	mostLessons  = 20000 // more beads cost memory and teach hardly anything new
	trainings    = 4     // rounds of expectation–maximisation
	leastLearned = 0.02  // probabilities below are forgotten
	discount     = 0.3   // taken off every expected count: a single meeting proves little
)

// lesson is a confident bead to learn from.
type lesson struct{ source, target []int32 }

// meetings indexes the pairs of words that meet in the lessons.
type meetings struct {
	lessons        []lesson // with each word once
	source, target []int32  // the words of each pair; pairs are sorted
	cells          []int32  // for each lesson, its source words by its target words: the pair
}

// learn trains IBM Model 1 (Brown et al. 1993) in both directions and returns the pairs that
// are probable enough in either. Of very many lessons it takes an even sample.
func learn(lessons []lesson, sourceWords, targetWords int) []pair {
	m := meet(lessons, sourceWords)
	forward := m.train(m.source, sourceWords, targetWords, false)
	backward := m.train(m.target, targetWords, sourceWords, true)
	var out []pair
	for k, f := range forward {
		b := backward[k]
		if f < leastLearned {
			f = 0
		}
		if b < leastLearned {
			b = 0
		}
		if f > 0 || b > 0 {
			out = append(out, pair{m.source[k], m.target[k], f, b})
		}
	}
	return out
}

// meet collects the pairs of words that occur in the same lesson.
func meet(lessons []lesson, sourceWords int) meetings {
	n := min(len(lessons), mostLessons)
	m := meetings{lessons: make([]lesson, n)}
	size := 0
	for k := range m.lessons {
		l := lessons[k*len(lessons)/n]
		m.lessons[k] = lesson{distinct(l.source), distinct(l.target)}
		size += len(m.lessons[k].source) * len(m.lessons[k].target)
	}
	keys := make([]uint64, 0, size)
	for _, l := range m.lessons {
		for _, s := range l.source {
			for _, t := range l.target {
				keys = append(keys, uint64(s)<<32|uint64(t))
			}
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	row := make([]int32, sourceWords+1)
	for _, key := range keys {
		m.source, m.target = append(m.source, int32(key>>32)), append(m.target, int32(key&(1<<32-1)))
		row[key>>32+1]++
	}
	for s := range sourceWords {
		row[s+1] += row[s]
	}
	m.cells = make([]int32, 0, size)
	for _, l := range m.lessons {
		for _, s := range l.source {
			from, end := row[s], row[s+1]
			for _, t := range l.target {
				k, _ := slices.BinarySearch(m.target[from:end], t)
				from += int32(k)
				m.cells = append(m.cells, from)
			}
		}
	}
	return m
}

// train returns for each pair the probability of the one word given the other, which is the
// source word, or the target word if turned. A word may also come from nothing.
func (m *meetings) train(given []int32, givenWords, madeWords int, turned bool) []float32 {
	p, count := make([]float32, len(given)), make([]float32, len(given))
	for k := range p {
		p[k] = 1
	}
	total := make([]float32, givenWords)
	null, nullCount := make([]float32, madeWords), make([]float32, madeWords)
	for w := range null {
		null[w] = 1
	}
	for range trainings {
		clear(count)
		clear(total)
		clear(nullCount)
		nullTotal := float32(1)
		cells := m.cells
		for _, l := range m.lessons {
			// Cells run target words first; so the steps between them differ by direction.
			from, made, givenStep, madeStep := l.source, l.target, len(l.target), 1
			if turned {
				from, made, givenStep, madeStep = l.target, l.source, 1, len(l.target)
			}
			for i, w := range made {
				sum := null[w]
				for g := range from {
					sum += p[cells[g*givenStep+i*madeStep]]
				}
				if sum == 0 {
					continue
				}
				for g := range from {
					k := cells[g*givenStep+i*madeStep]
					count[k] += p[k] / sum
				}
				nullCount[w] += null[w] / sum
				nullTotal += null[w] / sum
			}
			cells = cells[len(l.source)*len(l.target):]
		}
		for k, c := range count {
			total[given[k]] += c
		}
		for k, c := range count {
			p[k] = 0
			if c > discount {
				p[k] = (c - discount) / total[given[k]]
			}
		}
		for w := range null {
			null[w] = nullCount[w] / nullTotal
		}
	}
	return p
}

// distinct returns the words sorted and each once.
func distinct(words []int32) []int32 {
	words = slices.Clone(words)
	slices.Sort(words)
	return slices.Compact(words)
}
