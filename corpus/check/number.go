package check

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

func span(s quantity.Span) corpus.Span { return corpus.Span{Start: s.Start, End: s.End} }

// pairFinding returns a finding about a pair of quantities. Its first two
// arguments are the two expressions as they stand.
func (c *Context) pairFinding(l *ledger, p quantity.Pair, message string, args ...string) corpus.Finding {
	s, t := l.source[p.Source], l.target[p.Target]
	args = append([]string{c.S.at(span(s.Span)), c.T.at(span(t.Span))}, args...)
	f := c.inTarget(span(t.Span), message, args...)
	f.Source = []corpus.Span{span(s.Span)}
	return f
}

// each returns the findings that say has about the pairs of the unit.
func (c *Context) each(say func(*ledger, quantity.Pair) (corpus.Finding, bool)) []corpus.Finding {
	if !speaks(c.T.Text) {
		return nil
	}
	l := c.quantities()
	var found []corpus.Finding
	for _, p := range l.matching.Pairs {
		if f, ok := say(l, p); ok {
			found = append(found, f)
		}
	}
	return found
}

// pairs returns a finding for each pair of the given relation.
func (c *Context) pairs(r quantity.Relation, say func(*ledger, quantity.Pair) corpus.Finding) []corpus.Finding {
	return c.each(func(l *ledger, p quantity.Pair) (corpus.Finding, bool) {
		if p.Relation != r {
			return corpus.Finding{}, false
		}
		return say(l, p), true
	})
}

// spokenPair returns a finding that says the source's value in English where
// its own writing does not show it: 90亿 = 9 billion.
func (c *Context) spokenPair(l *ledger, p quantity.Pair, message string) corpus.Finding {
	s := l.source[p.Source]
	switch s.Kind {
	case quantity.Cardinal, quantity.Share, quantity.Points:
		if s.Form == quantity.Scaled || s.Form == quantity.Spelt {
			return c.pairFinding(l, p, message, said(s))
		}
	}
	return c.pairFinding(l, p, message+".plain")
}

// replaceable reports whether t can be replaced by s's value as it stands: no
// further figure is glued to it, and no misspelt scale word may follow.
func (c *Context) replaceable(s, t quantity.Quantity) bool {
	rest := c.T.Text[t.Number.End:]
	if len(rest) > 1 && (rest[0] == ',' || rest[0] == '.') && isDigit(rest[1]) {
		return false
	}
	return t.Form != quantity.Plain || t.Value.Float64() >= 1000 || s.Value.Float64() < 1000
}

// said returns the quantity's value as English says it.
func said(q quantity.Quantity) string {
	switch q.Kind {
	case quantity.Share:
		return quantity.Words(q.Value.Shift(2)) + "%"
	case quantity.Points:
		return quantity.Words(q.Value.Shift(2)) + " percentage points"
	case quantity.Identifier:
		return q.ID
	}
	return quantity.Words(q.Value)
}

var numberScale = &Check{
	ID: "number.scale", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NumberUnit, Severity: corpus.Critical, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Figure off by a power of ten", "数量级错误"},
		Catches: Words{"A figure with the right digits and the wrong magnitude: 万 and 亿 taken for a thousand or a billion. It offers the right figure, written as the text writes its figures.", "数字正确而数量级错误，常见于“万”“亿”换算。可一键替换为正确数字，写法与译文一致。"},
		Ignores: Words{"Small round numbers, whose digits prove nothing.", "数位太少、无法判断的小整数。"},
		Wrong:   Pair{"追回资金90亿元。", "Some 90 billion yuan was recovered."},
		Right:   Pair{"追回资金90亿元。", "Some 9 billion yuan was recovered."},
	},
	Messages: map[string]Words{
		"number.scale":       {"{0} = {2}; the text says {1}.", "“{0}”即 {2}，译文为“{1}”。"},
		"number.scale.plain": {"The source says {0}; the text says {1}.", "原文为“{0}”，译文为“{1}”。"},
	},
	Run: func(c *Context) []corpus.Finding {
		return c.pairs(quantity.Scaled10, func(l *ledger, p quantity.Pair) corpus.Finding {
			s, t := l.source[p.Source], l.target[p.Target]
			f := c.spokenPair(l, p, "number.scale")
			if text := quantity.Format(s.Value, t); text != "" && len(s.Also) == 0 && c.replaceable(s, t) {
				f = c.withFix(f, span(t.Number), text)
			}
			return f
		})
	},
}

