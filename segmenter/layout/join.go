package layout

import (
	"unicode"
	"unicode/utf8"
)

// joint returns what a reader sees where a line of text was wrapped: nothing
// between Han characters, kana and their punctuation, one space elsewhere.
// Emphasis and link marks are looked through (paired tells which placeholders
// are such marks); other tokens count as words.
func joint(before, after string, paired func(number int) bool) string {
	return jointRunes(lastVisible(before, paired), firstVisible(after, paired))
}

func jointRunes(l, r rune) string {
	wide := func(r rune) bool { return width(r) == eastAsian }
	either := func(r rune) bool { return width(r) != western }
	if wide(l) && either(r) || either(l) && wide(r) {
		return ""
	}
	return " "
}

func lastVisible(s string, paired func(int) bool) rune {
	for len(s) > 0 {
		r, n := utf8.DecodeLastRuneInString(s)
		if num, _, ok := IsPlaceholder(r); !ok || !paired(num) {
			return r
		}
		s = s[:len(s)-n]
	}
	return 0
}

func firstVisible(s string, paired func(int) bool) rune {
	for _, r := range s {
		if num, _, ok := IsPlaceholder(r); !ok || !paired(num) {
			return r
		}
	}
	return 0
}

type runeWidth uint8

const (
	western runeWidth = iota
	eastAsian
	shared // punctuation that Chinese shares with Latin script: “ ” ‘ ’ — … ·
)

// width sorts characters by how lines are wrapped around them: scripts written
// without spaces, and the others. Hangul is written with spaces.
func width(r rune) runeWidth {
	switch {
	case r < 0xB7:
		return western
	case r == 0xB7, r >= 0x2014 && r <= 0x201F, r == 0x2025, r == 0x2026, r == 0x2022:
		return shared
	case r < 0x2E80:
		return western
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF01 && r <= 0xFF65, r >= 0xFE30 && r <= 0xFE4F, r >= 0xFFE0 && r <= 0xFFE6:
		return eastAsian
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo), r == 0x30FB, r == 0x30FC:
		return eastAsian
	}
	return western
}
