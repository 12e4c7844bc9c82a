package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// longUnit is how many words make a unit long enough to say so.
const longUnit = 40

// slightReason is the share of a unit's expected cost below which a reason is
// not worth a word.
const slightReason = 0.05

// reasons says what groups of signals mean.
var reasons = map[string]Words{
	"findings": {"{0} findings", "{0} 处检查提示"},
	"nothing":  {"not translated", "未翻译"},
	"finding":  {"1 finding", "1 处检查提示"},
	"long":     {"{0} words", "共 {0} 词"},
	"short":    {"short for its source", "译文偏短"},
	"wide":     {"long for its source", "译文偏长"},
	"names":    {"many names", "专名多"},
	"signs":    {"many commas, dashes or quotation marks", "标点、引号或破折号多"},
	"words":    {"long words", "长词多"},
	"cut":      {"short sentences", "短句"},
}

// RiskReasons says in words why Risk is higher for a unit than for a usual one,
// the weightiest reason first. It is empty where nothing sticks out, which means
// that there is no automatic finding, never that the unit is right. Findings are
// Run's for the same input.
func RiskReasons(in Input, findings []corpus.Finding, tag language.Tag) []string {
	w := model().Pair
	if in.Source == "" {
		w = model().Alone
	}
	words := len(strings.Fields(in.Target))
	if words == 0 && strings.TrimSpace(in.Source) != "" {
		return []string{reasons["nothing"].In(tag)}
	}
	weight := map[string]float64{}
	list := signals(in, findings)
	ratio := 0.0
	for _, s := range list {
		if s.name == "ratio" {
			ratio = s.value
		}
		weight[reasonOf(s.name)] += w.Signals[s.name] * (s.value - w.Typical[s.name])
	}
	weight["short"] = max(weight["short"], 0)
	if ratio > 0 {
		weight["wide"], weight["short"] = weight["short"], 0
	}
	least := slightReason * max(model().Floor, w.rate(list))
	counted := slices.DeleteFunc(slices.Clone(findings), func(f corpus.Finding) bool { return f.Severity == corpus.Neutral })
	if len(counted) > 0 {
		weight["findings"] = max(weight["findings"], least)
	} else {
		weight["findings"] = 0
	}
	if words >= longUnit {
		weight["long"] = max(weight["long"], least)
	} else {
		weight["long"] = 0
	}
	var ids []string
	for id, v := range weight {
		if id != "" && v >= least && v > 0 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
	})
	said := make([]string, len(ids))
	for k, id := range ids {
		n := words
		if id == "findings" {
			if n = len(counted); n == 1 {
				id = "finding"
			}
		}
		said[k] = strings.ReplaceAll(reasons[id].In(tag), "{0}", strconv.Itoa(n))
	}
	return said
}

// reasonOf returns the reason that a signal belongs to, or "" for what only
// corrects others.
func reasonOf(name string) string {
	switch {
	case strings.HasPrefix(name, "check:"), strings.HasPrefix(name, "severity:"):
		return "findings"
	case strings.HasPrefix(name, "ratio"):
		return "short"
	case strings.HasPrefix(name, "sign:"):
		return "signs"
	}
	switch name {
	case "length", "short":
		return "long"
	case "capitals":
		return "names"
	case "letters":
		return "words"
	case "sentences":
		return "cut"
	}
	return ""
}
