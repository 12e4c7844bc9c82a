package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || 0x20000 <= r && r <= 0x3FFFF || 0xF900 <= r && r <= 0xFAFF
}

// wordRune reports whether r is a letter of an alphabet or a digit.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return r < 0x2E80 && unicode.IsLetter(r) || r >= 0xAC00 && r <= 0xD7A3
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return 'A' <= r && r <= 'Z'
	}
	return unicode.IsUpper(r)
}

func isLower(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLower(r)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func toLower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 0x20
		}
		return r
	}
	return unicode.ToLower(r)
}

// lastRune returns the last rune of s, or 0.
func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// firstRune returns the first rune of s, or 0.
func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// longEnough reports whether s has at least n runes.
func longEnough(s string, n int) bool { return utf8.RuneCountInString(s) >= n }

// hasPrefix reports whether w begins with one of the list.
func hasPrefix(w string, list ...string) bool {
	for _, p := range list {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}

// hasSuffix reports whether w ends with one of the list.
func hasSuffix(w string, list ...string) bool {
	for _, s := range list {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// set returns the words of a list as a set.
func set(list string) map[string]struct{} {
	m := map[string]struct{}{}
	for _, w := range strings.Fields(list) {
		m[w] = struct{}{}
	}
	return m
}

func wordByte(c byte) bool { return c < 0x80 && wordRune(rune(c)) }

// endsSentence reports whether s ends in a stop, whatever closes behind it.
func endsSentence(s string) bool {
	return strings.ContainsRune("。！？.!?", lastRune(strings.TrimRight(s, " 　\n”’」』）)\"")))
}

// speaks reports whether s holds a letter or a digit.
func speaks(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}
