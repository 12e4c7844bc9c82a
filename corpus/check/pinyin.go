package check

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// toneless maps the vowels with tone marks of the pinyin table to plain ones.
// ü is v, as it is typed.
var toneless = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ế", "e", "ề", "e", "ê", "e",
)

// readings returns all readings of a Han character in pinyin without tones,
// between commas: ",zhong,chong,".
func readings(r rune) string {
	return "," + toneless.Replace(pinyin.PinyinDict[int(r)]) + ","
}

// syllables holds the syllables of pinyin, as names are spelt: lü is lü, lv, lu
// and lyu.
var syllables = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, list := range pinyin.PinyinDict {
		for s := range strings.SplitSeq(toneless.Replace(list), ",") {
			if len(s) > 1 || s == "a" || s == "e" {
				m[s] = strings.ContainsAny(s, "aeiou") || m[s]
				if plain, umlaut := strings.CutSuffix(s, "v"); umlaut {
					m[s], m[plain+"yu"], m[plain+"u"] = true, true, true
				}
			}
		}
	}
	return m
})

// longestSyllable is the length of zhuang and its like.
const longestSyllable = len("zhuang")

// reads reports whether one of the readings of r, as readings returns them, is
// the syllable s in some spelling.
func reads(list, s string) bool {
	has := func(s string) bool { return strings.Contains(list, ","+s+",") }
	if has(s) {
		return true
	}
	if stem, ok := strings.CutSuffix(s, "yu"); ok && stem != "" {
		return has(stem + "v")
	}
	if s == "lu" || s == "nu" {
		return has(s[:1] + "v")
	}
	return (s == "lue" || s == "nue") && has(s[:1]+"ve")
}

// splits calls yield with each way to cut a word in small letters into 1 to
// most syllables, until it returns false. It reports whether it went through.
// The slice is used again.
func splits(word string, most int, yield func([]string) bool) bool {
	parts := make([]string, 0, 4)
	table := syllables()
	var cut func(rest string) bool
	cut = func(rest string) bool {
		if rest == "" {
			return len(parts) == 0 || yield(parts)
		}
		if len(parts) == most {
			return true
		}
		for n := min(longestSyllable, len(rest)); n > 0; n-- {
			if !table[rest[:n]] {
				continue
			}
			parts = append(parts, rest[:n])
			if !cut(rest[n:]) {
				return false
			}
			parts = parts[:len(parts)-1]
		}
		return true
	}
	return cut(word)
}

// spells reports whether the word is made of 1 to most syllables of pinyin.
func spells(word string, most int) bool {
	return !splits(word, most, func([]string) bool { return false })
}
