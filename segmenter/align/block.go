package align

import "context"

// A block step below this margin, or one-sided, is not trusted to bound the sentences in it.
const trustedBlock = 1.0

// blocked is true when both sides are divided into blocks of sentences, about equally finely.
// Text that comes one sentence a block is aligned as plain sentences.
func blocked(source, target []Sentence) bool {
	a, b := len(blocks(source)), len(blocks(target))
	if a == len(source) && b == len(target) {
		return false
	}
	return a > 1 && b > 1 && a <= 2*b && b <= 2*a
}

// blocks lists where each block of sentences begins.
func blocks(list []Sentence) []int {
	var starts []int
	for i, s := range list {
		if i == 0 || list[i-1].Block != s.Block {
			starts = append(starts, i)
		}
	}
	return starts
}

// byBlocks aligns the blocks inside each region and returns the regions that their sentences
// may not leave. Neighbouring blocks whose own alignment is uncertain share a region.
func (a *aligner) byBlocks(ctx context.Context, source, target []Sentence, regions []region, fast bool) ([]region, error) {
	var bs, bt []unit
	var startS, startT []int
	var outer []region
	for _, r := range regions {
		o := region{i0: len(bs), j0: len(bt)}
		bs, startS = appendBlocks(bs, startS, source, a.source, r.i0, r.i1)
		bt, startT = appendBlocks(bt, startT, target, a.target, r.j0, r.j1)
		o.i1, o.j1 = len(bs), len(bt)
		outer = append(outer, o)
	}
	steps, err := a.passes(ctx, bs, bt, outer, fast)
	if err != nil {
		return nil, err
	}
	var inner []region
	for n, o := range outer {
		k := 0
		for k < len(steps) && int(steps[k].i1) <= o.i1 && int(steps[k].j1) <= o.j1 {
			k++
		}
		inner = append(inner, o.inside(regions[n], steps[:k], startS, startT)...)
		steps = steps[k:]
	}
	return inner, nil
}

// inside divides region r of the sentences as the steps divide o, the same region of the blocks,
// whose first sentences are given. Every step bounds a region, but a run of weak ones only one.
func (o region) inside(r region, steps []step, startS, startT []int) []region {
	var list []region
	i, j := r.i0, r.j0
	upTo := func(bi, bj int32, margin float32) {
		i1, j1 := r.i1, r.j1
		if int(bi) < o.i1 {
			i1 = startS[bi]
		}
		if int(bj) < o.j1 {
			j1 = startT[bj]
		}
		if i < i1 || j < j1 {
			list = append(list, region{i, i1, j, j1, margin})
		}
		i, j = i1, j1
	}
	for _, st := range steps {
		if st.null() || st.margin < trustedBlock {
			continue
		}
		upTo(st.i0, st.j0, mostMargin)
		upTo(st.i1, st.j1, st.margin)
	}
	upTo(int32(o.i1), int32(o.j1), mostMargin)
	return list
}

// appendBlocks joins the sentences [lo, hi) of each block into one unit.
func appendBlocks(list []unit, starts []int, sentences []Sentence, units []unit, lo, hi int) ([]unit, []int) {
	for i := lo; i < hi; i++ {
		if i == lo || sentences[i-1].Block != sentences[i].Block {
			u := units[i]
			u.words = append([]int32(nil), u.words...)
			list, starts = append(list, u), append(starts, i)
			continue
		}
		u := &list[len(list)-1]
		u.words = append(u.words, units[i].words...)
		u.length += units[i].length
		u.last = units[i].last
	}
	return list, starts
}
