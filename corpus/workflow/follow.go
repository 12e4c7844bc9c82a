package workflow

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

func sourceless(list []corpus.Pair) bool {
	for _, p := range list {
		if p.Source != "" {
			return false
		}
	}
	return len(list) > 0
}

func targetsOnly(list []corpus.Pair) []corpus.Pair {
	out := make([]corpus.Pair, len(list))
	for i, p := range list {
		out[i].Target = p.Target
	}
	return out
}

// wholeKey and mainKey are the texts by which units are recognised: both sides,
// and the source, or the target where there is no source.
func wholeKey(p corpus.Pair) string { return p.Source + "\x00" + p.Target }

func mainKey(p corpus.Pair) string {
	if p.Source != "" {
		return p.Source
	}
	return p.Target
}

// mover says of each unit of a new version which old one it follows from.
type mover struct {
	old, new []corpus.Pair
	from     []int  // of each of new: the old one, or -1
	taken    []bool // of old
	moved    []bool // of new: it was found out of order
}

// elsewhere looks for what is left over out of order.
func (m *mover) elsewhere() {
	m.unique(wholeKey)
	m.unique(mainKey)
}

// gaps are those between the units that follow in order.
func (m *mover) gaps() []stretch {
	inOrder := slices.Clone(m.from)
	for j, moved := range m.moved {
		if moved {
			inOrder[j] = -1
		}
	}
	return gaps(inOrder, len(m.old))
}

// unique pairs what is left over on both sides exactly once under a key, and
// goes on from each such pair to its neighbours: a block moves as a whole, and
// its cells that stand elsewhere too go by their place in it.
func (m *mover) unique(key func(corpus.Pair) string) {
	const several = -2
	where := map[string][2]int{} // key → left over in old, in new; several
	note := func(k string, side, i int) {
		w, ok := where[k]
		if !ok {
			w = [2]int{-1, -1}
		}
		if w[side] == -1 {
			w[side] = i
		} else {
			w[side] = several
		}
		where[k] = w
	}
	for i := range m.old {
		if !m.taken[i] {
			note(key(m.old[i]), 0, i)
		}
	}
	for j := range m.new {
		if m.from[j] < 0 {
			note(key(m.new[j]), 1, j)
		}
	}
	for j := range m.new {
		w := where[key(m.new[j])]
		if m.from[j] >= 0 || w[0] < 0 || w[1] != j || m.taken[w[0]] || key(m.new[j]) == key(corpus.Pair{}) {
			continue
		}
		m.take(w[0], j)
		for _, step := range []int{-1, +1} {
			for i, k := w[0]+step, j+step; m.free(i, k) && (key(m.old[i]) == key(m.new[k]) || alike(mainKey(m.old[i]), mainKey(m.new[k]))); i, k = i+step, k+step {
				m.take(i, k)
			}
		}
	}
}

// lean prefers, among units that say the same, the one whose neighbour goes with
// the neighbour: the cell "Yes" beside "North" is the one that stood beside
// "North". The order stays as it is.
func (m *mover) lean() {
	at := make([]int, len(m.old)) // where in new an old unit is
	for i := range at {
		at[i] = -1
	}
	for j, i := range m.from {
		if i >= 0 {
			at[i] = j
		}
	}
	beside := func(i, j int) bool { // a neighbour goes along
		return j > 0 && i > 0 && m.from[j-1] == i-1 || j+1 < len(m.new) && m.from[j+1] == i+1
	}
	set := func(i, j int) { at[i], m.from[j], m.taken[i] = j, i, true }
	for _, step := range []int{+1, -1} {
		for k := range m.new {
			j := k
			if step < 0 {
				j = len(m.new) - 1 - k
			}
			p := j - step
			if p < 0 || p >= len(m.new) || m.from[p] < 0 {
				continue
			}
			i, was := m.from[p]+step, m.from[j]
			if i < 0 || i >= len(m.old) || was == i || m.old[i] != m.new[j] {
				continue
			}
			switch j2 := at[i]; {
			case was < 0 && j2 >= 0 && (j2-j)*step > 0 && !beside(i, j2): // its like farther on gave way
				m.from[j2] = -1
				set(i, j)
			case was >= 0 && j2 < 0 && (was-i)*step > 0 && !beside(was, j): // its like farther on was taken for it
				at[was], m.taken[was] = -1, false
				set(i, j)
			}
		}
	}
}

func (m *mover) free(i, j int) bool {
	return i >= 0 && j >= 0 && i < len(m.old) && j < len(m.new) && !m.taken[i] && m.from[j] < 0
}

func (m *mover) take(i, j int) { m.from[j], m.taken[i], m.moved[j] = i, true, true }

// fill takes what is left in each gap.
func (m *mover) fill() {
	for _, g := range m.gaps() {
		var olds, news []int
		for i := g.old.start; i < g.old.end; i++ {
			if !m.taken[i] {
				olds = append(olds, i)
			}
		}
		for j := g.new.start; j < g.new.end; j++ {
			if m.from[j] < 0 && m.new[j] != (corpus.Pair{}) {
				news = append(news, j)
			}
		}
		pairOff(olds, news, func(i, j int) bool { return alike(mainKey(m.old[i]), mainKey(m.new[j])) }, func(i, j int) { m.from[j], m.taken[i] = i, true })
	}
}

// pairOff takes what is left on two sides one for one if there is as much, else
// where the texts are alike, in order.
func pairOff(olds, news []int, alike func(i, j int) bool, link func(i, j int)) {
	if len(olds) == len(news) {
		for k, i := range olds {
			link(i, news[k])
		}
		return
	}
	next := 0
	for _, j := range news {
		for k := next; k < min(len(olds), next+reach); k++ {
			if alike(olds[k], j) {
				link(olds[k], j)
				next = k + 1
				break
			}
		}
	}
}
