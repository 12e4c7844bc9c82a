package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var leftoverEmpty = &Check{
	ID:          "leftover.empty",
	Category:    corpus.Omission,
	Severity:    corpus.Major,
	NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Nothing translated", "没有译文"},
		Catches: Words{"A source with words whose target has neither words nor figures: nothing at all, or signs alone.", "原文有内容而译文没有文字或数字：完全空缺，或只有符号。"},
		Ignores: Words{"Units without words, such as a rule or a lone sign; sentences to which alignment found no counterpart, which count as left out.", "没有文字的单元，如分隔线或单个符号；对齐后没有对应内容的句子按漏译提示。"},
		Wrong:   Pair{"本办法自发布之日起施行。", "…"},
		Right:   Pair{"本办法自发布之日起施行。", "These Measures take effect on the date of issue."},
	},
	Messages: map[string]Words{"leftover.empty": {"The source has no translation.", "原文没有对应的译文。"}},
	Run: func(c *Context) []corpus.Finding {
		if !speaks(c.S.Text) || speaks(c.T.Text) || c.Margin > 0 && strings.TrimSpace(c.Target) == "" || strings.IndexByte(c.Target, 0xF3) >= 0 {
			return nil
		}
		f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "leftover.empty")
		f.Source = []corpus.Span{{End: len(c.S.Text)}}
		return []corpus.Finding{f}
	},
}

var leftoverSame = &Check{
	ID:          "leftover.same",
	Category:    corpus.Untranslated,
	Severity:    corpus.Major,
	NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Target equal to the source", "译文与原文相同"},
		Catches: Words{"A target that repeats its source word for word.", "译文原封不动照抄原文。"},
		Ignores: Words{"Names, codes, addresses and figures, which stay as they are: at most three words, none of them Chinese.", "本应保留的名称、代码、网址和数字：至多三个词且不含汉字。"},
		Wrong:   Pair{"附件一", "附件一"},
		Right:   Pair{"附件一", "Annex I"},
	},
	Messages: map[string]Words{"leftover.same": {"The target is the source, untranslated.", "译文与原文完全相同，未翻译。"}},
	Run: func(c *Context) []corpus.Finding {
		if !untouched(c) {
			return nil
		}
		return []corpus.Finding{c.inTarget(corpus.Span{End: len(c.T.Text)}, "leftover.same")}
	},
}

// untouched reports whether the target is the source, and should not be.
func untouched(c *Context) bool {
	s := strings.TrimSpace(c.S.Text)
	if s == "" || s != strings.TrimSpace(c.T.Text) || base(c.SourceLang) == base(c.TargetLang) {
		return false
	}
	if strings.IndexFunc(s, isHan) >= 0 {
		return base(c.TargetLang) != chinese
	}
	lower := 0
	for _, w := range c.T.wordList() {
		if w.letters && !w.upper {
			lower++
		}
	}
	return lower > 3 && !strings.Contains(s, "://")
}

var leftoverCJK = &Check{
	ID:       "leftover.cjk",
	Target:   intoEnglish,
	Category: corpus.Untranslated,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Chinese left in the translation", "译文残留中文"},
		Catches: Words{"Chinese characters in an English target.", "英文译文中残留的汉字。"},
		Ignores: Words{"A term given beside its translation in brackets: “common prosperity (共同富裕)”.", "译名后括注的原文，如“common prosperity (共同富裕)”。"},
		Wrong:   Pair{"推进共同富裕。", "Advance 共同富裕."},
		Right:   Pair{"推进共同富裕。", "Advance common prosperity."},
	},
	Messages: map[string]Words{"leftover.cjk": {"“{0}” is not translated.", "“{0}”未翻译。"}},
	Run:      runLeftoverCJK,
}

func runLeftoverCJK(c *Context) []corpus.Finding {
	if untouched(c) {
		return nil
	}
	var found []corpus.Finding
	s := c.T.Text
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if !isHan(r) {
			i += size
			continue
		}
		start := i
		for i < len(s) {
			r, size = decode(s, i)
			if !isHan(r) && r != '、' && r != '·' {
				break
			}
			i += size
		}
		if glossed(s, start, i) {
			continue
		}
		span := corpus.Span{Start: start, End: i}
		found = append(found, c.inTarget(span, "leftover.cjk", c.T.at(span)))
	}
	return found
}

// glossed reports whether s[start:end] stands alone in brackets after a word.
func glossed(s string, start, end int) bool {
	before := strings.TrimRight(s[:start], "“‘《「\"' ")
	after := strings.TrimLeft(s[end:], "”’》」\"' ")
	if !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, "（") && !strings.HasSuffix(before, ", ") {
		return false
	}
	if !strings.HasPrefix(after, ")") && !strings.HasPrefix(after, "）") && !strings.HasPrefix(after, ",") {
		return false
	}
	return speaks(before)
}
