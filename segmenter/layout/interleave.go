package layout

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// SplitInterleaved takes a file apart that holds a text and its translation in
// turns: paragraph by paragraph, line by line, cell beside cell. It returns two
// views over the same bytes, of the source and of the target language; together
// they hold every block once. A paragraph whose lines change language is
// divided at these line ends, into blocks of its own.
//
// Both views keep the whole file as Raw, and offsets are those of the file. In
// each the other language is skeleton (the part "counterpart" of the
// [Coverage]): what is spliced into one view leaves the bytes of the other
// alone, and is checked to have done so.
//
// ok is false, and s and t are nil, unless the evidence is strong: the two
// languages are written in different scripts, each has a good share of the text,
// and they really alternate. A text without letters goes to the source.
func SplitInterleaved(d *Document, source, target language.Tag) (s, t *Document, ok bool) {
	sides, ok := newSides(source, target)
	if !ok || !sides.alternate(d) {
		return nil, nil, false
	}
	return sides.view(d, sourceSide), sides.view(d, targetSide), true
}

// What two languages have to show to be taken for a text and its translation.
const (
	leastTurns   = 3   // texts of each language
	leastShare   = 0.3 // of the texts are of the rarer language
	leastChanges = 0.6 // of the changes of language that perfect turns would make
	leastWeight  = 0.2 // the length of the shorter language, as part of the other's
)

type side uint8

const (
	noSide side = iota
	sourceSide
	targetSide
)

// sides tells two languages apart by their scripts.
type sides struct{ source, target []*unicode.RangeTable }

func newSides(source, target language.Tag) (sides, bool) {
	a, _ := source.Script()
	b, _ := target.Script()
	s := sides{scriptTables[a.String()], scriptTables[b.String()]}
	for _, x := range s.source {
		for _, y := range s.target {
			if x == y {
				return s, false // Chinese and Japanese
			}
		}
	}
	return s, s.source != nil && s.target != nil
}

// of returns the language that has the greater part of a text.
func (s sides) of(text string) side {
	source, target := 0, 0
	for _, r := range text {
		if r < utf8.RuneSelf && (r|0x20 < 'a' || r|0x20 > 'z') {
			continue
		}
		n := 1
		if unicode.Is(unicode.Han, r) {
			n = headingWide
		}
		switch {
		case unicode.In(r, s.source...):
			source += n
		case unicode.In(r, s.target...):
			target += n
		}
	}
	switch {
	case source == 0 && target == 0:
		return noSide
	case target > source:
		return targetSide
	}
	return sourceSide
}

// alternate reports whether the texts of d are in two languages by turns.
func (s sides) alternate(d *Document) bool {
	var texts, weights [3]int
	changes, last := 0, noSide
	for i := range d.Blocks {
		for _, l := range s.divide(&d.Blocks[i]) {
			if l.side == noSide {
				continue
			}
			texts[l.side]++
			weights[l.side] += weight(l.text)
			if last != noSide && l.side != last {
				changes++
			}
			last = l.side
		}
	}
	fewer := min(texts[sourceSide], texts[targetSide])
	all := texts[sourceSide] + texts[targetSide]
	light, heavy := weights[sourceSide], weights[targetSide]
	if light > heavy {
		light, heavy = heavy, light
	}
	return fewer >= leastTurns && float64(fewer) >= leastShare*float64(all) &&
		float64(changes) >= leastChanges*float64(2*fewer-1) && float64(light) >= leastWeight*float64(heavy)
}

// stretch is a part of a block in one language: runs[from:to].
type stretch struct {
	side     side
	text     string
	from, to int
}

// divide cuts a block at the line ends at which the language changes. It is
// left whole where a pair of marks would be torn.
func (s sides) divide(b *Block) []stretch {
	var out []stretch
	flush := func(from, to int) {
		if from == to {
			return
		}
		text := b.Text[b.runs[from].log.Start:b.runs[to-1].log.End]
		l := stretch{s.of(text), text, from, to}
		if n := len(out); n > 0 && (l.side == noSide || out[n-1].side == noSide || l.side == out[n-1].side) {
			last := &out[n-1]
			last.side = max(last.side, l.side)
			last.text, last.to = b.Text[b.runs[last.from].log.Start:b.runs[to-1].log.End], to
			return
		}
		out = append(out, l)
	}
	from, tokens := 0, 0
	for i, r := range b.runs {
		end := r.kind == glue
		if r.kind == token {
			end = b.Tokens[tokens].Kind == HardBreak
			tokens++
		}
		if end {
			flush(from, i)
			from = i + 1
		}
	}
	flush(from, len(b.runs))
	if len(out) > 1 && b.torn(out) {
		return []stretch{{s.of(b.Text), b.Text, 0, len(b.runs)}}
	}
	return out
}

