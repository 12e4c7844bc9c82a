package layout

import (
	"strings"
	"unicode/utf8"
)

// scope says how much of a block is written anew.
type scope uint8

const (
	changedRuns scope = iota // only what the edit changes
	oneRun                   // from the first change to the last and a word around, lines joined
	wholeBlock
)

// changes finds raw changes that make the block read as wanted, or a Refusal.
func (w wanted) changes(doc *Document) ([]Change, error) {
	b := &doc.Blocks[w.block]
	if !w.delete && w.text == b.Text {
		return nil, nil
	}
	if w.delete {
		return w.deletion(doc)
	}
	local := newWindow(doc, w.block)
	want := expectation{edited: map[int]string{w.block: w.text}}
	hunks := settle(b, w.text, difference(b, w.text))
	if label, lost := w.lastReference(doc); lost {
		return nil, &Refusal{w.block, LastReference, label}
	}
	var last *Refusal // with the heaviest escapes: what is wrong then, no escape can mend
	for _, a := range attempts(doc.syntax.Levels()) {
		cs := write(doc, b, widen(b, w.text, hunks, a.scope), a.level)
		r := local.verify(cs, want)
		if r == nil {
			return cs, nil
		}
		last = r
	}
	return nil, last
}

// attempt is one way of writing an edit.
type attempt struct {
	scope scope
	level int
}

// attempts lists the ways in the order in which they are tried: as few bytes
// and as few escapes as possible. Writing a whole block anew, which unwraps its
// lines, comes late; the heaviest escapes, which nobody likes to read in a
// file, come last.
func attempts(levels int) []attempt {
	var out []attempt
	for level := 0; level < max(1, levels-1); level++ {
		out = append(out, attempt{changedRuns, level}, attempt{oneRun, level})
	}
	out = append(out, attempt{wholeBlock, 0})
	if levels == 1 {
		return out
	}
	return append(out, attempt{wholeBlock, levels - 2}, attempt{changedRuns, levels - 1},
		attempt{oneRun, levels - 1}, attempt{wholeBlock, levels - 1})
}

// settle adds the joints of lines that would read differently after the
// change: glue between Han characters reads as nothing, but as a space once one
// of them has become a Latin letter.
func settle(b *Block, text string, hunks []hunk) []hunk {
	var out []hunk
	shift, h := 0, 0
	for _, r := range b.runs {
		if r.kind != glue {
			continue
		}
		for h < len(hunks) && hunks[h].old.End <= r.log.Start {
			shift += len(hunks[h].text) - hunks[h].old.Len()
			out = append(out, hunks[h])
			h++
		}
		if h < len(hunks) && hunks[h].old.Start < r.log.End {
			continue // goes with the change
		}
		at := r.log.Start + shift
		reading := b.Text[r.log.Start:r.log.End]
		if at == 0 || at+len(reading) >= len(text) || joint(text[:at], text[at+len(reading):], b.paired) != reading {
			out = append(out, hunk{r.log, reading})
		}
	}
	return append(out, hunks[h:]...)
}

// widen makes one hunk of several.
func widen(b *Block, text string, hunks []hunk, sc scope) []hunk {
	switch {
	case sc == changedRuns || len(hunks) == 0:
		return hunks
	case sc == wholeBlock:
		return []hunk{{Span{0, len(b.Text)}, text}}
	}
	start, end := hunks[0].old.Start, hunks[len(hunks)-1].old.End
	ws := words(nil, b.Text, b.runs)
	before, after := 0, len(b.Text)
	for _, w := range ws {
		if w.Start < start && w.End <= start {
			before = w.Start
		}
		if w.Start >= end {
			after = w.End
			break
		}
	}
	tail := len(b.Text) - after
	return []hunk{{Span{min(before, start), after}, text[min(before, start) : len(text)-tail]}}
}

// write turns hunks into raw changes.
func write(doc *Document, b *Block, hunks []hunk, level int) []Change {
	out := make([]Change, 0, len(hunks))
	for _, h := range hunks {
		raw := b.Envelope(h.old)
		if h.old.Len() == 0 && h.text == "" {
			raw = b.glueAt(h.old.Start)
		}
		place := Place{Kind: b.Kind, LineStart: b.startsLine(raw.Start)}
		if place.LineStart {
			place.Before = doc.text[Lines(doc.Raw, Span{raw.Start, raw.Start}).Start:raw.Start]
		}
		cs := Change{raw, encode(doc.syntax, b, h.text, place, level)}
		if n := len(out); n > 0 && out[n-1].Old.End >= raw.Start {
			out[n-1].Old.End = max(raw.End, out[n-1].Old.End)
			out[n-1].New = append(out[n-1].New, cs.New...)
			continue
		}
		out = append(out, cs)
	}
	return out
}

// glueAt returns the raw bytes of a joint that reads as nothing.
func (b *Block) glueAt(log int) Span {
	for _, r := range b.runs {
		if r.kind == glue && r.log.Start == log && r.log.Len() == 0 {
			return r.raw
		}
	}
	at := b.rawEnd(log)
	return Span{at, at}
}

// startsLine reports whether a raw offset is where a line of the block begins.
func (b *Block) startsLine(raw int) bool {
	if raw == b.runs[0].raw.Start {
		return true
	}
	for i, r := range b.runs {
		if r.raw.End == raw {
			return r.kind == glue || r.kind == token && b.tokenAt(i).Kind == HardBreak
		}
	}
	return false
}

// tokenAt returns the token of run i.
func (b *Block) tokenAt(i int) Token {
	n := 0
	for _, r := range b.runs[:i] {
		if r.kind == token {
			n++
		}
	}
	return b.Tokens[n]
}

// encode writes logical text as raw bytes: tokens as they were, the rest
// escaped.
func encode(s Syntax, b *Block, text string, place Place, level int) []byte {
	var out []byte
	var tokens map[rune]Token
	for text != "" {
		n := strings.IndexFunc(text, func(r rune) bool { _, _, ok := IsPlaceholder(r); return ok })
		if n < 0 {
			n = len(text)
		}
		if n > 0 {
			out = append(out, s.Escape(text[:n], place, level)...)
			text = text[n:]
			place.LineStart = false
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		if tokens == nil {
			tokens = b.byPlaceholder()
		}
		out = append(out, tokens[r].Raw...)
		place.LineStart = tokens[r].Kind == HardBreak
		text = text[size:]
	}
	return out
}
