package quantity

import (
	"unicode/utf8"
)

// quantity reads the numeral at i and what it counts, adds it, and returns
// where it ends. start is where the expression begins.
func (z *chinese) quantity(start, i int) int {
	n, ok := z.number(i)
	if !ok {
		_, size := utf8.DecodeRuneInString(z.text[i:])
		return i + size
	}
	if end := z.fraction(start, n); end > 0 {
		return end
	}
	if end := z.mixed(start, n); end > 0 {
		return end
	}
	if end := z.outOf(start, n); end > 0 {
		return end
	}
	if end := z.isoDate(start, n); end > 0 {
		return end
	}
	if end := z.dottedDay(start); end > 0 {
		return end
	}
	if end := z.colonTime(start, n); end > 0 {
		return end
	}
	q := Quantity{
		Span: Span{start, n.end}, Number: Span{i, n.end},
		Value: n.value, Also: n.also, Form: n.form, Approx: n.approx || n.vague,
	}
	q.Strong = !n.vague && !n.value.small(1) && (n.arabic || !n.value.small(2)) && (n.arabic || n.digits != 1 && n.value != Decimal(10, 0) || z.counts(n.end))
	if len(n.also) > 0 && n.also[0].small(9) { // 两三年: "a few years"
		q.Strong = false
	}
	if n.vague && n.value == Decimal(10, 0) { // 十几人: "a dozen people"
		q.Also = append(q.Also, Decimal(12, 0))
	}
	return z.counted(q, n)
}

// counted reads the word after a numeral that says what it counts.
func (z *chinese) counted(q Quantity, n numeral) int {
	i := n.end
	if z.has(i, "多", "余") > 0 {
		q.Approx = true
		i += len("多")
	}
	if half := z.andHalf(i); half > i && n.value.small(99) { // 一个半小时, 两个半月
		q.Value, q.Strong = q.Value.Add(Ratio(1, 2)), true
		i = half
		if z.has(i, "月") > 0 {
			q.Unit = "month"
			q.Span.End = i + len("月")
			z.add(q)
			return q.Span.End
		}
	}
	set := func(kind Kind, size int) {
		q.Kind = kind
		i += size
	}
	percent := func(exp, size int) {
		q.Value = q.Value.Shift(exp)
		q.Also = shifted(q.Also, exp)
		q.Strong = true
		set(Share, size)
	}
	switch {
	case i >= len(z.text):
	case z.has(i, "%", "％", " %", " ％") > 0:
		percent(-2, z.has(i, "%", "％", " %", " ％"))
	case z.has(i, "‰") > 0:
		percent(-3, z.has(i, "‰"))
	case z.has(i, "个百分点", "百分点") > 0:
		percent(-2, z.has(i, "个百分点", "百分点"))
		q.Kind = Points
	case z.has(i, "个基点", "基点", "个基本点") > 0:
		percent(-4, z.has(i, "个基点", "基点", "个基本点"))
		q.Kind = Points
	case z.has(i, "成") > 0 && n.value.small(9) && !z.isWord(i):
		q.Value = q.Value.Shift(-1)
		q.Also = shifted(q.Also, -1)
		set(Share, len("成"))
		q.Strong = true
		if digit, size := z.digitAfter(i); size > 0 { // 三成五
			q.Value = q.Value.Add(Decimal(digit, -2))
			i += size
		}
	case z.has(i, "折") > 0:
		share := q.Value.Shift(-1)
		if whole, ok := n.value.Int(); ok && whole > 10 { // 七五折
			share = q.Value.Shift(-2)
		}
		q.Value, q.Also = share, nil
		set(Share, len("折"))
		q.Strong = true
	case z.has(i, "倍") > 0:
		q.Also = append(q.Also, q.Value.Add(z.timesMore(q.Span.Start)))
		set(Multiple, len("倍"))
		q.Strong = true
	case z.has(i, "年代") > 0:
		q.Value, q.Also = z.decade(n, q.Span.Start)
		set(Decade, len("年代"))
		q.Strong = true
	case z.has(i, "世纪") > 0:
		if end := z.decadeOfCentury(q, n, i+len("世纪")); end > 0 {
			return end
		}
		set(Century, len("世纪"))
		q.Strong = true
	case z.has(i, "后") > 0 && n.digits == 2 && z.has(i, "后天", "后来", "后期") == 0 && !q.Approx:
		if v, ok := n.value.Int(); ok && v%10 == 0 || v%5 == 0 {
			q.Also = []Value{n.value.Add(Decimal(1900, 0)), n.value.Add(Decimal(2000, 0))}
			q.Kind = Decade
		}
	case z.has(i, "年") > 0 && z.has(i, "年级", "年代", "年期") == 0:
		i = z.year(&q, n, i)
	case z.has(i, "月") > 0 && !n.arabic && (z.has(i+len("月"), "内", "以内", "以上", "以下", "未满") > 0 || z.before(q.Span.Start, "徒刑", "拘役")): // 六月以上, as laws say it
		q.Unit = "month"
		i += len("月")
	case z.has(i, "月") > 0 && n.value.small(12) && !q.Approx:
		set(Month, len("月"))
		if z.has(i, "份") > 0 {
			i += len("份")
		}
		q.Strong = true
	case z.has(i, "日", "号") > 0 && z.isDay(q.Span.Start, n, i):
		set(Day, len("日"))
		q.Strong = z.has(i, "电", "讯", "称", "说", "表示", "宣布", "通报", "报道", "消息", "透露") == 0 || len(z.dst) > z.first && z.dst[len(z.dst)-1].Kind == Month
	case z.has(i, "时", "点", "分") > 0:
		if end := z.clock(q, n, i); end > 0 {
			return end
		}
	}
	if q.Kind == Cardinal || q.Kind == Ordinal {
		i = z.measured(&q, n, i)
		if n.digits == 2 && !n.arabic && len(n.also) == 0 && q.Unit == "" {
			q.Strong = false // 五一, 九二: two bare digits are a name, not an amount
		}
	}
	q.Span.End = i
	if q.Kind == Cardinal && z.listMark(q) {
		return i
	}
	z.add(q)
	if end := z.rangeEnd(n, i); end > 0 {
		return end
	}
	return i
}

