package exchange

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// docxBuilder makes the layout of the text inside a DOCX file. All that is not
// text of a paragraph is part of the structure, so that an edit which would
// touch any of it is found out when its result is read.
type docxBuilder struct {
	surroundings        // whole is the text inside
	raw          []byte // of the part at hand, which begins at base
	base         int
	pairs        int
	boxes        int // text boxes passed over
	firstB       int // where the first of them is
	env          docxEnv
}

// docxPlace says where a paragraph stands.
type docxPlace struct{ cell, note bool }

func newDocxBuilder(raw []byte, s docxSyntax, env docxEnv) *docxBuilder {
	b := &docxBuilder{surroundings: surroundings{Builder: layout.NewBuilder(raw, s), whole: raw}, env: env}
	b.SetEnvironment(env)
	return b
}

func (b *docxBuilder) finish(end int) *layout.Document {
	b.structure(end)
	if b.boxes > 0 {
		b.Notice(layout.Span{Start: b.firstB, End: b.firstB}, "kept in the file and not offered: the text of "+strconv.Itoa(b.boxes)+" text boxes")
	}
	return b.Document()
}

// span is a stretch of the part at hand as a span of the text inside.
func (b *docxBuilder) span(start, end int) layout.Span {
	return layout.Span{Start: b.base + start, End: b.base + end}
}

// top reads a part.
func (b *docxBuilder) top(root *xmlElement) { b.element(root, docxPlace{}) }

// element looks for paragraphs.
func (b *docxBuilder) element(e *xmlElement, at docxPlace) {
	if e.name.Space != nsWord && e.name.Space != nsWordStrict {
		return
	}
	switch e.name.Local {
	case "p":
		b.paragraph(e, at)
		return
	case "tc":
		at.cell = true
	case "footnote", "endnote":
		at.note = true
	case "document", "body", "footnotes", "endnotes", "hdr", "ftr", "tbl", "tr", "sdt", "sdtContent", "customXml", "ins", "moveTo":
	default:
		return
	}
	for _, k := range e.kids {
		if k.element == nil {
			continue
		}
		switch e.name.Local {
		case "body", "footnotes", "endnotes", "hdr", "ftr":
			b.Cut(b.base + k.start)
		}
		b.element(k.element, at)
	}
}

// docxText is a stretch of text: the inside of one w:t.
type docxText struct {
	start, end  int    // of the part
	tail        int    // where the token behind it begins: behind empty elements of the same formatting
	state       string // formatting, and the elements around the run
	significant bool   // more than the ends of runs stands before it
	kind        layout.TokenKind
	link        bool // it stands in a link
}

// docxReader walks through a paragraph.
type docxReader struct {
	*docxBuilder
	texts       []docxText
	significant bool // since the last text
	kind        layout.TokenKind
	complex     bool
}

func (b *docxBuilder) paragraph(p *xmlElement, at docxPlace) {
	r := &docxReader{docxBuilder: b, kind: layout.HTML}
	r.within(p, "", false)
	if len(r.texts) == 0 {
		return
	}
	first, last := r.texts[0].start, r.texts[len(r.texts)-1].tail
	b.structure(b.base + p.start)
	b.at = b.base + p.end
	sum := layout.Sum(layout.Sum(0, b.raw[p.start:first]), b.raw[last:p.end])
	b.Open(layout.Element{Kind: "p", Sum: sum, Raw: b.span(p.start, p.end)})
	b.Begin(b.kindOf(p, at))
	if r.complex {
		b.ReadOnly(layout.ReadOnlyComplex)
	}
	r.emit()
	b.End()
	b.Close()
}

