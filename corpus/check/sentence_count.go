package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceCount = &Check{
	ID: "sentence.count", Source: fromChinese, Target: intoEnglish,
	Category: corpus.Omission, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Number of sentences far apart", "句数相差较大"},
		Catches: Words{"A target with at least two sentences more, or fewer, than its source.", "译文句数比原文多或少两句以上。"},
		Ignores: Words{"A difference of one, and semicolons that became full stops.", "仅差一句，或分号改为句号的情况。"},
		Wrong:   Pair{"会议开了三天。", "The meeting was held. It took days. Three of them."},
		Right:   Pair{"会议开了三天。", "The meeting lasted three days."},
	},
	Messages: map[string]Words{"sentence.count": {"The source has {0} sentences, the target {1}.", "原文 {0} 句，译文 {1} 句。"}},
	Run: func(c *Context) []corpus.Finding {
		source := max(1, len(c.S.sentenceList()))
		most := source + strings.Count(c.S.Text, "；") + strings.Count(c.S.Text, "：")
		target := len(c.T.sentenceList())
		if target-most < 2 && source-target < 2 {
			return nil
		}
		f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "sentence.count", strconv.Itoa(source), strconv.Itoa(target))
		if target > source {
			f.Category = corpus.Awkward
		}
		return []corpus.Finding{f}
	},
}
