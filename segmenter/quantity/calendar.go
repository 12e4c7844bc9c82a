package quantity

import (
	"strings"
	"unicode/utf8"
)

// year reads 年 at i: of a date (2022年, 二〇二一年, 98年) or of a duration (74年前).
func (z *chinese) year(q *Quantity, n numeral, i int) int {
	i += len("年")
	v, whole := n.value.Int()
	switch {
	case whole && v > 0 && v < 200 && z.before(q.Span.Start, "民国", "民国 "): // counted from 1912
		q.Kind, q.Strong = Year, true
		q.Value, q.Also = Decimal(1911+v, 0), []Value{n.value}
	case whole && n.digits == 4 && !n.grouped && v >= 1000 && v < 2200:
		q.Kind, q.Strong = Year, true
	case whole && v > 0 && v < 200 && !n.arabic && z.traditional && z.isMonth(i): // 一百零八年六月, of the Republic
		q.Kind, q.Strong = Year, true
		q.Value, q.Also = Decimal(1911+v, 0), []Value{n.value}
	case whole && n.digits == 2 && !n.arabic && v >= 10: // 九八年
		q.Kind = Year
		q.Also = append(q.Also, Decimal(1900+v, 0), Decimal(2000+v, 0))
	default:
		if whole && z.traditional && v >= 30 && v < 200 {
			q.Also = append(q.Also, Decimal(1911+v, 0))
		}
		q.Unit = "year"
		if z.has(i, "半") > 0 {
			q.Value = q.Value.Add(Ratio(1, 2))
			i += len("半")
		}
	}
	return i
}

// isMonth reports whether a month stands at i: 六月, not 六个月.
func (z *chinese) isMonth(i int) bool {
	n, ok := z.number(i)
	return ok && n.value.small(12) && z.has(n.end, "月") > 0
}

// decade returns the years that 八十年代, 90年代 may mean.
func (z *chinese) decade(n numeral, start int) (Value, []Value) {
	v, ok := n.value.Int()
	if !ok || v >= 100 {
		return n.value, nil
	}
	if v > 30 || z.before(start, "上世纪", "上个世纪") {
		return Decimal(1900+v, 0), []Value{n.value}
	}
	return Decimal(2000+v, 0), []Value{Decimal(1900+v, 0), n.value}
}

// decadeOfCentury reads 20世纪90年代 as the 1990s.
func (z *chinese) decadeOfCentury(q Quantity, n numeral, i int) int {
	m, ok := z.number(i)
	if !ok || z.has(m.end, "年代") == 0 {
		return 0
	}
	century, ok1 := n.value.Int()
	tens, ok2 := m.value.Int()
	if !ok1 || !ok2 || tens >= 100 {
		return 0
	}
	q.Value = Decimal((century-1)*100+tens, 0)
	q.Kind, q.Strong = Decade, true
	q.Span.End = m.end + len("年代")
	q.Number.End = m.end
	z.add(q)
	return q.Span.End
}

// isDay reports whether n with 日 or 号 at i is a day of a month: not 1号竖井,
// not 30日元, not 国发〔2023〕12号.
func (z *chinese) isDay(start int, n numeral, i int) bool {
	if !n.value.small(31) || n.value.small(0) || n.approx || n.vague {
		return false
	}
	if z.has(i, "日元", "日均", "日内", "日游") > 0 {
		return false
	}
	if z.has(i, "日") > 0 && (n.arabic || !n.value.small(3)) {
		return true
	}
	i += len("号") // and 日 is as long
	if k := len(z.dst); k > z.first && z.dst[k-1].Kind == Month && z.dst[k-1].Span.End == start {
		return true
	}
	if !n.arabic && n.value.small(3) { // 前一日, 三日后
		return false
	}
	if z.has(i-len("号"), "号") > 0 && z.isNumbered(start) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(z.text[i:])
	switch r { // 26号，… but not 1号竖井
	case '，', '。', '上', '下', '晚', '早', '凌', '中', '开', '在', '至', '到', '、', '起', '当', '（', utf8.RuneError:
		return true
	}
	return false
}

