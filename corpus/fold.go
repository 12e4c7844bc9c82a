package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces a text to what counts when a sentence is looked up: letters and
// digits, in lower case and compatibility form (Unicode NFKC), with one space
// between words and none beside a Han character. Quotes, punctuation, white
// space and the placeholders of protected tokens are forgiven.
func Fold(text string) string {
	var b strings.Builder
	gap, last := false, ' '
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if gap && b.Len() > 0 && !unicode.Is(unicode.Han, last) && !unicode.Is(unicode.Han, r) {
				b.WriteByte(' ')
			}
			gap, last = false, r
			b.WriteRune(unicode.ToLower(r))
		case r == utf8.RuneError, r >= 0xF0000 && r <= 0xFFFFD, r == '\'', r == '’':
		default:
			gap = true
		}
	}
	return b.String()
}