// torn reports whether the halves of a paired token stand in two stretches.
func (b *Block) torn(list []stretch) bool {
	where := make(map[int]int)
	n := 0
	for i, l := range list {
		if i > 0 { // the line end itself
			for _, r := range b.runs[list[i-1].to:l.from] {
				if r.kind == token {
					n++
				}
			}
		}
		for _, r := range b.runs[l.from:l.to] {
			if r.kind != token {
				continue
			}
			t := b.Tokens[n]
			n++
			if first, seen := where[t.Number]; seen && first != i {
				return true
			}
			where[t.Number] = i
		}
	}
	return false
}

// interleaved is the syntax of a view: that of the file, less the texts of the
// other language.
type interleaved struct {
	Syntax
	sides sides
	mine  side
}

func (v interleaved) Read(raw []byte) *Document {
	return v.sides.view(v.Syntax.Read(raw), v.mine)
}

func (v interleaved) ReadPart(doc *Document, raw []byte, first bool) *Document {
	return v.sides.view(v.Syntax.ReadPart(doc, raw, first), v.mine)
}

// counterpart is the part of the coverage that the other view reviews.
const counterpart = "counterpart"

// lineNode is the kind of the nodes that stand for the stretches of a block.
// Every block has them, divided or not, so that a paragraph that loses a line
// keeps its structure.
const lineNode = "line"

// view returns d with the texts of one language only.
func (s sides) view(d *Document, mine side) *Document {
	v := *d
	v.syntax = interleaved{d.syntax, s, mine}
	v.Blocks = make([]Block, 0, len(d.Blocks)/2)
	v.nodes = make([]node, 0, 2*len(d.nodes))
	v.Coverage = Coverage{Parts: append([]Part(nil), d.Coverage.Parts...)}
	other := Part{Name: counterpart}
	bb := blockBuilder{doc: &v}
	for _, n := range d.nodes {
		if n.block < 0 {
			v.nodes = append(v.nodes, n)
			continue
		}
		b := &d.Blocks[n.block]
		n.block = -1
		v.nodes = append(v.nodes, n)
		list := s.divide(b)
		for k, l := range list {
			blk := bb.stretch(b, l)
			raw := n.raw
			if len(list) > 1 {
				blk.Path += "/" + lineNode + strconv.Itoa(k+1)
				raw = blk.extent()
			}
			child := node{depth: n.depth + 1, kind: lineNode, block: -1, raw: raw}
			if l.side == mine || l.side == noSide && mine == sourceSide {
				blk.node = len(v.nodes)
				child.block = len(v.Blocks)
				v.Blocks = append(v.Blocks, blk)
				v.Coverage.Text += bb.textBytes
				v.Coverage.Protected += bb.tokenBytes
			} else {
				at := blk.extent()
				child.sum = Sum(0, d.Raw[at.Start:at.End])
				other.Count++
				other.Bytes += bb.textBytes + bb.tokenBytes
			}
			v.nodes = append(v.nodes, child)
		}
	}
	v.cover(d, other)
	return &v
}

// stretch makes a block of a part of one.
func (b *blockBuilder) stretch(of *Block, l stretch) Block {
	if l.from == 0 && l.to == len(of.runs) {
		b.textBytes, b.tokenBytes = 0, 0
		for _, r := range of.runs {
			switch r.kind {
			case token:
				b.tokenBytes += r.raw.Len()
			case verbatim, decoded:
				b.textBytes += r.raw.Len()
			}
		}
		return *of
	}
	n := 0
	for _, r := range of.runs[:l.from] {
		if r.kind == token {
			n++
		}
	}
	b.begin(of.Kind, of.Level)
	for _, r := range of.runs[l.from:l.to] {
		p := piece{kind: r.kind, raw: r.raw}
		switch r.kind {
		case decoded:
			p.text = of.Text[r.log.Start:r.log.End]
		case token:
			t := of.Tokens[n]
			n++
			p.tok, p.closing = t.Kind, t.Close
			if of.paired(t.Number) {
				p.pair = t.Number
			}
		}
		b.add(p)
	}
	b.readOnly = of.ReadOnly
	blk, _ := b.finish(func(Span) {})
	blk.Path = of.Path
	return blk
}

// cover accounts for the bytes that are text in d and not in v.
func (v *Document) cover(d *Document, other Part) {
	c := &v.Coverage
	c.Skeleton = len(v.Raw) - c.Text - c.Protected
	joints := c.Skeleton - d.Coverage.Skeleton - other.Bytes // hard breaks between languages
	at := 0
	for i := range c.Parts {
		if c.Parts[i].Name == markup {
			c.Parts[i].Bytes += joints
			joints = 0
		}
		if c.Parts[i].Name < counterpart {
			at = i + 1
		}
	}
	other.Bytes += joints
	c.Parts = append(c.Parts[:at], append([]Part{other}, c.Parts[at:]...)...)
}
