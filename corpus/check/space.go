package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var spaceDouble = &Check{
	ID: "space.double", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Too many blanks", "空格过多"},
		Catches: Words{"Two or more blanks between words, and blanks at the beginning of a unit, which are often the remains of an indent.", "词间有两个以上空格；段首残留的缩进空格。"},
		Ignores: Words{"Two blanks after a full stop, an old habit of typists.", "句号后的两个空格（旧式打字习惯）。"},
		Wrong:   Pair{"", "The meeting  was held."},
		Right:   Pair{"", "The meeting was held."},
	},
	Messages: map[string]Words{
		"space.double":  {"There are too many blanks here.", "此处空格过多。"},
		"space.leading": {"The text begins with blanks: the remains of an indent?", "段首有空格，可能是残留的缩进。"},
	},
	Run: func(c *Context) []corpus.Finding {
		var found []corpus.Finding
		s := c.T.Text
		for i := 0; i < len(s); i++ {
			if s[i] != ' ' {
				continue
			}
			start := i
			for i < len(s) && s[i] == ' ' {
				i++
			}
			span := corpus.Span{Start: start, End: i}
			switch {
			case i == len(s):
			case start == 0:
				found = append(found, c.withFix(c.inTarget(span, "space.leading"), span, ""))
			case i-start < 2, strings.ContainsRune(".!?:\n", rune(s[start-1])), c.T.touched(span):
			default:
				found = append(found, c.withFix(c.inTarget(span, "space.double"), span, " "))
			}
		}
		return found
	},
}

var spacePunct = &Check{
	ID: "space.punct", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Blank on the wrong side of a sign", "标点前后空格有误"},
		Catches: Words{"A blank before a comma, a full stop, a semicolon, a question mark or an exclamation mark; no blank after one between two words.", "逗号、句号、分号、问号、叹号之前多了空格，或之后缺少空格。"},
		Ignores: Words{"Figures, abbreviations, addresses, and ellipses.", "数字、缩写、网址和省略号。"},
		Wrong:   Pair{"", "The law , as amended,takes effect."},
		Right:   Pair{"", "The law, as amended, takes effect."},
	},
	Messages: map[string]Words{
		"space.before": {"There is a blank before “{0}”.", "“{0}”前多了空格。"},
		"space.after":  {"There is no blank after “{0}”.", "“{0}”后缺少空格。"},
	},
	Run: runSpacePunct,
}

func runSpacePunct(c *Context) []corpus.Finding {
	var found []corpus.Finding
	s := c.T.Text
	for i := 1; i+1 < len(s); i++ {
		sign := s[i]
		if sign != ',' && sign != ';' && sign != '.' && sign != '?' && sign != '!' {
			continue
		}
		mark := corpus.Span{Start: i, End: i + 1}
		if c.T.touched(mark) {
			continue
		}
		before, after := s[i-1], s[i+1]
		switch {
		case before == ' ' && after == ' ' && i > 1 && wordByte(s[i-2]):
			span := corpus.Span{Start: i - 1, End: i + 1}
			found = append(found, c.withFix(c.inTarget(span, "space.before", string(sign)), span, string(sign)))
		case (sign == ',' || sign == ';') && isLetterByte(before) && isLetterByte(after):
			found = append(found, c.withFix(c.inTarget(mark, "space.after", string(sign)), mark, string(sign)+" "))
		case sign == '.' && gluedSentence(s, i):
			found = append(found, c.withFix(c.inTarget(mark, "space.after", string(sign)), mark, ". "))
		}
	}
	return found
}

func isLetterByte(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// gluedSentence reports whether the full stop at i ends one sentence and the
// next begins at once: a long word in small letters, then a capital and small
// letters. Addresses and names such as Booking.com are none.
func gluedSentence(s string, i int) bool {
	start := i
	for start > 0 && isLetterByte(s[start-1]) {
		start--
	}
	end := i + 1
	for end < len(s) && isLetterByte(s[end]) {
		end++
	}
	if i-start < 4 || end-i < 3 || end == len(s) || s[end] != ' ' || start > 0 && s[start-1] != ' ' {
		return false
	}
	return isUpper(rune(s[i+1])) && isLower(rune(s[i+2])) && isLower(rune(s[start]))
}

// touched reports whether a placeholder stands at the span or its borders.
func (v *View) touched(s corpus.Span) bool {
	for _, h := range v.holes {
		if s.Start <= h.at && h.at <= s.End {
			return true
		}
	}
	return false
}
