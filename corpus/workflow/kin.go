package workflow

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
)

// kin are units of two versions that say the same things: indexes into the two
// lists, ascending. Either side may be empty. Each unit is of one kin.
type kin struct {
	old, new []int
	moved    bool // a unit of the new version was found out of order
}

// kindred groups the units of two versions: those of the new one in order, with
// what they follow from, then those of the old one that none follows from. The
// units of the new version in a group are adjacent.
//
// Units that are equal on both sides go first, then, between those, units whose
// source is equal (whose target is, where there is no source); then such units
// out of order. In what is left sentences are looked for rather than units, since
// people and aligners put them together in other ways: whoever shares a sentence
// is of one group, so that a wording of all of them is never beside a unit that
// says a part of it again. What still stands alone between two pairs is taken one
// for one if there are as many on both sides: to show too much as changed is safe,
// since nothing that changed stays approved.
//
// Where one of the two has no source at all the translation alone decides:
// a source that comes later must find the work that was done without it.
func kindred(old, new []corpus.Unit) []kin {
	k := newKinship(len(old), len(new))
	before, after := unitTexts(old), unitTexts(new)
	if k.byTarget = sourceless(before) != sourceless(after); k.byTarget {
		before, after = targetsOnly(before), targetsOnly(after)
	}
	m := settle(before, after)
	m.elsewhere()
	k.moved = m.moved
	for j, i := range m.from {
		if i >= 0 {
			k.link(i, j)
		}
	}
	for _, g := range m.gaps() {
		k.sentences(old, new, g)
		k.rest(before, after, g)
	}
	k.estranged(old, new)
	k.adjoin()
	return k.groups()
}

func unitTexts(units []corpus.Unit) []corpus.Pair {
	list := make([]corpus.Pair, len(units))
	for i, u := range units {
		list[i] = u.Text
	}
	return list
}

// kinship joins units into groups, as a forest: old unit i is node i, new unit j
// node olds+j.
type kinship struct {
	olds     int
	parent   []int
	linked   []bool
	moved    []bool // of new units: found out of order
	budget   int    // how many texts may still be compared
	byTarget bool   // the translations alone are compared
	reach    []span // of each new unit: from the first old unit linked to it to behind the last
	extent   []span // of each old unit: the same of the new ones
}

func newKinship(olds, news int) *kinship {
	k := &kinship{olds: olds, parent: make([]int, olds+news), linked: make([]bool, olds+news), reach: make([]span, news), extent: make([]span, olds), budget: comparisons}
	for i := range k.parent {
		k.parent[i] = i
	}
	return k
}

func (k *kinship) root(i int) int {
	for k.parent[i] != i {
		k.parent[i] = k.parent[k.parent[i]]
		i = k.parent[i]
	}
	return i
}

func (k *kinship) link(old, new int) {
	r := &k.reach[new]
	if !k.linked[k.olds+new] {
		*r = span{old, old + 1}
	}
	r.start, r.end = min(r.start, old), max(r.end, old+1)
	x := &k.extent[old]
	if !k.linked[old] {
		*x = span{new, new + 1}
	}
	x.start, x.end = min(x.start, new), max(x.end, new+1)
	k.linked[old], k.linked[k.olds+new] = true, true
	k.join(old, k.olds+new)
}

// encloses reports whether linking the two would take something that came from
// elsewhere, whole, into a group it has no part in. What is new on its far side
// then stands by itself.
func (k *kinship) encloses(old, new int) bool {
	if !k.linked[old] {
		return false
	}
	x := k.extent[old]
	return slices.Contains(k.moved[min(x.start, new):max(x.end, new+1)], true)
}

// join makes one group of two; the lower root stays, for a result that depends
// on nothing but the units.
func (k *kinship) join(a, b int) {
	a, b = k.root(a), k.root(b)
	k.parent[max(a, b)] = min(a, b)
}

// piece is one sentence of a unit's main side.
type piece struct {
	unit int
	text string // with a mark of its side in front
}

// pieces returns the sentences by which units of a stretch are compared that have
// no kin yet: those of the source, and those of the target where a unit has no
// source. first is the node of the first unit of all.
func (k *kinship) pieces(units []corpus.Unit, first int, s span) []piece {
	var list []piece
	for i := s.start; i < s.end; i++ {
		if k.linked[first+i] {
			continue
		}
		segments, text, mark := units[i].Source, units[i].Text.Source, "s"
		if len(segments) == 0 || k.byTarget {
			segments, text, mark = units[i].Target, units[i].Text.Target, "t"
		}
		for _, t := range segmentTexts(segments, text) {
			list = append(list, piece{i, mark + t})
		}
	}
	return list
}

// segmentTexts divides the text of adjacent segments, as textOf made it, into
// that of each.
func segmentTexts(segments []corpus.Segment, text string) []string {
	var list []string
	for _, s := range SentenceSpans(segments) {
		if s.Start < 0 || s.End > len(text) || s.Start > s.End {
			return []string{text} // no text of these segments
		}
		list = append(list, text[s.Start:s.End])
	}
	return list
}

