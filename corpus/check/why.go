package check

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// whyWords say signals in words; a signal that is not here is never said.
var whyWords = map[string]Words{
	"length":      {"a long sentence", "句子较长"},
	"short":       {"a very short sentence", "句子很短"},
	"figures":     {"many figures", "数字较多"},
	"capitals":    {"many names", "专名较多"},
	"variety":     {"few words repeated", "用词少有重复"},
	"letters":     {"long words", "长词较多"},
	"sentences":   {"several sentences in one unit", "一个单元含多句"},
	"ratio":       {"much longer than its source", "译文明显偏长"},
	"ratio.off":   {"a length unlike that of its source", "译文长度与原文不相称"},
	"ratio.short": {"much shorter than its source", "译文明显偏短"},
	"sign:,":      {"many commas", "逗号较多"},
	"sign:，":      {"many commas in the source", "原文逗号较多"},
	"sign:、":      {"a long list in the source", "原文列举较多"},
	"sign:“":      {"quotation marks", "含引号"},
	"sign:《":      {"titles in the source", "原文含书名号"},
}

// whySaid is how many reasons are said.
const whySaid = 3

// Why says in words what raises a unit's risk most: its worst findings, then the
// heaviest of its length and its kind of text. It is empty where nothing does.
// Findings are Run's for the same input.
func Why(in Input, findings []corpus.Finding, tag language.Tag) []string {
	m := model()
	w := m.Pair
	if in.Source == "" {
		w = m.Alone
	}
	if strings.TrimSpace(in.Target) == "" {
		return nil
	}
	list := signals(in, findings)
	weight := func(s signal) float64 { return w.Signals[s.name] * s.value }
	slices.SortStableFunc(list, func(a, b signal) int { return cmp.Compare(weight(b), weight(a)) })
	var reasons []string
	said := map[string]bool{}
	worst := slices.Clone(findings)
	slices.SortStableFunc(worst, func(a, b corpus.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	for _, f := range worst {
		c, known := ByID(f.Check)
		if !known || f.Severity == corpus.Neutral || len(reasons) == whySaid-1 {
			continue
		}
		if text := c.Doc.Title.In(tag); !said[text] {
			said[text] = true
			reasons = append(reasons, text)
		}
	}
	for _, s := range list {
		if weight(s) <= 0 || len(reasons) == whySaid {
			break
		}
		words, ok := whyWords[s.name]
		if id, isCheck := strings.CutPrefix(s.name, "check:"); isCheck {
			if c, known := ByID(id); known {
				words, ok = c.Doc.Title, true
			}
		}
		if text := words.In(tag); ok && !said[text] {
			said[text] = true
			reasons = append(reasons, text)
		}
	}
	return reasons
}
