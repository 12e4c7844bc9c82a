package layout

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a stretch of a block as the syntax names it, before the block's
// ends are trimmed and its tokens numbered.
type piece struct {
	kind    runKind
	raw     Span
	text    string // of decoded pieces
	tok     TokenKind
	pair    int
	closing bool
}

// blockBuilder collects the pieces of one block and makes a Block of them.
type blockBuilder struct {
	doc      *Document
	kind     Kind
	level    int
	pieces   []piece
	split    []piece
	readOnly string

	textBytes, tokenBytes int // of the block finished last

	// Runs and tokens of many blocks share an array.
	runs   []run
	tokens []Token
}

// slabSize is how many elements at most are allocated at once for blocks to
// share.
const slabSize = 512

// room is how many elements to allocate at once for a file of this size.
func (b *blockBuilder) room() int { return min(slabSize, len(b.doc.Raw)/64) }

// slab cuts an empty slice with room for n elements off a shared array.
func slab[T any](from *[]T, n, room int) []T {
	if n == 0 {
		return nil
	}
	if cap(*from)-len(*from) < n {
		*from = make([]T, 0, max(n, room))
	}
	at := len(*from)
	*from = (*from)[:at+n]
	return (*from)[at : at : at+n]
}

func (b *blockBuilder) begin(kind Kind, level int) {
	b.kind, b.level = kind, level
	b.pieces = b.pieces[:0]
	b.readOnly = ""
}

func (b *blockBuilder) add(p piece) {
	if p.raw.Len() > 0 {
		b.pieces = append(b.pieces, p)
	}
}

// finish makes the block. It reports false if there is nothing to read. Lines
// of attributes at either end are handed to drop.
func (b *blockBuilder) finish(drop func(Span)) (Block, bool) {
	b.textBytes, b.tokenBytes = 0, 0
	b.sanitize()
	pieces := b.trim(drop)
	visible := false
	for _, p := range pieces {
		switch p.kind {
		case token:
			b.tokenBytes += p.raw.Len()
		case verbatim:
			visible = visible || strings.TrimSpace(b.doc.text[p.raw.Start:p.raw.End]) != ""
		case decoded:
			visible = visible || strings.TrimSpace(p.text) != ""
		}
	}
	if !visible {
		return Block{}, false
	}
	for _, p := range pieces {
		if p.kind == verbatim || p.kind == decoded {
			b.textBytes += p.raw.Len()
		}
	}
	blk := Block{Kind: b.kind, Level: b.level, ReadOnly: b.readOnly}
	b.compose(&blk, pieces)
	return blk, true
}

// sanitize replaces what cannot stand in logical text: bytes that are no
// characters, NUL, and characters that look like placeholders.
func (b *blockBuilder) sanitize() {
	if len(b.pieces) == 0 {
		return
	}
	whole := b.doc.Raw[b.pieces[0].raw.Start:b.pieces[len(b.pieces)-1].raw.End]
	valid, nul := utf8.Valid(whole), bytes.IndexByte(whole, 0) >= 0
	tokens := 0
	for i := range b.pieces {
		if p := &b.pieces[i]; p.kind == decoded && strings.ContainsFunc(p.text, unspeakable) {
			*p = piece{kind: token, raw: p.raw, tok: Character}
		}
		if b.pieces[i].kind == token {
			tokens++
		}
	}
	if valid && !nul && bytes.IndexByte(whole, 0xF3) < 0 && tokens <= maxTokens {
		return
	}
	switch {
	case !valid:
		b.readOnly = ReadOnlyUndecodable
	case nul:
		b.readOnly = ReadOnlyNUL
	}
	out := b.split[:0]
	tokens = 0
	for _, p := range b.pieces {
		if p.kind == verbatim {
			out = append(out, splitVerbatim(b.doc.text, p.raw)...)
		} else {
			out = append(out, p)
		}
	}
	for i := range out {
		if out[i].kind == token {
			tokens++
		}
	}
	if tokens > maxTokens {
		// More tokens than there are placeholders: show the text as written.
		b.readOnly = ReadOnlyComplex
		for i := range out {
			if p := &out[i]; p.kind == token {
				*p = piece{kind: decoded, raw: p.raw, text: "\uFFFD"}
			}
		}
	}
	b.split, b.pieces = b.pieces, out
}

func splitVerbatim(text string, raw Span) []piece {
	var out []piece
	start := raw.Start
	flush := func(end int) {
		if start < end {
			out = append(out, piece{kind: verbatim, raw: Span{start, end}})
		}
	}
	for i := raw.Start; i < raw.End; {
		r, n := utf8.DecodeRuneInString(text[i:raw.End])
		at := Span{i, i + n}
		switch {
		case r == utf8.RuneError && n == 1, r == 0:
			flush(i)
			out = append(out, piece{kind: decoded, raw: at, text: "\uFFFD"})
			start = at.End
		case unspeakable(r):
			flush(i)
			out = append(out, piece{kind: token, raw: at, tok: Character})
			start = at.End
		}
		i = at.End
	}
	flush(raw.End)
	return out
}

// unspeakable reports whether a character cannot stand for itself in logical
// text: it would be taken for a placeholder, or for a line end.
func unspeakable(r rune) bool {
	_, _, placeholder := IsPlaceholder(r)
	return placeholder || r == '\n' || r == '\r'
}

