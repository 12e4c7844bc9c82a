package server

import (
	"slices"

	"github.com/reviseur/reviseur/corpus/diff"
)

// diffView is a wording beside the one it is compared with, in one line with
// the changes in it, or old and new in two. Where most of a text changed, two
// lines without colour are quieter than a diff.
type diffView struct {
	Inline   []piece // nil where Two
	Old, New []piece
	Two      bool
	Apart    bool // so much changed that nothing is marked
	Same     bool
}

// newDiff compares two wordings; two asks for two lines.
func newDiff(old, text string, two bool) diffView {
	if old == text {
		return diffView{Inline: pieces(text, nil, nil), Same: true}
	}
	edits := diff.Texts(old, text)
	if old == "" || text == "" || diff.Ratio(edits) > tooFar {
		return diffView{Old: pieces(old, nil, nil), New: pieces(text, nil, nil), Two: true, Apart: true}
	}
	all := pieces(text, edits, nil)
	if !two {
		return diffView{Inline: all}
	}
	without := func(op string) []piece {
		return slices.DeleteFunc(slices.Clone(all), func(p piece) bool { return p.Op == op })
	}
	return diffView{Old: without("ins"), New: without("del"), Two: true}
}
