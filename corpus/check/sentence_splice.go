package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceSplice = &Check{
	ID: "sentence.splice", Target: intoEnglish,
	Category: corpus.Grammar, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Two sentences behind one “There were”", "“There were”后两句粘连"},
		Catches: Words{"“There were 40 cases, 6 gangs were destroyed”: a second sentence with its own figure and verb runs on behind a comma, and the first one's noun seems to be what was destroyed.", "“There were 40 cases, 6 gangs were destroyed”：逗号后另有带数字和谓语的完整句子，两句误连。"},
		Ignores: Words{"Clauses joined by “and”, “of which”, “who” and the like.", "由 and、of which、who 等连接的从句或并列句。"},
		Wrong:   Pair{"", "There were 40 cases of fraud, 6 gangs were broken up."},
		Right:   Pair{"", "There were 40 cases of fraud, and 6 gangs were broken up."},
	},
	Messages: map[string]Words{"sentence.splice": {"“{0}” is a sentence of its own behind the comma.", "逗号后的“{0}”自成一句，与前句误连。"}},
	Run: func(c *Context) []corpus.Finding {
		if !c.running() {
			return nil
		}
		var found []corpus.Finding
		for _, s := range c.T.sentenceList() {
			words := c.T.wordsIn(s)
			if len(words) < 6 || c.T.text(words[0]) != "There" || !isBe(c.T.text(words[1])) {
				continue
			}
			if span, ok := c.spliced(words[2:]); ok {
				found = append(found, c.inTarget(span, "sentence.splice", c.T.at(span)))
			}
		}
		return found
	},
}

func isBe(s string) bool { return s == "were" || s == "was" || s == "are" || s == "is" }

// connectives are words that join a second clause as it should be.
var connectives = set("and or but of which who whom whose that when where while as if because so with including although though after before since until to")

// spliced returns the figure, what it counts and the verb that follow a comma
// as a sentence of their own. Behind "and" they may do so, unless they end a
// list of figures, all of which are meant.
func (c *Context) spliced(words []word) (corpus.Span, bool) {
	items := 0
	for k := 1; k+1 < len(words); k++ {
		gap := c.T.Text[words[k-1].end:words[k].start]
		joined := c.T.text(words[k-1]) == "and" && k > 1 && c.T.Text[words[k-2].end:words[k-1].start] == ", "
		if words[k].letters || gap != ", " && !joined {
			continue
		}
		figure := k // its last group: 6,066
		for figure+1 < len(words) && !words[figure+1].letters && c.T.Text[words[figure].end:words[figure+1].start] == "," {
			figure++
		}
		for j := figure + 1; j < min(figure+7, len(words)); j++ {
			w := strings.ToLower(c.T.text(words[j]))
			if _, connects := connectives[w]; connects || c.T.Text[words[j-1].end:words[j].start] != " " {
				break
			}
			if (w == "were" || w == "was") && j > figure+1 {
				return corpus.Span{Start: words[k].start, End: words[j].end}, !joined || items >= 2
			}
		}
		items++
	}
	return corpus.Span{}, false
}
