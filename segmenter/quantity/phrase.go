package quantity

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed phrases.zh.txt
var phraseTable string

// phrase is a Chinese expression that is read as a whole.
type phrase struct {
	means []Quantity // without their place
	not   []string   // what must not follow
}

func (p phrase) blocked(rest string) bool {
	for _, n := range p.not {
		if strings.HasPrefix(rest, n) {
			return true
		}
	}
	return false
}

var chinesePhrases = sync.OnceValue(func() words[phrase] {
	w := words[phrase]{}
	for line := range strings.Lines(phraseTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		head, means, _ := strings.Cut(line, "=")
		text, not, _ := strings.Cut(head, "!")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		p := phrase{not: strings.Fields(not)}
		for _, m := range strings.Fields(means) {
			if q, ok := parseMeaning(m); ok {
				p.means = append(p.means, q)
			}
		}
		w.add(text, p)
	}
	return w
})

//go:embed classifiers.txt
var classifierTable string

var classifiers = sync.OnceValue(func() map[rune]bool {
	m := map[rune]bool{}
	for line := range strings.Lines(classifierTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range line {
			m[r] = true
		}
	}
	return m
})

// parseMeaning reads "ordinal:14" or "month:5?".
func parseMeaning(s string) (Quantity, bool) {
	kind, value, ok := strings.Cut(s, ":")
	number, weak := strings.CutSuffix(value, "?")
	q := Quantity{Value: parseDecimal(number), Form: Spelt, Strong: !weak}
	for k, name := range kindNames {
		if name == kind {
			q.Kind = Kind(k)
			return q, ok && q.Value.Valid()
		}
	}
	return q, false
}
