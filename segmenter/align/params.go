package align

import "math"

// params are the numbers that the score of a bead depends on. Probabilities are natural
// logarithms.
type params struct {
	prior  [len(moves)]float32 // of each kind of bead
	again  float32             // of a null bead right after another: omissions come in runs
	mean   float32             // letters of the target for one of the source
	spread float32             // variance of the length difference, per letter
	begins edgeTable           // what the first characters of a bead say
	ends   edgeTable           // and the last
	known  bool                // most words of the text are known
}

// keep is the share λ of the background model in the mixture of the lexical score. It bounds
// what a word without counterpart can cost.
const keep = 0.7

// The kinds of beads in a text of which nothing is known. The figures are our own, between
// what newspapers (nine in ten 1–1) and novels (six in ten) show.
var defaultShares = [len(moves)]float64{0.75, 0.003, 0.003, 0.09, 0.09, 0.01, 0.02, 0.02, 0.005, 0.005, 0.001, 0.001}

const (
	defaultSpread = 6
	defaultAgain  = -3
)

func defaultParams() params {
	p := params{again: defaultAgain, spread: defaultSpread}
	for m, q := range defaultShares {
		p.prior[m] = float32(math.Log(q))
	}
	return p
}

// Letters of a text in an alphabet for each character of Chinese, and how many letters of
// source text that expectation is worth against what the text itself shows.
const (
	lettersPerHan = 3.3
	faithInRatio  = 150
)

// lengthRatio estimates how long the target is for its source from the totals.
func (p *params) lengthRatio(source, target []unit, fromChinese, toChinese bool) {
	usual := float32(1)
	if fromChinese && !toChinese {
		usual = lettersPerHan
	}
	p.mean = (letters(target) + faithInRatio*usual) / (letters(source) + faithInRatio)
}

func letters(list []unit) float32 {
	n := float32(0)
	for i := range list {
		n += list[i].length
	}
	return n
}

// Beads that the defaults are worth when a path is learned from; a short text or a bad path
// then does little harm.
const (
	faithInShares = 100
	faithInSpread = 50
	faithInAgain  = 200
)

// estimate learns from a path how frequent each kind of bead is, how much lengths vary, and
// how beads begin and end. Coverage is the share of words with a counterpart in their bead.
func (p *params) estimate(source, target []unit, steps []step, coverage float64) {
	var count [len(moves)]float64
	p.mean = p.usualRatio(source, target, steps)
	spread, proper := float64(defaultSpread*faithInSpread), float64(faithInSpread)
	var runs [2]float64 // of null beads, by side
	run := 0
	again, nulls := faithInAgain*math.Exp(againLearned), float64(faithInAgain)
	for k, st := range steps {
		count[st.move]++
		if st.null() {
			if run++; k == 0 || steps[k-1].move != st.move {
				runs[st.move-firstNull]++
				run = 1
			}
			if run <= longRun {
				nulls++
				if run > 1 {
					again++
				}
			}
			continue
		}
		ls, lt := p.mean*letters(source[st.i0:st.i1]), letters(target[st.j0:st.j1])
		d := float64(lt - ls)
		spread += min(d*d/(float64(ls+lt)/2+roundings), mostSpread)
		proper++
	}
	p.spread = float32(spread / proper)
	all := float64(len(steps)) + faithInShares
	for m := range moves {
		p.prior[m] = float32(math.Log((count[m] + faithInShares*defaultShares[m]) / all))
	}
	for side, n := range runs {
		p.prior[firstNull+side] = float32(math.Log(trust(coverage) * (n + faithInShares*nullShare) / all))
	}
	p.again = float32(math.Log(again / nulls))
	p.known = coverage >= 0.5
	p.begins, p.ends = learnEdges(source, target, steps, false), learnEdges(source, target, steps, true)
}

// usualRatio is the length ratio of the one-to-one beads of a path. That of the totals is off
// where much was left out, and then two sentences look right for one. Beads that are far from
// the ratio of the totals teach nothing.
func (p *params) usualRatio(source, target []unit, steps []step) float32 {
	ls, lt := float32(faithInRatio), faithInRatio*p.mean
	for _, st := range steps {
		if st.move != 0 {
			continue
		}
		a, b := source[st.i0].length, target[st.j0].length
		if b < 3*p.mean*a+roundings && p.mean*a < 3*b+roundings {
			ls, lt = ls+a, lt+b
		}
	}
	return lt / ls
}

const (
	mostSpread   = 100   // one odd bead counts no more than this
	nullShare    = 0.004 // one-sided runs a side among all beads
	againLearned = -4
	longRun      = 4 // null beads after so many in a run teach nothing: an annex is one omission
)

// trust scales the prior of null beads. A sentence without counterpart can be told from a badly
// matched one only where most words are known; with few known words (a pair without a
// dictionary) it takes more to believe in an omission.
func trust(coverage float64) float64 {
	x := coverage / 0.33
	return min(max(x*x, 0.25), 4)
}
