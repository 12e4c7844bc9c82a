package quantity

import (
	"unicode/utf8"
)

// numeral is a number as it stands in a Chinese text, without what it counts.
type numeral struct {
	end     int
	value   Value
	also    []Value
	form    Form
	arabic  bool // begins with a figure
	digits  int  // how many digits it has where it has no scale, else 0
	scale   int  // exponent of the scale that ends it: 8 in 850亿, 4 in 4000万
	approx  bool
	vague   bool // 十几, 几十: the figure is left open
	grouped bool // 1,234
}

// small reports whether v is a whole number from 0 to n.
func (v Value) small(n int64) bool {
	i, ok := v.Int()
	return ok && i >= 0 && i <= n
}

func digitOf(r rune) (int64, bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '一', '壹':
		return 1, true
	case '二', '两', '贰':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

// unitExponent returns k where r is the scale 10^k, else 0.
func unitExponent(r rune) int {
	switch r {
	case '十', '拾':
		return 1
	case '百', '佰':
		return 2
	case '千', '仟':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

func isNumeral(r rune) bool {
	if r == '陆' || r == '伍' || r == '拾' || r == '两' { // words and names more often than numerals
		return false
	}
	_, ok := digitOf(r)
	return ok || unitExponent(r) > 0 || r == '廿' || r == '卅'
}

// financial reports whether r, which elsewhere is a word or a name, begins an
// amount in the characters of cheques: 伍拾, 陆万, 拾万.
func (z *chinese) financial(i int, r rune, size int) bool {
	if r != '陆' && r != '伍' && r != '拾' {
		return false
	}
	switch next, _ := utf8.DecodeRuneInString(z.text[i+size:]); next {
	case '拾', '佰', '仟':
		return r != '拾'
	case '万', '亿':
		return true
	}
	return false
}

// accumulator builds a Chinese number from left to right: what stands before
// 亿 or 万 is closed, the section below 万 is open, and the digits read last wait
// for their scale.
type accumulator struct {
	closed  Value
	section Value
	pending Value // digits without their scale; invalid: none
	also    Value // their second reading: 六七
	last    int   // exponent of the scale read last
	scales  int   // how many scales were read
	zero    bool  // 零, or figures, stand before the pending digits: they are ones
}

func (a *accumulator) sum(v Value) Value { return a.closed.Add(a.section).Add(v) }

// digits takes the value of digits and, if valid, their second reading.
func (a *accumulator) digits(v, also Value) { a.pending, a.also = v, also }

// scale closes the pending digits with the scale 10^k. It reports false where
// no number goes on so: 三百五百.
func (a *accumulator) scale(k int, n *numeral) bool {
	one := a.pending
	if !one.Valid() {
		one = Decimal(1, 0)
		switch {
		case a.scales == 0:
			n.vague = k != 1 // 百, 千, 万 alone: as in 百姓
		case k >= 4:
			one = Decimal(0, 0) // 十万: the section alone is scaled
		case k >= a.last:
			return false
		}
	} else if a.scales > 0 && k < 4 && a.last < 4 && a.last <= k {
		return false
	}
	other := a.also
	switch {
	case k < 4:
		if other.Valid() {
			n.also = append(n.also, a.sum(other.Shift(k)))
		}
		a.section = a.section.Add(one.Shift(k))
	case k == 4:
		a.rescale(n, other, 4)
		a.closed = a.closed.Add(a.section.Add(one).Shift(4))
		a.section = Decimal(0, 0)
	default:
		a.rescale(n, other, 8)
		a.closed = a.closed.Add(a.section).Add(one).Shift(8)
		a.section = Decimal(0, 0)
		n.scale = 0
	}
	if k >= 4 {
		n.scale += k
	}
	a.pending, a.also, a.zero = Value{}, Value{}, false
	a.last = k
	a.scales++
	n.digits = 0
	return true
}

// rescale multiplies the second readings by 10^k, or makes the first of them.
func (a *accumulator) rescale(n *numeral, other Value, k int) {
	if other.Valid() {
		n.also = append(n.also, a.sum(other).Shift(k))
		return
	}
	shiftAll(n.also, k)
}

// finish adds the digits that no scale follows. After a scale a single digit
// leaves the next lower scale unsaid: 三万二 is 32,000.
func (a *accumulator) finish(n *numeral) {
	if !a.pending.Valid() {
		n.value = a.sum(Decimal(0, 0))
		return
	}
	n.scale = 0
	tail, also := a.pending, a.also
	single := tail.small(9) && tail != Decimal(0, 0)
	if (single || also.Valid()) && !a.zero && a.last > 1 {
		tail, also = tail.Shift(a.last-1), also.Shift(a.last-1)
	}
	if also.Valid() {
		n.also = append(n.also, a.sum(also))
	}
	n.value = a.sum(tail)
}

// number reads the numeral at i: figures and Chinese numerals with the scales
// 十百千万亿 in any mixture that is in use (3368.4万, 11万7015, 三万二, 一万六七,
// 二〇二一, 十几, 3000多万, 1.5万亿).
func (z *chinese) number(i int) (numeral, bool) {
	n := numeral{form: Spelt}
	a := accumulator{closed: Decimal(0, 0), section: Decimal(0, 0)}
	start := i
	for i < len(z.text) {
		next := z.part(i, start, &a, &n)
		if next == i {
			break
		}
		i = next
	}
	a.finish(&n)
	if a.pending.Valid() {
		n.end = i
	}
	if n.end <= start || !n.value.Valid() {
		return numeral{}, false
	}
	return n, true
}

// part reads the next part of the numeral that began at start and returns
// where it ends: i itself where the numeral is over.
func (z *chinese) part(i, start int, a *accumulator, n *numeral) int {
	if c, _ := digitAt(z.text, i); c >= 0 {
		return z.figurePart(i, start, a, n)
	}
	r, size := utf8.DecodeRuneInString(z.text[i:])
	if d, ok := digitOf(r); ok {
		switch {
		case a.pending.Valid() || n.arabic && a.last < 4:
			return i
		case d == 0 && a.scales > 0: // 一百零五
			a.zero = true
			return i + size
		}
		v, end, second := z.digits(i)
		if r == '两' && !second.Valid() {
			v, end, second = Decimal(2, 0), i+size, Value{}
		}
		a.digits(v, second)
		if a.scales == 0 {
			n.digits = utf8.RuneCountInString(z.text[i:end])
		}
		return end
	}
	if (r == '廿' || r == '卅') && a.scales == 0 && !a.pending.Valid() {
		a.section, a.last, a.scales, a.zero = Decimal(20, 0), 1, 1, true
		if r == '卅' {
			a.section = Decimal(30, 0)
		}
		n.end = i + size
		return n.end
	}
	if k := unitExponent(r); k > 0 {
		if r == '千' && n.arabic && z.has(i+size, "米", "克", "瓦", "伏", "卡", "帕", "赫") > 0 {
			return i // 3千米 is 3 kilometres
		}
		if !a.scale(k, n) {
			return i
		}
		if n.arabic && k >= 4 {
			n.form = Scaled
		}
		n.end = i + size
		return n.end
	}
	return z.openPart(i, r, size, a, n)
}

// figurePart reads figures: at the beginning of the numeral, or after 万 or 亿
// (11万7015).
func (z *chinese) figurePart(i, start int, a *accumulator, n *numeral) int {
	f := figure(z.text, i)
	if a.pending.Valid() || !f.value.Valid() || i > start && a.last < 4 {
		return i
	}
	if i == start {
		n.arabic, n.form, n.digits, n.grouped = true, Plain, f.digits, f.grouped
		if f.grouped {
			n.form = Grouped
		}
	}
	a.digits(f.value, Value{})
	a.zero = true
	return f.end
}

// openPart reads 多, 余 and 几, which leave the rest of the figure open:
// 3000多万, 十几万, 十几人.
func (z *chinese) openPart(i int, r rune, size int, a *accumulator, n *numeral) int {
	if r != '多' && r != '余' && r != '几' || !a.pending.Valid() && a.scales == 0 {
		return i
	}
	next, _ := utf8.DecodeRuneInString(z.text[i+size:])
	switch {
	case unitExponent(next) >= 4 || r == '几' && unitExponent(next) > 0 && a.last == 1:
		n.approx = true
		n.vague = n.vague || r == '几'
		if !a.pending.Valid() {
			a.pending = Decimal(0, 0)
		}
		return i + size
	case r == '几' && a.last == 1 && !a.pending.Valid():
		n.approx, n.vague = true, true
		n.end = i + size
		return n.end
	}
	return i
}

func shiftAll(values []Value, k int) {
	for i := range values {
		values[i] = values[i].Shift(k)
	}
}

// digits reads a run of Chinese digits: one digit, a string of them (二〇二一),
// an approximate pair (六七), or a decimal (三点五).
func (z *chinese) digits(i int) (v Value, end int, second Value) {
	num, count, exp := int64(0), 0, 0
	point := false
	var list [20]int64
	end = i
	for end < len(z.text) && count < 15 {
		r, size := utf8.DecodeRuneInString(z.text[end:])
		d, ok := digitOf(r)
		if !ok || r == '两' && count > 0 {
			if r != '点' && (r != '·' || num != 0) || point || count == 0 { // 三·一五 is a day
				break
			}
			next, nsize := utf8.DecodeRuneInString(z.text[end+size:])
			if _, digit := digitOf(next); !digit {
				break
			}
			after, _ := utf8.DecodeRuneInString(z.text[end+size+nsize:])
			if unitExponent(after) == 1 || after == '分' || after == '刻' { // 三点五十, 三点一刻: a time
				break
			}
			point = true
			end += size
			continue
		}
		list[count] = d
		num = num*10 + d
		count++
		if point {
			exp--
		}
		end += size
	}
	if count == 2 && !point && list[0] > 0 && (list[1] == list[0]+1 || list[0] == 3 && list[1] == 5) { // 六七, and 三五
		return Decimal(list[0], 0), end, Decimal(list[1], 0)
	}
	return Decimal(num, exp), end, Value{}
}

func isRoman(r rune) bool { return 'Ⅰ' <= r && r <= 'Ⅻ' }

func romanValue(r rune) int64 { return int64(r-'Ⅰ') + 1 }

// lower returns s in lower case without an allocation where it is so already.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] |= 0x20
				}
			}
			return string(b)
		}
	}
	return s
}