// andHalf returns where 个半 at i ends, or i where it only looks like it:
// 三个半导体项目.
func (z *chinese) andHalf(i int) int {
	if z.has(i, "个半") == 0 {
		return i
	}
	end := i + len("个半")
	if z.has(end, "小时", "钟头", "月", "世纪", "学期", "百分点") == 0 {
		return i
	}
	return end
}

// timesMore returns what may be added to the figure before 倍. Of what a thing
// grew by, 增长3倍, the base may be counted in (fourfold); of what it is now,
// 去年的3倍, the base may be taken out (200 per cent more).
func (z *chinese) timesMore(start int) Value {
	if z.before(start, "的", "的近", "的约", "到", "至", "达", "为") {
		return Decimal(-1, 0)
	}
	return Decimal(1, 0)
}

// measured reads the unit of measure at i into q.
func (z *chinese) measured(q *Quantity, n numeral, i int) int {
	key, end := z.unitAt(i, n.arabic)
	if key == "" {
		return i
	}
	if key == "li" && z.has(end, "面", "边", "程") > 0 || key == "in" {
		return i
	}
	if key == "cny" {
		key = z.currency(q.Span.Start)
	}
	q.Unit = key
	if !n.vague && Dimension(key) != "time" && Dimension(key) != "span" && Dimension(key) != "" {
		q.Strong = q.Strong || !n.value.small(1)
	}
	if z.has(end, "半") > 0 && z.has(end+len("半"), "个", "月") == 0 { // 两年半, 3小时半
		q.Value = q.Value.Add(Ratio(1, 2))
		end += len("半")
	}
	return end
}

