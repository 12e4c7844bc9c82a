package layout

import (
	"bytes"
	"slices"
	"sort"
	"strconv"
)

// Builder makes a [Document]. A syntax calls it in file order: elements are
// opened and closed around each other, and an element that holds text gets one
// block between Begin and End.
type Builder struct {
	doc   *Document
	open  []openElement
	root  counters
	path  []byte
	heads [7]int // section numbers by heading level; 0 is not used
	block blockBuilder
	parts map[string]*Part
}

// Element is a node of the block structure: a list, an item, a paragraph.
type Element struct {
	// Kind is a short name, used in paths: "h", "ul", "quote". Two names have a
	// meaning here: an [Insertion] makes a "p" or a "li".
	Kind  string
	Sum   uint64 // hash of what must not change: attributes, content that is not text
	Loose uint64 // hash of what may change where a neighbour is inserted or deleted
	Raw   Span   // from its first byte to the end of its last line's content
	Label bool   // text elsewhere may refer to it: a footnote
}

type openElement struct {
	node  int
	path  int // length of Builder.path without this element
	inner counters
}

// counters counts the children of an element by kind, for paths.
type counters []struct {
	kind string
	n    int
}

func (c *counters) next(kind string) int {
	for i := range *c {
		if (*c)[i].kind == kind {
			(*c)[i].n++
			return (*c)[i].n
		}
	}
	*c = append(*c, struct {
		kind string
		n    int
	}{kind, 1})
	return 1
}

// NewBuilder starts a document for a file. The builder keeps raw.
func NewBuilder(raw []byte, syntax Syntax) *Builder {
	b := &Builder{doc: &Document{Raw: raw, text: string(raw), syntax: syntax}, parts: make(map[string]*Part)}
	b.block.doc = b.doc
	return b
}

// Grow makes room for so many more elements, and for so many blocks among them:
// a long file is then not copied from list to list while it is read. Too low a
// number costs time, too high a one memory.
func (b *Builder) Grow(elements, blocks int) {
	b.doc.nodes = slices.Grow(b.doc.nodes, elements)
	b.doc.Blocks = slices.Grow(b.doc.Blocks, blocks)
}

// SetMode records how the file was read, for people.
func (b *Builder) SetMode(mode string) { b.doc.Mode = mode }

// SetBOM records that the file starts with a byte order mark.
func (b *Builder) SetBOM() { b.doc.BOM = true }

// SetEnvironment stores what the syntax needs to know about the whole file when
// it reads a part of it.
func (b *Builder) SetEnvironment(env any) { b.doc.env = env }

// Notice records something people should know about a stretch of the file.
func (b *Builder) Notice(raw Span, reason string) {
	b.doc.Notices = append(b.doc.Notices, Notice{raw, reason})
}

// Skeleton names a stretch of the file that is not offered for review.
func (b *Builder) Skeleton(name string, raw Span) {
	p := b.parts[name]
	if p == nil {
		p = &Part{Name: name}
		b.parts[name] = p
	}
	p.Count++
	p.Bytes += raw.Len()
	if raw.Len() > 0 {
		b.doc.skeleton = append(b.doc.skeleton, Passage{name, raw})
	}
}

// Cut names a raw offset at which a part of the file may begin or end and still
// be read as it is read in the whole. Offsets must ascend. The ends of the file
// need not be named.
func (b *Builder) Cut(raw int) {
	if n := len(b.doc.cuts); n == 0 || b.doc.cuts[n-1] < raw {
		b.doc.cuts = append(b.doc.cuts, raw)
	}
}

// Slot names an empty place for a block, inside the elements that are open, and
// returns its number for an [Insertion]. Slots must be named in file order.
func (b *Builder) Slot(f Frame) int {
	b.doc.slots = append(b.doc.slots, slot{f, len(b.open) + 1})
	return len(b.doc.slots)
}

// Open begins an element inside the ones that are open.
func (b *Builder) Open(e Element) {
	siblings := &b.root
	if n := len(b.open); n > 0 {
		siblings = &b.open[n-1].inner
	}
	length := len(b.path)
	if length > 0 {
		b.path = append(b.path, '/')
	}
	b.path = append(b.path, e.Kind...)
	b.path = strconv.AppendInt(b.path, int64(siblings.next(e.Kind)), 10)
	b.open = append(b.open, openElement{node: len(b.doc.nodes), path: length})
	b.doc.nodes = append(b.doc.nodes, node{depth: len(b.open), kind: e.Kind, sum: e.Sum, loose: e.Loose, block: -1, raw: e.Raw, label: e.Label})
}

// Close ends the element opened last.
func (b *Builder) Close() {
	last := len(b.open) - 1
	b.path = b.path[:b.open[last].path]
	b.open = b.open[:last]
}

