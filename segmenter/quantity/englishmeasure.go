package quantity

import "strings"

// discount makes "20% off" what is left to pay, as 八折 says it.
func discount(q *Quantity, rest string) {
	if strings.HasPrefix(rest, " off") || strings.HasPrefix(rest, " discount") {
		q.Value = Decimal(1, 0).Add(q.Value.Mul(Decimal(-1, 0)))
	}
}

// unit reads the unit of measure or the currency at token next.
func (e *english) unit(q *Quantity, next int) int {
	x := units()
	word := lower(e.word(next))
	if q.Unit != "" && Dimension(q.Unit) == "money" {
		return next
	}
	if x.pairs[word] || word == "u" {
		end := next + 1
		for count := 0; count < 2 && end < len(e.tokens); count++ {
			if key, ok := x.english[lower(e.text[e.tokens[next].start:e.tokens[end].end])]; ok {
				q.Unit = key
				q.Span.End = e.tokens[end].end
				return end + 1
			}
			end++
		}
		if word == "u" && next+2 < len(e.tokens) && lower(e.word(next+2)) == "dollars" {
			q.Unit = "usd"
			q.Span.End = e.tokens[next+2].end
			return next + 3
		}
	}
	key, ok := x.english[word]
	if !ok {
		return next
	}
	raw := e.word(next)
	if isUpper(raw[0]) && len(raw) > 1 && !isUpper(raw[1]) && Dimension(key) != "money" {
		return next // a name: Li
	}
	q.Unit = key
	q.Span.End = e.tokens[next].end
	return next + 1
}

// perMany makes "five per ten thousand" and "3 out of 100" a share; p is the
// quantity before the one just added.
func (e *english) perMany() bool {
	k := len(e.dst)
	if k-e.first < 2 {
		return false
	}
	p, q := &e.dst[k-2], &e.dst[k-1]
	between := strings.TrimSpace(e.text[p.Span.End:q.Span.Start])
	switch between {
	case "per", "in", "out of", "out of every", "in every":
	default:
		return false
	}
	den, ok := q.Value.Int()
	if num, whole := p.Value.Int(); ok && whole && 0 < num && num < den && den <= 20 && p.Kind == Cardinal && q.Kind == Cardinal && q.Unit == "" && p.Unit == "" &&
		(p.Form == Spelt && q.Form == Spelt || between == "out of" || between == "out of every") {
		// "four in ten": weak, for it may be two amounts after all
		p.Value, p.Kind, p.Strong = Ratio(num, den), Share, false
		p.Span.End = q.Span.End
		e.dst = e.dst[:k-1]
		return true
	}
	if !ok || den != 100 && den != 1000 && den != 10_000 || p.Kind != Cardinal || q.Kind != Cardinal || q.Unit != "" || p.Unit != "" {
		return false
	}
	p.Value, p.Kind, p.Strong = p.Value.Mul(Ratio(1, den)), Share, true
	p.Span.End = q.Span.End
	e.dst = e.dst[:k-1]
	return true
}

// share lets the quantity before the one just added share its scale, unit and
// kind where the two are a range: "60 to 85 billion", "10-20%".
func (e *english) share() {
	if e.perMany() {
		return
	}
	k := len(e.dst)
	if k-e.first < 2 {
		return
	}
	p, q := &e.dst[k-2], &e.dst[k-1]
	if p.Kind != Cardinal || p.Form == Grouped || p.Form == Scaled {
		return
	}
	switch strings.TrimSpace(e.text[p.Span.End:q.Span.Start]) {
	case "to", "-", "–", "—", "~":
	case "and":
		if !strings.HasSuffix(strings.TrimRight(e.text[:p.Span.Start], " "), "between") {
			return
		}
	case "or":
	default:
		return
	}
	switch {
	case e.scale > 0 && (q.Form == Scaled || q.Form == Spelt) && p.Value.Float64() < q.Value.Shift(-e.scale).Float64():
		p.Value = p.Value.Shift(e.scale)
	}
	switch q.Kind {
	case Share, Points:
		if p.Value.Float64() >= 1 && strings.ContainsAny(e.text[q.Span.Start:q.Span.End], "%p") {
			p.Value, p.Kind, p.Strong = p.Value.Shift(-2), q.Kind, true
		}
	case Cardinal:
		if p.Unit == "" {
			p.Unit = q.Unit
		}
	case Day, Multiple:
		p.Kind = q.Kind
	}
}
