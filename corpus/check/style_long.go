package check

import (
	"strconv"

	"github.com/reviseur/reviseur/corpus"
)

// longSentence is the number of words above which a sentence is called long.
const longSentence = 50

var styleLong = &Check{
	ID: "style.long", Target: intoEnglish,
	Category: corpus.Awkward, Severity: corpus.Neutral,
	Doc: Doc{
		Title:   Words{"Very long sentence", "句子过长"},
		Catches: Words{"A sentence of more than fifty words. It is shown and never counted.", "超过五十个词的句子。仅作提示，不计入评分。"},
		Ignores: Words{"Lists within tables and items.", "表格和列表项。"},
		Wrong:   Pair{"", "a sentence of sixty words"},
		Right:   Pair{"", "two sentences of thirty"},
	},
	Messages: map[string]Words{"style.long": {"This sentence has {0} words.", "本句长达 {0} 个词。"}},
	Run: func(c *Context) []corpus.Finding {
		if !c.running() {
			return nil
		}
		var found []corpus.Finding
		for _, s := range c.T.sentenceList() {
			if n := len(c.T.wordsIn(s)); n > longSentence {
				found = append(found, c.inTarget(s, "style.long", strconv.Itoa(n)))
			}
		}
		return found
	},
}
