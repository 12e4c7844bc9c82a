package diff

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Tokens cuts a text into the tokens that diffs work on, in order. They join to
// the text again, byte for byte; none is empty.
func Tokens(text string) []string {
	ends := tokenEnds(text)
	tokens := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		tokens[i] = text[start:end]
		start = end
	}
	return tokens
}

// tokenEnds returns the byte offset after each token of the text.
func tokenEnds(text string) []int {
	ends := make([]int, 0, len(text)/3+1)
	word := words.FromString("")
	for pos := 0; pos < len(text); {
		pos += token(text[pos:], word)
		ends = append(ends, pos)
	}
	return ends
}

// token returns the length of the token that a non-empty text starts with.
func token(text string, word *words.Iterator[string]) int {
	first, size := utf8.DecodeRuneInString(text)
	switch {
	case isPlaceholder(first):
		return size
	case unicode.IsSpace(first):
		return prefixLen(text, unicode.IsSpace)
	}
	if n := number(text[:min(len(text), numberWindow)]); 0 < n && n <= numberWindow-utf8.UTFMax {
		last, _ := utf8.DecodeLastRuneInString(text[:n])
		next, _ := utf8.DecodeRuneInString(text[n:])
		if n == len(text) || !gluesToNumber(last, next) {
			return n
		}
	}
	// UAX 29 would attach a combining mark to a placeholder before it, but
	// never joins a placeholder to what stands in front; so only the start of
	// a token needs the case above.
	word.SetText(text)
	word.Next()
	return word.End()
}

// isPlaceholder reports whether the code point stands for kept markup in a
// logical text (the whole of plane 15, a private use area).
func isPlaceholder(r rune) bool { return 0xF0000 <= r && r <= 0xFFFFD }

// numberWindow is how many bytes are looked at for a number, so that a text made
// of digits and separators alone is read in linear time. What fills the window
// is no number that a person reads as one.
const numberWindow = 64

// gluesToNumber reports whether the code point next makes a number that ends
// with last part of a longer word, as in 4th, 3D, 50kg or the keycap emoji 1️⃣.
// Chinese characters and the other scripts without spaces do not glue.
func gluesToNumber(last, next rune) bool {
	switch {
	case unicode.In(next, unicode.M, unicode.Cf):
		return true
	case unicode.In(next, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return false
	}
	return unicode.IsDigit(last) && unicode.In(next, unicode.L, unicode.Pc)
}

// prefixLen returns the length in bytes of the longest prefix whose code points
// all satisfy ok.
func prefixLen(text string, ok func(rune) bool) int {
	for i, r := range text {
		if !ok(r) {
			return i
		}
	}
	return len(text)
}
