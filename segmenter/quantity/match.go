package quantity

import "math"

// Relation says how the two quantities of a pair stand to each other.
type Relation uint8

// The relations, best first.
const (
	Equal       Relation = iota // the same quantity, conversions of units included
	Rounded                     // the target is the source rounded to the digits it shows
	UnitChanged                 // the same number of another unit: 80斤 and 80 kg
	Scaled10                    // the target is the source times a power of ten
	Changed                     // two quantities that stand for each other and differ
)

// Pair is a quantity of the source with the one of the target that stands for
// it, as indexes into the slices given to Match.
type Pair struct {
	Source, Target int
	Relation       Relation
	Power          int // for Scaled10: target = source × 10^Power
}

// Matching is what Match found: pairs, and what only one side has. Weak
// quantities without a partner are not listed; neither is one whose equal on
// the other side is paired already, for a text may repeat itself.
type Matching struct {
	Pairs   []Pair
	Missing []int // strong quantities of the source without a partner
	Added   []int // strong quantities of the target without a partner
}

// Match pairs the quantities of a source and of its translation by value, kind
// and unit. It works on the two as multisets: order does not matter. Pairs come
// in order of the source.
func Match(source, target []Quantity) Matching {
	m := matcher{source: source, target: target}
	m.fromSource = fill(m.sourceBuffer[:0], len(source))
	m.fromTarget = fill(m.targetBuffer[:0], len(target))
	for _, pass := range passes {
		m.pair(pass)
	}
	m.repeats()
	m.pair(pass{want: Rounded})
	m.joins()
	m.firstMonths()
	m.scaled()
	m.pair(pass{want: UnitChanged})
	m.changed()
	return m.result()
}

type pass struct {
	want                       Relation
	sameKind                   bool
	strongSource, strongTarget bool
}

var passes = []pass{
	{Equal, true, true, true},
	{Equal, false, true, true},
	{Equal, true, true, false},
	{Equal, false, true, false},
	{Equal, true, false, true},
	{Equal, false, false, true},
	{Equal, false, false, false},
}

const free = -1

// settled marks a quantity that needs no partner of its own.
const settled = -2

type matcher struct {
	source, target             []Quantity
	fromSource, fromTarget     []int // index of the partner, free or settled
	relations                  []Pair
	sourceBuffer, targetBuffer [32]int
}

func fill(dst []int, n int) []int {
	for range n {
		dst = append(dst, free)
	}
	return dst
}

func (m *matcher) join(i, j int, r Relation, power int) {
	m.fromSource[i], m.fromTarget[j] = j, i
	m.relations = append(m.relations, Pair{i, j, r, power})
}

// pair joins free quantities that stand in the wanted relation, first come
// first served.
func (m *matcher) pair(p pass) {
	for i := range m.source {
		s := &m.source[i]
		if m.fromSource[i] != free || p.strongSource && !s.Strong {
			continue
		}
		for j := range m.target {
			t := &m.target[j]
			if m.fromTarget[j] != free || p.strongTarget && !t.Strong || p.sameKind && s.Kind != t.Kind {
				continue
			}
			if r, ok := compare(s, t); ok && r == p.want {
				m.join(i, j, r, 0)
				break
			}
		}
	}
}

// repeats settles what only says again what is paired already.
func (m *matcher) repeats() {
	equal := func(i, j int) bool {
		r, ok := compare(&m.source[i], &m.target[j])
		return ok && r == Equal
	}
	for i := range m.source {
		for j := range m.target {
			if m.fromSource[i] == free && m.fromTarget[j] >= 0 && equal(i, j) {
				m.fromSource[i] = settled
			}
		}
	}
	for j := range m.target {
		for i := range m.source {
			if m.fromTarget[j] == free && m.fromSource[i] != free && equal(i, j) {
				m.fromTarget[j] = settled
			}
		}
	}
}

// joins settles a long figure that the other side writes in groups with blanks
// or hyphens between, as telephone numbers are: 85993119 and 8599 3119. Figures
// of fewer than six digits count only in groups of three.
func (m *matcher) joins() {
	join(m.source, m.target, m.fromSource, m.fromTarget)
	join(m.target, m.source, m.fromTarget, m.fromSource)
}

