package check

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var numberFormat = &Check{
	ID: "number.format", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Figure written wrongly", "数字书写有误"},
		Catches: Words{"Groups that are not of three digits (3,09; 11,7015; 4.176,000), and millions in words beside millions in full within one unit.", "千分位分组不是三位（3,09；11,7015；4.176,000），或同一单元内百万级数字写法不一。"},
		Ignores: Words{"Lists of numbers without blanks, years and designations.", "无空格的数字列表、年份和编号。"},
		Wrong:   Pair{"", "A total of 11,7015 people took part."},
		Right:   Pair{"", "A total of 117,015 people took part."},
	},
	Messages: map[string]Words{
		"number.format":       {"“{0}” is not grouped in threes.", "“{0}”的千分位分组有误。"},
		"number.format.mixed": {"“{0}” stands in full beside a figure with a scale word.", "“{0}”为完整数字，与同段带 million 等单位的写法不一致。"},
	},
	Run: func(c *Context) []corpus.Finding {
		found := c.misgrouped()
		return append(found, c.mixedScales()...)
	},
}

func (c *Context) misgrouped() []corpus.Finding {
	var found []corpus.Finding
	s := c.T.Text
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		start := i
		var groups []int // lengths of the runs of digits
		var signs []byte
		run := i
		for ; i < len(s); i++ {
			if isDigit(s[i]) {
				continue
			}
			if (s[i] == ',' || s[i] == '.') && i+1 < len(s) && isDigit(s[i+1]) {
				groups, signs = append(groups, i-run), append(signs, s[i])
				run = i + 1
				continue
			}
			break
		}
		groups = append(groups, i-run)
		span := corpus.Span{Start: start, End: i}
		if malformed(s[start:i], groups, signs) && !c.T.broken(span) && (start == 0 || s[start-1] == ' ' || s[start-1] == '(') {
			found = append(found, c.inTarget(span, "number.format", c.T.at(span)))
		}
	}
	return found
}

// malformed reports whether a figure's groups cannot be right. Short groups
// may be a list (17,18), so only shapes that no list has count.
func malformed(figure string, groups []int, signs []byte) bool {
	if len(signs) == 0 || len(signs) > 3 || groups[0] > 3 {
		return false
	}
	point := false
	at := groups[0] + 1
	for k, sign := range signs {
		n := groups[k+1]
		if sign == '.' {
			if point {
				return false // 1.2.3: a version, an address
			}
			point = true
		} else {
			switch {
			case point && n == 3: // 4.176,000
				return len(signs) == 2
			case n > 3 && k == len(signs)-1 && !isYear(figure[at:at+n]): // 11,7015
				return true
			case n == 2 && figure[at] == '0' && len(signs) == 1: // 3,09
				return true
			}
		}
		at += n + 1
	}
	return false
}

func isYear(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }

func (c *Context) mixedScales() []corpus.Finding {
	var full []quantity.Quantity
	scaled := false
	for _, q := range c.quantities().target {
		if q.Kind != quantity.Cardinal {
			continue
		}
		switch million := q.Value.Float64() >= 1e6; {
		case million && q.Form == quantity.Scaled:
			scaled = true
		case million && q.Form == quantity.Grouped && quantity.Format(q.Value, quantity.Quantity{Form: quantity.Scaled}) != "":
			full = append(full, q)
		}
	}
	if !scaled || len(full) == 0 {
		return nil
	}
	q := full[0]
	words := quantity.Words(q.Value)
	if words == c.T.at(span(q.Number)) {
		return nil
	}
	f := c.inTarget(span(q.Number), "number.format.mixed", c.T.at(span(q.Number)))
	f.Severity = corpus.Neutral
	return []corpus.Finding{c.withFix(f, span(q.Number), words)}
}
