package layout

import "sort"

// at returns the index of the run that covers the logical offset: the first
// whose end is beyond it. Empty runs (glue between Han characters) cover
// nothing.
func (b *Block) at(log int) int {
	return sort.Search(len(b.runs), func(i int) bool { return b.runs[i].log.End > log })
}

// rawStart maps the beginning of a logical range to the file: glue before it
// is left out.
func (b *Block) rawStart(log int) int {
	i := b.at(log)
	if i == len(b.runs) {
		return b.rawEnd(log)
	}
	return inRun(b.runs[i], log)
}

// rawEnd maps the end of a logical range to the file: glue after it is left
// out.
func (b *Block) rawEnd(log int) int {
	i := sort.Search(len(b.runs), func(i int) bool { return b.runs[i].log.End >= log })
	for i < len(b.runs) && b.runs[i].log.Len() == 0 {
		i++
	}
	if log <= 0 || i == len(b.runs) {
		if len(b.runs) == 0 {
			return 0
		}
		if log <= 0 {
			return b.runs[0].raw.Start
		}
		return b.runs[len(b.runs)-1].raw.End
	}
	if log == b.runs[i].log.End {
		return b.runs[i].raw.End
	}
	return inRun(b.runs[i], log)
}

// inRun maps a logical offset inside a run; what cannot be divided counts from
// its beginning.
func inRun(r run, log int) int {
	if r.kind == verbatim {
		return r.raw.Start + log - r.log.Start
	}
	return r.raw.Start
}

// Envelope returns the part of the file from the first to the last byte of a
// logical range, glue in between included. An empty range gives an empty one:
// where a caret there would stand.
func (b *Block) Envelope(log Span) Span {
	if log.Len() <= 0 {
		at := b.rawEnd(log.Start)
		return Span{at, at}
	}
	s := Span{b.rawStart(log.Start), b.rawEnd(log.End)}
	if i := b.at(log.End - 1); i < len(b.runs) && b.runs[i].kind != verbatim {
		s.End = b.runs[i].raw.End
	}
	return s
}

// Raw returns the parts of the file that a logical range reads, in file order,
// glue left out.
func (b *Block) Raw(log Span) []Span {
	var out []Span
	if log.Len() <= 0 {
		return nil
	}
	for i := b.at(log.Start); i < len(b.runs) && b.runs[i].log.Start < log.End; i++ {
		r := b.runs[i]
		if r.kind == glue {
			continue
		}
		s := r.raw
		if r.kind == verbatim {
			s.Start += max(0, log.Start-r.log.Start)
			s.End -= max(0, r.log.End-log.End)
		}
		if n := len(out); n > 0 && out[n-1].End == s.Start {
			out[n-1].End = s.End
		} else {
			out = append(out, s)
		}
	}
	return out
}

// Logical maps a raw offset to the block's text, for carets and error
// positions: inside mark-up or glue it is where that begins; before and after
// the block its ends.
func (b *Block) Logical(raw int) int {
	i := sort.Search(len(b.runs), func(i int) bool { return b.runs[i].raw.End > raw })
	if i == len(b.runs) {
		return len(b.Text)
	}
	r := b.runs[i]
	if r.kind == verbatim && raw > r.raw.Start {
		return r.log.Start + raw - r.raw.Start
	}
	return r.log.Start
}

// extent is the part of the file from the block's first to its last byte.
func (b *Block) extent() Span {
	return Span{b.runs[0].raw.Start, b.runs[len(b.runs)-1].raw.End}
}

// paired reports whether token n of the block is one of a pair.
func (b *Block) paired(n int) bool {
	for _, t := range b.Tokens {
		if t.Number == n {
			return t.Kind == Emphasis || t.Kind == Strikethrough || t.Kind == Link
		}
	}
	return false
}

// byPlaceholder lists the block's tokens by the characters that stand for them.
func (b *Block) byPlaceholder() map[rune]Token {
	m := make(map[rune]Token, len(b.Tokens))
	for _, t := range b.Tokens {
		m[Placeholder(t)] = t
	}
	return m
}

// BlockAt returns the index of the block that holds the raw offset, or of the
// first one after it; len(d.Blocks) if there is none.
func (d *Document) BlockAt(raw int) int {
	return sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].extent().End > raw })
}

// Extent is the part of the file that block i takes up as an element: its text
// and, for a heading with a line under it, that line.
func (d *Document) Extent(i int) Span {
	return d.nodes[d.Blocks[i].node].raw
}
