package check

import (
	"sync"

	"github.com/golangci/misspell"

	"github.com/reviseur/reviseur/corpus"
)

// misspellings maps common misspellings of English to the right words.
var misspellings = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, len(misspell.DictMain)/2)
	for k := 0; k+1 < len(misspell.DictMain); k += 2 {
		m[misspell.DictMain[k]] = misspell.DictMain[k+1]
	}
	return m
})

var spellMisspelt = &Check{
	ID: "spell.misspelt", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Misspelt word", "拼写错误"},
		Catches: Words{"A word in small letters that is a common misspelling, with the right one to put in its place.", "小写单词中常见的拼写错误，可一键更正。"},
		Ignores: Words{"Whatever is not on the list of common misspellings, names, and the difference between British and American spelling.", "常见错误表以外的词、专名，以及英式与美式拼写的差别。"},
		Wrong:   Pair{"", "The goverment will seperate the two offices."},
		Right:   Pair{"", "The government will separate the two offices."},
	},
	Messages: map[string]Words{"spell.misspelt": {"“{0}” is a misspelling of “{1}”.", "“{0}”应为“{1}”。"}},
	Run: func(c *Context) []corpus.Finding {
		table := misspellings()
		var found []corpus.Finding
		for _, w := range c.T.wordList() {
			if w.upper || !w.letters || w.end-w.start < 4 {
				continue
			}
			if right, ok := table[c.T.text(w)]; ok && !c.T.broken(w.span()) {
				found = append(found, c.withFix(c.inTarget(w.span(), "spell.misspelt", c.T.text(w), right), w.span(), right))
			}
		}
		return found
	},
}
