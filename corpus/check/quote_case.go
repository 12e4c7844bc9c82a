package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var quoteCase = &Check{
	ID: "quote.case", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Names of campaigns, some capital, some not", "行动名称大小写不一"},
		Catches: Words{"A document that writes the quoted names of campaigns, operations and projects now with capitals, now without. It speaks once, at the first of the fewer.", "文中引号内的行动、工程名称有的首字母大写，有的不大写。全文只提示一次。"},
		Ignores: Words{"Other words in quotation marks, and names of one word.", "其他引语，以及只有一个词的名称。"},
		Wrong:   Pair{"", "the \"Clean Water\" campaign … the \"Safe Roads\" project … the \"quiet nights\" campaign"},
		Right:   Pair{"", "the \"Clean Water\" campaign … the \"Safe Roads\" project … the \"Quiet Nights\" campaign"},
	},
	Messages: map[string]Words{"quote.case": {"“{0}” is written otherwise than {1} other quoted names of this document.", "“{0}”与文中另外 {1} 个引号内名称的大小写不一致。"}},
	RunDocument: func(units []*Context) []Placed {
		var capital, small []Placed
		for u, c := range units {
			for _, name := range c.quotedNames() {
				words := c.T.wordsIn(name)
				p := Placed{Unit: u, Finding: c.inTarget(name, "quote.case", c.T.at(name))}
				switch upper := capitals(words); upper {
				case 0:
					small = append(small, p)
				case len(words):
					capital = append(capital, p)
				}
			}
		}
		fewer, more := small, capital
		if len(capital) < len(small) {
			fewer, more = capital, small
		}
		if len(fewer) == 0 || len(more) < 2 {
			return nil
		}
		p := fewer[0]
		p.Finding.Args = append(p.Finding.Args, strconv.Itoa(len(more)))
		return []Placed{p}
	},
}

// campaigns are what quoted names are the names of.
var campaigns = set("campaign campaigns operation operations action actions project projects program programme initiative plan drive strategy activity activities")

// capitals counts the words that begin with a capital, small words between
// them included.
func capitals(words []word) int {
	n := 0
	for _, w := range words {
		if w.upper || n > 0 && w.end-w.start < 4 {
			n++
		}
	}
	return n
}

// quotedNames returns the passages of two to five words in double quotation
// marks that "campaign" or the like follows.
func (c *Context) quotedNames() []corpus.Span {
	var list []corpus.Span
	s := c.T.Text
	for i := 0; i < len(s); {
		open := strings.IndexAny(s[i:], "\"“")
		if open < 0 {
			break
		}
		start := i + open + len(string(firstRune(s[i+open:])))
		length := strings.IndexAny(s[start:], "\"”")
		if length < 0 {
			break
		}
		name := corpus.Span{Start: start, End: start + length}
		i = name.End + len(string(firstRune(s[name.End:])))
		if n := len(c.T.wordsIn(name)); n >= 2 && n <= 5 && c.ofCampaign(i) {
			list = append(list, name)
		}
	}
	return list
}

// ofCampaign reports whether one of the three words behind the offset says
// that a campaign or the like was named.
func (c *Context) ofCampaign(end int) bool {
	words := c.T.wordsIn(corpus.Span{Start: end, End: len(c.T.Text)})
	for _, w := range words[:min(3, len(words))] {
		if _, ok := campaigns[strings.ToLower(c.T.text(w))]; ok {
			return true
		}
	}
	return false
}
