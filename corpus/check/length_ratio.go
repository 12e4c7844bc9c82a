package check

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// An English text has about 3.1 characters for each Chinese one. Beyond these
// logarithms of the ratio to that, sound translations are rare. Laws, which say
// much in few characters, reach further on the long side.
const (
	charactersPerHan = 3.1
	shortLimit       = 0.75
	longLimit        = 0.85
)

var lengthRatio = &Check{
	ID:          "length.ratio",
	Source:      fromChinese,
	Target:      intoEnglish,
	Category:    corpus.Omission,
	Severity:    corpus.Minor,
	NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Much shorter or longer than its source", "译文与原文长度悬殊"},
		Catches: Words{"A target less than about half, or more than about twice, as long as is usual for a source of that length.", "译文长度不到同类译文的一半左右，或超过一倍以上。"},
		Ignores: Words{"Sources of fewer than ten characters, and sources that are mostly figures or Latin letters.", "少于十个字的原文，以及以数字或拉丁字母为主的原文。"},
		Wrong:   Pair{"各级人民政府应当加强对本行政区域内安全生产工作的领导，建立健全安全生产责任制。", "Governments must strengthen leadership."},
		Right:   Pair{"各级人民政府应当加强对安全生产工作的领导。", "People's governments at all levels shall strengthen their leadership over work safety."},
	},
	Messages: map[string]Words{
		"length.ratio.short": {"The target is much shorter than usual for this source: something may be left out.", "译文明显偏短，可能有漏译。"},
		"length.ratio.long":  {"The target is much longer than usual for this source: something may be added or repeated.", "译文明显偏长，可能有增译或重复。"},
	},
	Run: runLengthRatio,
}

func runLengthRatio(c *Context) []corpus.Finding {
	source := utf8.RuneCountInString(c.S.Text)
	han := 0
	for _, r := range c.S.Text {
		if isHan(r) {
			han++
		}
	}
	if han < 10 || han*2 < source || !speaks(c.T.Text) || untouched(c) {
		return nil
	}
	target := utf8.RuneCountInString(strings.TrimSpace(c.T.Text))
	x := math.Log(float64(target+5) / (charactersPerHan*float64(source) + 5))
	whole := corpus.Span{End: len(c.T.Text)}
	switch {
	case x < -shortLimit:
		return []corpus.Finding{c.inTarget(whole, "length.ratio.short")}
	case x > longLimit:
		f := c.inTarget(whole, "length.ratio.long")
		f.Category = corpus.Addition
		return []corpus.Finding{f}
	}
	return nil
}