// sentences links the units of a stretch that share a sentence: an equal one; or,
// between those, one that is part of the other; or, of what is left, one that is
// alike.
func (k *kinship) sentences(old, new []corpus.Unit, g stretch) {
	before, after := k.pieces(old, 0, g.old), k.pieces(new, k.olds, g.new)
	from := make([]int, len(after))
	for j := range from {
		from[j] = -1
	}
	used := make([]bool, len(before))
	link := func(i, j int) {
		if k.encloses(before[i].unit, after[j].unit) {
			return
		}
		from[j], used[i] = i, true
		k.link(before[i].unit, after[j].unit)
	}
	for _, p := range diff.Sequences(pieceTexts(before), pieceTexts(after)) {
		link(p.Old, p.New)
	}
	for _, gap := range gaps(from, len(before)) {
		next := gap.old.start
		for j := gap.new.start; j < gap.new.end; j++ {
			for i := next; i < min(gap.old.end, next+reach); i++ {
				if holds(before[i], after[j]) {
					link(i, j)
					next = i
				}
			}
		}
	}
	for _, gap := range gaps(from, len(before)) {
		next, far := gap.old.start, reach
		even := gap.old.end-gap.old.start == gap.new.end-gap.new.start
		if even {
			far = 1 // as many on both sides: each has its place
		}
		for j := gap.new.start; j < gap.new.end; j++ {
			if even {
				next = gap.old.start + j - gap.new.start
			}
			for i := next; i < min(gap.old.end, next+far); i++ {
				if a, b := before[i].text, after[j].text; !used[i] && a[0] == b[0] && k.alike(a[1:], b[1:]) {
					link(i, j)
					next = i + 1
					break
				}
			}
		}
	}
}

// comparisons is how many texts are compared at the most: in a document that has
// changed from end to end the rest counts as other text, since whoever holds the
// writer holds up everybody else.
const comparisons = 4_000

func (k *kinship) alike(a, b string) bool {
	k.budget--
	return k.budget >= 0 && alike(a, b)
}

func pieceTexts(list []piece) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.text
	}
	return out
}

// leastPart is how many characters a part of a sentence has at least to speak
// for it.
const leastPart = 4

// holds reports whether one of two sentences of a side is a part of the other.
func holds(p, q piece) bool {
	if p.text[0] != q.text[0] {
		return false
	}
	a, b := p.text[1:], q.text[1:]
	if len(a) > len(b) {
		a, b = b, a
	}
	return 8*len(a) >= len(b) && utf8.RuneCountInString(a) >= leastPart && strings.Contains(b, a)
}

// rest links the units of a stretch that stand alone between linked ones, one for
// one where there are as many on both sides, else where they are alike. What came
// from elsewhere is passed over.
func (k *kinship) rest(before, after []corpus.Pair, g stretch) {
	low := g.old.start
	for j := g.new.start; j < g.new.end; j++ {
		if k.moved[j] {
			continue
		}
		if k.linked[k.olds+j] {
			low = max(low, k.reach[j].end)
			continue
		}
		var lone []int
		m := j
		for m < g.new.end && (k.moved[m] || !k.linked[k.olds+m]) {
			if !k.moved[m] {
				lone = append(lone, m)
			}
			m++
		}
		high := g.old.end
		if m < g.new.end {
			high = k.reach[m].start
		}
		var alone []int
		for i := low; i < high; i++ {
			if !k.linked[i] {
				alone = append(alone, i)
			}
		}
		pairOff(alone, lone, func(i, j int) bool { return k.alike(mainKey(before[i]), mainKey(after[j])) }, k.link)
		j = m - 1
	}
}

// estranged looks at runs of new units that have one side alone. Where one of them
// follows from a unit that had a target, and others are targets that follow from
// nothing, the aligner tore them apart: they become one group, or else the wording
// that is carried to the one would be put in beside what the others say.
func (k *kinship) estranged(old, new []corpus.Unit) {
	for j := 0; j < len(new); j++ {
		end := j
		first, last := -1, -1 // of those to be joined
		lost, strange := false, false
		for ; end < len(new) && (len(new[end].Source) == 0 || len(new[end].Target) == 0); end++ {
			l := len(new[end].Target) == 0 && k.linked[k.olds+end] && slices.ContainsFunc(old[k.reach[end].start:k.reach[end].end], func(u corpus.Unit) bool { return len(u.Target) > 0 })
			s := len(new[end].Source) == 0 && !k.linked[k.olds+end]
			if !l && !s {
				continue
			}
			lost, strange = lost || l, strange || s
			if first < 0 {
				first = end
			}
			last = end
		}
		for n := first + 1; lost && strange && n <= last; n++ {
			k.join(k.olds+first, k.olds+n)
		}
		j = end
	}
}

// adjoin takes the new units between those of one group into it, so that they
// can be made one.
func (k *kinship) adjoin() {
	news := len(k.parent) - k.olds
	last := map[int]int{} // root → last new unit of the group
	for j := range news {
		last[k.root(k.olds+j)] = j
	}
	for j := 0; j < news; j++ {
		end := last[k.root(k.olds+j)]
		for i := j + 1; i <= end; i++ {
			end = max(end, last[k.root(k.olds+i)])
			k.join(k.olds+j, k.olds+i)
		}
		j = max(j, end)
	}
}

func (k *kinship) groups() []kin {
	at := map[int]int{}
	var list []kin
	for n := range k.parent {
		r := k.root(n)
		i, ok := at[r]
		if !ok {
			i = len(list)
			at[r] = i
			list = append(list, kin{})
		}
		if n < k.olds {
			list[i].old = append(list[i].old, n)
		} else {
			list[i].new = append(list[i].new, n-k.olds)
			list[i].moved = list[i].moved || k.moved[n-k.olds]
		}
	}
	slices.SortStableFunc(list, func(a, b kin) int {
		switch {
		case len(a.new) == 0 || len(b.new) == 0:
			return cmp.Compare(len(b.new), len(a.new))
		}
		return cmp.Compare(a.new[0], b.new[0])
	})
	return list
}
