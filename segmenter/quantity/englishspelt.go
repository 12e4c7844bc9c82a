package quantity

// spelt reads a number in words that begins at token i: "twenty-three",
// "one hundred and five", "two and a half million", "half a million",
// "two-thirds", "a hundred".
func (e *english) spelt(i int) int {
	first := i
	total, section := Decimal(0, 0), Decimal(0, 0)
	var (
		last   class
		scaled = false
		whole  = false // a whole number was read
		parts  = 0
	)
	e.scale = 0
	end := i // token after the number
	for i < len(e.tokens) {
		t := e.tokens[i]
		v := Decimal(t.lex.value, 0)
		accepted := true
		switch t.lex.class {
		case ones:
			accepted = last == other || last == tens && t.lex.value < 10 && e.gap(i-1) != "" || last == hundred || last == scaleWord || last == and
			if accepted {
				section = section.Add(v)
				whole = true
			}
		case tens:
			accepted = last == other || last == hundred || last == scaleWord || last == and
			if accepted {
				section = section.Add(v)
				whole = true
			}
		case article:
			accepted = last == other || last == and || last == half || last == article
			if accepted && last == other {
				next := e.class(i + 1)
				if next == hundred || next == scaleWord {
					section = Decimal(1, 0)
				}
			}
		case hundred:
			accepted = last == ones || last == article || last == other || last == tens || last == half
			if accepted {
				section = orOne(section).Shift(2)
				whole = true
				e.scale = 2
			}
		case scaleWord:
			accepted = last != and && (last != scaleWord || t.lex.value > 3)
			if accepted {
				total = total.Add(orOne(section).Shift(int(t.lex.value)))
				section = Decimal(0, 0)
				scaled, whole = true, true
				e.scale = int(t.lex.value)
			}
		case dozen:
			accepted = t.lex.value == 12 && (last == ones || last == article || last == other || last == half)
			if accepted {
				section = orOne(section).Mul(v)
				whole = true
			}
		case half, quarter:
			switch {
			case last == other && (t.lex.class == half || parts == 0):
				section = Ratio(1, t.lex.value)
				if t.lex.class == quarter && e.class(i+1) != article && !(e.class(i+1) == other && i+1 < len(e.tokens) && e.word(i+1) == "of") {
					accepted = false
				}
			case last == article && !whole:
				section = Ratio(1, t.lex.value)
			case last == article && whole: // two and a half
				section = section.Add(Ratio(1, t.lex.value))
			case last == ones && t.lex.value > 1 && !scaled: // three quarters
				return e.fractionOf(first, i, section, t.lex.value)
			default:
				accepted = false
			}
		case nth, nthPlural:
			if whole && (last == ones || last == tens || last == hundred || last == and) {
				return e.nthSpelt(first, i, total.Add(section), section, last)
			}
			accepted = false
		case and:
			next := e.class(i + 1)
			accepted = (last == hundred || last == scaleWord) && (next == ones || next == tens) && e.gap(i) == " " ||
				(last == ones || last == tens || last == hundred) && next == article && (e.class(i+2) == half || e.class(i+2) == quarter)
		default:
			accepted = t.lex.class == other && e.word(i) == "of" && (last == half || last == quarter) && e.class(i+1) == article &&
				(e.class(i+2) == scaleWord || e.class(i+2) == hundred || e.class(i+2) == dozen)
			if accepted {
				i++ // "of a"
			}
		}
		if !accepted {
			break
		}
		if t.lex.class != article || last != half && last != quarter { // "half a million" stays a half
			last = t.lex.class
		}
		parts++
		i++
		if last != and {
			end = i
		}
		if i < len(e.tokens) && !e.joined(i-1, false) && e.gap(i-1) != " - " {
			break
		}
	}
	if end <= first {
		return first + 1
	}
	for end > first+1 && (e.class(end-1) == article || e.class(end-1) == and) {
		end--
	}
	value := total.Add(section)
	if !value.Valid() {
		return end
	}
	q := Quantity{Span: Span{e.tokens[first].start, e.tokens[end-1].end}, Value: value, Form: Spelt}
	q.Number = q.Span
	if !whole && (last == half || last == quarter) && value.Float64() < 1 {
		return e.partOfOne(q, end)
	}
	q.Strong = !value.small(2)
	next := e.counted(&q, end, figures{})
	e.add(q)
	e.share()
	return next
}

