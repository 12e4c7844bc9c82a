package exchange

import (
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// cursor converts between bytes and code points of one text. It goes on from
// where it was: segments come in order, and a paragraph may be a megabyte long.
type cursor struct {
	text     string
	at, rune int // the same place, in bytes and in code points
}

// runes turns a span of bytes into one of code points, cut to the text.
func (c *cursor) runes(s corpus.Span) [2]int {
	end := min(max(s.End, 0), len(c.text))
	start := min(max(s.Start, 0), end)
	return [2]int{c.toByte(start), c.toByte(end)}
}

func (c *cursor) toByte(at int) (runes int) {
	if at < c.at {
		c.at, c.rune = 0, 0
	}
	c.rune += utf8.RuneCountInString(c.text[c.at:at])
	c.at = at
	return c.rune
}

// bytes turns a span of code points into one of bytes, cut to the text.
func (c *cursor) bytes(start, end int) corpus.Span {
	s := corpus.Span{Start: c.toRune(start)}
	s.End = max(s.Start, c.toRune(end))
	return s
}

func (c *cursor) toRune(n int) (at int) {
	if n < c.rune {
		c.at, c.rune = 0, 0
	}
	for c.rune < n && c.at < len(c.text) {
		_, size := utf8.DecodeRuneInString(c.text[c.at:])
		c.at += size
		c.rune++
	}
	return c.at
}

// of points the cursor at a text; at the one it has it stays where it is.
func (c *cursor) of(text string) *cursor {
	if c.text != text {
		*c = cursor{text: text}
	}
	return c
}

// runeSpan is cursor.runes for a single span.
func runeSpan(text string, s corpus.Span) [2]int { return (&cursor{text: text}).runes(s) }

// byteSpan is cursor.bytes for a single span.
func byteSpan(text string, start, end int) corpus.Span {
	return (&cursor{text: text}).bytes(start, end)
}
