package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var titlePlain = &Check{
	ID: "title.plain", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NameTitle, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Title that is not shown as one", "书名号未体现"},
		Catches: Words{"A source with a title in 《》 whose target has neither quotation marks nor italics nor capitals: the title has become plain words, or is gone.", "原文有《》，而译文既无引号、斜体，也无首字母大写的名称：书名、法律名被当作普通词语或漏译。"},
		Ignores: Words{"Targets with any capital word inside a sentence, any quotation marks or any markup.", "译文句中有首字母大写的单词、引号或标记时。"},
		Wrong:   Pair{"依照《森林防火条例》处罚。", "Penalties are imposed under the rules on forest fires."},
		Right:   Pair{"依照《森林防火条例》处罚。", "Penalties are imposed under the Regulations on the Prevention of Forest Fires."},
	},
	Messages: map[string]Words{"title.plain": {"{0} is a title; the text shows none.", "“{0}”是书名或法规名，译文未体现。"}},
	Run: func(c *Context) []corpus.Finding {
		open := strings.Index(c.S.Text, "《")
		if open < 0 || len(c.T.holes) > 0 || !speaks(c.T.Text) || strings.ContainsAny(c.T.Text, "\"“”‘’«»'*_") || c.namesSomething() {
			return nil
		}
		shut := strings.Index(c.S.Text[open:], "》")
		if shut < 0 {
			return nil
		}
		title := corpus.Span{Start: open, End: open + shut + len("》")}
		f := c.inTarget(c.T.end(), "title.plain", c.S.at(title))
		f.Source = []corpus.Span{title}
		return []corpus.Finding{f}
	},
}

// namesSomething reports whether the target has a capital word that begins no
// sentence.
func (c *Context) namesSomething() bool {
	for _, s := range c.T.sentenceList() {
		for k, w := range c.T.wordsIn(s) {
			if w.upper && k > 0 {
				return true
			}
		}
	}
	return false
}