// isNumbered reports whether what stands before start makes a figure with 号 a
// number of something: the year of a document's number in brackets, 第, or a
// street.
func (z *chinese) isNumbered(start int) bool {
	if z.before(start, "第", "街", "大道", "路", "巷", "弄", "胡同", "里弄", "〕", "］", "]", "】") {
		return true
	}
	for _, bracket := range [...]string{")", "）"} { // (2017)7号 is numbered, （周一）26号 is not
		if year, ok := strings.CutSuffix(z.text[:start], bracket); ok && len(year) > 4 {
			digits := year[len(year)-4:]
			return strings.Trim(digits, "0123456789") == ""
		}
	}
	return false
}

// isoDate reads 2022-03-31, 2022/3/31 and 2022.3.31.
func (z *chinese) isoDate(start int, n numeral) int {
	if !n.arabic || n.digits > 4 {
		return 0
	}
	date, end, ok := isoDate(z.text, start)
	if !ok {
		return 0
	}
	z.dst = append(z.dst, date[:]...)
	return end
}

func isoDate(text string, i int) ([3]Quantity, int, bool) {
	var date [3]Quantity
	limits := [3]int64{2200, 12, 31}
	at := i
	var sep byte
	for k := range 3 {
		from := at
		num := int64(0)
		for at < len(text) && isDigit(text[at]) && at-from < 5 {
			num = num*10 + int64(text[at]-'0')
			at++
		}
		if k == 0 && at-from != 4 || k > 0 && (at == from || at-from > 2) || num == 0 || num > limits[k] {
			return date, i, false
		}
		date[k] = Quantity{Span: Span{from, at}, Number: Span{from, at}, Value: Decimal(num, 0), Kind: [...]Kind{Year, Month, Day}[k], Strong: true}
		if k == 2 {
			break
		}
		if at >= len(text) || text[at] != '-' && text[at] != '/' && text[at] != '.' || k == 1 && text[at] != sep {
			return date, i, false
		}
		sep = text[at]
		at++
	}
	if at < len(text) && isDigit(text[at]) {
		return date, i, false
	}
	return date, at, true
}

// dottedDay reads 3·15 and 9·11, which name a day by month and day. All its
// readings are weak: the translation may write the day in any way, and a wrong
// one stands out by itself.
func (z *chinese) dottedDay(start int) int {
	month, size := z.shortNumber(start)
	dot := z.has(start+size, "·", "•", "・")
	if dot == 0 || month == 0 || month > 12 {
		return 0
	}
	day, daySize := z.shortNumber(start + size + dot)
	end := start + size + dot + daySize
	if day == 0 || day > 31 || end < len(z.text) && isDigit(z.text[end]) {
		return 0
	}
	span := Span{start, end}
	digits := 1
	if day > 9 {
		digits = 2
	}
	joined := Decimal(month, digits).Add(Decimal(day, 0)) // "the 315 gala"
	for _, q := range []Quantity{
		{Span: span, Value: Decimal(month, 0), Kind: Month},
		{Span: span, Value: Decimal(day, 0), Kind: Day},
		{Span: span, Value: joined, Also: []Value{joined.Shift(-digits), Ratio(month, day)}, Kind: Cardinal},
	} {
		z.add(q)
	}
	return end
}

// shortNumber returns the number below 100 at i, in figures or as 十二 and 一八,
// and its length in bytes. Of more than two digits it returns 0.
func (z *chinese) shortNumber(i int) (int64, int) {
	end, v, count := i, int64(0), 0
	for end < len(z.text) && count < 3 {
		r, size := utf8.DecodeRuneInString(z.text[end:])
		switch d, ok := digitOf(r); {
		case '0' <= r && r <= '9':
			v = v*10 + int64(r-'0')
		case ok:
			if v%10 == 0 && v > 0 { // 二十八
				v += d
				break
			}
			v = v*10 + d
		case r == '十':
			v = max(v, 1) * 10
		default:
			return v, end - i
		}
		end += size
		count++
	}
	if count > 2 && z.has(i+len("二"), "十") == 0 {
		return 0, 0
	}
	return v, end - i
}

var (
	halfDay  = Decimal(720, 0)
	wholeDay = Decimal(1440, 0)
	zeroTime = Decimal(0, 0)
)

