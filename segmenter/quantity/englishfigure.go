package quantity

import "strings"

// figures reads a number written in figures at token i.
func (e *english) figures(i int) int {
	t := e.tokens[i]
	if q, _, ok := identifier(e.text, t.start); ok {
		e.add(q)
		return i + 1
	}
	if date, end, ok := isoDate(e.text, t.start); ok {
		e.dst = append(e.dst, date[:]...)
		return e.after(i, end)
	}
	if next := e.slashDate(i); next > 0 {
		return next
	}
	f := figure(e.text, t.start)
	if !f.value.Valid() {
		return i + 1
	}
	if next := e.colon(i, f); next > 0 {
		return next
	}
	q := Quantity{Span: Span{t.start, f.end}, Number: Span{t.start, f.end}, Value: f.value, Form: Plain, Strong: true}
	if f.grouped {
		q.Form = Grouped
	}
	e.scale = 0
	e.currency(&q, i)
	next := e.slash(&q, i)
	if next == 0 {
		next = e.scaled(&q, i)
	}
	next = e.counted(&q, next, f)
	if e.listMark(q) {
		q.Strong = false
	}
	e.add(q)
	e.share()
	return next
}

// listMark reports whether q numbers a paragraph or an item of a list, as "1. "
// and "2) " do at the very beginning or after a sign that ends an item. It is weak, not dropped: the source may number the paragraph
// with a figure as well, or with 一、, which is no quantity at all.
func (e *english) listMark(q Quantity) bool {
	if q.Form != Plain || q.Kind != Cardinal || !q.Value.small(99) || len(e.text) < q.Span.End+2 {
		return false
	}
	head := strings.TrimSpace(e.text[:q.Span.Start])
	opens := head == "" || head == "(" || strings.ContainsRune(":;.", rune(head[len(head)-1]))
	after := e.text[q.Span.End+1]
	switch e.text[q.Span.End] {
	case '.':
		return opens && !isDigit(after)
	case ')':
		return opens || strings.HasSuffix(head, "(") && q.Value.small(30)
	}
	return opens && strings.HasPrefix(e.text[q.Span.End:], "、")
}

// after returns the first token that begins at or after the given offset.
func (e *english) after(i, offset int) int {
	for i < len(e.tokens) && e.tokens[i].start < offset {
		i++
	}
	return i
}

// currency reads "US$", "RM", "No." and the like before the figure at token i.
func (e *english) currency(q *Quantity, i int) {
	from := 0 // what another quantity has taken is its own
	if k := len(e.dst); k > e.first {
		from = min(e.dst[k-1].Span.End, q.Span.Start)
	}
	head := e.text[from:q.Span.Start]
	if i > 0 && e.tokens[i-1].end == q.Span.Start && e.tokens[i-1].start >= from { // letters glued to the figure: RM476.5
		word := e.word(i - 1)
		if unit := currencyHead(word + "0"); unit != "" {
			q.Unit, q.Span.Start = unit, e.tokens[i-1].start
		}
		return
	}
	signs := []struct{ sign, unit string }{
		{"US$", "usd"}, {"US $", "usd"}, {"HK$", "hkd"}, {"NT$", "twd"}, {"AU$", "aud"}, {"S$", "sgd"}, {"A$", "aud"}, {"C$", "cad"},
		{"$", "dollar"}, {"£", "gbp"}, {"€", "eur"}, {"¥", ""}, {"￥", ""}, {"RMB ", "cny"}, {"CNY ", "cny"}, {"RM ", "myr"}, {"USD ", "usd"}, {"EUR ", "eur"},
	}
	for _, s := range signs {
		if strings.HasSuffix(head, s.sign) {
			q.Unit = s.unit
			q.Span.Start -= len(s.sign)
			return
		}
	}
}

// slash reads a fraction such as 1/3.
func (e *english) slash(q *Quantity, i int) int {
	if e.gap(i) != "/" && !e.proportion(i) || !e.tokens[i+1].digit || i+2 < len(e.tokens) && e.gap(i+1) == "/" {
		return 0
	}
	num, ok1 := q.Value.Int()
	den, ok2 := figure(e.text, e.tokens[i+1].start).value.Int()
	if !ok1 || !ok2 || num >= den || den > 1000 && num != 1 || num == 0 {
		return 0
	}
	q.Value = Ratio(num, den)
	q.Kind = Share
	q.Span.End, q.Number.End = e.tokens[i+1].end, e.tokens[i+1].end
	q.Strong = false
	return i + 2
}

// proportion reports whether token i begins the scale of a map, 1:10,000.
func (e *english) proportion(i int) bool {
	if g := e.gap(i); g != ":" && g != ": " || e.word(i) != "1" || !e.tokens[i+1].digit {
		return false
	}
	v, whole := figure(e.text, e.tokens[i+1].start).value.Int()
	return whole && v >= 100
}

