package quantity

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
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
		if len(p.means) == 0 && utf8.RuneCountInString(text) > 2 {
			p.means = literally(text)
		}
		w.add(text, p)
	}
	return w
})

// literally returns the numerals of a phrase as weak quantities: a translation
// may render 五湖四海 word for word.
func literally(text string) []Quantity {
	var list []Quantity
	for _, r := range text {
		v := Decimal(1, unitExponent(r))
		if d, ok := digitOf(r); ok {
			v = Decimal(d, 0)
		}
		if !v.small(1) {
			list = append(list, Quantity{Value: v, Form: Spelt})
		}
	}
	return list
}

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
