package quantity

import (
	"strings"
	"unicode/utf8"
)

// chinese reads one Chinese text from left to right.
type chinese struct {
	text  string
	dst   []Quantity
	first int // where this text's quantities begin in dst

	traditional bool // written so: a bare 元 is of Taiwan, Hong Kong or Macao
}

func appendChinese(dst []Quantity, text string) []Quantity {
	z := chinese{text: simplify(text), dst: dst, first: len(dst)}
	z.traditional = z.text != text
	z.read()
	return z.dst
}

func (z *chinese) read() {
	phrases := chinesePhrases()
	for i := 0; i < len(z.text); {
		c := z.text[i]
		switch {
		case isDigit(c) || isLetter(c):
			i = z.alphanumeric(i)
			continue
		case c < utf8.RuneSelf:
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(z.text[i:])
		if p, n, ok := phrases.at(z.text[i:], r); ok && !p.blocked(z.text[i+n:]) {
			for _, q := range p.means {
				q.Span = Span{i, i + n}
				q.Number = q.Span
				z.dst = append(z.dst, q)
			}
			i += n
			continue
		}
		switch {
		case isNumeral(r) || isWideDigit(r) || r == '两' || z.financial(i, r, size):
			i = z.quantity(i, i)
		case r == '第':
			i = z.ordinal(i, i+size)
		case r == '半':
			i = z.half(i, size)
		case r == '翻':
			i = z.fold(i, i+size)
		case r == '数' || r == '几' || r == '上':
			i = z.vague(i, i+size)
		case isRoman(r):
			z.add(Quantity{Span: Span{i, i + size}, Value: Decimal(romanValue(r), 0), Kind: Ordinal, Strong: true})
			i += size
		default:
			i += size
		}
	}
}

func (z *chinese) add(q Quantity) {
	if q.Number == (Span{}) {
		q.Number = q.Span
	}
	z.dst = append(z.dst, q)
}

// has returns the length of the first of the given words that stands at i.
func (z *chinese) has(i int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(z.text[i:], w) {
			return len(w)
		}
	}
	return 0
}

// before reports whether one of the given words ends at i.
func (z *chinese) before(i int, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(z.text[:i], w) {
			return true
		}
	}
	return false
}

// alphanumeric reads a run of ASCII letters and digits: a plain figure, or an
// identifier such as S-400, H5N6, 600606.SH.
func (z *chinese) alphanumeric(start int) int {
	if id, end, ok := identifier(z.text, start); ok {
		z.add(id)
		return end
	}
	if isDigit(z.text[start]) {
		return z.quantity(start, start)
	}
	i := start // a word; its letters hold no figures
	for i < len(z.text) && isLetter(z.text[i]) {
		i++
	}
	// "RM476", "US$5": a currency glued to its figure.
	return i
}

// ordinal reads what follows 第.
func (z *chinese) ordinal(start, i int) int {
	i += z.has(i, " ") // 第 12 条
	n, ok := z.number(i)
	if !ok {
		return i
	}
	kind := Ordinal
	end := n.end
	if size := z.has(n.end, "世纪"); size > 0 {
		kind, end = Century, n.end+size
	}
	z.add(Quantity{Span: Span{start, end}, Number: Span{i, n.end}, Value: n.value, Also: n.also, Kind: kind, Form: n.form, Strong: !n.value.small(1)})
	if size := z.has(end, "条之", " 条之"); size > 0 { // 第四条之一
		if m, ok := z.number(end + size); ok && z.has(m.end, "分之") == 0 {
			z.add(Quantity{Span: Span{end + size, m.end}, Value: m.value, Kind: Ordinal, Form: m.form, Strong: !m.value.small(1)})
			return m.end
		}
	}
	return end
}

// half reads 半 where no figure stands before it: half a year, half the people.
func (z *chinese) half(start, size int) int {
	i := start + size
	q := Quantity{Span: Span{start, i}, Value: Ratio(1, 2), Kind: Share, Form: Spelt}
	switch {
	case z.before(start, "过", "超", "近", "超过", "约") && z.has(i, "数") > 0: // 过半数
		q.Span.End += len("数")
		q.Strong = true
	default: // 半年 is six months
		if key, end := z.unitAt(i, false); key != "" {
			q.Kind, q.Unit = Cardinal, key
			q.Span.End = end
		}
	}
	z.add(q)
	return q.Span.End
}

// fold reads 翻番, 翻一番, 翻两番: doubled, doubled, quadrupled.
func (z *chinese) fold(start, i int) int {
	if z.has(i, "了") > 0 {
		i += len("了")
	}
	times := int64(1)
	end := i
	if n, ok := z.number(i); ok {
		end = n.end
		if v, whole := n.value.Int(); whole && v > 0 && v < 10 {
			times = v
		}
	}
	size := z.has(end, "番")
	if size == 0 {
		return i
	}
	v := Decimal(1<<times, 0)
	z.add(Quantity{Span: Span{start, end + size}, Value: v, Also: []Value{v.Add(Decimal(-1, 0))}, Kind: Multiple, Form: Spelt, Strong: true})
	return end + size
}

// vague reads 数千, 几十万, 上百亿: a scale whose figure is left open. With 上
// the scale itself is the figure.
func (z *chinese) vague(start, i int) int {
	r, _ := utf8.DecodeRuneInString(z.text[i:])
	if unitExponent(r) == 0 {
		return i
	}
	n, ok := z.number(i)
	if !ok || z.has(n.end, "分之") > 0 { // 总人数百分之六十
		return i
	}
	z.add(Quantity{Span: Span{start, n.end}, Number: Span{i, n.end}, Value: n.value, Kind: Cardinal, Unit: z.unit(n.end), Form: Spelt, Approx: true})
	return n.end
}

// unit returns the key of the unit of measure at i, or "".
func (z *chinese) unit(i int) string {
	key, _ := z.unitAt(i, true)
	return key
}

func (z *chinese) unitAt(i int, arabic bool) (string, int) {
	if i >= len(z.text) {
		return "", i
	}
	r, _ := utf8.DecodeRuneInString(z.text[i:])
	if r == '两' && !arabic {
		return "", i
	}
	key, size, ok := units().chinese.at(z.text[i:], r)
	if !ok {
		if isLetter(z.text[i]) {
			return latinUnit(z.text, i)
		}
		return "", i
	}
	return key, i + size
}

// latinUnit reads a unit written in letters right after a figure: 40kg.
func latinUnit(text string, i int) (string, int) {
	end := i
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	if key, ok := units().english[lower(text[i:end])]; ok {
		return key, end
	}
	return "", i
}
