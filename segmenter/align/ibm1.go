package align

import (
	"context"
	"slices"
)

const (
	mostLessons  = 20000   // more beads cost memory and teach hardly anything new
	mostMeetings = 1 << 24 // pairs of words, repeated ones counted; lessons of whole blocks have many
	trainings    = 4       // rounds of expectation–maximisation
	leastLearned = 0.02    // probabilities below are forgotten
	discount     = 0.3     // taken off every expected count: a single meeting proves little
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
// The error is that of the context.
func learn(ctx context.Context, lessons []lesson, sourceWords, targetWords int) ([]pair, error) {
	m, err := meet(ctx, lessons, sourceWords)
	if err != nil {
		return nil, err
	}
	forward, err := m.train(ctx, m.source, sourceWords, targetWords, false)
	if err != nil {
		return nil, err
	}
	backward, err := m.train(ctx, m.target, targetWords, sourceWords, true)
	if err != nil {
		return nil, err
	}
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
	return out, nil
}

// meet collects the pairs of words that occur in the same lesson.
func meet(ctx context.Context, lessons []lesson, sourceWords int) (meetings, error) {
	n := sample(lessons)
	m := meetings{lessons: make([]lesson, n)}
	row := make([]int32, sourceWords+1) // where the pairs of a source word begin
	size := 0
	for k := range m.lessons {
		l := lessons[k*len(lessons)/n]
		l = lesson{distinct(l.source), distinct(l.target)}
		for _, s := range l.source {
			row[s+1] += int32(len(l.target))
		}
		size += len(l.source) * len(l.target)
		m.lessons[k] = l
	}
	for s := range sourceWords {
		row[s+1] += row[s]
	}
	met := make([]int32, size) // the target words of each source word, as they come
	at := slices.Clone(row[:sourceWords])
	for _, l := range m.lessons {
		for _, s := range l.source {
			at[s] += int32(copy(met[at[s]:], l.target))
		}
	}
	for s := range int32(sourceWords) {
		if s%checkEvery == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
		words := met[row[s]:row[s+1]]
		slices.Sort(words)
		row[s] = int32(len(m.target))
		m.target = append(m.target, slices.Compact(words)...)
		for range len(m.target) - int(row[s]) {
			m.source = append(m.source, s)
		}
	}
	row[sourceWords] = int32(len(m.target))
	m.cells = met[:0] // as many as before, and those are no longer needed
	for k, l := range m.lessons {
		if k%checkEvery == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
		for _, s := range l.source {
			from, end := row[s], row[s+1]
			for _, t := range l.target {
				k, _ := slices.BinarySearch(m.target[from:end], t)
				from += int32(k)
				m.cells = append(m.cells, from)
			}
		}
	}
	return m, nil
}

// sample is how many of the lessons to take, so that their pairs stay within bounds.
func sample(lessons []lesson) int {
	size := 1.0
	for _, l := range lessons {
		size += float64(len(l.source)) * float64(len(l.target))
	}
	return min(len(lessons), mostLessons, int(float64(len(lessons))*mostMeetings/size))
}

// train returns for each pair the probability of the one word given the other, which is the
// source word, or the target word if turned. A word may also come from nothing.
func (m *meetings) train(ctx context.Context, given []int32, givenWords, madeWords int, turned bool) ([]float32, error) {
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
		for k, l := range m.lessons {
			if k%checkEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
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
	return p, nil
}

// distinct returns the words sorted and each once.
func distinct(words []int32) []int32 {
	words = slices.Clone(words)
	slices.Sort(words)
	return slices.Compact(words)
}
