package check

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// signal is one number that says something of a unit's risk.
type signal struct {
	name  string
	value float64
}

// signals returns the signals of a unit. All are shares or logarithms of the
// order of 1, so that one penalty suits all weights.
func signals(in Input, findings []corpus.Finding) []signal {
	t := newView(in.Target, in.TargetLang)
	s := newView(in.Source, in.SourceLang)
	words := t.wordList()
	n := math.Max(1, float64(len(strings.Fields(in.Target))))
	list := make([]signal, 0, 48)
	add := func(name string, v float64) { list = append(list, signal{name, v}) }

	add("length", math.Log(n))
	add("short", 1/n)
	letters, capitals, figures := 0, 0, 0
	distinct := map[uint64]bool{}
	for k, w := range words {
		letters += w.end - w.start
		distinct[w.hash] = true
		if w.upper && k > 0 {
			capitals++
		}
		if !w.letters {
			figures++
		}
	}
	m := math.Max(1, float64(len(words)))
	add("capitals", float64(capitals)/m)
	add("figures", float64(figures)/m)
	add("letters", float64(letters)/m/10)
	add("variety", float64(len(distinct))/m)
	for _, sign := range []string{",", ";", "\"", "“", "(", "-", "–", "'", ":"} {
		add("sign:"+sign, float64(strings.Count(t.Text, sign))/m)
	}
	add("sentences", float64(len(t.sentenceList()))/m)

	if s.Text != "" {
		han := math.Max(1, float64(utf8.RuneCountInString(s.Text)))
		ratio := math.Log((float64(utf8.RuneCountInString(t.Text)) + 5) / (charactersPerHan*han + 5))
		add("ratio", ratio)
		add("ratio.off", math.Abs(ratio))
		add("ratio.short", math.Max(0, -ratio))
		for _, sign := range []string{"，", "、", "“", "《", "·", "（", "；", "：", "。"} {
			add("sign:"+sign, float64(strings.Count(s.Text, sign))/han)
		}
	}
	var per [4]float64
	seen := map[string]bool{}
	for _, f := range findings {
		if seen[f.Check] || f.Message == failedMessage {
			continue
		}
		seen[f.Check] = true
		per[min(int(f.Severity), 3)]++
		add("check:"+f.Check, 10/(n+5))
	}
	for k, v := range per {
		add("severity:"+corpus.Severity(k).String(), v*10/(n+5))
	}
	return list
}
