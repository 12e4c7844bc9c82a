package segmenter

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// A class is what the scanner needs to know of a code point. It is coarser
// than the Sentence_Break property of UAX #29 where no rule cares (all letters
// without case but Han and kana are alike) and finer where the conventions of
// people do (an opening quotation mark is not a bracket).
type class uint8

const (
	classOther      class = iota // symbols, unassigned code points, undecodable bytes
	classLower                   // letters with case, lower
	classUpper                   // upper and title case
	classLetter                  // letters without case
	classHan                     // Han ideographs
	classKana                    // hiragana and katakana
	classDigit                   // decimal digits
	classSpace                   // white space, line ends, BOM
	classMark                    // combining and format characters, placeholders: transparent
	classDot                     // full stops that may be something else
	classStrong                  // question and exclamation marks, and all unambiguous stops
	classEllipsis                // … and ⋯
	classOpen                    // opening brackets
	classClose                   // closing brackets
	classOpenQuote               // opening quotation marks
	classCloseQuote              // closing quotation marks
	classStraight                // " which may open or close
	classComma                   // marks after which a sentence goes on
	classDash
	classBullet
)

// Placeholders of protected tokens are private-use code points of plane 15:
// even ones open something or stand alone, odd ones close what the even one
// before them opened.
const (
	firstPlaceholder = 0xF0000
	lastPlaceholder  = 0xFFFFD
)

func isPlaceholder(r rune) bool { return firstPlaceholder <= r && r <= lastPlaceholder }

// bmp holds the class of every code point of the basic multilingual plane. A
// flat table of 64 KiB is smaller than the code of a two-stage one is worth,
// and the lines in use stay in cache.
type bmp [1 << 16]class

// isMark reports whether the scanner has to look at code points of class c.
func (c class) isMark() bool {
	switch c {
	case classDot, classStrong, classEllipsis, classOpen, classClose, classStraight,
		classOpenQuote, classCloseQuote, classBullet:
		return true
	}
	return false
}

// leadBytes are the first bytes, in UTF-8, of the blocks that hold marks.
// Ideographs and syllables, Latin, Greek and Cyrillic letters are passed over
// byte by byte.
var leadBytes = sync.OnceValue(func() (hot [256]bool) {
	for r, c := range classTable() {
		if r >= utf8.RuneSelf && c.isMark() {
			hot[string(rune(r))[0]] = true
		}
	}
	hot[0xF0] = true // stops of the supplementary planes
	return hot
})

var classTable = sync.OnceValue(func() *bmp {
	t := new(bmp)
	fill := func(c class, tables ...*unicode.RangeTable) {
		for _, rt := range tables {
			for _, r := range rt.R16 {
				for x := int(r.Lo); x <= int(r.Hi); x += int(r.Stride) {
					t[x] = c
				}
			}
		}
	}
	fill(classLetter, unicode.L, unicode.Nl)
	fill(classLower, unicode.Ll, unicode.Other_Lowercase)
	fill(classUpper, unicode.Lu, unicode.Lt)
	fill(classHan, unicode.Han)
	fill(classKana, unicode.Hiragana, unicode.Katakana)
	fill(classDigit, unicode.Nd)
	fill(classMark, unicode.Mn, unicode.Me, unicode.Mc, unicode.Cf)
	fill(classSpace, unicode.White_Space)
	fill(classDash, unicode.Pd)
	fill(classOpen, unicode.Ps)
	fill(classClose, unicode.Pe)
	fill(classOpenQuote, unicode.Pi)
	fill(classCloseQuote, unicode.Pf)
	fill(classStrong, unicode.STerm)
	for _, g := range []struct {
		c     class
		runes string
	}{
		{classSpace, "\uFEFF"},
		{classDot, ".．\u2024﹒\u06D4\u0701\u0702"},
		{classEllipsis, "…⋯"},
		{classComma, "\u104A,;:，；：、،؛﹐﹑﹔﹕､٫·՝\u1363\u1364\u1365"},
		{classStraight, "\"＂"},
		{classOpenQuote, "„‚‟‛〝「『｢"},
		{classCloseQuote, "」』｣〞〟"},
		{classBullet, "•‣⁃▪●◦■□◆◇★☆※"},
		{classStrong, "｡。\u037E"},
		{classHan, "々〇"},
		{classMark, "°\u00B9\u00B2\u00B3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"},
	} {
		for _, r := range g.runes {
			t[r] = g.c
		}
	}
	t['\u06D4'] = classStrong // Arabic full stop: no abbreviation is written with it
	t['-'] = classDash
	return t
})

// astral returns the class of a code point outside the basic plane, where no
// text spends much of its time.
func astral(r rune) class {
	switch {
	case isPlaceholder(r):
		return classMark
	case unicode.Is(unicode.Han, r):
		return classHan
	case unicode.Is(unicode.STerm, r):
		return classStrong
	case unicode.IsUpper(r):
		return classUpper
	case unicode.IsLower(r):
		return classLower
	case unicode.IsLetter(r):
		return classLetter
	case unicode.IsDigit(r):
		return classDigit
	case unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me, unicode.Cf):
		return classMark
	}
	return classOther
}

// isLetter reports whether a code point of class c can be part of a word.
func (c class) isLetter() bool { return classLower <= c && c <= classKana }

// at decodes the code point at text[i:]. An undecodable byte is one byte of
// classOther, so that no boundary ever depends on it.
func (p *Profile) at(text string, i int) (r rune, size int, c class) {
	if b := text[i]; b < utf8.RuneSelf {
		return rune(b), 1, p.ascii[b]
	}
	r, size = utf8.DecodeRuneInString(text[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		return r, 1, classOther
	case r < 1<<16:
		return r, size, p.table[r]
	}
	return r, size, astral(r)
}

// before decodes the code point that ends at text[:i], i > 0.
func (p *Profile) before(text string, i int) (r rune, size int, c class) {
	if b := text[i-1]; b < utf8.RuneSelf {
		return rune(b), 1, p.ascii[b]
	}
	r, size = utf8.DecodeLastRuneInString(text[:i])
	switch {
	case r == utf8.RuneError && size == 1:
		return r, 1, classOther
	case r < 1<<16:
		return r, size, p.table[r]
	}
	return r, size, astral(r)
}

// skipSpace returns the first position at or after i that holds no white space.
func (p *Profile) skipSpace(text string, i int) int {
	for i < len(text) {
		_, size, c := p.at(text, i)
		if c != classSpace {
			break
		}
		i += size
	}
	return i
}
