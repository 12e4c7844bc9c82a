package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceSplit = &Check{
	ID:       "sentence.split",
	Target:   intoEnglish,
	Category: corpus.Garbled,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Sentence cut after a quotation", "引语后误断句"},
		Catches: Words{"A full stop right after a short quotation, with the rest of the sentence standing behind it.", "短引语之后被误加句号，句子的后半部分被断开。"},
		Ignores: Words{"Quotations that are whole sentences, and headings, cells and items.", "引语本身是完整句子的情况，以及标题、表格单元和列表项。"},
		Wrong:   Pair{"", "They launched \"Clean Web\". and closed 300 sites."},
		Right:   Pair{"", "They launched \"Clean Web\" and closed 300 sites."},
	},
	Messages: map[string]Words{
		"sentence.split": {"The full stop after {0} cuts the sentence in two.", "{0}之后的句号把句子误断成两截。"},
	},
	Run: runSentenceSplit,
}

func runSentenceSplit(c *Context) []corpus.Finding {
	if !c.running() {
		return nil
	}
	var found []corpus.Finding
	s := c.T.Text
	for i := 0; i+3 < len(s); i++ {
		if s[i] != '.' || s[i+1] != ' ' || i == 0 {
			continue
		}
		mark := lastRune(s[:i])
		if mark != '"' && mark != '”' {
			continue
		}
		open := strings.LastIndexAny(s[:i-len(string(mark))], "\"“")
		if open < 0 {
			continue
		}
		quoted := corpus.Span{Start: open, End: i}
		if len(c.T.wordsIn(quoted)) > 4 || !c.tornOff(s, i+2) {
			continue
		}
		found = append(found, c.inTarget(corpus.Span{Start: i, End: i + 1}, "sentence.split", c.T.at(quoted)))
	}
	return found
}

// tornOff reports whether what begins at i cannot begin a sentence: a small
// letter, or a figure whose short sentence has no verb.
func (c *Context) tornOff(s string, i int) bool {
	r := firstRune(s[i:])
	if isLower(r) {
		return true
	}
	if !isDigit(s[i]) {
		return false
	}
	end := strings.Index(s[i:], ". ")
	if end < 0 {
		end = len(s) - i
	}
	words := c.T.wordsIn(corpus.Span{Start: i, End: i + end})
	return len(words) <= 8 && !c.T.saysSomething(words)
}
