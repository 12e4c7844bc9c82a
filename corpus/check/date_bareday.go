package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var dateBareDay = &Check{
	ID: "date.bareday", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NumberUnit, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Day of the month as a bare number", "日期译成光杆数字"},
		Catches: Words{"26日 rendered as “26”, without a month, an ordinal ending or “the”.", "“26日”译作“26”，既没有月份，也没有序数词尾或“the”。"},
		Ignores: Words{"“the 26th”, “March 26”, “26 March”.", "“the 26th”“March 26”“26 March”。"},
		Wrong:   Pair{"26日下午，会议召开。", "The meeting was held on the afternoon of 26."},
		Right:   Pair{"26日下午，会议召开。", "The meeting was held on the afternoon of the 26th."},
	},
	Messages: map[string]Words{"date.bareday": {"{0} is a day of the month; “{1}” does not say so.", "“{0}”是日期，译文“{1}”看不出是日期。"}},
	Run: func(c *Context) []corpus.Finding {
		return c.each(func(l *ledger, p quantity.Pair) (corpus.Finding, bool) {
			s, t := l.source[p.Source], l.target[p.Target]
			if p.Relation != quantity.Equal || s.Kind != quantity.Day || t.Kind != quantity.Cardinal || t.Form != quantity.Plain || t.Unit != "" {
				return corpus.Finding{}, false
			}
			if before := strings.TrimRight(c.T.Text[:t.Span.Start], " "); strings.HasSuffix(before, " the") || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "–") {
				return corpus.Finding{}, false
			}
			return c.pairFinding(l, p, "date.bareday"), true
		})
	},
}