// clockValues returns the minutes after midnight that a time may mean. Without
// a part of the day a small hour is of the morning or the afternoon.
func clockValues(hour, minute int64, part dayPart) (Value, []Value) {
	switch {
	case hour > 24 || minute > 59:
		return Value{}, nil
	case part == afternoon && hour < 12:
		hour += 12
	case part == morning && hour == 12:
		hour = 0
	}
	v := Decimal(hour*60+minute, 0)
	switch {
	case v == wholeDay:
		return v, []Value{zeroTime}
	case v == zeroTime:
		return v, []Value{wholeDay}
	case part == anytime && hour < 12:
		return v, []Value{v.Add(halfDay)}
	case part == anytime && hour == 12:
		return v, []Value{Decimal(minute, 0)}
	}
	return v, nil
}

type dayPart uint8

const (
	anytime dayPart = iota
	morning
	afternoon
)

func (z *chinese) dayPart(i int) dayPart {
	switch {
	case z.before(i, "下午", "晚上", "傍晚", "晚", "午后", "夜里", "晚间", "深夜"):
		return afternoon
	case z.before(i, "上午", "早上", "早晨", "凌晨", "清晨", "早", "早间"):
		return morning
	}
	return anytime
}

// clock reads 19时54分, 下午3点半, 零点, with the hour n read and 时, 点 or 分 at i.
// It returns 0 where the text is no time: 三点意见, 9时 stands only where it can.
func (z *chinese) clock(q Quantity, n numeral, i int) int {
	hour, ok := n.value.Int()
	if !ok || hour > 24 || z.has(i, "分") > 0 {
		return 0
	}
	part := z.dayPart(q.Span.Start)
	byDot := z.has(i, "点") > 0
	if z.has(i, "时期", "时代", "时候", "时间", "时速", "点多") > 0 {
		return 0
	}
	i += len("时")
	if byDot && z.has(i, "钟") > 0 {
		i += len("钟")
		byDot = false
	}
	minute, end := int64(0), i
	switch {
	case z.has(i, "半") > 0:
		minute, end = 30, i+len("半")
		byDot = false
	case z.has(i, "整", "许") > 0:
		end = i + len("整")
		byDot = false
	default:
		if m, ok := z.number(i); ok {
			v, whole := m.value.Int()
			switch {
			case whole && v < 60 && z.has(m.end, "分钟") == 0 && z.has(m.end, "分") > 0:
				minute, end = v, m.end+len("分")
				byDot = false
			case whole && v < 4 && z.has(m.end, "刻") > 0:
				minute, end = v*15, m.end+len("刻")
				byDot = false
			}
		}
	}
	if byDot && part == anytime && hour != 0 {
		return 0 // 三点: points, or a time that nothing shows to be one
	}
	if !n.arabic && part == anytime && end == i && z.has(n.end, "时") > 0 && hour > 0 {
		return 0 // 一时, 四时
	}
	q.Value, q.Also = clockValues(hour, minute, part)
	if !q.Value.Valid() {
		return 0
	}
	q.Kind, q.Strong = Clock, q.Value != zeroTime // from 26日零点 is from the 26th
	q.Span.End, q.Number.End = end, end
	z.add(q)
	return end
}

// colonTime reads 19:54 and 19：54.
func (z *chinese) colonTime(start int, n numeral) int {
	if !n.arabic || n.digits > 2 || n.digits == 0 {
		return 0
	}
	size := z.has(n.end, ":", "：")
	if size == 0 {
		return 0
	}
	hour, ok := n.value.Int()
	if !ok || hour > 24 {
		return 0
	}
	f := figure(z.text, n.end+size)
	minute, ok := f.value.Int()
	if ok && hour == 1 && minute >= 100 { // 1:1000, the scale of a map
		z.add(Quantity{Span: Span{start, f.end}, Value: Ratio(1, minute), Kind: Share, Form: Plain})
		return f.end
	}
	if !ok || f.digits != 2 || minute > 59 {
		return 0
	}
	q := Quantity{Span: Span{start, f.end}, Kind: Clock, Strong: true, Form: Plain}
	q.Value, q.Also = clockValues(hour, minute, z.dayPart(start))
	z.add(q)
	return f.end
}
