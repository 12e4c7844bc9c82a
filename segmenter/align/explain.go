package align

import (
	"fmt"
	"math"
	"strconv"
)

// What makes a bead doubtful. On the development sets a margin of 3.5 has four in five wrong
// beads below it, and one right bead in twenty (news) to one in four (novels).
const (
	leastMargin  = 3.5
	figureMargin = 8   // a lead so clear that a differing figure is a matter for checks
	oddLength    = 1.8 // times longer or shorter than expected
	oddLetters   = 40  // with at least so many letters
	fewWords     = 6   // with at least so many words, a tenth of them must match,
	usualTerms   = 0.3 // provided that so large a share matches in the whole text
)

// explain turns a step of the best path into a bead with its reasons.
func (a *aligner) explain(st step) Bead {
	b := Bead{Source: Range{int(st.i0), int(st.i1)}, Target: Range{int(st.j0), int(st.j1)}, Margin: float64(st.margin)}
	why := func(id string, args ...string) { b.Reasons = append(b.Reasons, Reason{id, args}) }
	switch {
	case st.j0 == st.j1:
		b.Doubtful, b.Score = true, logistic(b.Margin/4)
		why("left-out")
		return b
	case st.i0 == st.i1:
		b.Doubtful, b.Score = true, logistic(b.Margin/4)
		why("added")
		return b
	}
	source, target := a.source[st.i0:st.i1], a.target[st.j0:st.j1]
	m := a.compare(source, target)
	b.Score = logistic(float64(st.score) / (1 + math.Sqrt(float64(m.words))))
	if m.figures > 0 {
		why("numbers", strconv.Itoa(m.figures-len(m.differ)), strconv.Itoa(m.figures))
	}
	if len(m.differ) > 0 && m.bothFigures {
		b.Doubtful = b.Margin < figureMargin || len(m.differ) == m.figures
		why("figure-differs", m.differ...)
	}
	if m.words > 0 {
		why("terms", strconv.Itoa(m.matched), strconv.Itoa(m.words))
	}
	if a.usual >= usualTerms && m.words >= fewWords && m.matched*10 < m.words {
		b.Doubtful = true
		why("no-terms")
	}
	if r := m.length; (r > oddLength || r < 1/oddLength) && m.letters > oddLetters {
		b.Doubtful = true
		why("length", times(r))
	}
	if la, lb := source[0].label, target[0].label; la.class != unlabelled && lb.class != unlabelled {
		if la.number == lb.number {
			why("structure", la.number)
		} else {
			b.Doubtful = true
			why("structure-differs", la.number, lb.number)
		}
	}
	if len(source) > 1 || len(target) > 1 {
		why("merged", strconv.Itoa(len(source)), strconv.Itoa(len(target)))
	}
	if st.hint != noHint {
		b.Doubtful = true
		id, ordinal := st.hint.of(len(source), len(target))
		why(id, strconv.Itoa(ordinal))
	}
	if st.placed || len(b.Reasons) == 0 {
		b.Doubtful = true
		why("position")
	}
	if b.Margin < leastMargin {
		b.Doubtful = true
		why("runner-up", fmt.Sprintf("%.1f", b.Margin))
	}
	return b
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// comparison is what two sides of a bead have in common.
type comparison struct {
	matched, words int // of both sides
	figures        int // different figures of both sides
	differ         []string
	bothFigures    bool
	length         float64 // actual target length by expected
	letters        float32
}

// leastLift is how much likelier than chance a word must be to count as matched.
const leastLift = 3

func (a *aligner) compare(source, target []unit) comparison {
	var c comparison
	inTarget, met := map[int32]bool{}, map[int32]bool{}
	var ls, lt float32
	for _, u := range target {
		lt += u.length
		for _, w := range u.words {
			inTarget[w] = true
		}
	}
	inSource := map[int32]bool{}
	figuresS, figuresT := 0, 0
	for _, u := range source {
		ls += u.length
		for _, w := range u.words {
			if inSource[w] {
				continue
			}
			inSource[w] = true
			found := false
			for _, l := range a.table.row(w) {
				if inTarget[l.target] && (l.forward >= leastLift || l.backward >= leastLift) {
					found, met[l.target] = true, true
				}
			}
			c.count(found)
			if f, ok := figure(a.sourceWords.words[w]); ok {
				figuresS++
				if t, ok := a.targetWords.number[a.sourceWords.words[w]]; ok && inTarget[t] {
					c.figures++
					continue
				}
				c.figures++
				c.differ = append(c.differ, f)
			}
		}
	}
	seen := map[int32]bool{}
	for _, u := range target {
		for _, w := range u.words {
			if seen[w] {
				continue
			}
			seen[w] = true
			c.count(met[w])
			if f, ok := figure(a.targetWords.words[w]); ok {
				figuresT++
				if s, ok := a.sourceWords.number[a.targetWords.words[w]]; ok && inSource[s] {
					continue
				}
				c.figures++
				c.differ = append(c.differ, f)
			}
		}
	}
	c.bothFigures = figuresS > 0 && figuresT > 0
	c.letters = max(ls*a.mean, lt)
	c.length = float64((lt + 1) / (ls*a.mean + 1))
	return c
}

func (c *comparison) count(matched bool) {
	c.words++
	if matched {
		c.matched++
	}
}

// figure is the value of a number token worth showing; small numbers are written as words or
// articles too often to differ in earnest.
func figure(word string) (string, bool) {
	v, ok := parseNumberToken(word)
	if !ok || v < 10 && v == math.Trunc(v) {
		return "", false
	}
	return word[1:], true
}

// Beads looked at to measure coverage.
const coverageSample = 400

// coverage is the share of words with a counterpart in their bead.
func (a *aligner) coverage(source, target []unit, steps []step) float64 {
	matched, words := 0, 1
	for k := 0; k < len(steps); k += 1 + len(steps)/coverageSample {
		if st := steps[k]; !st.null() {
			c := a.compare(source[st.i0:st.i1], target[st.j0:st.j1])
			matched, words = matched+c.matched, words+c.words
		}
	}
	return float64(matched) / float64(words)
}
