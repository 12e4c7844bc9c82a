package quantity

import (
	"strconv"
	"strings"
)

// Format writes v in English the way like is written: grouped figures for
// figures, a scale word where like has one and v is large enough, and a per
// cent sign, or its word, is left to what follows like.Number. It returns "" for
// what cannot be written as a decimal of at most six significant digits beside
// a scale word, or in full.
func Format(v Value, like Quantity) string {
	if !v.Valid() || v.den != 1 || v.num < 0 {
		return ""
	}
	if like.Kind == Share || like.Kind == Points {
		return v.Shift(2).String()
	}
	if like.Form == Scaled || like.Form == Spelt {
		if s := scaledWords(v); s != "" {
			return s
		}
	}
	if like.Kind == Year {
		return v.String()
	}
	return group(v.String())
}

// Words writes v in English as it is said most easily: with a scale word from
// a million up, otherwise as grouped figures.
func Words(v Value) string {
	if s := scaledWords(v); s != "" {
		return s
	}
	return group(v.String())
}

// scaledWords returns v with the largest scale word that leaves at least 1
// before it, or "" for what needs none or would need too many digits.
func scaledWords(v Value) string {
	scales := []struct {
		exp  int
		word string
	}{{12, " trillion"}, {9, " billion"}, {6, " million"}}
	for _, s := range scales {
		if w := v.Shift(-s.exp); w.Valid() && w.den == 1 && w.Float64() >= 1 {
			text := w.String()
			if len(strings.Replace(text, ".", "", 1)) > 6 {
				return ""
			}
			return group(text) + s.word
		}
	}
	return ""
}

// group puts commas between groups of three digits of the whole part.
func group(s string) string {
	whole, part, point := strings.Cut(s, ".")
	if _, err := strconv.ParseUint(whole, 10, 64); err != nil || len(whole) <= 3 {
		return s
	}
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if point {
		b.WriteString("." + part)
	}
	return b.String()
}