// Begin starts the block of the element opened last. A heading that is not
// inside another element begins a section: paths count from it.
func (b *Builder) Begin(kind Kind, level int) {
	if kind == Heading && len(b.open) == 1 && 1 <= level && level <= 6 {
		b.heads[level]++
		clear(b.heads[level+1:])
		b.root = b.root[:0]
		b.path = append(b.path[:0], "h1"...)
	}
	b.block.begin(kind, level)
}

// Verbatim adds text that reads as it is written.
func (b *Builder) Verbatim(raw Span) {
	b.block.add(piece{kind: verbatim, raw: raw})
}

// Decoded adds an escape or entity that reads as text, which must not be empty.
func (b *Builder) Decoded(raw Span, text string) {
	b.block.add(piece{kind: decoded, raw: raw, text: text})
}

// Token adds a token that stands alone.
func (b *Builder) Token(raw Span, kind TokenKind) {
	b.block.add(piece{kind: token, raw: raw, tok: kind})
}

// Mark adds one half of a paired token. The two halves name the same pair, a
// number other than 0 of the syntax's choice.
func (b *Builder) Mark(raw Span, kind TokenKind, pair int, closing bool) {
	b.block.add(piece{kind: token, raw: raw, tok: kind, pair: pair, closing: closing})
}

// Glue adds a joint of two lines: the line end and the markers and blanks
// around it.
func (b *Builder) Glue(raw Span) {
	b.block.add(piece{kind: glue, raw: raw})
}

// ReadOnly forbids editing the block that was begun.
func (b *Builder) ReadOnly(reason string) { b.block.readOnly = reason }

// End finishes the block. A block without anything to read (only tokens and
// white space) becomes part of the structure instead.
func (b *Builder) End() {
	at := b.open[len(b.open)-1].node
	n := &b.doc.nodes[at]
	blk, ok := b.block.finish(func(raw Span) { b.Skeleton(Attributes.String(), raw) })
	b.doc.Coverage.Text += b.block.textBytes
	b.doc.Coverage.Protected += b.block.tokenBytes
	if !ok {
		n.sum = Sum(n.sum, b.doc.Raw[n.raw.Start:n.raw.End])
		return
	}
	relabel(&blk)
	blk.Path = b.section()
	blk.node = at
	n.block = len(b.doc.Blocks)
	b.doc.Blocks = append(b.doc.Blocks, blk)
	for _, t := range blk.Tokens {
		if t.Kind == FootnoteReference {
			if b.doc.refs == nil {
				b.doc.refs = make(map[string]int)
			}
			b.doc.refs[t.Raw]++
		}
	}
}

// section returns the path of the block being built: the numbers of the
// sections it stands in, then the elements around it, as in "2.1/ul1/li3/p1".
func (b *Builder) section() string {
	var buf [64]byte
	path := buf[:0]
	last := 0
	for level, n := range b.heads {
		if n > 0 {
			last = level
		}
	}
	for level := 1; level <= last; level++ {
		if level > 1 {
			path = append(path, '.')
		}
		path = strconv.AppendInt(path, int64(b.heads[level]), 10)
	}
	if last == 0 {
		path = append(path, '0')
	}
	path = append(path, '/')
	return string(append(path, b.path...))
}

// Blocks returns how many blocks there are so far.
func (b *Builder) Blocks() int { return len(b.doc.Blocks) }

// Document finishes the document. The builder must not be used afterwards.
func (b *Builder) Document() *Document {
	d := b.doc
	d.Newline = newline(d.Raw)
	d.Coverage.Skeleton = len(d.Raw) - d.Coverage.Text - d.Coverage.Protected
	rest := d.Coverage.Skeleton
	for _, p := range b.parts {
		rest -= p.Bytes
		d.Coverage.Parts = append(d.Coverage.Parts, *p)
	}
	if rest > 0 {
		d.Coverage.Parts = append(d.Coverage.Parts, Part{Name: markup, Count: 1, Bytes: rest})
	}
	sort.Slice(d.Coverage.Parts, func(i, j int) bool { return d.Coverage.Parts[i].Name < d.Coverage.Parts[j].Name })
	return d
}

// newline returns the line end raw uses most; "\n" if it has none.
func newline(raw []byte) string {
	lf, cr := bytes.Count(raw, []byte("\n")), bytes.Count(raw, []byte("\r"))
	if cr == 0 {
		return "\n"
	}
	crlf := bytes.Count(raw, []byte("\r\n"))
	lf, cr = lf-crlf, cr-crlf
	switch {
	case crlf >= lf && crlf >= cr:
		return "\r\n"
	case cr > lf:
		return "\r"
	}
	return "\n"
}

// Sum continues a hash (FNV-1a, 64 bits) over data; start with 0.
func Sum(h uint64, data []byte) uint64 {
	if h == 0 {
		h = 14695981039346656037
	}
	for _, c := range data {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
