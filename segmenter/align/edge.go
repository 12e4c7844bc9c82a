package align

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How a sentence begins and ends says little by itself, but a document's translator treats it
// alike throughout: where the source closes a quotation or ends in a semicolon, so does the
// target. The second pass learns from the first which beginnings and endings go together.

// edge is the class of a sentence's first or last character.
type edge uint8

const (
	plain edge = iota // a letter without case, or anything else
	lower
	upper
	digit
	stop
	question
	exclamation
	colon
	semicolon
	comma
	quote
	bracket
	dash
	edges
)

// edgeOf classifies a character.
func edgeOf(r rune) edge {
	switch {
	case unicode.IsLower(r):
		return lower
	case unicode.IsUpper(r):
		return upper
	case unicode.IsDigit(r):
		return digit
	case strings.ContainsRune(".。．｡…", r):
		return stop
	case strings.ContainsRune("?？", r):
		return question
	case strings.ContainsRune("!！", r):
		return exclamation
	case strings.ContainsRune(":：", r):
		return colon
	case strings.ContainsRune(";；", r):
		return semicolon
	case strings.ContainsRune(",，、", r):
		return comma
	case strings.ContainsRune("\"'“”‘’「」『』«»„‹›", r):
		return quote
	case strings.ContainsRune("()（）[]【】〔〕《》〈〉", r):
		return bracket
	case unicode.Is(unicode.Pd, r):
		return dash
	}
	return plain
}

// edgesOf classifies the ends of a text, white space aside.
func edgesOf(text string) (first, last edge) {
	text = strings.TrimSpace(text)
	if text == "" {
		return plain, plain
	}
	a, _ := utf8.DecodeRuneInString(text)
	b, _ := utf8.DecodeLastRuneInString(text)
	return edgeOf(a), edgeOf(b)
}

// edgeTable holds, for each class on the source side and each on the target side, the log of
// how much oftener the two meet at the same end of a bead than chance would have it.
type edgeTable [edges][edges]float32

// Beads that pure chance is worth when edges are learned.
const faithInChance = 50

// learnEdges counts over the beads of a path, at their last units if final, else at their first.
func learnEdges(source, target []unit, steps []step, final bool) edgeTable {
	var joint [edges][edges]float64
	var s, t [edges]float64
	pick := func(u *unit) edge {
		if final {
			return u.last
		}
		return u.first
	}
	for i := range source {
		s[pick(&source[i])]++
	}
	for j := range target {
		t[pick(&target[j])]++
	}
	beads := 0.0
	for _, st := range steps {
		if st.i0 == st.i1 || st.j0 == st.j1 {
			continue
		}
		i, j := st.i0, st.j0
		if final {
			i, j = st.i1-1, st.j1-1
		}
		joint[pick(&source[i])][pick(&target[j])]++
		beads++
	}
	var table edgeTable
	for a := range edges {
		for b := range edges {
			chance := s[a] / float64(len(source)+1) * t[b] / float64(len(target)+1)
			if chance == 0 {
				continue
			}
			table[a][b] = float32(math.Log((joint[a][b] + faithInChance*chance) / ((beads + faithInChance) * chance)))
		}
	}
	return table
}
