package quantity

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed units.txt
var unitTable string

// Dimension returns what the unit with the given key measures ("mass",
// "money", …), or "".
func Dimension(unit string) string { return units().byKey[unit].dimension }

// Name returns a word for the unit with the given key in the language of the
// given base: its first English word, or its first Chinese one.
func Name(unit string, chinese bool) string {
	u := units().byKey[unit]
	if chinese {
		return u.chinese
	}
	return u.english
}

type unit struct {
	dimension        string
	size             Value // in the dimension's base unit; invalid where nothing converts
	chinese, english string
}

// word is an entry of a table of Chinese words that are looked up at a place.
type word[T any] struct {
	text string
	is   T
}

// words finds the longest entry at a place. Entries share a slot by their first
// rune, longest first.
type words[T any] map[rune][]word[T]

func (w words[T]) add(text string, is T) {
	r, _ := utf8.DecodeRuneInString(text)
	w[r] = append(w[r], word[T]{text, is})
	slices.SortStableFunc(w[r], func(a, b word[T]) int { return len(b.text) - len(a.text) })
}

func (w words[T]) at(s string, r rune) (is T, size int, ok bool) {
	for _, e := range w[r] {
		if strings.HasPrefix(s, e.text) {
			return e.is, len(e.text), true
		}
	}
	return is, 0, false
}

type unitIndex struct {
	byKey   map[string]unit
	chinese words[string]
	english map[string]string // lower case, blanks between words
	pairs   map[string]bool   // first words of English units of two or three words
}

var units = sync.OnceValue(func() *unitIndex {
	x := &unitIndex{map[string]unit{}, words[string]{}, map[string]string{}, map[string]bool{}}
	for line := range strings.Lines(unitTable) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 5 || strings.HasPrefix(line, "#") {
			continue
		}
		key := strings.TrimSpace(cells[0])
		zh, en := strings.Fields(cells[3]), strings.Fields(cells[4])
		u := unit{dimension: strings.TrimSpace(cells[1]), size: parseSize(strings.TrimSpace(cells[2]))}
		for i, w := range zh {
			if i == 0 {
				u.chinese = w
			}
			x.chinese.add(w, key)
		}
		for i, w := range en {
			w = strings.ReplaceAll(w, "_", " ")
			if i == 0 {
				u.english = w
			}
			x.english[w] = key
			if first, _, many := strings.Cut(w, " "); many {
				x.pairs[first] = true
			}
		}
		x.byKey[key] = u
	}
	return x
})

// parseSize reads a decimal or a fraction of decimals; "-" is no number.
func parseSize(s string) Value {
	num, den, fraction := strings.Cut(s, "/")
	v := parseDecimal(num)
	if !fraction {
		return v
	}
	d, ok := parseDecimal(den).Int()
	if !ok {
		return Value{}
	}
	return v.Mul(Ratio(1, d))
}

func parseDecimal(s string) Value {
	whole, part, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil {
		return Value{}
	}
	return Decimal(n, -len(part))
}

// unitRelation says how two units stand to each other.
type unitRelation uint8

const (
	unitsUnknown unitRelation = iota // one of them is not given, or they measure different things
	unitsSame
	unitsConvert // same dimension, another size: the values must differ
	unitsDiffer  // same dimension, nothing converts: two currencies
)

func relate(a, b string) unitRelation {
	if a == "" || b == "" {
		return unitsUnknown
	}
	if a == b {
		return unitsSame
	}
	ua, ub := units().byKey[a], units().byKey[b]
	switch {
	case isDollar(a) && isDollar(b) && (a == "dollar" || b == "dollar"):
		return unitsUnknown
	case ua.dimension != ub.dimension:
		return unitsUnknown
	case ua.size.Valid() && ub.size.Valid():
		return unitsConvert
	}
	return unitsDiffer
}

// isDollar reports whether a bare "$" may stand for the currency.
func isDollar(unit string) bool {
	switch unit {
	case "dollar", "usd", "hkd", "twd", "sgd", "aud", "cad":
		return true
	}
	return false
}

// Convert returns v of unit from in units of unit to, as a float because
// conversions are rounded in texts anyway.
func Convert(v Value, from, to string) (float64, bool) {
	if relate(from, to) != unitsConvert {
		return 0, false
	}
	a, b := units().byKey[from].size, units().byKey[to].size
	return v.Float64() * a.Float64() / b.Float64(), true
}
