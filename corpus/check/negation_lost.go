package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var negationLost = &Check{
	ID: "negation.lost", Target: intoEnglish, Source: fromChinese,
	Category: corpus.Mistranslation, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Negation lost", "否定丢失"},
		Catches: Words{"不得, 禁止, 严禁, 未经, 没有 or 不能 in a source whose target holds no negative word of any kind.", "原文有“不得、禁止、严禁、未经、没有、不能”，而译文没有任何否定表达。"},
		Ignores: Words{"Double negatives (不得不, 没有不) and every English way to say no, from “un-” to “fail”.", "双重否定（不得不、没有不），以及英语的各种否定方式（un-、fail 等）。"},
		Wrong:   Pair{"任何单位不得泄露个人信息。", "All units may disclose personal information."},
		Right:   Pair{"任何单位不得泄露个人信息。", "No unit may disclose personal information."},
	},
	Messages: map[string]Words{"negation.lost": {"{0} is a negation; the text has none.", "原文“{0}”表示否定，译文没有否定表达。"}},
	Run:      runNegationLost,
}

func runNegationLost(c *Context) []corpus.Finding {
	s := c.S.Text
	for _, no := range []struct {
		text  string
		grave bool
	}{{"不得", true}, {"严禁", true}, {"禁止", true}, {"未经", true}, {"没有", false}, {"不能", false}} {
		at := strings.Index(s, no.text)
		if at < 0 {
			continue
		}
		after := s[at+len(no.text):]
		if hasPrefix(after, "不", "已", "人不", "了") || strings.HasSuffix(s[:at], "有") || strings.HasSuffix(s[:at], "能") || strings.Count(s, "不")+strings.Count(s, "没")+strings.Count(s, "无")+strings.Count(s, "未")+strings.Count(s, "非") > 1 {
			return nil
		}
		if !speaks(c.T.Text) || c.T.negates() {
			return nil
		}
		f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "negation.lost", no.text)
		f.Source = []corpus.Span{{Start: at, End: at + len(no.text)}}
		if no.grave {
			f.Severity = corpus.Major
		}
		return []corpus.Finding{f}
	}
	return nil
}

var negatives = set("no not never none nor neither nobody nothing nowhere cannot without lack lacks lacking lacked absence absent zero hardly barely rarely seldom few little fewer less rather instead unless until before despite yet only beyond free nil void")

// negates reports whether the text holds any word that may carry a negation.
func (v *View) negates() bool {
	for _, w := range v.wordList() {
		s := strings.ToLower(strings.ReplaceAll(v.text(w), "’", "'"))
		if _, ok := negatives[s]; ok || strings.HasSuffix(s, "n't") || strings.HasSuffix(s, "less") {
			return true
		}
		if hasPrefix(s, "un", "non", "dis", "im", "in", "il", "ir", "mis", "prohibit", "forbid", "forbad", "ban", "fail", "refus", "refrain", "prevent", "avoid", "stop", "bar", "den", "reject", "exclu", "preclud", "exempt", "miss", "restrict", "refut", "rule", "strict", "end", "keep", "kept", "out", "too", "anti", "omit", "impossib", "absen") {
			if !neutralPrefix(s) {
				return true
			}
		}
	}
	return false
}

// neutralPrefix reports whether a word only looks as if it negated.
func neutralPrefix(s string) bool {
	switch s {
	case "in", "into", "information", "individual", "individuals", "unit", "units", "under", "united", "unity", "international", "including", "include", "includes", "importance", "important", "implement", "implementation", "improve", "institution", "institutions", "industry", "investment", "interest", "interests", "internet", "industrial", "endeavor", "end", "ruled", "rules", "display", "disease", "district", "districts", "discuss", "disclose", "bank", "banks", "out", "union", "university", "universal", "income", "increase", "increased", "internal", "investigation", "issue", "mission", "barrier", "dense", "density", "department", "distribute", "distribution":
		return true
	}
	return false
}