func join(whole, parts []Quantity, fromWhole, fromParts []int) {
	for i := range whole {
		if fromWhole[i] != free || whole[i].Kind != Cardinal || whole[i].Number.End-whole[i].Number.Start < 4 {
			continue
		}
		for j := 0; j+1 < len(parts); j++ {
			v := parts[j].Value
			for k := j + 1; k < len(parts) && k < j+5 && parts[k].Span.Start-parts[k-1].Span.End <= 1; k++ {
				digits := parts[k].Number.End - parts[k].Number.Start
				v = v.Shift(digits).Add(parts[k].Value)
				if v == whole[i].Value && (digits == 3 || whole[i].Number.End-whole[i].Number.Start >= 6) {
					fromWhole[i] = settled
					for l := j; l <= k; l++ {
						fromParts[l] = settled
					}
					break
				}
			}
		}
	}
}

// firstMonths joins 1至8月 with "the first eight months": what stands for the
// range is its length, so January is settled with it.
func (m *matcher) firstMonths() {
	for i := 0; i+1 < len(m.source); i++ {
		first, last := &m.source[i], &m.source[i+1]
		if m.fromSource[i] != free || m.fromSource[i+1] != free || first.Kind != Month || last.Kind != Month ||
			first.Value != Decimal(1, 0) || last.Span.Start-first.Span.End > len("至") {
			continue
		}
		for j := range m.target {
			t := &m.target[j]
			if m.fromTarget[j] != free || t.Kind != Cardinal || t.Unit != "month" || !t.Value.small(12) {
				continue
			}
			r := Equal
			if t.Value != last.Value {
				r = Changed
			}
			m.fromSource[i] = settled
			m.join(i+1, j, r, 0)
			break
		}
	}
}

// scaled joins what differs by a power of ten: the commonest slip with 万 and 亿.
func (m *matcher) scaled() {
	for i := range m.source {
		s := &m.source[i]
		if m.fromSource[i] != free || !scalable(s) {
			continue
		}
		for j := range m.target {
			t := &m.target[j]
			if m.fromTarget[j] != free || !s.Strong && !t.Strong && !(vague(s) && vague(t)) || !scalable(t) || (s.Kind == Share) != (t.Kind == Share) {
				continue
			}
			k, ok := t.Value.Power10(s.Value)
			if !ok || k == 0 || s.Value.significant() < 2 && !scaleShown(s) && !scaleShown(t) && s.Kind != Share {
				continue
			}
			m.join(i, j, Scaled10, k)
			break
		}
	}
}

// vague reports whether q is a scale without a figure, 数千 or "hundreds": its
// zeros are all it says.
func vague(q *Quantity) bool {
	return q.Approx && !q.Strong && q.Form == Spelt && q.Value.significant() == 1 && q.Value.Float64() >= 100
}

func scalable(q *Quantity) bool {
	return q.Kind == Cardinal || q.Kind == Share || q.Kind == Points || q.Kind == Multiple || q.Kind == Year
}

// scaleShown reports whether q is large enough, or written so, that its zeros
// are what it says.
func scaleShown(q *Quantity) bool {
	return q.Form == Scaled || q.Form == Grouped || q.Value.Float64() >= 1000
}

// changed joins what is left over on both sides where the two are most likely
// meant to be the same quantity: of one kind, and alone of it or alike in unit.
func (m *matcher) changed() {
	for i := range m.source {
		s := &m.source[i]
		if m.fromSource[i] != free || !s.Strong && s.Kind != Ordinal {
			continue
		}
		best, score := -1, 0
		for j := range m.target {
			t := &m.target[j]
			if m.fromTarget[j] != free || !t.Strong && (s.Kind != t.Kind || t.Value.small(3) && s.Kind != Ordinal) || !s.Strong && !t.Strong && t.Form != Spelt {
				continue
			}
			if n := likeness(s, t); n > score && (s.Strong || t.Kind == Ordinal) {
				best, score = j, n
			}
		}
		if best >= 0 {
			m.join(i, best, Changed, 0)
		}
	}
}

func likeness(s, t *Quantity) int {
	if s.Kind == Identifier || t.Kind == Identifier {
		if s.Kind == t.Kind {
			return 3
		}
		return 0
	}
	n := 0
	switch {
	case s.Kind == t.Kind:
		n = 3
	case compatible(s.Kind, t.Kind), s.Kind == Cardinal && t.Kind == Share, s.Kind == Share && t.Kind == Cardinal,
		s.Kind == Century && t.Kind == Decade, s.Kind == Decade && t.Kind == Century, s.Kind == Multiple && t.Kind == Share:
		n = 1
	default:
		return 0
	}
	if s.Unit != "" && s.Unit == t.Unit {
		n += 3
	}
	if a, b := s.Value.Float64(), t.Value.Float64(); a > 0 && b > 0 && math.Abs(math.Log10(a/b)) < 1 {
		n += 2
	}
	return n
}

