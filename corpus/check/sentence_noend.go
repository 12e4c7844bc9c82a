package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceNoEnd = &Check{
	ID: "sentence.noend", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Sentence without an end", "句末缺少标点"},
		Catches: Words{"A target of running text that stops without a full stop while its source ends in one: often a sign of a sentence cut short.", "原文以句号等结尾而译文末尾没有标点，常因译文被截断。"},
		Ignores: Words{"Headings, cells and items, and targets of fewer than eight words.", "标题、表格单元、列表项，以及不足八个词的译文。"},
		Wrong:   Pair{"本办法由财政部负责解释。", "These Measures shall be interpreted by the Ministry of Finance"},
		Right:   Pair{"本办法由财政部负责解释。", "These Measures shall be interpreted by the Ministry of Finance."},
	},
	Messages: map[string]Words{"sentence.noend": {"The sentence has no full stop: is its end missing?", "句末没有标点，后面是否有缺漏？"}},
	Run: func(c *Context) []corpus.Finding {
		words := c.T.wordList()
		if !c.running() || len(words) < 8 {
			return nil
		}
		if !endsSentence(c.S.Text) {
			return nil
		}
		end := strings.TrimRight(c.T.Text, " \n")
		if r := lastRune(end); !wordRune(r) && r != ',' && r != '-' {
			return nil
		}
		last := words[len(words)-1]
		if w := c.T.text(last); w == "and" || w == "or" { // an item before the last one
			return nil
		}
		f := c.inTarget(last.span(), "sentence.noend")
		if last.end == len(end) && len(c.S.sentenceList()) <= len(c.T.sentenceList()) {
			f = c.withFix(f, last.span(), c.T.text(last)+".")
		}
		return []corpus.Finding{f}
	},
}