// partOfOne adds what begins with a half or a quarter and has no whole number:
// "half an hour", "half past three", "half a percentage point", "half of them".
func (e *english) partOfOne(q Quantity, next int) int {
	q.Kind = Share
	at := next
	toHour := !q.Strong && at < len(e.tokens) && (e.word(at) == "past" || e.word(at) == "to")
	if next := e.class(at + 2); toHour && e.class(at+1) == ones && next != nth && next != nthPlural && next != quarter { // a quarter to one-fifth
		hour, minutes := e.tokens[at+1].lex.value, q.Value.Mul(Decimal(60, 0))
		if e.word(at) == "to" {
			hour, minutes = hour-1, Decimal(60, 0).Add(minutes.Mul(Decimal(-1, 0)))
		}
		if m, ok := minutes.Int(); ok && hour >= 0 {
			q.Kind, q.Strong = Clock, true
			q.Value, q.Also = clockValues(hour, m, anytime)
			q.Span.End = e.tokens[at+1].end
			e.add(q)
			return at + 2
		}
	}
	if at < len(e.tokens) && e.word(at) == "of" {
		at++
	}
	if e.class(at) == article {
		at++
	}
	if at < len(e.tokens) && at-next <= 2 && e.gap(at-1) != "\n" {
		if e.class(at) == percentWord {
			q.Value, q.Strong = q.Value.Shift(-2), true
			q.Span.End = e.tokens[at].end
			e.add(q)
			return at + 1
		}
		if key := units().english[lower(e.word(at))]; key != "" {
			q.Kind, q.Unit = Cardinal, key
			q.Span.End = e.tokens[at].end
			e.add(q)
			return at + 1
		}
	}
	e.add(q)
	return next
}

// andHalf reads "an hour and a half" and "two years and a half" at their second
// article. It returns the token after it, or 0.
func (e *english) andHalf(i int) int {
	if e.class(i+1) != half || i < 3 || e.word(i-1) != "and" || e.gap(i-1) != " " || e.gap(i-2) != " " {
		return 0
	}
	key := units().english[lower(e.word(i-2))]
	if d := Dimension(key); d != "time" && d != "span" {
		return 0
	}
	if k := len(e.dst); k > e.first && e.dst[k-1].Span.End == e.tokens[i-2].end && e.dst[k-1].Unit == key {
		q := &e.dst[k-1]
		q.Value, q.Span.End, q.Strong = q.Value.Add(Ratio(1, 2)), e.tokens[i+1].end, true
		return i + 2
	}
	if e.class(i-3) != article {
		return 0
	}
	e.add(Quantity{Span: Span{e.tokens[i-3].start, e.tokens[i+1].end}, Value: Ratio(3, 2), Unit: key, Form: Spelt, Strong: true})
	return i + 2
}

func orOne(v Value) Value {
	if v == Decimal(0, 0) {
		return Decimal(1, 0)
	}
	return v
}

// fractionOf adds "three quarters".
func (e *english) fractionOf(first, i int, num Value, den int64) int {
	q := Quantity{Span: Span{e.tokens[first].start, e.tokens[i].end}, Value: num.Mul(Ratio(1, den)), Form: Spelt, Strong: true}
	q.Number = q.Span
	if den == 4 && first > 0 && !num.small(1) {
		switch lower(e.word(first - 1)) {
		case "first", "last", "past", "previous", "next", "consecutive": // of a year
			q.Value, q.Kind, q.Strong = num, Cardinal, false
			e.add(q)
			return i + 1
		}
	}
	if before := len(e.dst) - 1; den == 1000 && before >= e.first && e.dst[before].Span.End+1 == q.Span.Start && e.dst[before].Kind == Cardinal && !num.small(9) {
		p := &e.dst[before] // three ten-thousandths
		if v, ok := num.Int(); ok && v > 0 {
			p.Value, p.Kind, p.Strong = p.Value.Mul(Ratio(1, den*v)), Share, true
			p.Span.End = q.Span.End
			return i + 1
		}
	}
	return e.partOfOne(q, i+1)
}

// nthSpelt adds what ends in an ordinal: "twenty-third" is an ordinal,
// "two-thirds" and "one-fourth" are fractions.
func (e *english) nthSpelt(first, i int, value, section Value, last class) int {
	t := e.tokens[i]
	span := Span{e.tokens[first].start, t.end}
	if last == tens && t.lex.class == nth && t.lex.value < 10 || last == hundred || last == and {
		q := Quantity{Span: span, Value: value.Add(Decimal(t.lex.value, 0)), Kind: Ordinal, Form: Spelt, Strong: true}
		if e.class(i+1) == centuryWord {
			q.Kind = Century
		}
		e.add(q)
		return i + 1
	}
	if t.lex.class == nthPlural || section == Decimal(1, 0) && t.lex.value > 2 {
		return e.fractionOf(first, i, section, t.lex.value)
	}
	e.add(Quantity{Span: Span{e.tokens[first].start, e.tokens[i-1].end}, Value: value, Form: Spelt, Strong: !value.small(2)})
	return i
}
