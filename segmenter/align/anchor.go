package align

import (
	"cmp"
	"context"
	"slices"
)

// anchor says that a source unit and a target unit very probably belong together.
type anchor struct {
	i, j   int32
	weight float32
}

// Words that occur in more target units than this are no evidence for an anchor.
const rareWord = 40

// candidates scores every source unit against the target units that share rare links with it
// and returns the clear winners, weighted by their lead.
func candidates(ctx context.Context, source, target []unit, t *table, targetWords int) ([]anchor, error) {
	count := make([]int32, targetWords+1)
	last := make([]int32, targetWords)
	each := func(f func(j int, w int32)) {
		for i := range last {
			last[i] = -1
		}
		for j := range target {
			for _, w := range target[j].words {
				if last[w] != int32(j) {
					last[w] = int32(j)
					f(j, w)
				}
			}
		}
	}
	each(func(_ int, w int32) { count[w+1]++ })
	rare := make([]bool, targetWords)
	for w := range targetWords {
		rare[w] = count[w+1] <= rareWord
	}
	for w := range targetWords {
		count[w+1] += count[w]
	}
	posting := make([]int32, count[targetWords])
	at := slices.Clone(count[:targetWords])
	each(func(j int, w int32) { posting[at[w]] = int32(j); at[w]++ })

	score := make([]float32, len(target))
	var touched, words []int32
	var list []anchor
	for i := range source {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		words = append(words[:0], source[i].words...)
		slices.Sort(words)
		words = slices.Compact(words)
		touched = touched[:0]
		for _, w := range words {
			for _, l := range t.row(w) {
				if !rare[l.target] || l.forward < 4 {
					continue
				}
				gain := logf(1 + 0.05*l.forward)
				for _, j := range posting[count[l.target]:count[l.target+1]] {
					if score[j] == 0 {
						touched = append(touched, j)
					}
					score[j] += gain
				}
			}
		}
		list = best(list, int32(i), touched, score, target, len(source[i].words))
		for _, j := range touched {
			score[j] = 0
		}
	}
	return list, nil
}

// Two candidates this close may both be right: the source unit is rendered by neighbours.
const sameSpot = 2

// A rival elsewhere with this share of the best score makes a candidate ambiguous.
const clearLead = 0.8

// best appends the leading candidate of source unit i, unless a rival elsewhere comes near it.
func best(list []anchor, i int32, touched []int32, score []float32, target []unit, n int) []anchor {
	relative := func(j int32) float32 { return score[j] / float32(8+max(n, len(target[j].words))) }
	top := anchor{i: i}
	for _, j := range touched {
		if w := relative(j); w > top.weight || w == top.weight && j < top.j {
			top.j, top.weight = j, w
		}
	}
	if top.weight < leastAnchor {
		return list
	}
	rival := float32(0)
	for _, j := range touched {
		if j < top.j-sameSpot || j > top.j+sameSpot {
			rival = max(rival, relative(j))
		}
	}
	if rival > clearLead*top.weight {
		return list
	}
	top.weight -= rival
	return append(list, top)
}

// leastAnchor is the least weight of an anchor, about two rare words in a short sentence.
const leastAnchor = 0.25

// heaviestChain picks the increasing chain of greatest weight: a Fenwick tree over the target
// keeps the best chain that ends before each unit, so it takes n log n.
func heaviestChain(list []anchor, targets int) []anchor {
	slices.SortFunc(list, func(a, b anchor) int { return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(b.j, a.j)) })
	tree := make([]int32, targets+1) // index of the best chain end, plus one
	total, before := make([]float32, len(list)), make([]int32, len(list))
	end := int32(0)
	for k, a := range list {
		p := int32(0)
		for x := a.j; x > 0; x &= x - 1 {
			if q := tree[x]; q > 0 && (p == 0 || total[q-1] > total[p-1]) {
				p = q
			}
		}
		total[k], before[k] = a.weight, p
		if p > 0 {
			total[k] += total[p-1]
		}
		for x := a.j + 1; int(x) <= targets; x += x & -x {
			if q := tree[x]; q == 0 || total[k] > total[q-1] {
				tree[x] = int32(k + 1)
			}
		}
		if end == 0 || total[k] > total[end-1] {
			end = int32(k + 1)
		}
	}
	var chain []anchor
	for k := end; k > 0; k = before[k-1] {
		chain = append(chain, list[k-1])
	}
	slices.Reverse(chain)
	return chain
}

// supported drops anchors that no neighbour agrees with: within reach, another anchor must lie
// on about the same diagonal. A single accidental match inside a gap would otherwise bend the
// path.
func supported(chain []anchor, slope float64) []anchor {
	const reach, neighbours = 12, 4
	agrees := func(a, b anchor) bool {
		di, dj := float64(b.i-a.i), float64(b.j-a.j)
		if di < 0 {
			di, dj = -di, -dj
		}
		off := dj - slope*di
		return di <= reach && off <= 2+di*0.5 && off >= -2-di*0.5
	}
	var out []anchor
	for k, a := range chain {
		votes := 0
		for d := 1; d <= neighbours; d++ {
			if k >= d && agrees(chain[k-d], a) {
				votes++
			}
			if k+d < len(chain) && agrees(a, chain[k+d]) {
				votes++
			}
		}
		if votes >= 2 {
			out = append(out, a)
		}
	}
	return out
}
