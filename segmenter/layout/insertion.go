package layout

import (
	"bytes"
	"errors"
	"sort"
	"strings"
	"unicode"
)

// Insertion is new text where nothing was: a block of its own next to another.
// Text that joins an existing block is an [Edit] with an empty span.
type Insertion struct {
	Block int  // the block it stands next to; a new item, the item around it
	After bool // behind it, or in front of it
	As    Form
	Text  string // literal; placeholders are not allowed
}

// inFileOrder sorts insertions as they will stand in the file.
func inFileOrder(list []Insertion) []Insertion {
	out := append([]Insertion(nil), list...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		return a.Block < b.Block || a.Block == b.Block && !a.After && b.After
	})
	return out
}

// addition says what the file shall hold after the insertion.
func (ins Insertion) addition(doc *Document) (addition, error) {
	refuse := func(r Reason, detail string) (addition, error) {
		return addition{}, &Refusal{ins.Block, r, detail}
	}
	if ins.Block < 0 || ins.Block >= len(doc.Blocks) {
		return refuse(NoSuchBlock, "")
	}
	text, err := Typed(ins.Text)
	if err != nil {
		var r *Refusal
		errors.As(err, &r)
		return refuse(r.Reason, r.Detail)
	}
	text = strings.TrimFunc(text, unicode.IsSpace)
	if !readable(text) {
		return refuse(Empty, "")
	}
	if r, bad := unknownToken(&Block{}, text); bad {
		return refuse(UnknownToken, Show(string(r)))
	}
	a := addition{text: text, kind: "p"}
	at := doc.element(ins.Block)
	a.depth = doc.nodes[at].depth
	if ins.As == NewItem && doc.Blocks[ins.Block].Kind == ListItem && doc.nodes[at].kind == "p" && doc.parent(at) < 0 {
		return a, nil // an item of plain text, which is a paragraph that looks like one
	}
	if ins.As == NewItem {
		item := doc.parent(at)
		if item < 0 || doc.nodes[item].kind != "li" {
			return refuse(NoPlace, "the text does not stand in a list")
		}
		a.kind, a.depth = "li", doc.nodes[item].depth
	}
	return a, nil
}

// parent returns the index of the node around node i, or -1.
func (d *Document) parent(i int) int {
	for j := i - 1; j >= 0; j-- {
		if d.nodes[j].depth < d.nodes[i].depth {
			return j
		}
	}
	return -1
}

// element returns the index of the node that holds block i: its own, or the one
// around it where it is a line of an interleaved file.
func (d *Document) element(i int) int {
	at := d.Blocks[i].node
	if d.nodes[at].kind == lineNode {
		return d.parent(at)
	}
	return at
}

// Item returns the first and the last block of the innermost list item, or
// other element, around block i.
func (d *Document) Item(i int) (first, last int) {
	first, last = i, i
	item := d.parent(d.element(i))
	if item < 0 {
		return first, last
	}
	end := subtree(d.nodes, item)
	for first > 0 && d.Blocks[first-1].node > item {
		first--
	}
	for last+1 < len(d.Blocks) && d.Blocks[last+1].node < end {
		last++
	}
	return first, last
}

// change finds the raw change that makes the insertion.
func (ins Insertion) change(doc *Document) (Change, error) {
	a, err := ins.addition(doc)
	if err != nil {
		return Change{}, err
	}
	f, err := doc.syntax.Frame(doc, ins.Block, ins.After, ins.As)
	if err != nil {
		return Change{}, err
	}
	local := newWindow(doc, ins.Block)
	want := expectation{added: []addition{a}}
	var last *Refusal
	for level := 0; level < doc.syntax.Levels(); level++ {
		text := doc.syntax.Escape(a.text, Place{Kind: Paragraph, LineStart: true, Before: f.Before}, level)
		c := Change{Span{f.At, f.At}, []byte(f.Before + text + f.After)}
		r := local.verify([]Change{c}, want)
		if r == nil {
			return c, nil
		}
		last = r
	}
	last.Block = ins.Block
	return Change{}, last
}

// deletion finds raw changes that take the block out of the file: its lines
// and one of the blank lines around them, or only its lines, or, as in a table
// cell, only its text.
func (w wanted) deletion(doc *Document) ([]Change, error) {
	b := &doc.Blocks[w.block]
	local := newWindow(doc, w.block)
	for i := b.node; i >= 0; i = doc.parent(i) {
		if doc.nodes[i].label {
			local = wholeFile(doc) // text far away may refer to it
		}
	}
	lines := Lines(doc.Raw, doc.nodes[b.node].raw)
	above, below := blankLine(doc.Raw, lines.Start, -1), blankLine(doc.Raw, lines.End, +1)
	var tries []Span
	if above.Len() > 0 && (below.Len() > 0 || lines.End == len(doc.Raw)) {
		tries = append(tries, Span{above.Start, lines.End})
	}
	if below.Len() > 0 {
		tries = append(tries, Span{lines.Start, below.End})
	}
	tries = append(tries, lines, b.extent())
	want := expectation{gone: map[int]bool{w.block: true}}
	var first *Refusal
	for _, t := range tries {
		cs := []Change{{Old: t}}
		r := local.verify(cs, want)
		if r == nil {
			return cs, nil
		}
		if first == nil {
			first = r
		}
	}
	first.Block = w.block
	return nil, first
}

// Lines widens a raw span to whole lines, the last line end included.
func Lines(raw []byte, s Span) Span {
	s.Start = bytes.LastIndexAny(raw[:s.Start], "\r\n") + 1
	if s.End > s.Start && (raw[s.End-1] == '\n' || raw[s.End-1] == '\r') {
		return s
	}
	s.End += lineEnd(raw[s.End:])
	return s
}

// lineEnd is the number of bytes up to and including the next line end.
func lineEnd(raw []byte) int {
	i := bytes.IndexAny(raw, "\r\n")
	switch {
	case i < 0:
		return len(raw)
	case raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

// blankLine returns the line before or behind a line start if it is blank,
// apart from quotation marks; an empty span otherwise.
func blankLine(raw []byte, at, direction int) Span {
	s := Span{at, at}
	if direction < 0 {
		if at == 0 {
			return s
		}
		end := at - 1
		if end > 0 && raw[end] == '\n' && raw[end-1] == '\r' {
			end--
		}
		s.Start = bytes.LastIndexAny(raw[:end], "\r\n") + 1
	} else {
		s.End = at + lineEnd(raw[at:])
	}
	if strings.Trim(string(raw[s.Start:s.End]), "> \t\r\n") != "" {
		return Span{at, at}
	}
	return s
}
