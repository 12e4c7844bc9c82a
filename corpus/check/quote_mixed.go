package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var quoteMixed = &Check{
	ID: "quote.mixed", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Curly and straight quotation marks in one document", "弯引号与直引号混用"},
		Catches: Words{"A document whose quotation marks and apostrophes are straight nearly everywhere and curly in a few places, or the other way round. It speaks once, at the first of the fewer.", "全文引号、撇号绝大多数为直形而个别为弯形，或相反。全文只在第一处提示。"},
		Ignores: Words{"Units that mix both themselves, which pair.quote reports.", "同一单元内混用的情况，由 pair.quote 提示。"},
		Wrong:   Pair{"", "the \"plan\" … the city's budget … citizens’ rights"},
		Right:   Pair{"", "the \"plan\" … the city's budget … citizens' rights"},
	},
	Messages: map[string]Words{"quote.mixed": {"This sign is not of the kind that {0} other places of the document have.", "此处引号与文中其余 {0} 处形状不同。"}},
	RunDocument: func(units []*Context) []Placed {
		var curly, straight []Placed
		for u, c := range units {
			for i, r := range c.T.Text {
				var list *[]Placed
				switch {
				case strings.ContainsRune("“”‘’", r):
					list = &curly
				case r == '"', r == '\'' && betweenLetters(c.T.Text, i):
					list = &straight
				default:
					continue
				}
				*list = append(*list, Placed{u, c.inTarget(corpus.Span{Start: i, End: i + len(string(r))}, "quote.mixed")})
			}
		}
		fewer, more := curly, straight
		if len(straight) < len(curly) {
			fewer, more = straight, curly
		}
		if len(fewer) == 0 || len(more) < 2*len(fewer) {
			return nil
		}
		for _, p := range more {
			if p.Unit == fewer[0].Unit {
				return nil
			}
		}
		fewer[0].Finding.Args = []string{strconv.Itoa(len(more))}
		return fewer[:1]
	},
}

// betweenLetters reports whether the ASCII sign at i stands in a word or ends
// one: an apostrophe, no prime.
func betweenLetters(s string, i int) bool {
	return i > 0 && wordByte(s[i-1]) && !isDigit(s[i-1])
}
