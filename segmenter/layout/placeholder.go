package layout

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	firstPlaceholder = 0xF0000
	lastPlaceholder  = 0xFFFFF
	maxTokens        = (lastPlaceholder - firstPlaceholder) / 2
)

// Placeholder returns the character that stands for token t in logical text.
func Placeholder(t Token) rune {
	r := rune(firstPlaceholder + 2*t.Number)
	if t.Close {
		r++
	}
	return r
}

// IsPlaceholder reports whether r stands for a token, and for which.
func IsPlaceholder(r rune) (number int, closing, ok bool) {
	if r < firstPlaceholder || r > lastPlaceholder {
		return 0, false, false
	}
	n := int(r - firstPlaceholder)
	return n / 2, n%2 == 1, true
}

const (
	showOpen  = "⟨"
	showClose = "⟩"
)

// Show writes logical text for people: token n as ⟨n⟩, its closing half as
// ⟨/n⟩. Brackets of the text itself that would look like a token are doubled:
// a literal ⟨1⟩ is shown as ⟨⟨1⟩.
func Show(text string) string {
	if !strings.ContainsFunc(text, special) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if num, closing, ok := IsPlaceholder(r); ok {
			b.WriteString(showOpen)
			if closing {
				b.WriteByte('/')
			}
			b.WriteString(strconv.Itoa(num))
			b.WriteString(showClose)
			i += n
			continue
		}
		if r == '⟨' {
			count, mark := brackets(text[i:])
			next := text[i+count*len(showOpen):]
			if _, _, size := reference(next); size > 0 || startsWithPlaceholder(next) {
				mark += mark
			}
			b.WriteString(mark)
			i += count * len(showOpen)
			continue
		}
		b.WriteString(text[i : i+n])
		i += n
	}
	return b.String()
}

// Parse reads what [Show] wrote, or what a person typed in the same way, for a
// block with these tokens: ⟨1⟩ becomes the placeholder of token 1. A number
// that no token has, and any other bracket, stays as it is.
func Parse(typed string, tokens []Token) string {
	if !strings.ContainsFunc(typed, special) {
		return typed
	}
	known := make(map[rune]bool, len(tokens))
	for _, t := range tokens {
		known[Placeholder(t)] = true
	}
	var b strings.Builder
	for i := 0; i < len(typed); {
		j := strings.Index(typed[i:], showOpen)
		if j < 0 {
			b.WriteString(typed[i:])
			break
		}
		b.WriteString(typed[i : i+j])
		i += j
		count, mark := brackets(typed[i:])
		i += len(mark)
		number, closing, size := reference(typed[i:])
		if size == 0 {
			b.WriteString(mark)
			continue
		}
		b.WriteString(strings.Repeat(showOpen, count/2))
		if count%2 == 0 {
			continue
		}
		if r := Placeholder(Token{Number: number, Close: closing}); number <= maxTokens && known[r] {
			b.WriteRune(r)
			i += size
		} else {
			b.WriteString(showOpen)
		}
	}
	return b.String()
}

func special(r rune) bool {
	return r == '⟨' || r >= firstPlaceholder && r <= lastPlaceholder
}

// brackets counts the opening brackets s starts with.
func brackets(s string) (count int, mark string) {
	for strings.HasPrefix(s[len(mark):], showOpen) {
		count++
		mark = s[:count*len(showOpen)]
	}
	return count, mark
}

// reference reads "12⟩" or "/12⟩" at the start of s; size is 0 if there is none.
func reference(s string) (number int, closing bool, size int) {
	i := 0
	if strings.HasPrefix(s, "/") {
		closing = true
		i++
	}
	start := i
	for i < len(s) && '0' <= s[i] && s[i] <= '9' && i-start < 6 {
		number = number*10 + int(s[i]-'0')
		i++
	}
	if i == start || !strings.HasPrefix(s[i:], showClose) {
		return 0, false, 0
	}
	return number, closing, i + len(showClose)
}

func startsWithPlaceholder(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	_, _, ok := IsPlaceholder(r)
	return ok
}
