package server

import "github.com/reviseur/reviseur/corpus"

// bar is a document's progress as a drawing and in words: what is answered for
// stands first, what nobody has answered for is the empty rest.
type bar struct {
	Parts []stretch
	Words string
}

// stretch is a part of the bar, in its 170 units of width.
type stretch struct {
	State    string
	X, Width int
}

const barWidth = 170

// barStates is the order of the stretches.
var barStates = []corpus.State{corpus.StateFinal, corpus.StateApproved, corpus.StateProposed, corpus.StateReturned, corpus.StateStale}

// bar draws how far the units of a version are.
func (v *visit) bar(p corpus.Progress) bar {
	var b bar
	var words []string
	done := 0
	for _, state := range barStates {
		n := p.States[state]
		if n == 0 {
			continue
		}
		x := done * barWidth / p.Units
		done += n
		width := max(done*barWidth/p.Units-x, 1)
		b.Parts = append(b.Parts, stretch{state.String(), x, width})
		words = append(words, v.t("bar."+state.String(), n))
	}
	switch n := p.States[corpus.StateMachine]; {
	case p.Units > 0 && p.States[corpus.StateFinal] == p.Units:
		words = []string{v.t("bar.all-final")}
	case n > 0:
		words = append(words, v.t("bar.machine", n))
	}
	b.Words = v.list(words)
	return b
}

// list joins words with the comma of the visitor's language.
func (v *visit) list(words []string) string {
	joined := ""
	for i, w := range words {
		if i == 0 {
			joined = w
			continue
		}
		joined = v.t("bar.list", joined, w)
	}
	return joined
}