// within walks through what stands in a paragraph or in an element of it.
func (r *docxReader) within(e *xmlElement, around string, link bool) {
	for _, k := range e.kids {
		x := k.element
		if x == nil {
			continue
		}
		if x.name.Space != nsWord && x.name.Space != nsWordStrict {
			r.token(x, layout.HTML)
			continue
		}
		inner := around + "/" + strconv.Itoa(x.start)
		switch x.name.Local {
		case "pPr", "proofErr", "sdtPr", "sdtEndPr", "smartTagPr":
		case "r":
			r.run(x, around, link)
		case "hyperlink":
			r.within(x, inner, true)
		case "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo":
			r.within(x, inner, link)
		default:
			r.token(x, layout.HTML)
		}
	}
}

// token notes that something stands before the next text.
func (r *docxReader) token(x *xmlElement, kind layout.TokenKind) {
	if !r.significant {
		r.kind = kind
	} else if r.kind != kind {
		r.kind = layout.HTML
	}
	r.significant = true
	x.walk(func(e *xmlElement) bool {
		if isWord(e, "txbxContent") {
			if r.boxes == 0 {
				r.firstB = r.base + e.start
			}
			r.boxes++
			return false
		}
		return true
	})
}

func (r *docxReader) run(run *xmlElement, around string, link bool) {
	state := around + "|" + r.formatting(wordChild(run, "rPr"))
	for _, k := range run.kids {
		x := k.element
		if x == nil {
			continue
		}
		if x.name.Space != nsWord && x.name.Space != nsWordStrict {
			r.token(x, layout.HTML)
			continue
		}
		switch x.name.Local {
		case "rPr", "lastRenderedPageBreak":
		case "t":
			r.text(x, state, link)
		case "br", "cr":
			r.token(x, layout.HardBreak)
		case "footnoteReference", "endnoteReference":
			r.token(x, layout.FootnoteReference)
		case "drawing", "pict", "object":
			r.token(x, layout.Image)
		case "noBreakHyphen", "softHyphen", "sym":
			r.token(x, layout.Character)
		default:
			r.token(x, layout.HTML)
		}
	}
}

// formatting is what a run's properties say of how it looks. The language, the
// marks of the spelling checker and the script that was typed say nothing.
func (r *docxReader) formatting(properties *xmlElement) string {
	if properties == nil {
		return ""
	}
	var out strings.Builder
	for _, k := range properties.kids {
		x := k.element
		if x == nil || x.name.Local == "lang" || x.name.Local == "noProof" {
			continue
		}
		if x.name.Local == "rFonts" && len(x.attrs) == 1 && x.attrs[0].Name.Local == "hint" {
			continue
		}
		out.Write(r.raw[x.start:x.end])
	}
	return out.String()
}

func (r *docxReader) text(t *xmlElement, state string, link bool) {
	if t.inner == t.end {
		return // <w:t/>
	}
	for _, k := range t.kids {
		if k.element != nil || k.markup || bytes.HasPrefix(r.raw[k.start:], []byte(cdataOpen)) {
			r.complex = true
		}
	}
	s := docxText{start: t.inner, end: t.innerEnd, state: state, significant: r.significant, kind: r.kind, link: link}
	if t.inherited("space") != "preserve" {
		for s.start < s.end && strings.IndexByte(" \t\r\n", r.raw[s.start]) >= 0 {
			s.start++
		}
		for s.end > s.start && strings.IndexByte(" \t\r\n", r.raw[s.end-1]) >= 0 {
			s.end--
		}
	}
	if n := len(r.texts); s.start == s.end && n > 0 && !s.significant && r.texts[n-1].state == state {
		if !r.texts[n-1].empty() {
			r.texts[n-1].tail = t.innerEnd
		}
		return
	}
	s.tail = s.end
	if t.innerEnd > s.end && !s.empty() {
		s.tail = t.innerEnd // white space that counts for nothing
	}
	r.significant, r.kind = false, layout.HTML
	r.texts = append(r.texts, s)
}

