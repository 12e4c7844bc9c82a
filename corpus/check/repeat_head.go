package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var repeatHead = &Check{
	ID: "repeat.head", Target: intoEnglish,
	Category: corpus.Awkward, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Head noun repeated", "中心词重复"},
		Catches: Words{"A plural noun that comes back at the end of its own “of” phrase: “cases of criminal cases”, “communities focusing on communities”.", "复数名词在其后的 of 短语中再次出现，如“cases of criminal cases”。"},
		Ignores: Words{"Words of measure and time such as “years”, “parts”, and what stands beyond a comma.", "years、parts 等度量词，以及逗号之后的内容。"},
		Wrong:   Pair{"", "The police handled 300 cases of criminal cases."},
		Right:   Pair{"", "The police handled 300 criminal cases."},
	},
	Messages: map[string]Words{"repeat.head": {"“{0}” is said twice in one phrase.", "同一短语中“{0}”出现两次。"}},
	Run:      runRepeatHead,
}

// pluralNoun reports whether w looks like a plural: not census, basis, process.
func pluralNoun(w string) bool {
	return strings.HasSuffix(w, "s") && !hasSuffix(w, "ss", "us", "is")
}

var measures = set("years days months weeks hours times parts kinds types sorts members people areas levels sides others dozens hundreds thousands millions billions tens lines words rights points")

func runRepeatHead(c *Context) []corpus.Finding {
	words := c.T.wordList()
	var found []corpus.Finding
	for i := 0; i+2 < len(words); i++ {
		head := words[i]
		text := c.T.text(head)
		if !head.letters || head.upper || len(text) < 5 || !pluralNoun(text) {
			continue
		}
		if _, measure := measures[text]; measure {
			continue
		}
		if c.T.Text[head.end:words[i+1].start] != " " {
			continue
		}
		reach := 0
		switch next := c.T.text(words[i+1]); {
		case next == "of":
			reach = 7
		case strings.HasSuffix(next, "ing") && c.T.text(words[i+2]) == "on": // focusing on
			reach = 4
		}
		for j := i + 2; j < len(words) && j-i <= reach; j++ {
			if c.T.Text[words[j-1].end:words[j].start] != " " {
				break
			}
			if words[j].hash == head.hash {
				span := corpus.Span{Start: head.start, End: words[j].end}
				found = append(found, c.inTarget(span, "repeat.head", text))
				break
			}
		}
	}
	return found
}
