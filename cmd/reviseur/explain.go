package main

import (
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// heldBack finds the places inside sentences where one might have ended. It is
// asked for the sentences in their order, and looks at each block once.
type heldBack struct {
	doc   *layout.Document
	lang  language.Tag
	block int // the block looked at last
	list  []segmenter.Candidate
}

// in returns the places inside the sentence.
func (h *heldBack) in(s layout.Segment) []heldLine {
	b := &h.doc.Blocks[s.Block]
	if s.Block != h.block {
		h.block, h.list = s.Block, layout.Candidates(h.doc, s.Block, h.lang)
	}
	var out []heldLine
	for _, c := range h.list {
		if c.Break || c.Pos <= s.Span.Start || c.Pos >= s.Span.End {
			continue
		}
		at := b.Envelope(layout.Span{Start: c.Pos, End: c.Pos}).Start
		out = append(out, heldLine{At: at, Rule: c.Rule.String(), rule: c.Rule, before: layout.Show(tail(b.Text[s.Span.Start:c.Pos]))})
	}
	return out
}

// tail returns the last few characters of a text.
func tail(text string) string {
	const few = 16
	at := len(text)
	for n := 0; n < few && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}