// emit adds the texts with what stands between them: nothing to be seen, where
// a run ends and another of the same formatting begins; else a token. Where the
// formatting changes and changes back, the two tokens are a pair.
func (r *docxReader) emit() {
	pair, closing := r.pairing()
	for i, t := range r.texts {
		seam := t.start
		if i > 0 {
			between := r.span(r.texts[i-1].tail, t.start)
			changed := r.texts[i-1].state != t.state
			kind := t.kind
			if changed && !t.significant {
				if kind = layout.Emphasis; t.link != r.texts[i-1].link {
					kind = layout.Link
				}
			}
			switch {
			case !changed && !t.significant:
				seam = r.texts[i-1].tail
			case pair[i] != 0:
				if closing[i] {
					kind = r.kindOfPair(pair, i)
				}
				if kind == layout.HTML || kind == layout.Emphasis || kind == layout.Link {
					r.Mark(between, kind, pair[i], closing[i])
				} else {
					r.Mark(between, layout.HTML, pair[i], closing[i])
				}
			default:
				if kind == layout.Emphasis || kind == layout.Link {
					kind = layout.HTML // these come in pairs alone
				}
				r.Token(between, kind)
			}
		}
		r.lines(seam, t)
	}
}

// kindOfPair is the kind with which a pair was opened.
func (r *docxReader) kindOfPair(pair []int, closing int) layout.TokenKind {
	for i := range pair[:closing] {
		if pair[i] == pair[closing] {
			if r.texts[i].significant {
				return layout.HTML
			}
			if r.texts[i].link != r.texts[i-1].link {
				return layout.Link
			}
			return layout.Emphasis
		}
	}
	return layout.HTML
}

// pairing finds the changes of state that are undone by a later one.
func (r *docxReader) pairing() (pair []int, closing []bool) {
	pair, closing = make([]int, len(r.texts)), make([]bool, len(r.texts))
	type opened struct {
		state string
		at    int
	}
	stack := []opened{{r.texts[0].state, 0}}
	for i := 1; i < len(r.texts); i++ {
		state := r.texts[i].state
		top := len(stack) - 1
		if state == stack[top].state {
			continue
		}
		back := top - 1
		for back >= 0 && stack[back].state != state {
			back--
		}
		switch {
		case back < 0:
			stack = append(stack, opened{state, i})
			continue
		case back == top-1:
			r.pairs++
			pair[stack[top].at], pair[i], closing[i] = r.pairs, r.pairs, true
		}
		stack = stack[:back+1]
	}
	return pair, closing
}

func (t docxText) empty() bool { return t.start == t.end }

// lines adds the text of one w:t. What stands between seam and start is nothing
// to be seen and goes with the first character, what stands between end and tail
// with the last.
func (r *docxReader) lines(seam int, t docxText) {
	at := t.start
	flush := func(to int) {
		if at < to {
			r.Verbatim(r.span(at, to))
		}
		at = to
	}
	for i := t.start; i < t.end; {
		from, n := i, 1
		if i == t.start {
			from = seam
		}
		c := r.raw[i]
		newline := c == '\r' || c == '\n'
		switch {
		case newline:
			n = len(r.raw[i:t.end]) - len(bytes.TrimLeft(r.raw[i:t.end], " \t\r\n"))
		case c == '&':
			if n = bytes.IndexByte(r.raw[i:t.end], ';') + 1; n == 0 { // not of a file that the XML reader let pass
				n = t.end - i
			}
		case c >= utf8.RuneSelf:
			_, n = utf8.DecodeRune(r.raw[i:t.end])
		}
		to := i + n
		if to == t.end {
			to = t.tail
		}
		if newline || c == '&' || from < i || to > i+n {
			flush(i)
			switch {
			case newline:
				r.Glue(r.span(from, to))
			case c == '&':
				r.Decoded(r.span(from, to), decodeReference(string(r.raw[i:i+n])))
			default:
				r.Decoded(r.span(from, to), string(r.raw[i:i+n]))
			}
			at = to
		}
		i += n
	}
	flush(t.end)
}