// currency returns whose 元 an amount is that begins at start: of the one named
// before it (新台币五百元), else of the mainland.
func (z *chinese) currency(start int) string {
	for _, c := range []struct{ name, key string }{
		{"人民币", "cny"}, {"新台币", "twd"}, {"台币", "twd"}, {"港币", "hkd"}, {"澳门币", "mop"}, {"美金", "usd"}, {"美元", "usd"}, {"新币", "sgd"},
	} {
		if z.before(start, c.name, c.name+" ") {
			return c.key
		}
	}
	if z.traditional {
		return ""
	}
	return "cny"
}

// counts reports whether what stands at i can follow a single digit that
// counts something.
func (z *chinese) counts(i int) bool {
	if i >= len(z.text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(z.text[i:])
	return r < 0x3400 || classifiers()[r]
}

func shifted(values []Value, k int) []Value {
	shiftAll(values, k)
	return values
}

// isWord reports whether 成 at i begins a word of its own: 三成为.
func (z *chinese) isWord(i int) bool {
	return z.has(i, "成为", "成立", "成功", "成员", "成果", "成就", "成绩", "成本", "成人", "成年", "成长", "成熟", "成都", "成效", "成交", "成品", "成份", "成分", "成语", "成型") > 0
}

func (z *chinese) digitAfter(i int) (int64, int) {
	r, size := utf8.DecodeRuneInString(z.text[i:])
	if d, ok := digitOf(r); ok && r != '两' {
		return d, size
	}
	return 0, 0
}

// fraction reads 百分之三十五, 万分之五, 三分之二, with the denominator n read.
func (z *chinese) fraction(start int, n numeral) int {
	size := z.has(n.end, "分之")
	if size == 0 {
		return 0
	}
	den, ok := n.value.Int()
	if !ok || den == 0 {
		return 0
	}
	of := Ratio(1, den)
	i := n.end + size
	m, ok := z.number(i)
	if !ok {
		if z.has(i, "几") > 0 {
			return i + len("几")
		}
		return 0
	}
	if den == 100 && m.value == Decimal(100, 0) && z.has(i, "百") > 0 { // 百分之百
		m.vague = false
	}
	q := Quantity{Span: Span{start, m.end}, Number: Span{i, m.end}, Value: m.value.Mul(of), Kind: Share, Form: m.form, Strong: !m.vague, Approx: m.approx}
	for _, v := range m.also {
		q.Also = append(q.Also, v.Mul(of))
	}
	z.add(q)
	if size := z.connector(m.end); size > 0 { // 百分之三至五
		if o, ok := z.number(m.end + size); ok && z.has(o.end, "分之", "倍") == 0 {
			z.add(Quantity{Span: Span{m.end + size, o.end}, Value: o.value.Mul(of), Kind: Share, Form: o.form, Strong: true})
			return o.end
		}
	}
	return m.end
}

// mixed reads 三又二分之一 with the whole number read.
func (z *chinese) mixed(start int, n numeral) int {
	size := z.has(n.end, "又")
	if size == 0 {
		return 0
	}
	den, ok := z.number(n.end + size)
	of, whole := den.value.Int()
	over := z.has(den.end, "分之")
	if !ok || !whole || of == 0 || over == 0 {
		return 0
	}
	num, ok := z.number(den.end + over)
	value := n.value.Add(num.value.Mul(Ratio(1, of)))
	if !ok || !value.Valid() {
		return 0
	}
	z.add(Quantity{Span: Span{start, num.end}, Value: value, Form: n.form, Strong: true})
	return num.end
}

// outOf reads 每5人中有1人 with the 5 read: a share.
func (z *chinese) outOf(start int, n numeral) int {
	whole, ok := n.value.Int()
	if !ok || whole < 2 || !z.before(start, "每") {
		return 0
	}
	i := n.end
	for range 12 { // what is counted
		if z.has(i, "中", "里") > 0 {
			at := i + len("中")
			at += z.has(at, "大约", "就", "便", "约", "仅", "只")
			if size := z.has(at, "有"); size > 0 {
				return z.shareOf(start, at+size, whole)
			}
		}
		if i >= len(z.text) || z.has(i, "，", "。", "；", "、", ",") > 0 {
			return 0
		}
		_, size := utf8.DecodeRuneInString(z.text[i:])
		i += size
	}
	return 0
}

// shareOf adds the share that the number at i is of whole, and returns where it
// ends, or 0 where there is none.
func (z *chinese) shareOf(start, i int, whole int64) int {
	m, ok := z.number(i)
	part, exact := m.value.Int()
	if !ok || !exact || part >= whole {
		return 0
	}
	z.add(Quantity{Span: Span{start, m.end}, Value: Ratio(part, whole), Kind: Share, Form: m.form, Strong: true})
	return m.end
}

// connector returns the length of a sign of a range at i.
func (z *chinese) connector(i int) int {
	return z.has(i, "——", "至", "到", "－", "—", "–", "～", "~", "-")
}

// rangeEnd lets the quantity just added share scale, kind and unit with the one
// that ends its range: 600至850亿, 6至8月, 3—5年.
func (z *chinese) rangeEnd(n numeral, i int) int {
	size := z.connector(i)
	if size == 0 {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(z.text[i+size:])
	if c, _ := digitAt(z.text, i+size); c < 0 && !isNumeral(r) {
		return 0
	}
	m, ok := z.number(i + size)
	if !ok {
		return 0
	}
	at := len(z.dst) - 1
	if first := z.dst[at]; first.Kind != Cardinal || first.Unit != "" {
		return 0
	}
	before := len(z.dst)
	end := z.quantity(i+size, i+size)
	if len(z.dst) == before {
		return end
	}
	p, q := &z.dst[at], &z.dst[before]
	if n.scale == 0 && m.scale > 0 && n.value.Float64() < m.value.Shift(-m.scale).Float64() {
		p.Value = p.Value.Shift(m.scale)
	}
	if v, ok := p.Value.Int(); ok && n.digits == 4 && q.Unit == "year" && q.Value.small(99) && v >= 1000 && v < 2200 { // 2021-25年
		q.Also = []Value{q.Value}
		q.Value = q.Value.Add(Decimal(v/100*100, 0))
		q.Kind, q.Unit, q.Strong = Year, "", true
	}
	switch q.Kind {
	case Share, Points:
		exp := -2
		if z.has(m.end, "‰") > 0 {
			exp = -3
		} else if z.has(m.end, "成") > 0 {
			exp = -1
		}
		p.Value, p.Kind, p.Strong = p.Value.Shift(exp), q.Kind, true
	case Month, Day:
		if p.Value.small(31) {
			p.Kind, p.Strong = q.Kind, true
		}
	case Year:
		if p.Value.small(9999) {
			p.Kind, p.Strong = q.Kind, true
		}
	case Multiple:
		p.Kind, p.Strong = q.Kind, true
		p.Also = append(p.Also, p.Value.Add(z.timesMore(p.Span.Start)))
	case Cardinal:
		p.Unit = q.Unit
	}
	return end
}

// listMark reports whether q is the number of a paragraph, not of the text:
// 一、 at its very beginning, （三）.
func (z *chinese) listMark(q Quantity) bool {
	after := z.has(q.Span.End, "、", "．", ".")
	opens := q.Span.Start == 0 || q.Form == Spelt && z.has(q.Span.End, "、") > 0 && z.before(q.Span.Start, " ", "\n", "\u3000", "。", "；", "：")
	if opens && after > 0 && q.Value.small(99) && z.connector(q.Span.End) == 0 {
		if c, _ := digitAt(z.text, q.Span.End+after); c < 0 {
			return q.Form != Plain
		}
	}
	return false
}
