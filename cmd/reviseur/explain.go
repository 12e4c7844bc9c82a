package main

import (
	"strings"
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
		h.block, h.list = s.Block, candidates(b, h.lang)
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

// candidates returns the candidates of a block, as offsets into its text.
// Marks and references are looked through; other tokens count as a word.
func candidates(b *layout.Block, lang language.Tag) []segmenter.Candidate {
	kinds := make(map[rune]layout.TokenKind, len(b.Tokens))
	for _, t := range b.Tokens {
		kinds[layout.Placeholder(t)] = t.Kind
	}
	var bare strings.Builder
	var from []int // offset in the block's text of each byte of bare
	for i, r := range b.Text {
		if kind, ok := kinds[r]; ok {
			switch kind {
			case layout.Code, layout.Math, layout.Image, layout.Autolink, layout.Shortcode, layout.Character:
				r = '\uFFFC'
			case layout.HardBreak:
				r = ' '
			default:
				continue
			}
		}
		bare.WriteRune(r)
		for len(from) < bare.Len() {
			from = append(from, i)
		}
	}
	if lang == language.Und {
		lang = segmenter.Detect(bare.String())
	}
	list := segmenter.For(lang).Explain(bare.String())
	for i := range list {
		last := from[list[i].Pos-1]
		_, size := utf8.DecodeRuneInString(b.Text[last:])
		list[i].Pos = last + size
	}
	return list
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
