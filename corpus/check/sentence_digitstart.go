package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceDigitStart = &Check{
	ID:       "sentence.digitstart",
	Target:   intoEnglish,
	Category: corpus.Garbled,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Figure cut off from its sentence", "数字被断到句首"},
		Catches: Words{"A piece of at most eight words that begins with a figure after a full stop and has no verb.", "句号之后以数字开头、不超过八个词且没有谓语的残句。"},
		Ignores: Words{"Numbers of items (“2. Scope”), years that begin a sentence, headings, cells and items.", "条目编号（“2. Scope”）、以年份开头的句子、标题、表格单元和列表项。"},
		Wrong:   Pair{"", "The operation captured \"nails\". 331 drug fugitives."},
		Right:   Pair{"", "The operation captured 331 drug fugitives known as \"nails\"."},
	},
	Messages: map[string]Words{
		"sentence.digitstart": {"“{0}” is cut off from the sentence before it.", "“{0}”与前一句被错误断开。"},
	},
	Run: runSentenceDigitStart,
}

func runSentenceDigitStart(c *Context) []corpus.Finding {
	if !c.running() {
		return nil
	}
	sentences := c.T.sentenceList()
	var found []corpus.Finding
	for k, s := range sentences {
		text := c.T.at(s)
		if !isDigit(text[0]) || !strings.HasSuffix(text, ".") {
			continue
		}
		before := c.before().Text
		if k > 0 {
			before = c.T.at(sentences[k-1])
		}
		if !strings.HasSuffix(strings.TrimRight(before, "\"'”’) \n"), ".") {
			continue
		}
		words := c.T.wordsIn(s)
		if len(words) < 2 || len(words) > 8 || c.T.saysSomething(words) || strings.HasPrefix(c.T.Text[words[0].end:], ".") {
			continue
		}
		found = append(found, c.inTarget(s, "sentence.digitstart", text))
	}
	return found
}
