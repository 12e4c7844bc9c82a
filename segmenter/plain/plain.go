// Package plain reads plain text files into [layout.Document]s, so that texts
// can be spliced into them.
//
// Plain text has no mark-up, only lines. Blank lines part paragraphs. What a
// single line end means differs from file to file: in some every line is a
// paragraph, in others paragraphs are wrapped. [Read] decides for the whole
// file, says in Document.Mode what it decided ("hard" or "soft"), and
// [ReadAs] lets people overrule it.
//
//	doc := plain.Read([]byte("An act\n\nThe minister\nmay decide.\n"))
//	doc.Blocks[1].Text // "The minister may decide."
//
// Headings, list items and quotations are guessed from their looks; nothing
// depends on the guess. Text is
// written as it is: there is nothing to escape. An edit that would make more or
// fewer paragraphs is refused.
package plain

import (
	"bytes"
	"strings"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Read reads a text file, and decides what its line ends mean. The document
// keeps raw, which must not be modified afterwards.
func Read(raw []byte) *layout.Document {
	text := string(bytes.TrimPrefix(raw, []byte(bom)))
	return ReadAs(raw, segmenter.DecideLineEnds(text))
}

// ReadAs reads a text file whose line ends have the given meaning.
func ReadAs(raw []byte, ends segmenter.LineEnds) *layout.Document {
	return syntax{ends}.read(raw, true)
}

const bom = "\uFEFF"

// syntax implements layout.Syntax.
type syntax struct{ ends segmenter.LineEnds }

func (s syntax) Read(raw []byte) *layout.Document { return s.read(raw, true) }

func (s syntax) ReadPart(_ *layout.Document, raw []byte, first bool) *layout.Document {
	return s.read(raw, first)
}

func (syntax) Levels() int { return 1 }

func (syntax) Escape(text string, _ layout.Place, _ int) string { return text }

func (s syntax) read(raw []byte, first bool) *layout.Document {
	b := layout.NewBuilder(raw, s)
	b.SetMode(s.ends.String())
	text, base := string(raw), 0
	if first && strings.HasPrefix(text, bom) {
		b.SetBOM()
		text, base = text[len(bom):], len(bom)
	}
	at := 0
	for _, blk := range segmenter.AppendBlocks(nil, text, s.ends) {
		gap := text[at:blk.Start]
		if strings.Count(gap, "\n") > 1 || strings.Count(gap, "\r") > 1 {
			line := strings.LastIndexAny(gap, "\r\n") + 1
			b.Cut(base + at + line)
		}
		at = blk.End
		raw := layout.Span{Start: base + blk.Start, End: base + blk.End}
		b.Open(layout.Element{Kind: "p", Raw: raw})
		b.Begin(kind(text, blk), 0)
		lines(b, text, base, blk)
		b.End()
		b.Close()
	}
	return b.Document()
}

// kind guesses from the looks of a block what it is.
func kind(text string, blk segmenter.Block) layout.Kind {
	switch {
	case text[blk.Start] == '>':
		return layout.Quote
	case blk.Heading:
		return layout.Heading
	case blk.Item:
		return layout.ListItem
	}
	return layout.Paragraph
}

// lines adds the lines of one block.
func lines(b *layout.Builder, text string, base int, blk segmenter.Block) {
	for i := blk.Start; i < blk.End; {
		n := strings.IndexAny(text[i:blk.End], "\r\n")
		if n < 0 {
			n = blk.End - i
		}
		b.Verbatim(layout.Span{Start: base + i, End: base + i + n})
		i += n
		rest := strings.TrimLeft(text[i:blk.End], "\r\n")
		end := blk.End - len(rest)
		b.Glue(layout.Span{Start: base + i, End: base + end})
		i = end
	}
}

// Frame implements layout.Syntax. A new paragraph stands as far from its
// neighbour as the file's paragraphs do: on the next line where line ends are
// hard and no blank line is between, else behind a blank line.
func (s syntax) Frame(doc *layout.Document, i int, after bool, as layout.Form) (layout.Frame, error) {
	if as != layout.NewParagraph && doc.Blocks[i].Kind != layout.ListItem {
		return layout.Frame{}, &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: "plain text has no list items"}
	}
	own := layout.Lines(doc.Raw, doc.Extent(i))
	gap := doc.Newline
	if s.ends == segmenter.SoftLineEnds || spaced(doc, i) {
		gap += doc.Newline
	}
	if !after {
		return layout.Frame{At: own.Start, After: gap}, nil
	}
	f := layout.Frame{At: own.End, Before: gap[len(doc.Newline):], After: doc.Newline}
	if own.End == doc.Extent(i).End { // the file ends without a line end
		f.Before, f.After = gap, ""
	} else if rest := doc.Raw[own.End:]; len(rest) > 0 && rest[0] != '\n' && rest[0] != '\r' {
		f.After = gap
	}
	return f, nil
}

// spaced reports whether a blank line parts block i from a neighbour.
func spaced(doc *layout.Document, i int) bool {
	for _, j := range []int{i - 1, i} {
		if j >= 0 && j+1 < len(doc.Blocks) {
			gap := doc.Raw[doc.Extent(j).End:doc.Extent(j+1).Start]
			return bytes.Count(gap, []byte("\n")) > 1 || bytes.Count(gap, []byte("\r")) > 1 && !bytes.Contains(gap, []byte("\n"))
		}
	}
	return false
}
