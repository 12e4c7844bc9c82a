package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var leftoverFullwidth = &Check{
	ID: "leftover.fullwidth", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Full-width sign in English", "英文中的全角符号"},
		Catches: Words{"Chinese punctuation and full-width letters and digits in an English text, with the ASCII form as a fix.", "英文译文中的全角标点、字母和数字，可一键改为半角。"},
		Ignores: Words{"Signs beside Chinese characters, which are left over with them.", "紧邻汉字的符号（随汉字一并提示）。"},
		Wrong:   Pair{"", "The meeting，held in Beijing, ended."},
		Right:   Pair{"", "The meeting, held in Beijing, ended."},
	},
	Messages: map[string]Words{"leftover.fullwidth": {"“{0}” is a Chinese sign.", "“{0}”是中文符号。"}},
	Run: func(c *Context) []corpus.Finding {
		var found []corpus.Finding
		s := c.T.Text
		for i := 0; i < len(s); {
			r, size := decode(s, i)
			ascii := halfWidth(r)
			if ascii == "" || isHan(lastRune(s[:i])) || isHan(firstRune(s[i+size:])) {
				i += size
				continue
			}
			span := corpus.Span{Start: i, End: i + size}
			if next := firstRune(s[i+size:]); strings.Contains(",.;:!?", ascii) && wordRune(next) {
				ascii += " "
			}
			found = append(found, c.withFix(c.inTarget(span, "leftover.fullwidth", c.T.at(span)), span, ascii))
			i += size
		}
		return found
	},
}

// halfWidth returns the English form of a Chinese sign, or "".
func halfWidth(r rune) string {
	switch r {
	case '。':
		return "."
	case '、':
		return ","
	case '　':
		return " "
	case '「', '」', '『', '』', '《', '》', '〈', '〉':
		return "\""
	case '【':
		return "["
	case '】':
		return "]"
	}
	if '！' <= r && r <= '～' {
		return string(r - 0xFEE0)
	}
	return ""
}
