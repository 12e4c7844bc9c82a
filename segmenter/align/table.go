package align

import (
	"cmp"
	"slices"
)

// unit is what one pass aligns: a sentence, or a whole block when blocks are aligned first.
type unit struct {
	words  []int32 // vocabulary numbers, in order, with repetitions
	length float32 // letters and digits
	label  label
	kind   Kind
	opens  bool // it is the first of its block
	first  edge
	last   edge
}

// vocabulary numbers the words of one side.
type vocabulary struct {
	number  map[string]int32
	words   []string
	count   []int32
	capital []int32 // how often the word was written with a capital
	total   float64
}

func newVocabulary() *vocabulary { return &vocabulary{number: map[string]int32{}} }

func (v *vocabulary) id(t token) int32 {
	n, ok := v.number[t.text]
	if !ok {
		n = int32(len(v.words))
		v.number[t.text] = n
		v.words = append(v.words, t.text)
		v.count = append(v.count, 0)
		v.capital = append(v.capital, 0)
	}
	v.count[n]++
	if t.name {
		v.capital[n]++
	}
	v.total++
	return n
}

// share is the relative frequency of a word, p(w).
func (v *vocabulary) share(w int32) float64 { return float64(v.count[w]) / v.total }

// pair is one translation hypothesis between two words with p(t|s) and p(s|t).
type pair struct {
	source, target    int32
	forward, backward float32
}

func sortPairs(p []pair) {
	slices.SortFunc(p, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target))
	})
}

// link is an entry of the translation table: how many times likelier the target word is in
// the company of the source word than anywhere (p(t|s)/p(t)), and the other way round.
type link struct {
	target            int32
	forward, backward float32
}

// table holds the links of every source word, in compressed rows.
type table struct {
	offset []int32
	links  []link
	linked []bool // target words that some source word links to
}

func (t *table) row(s int32) []link { return t.links[t.offset[s]:t.offset[s+1]] }

// The share of the dictionary in p(t|s) where the dictionary knows the word; IBM Model 1 has
// the rest.
const dictionaryShare = 0.7

// newTable mixes dictionary and learned pairs, both sorted and without repetitions.
func newTable(sv, tv *vocabulary, dictionary, learned []pair) *table {
	t := &table{offset: make([]int32, len(sv.words)+1), linked: make([]bool, len(tv.words))}
	knownS, knownT := make([]bool, len(sv.words)), make([]bool, len(tv.words))
	for _, p := range dictionary {
		knownS[p.source], knownT[p.target] = true, true
	}
	d := float32(1)
	if learned != nil {
		d = dictionaryShare
	}
	emit := func(s, w int32, f, b float32) {
		t.links = append(t.links, link{w, f / float32(tv.share(w)), b / float32(sv.share(s))})
		t.offset[s+1]++
		t.linked[w] = true
	}
	i, j := 0, 0
	for i < len(dictionary) || j < len(learned) {
		c := 0
		if i == len(dictionary) {
			c = 1
		} else if j == len(learned) {
			c = -1
		} else {
			c = cmp.Or(cmp.Compare(dictionary[i].source, learned[j].source), cmp.Compare(dictionary[i].target, learned[j].target))
		}
		var f, b float32
		var s, w int32
		if c <= 0 {
			p := dictionary[i]
			s, w = p.source, p.target
			f, b = d*p.forward, d*p.backward
			i++
		}
		if c >= 0 {
			p := learned[j]
			s, w = p.source, p.target
			lf, lb := 1-d, 1-d
			if !knownS[s] {
				lf = 1
			}
			if !knownT[w] {
				lb = 1
			}
			f += lf * p.forward
			b += lb * p.backward
			j++
		}
		emit(s, w, f, b)
	}
	for s := range sv.words {
		t.offset[s+1] += t.offset[s]
	}
	return t
}
