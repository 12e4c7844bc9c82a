package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var repeatVerb = &Check{
	ID: "repeat.verb", Target: intoEnglish,
	Category: corpus.Awkward, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Verb repeated", "动词重复"},
		Catches: Words{"A verb whose purpose is itself: “were carried out to carry out”.", "动词的目的仍是同一动词，如“were carried out to carry out”。"},
		Ignores: Words{"“face to face”, “day to day”, “from door to door”.", "“face to face”“day to day”等固定说法。"},
		Wrong:   Pair{"", "Operations were carried out to carry out crackdowns."},
		Right:   Pair{"", "Crackdowns were carried out."},
	},
	Messages: map[string]Words{"repeat.verb": {"“{0}” and “{1}” are one verb, said twice.", "“{0}”与“{1}”是同一动词的重复。"}},
	Run: func(c *Context) []corpus.Finding {
		words := c.T.wordList()
		var found []corpus.Finding
		for j := 2; j < len(words); j++ {
			if c.T.text(words[j-1]) != "to" || !words[j].letters || words[j].upper {
				continue
			}
			verb := c.T.text(words[j])
			for i := max(0, j-4); i < j-1; i++ {
				earlier := strings.ToLower(c.T.text(words[i]))
				if len(verb) < 4 || earlier == verb || !hasSuffix(earlier, "ed", "ing") || verbStem(earlier) != verbStem(verb) {
					continue
				}
				span := corpus.Span{Start: words[i].start, End: words[j].end}
				if strings.ContainsAny(c.T.at(span), ",;.:") {
					continue
				}
				found = append(found, c.inTarget(span, "repeat.verb", c.T.text(words[i]), verb))
				break
			}
		}
		return found
	},
}

// verbStem takes the regular endings off a verb.
func verbStem(w string) string {
	switch {
	case strings.HasSuffix(w, "ied") || strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ing") && len(w) > 6:
		w = w[:len(w)-3]
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		w = w[:len(w)-1]
	}
	return strings.TrimSuffix(w, "e")
}