var numberChanged = &Check{
	ID: "number.changed", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NumberUnit, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Figure changed", "数字改变"},
		Catches: Words{"A number, date, time, share or designation of the source whose place in the target is taken by another one.", "原文的数字、日期、时间、比例或编号在译文中变成了另一个。"},
		Ignores: Words{"Other ways of writing the same number, conversions of units, and rounding to the digits shown.", "同一数字的不同写法、单位换算以及四舍五入。"},
		Wrong:   Pair{"会议于3月31日召开。", "The meeting was held on March 13."},
		Right:   Pair{"会议于3月31日召开。", "The meeting was held on March 31."},
	},
	Messages: map[string]Words{
		"number.changed":       {"{0} = {2}; the text says {1}.", "“{0}”即 {2}，译文为“{1}”。"},
		"number.changed.plain": {"The source says {0}; the text says {1}.", "原文为“{0}”，译文为“{1}”。"},
	},
	Run: func(c *Context) []corpus.Finding {
		return c.each(func(l *ledger, p quantity.Pair) (corpus.Finding, bool) {
			if p.Relation != quantity.Changed || l.source[p.Source].Kind == quantity.Identifier {
				return corpus.Finding{}, false
			}
			return c.spokenPair(l, p, "number.changed"), true
		})
	},
}

var numberMissing = &Check{
	ID: "number.missing", Target: intoEnglish, Source: fromChinese,
	Category: corpus.Omission, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Figure left out", "数字遗漏"},
		Catches: Words{"A figure of the source that the target does not have.", "原文中的数字在译文中找不到。"},
		Ignores: Words{"一 and 两, idioms, and figures that are part of a name. The day of a dateline, a year left implied and numbers up to three weigh little.", "“一”“两”、成语和专名中的数字。电头日期、省略的年份和三以内的数只作轻微提示。"},
		Wrong:   Pair{"抓获逃犯331名。", "Fugitives were captured."},
		Right:   Pair{"抓获逃犯331名。", "331 fugitives were captured."},
	},
	Messages: map[string]Words{"number.missing": {"{0} is missing.", "译文缺少“{0}”。"}},
	Run: func(c *Context) []corpus.Finding {
		if !speaks(c.T.Text) {
			return nil
		}
		l := c.quantities()
		var found []corpus.Finding
		for _, i := range l.matching.Missing {
			s := l.source[i]
			if s.Kind == quantity.Identifier || c.implied(s) || c.counted(s) {
				continue
			}
			f := c.inTarget(c.T.end(), "number.missing", c.S.at(span(s.Span)))
			f.Source = []corpus.Span{span(s.Span)}
			if slight(s) {
				f.Severity = corpus.Minor
			}
			found = append(found, f)
		}
		return found
	},
}

var numberAdded = &Check{
	ID: "number.added", Target: intoEnglish, Source: fromChinese,
	Category: corpus.Addition, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Figure out of nowhere", "数字无来源"},
		Catches: Words{"A figure of the target that the source does not have.", "译文中出现原文没有的数字。"},
		Ignores: Words{"“one”, “first”, and years that a translator supplies.", "“one”“first”之类，以及译者补出的年份。"},
		Wrong:   Pair{"召开了新闻发布会。", "A press conference was held at 10 a.m."},
		Right:   Pair{"召开了新闻发布会。", "A press conference was held."},
	},
	Messages: map[string]Words{"number.added": {"The source has no {0}.", "原文没有“{0}”。"}},
	Run: func(c *Context) []corpus.Finding {
		l := c.quantities()
		var found []corpus.Finding
		for _, j := range l.matching.Added {
			t := l.target[j]
			if supplied(t, l.source) || c.festive(t) || c.resolved(t) {
				continue
			}
			f := c.inTarget(span(t.Span), "number.added", c.T.at(span(t.Span)))
			if slight(t) {
				f.Severity = corpus.Minor
			}
			found = append(found, f)
		}
		return found
	},
}

// slight reports whether leaving q out, or adding it, changes little: years,
// months and days that the reader knows anyway, and numbers up to three.
func slight(q quantity.Quantity) bool {
	switch q.Kind {
	case quantity.Year, quantity.Month, quantity.Day, quantity.Century:
		return true
	case quantity.Cardinal, quantity.Ordinal:
		v, whole := q.Value.Int()
		return whole && v <= 3
	}
	return false
}
