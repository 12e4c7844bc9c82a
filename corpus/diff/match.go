package diff

import (
	"slices"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Pair says that the element Old of the first list is the element New of the
// second one. Indices start at 0.
type Pair struct {
	Old, New int
}

// exactLimit is the number of elements that may differ between two lists for
// the difference to be the smallest there is. The work of finding it grows with
// its square; 2,048 keeps it in the tens of milliseconds.
const exactLimit = 2048

// maxDepth bounds how often a part can be divided again, and so the whole work
// to a multiple of the lists' length.
const maxDepth = 12

// The lengths of the runs by which lists too different for an exact comparison
// are divided, in the order in which they are tried. Single tokens say nothing
// about where two large texts agree; single keys of a list of sentences do.
var (
	textGrams     = []int{8}
	sequenceGrams = []int{8, 1}
)

// match returns the pairs of equal ids, ascending in both lists.
func match(a, b []rune, grams []int) []Pair {
	m := matcher{a: a, b: b, grams: grams}
	m.region(Span{0, len(a)}, Span{0, len(b)}, 0)
	return m.pairs
}

type matcher struct {
	a, b  []rune
	grams []int
	pairs []Pair
}

// region appends the pairs of a part of both lists.
func (m *matcher) region(old, new Span, depth int) {
	for old.Start < old.End && new.Start < new.End && m.a[old.Start] == m.b[new.Start] {
		m.pair(old.Start, new.Start)
		old.Start++
		new.Start++
	}
	tail := 0
	for old.Start < old.End && new.Start < new.End && m.a[old.End-1] == m.b[new.End-1] {
		tail++
		old.End--
		new.End--
	}
	m.middle(old, new, depth)
	for i := range tail {
		m.pair(old.End+i, new.End+i)
	}
}

// middle appends the pairs of a part that starts and ends with a difference.
func (m *matcher) middle(old, new Span, depth int) {
	a, b := m.a[old.Start:old.End], m.b[new.Start:new.End]
	switch {
	case len(a) == 0 || len(b) == 0:
		return
	case within(a, b, exactLimit):
		m.exact(a, b, old.Start, new.Start)
		return
	case depth == maxDepth:
		return
	}
	var fixed []Pair
	for _, n := range m.grams {
		if fixed = anchors(a, b, n); len(fixed) > 0 {
			break
		}
	}
	if len(fixed) == 0 {
		return
	}
	from := Pair{old.Start, new.Start}
	for _, p := range fixed {
		to := Pair{old.Start + p.Old, new.Start + p.New}
		m.region(Span{from.Old, to.Old}, Span{from.New, to.New}, depth+1)
		m.pair(to.Old, to.New)
		from = Pair{to.Old + 1, to.New + 1}
	}
	m.region(Span{from.Old, old.End}, Span{from.New, new.End}, depth+1)
}

// exact appends the pairs of the smallest difference of a and b, which start at
// the given indices of the whole lists.
func (m *matcher) exact(a, b []rune, i, j int) {
	// The zero value has no time limit, which go-diff would answer with a
	// wholesale replacement that looks like a result.
	var dmp diffmatchpatch.DiffMatchPatch
	for _, d := range dmp.DiffMainRunes(a, b, false) {
		for range d.Text {
			switch d.Type {
			case diffmatchpatch.DiffEqual:
				m.pair(i, j)
				i++
				j++
			case diffmatchpatch.DiffDelete:
				i++
			case diffmatchpatch.DiffInsert:
				j++
			}
		}
	}
}

func (m *matcher) pair(i, j int) { m.pairs = append(m.pairs, Pair{i, j}) }

// within reports whether at most limit elements have to be deleted and inserted
// to turn a into b. It is the forward half of Myers' algorithm (An O(ND)
// Difference Algorithm and Its Variations, 1986), without keeping the path.
func within(a, b []rune, limit int) bool {
	n, m := len(a), len(b)
	if n+m <= limit {
		return true
	}
	if max(n-m, m-n) > limit {
		return false
	}
	furthest := make([]int, 2*limit+3) // by diagonal k = x - y, shifted
	at := func(k int) *int { return &furthest[k+limit+1] }
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			x := *at(k - 1) + 1
			if k == -d || (k != d && *at(k - 1) < *at(k + 1)) {
				x = *at(k + 1)
			}
			for y := x - k; x < n && y < m && a[x] == b[y]; y++ {
				x++
			}
			*at(k) = x
			if k == n-m && x >= n {
				return true
			}
		}
	}
	return false
}

// anchors returns places where a run of n elements occurs exactly once in each
// list, as a longest ascending selection (the idea of Bram Cohen's patience
// diff, with runs in place of lines). Each pair is a run's first element.
func anchors(a, b []rune, n int) []Pair {
	inA, inB := onceOnly(a, n), onceOnly(b, n)
	var found []Pair
	for hash, i := range inA {
		if j, ok := inB[hash]; ok && i >= 0 && j >= 0 && slices.Equal(a[i:i+n], b[j:j+n]) {
			found = append(found, Pair{i, j})
		}
	}
	slices.SortFunc(found, func(p, q Pair) int { return p.Old - q.Old })
	return ascending(found)
}

// onceOnly returns the start of each run of n elements by the run's hash, -1
// for a hash that occurs more often.
func onceOnly(ids []rune, n int) map[uint64]int {
	const base = 0x9E3779B97F4A7C15 // odd, with well mixed bits
	top := uint64(1)
	for range n - 1 {
		top *= base
	}
	starts := make(map[uint64]int, len(ids))
	hash := uint64(0)
	for i, id := range ids {
		if i >= n {
			hash -= uint64(ids[i-n]) * top
		}
		hash = hash*base + uint64(id)
		start := i - n + 1
		if start < 0 {
			continue
		}
		if _, seen := starts[hash]; seen {
			start = -1
		}
		starts[hash] = start
	}
	return starts
}

// ascending returns a longest selection of pairs, given in ascending order of
// Old, whose New ascends too.
func ascending(pairs []Pair) []Pair {
	var ends []int // index of the pair that ends the best selection of each length
	before := make([]int, len(pairs))
	for i, p := range pairs {
		at, _ := slices.BinarySearchFunc(ends, p.New, func(e, new int) int { return pairs[e].New - new })
		before[i] = -1
		if at > 0 {
			before[i] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, i)
		} else {
			ends[at] = i
		}
	}
	chosen := make([]Pair, len(ends))
	if len(ends) == 0 {
		return chosen
	}
	for i, at := ends[len(ends)-1], len(ends)-1; i >= 0; i, at = before[i], at-1 {
		chosen[at] = pairs[i]
	}
	return chosen
}
