package markdown

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/util"
)

// decode adds literal text to the block being built: backslash escapes and
// entity references become what they stand for (CommonMark, Backslash escapes;
// Entity and numeric character references).
func decode(b *layout.Builder, v *view, span layout.Span) {
	text := v.text[:span.End]
	from := span.Start
	flush := func(to int) {
		if from < to {
			b.Verbatim(v.span(from, to))
		}
	}
	for i := span.Start; i < span.End; i++ {
		switch text[i] {
		case '\\':
			if i+1 < span.End && util.IsPunct(text[i+1]) {
				flush(i)
				b.Decoded(v.span(i, i+2), string(text[i+1:i+2]))
				i++
				from = i + 1
			}
		case '&':
			if s, n := entity(text[i:]); n > 0 {
				flush(i)
				b.Decoded(v.span(i, i+n), s)
				i += n - 1
				from = i + 1
			}
		}
	}
	flush(span.End)
}

// longest name in HTML's table of entities, in bytes
const maxEntity = 31

// entity reads an entity reference at the start of text and returns what it
// stands for and its length; 0 if there is none.
func entity(text []byte) (string, int) {
	end := 1
	for end < len(text) && end <= maxEntity+1 && text[end] != ';' {
		if c := text[end]; c != '#' && !util.IsAlphaNumeric(c) {
			return "", 0
		}
		end++
	}
	if end < 3 || end >= len(text) || text[end] != ';' {
		return "", 0
	}
	name := string(text[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || base == 10 && len(digits) > 7 || base == 16 && len(digits) > 6 {
		return "", 0
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	if r := rune(n); r != 0 && utf8.ValidRune(r) {
		return string(r), end + 1
	}
	return "\uFFFD", end + 1
}
