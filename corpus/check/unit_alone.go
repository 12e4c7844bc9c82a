package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Margins of a pairing from which on it is more than a guess, counts as sure,
// and is beyond doubt. Below the second, free translations merge sentences and
// the aligner takes one for added that is not. A sentence without any
// translation is named at all margins, as its place is empty on the page.
const (
	leastMargin  = 1
	sureMargin   = 5
	beyondMargin = 10
)

var unitLeftOut = &Check{
	ID:          "unit.left-out",
	Category:    corpus.Omission,
	Severity:    corpus.Major,
	NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Sentence left out", "漏译句子"},
		Catches: Words{"A source sentence with words that has no place in the translation. Where the pairing is little more than a guess the finding is minor: the sentence may be rendered within a neighbour.", "原文句子在译文中没有对应内容。对齐几近猜测时降为轻微：该句可能并入了相邻句。"},
		Ignores: Words{"Units without words, such as a rule or a lone sign; targets of signs only and pairs that were not aligned, which another check names.", "没有文字的单元（如分隔线）；译文仅有符号、或并非由对齐得出的句对，由另一检查项提示。"},
		Wrong:   Pair{"学校已恢复上课。", ""},
		Right:   Pair{"学校已恢复上课。", "Schools have reopened."},
	},
	Messages: map[string]Words{"unit.left-out": {"The source has no translation.", "原文没有对应的译文。"}},
	Run: func(c *Context) []corpus.Finding {
		if c.Margin == 0 || !speaks(c.S.Text) || strings.TrimSpace(c.Target) != "" {
			return nil
		}
		f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "unit.left-out")
		f.Source = []corpus.Span{{End: len(c.S.Text)}}
		if c.Margin < leastMargin {
			f.Severity = corpus.Minor
		}
		return []corpus.Finding{f}
	},
}

var unitAdded = &Check{
	ID:       "unit.added",
	Category: corpus.Addition,
	Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Sentence added", "增译句子"},
		Catches: Words{"A sentence of the translation that surely has no source: major where the pairing is beyond doubt.", "译文中确无原文对应的句子；对齐毫无疑义时为严重。"},
		Ignores: Words{"Pairings that may be otherwise, translations read without their source, and units without words.", "对齐尚有疑义的句子、没有原文的译文以及没有文字的单元。"},
		Wrong:   Pair{"", "Visitors are advised to book their tickets early."},
		Right:   Pair{"请提前购票。", "Visitors are advised to book their tickets early."},
	},
	Messages: map[string]Words{"unit.added": {"Nothing in the source says this.", "原文没有与此对应的内容。"}},
	Run: func(c *Context) []corpus.Finding {
		if strings.TrimSpace(c.Source) != "" || c.Margin < sureMargin || !speaks(c.T.Text) {
			return nil
		}
		f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "unit.added")
		if c.Margin >= beyondMargin {
			f.Severity = corpus.Major
		}
		return []corpus.Finding{f}
	},
}
