package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var articleAn = &Check{
	ID: "article.an", Target: intoEnglish,
	Category: corpus.Grammar, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"“a” for “an”, “an” for “a”", "不定冠词 a/an 误用"},
		Catches: Words{"“a” before a vowel sound and “an” before a consonant sound, with the right one as a fix.", "元音音素前用了 a，或辅音音素前用了 an，可一键改正。"},
		Ignores: Words{"Capitals, figures and names, whose sound the spelling does not show.", "大写字母、数字和专名（拼写不足以判断读音）。"},
		Wrong:   Pair{"", "This is a important step."},
		Right:   Pair{"", "This is an important step."},
	},
	Messages: map[string]Words{"article.an": {"“{0}” should be “{1}” here.", "此处“{0}”应为“{1}”。"}},
	Run: func(c *Context) []corpus.Finding {
		words := c.T.wordList()
		var found []corpus.Finding
		for i := 0; i+1 < len(words); i++ {
			article := c.T.text(words[i])
			next := c.T.text(words[i+1])
			if c.T.Text[words[i].end:words[i+1].start] != " " || len(next) < 3 || !plainASCII(next) {
				continue
			}
			if words[i].upper && i > 0 && !strings.ContainsAny(c.T.Text[words[i-1].end:words[i].start], ".!?\n\"“") {
				continue // Serie A
			}
			right := ""
			switch article {
			case "a", "A":
				if startsWithVowel(next) {
					right = article + "n"
				}
			case "an", "An":
				if startsWithConsonant(next) {
					right = article[:1]
				}
			}
			if right != "" {
				span := words[i].span()
				found = append(found, c.withFix(c.inTarget(span, "article.an", article, right), span, right))
			}
		}
		return found
	},
}

// plainASCII reports whether w is all small letters and hyphens.
func plainASCII(w string) bool {
	for i := range len(w) {
		if w[i] != '-' && (w[i] < 'a' || w[i] > 'z') {
			return false
		}
	}
	return true
}

func startsWithVowel(w string) bool {
	switch w[0] {
	case 'a', 'i':
		return true
	case 'e':
		return !hasPrefix(w, "eu", "ew")
	case 'o':
		return !hasPrefix(w, "one", "once", "oui")
	case 'u': // an uncle, an urban area; a unit, a user
		return hasPrefix(w, "un", "up", "um", "ult", "ug", "urb", "urg", "ush", "utt", "utm") && !hasPrefix(w, "uni", "unan") ||
			hasPrefix(w, "unim", "unin", "unid")
	case 'h':
		return hasPrefix(w, "hour", "honest", "honor", "honour", "heir")
	}
	return false
}

func startsWithConsonant(w string) bool {
	switch w[0] {
	case 'a', 'e', 'i', 'o', 'u':
		return hasPrefix(w, "one-", "once", "unique", "union", "united", "universal", "university", "useful", "usual", "european")
	case 'h':
		return !hasPrefix(w, "hour", "honest", "honor", "honour", "heir", "herb", "hist", "hotel", "horr", "hab", "heroic", "hyp", "hyst", "homage")
	}
	return true
}
