package segmenter

import (
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

// Detect guesses the language of a text by the share of its scripts: Han means
// Chinese, kana Japanese, Latin English, and so on. An ideograph or syllable
// counts for three letters. It answers Und when there is no letter it knows.
func Detect(text string) language.Tag {
	count := make([]int, len(scripts))
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
		for k := range scripts {
			if unicode.Is(scripts[k].table, r) {
				count[k]++
				break
			}
		}
	}
	kana := count[2] + count[3]
	if kana*8 > count[1] && kana > 0 {
		count[2] = kana + count[1]
		count[1] = 0
	}
	best, most := language.Und, 0
	for k, n := range count {
		if t := scripts[k].tag; t == language.Chinese || t == language.Japanese || t == language.Korean {
			n *= 3
		}
		if n > most {
			best, most = scripts[k].tag, n
		}
	}
	return best
}
