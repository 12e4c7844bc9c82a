package check

import (
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
)

var segmentInconsistent = &Check{
	ID:       "segment.inconsistent",
	Category: corpus.InconsistentTerm, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Same source, another target", "同一原文译法不一"},
		Catches: Words{"A source that stands several times in a document and is not translated alike. The later units are marked.", "同一原文在文中多次出现而译法不同；标注在后出现的单元。"},
		Ignores: Words{"Differences in capitals, blanks and punctuation.", "大小写、空格和标点的差别。"},
		Wrong:   Pair{"第一章 总则", "Chapter I General Provisions … Chapter One General Rules"},
		Right:   Pair{"第一章 总则", "Chapter I General Provisions … Chapter I General Provisions"},
	},
	Messages: map[string]Words{"segment.inconsistent": {"The same source was translated before as “{0}”.", "同一原文前文译作“{0}”。"}},
	RunDocument: func(units []*Context) []Placed {
		return compareUnits(units, func(c *Context) (string, string) { return bare(c.S.Text), bare(c.T.Text) }, "segment.inconsistent")
	},
}

var segmentReused = &Check{
	ID:       "segment.reused",
	Category: corpus.Mistranslation, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Same target, another source", "不同原文译文相同"},
		Catches: Words{"A target of at least four words that stands for two different sources: one of them has probably lost something.", "至少四个词的译文对应两个不同的原文，其中之一很可能漏译。"},
		Ignores: Words{"Sources that differ in punctuation only.", "仅标点不同的原文。"},
		Wrong:   Pair{"严格执行 / 认真执行", "It must be carried out. / It must be carried out."},
		Right:   Pair{"严格执行 / 认真执行", "It must be carried out strictly. / It must be carried out with care."},
	},
	Messages: map[string]Words{"segment.reused": {"Another source, “{0}”, has the same target.", "另一处原文“{0}”的译文与此相同。"}},
	RunDocument: func(units []*Context) []Placed {
		return compareUnits(units, func(c *Context) (string, string) {
			if len(c.T.wordList()) < 4 {
				return "", ""
			}
			return bare(c.T.Text), bare(c.S.Text)
		}, "segment.reused")
	},
}

// compareUnits returns a finding for each unit that has the key of an earlier
// one and another value.
func compareUnits(units []*Context, of func(*Context) (key, value string), message string) []Placed {
	type seen struct {
		value string
		first *Context
	}
	known := map[string]seen{}
	var found []Placed
	for u, c := range units {
		key, value := of(c)
		if key == "" || value == "" {
			continue
		}
		before, again := known[key]
		if !again {
			known[key] = seen{value, c}
			continue
		}
		if before.value == value {
			continue
		}
		other := before.first.T.Text
		if message == "segment.reused" {
			other = before.first.S.Text
		}
		found = append(found, Placed{u, c.inTarget(corpus.Span{End: len(c.T.Text)}, message, other)})
	}
	return found
}

// bare returns the letters and digits of s in small letters.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
