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
)

// estimate learns from a path how frequent each kind of bead is, how much lengths vary, and
// how beads begin and end. Coverage is the share of words with a counterpart in their bead.
func (p *params) estimate(source, target []unit, steps []step, coverage float64) {
	var count [len(moves)]float64
	spread, proper, runs := float64(defaultSpread*faithInSpread), float64(faithInSpread), 0.0
	for k, st := range steps {
		count[st.move]++
		if st.null() {
			if k == 0 || !steps[k-1].null() {
				runs++
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
	null := trust(coverage) * (runs/2 + faithInShares*nullShare) / all
	p.prior[firstNull], p.prior[lastNull] = float32(math.Log(null)), float32(math.Log(null))
	p.again = againLearned
	p.known = coverage >= 0.5
	p.begins, p.ends = learnEdges(source, target, steps, false), learnEdges(source, target, steps, true)
}

const (
	mostSpread   = 100   // one odd bead counts no more than this
	nullShare    = 0.004 // one-sided runs a side among all beads
	againLearned = -4
)

// trust scales the prior of null beads. A sentence without counterpart can be told from a badly
// matched one only where most words are known; with few known words (a pair without a
// dictionary) it takes more to believe in an omission.
func trust(coverage float64) float64 {
	x := coverage / 0.33
	return min(max(x*x, 0.25), 4)
}
