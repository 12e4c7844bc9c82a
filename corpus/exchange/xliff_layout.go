package exchange

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// xliffSyntax implements layout.Syntax for one side of an XLIFF file.
type xliffSyntax struct {
	core string
	side corpus.Side
}

// Read implements layout.Syntax. A file that an edit has made invalid has no
// text, so that no edit of it is taken.
func (s xliffSyntax) Read(raw []byte) *layout.Document {
	x, err := parseXLIFF("", raw, s.core)
	if err != nil {
		return layout.NewBuilder(raw, s).Document()
	}
	return x.side(s.side).doc
}

// ReadPart implements layout.Syntax. Parts begin and end between units.
func (s xliffSyntax) ReadPart(doc *layout.Document, raw []byte, _ bool) *layout.Document {
	prefixes, _ := doc.Environment().(map[string]string)
	top, err := readXMLPart(raw, prefixes)
	if err != nil {
		return layout.NewBuilder(raw, s).Document()
	}
	x := &xliffRead{xmlTree: &xmlTree{raw: raw}, core: s.core, prefixes: prefixes}
	x.collect(top, false)
	return x.side(s.side).doc
}

// Levels implements layout.Syntax: text is escaped, or written as it is, which
// is right inside a CDATA section alone. Reading it back decides.
func (xliffSyntax) Levels() int { return 2 }

// Escape implements layout.Syntax.
func (xliffSyntax) Escape(text string, _ layout.Place, level int) string {
	if level > 0 {
		return text
	}
	return textEscapes.Replace(text)
}

// Frame implements layout.Syntax. New text goes into slots alone: a file that
// is exchanged has a place for each translation.
func (xliffSyntax) Frame(_ *layout.Document, i int, _ bool, _ layout.Form) (layout.Frame, error) {
	return layout.Frame{}, &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: "a translation stands beside its source"}
}

// sideRead is the layout of one side, with the block or slot of each segment in
// file order.
type sideRead struct {
	doc    *layout.Document
	places []place
}

type place struct{ block, slot int } // block -1: none; slot 0: none

// bilingual makes the layouts of both sides and pairs them.
func (x *xliffRead) bilingual() *Bilingual {
	source, target := x.side(corpus.SourceSide), x.side(corpus.TargetSide)
	out := &Bilingual{Source: source.doc, Target: target.doc, SourceLang: x.sourceLang, TargetLang: x.target}
	for i, s := range source.places {
		t := target.places[i]
		bead := Bead{Slot: t.slot}
		if s.block >= 0 {
			bead.Source = []int{s.block}
		}
		if t.block >= 0 {
			bead.Target = []int{t.block}
		}
		if s.block >= 0 || t.block >= 0 {
			out.Beads = append(out.Beads, bead)
		}
	}
	return out
}

// sideBuilder makes the layout of one side. Of the target's side all that is
// not the inside of a target is part of the structure, so that an edit which
// would touch any of it is found out when its result is read.
type sideBuilder struct {
	*xliffRead
	surroundings
	side  corpus.Side
	pairs int
}

func (x *xliffRead) side(side corpus.Side) sideRead {
	b := &sideBuilder{xliffRead: x, surroundings: surroundings{Builder: layout.NewBuilder(x.raw, xliffSyntax{x.core, side}), whole: x.raw, silent: side == corpus.SourceSide}, side: side}
	b.SetEnvironment(x.prefixes)
	if bytes.HasPrefix(x.raw, []byte("\uFEFF")) {
		b.SetBOM()
	}
	var out sideRead
	for _, u := range x.units {
		b.Cut(u.element.start)
		first := len(out.places)
		for range u.segments {
			out.places = append(out.places, place{block: -1})
		}
		for _, i := range b.fileOrder(u) {
			out.places[first+i] = b.segment(u, u.segments[i])
		}
	}
	b.structure(len(x.raw))
	if side == corpus.TargetSide && x.root != nil {
		b.leftInFile()
	}
	out.doc = b.Document()
	return out
}

// leftInFile says what of the file's own review is kept in its bytes and shows
// nowhere else, so that nobody takes it for read.
func (b *sideBuilder) leftInFile() {
	var notes, matches, issues int
	var first *xmlElement
	b.root.walk(func(e *xmlElement) bool {
		before := notes + matches + issues
		switch {
		case e.is(b.core, "note"):
			notes++
		case e.is(nsMtc, "match"), e.is(b.core, "alt-trans"):
			matches++
		case e.is(nsIts, "locQualityIssue"):
			issues++
		default:
			if _, ok := e.lookup(nsIts, "locQualityIssueType"); ok {
				issues++
			}
		}
		if first == nil && notes+matches+issues > before {
			first = e
		}
		return true
	})
	if first != nil {
		b.Notice(layout.Span{Start: first.start, End: first.end}, fmt.Sprintf("kept in the file and not shown: %d notes, %d other wordings, %d quality issues (from this line on)", notes, matches, issues))
	}
}

