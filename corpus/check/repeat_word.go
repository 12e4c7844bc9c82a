package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var repeatWord = &Check{
	ID:       "repeat.word",
	Target:   intoEnglish,
	Category: corpus.Mechanics,
	Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Word written twice", "词语重复"},
		Catches: Words{"A word, or a group of up to four words, that follows itself at once: “the the”, “of the of the”.", "同一个词（或至多四个词的词组）紧接着出现两次，如“the the”“of the of the”。"},
		Ignores: Words{"“had had”, “that that”, deliberate doubling such as “very very” or “step by step by step”, and names such as Baden Baden.", "“had had”“that that”、有意的叠用（如 very very）以及人名、地名（如 Baden Baden）。"},
		Wrong:   Pair{"会议于昨日闭幕。", "The meeting closed on on Monday."},
		Right:   Pair{"会议于昨日闭幕。", "The meeting closed on Monday."},
	},
	Messages: map[string]Words{
		"repeat.word": {"“{0}” stands here twice.", "“{0}”在此处重复出现。"},
	},
	Run: runRepeatWord,
}

// particle reports whether w ends a phrasal verb, so that a preposition may
// say the same word again: taken in in the church.
func (c *Context) particle(w word) bool {
	switch c.T.text(w) {
	case "in", "on", "to":
	default:
		return false
	}
	verb := lastWord(c.T.Text[:w.start])
	_, phrasal := phrasalVerbs[verb]
	return phrasal
}

// lastWord returns what stands behind the last blank of s, in small letters.
func lastWord(s string) string {
	s = strings.TrimRight(s, " ")
	return strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])
}

var phrasalVerbs = set("take takes took taken taking come comes came coming go goes went gone going bring brings brought call calls called log logs logged turn turns turned hand hands handed move moves moved tune tuned carry carries carried hold held keep keeps kept let set live lives lived check checked break broke broken give gave given referred refer looked look add added")

// doublesWell are the words that English doubles on purpose.
var doublesWell = set("had that very so no yes bye ha ho long many much far really hear tut knock now there blah never is")

func runRepeatWord(c *Context) []corpus.Finding {
	words := c.T.wordList()
	var found []corpus.Finding
	for i := 0; i+1 < len(words); i++ {
		for n := 1; n <= 4 && i+2*n <= len(words); n++ {
			if !sameWords(words[i:i+n], words[i+n:i+2*n]) || !c.adjacent(words[i:i+2*n]) || c.doubledWell(words[i:i+2*n], n) {
				continue
			}
			span := corpus.Span{Start: words[i].start, End: words[i+2*n-1].end}
			once := corpus.Span{Start: words[i].start, End: words[i+n-1].end}
			f := c.inTarget(span, "repeat.word", c.T.at(once))
			if c.T.broken(span) {
				break
			}
			found = append(found, c.withFix(f, span, c.T.at(once)))
			i += 2*n - 1
			break
		}
	}
	return found
}

func sameWords(a, b []word) bool {
	for k := range a {
		if a[k].hash != b[k].hash || !a[k].letters {
			return false
		}
	}
	return true
}

// adjacent reports whether only blanks stand between the words.
func (c *Context) adjacent(words []word) bool {
	for k := 1; k < len(words); k++ {
		if gap := c.T.Text[words[k-1].end:words[k].start]; strings.Trim(gap, " ") != "" || gap == "" {
			return false
		}
	}
	return true
}

func (c *Context) doubledWell(words []word, n int) bool {
	if n == 1 {
		_, well := doublesWell[strings.ToLower(c.T.text(words[0]))]
		return well || c.particle(words[0]) || words[0].upper && words[1].upper || words[1].end-words[1].start == 1 && words[1].upper
	}
	capitals := 0
	for _, w := range words[:n] {
		switch strings.ToLower(c.T.text(w)) {
		case "and", "by", "after", "to", "upon", "or":
			return true // again and again and again
		}
		if w.upper {
			capitals++
		}
	}
	return capitals == n
}