// trim takes white space and attribute lines off both ends of the block, and
// folds white space around glue into the glue.
func (b *blockBuilder) trim(drop func(Span)) []piece {
	ps := b.pieces
	text := b.doc.text
	for i := range ps {
		if ps[i].kind != glue {
			continue
		}
		if i > 0 && ps[i-1].kind == verbatim {
			p := &ps[i-1].raw
			p.End = p.Start + len(strings.TrimRightFunc(text[p.Start:p.End], unicode.IsSpace))
			ps[i].raw.Start = p.End
		}
		if i+1 < len(ps) && ps[i+1].kind == verbatim {
			p := &ps[i+1].raw
			p.Start = p.End - len(strings.TrimLeftFunc(text[p.Start:p.End], unicode.IsSpace))
			ps[i].raw.End = p.Start
		}
	}
	ps = merge(ps)
	for len(ps) > 0 {
		last := len(ps) - 1
		switch p := &ps[0]; {
		case p.kind == glue, p.raw.Len() == 0, p.kind == decoded && strings.TrimSpace(p.text) == "":
			ps = ps[1:]
			continue
		case p.kind == token && p.tok == Attributes && (last == 0 || ps[1].kind == glue):
			drop(p.raw)
			ps = ps[1:]
			continue
		case p.kind == verbatim && startsWithSpace(text[p.raw.Start:p.raw.End]):
			p.raw.Start = p.raw.End - len(strings.TrimLeftFunc(text[p.raw.Start:p.raw.End], unicode.IsSpace))
			continue
		}
		switch p := &ps[last]; {
		case p.kind == glue, p.raw.Len() == 0, p.kind == decoded && strings.TrimSpace(p.text) == "":
			ps = ps[:last]
			continue
		case p.kind == token && p.tok == Attributes && (last == 0 || ps[last-1].kind == glue):
			drop(p.raw)
			ps = ps[:last]
			continue
		case p.kind == verbatim && endsWithSpace(text[p.raw.Start:p.raw.End]):
			p.raw.End = p.raw.Start + len(strings.TrimRightFunc(text[p.raw.Start:p.raw.End], unicode.IsSpace))
			continue
		}
		break
	}
	return ps
}

// merge drops empty pieces and joins neighbouring ones of verbatim text and of
// glue, so that equal texts have equal runs.
func merge(ps []piece) []piece {
	out := ps[:0]
	for _, p := range ps {
		if p.raw.Len() == 0 {
			continue
		}
		if n := len(out); n > 0 && p.kind == out[n-1].kind && (p.kind == verbatim || p.kind == glue) {
			out[n-1].raw.End = p.raw.End
			continue
		}
		out = append(out, p)
	}
	return out
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func endsWithSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

// compose writes the block's text, runs and tokens.
func (b *blockBuilder) compose(blk *Block, ps []piece) {
	text := b.doc.text
	if len(ps) == 1 && ps[0].kind == verbatim {
		raw := ps[0].raw
		blk.Text = text[raw.Start:raw.End]
		blk.runs = append(slab(&b.runs, 1, b.room()), run{verbatim, Span{0, raw.Len()}, raw})
		return
	}
	size, tokens := 0, 0
	for _, p := range ps {
		size += p.raw.Len() + 4
		if p.kind == token {
			tokens++
		}
	}
	var out strings.Builder
	out.Grow(size)
	blk.runs = slab(&b.runs, len(ps), b.room())
	blk.Tokens = slab(&b.tokens, tokens, b.room())
	last := 0
	var numbers map[int]int // of pairs
	for i, p := range ps {
		start := out.Len()
		switch p.kind {
		case verbatim:
			out.WriteString(text[p.raw.Start:p.raw.End])
		case decoded:
			out.WriteString(p.text)
		case glue:
			out.WriteString(jointRunes(b.before(ps[:i]), b.after(ps[i+1:])))
		case token:
			t := Token{Kind: p.tok, Close: p.closing, Raw: text[p.raw.Start:p.raw.End]}
			if t.Number = numbers[p.pair]; t.Number == 0 {
				last++
				t.Number = last
			}
			if p.pair != 0 {
				if numbers == nil {
					numbers = make(map[int]int)
				}
				numbers[p.pair] = t.Number
			}
			blk.Tokens = append(blk.Tokens, t)
			out.WriteRune(Placeholder(t))
		}
		blk.runs = append(blk.runs, run{p.kind, Span{start, out.Len()}, p.raw})
	}
	blk.Text = out.String()
}

// before and after find the characters on both sides of a joint.
func (b *blockBuilder) before(ps []piece) rune {
	for i := len(ps) - 1; i >= 0; i-- {
		switch p := ps[i]; {
		case p.kind == verbatim:
			r, _ := utf8.DecodeLastRuneInString(b.doc.text[p.raw.Start:p.raw.End])
			return r
		case p.kind == decoded:
			r, _ := utf8.DecodeLastRuneInString(p.text)
			return r
		case p.kind == token && p.pair == 0:
			return firstPlaceholder
		}
	}
	return 0
}

func (b *blockBuilder) after(ps []piece) rune {
	for _, p := range ps {
		switch {
		case p.kind == verbatim:
			r, _ := utf8.DecodeRuneInString(b.doc.text[p.raw.Start:p.raw.End])
			return r
		case p.kind == decoded:
			r, _ := utf8.DecodeRuneInString(p.text)
			return r
		case p.kind == token && p.pair == 0:
			return firstPlaceholder
		}
	}
	return 0
}
