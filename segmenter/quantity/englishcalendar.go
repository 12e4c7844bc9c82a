package quantity

// clock reads "a.m.", "pm", "o'clock" at token next after an hour.
func (e *english) clock(q *Quantity, next int) int {
	part, end := e.halfOfDay(next)
	hour, ok := q.Value.Int()
	if end == 0 || !ok || hour > 24 || q.Form != Plain && q.Form != Spelt {
		return 0
	}
	v, also := clockValues(hour, 0, part)
	if !v.Valid() {
		return 0
	}
	q.Value, q.Also, q.Kind = v, also, Clock
	q.Span.End = e.tokens[end-1].end
	if q.Span.End < len(e.text) && e.text[q.Span.End] == '.' && e.text[q.Span.End-2] == '.' {
		q.Span.End++
	}
	return end
}

// halfOfDay reads "a.m.", "pm", "o'clock" at token i; end is the token after
// it, or 0.
func (e *english) halfOfDay(i int) (part dayPart, end int) {
	if i >= len(e.tokens) {
		return anytime, 0
	}
	switch w := lower(e.word(i)); w {
	case "am", "pm":
		if w == "pm" {
			return afternoon, i + 1
		}
		return morning, i + 1
	case "a", "p", "o":
		if i+1 >= len(e.tokens) {
			return anytime, 0
		}
		second := lower(e.word(i + 1))
		gap := e.gap(i)
		if (gap == "." || gap == ". ") && second == "m" {
			if w == "p" {
				return afternoon, i + 2
			}
			if w == "a" {
				return morning, i + 2
			}
		}
		if w == "o" && second == "clock" {
			return anytime, i + 2
		}
	}
	return anytime, 0
}

// colon reads 19:54, 7:45 p.m.
func (e *english) colon(i int, f figures) int {
	if g := e.gap(i); g != ":" && g != ": " || f.digits > 2 || !e.tokens[i+1].digit {
		return 0
	}
	hour, ok1 := f.value.Int()
	m := figure(e.text, e.tokens[i+1].start)
	minute, ok2 := m.value.Int()
	if !ok1 || !ok2 || m.digits != 2 || hour > 24 || minute > 59 {
		return 0
	}
	next := i + 2
	q := Quantity{Span: Span{e.tokens[i].start, m.end}, Kind: Clock, Strong: true}
	q.Number = q.Span
	part, end := anytime, 0
	if g := e.gap(i + 1); next < len(e.tokens) && (g == " " || g == "") {
		part, end = e.halfOfDay(next)
	}
	if end > 0 {
		next = end
		q.Span.End = e.tokens[end-1].end
	}
	if q.Value, q.Also = clockValues(hour, minute, part); !q.Value.Valid() {
		return 0
	}
	e.add(q)
	return next
}

// yearOrDay sets q's kind where it is a plain year, or a day beside a month.
func (e *english) yearOrDay(q *Quantity, next int, f figures) bool {
	v, whole := q.Value.Int()
	if !whole || q.Unit != "" || e.scale > 0 || q.Kind != Cardinal && q.Kind != Ordinal {
		return false
	}
	monthBefore := false
	if k := len(e.dst); k > e.first && e.dst[k-1].Kind == Month {
		between := e.text[e.dst[k-1].Span.End:q.Span.Start]
		monthBefore = between == " " || between == ". " || between == ", " || between == " the " || between == ".\u00a0"
	}
	if v >= 1 && v <= 31 && !f.grouped {
		after := e.class(next) == monthName && isUpper(e.word(next)[0]) && (e.gap(next-1) == " " || e.gap(next-1) == "-")
		if !after && next < len(e.tokens) && e.word(next) == "of" && e.class(next+1) == monthName {
			after = true
		}
		if k := len(e.dst); k > e.first && e.dst[k-1].Kind == Day && q.Kind == Cardinal {
			switch e.text[e.dst[k-1].Span.End:q.Span.Start] {
			case " and ", " to ", "-", "–", ", ", " or ", " through ": // July 24 and 25
				monthBefore = true
			}
		}
		if monthBefore || after {
			q.Kind, q.Strong = Day, true
			return true
		}
	}
	if k := len(e.dst); f.digits == 2 && q.Kind == Cardinal && k > e.first && e.dst[k-1].Kind == Year {
		switch e.text[e.dst[k-1].Span.End:q.Span.Start] {
		case "-", "–", "/": // 2021-25
			if from, ok := e.dst[k-1].Value.Int(); ok && from%100 < v {
				q.Also = append(q.Also, q.Value)
				q.Value, q.Kind = Decimal(from/100*100+v, 0), Year
				return true
			}
		}
	}
	if f.digits == 4 && !f.grouped && v >= 1000 && v < 2200 && q.Kind == Cardinal {
		q.Kind = Year
		return true
	}
	return false
}

// slashDate reads 3/31/2022 and 31/3/2022. Where both orders can be, both the
// day and the month have two readings.
func (e *english) slashDate(i int) int {
	if i+2 >= len(e.tokens) || e.gap(i) != "/" || e.gap(i+1) != "/" {
		return 0
	}
	var v [3]int64
	for k := range v {
		f := figure(e.text, e.tokens[i+k].start)
		n, ok := f.value.Int()
		if !ok || !e.tokens[i+k].digit || f.digits > 4 || k == 2 && f.digits != 4 {
			return 0
		}
		v[k] = n
	}
	month, day := 0, 1 // which of the first two
	if v[0] > 12 {
		month, day = 1, 0
	}
	if v[month] == 0 || v[month] > 12 || v[day] == 0 || v[day] > 31 || v[2] < 1000 || v[2] >= 2200 {
		return 0
	}
	for k, kind := range [...]Kind{Month, Day, Year} {
		at := i + [...]int{month, day, 2}[k]
		q := Quantity{Span: Span{e.tokens[at].start, e.tokens[at].end}, Value: figure(e.text, e.tokens[at].start).value, Kind: kind, Strong: true}
		if kind != Year && v[0] <= 12 && v[1] <= 12 {
			q.Also = []Value{Decimal(v[0], 0), Decimal(v[1], 0)}
		}
		e.add(q)
	}
	return i + 3
}
