package align

import (
	"unicode"
	"unicode/utf8"
)

// dictionaryPairs collects what is known about the two vocabularies before anything is
// learned: renderings from the lexicons, equal words and numbers, and cognates.
func dictionaryPairs(sv, tv *vocabulary, source, target *cutter, lexicons []*Lexicon) []pair {
	var raw []pair
	note := func(s, t int32, w float32) { raw = append(raw, pair{s, t, w, w}) }
	for _, l := range lexicons {
		lexiconPairs(l, sv, tv, source, target, note)
	}
	cognatePairs(sv, tv, note)
	return normalise(raw, sv, tv)
}

// A headword of this many characters also offers the renderings of the pairs of characters in
// it, which together weigh this much.
const (
	longHead  = 4
	partShare = 0.5
)

// lexiconPairs notes the renderings of l that occur in the target.
func lexiconPairs(l *Lexicon, sv, tv *vocabulary, source, target *cutter, note func(s, t int32, w float32)) {
	in := make([]int32, len(l.words)) // word of the lexicon → 1 + its number in tv, -1 for none
	find := func(w int32) int32 {
		if in[w] == 0 {
			in[w] = -1
			word := l.words[w]
			if !l.stemmed {
				word = target.stem(word)
			}
			if n, ok := tv.number[word]; ok {
				in[w] = n + 1
			}
		}
		return in[w] - 1
	}
	render := func(s int32, head string, w float32) {
		for _, x := range l.lookup(head) {
			if t := find(x.word); t >= 0 {
				note(s, t, x.weight*w*l.trust())
			}
		}
	}
	for s, w := range sv.words {
		if isHan(w) {
			render(int32(s), w, 1)
			rs := []rune(w)
			for k := 0; len(rs) >= longHead && k+2 <= len(rs); k++ {
				render(int32(s), string(rs[k:k+2]), partShare/float32(len(rs)-1))
			}
		}
	}
	for _, head := range l.letters {
		word := head
		if !l.stemmed {
			word = source.stem(word)
		}
		if s, ok := sv.number[word]; ok {
			render(s, head, 1)
		}
	}
}

// leastCognate is how many first letters two cognates must share.
const leastCognate = 4

// cognatePairs links words that are written the same, and words of at least four letters that
// begin alike, by how much of the longer one is shared.
func cognatePairs(sv, tv *vocabulary, note func(s, t int32, w float32)) {
	begin := map[string][]int32{}
	for t, w := range tv.words {
		if s, ok := sv.number[w]; ok {
			note(s, int32(t), 1)
		}
		if p := prefix(w); p != "" {
			begin[p] = append(begin[p], int32(t))
		}
	}
	for s, w := range sv.words {
		p := prefix(w)
		if p == "" {
			continue
		}
		for _, t := range begin[p] {
			v := tv.words[t]
			if v == w {
				continue
			}
			n := leastCognate
			for n < len(v) && n < len(w) && v[n] == w[n] {
				n++
			}
			note(int32(s), t, float32(n)/float32(max(len(v), len(w))))
		}
	}
}

// prefix is the first letters of an alphabetic word, "" when it is too short.
func prefix(w string) string {
	if len(w) < leastCognate {
		return ""
	}
	i, n := 0, 0
	for n < leastCognate {
		if i >= len(w) {
			return ""
		}
		r, size := utf8.DecodeRuneInString(w[i:])
		if !unicode.IsLetter(r) || unicode.Is(unicode.Han, r) {
			return ""
		}
		i += size
		n++
	}
	return w[:i]
}

// normalise merges repeated pairs and turns weights into p(t|s) and p(s|t). A weight stands
// for a share of all renderings of a word, most of which do not occur in this text; so the
// shares are scaled up, but not to the full 1 when only poor renderings are left.
func normalise(raw []pair, sv, tv *vocabulary) []pair {
	sortPairs(raw)
	out := raw[:0]
	for _, p := range raw {
		if n := len(out); n > 0 && out[n-1].source == p.source && out[n-1].target == p.target {
			out[n-1].forward = max(out[n-1].forward, p.forward)
			out[n-1].backward = out[n-1].forward
			continue
		}
		out = append(out, p)
	}
	byS, byT := make([]float32, len(sv.words)), make([]float32, len(tv.words))
	for _, p := range out {
		byS[p.source] += p.forward
		byT[p.target] += p.backward
	}
	for i, p := range out {
		out[i].forward = p.forward / (byS[p.source] + unseen)
		out[i].backward = p.backward / (byT[p.target] + unseen)
	}
	return out
}

// unseen is the weight kept for renderings that nobody listed.
const unseen = 0.1

// learnedTrust is the weight of what approved pairs taught beside what a dictionary says: they
// are few and may come from other texts.
const learnedTrust = 0.3

func (l *Lexicon) trust() float32 {
	if l.stemmed {
		return learnedTrust
	}
	return 1
}