// scaled multiplies q by the scale words after token i and returns the token
// after them.
func (e *english) scaled(q *Quantity, i int) int {
	next := i + 1
	for next < len(e.tokens) {
		lex := e.tokens[next].lex
		if lex.class != scaleWord && lex.class != hundred && lex.class != dozen || !e.joined(next-1, true) {
			break
		}
		if lex.class == dozen {
			if lex.value != 12 {
				break
			}
			q.Value = q.Value.Mul(Decimal(12, 0))
		} else {
			q.Value = q.Value.Shift(int(lex.value))
			e.scale += int(lex.value)
		}
		if q.Form != Spelt {
			q.Form = Scaled
		}
		q.Span.End, q.Number.End = e.tokens[next].end, e.tokens[next].end
		next++
	}
	if next < len(e.tokens) && e.gap(next-1) == "" && e.scale == 0 && Dimension(q.Unit) != "money" {
		switch e.word(next) {
		case "K", "k": // a 50K award
			q.Also = append(q.Also, q.Value.Shift(3))
		case "M":
			q.Also = append(q.Also, q.Value.Shift(6))
		}
	}
	if next < len(e.tokens) && e.gap(next-1) == "" && e.scale == 0 && Dimension(q.Unit) == "money" {
		exp := 0
		switch e.word(next) { // $5m, £3b
		case "m", "M":
			exp = 6
		case "b", "B":
			exp = 9
		case "k", "K":
			exp = 3
		}
		if exp > 0 {
			q.Value, e.scale, q.Form = q.Value.Shift(exp), exp, Scaled
			q.Span.End, q.Number.End = e.tokens[next].end, e.tokens[next].end
			next++
		}
	}
	return next
}

// counted reads the words after a number that say what it counts. The token
// before next is the number's last.
func (e *english) counted(q *Quantity, next int, f figures) int {
	rest := e.text[q.Span.End:]
	switch {
	case strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, " %") || strings.HasPrefix(rest, "％"):
		size := strings.IndexAny(rest, "%％")
		q.Value, q.Kind = q.Value.Shift(-2), Share
		q.Also = shifted(q.Also, -2)
		q.Span.End += size + 1
		if rest[size] != '%' {
			q.Span.End += len("％") - 1
		}
		discount(q, e.text[q.Span.End:])
		return next
	case strings.HasPrefix(rest, "‰"):
		q.Value, q.Kind = q.Value.Shift(-3), Share
		q.Span.End += len("‰")
		return next
	}
	if next >= len(e.tokens) {
		e.yearOrDay(q, next, f)
		return next
	}
	t := e.tokens[next]
	glued := t.start == q.Span.End
	word := lower(e.word(next))
	if glued {
		switch word {
		case "st", "nd", "rd", "th":
			q.Kind = Ordinal
			q.Span.End = t.end
			q.Strong = !q.Value.small(2)
			next++
			if e.class(next) == centuryWord && e.gap(next-1) == " " {
				q.Kind, q.Strong = Century, true
				q.Span.End = e.tokens[next].end
				return next + 1
			}
			e.yearOrDay(q, next, f)
			return next
		case "s":
			q.Kind = Decade
			q.Span.End = t.end
			if v, ok := q.Value.Int(); ok && v < 100 {
				q.Also = []Value{Decimal(1900+v, 0), Decimal(2000+v, 0)}
				q.Strong = false
			}
			return next + 1
		}
	}
	if strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
		if v, ok := q.Value.Int(); ok && f.digits == 4 && v%10 == 0 && !f.grouped {
			q.Also = append(q.Also, q.Value)
		}
	}
	if !e.joined(next-1, true) {
		e.yearOrDay(q, next, f)
		return next
	}
	switch t.lex.class {
	case percentWord:
		q.Value, q.Kind, q.Strong = q.Value.Shift(-2), Share, true
		q.Also = shifted(q.Also, -2)
		q.Span.End = t.end
		next++
		if t.lex.value == 2 && next < len(e.tokens) && e.gap(next-1) == " " && strings.HasPrefix(lower(e.word(next)), "point") {
			q.Kind = Points
			q.Span.End = e.tokens[next].end
			next++
		}
		discount(q, e.text[q.Span.End:])
		return next
	case fold, timesUnit:
		q.Kind = Multiple
		q.Span.End = t.end
		return next + 1
	case decadeWord, centuryWord:
		q.Also = append(q.Also, q.Value)
		q.Value = q.Value.Mul(Decimal(t.lex.value, 0))
		q.Unit = "year"
		q.Span.End = t.end
		return next + 1
	}
	switch word {
	case "per":
		if next+1 < len(e.tokens) && lower(e.word(next+1)) == "cent" && e.gap(next) == " " {
			q.Value, q.Kind, q.Strong = q.Value.Shift(-2), Share, true
			q.Span.End = e.tokens[next+1].end
			return next + 2
		}
		if next+1 < len(e.tokens) && lower(e.word(next+1)) == "mille" && e.gap(next) == " " {
			q.Value, q.Kind, q.Strong = q.Value.Shift(-3), Share, true
			q.Span.End = e.tokens[next+1].end
			return next + 2
		}
	case "basis", "basic":
		if next+1 < len(e.tokens) && strings.HasPrefix(lower(e.word(next+1)), "point") && e.gap(next) == " " {
			q.Value, q.Kind, q.Strong = q.Value.Shift(-4), Points, true
			q.Span.End = e.tokens[next+1].end
			return next + 2
		}
	case "points", "point":
		if q.Kind == Cardinal { // of per cent, or of an index
			q.Also = append(q.Also, q.Value.Shift(-2))
		}
	case "a", "p", "am", "pm", "o", "hours":
		if n := e.clock(q, next); n > 0 {
			return n
		}
	}
	if e.yearOrDay(q, next, f) {
		return next
	}
	if q.Kind == Cardinal {
		return e.unit(q, next)
	}
	return next
}
