package check

import (
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

var pairQuote = &Check{
	ID:       "pair.quote",
	Category: corpus.Mechanics,
	Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Quotation mark without its partner", "引号不成对"},
		Catches: Words{"An opening or closing double quotation mark without the other one; an odd number of straight ones; quotation marks of the source that are all lost; curly beside straight ones.", "双引号缺少前半或后半；直引号个数为奇数；原文的引号全部丢失；弯引号与直引号混用。"},
		Ignores: Words{"Apostrophes, inches, and a source whose quotation marks do not pair either.", "撇号、英寸符号，以及原文引号本身就不成对的情况。"},
		Wrong:   Pair{"开展“净网”行动。", "Launch the \"clean network campaign."},
		Right:   Pair{"开展“净网”行动。", "Launch the \"Clean Network\" campaign."},
	},
	Messages: map[string]Words{
		"pair.quote":       {"This quotation mark has no partner.", "此引号没有配对。"},
		"pair.quote.lost":  {"The quotation marks of the source are missing.", "原文的引号在译文中全部缺失。"},
		"pair.quote.mixed": {"Curly and straight quotation marks are mixed.", "弯引号与直引号混用。"},
	},
	Run: runPairQuote,
}

func runPairQuote(c *Context) []corpus.Finding {
	curly, straight := unpairedQuotes(c.T.Text)
	if len(curly)+len(straight) > 0 {
		sourceCurly, sourceStraight := unpairedQuotes(c.S.Text)
		if len(sourceCurly)+len(sourceStraight) > 0 {
			return nil
		}
	}
	var found []corpus.Finding
	for _, s := range append(curly, straight...) {
		found = append(found, c.inTarget(s, "pair.quote"))
	}
	if len(found) > 0 {
		return found
	}
	return append(c.lostQuotes(), c.mixedQuotes()...)
}

// unpairedQuotes returns the double quotation marks that have no partner. Of
// an odd number of straight ones it is the last.
func unpairedQuotes(s string) (curly, straight []corpus.Span) {
	var open []int
	count, last := 0, 0
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		switch r {
		case '“':
			open = append(open, i)
		case '”':
			if len(open) == 0 {
				curly = append(curly, corpus.Span{Start: i, End: i + size})
			} else {
				open = open[:len(open)-1]
			}
		case '"':
			if i == 0 || !isDigit(s[i-1]) || count%2 == 1 {
				count++
				last = i
			}
		}
		i += size
	}
	for _, at := range open {
		curly = append(curly, corpus.Span{Start: at, End: at + len("“")})
	}
	if count%2 == 1 {
		if len(curly) == 1 && count == 1 { // “one curly, one straight": a pair
			return nil, nil
		}
		straight = append(straight, corpus.Span{Start: last, End: last + 1})
	}
	return curly, straight
}

// lostQuotes reports that a source quotes and its target does not. A title in
// quotation marks may have become italics, so it costs nothing.
func (c *Context) lostQuotes() []corpus.Finding {
	open := strings.Index(c.S.Text, "“")
	if open < 0 || !strings.Contains(c.S.Text[open:], "”") || len(c.T.holes) > 0 || strings.ContainsAny(c.T.Text, "\"“”‘’«»『』「」'") {
		return nil
	}
	if !longEnough(c.T.Text, 40) {
		return nil
	}
	f := c.inTarget(corpus.Span{}, "pair.quote.lost")
	f.Source = []corpus.Span{{Start: open, End: open + strings.Index(c.S.Text[open:], "”") + len("”")}}
	f.Severity = corpus.Neutral
	return []corpus.Finding{f}
}

func (c *Context) mixedQuotes() []corpus.Finding {
	straight := strings.IndexByte(c.T.Text, '"')
	if straight > 0 && isDigit(c.T.Text[straight-1]) { // inches
		return nil
	}
	curly := strings.IndexAny(c.T.Text, "“”’")
	if straight < 0 || curly < 0 {
		return nil
	}
	f := c.inTarget(corpus.Span{Start: straight, End: straight + 1}, "pair.quote.mixed")
	f.Severity = corpus.Neutral
	return []corpus.Finding{f}
}

var pairBracket = &Check{
	ID:       "pair.bracket",
	Category: corpus.Mechanics,
	Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Bracket without its partner", "括号不成对"},
		Catches: Words{"A round, square or curly bracket, or one of the Chinese ones, that is never closed or was never opened.", "圆括号、方括号、花括号或中文括号缺少一半。"},
		Ignores: Words{"Numbers of items such as “a)” and “1)”, and a source with the same gap.", "“a)”“1)”之类的条目编号，以及原文有同样缺漏的情况。"},
		Wrong:   Pair{"（以下简称《办法》）", "(hereinafter referred to as the Measures"},
		Right:   Pair{"（以下简称《办法》）", "(hereinafter referred to as the Measures)"},
	},
	Messages: map[string]Words{
		"pair.bracket": {"“{0}” has no partner.", "“{0}”没有配对。"},
	},
	Run: runPairBracket,
}

func runPairBracket(c *Context) []corpus.Finding {
	lonely := unpairedBrackets(c.T.Text)
	if len(lonely) == 0 || len(unpairedBrackets(c.S.Text)) > 0 {
		return nil
	}
	var found []corpus.Finding
	for _, s := range lonely {
		found = append(found, c.inTarget(s, "pair.bracket", c.T.at(s)))
	}
	return found
}

// brackets lists the pairs; the full-width round ones pair with the ASCII ones.
const brackets = "()（）[]{}【】《》〈〉「」『』"

func bracketClass(r rune) (class int, opening bool) {
	k := 0
	for _, b := range brackets {
		if b == r {
			return max(k/2, 1), k%2 == 0
		}
		k++
	}
	return -1, false
}

func unpairedBrackets(s string) []corpus.Span {
	if !strings.ContainsAny(s, brackets) {
		return nil
	}
	type open struct{ class, at, size int }
	var stack []open
	var lonely []corpus.Span
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		switch class, opening := bracketClass(r); {
		case class < 0:
		case opening:
			stack = append(stack, open{class, i, size})
		case len(stack) > 0 && stack[len(stack)-1].class == class:
			stack = stack[:len(stack)-1]
		case (r == ')' || r == '）') && enumerates(s[:i]):
		default:
			lonely = append(lonely, corpus.Span{Start: i, End: i + size})
		}
		i += size
	}
	for _, o := range stack {
		lonely = append(lonely, corpus.Span{Start: o.at, End: o.at + o.size})
	}
	return lonely
}

// enumerates reports whether s ends in the number or letter of an item: "a",
// "iv", "12", 一.
func enumerates(s string) bool {
	k := len(s)
	for k > 0 && len(s)-k < 6 {
		r, size := utf8.DecodeLastRuneInString(s[:k])
		if !wordRune(r) && !isHan(r) {
			break
		}
		k -= size
	}
	n := utf8.RuneCountInString(s[k:])
	return n >= 1 && n <= 3 && (k == 0 || strings.HasSuffix(s[:k], " ") || strings.HasSuffix(s[:k], "\n"))
}
