package check

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/reviseur/reviseur/corpus"
)

// loopWords is the length of a passage that counts as said again.
const loopWords = 4

var repeatLoop = &Check{
	ID: "repeat.loop", Target: intoEnglish,
	Category: corpus.Garbled, Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Passage said again and again", "语段循环重复"},
		Catches: Words{"The same four words or more three times in one unit; twice, where the source repeats nothing.", "同一单元内四个以上的词连续重复三次；或在原文没有重复时重复两次。"},
		Ignores: Words{"Names, and what the source itself repeats.", "专名，以及原文本身的重复。"},
		Wrong:   Pair{"推进改革开放。", "Promote the reform and opening up of the reform and opening up of the reform and opening up."},
		Right:   Pair{"推进改革开放。", "Promote reform and opening up."},
	},
	Messages: map[string]Words{
		"repeat.loop":  {"“{0}” is said {1} times.", "“{0}”重复了 {1} 次。"},
		"repeat.twice": {"“{0}” is said twice; the source says it once.", "“{0}”重复了两次，原文只出现一次。"},
	},
	Run: runRepeatLoop,
}

func runRepeatLoop(c *Context) []corpus.Finding {
	words := c.T.wordList()
	if len(words) < 2*loopWords {
		return nil
	}
	least := 2
	if c.S.Text == "" {
		least = 3
	}
	best, ok := mostRepeated(words, least)
	if !ok || repeatsHan(c.S.Text) {
		return nil
	}
	passage := words[best.first : best.first+loopWords]
	said := c.T.at(corpus.Span{Start: passage[0].start, End: passage[loopWords-1].end})
	again := corpus.Span{Start: words[best.second].start, End: words[best.second+loopWords-1].end}
	if best.times == 2 {
		if !longer(words, best) {
			return nil // four words are a formula: "the provisions set forth in"
		}
		f := c.inTarget(again, "repeat.twice", said)
		f.Severity = corpus.Minor
		return []corpus.Finding{f}
	}
	return []corpus.Finding{c.inTarget(again, "repeat.loop", said, strconv.Itoa(best.times))}
}

// longer reports whether both places of a repetition go on alike, forwards or
// backwards.
func longer(words []word, r repetition) bool {
	after := r.second + loopWords
	return after < len(words) && words[r.first+loopWords].hash == words[after].hash && r.first+loopWords < r.second ||
		r.first > 0 && words[r.first-1].hash == words[r.second-1].hash && r.first+loopWords < r.second
}

// repetition is a passage of loopWords words that comes back.
type repetition struct{ first, second, times int }

// mostRepeated returns the passage with content that comes back most often,
// without overlapping itself, and at least so many times; among equals the
// first in the text.
func mostRepeated(words []word, least int) (repetition, bool) {
	type gram struct {
		hash uint64
		at   int
	}
	grams := make([]gram, 0, len(words))
	for i := 0; i+loopWords <= len(words); i++ {
		h := uint64(0)
		for _, w := range words[i : i+loopWords] {
			h = h*1099511628211 ^ w.hash
		}
		grams = append(grams, gram{h, i})
	}
	slices.SortFunc(grams, func(a, b gram) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at))
	})
	var best repetition
	for i := 0; i < len(grams); {
		r := repetition{first: grams[i].at, times: 1}
		last, j := grams[i].at, i+1
		for ; j < len(grams) && grams[j].hash == grams[i].hash; j++ {
			if grams[j].at < last+loopWords {
				continue
			}
			last = grams[j].at
			if r.times++; r.times == 2 {
				r.second = last
			}
		}
		better := r.times > best.times || r.times == best.times && r.first < best.first
		if r.times >= least && better && contentWords(words[r.first:r.first+loopWords]) >= 2 {
			best = r
		}
		i = j
	}
	return best, best.times > 0
}

// contentWords counts the words of five letters and more that are no names.
func contentWords(words []word) int {
	n := 0
	for _, w := range words {
		if w.upper {
			return 0
		}
		if w.letters && w.end-w.start >= 5 {
			n++
		}
	}
	return n
}

// repeatsHan reports whether a Chinese text says three characters in a row
// twice.
func repeatsHan(s string) bool {
	var seen []uint64
	var last [3]rune
	n := 0
	for _, r := range s {
		if !isHan(r) {
			n = 0
			continue
		}
		last[0], last[1], last[2] = last[1], last[2], r
		if n++; n < 3 {
			continue
		}
		seen = append(seen, uint64(last[0])<<42|uint64(last[1])<<21|uint64(last[2]))
	}
	slices.Sort(seen)
	for i := 1; i < len(seen); i++ {
		if seen[i] == seen[i-1] {
			return true
		}
	}
	return false
}
