package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// number returns the length of the number, date or time that the text starts
// with, or 0. A single Chinese numeral is no number: 一 is mostly part of a word
// (一些, 统一), and a token of its own either way.
func number(text string) int {
	if n := date(text); n > 0 {
		return n
	}
	if n := arabic(text); n > 0 {
		return n
	}
	if n := prefixLen(text, isHanNumeral); n > utf8.RuneLen('一') {
		return n
	}
	return 0
}

// arabic returns the length of a number in decimal digits of any script, with
// its separators, its Chinese scale words and its per cent sign, or 0:
// 1,234.5, 16:30, 2026/27, 3368.4万, 11万7015, 45.6%.
func arabic(text string) int {
	end := 0
	for {
		n := digits(text[end:])
		if n == 0 {
			break
		}
		end += n
		end += prefixLen(text[end:], isScale)
	}
	if end == 0 {
		return 0
	}
	if r, size := utf8.DecodeRuneInString(text[end:]); strings.ContainsRune("%％‰", r) {
		end += size
	}
	return end
}

// digits returns the length of a run of decimal digits whose groups are joined
// by single separators: a separator belongs to the run only between two digits.
func digits(text string) int {
	end := prefixLen(text, unicode.IsDigit)
	for end > 0 {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isSeparator(r) {
			break
		}
		n := prefixLen(text[end+size:], unicode.IsDigit)
		if n == 0 {
			break
		}
		end += size + n
	}
	return end
}

// date returns the length of a Chinese date or time of at least two consecutive
// parts, in digits or numerals, or 0: 2026年5月7日, 5月7日, 二〇二六年五月, 9时30分.
func date(text string) int {
	units := [...]string{"年", "月", "日号", "时点", "分", "秒"}
	end, parts, next := 0, 0, 0
	for next < len(units) {
		n := prefixLen(text[end:], unicode.IsDigit)
		if n == 0 {
			n = prefixLen(text[end:], isHanNumeral)
		}
		unit, size := utf8.DecodeRuneInString(text[end+n:])
		if n == 0 || size == 0 {
			break
		}
		if parts == 0 { // a date may start with any part
			for next < len(units) && !strings.ContainsRune(units[next], unit) {
				next++
			}
		}
		if next == len(units) || !strings.ContainsRune(units[next], unit) {
			break
		}
		end += n + size
		parts++
		next++
	}
	if parts < 2 {
		return 0
	}
	return end
}

func isSeparator(r rune) bool { return strings.ContainsRune(",.:/-–．：", r) }

func isScale(r rune) bool { return strings.ContainsRune("百千万亿兆萬億", r) }

func isHanNumeral(r rune) bool {
	return strings.ContainsRune("〇零一二三四五六七八九十百千万亿两", r)
}