func (m *matcher) result() Matching {
	var r Matching
	for i, j := range m.fromSource {
		if j >= 0 {
			for _, p := range m.relations {
				if p.Source == i {
					r.Pairs = append(r.Pairs, p)
					break
				}
			}
		} else if j == free && m.source[i].Strong {
			r.Missing = append(r.Missing, i)
		}
	}
	for j, i := range m.fromTarget {
		if i == free && m.target[j].Strong && m.target[j].Kind != Identifier {
			r.Added = append(r.Added, j)
		}
	}
	return r
}

// compare tells how t stands to s where the two are Equal, Rounded or
// UnitChanged; ok is false where they are not the same quantity at all.
func compare(s, t *Quantity) (r Relation, ok bool) {
	if s.Kind == Identifier && t.Kind == Identifier {
		return Equal, s.ID == t.ID
	}
	if !compatible(s.Kind, t.Kind) {
		return Equal, false
	}
	relation := relate(s.Unit, t.Unit)
	if relation == unitsConvert {
		if converts(s, t) {
			return Equal, true
		}
		return UnitChanged, same(s, t)
	}
	if same(s, t) {
		if relation == unitsDiffer {
			return UnitChanged, true
		}
		return Equal, true
	}
	if relation != unitsDiffer && (s.Kind == Cardinal || s.Kind == Share || s.Kind == Points || s.Kind == Multiple) && s.Value.roundsTo(t.Value) && !exact(s, t) {
		return Rounded, true
	}
	return Equal, false
}

// exact reports whether two figures show all their digits, so that neither
// stands for the other rounded: 6666 is not 6660.
func exact(s, t *Quantity) bool {
	if s.Kind != Cardinal || s.Form != Plain && s.Form != Grouped || t.Form != Plain && t.Form != Grouped || s.Approx || t.Approx || s.Unit != t.Unit && Dimension(s.Unit) != "" {
		return false
	}
	_, whole := s.Value.Int()
	return whole
}

func same(s, t *Quantity) bool {
	for v := range s.readings {
		if t.is(v) {
			return true
		}
	}
	return hourOf(s, t) || hourOf(t, s) || s.Kind == Share && t.Kind == Share && nearShare(s.Value, t.Value)
}

// nearShare reports whether two shares are one where one of them has no finite
// decimal: two-thirds and 66.7 %.
func nearShare(a, b Value) bool {
	return a.Valid() && b.Valid() && (a.den != 1 || b.den != 1) && math.Abs(a.Float64()-b.Float64()) < 0.005
}

// hourOf reports whether a bare number is a clock's full hour, 9时 and "at 9
// local time", or its hour and minutes, "at 1954".
func hourOf(clock, number *Quantity) bool {
	if clock.Kind != Clock || number.Kind != Cardinal && number.Kind != Year {
		return false
	}
	if v, whole := number.Value.Int(); whole && v >= 100 && v < 2400 && v%100 > 0 && v%100 < 60 && number.Form == Plain {
		return clock.is(Decimal(v/100*60+v%100, 0))
	}
	return number.Kind == Cardinal && clock.is(number.Value.Mul(Decimal(60, 0)))
}

// converts reports whether t is s in another unit, to within two per cent:
// conversions are rounded.
func converts(s, t *Quantity) bool {
	for v := range s.readings {
		x, ok := Convert(v, s.Unit, t.Unit)
		if !ok {
			return false
		}
		for w := range t.readings {
			if y := w.Float64(); math.Abs(x-y) <= 0.02*math.Abs(x) || math.Abs(x-y) <= 0.05*math.Abs(x) && w.significant() <= 2 && roundsTo(x, y) {
				return true
			}
		}
	}
	return false
}

// roundsTo reports whether y is x rounded to its first digit or its first two.
func roundsTo(x, y float64) bool {
	if x <= 0 || y <= 0 {
		return false
	}
	unit := math.Pow(10, math.Floor(math.Log10(x)))
	return math.Round(x/unit)*unit == y || math.Round(10*x/unit)*unit/10 == y
}

// compatible reports whether a quantity of kind a may stand for one of kind b.
func compatible(a, b Kind) bool {
	if a == b {
		return true
	}
	if a > b {
		a, b = b, a
	}
	switch a {
	case Cardinal:
		return b == Ordinal || b == Points || b == Multiple || b == Year || b == Day || b == Identifier || b == Clock || b == Decade
	case Ordinal:
		return b == Day || b == Year || b == Century || b == Identifier
	case Share:
		return b == Points || b == Multiple
	case Points:
		return b == Multiple
	case Year:
		return b == Decade || b == Identifier || b == Clock
	}
	return false
}
