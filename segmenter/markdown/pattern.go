package markdown

import (
	"bytes"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// What Markdown takes for text, but site generators and typesetters for
// commands. The closing mark must follow within the block and within reach.
var shortcodes = []struct {
	open, close string
	kind        layout.TokenKind
}{
	{"{{", "}}", layout.Shortcode}, // Hugo, Jinja, Liquid output
	{"{%", "%}", layout.Shortcode}, // Liquid tags
	{"{:", "}", layout.Attributes}, // kramdown
	{"$$", "$$", layout.Math},      // display formula
	{"$", "$", layout.Math},        // formula in the line
}

const patternReach = 1000

// protect makes tokens of shortcodes, attribute lists and formulas in the
// pieces. A stretch that would cut a token or a pair of marks stays as it is.
func protect(text []byte, pieces []piece) []piece {
	if len(pieces) == 0 {
		return pieces
	}
	start, end := pieces[0].span.Start, pieces[len(pieces)-1].span.End
	if bytes.IndexByte(text[start:end], '{') < 0 && bytes.IndexByte(text[start:end], '$') < 0 {
		return pieces
	}
	out := make([]piece, 0, len(pieces)+2)
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if p.kind != plainText {
			out = append(out, p)
			continue
		}
		from := p.span.Start
		for at := from; at < p.span.End; at++ {
			if text[at] != '{' && text[at] != '$' || escaped(text[from:at]) {
				continue
			}
			kind, to := pattern(text[:end], at, from)
			if to == 0 {
				continue
			}
			last := cover(pieces, i, to)
			if last < 0 {
				continue
			}
			out = append(out,
				piece{kind: plainText, span: layout.Span{Start: from, End: at}},
				piece{kind: single, span: layout.Span{Start: at, End: to}, tok: kind})
			i, p = last, pieces[last]
			from, at = to, to-1
		}
		out = append(out, piece{kind: plainText, span: layout.Span{Start: from, End: p.span.End}})
	}
	return out
}

// pattern recognises a protected stretch at an offset and returns its end, or
// 0. from is where the text before the offset begins.
func pattern(text []byte, at, from int) (layout.TokenKind, int) {
	for _, s := range shortcodes {
		if !bytes.HasPrefix(text[at:], []byte(s.open)) {
			continue
		}
		inner := at + len(s.open)
		reach := text[inner:min(len(text), inner+patternReach)]
		n := bytes.Index(reach, []byte(s.close))
		if n < 0 {
			continue
		}
		end := inner + n + len(s.close)
		if s.open == "$" && !formula(text, from, at, end) || n == 0 {
			continue
		}
		return s.kind, end
	}
	return 0, 0
}

// formula tells $x^2$ from two prices. Between the dollars there must be
// something only a formula has, no blank next to them, no letter or digit
// outside them; a single letter is a variable.
func formula(text []byte, from, start, end int) bool {
	inner := text[start+1 : end-1]
	if len(inner) == 0 || blank(inner[:1]) || blank(inner[len(inner)-1:]) || inner[len(inner)-1] == '\\' {
		return false
	}
	if start > from && wordByte(text[start-1]) || end < len(text) && wordByte(text[end]) {
		return false
	}
	if len(inner) == 1 {
		return inner[0]|0x20 >= 'a' && inner[0]|0x20 <= 'z'
	}
	return bytes.ContainsAny(inner, `\^_={}<>`)
}

func wordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '$'
}

// cover returns the index of the piece of text that holds the offset behind a
// protected stretch beginning in piece i, or -1 if the stretch would cut
// something in two.
func cover(pieces []piece, i, to int) int {
	open := make(map[int]bool)
	for j := i; j < len(pieces); j++ {
		p := pieces[j]
		if p.kind == mark {
			if p.closing != open[p.pair] {
				return -1
			}
			open[p.pair] = !p.closing
		}
		if to > p.span.End {
			continue
		}
		if to < p.span.End && p.kind != plainText {
			return -1
		}
		for _, unclosed := range open {
			if unclosed {
				return -1
			}
		}
		return j
	}
	return -1
}

// escaped reports whether what follows text is escaped by its last backslash.
func escaped(text []byte) bool {
	n := 0
	for n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
