package segmenter

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// detectLimit bounds, in bytes, how much of a text is looked at.
const detectLimit = 1 << 16

// scripts are what Detect tells apart, with the language that stands for each.
// Kana count double: Japanese text has about as many ideographs.
var scripts = []struct {
	table *unicode.RangeTable
	tag   language.Tag
}{
	{unicode.Latin, language.English},
	{unicode.Han, language.Chinese},
	{unicode.Hiragana, language.Japanese},
	{unicode.Katakana, language.Japanese},
	{unicode.Cyrillic, language.Russian},
	{unicode.Arabic, language.Arabic},
	{unicode.Greek, language.Greek},
	{unicode.Hangul, language.Korean},
	{unicode.Devanagari, language.Hindi},
	{unicode.Hebrew, language.Hebrew},
	{unicode.Thai, language.Thai},
	{unicode.Armenian, language.Armenian},
	{unicode.Ethiopic, language.Amharic},
	{unicode.Myanmar, language.Burmese},
}

// maxScripts is more than there are scripts; the last counts all others.
const maxScripts = 32

// scriptTable holds, for every code point of the basic multilingual plane, its
// index in scripts.
var scriptTable = sync.OnceValue(func() *[1 << 16]uint8 {
	t := new([1 << 16]uint8)
	for i := range t {
		t[i] = maxScripts - 1
	}
	for k := range scripts {
		for _, r := range scripts[k].table.R16 {
			for x := int(r.Lo); x <= int(r.Hi); x += int(r.Stride) {
				t[x] = uint8(k)
			}
		}
	}
	return t
})

// Detect guesses the language of a text by the share of its scripts: Han means
// Chinese, kana Japanese, Latin English, and so on. An ideograph or syllable
// counts for three letters. It answers Und when there is no letter it knows.
func Detect(text string) language.Tag {
	var count [maxScripts]int
	table := scriptTable()
	for i, r := range text {
		if i >= detectLimit {
			break
		}
		if r < utf8.RuneSelf {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				count[0]++
			}
			continue
		}
		if r < 1<<16 {
			count[table[r]]++
		} else if unicode.Is(unicode.Han, r) {
			count[table['一']]++
		}
	}
	kana := count[2] + count[3]
	if kana*8 > count[1] && kana > 0 {
		count[2] = kana + count[1]
		count[1] = 0
	}
	best, most := language.Und, 0
	for k, n := range count[:len(scripts)] {
		if t := scripts[k].tag; t == language.Chinese || t == language.Japanese || t == language.Korean {
			n *= 3
		}
		if n > most {
			best, most = scripts[k].tag, n
		}
	}
	return best
}