// fileOrder returns the unit's segments as this side has them in the file: a
// target of 1.2 may hold its marks in another order than the source.
func (b *sideBuilder) fileOrder(u xliffUnit) []int {
	at := func(i int) int {
		seg := u.segments[i]
		switch {
		case b.side == corpus.SourceSide:
			return seg.source.inner
		case seg.target != nil:
			return seg.target.inner
		case seg.frame != nil:
			return seg.frame.At
		}
		return seg.source.end
	}
	order := make([]int, len(u.segments))
	for i := range order {
		order[i] = i
		for j := i; j > 0 && at(order[j]) < at(order[j-1]); j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	return order
}

// segment adds the text of a segment's side, or its slot.
func (b *sideBuilder) segment(u xliffUnit, seg xliffSegment) place {
	e := seg.source
	if b.side == corpus.TargetSide {
		if seg.frame != nil {
			// The tags of an empty target are no more part of the structure than
			// those of a full one.
			start, end := seg.frame.At, seg.frame.At+seg.frame.Over
			if seg.target != nil {
				start, end = seg.target.start, seg.target.end
			}
			b.structure(start)
			b.at = max(b.at, end)
			if u.locked {
				return place{block: -1}
			}
			return place{-1, b.Slot(*seg.frame)}
		}
		if e = seg.target; e == nil {
			return place{block: -1}
		}
	}
	b.structure(e.start)
	b.at = max(b.at, e.end)
	block := b.Blocks()
	b.Open(layout.Element{Kind: "p", Sum: layout.Sum(0, b.raw[e.start:e.inner]), Raw: layout.Span{Start: e.start, End: e.end}})
	b.Begin(u.kind, u.level)
	b.content(e)
	if u.locked && b.side == corpus.TargetSide {
		b.ReadOnly("the file says that it is not to be translated")
	}
	b.End()
	b.Close()
	if b.Blocks() == block {
		return place{block: -1}
	}
	return place{block: block}
}

// content adds what stands inside an element: text, and every tag, comment and
// CDATA mark as a token.
func (b *sideBuilder) content(e *xmlElement) {
	for _, k := range e.kids {
		raw := layout.Span{Start: k.start, End: k.end}
		switch {
		case k.markup:
			b.Token(raw, layout.HTML)
		case k.element == nil && bytes.HasPrefix(b.raw[k.start:], []byte(cdataOpen)) && k.end-k.start >= len(cdataOpen)+len(cdataClose):
			b.pairs++
			inner := layout.Span{Start: k.start + len(cdataOpen), End: k.end - len(cdataClose)}
			pair := b.pairs
			b.Mark(layout.Span{Start: k.start, End: inner.Start}, layout.HTML, pair, false)
			b.lines(inner, false)
			b.Mark(layout.Span{Start: inner.End, End: k.end}, layout.HTML, pair, true)
		case k.element == nil:
			b.lines(raw, true)
		default:
			b.inline(k.element)
		}
	}
}

const (
	cdataOpen  = "<![CDATA["
	cdataClose = "]]>"
)

// inline adds an element inside a text. Those that hold text are a pair of
// marks around it; those of 1.2 that hold the code of another format, and all
// empty ones, are one token.
func (b *sideBuilder) inline(e *xmlElement) {
	whole := layout.Span{Start: e.start, End: e.end}
	switch {
	case e.name.Local == "cp" && e.name.Space == b.core:
		b.Token(whole, layout.Character)
	case e.name.Local == "ph" || e.name.Local == "x":
		b.Token(whole, layout.Code)
	case e.inner == e.end || e.name.Space != b.core || !strings.Contains(" pc mrk g ", " "+e.name.Local+" "):
		b.Token(whole, layout.HTML)
	default:
		b.pairs++
		pair := b.pairs
		b.Mark(layout.Span{Start: e.start, End: e.inner}, layout.HTML, pair, false)
		b.content(e)
		b.Mark(layout.Span{Start: e.innerEnd, End: e.end}, layout.HTML, pair, true)
	}
}

// lines adds text with its line ends as joints, and its references decoded.
func (b *sideBuilder) lines(raw layout.Span, references bool) {
	at := raw.Start
	flush := func(to int) {
		if at < to {
			b.Verbatim(layout.Span{Start: at, End: to})
		}
		at = to
	}
	for i := raw.Start; i < raw.End; {
		switch c := b.raw[i]; {
		case c == '\r' || c == '\n':
			flush(i)
			for at < raw.End && strings.IndexByte(" \t\r\n", b.raw[at]) >= 0 {
				at++
			}
			b.Glue(layout.Span{Start: i, End: at})
			i = at
		case c == '&' && references:
			flush(i)
			n := bytes.IndexByte(b.raw[i:raw.End], ';') + 1
			at = i + n
			b.Decoded(layout.Span{Start: i, End: at}, decodeReference(string(b.raw[i:at])))
			i = at
		default:
			i++
		}
	}
	flush(raw.End)
}

// decodeReference reads a reference that the XML reader has let pass.
func decodeReference(ref string) string {
	top := &xmlElement{}
	t := &xmlTree{raw: []byte(ref)}
	if err := t.parse(top, nil, false); err != nil || len(top.kids) != 1 || top.kids[0].text == "" {
		return "\uFFFD"
	}
	return top.kids[0].text
}
