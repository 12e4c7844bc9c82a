package align

import (
	"context"

	"golang.org/x/text/language"
)

// Pair is a source text and its target text that people have approved.
type Pair struct{ Source, Target string }

// Learn trains word translations on approved pairs, to be used as Options.Learned for the same
// languages. The lexicon, which may be nil, should be the one the alignment will use, because
// it decides where Chinese words end. The same pairs in the same order give the same result.
func Learn(pairs []Pair, lexicon *Lexicon, source, target language.Tag) *Lexicon {
	if flipped(source, target) {
		source, target = target, source
		turned := make([]Pair, len(pairs))
		for i, p := range pairs {
			turned[i] = Pair{p.Target, p.Source}
		}
		pairs = turned
	}
	o := Options{Source: source, Target: target, Lexicon: lexicon}
	left, right := make([]Sentence, len(pairs)), make([]Sentence, len(pairs))
	for i, p := range pairs {
		left[i], right[i] = Sentence{Text: p.Source, Block: i}, Sentence{Text: p.Target, Block: i}
	}
	ctx := context.Background()
	a, _ := newAligner(ctx, left, right, o) // which fails with its context only
	list := make([]lesson, len(pairs))
	for i := range pairs {
		list[i] = lesson{a.source[i].words, a.target[i].words}
	}
	l := newLexicon()
	l.stemmed = true
	learned, _ := learn(ctx, list, len(a.sourceWords.words), len(a.targetWords.words))
	for k := 0; k < len(learned); {
		s := learned[k].source
		for ; k < len(learned) && learned[k].source == s; k++ {
			if p := learned[k]; p.forward > 0 {
				l.senses = append(l.senses, sense{l.word(a.targetWords.words[p.target]), p.forward})
			}
		}
		if int(l.offset[len(l.offset)-1]) == len(l.senses) {
			continue
		}
		head := a.sourceWords.words[s]
		if !isHan(head) {
			l.letters = append(l.letters, head)
		}
		l.add(head)
	}
	return l
}
