package markdown

import (
	"bytes"
	"sort"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// reader turns a parsed tree into a document.
type reader struct {
	v       view
	b       *layout.Builder
	spans   map[ast.Node]layout.Span
	walk    walker
	lines   []layout.Span
	masked  []layout.Span // stretches the parser was not shown, in the view
	kinds   []layout.Kind // of text inside the containers that are open
	cutting bool
}

func read(raw []byte, known *labels, whole bool) *layout.Document {
	r := &reader{v: newView(raw, whole), b: layout.NewBuilder(raw, syntax{})}
	if r.v.bom {
		r.b.SetBOM()
	}
	if r.v.front.Len() > 0 {
		r.b.Open(layout.Element{Kind: "front-matter", Sum: sum(raw[r.v.front.Start:r.v.front.End]), Raw: r.v.front})
		r.b.Close()
		r.b.Skeleton("front-matter", r.v.front)
		r.b.Cut(r.v.front.End)
	}
	source := r.v.text
	source, r.masked = guard(source)
	root, c := parse(source, known)
	for at, last := disordered(root), -1; at > last; at, last = disordered(root), at {
		g := masker{source: source, masked: r.masked}
		g.hide(delimiterLine(source, at), anyByte)
		source, r.masked = g.source, g.masked
		sort.Slice(r.masked, func(i, j int) bool { return r.masked[i].Start < r.masked[j].Start })
		root, c = parse(source, known)
	}
	r.spans = c.spans
	r.b.Grow(count(root))
	r.b.SetEnvironment(&c.found)
	r.cutting = r.v.front.Len() > 0 || !mayBecomeFrontMatter(raw)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if r.cutting {
			r.cut(n)
		}
		r.node(n)
	}
	doc := r.b.Document()
	if found := shownStars(doc); len(found) > 0 {
		doc.Notices = append(doc.Notices, found...)
		sort.SliceStable(doc.Notices, func(i, j int) bool { return doc.Notices[i].Span.Start < doc.Notices[j].Span.Start })
	}
	return doc
}

// count returns how many elements there are inside a node, and how many of them
// hold text.
func count(n ast.Node) (elements, leaves int) {
	for c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
		e, l := count(c)
		elements, leaves = elements+e+1, leaves+l
		if f := c.FirstChild(); f != nil && f.Type() == ast.TypeInline {
			leaves++
		}
	}
	return elements, leaves
}

func sum(data []byte) uint64 { return layout.Sum(0, data) }

// cut names the beginning of a top-level element as a place where a part of the
// file may begin, if it reads the same without what stands before.
func (r *reader) cut(n ast.Node) {
	_, heading := n.(*ast.Heading)
	for n != nil && (n.Type() != ast.TypeBlock || n.Lines().Len() == 0) {
		n = n.FirstChild()
		if n != nil && n.Type() == ast.TypeInline {
			return
		}
	}
	if n == nil {
		return
	}
	at := n.Lines().At(0).Start
	start := r.v.lineStart(at)
	text := r.v.text
	if start == len(text) || text[start] == ' ' || text[start] == '\t' || text[start] == ':' {
		return
	}
	if heading && text[start] == '#' || start == 0 || blank(text[r.v.lineStart(start-1):start]) {
		r.b.Cut(r.v.raw(start))
	}
}

func (r *reader) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.leaf(n, "p", 0, 1, r.kind(), r.depth())
	case *ast.TextBlock:
		r.leaf(n, "p", 0, 2, r.kind(), r.depth())
	case *ast.Heading:
		r.leaf(n, "h", uint64(n.Level), 0, layout.Heading, n.Level)
	case *east.TableCell:
		r.leaf(n, "cell", uint64(n.Alignment)+1, 0, layout.TableCell, 0)
	case *east.DefinitionTerm:
		r.leaf(n, "dt", 0, 0, layout.Term, 0)
	case *ast.Blockquote:
		r.inside(n, layout.Element{Kind: "quote"}, layout.Quote)
	case *ast.List:
		e := layout.Element{Kind: "ul", Sum: uint64(n.Marker), Loose: 1}
		if n.IsOrdered() {
			e.Kind = "ol"
			e.Sum += uint64(n.Start+1) << 8
		}
		if n.IsTight {
			e.Loose = 2
		}
		r.container(n, e)
	case *ast.ListItem:
		r.inside(n, layout.Element{Kind: "li"}, layout.ListItem)
	case *east.Footnote:
		r.inside(n, layout.Element{Kind: "note", Sum: sum(n.Ref), Label: true}, layout.Footnote)
	case *east.DefinitionList:
		r.container(n, layout.Element{Kind: "dl"})
	case *east.DefinitionDescription:
		r.inside(n, layout.Element{Kind: "dd"}, layout.ListItem)
	case *east.Table:
		r.container(n, layout.Element{Kind: "table", Sum: uint64(len(n.Alignments))})
	case *east.TableHeader:
		r.container(n, layout.Element{Kind: "head"})
	case *east.TableRow:
		r.container(n, layout.Element{Kind: "row"})
	case *ast.FencedCodeBlock:
		var info []byte
		if n.Info != nil {
			info = n.Info.Segment.Value(r.v.text)
		}
		r.opaque(n, "code", "code", info)
	case *ast.CodeBlock:
		r.opaque(n, "code", "code", nil)
	case *ast.HTMLBlock:
		var closing []byte
		if n.HasClosure() {
			closing = n.ClosureLine.Value(r.v.text)
			r.b.Skeleton("html", r.v.span(n.ClosureLine.Start, n.ClosureLine.Stop))
		}
		r.opaque(n, "html", "html", closing)
	case *ast.LinkReferenceDefinition:
		r.opaque(n, "ref", "definition", n.Label)
	default:
		r.container(n, layout.Element{Kind: "hr"})
	}
}

// kind is that of a paragraph here: what the innermost container makes of it.
func (r *reader) kind() layout.Kind {
	if n := len(r.kinds); n > 0 {
		return r.kinds[n-1]
	}
	return layout.Paragraph
}

// depth counts the containers of the innermost one's sort.
func (r *reader) depth() int {
	n := 0
	for _, k := range r.kinds {
		if k == r.kind() {
			n++
		}
	}
	return n
}

func (r *reader) inside(n ast.Node, e layout.Element, kind layout.Kind) {
	r.kinds = append(r.kinds, kind)
	r.container(n, e)
	r.kinds = r.kinds[:len(r.kinds)-1]
}

func (r *reader) container(n ast.Node, e layout.Element) {
	r.b.Open(e)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock {
			r.node(c)
		}
	}
	r.b.Close()
}

// opaque adds an element whose content is not text for review.
func (r *reader) opaque(n ast.Node, kind, part string, attributes []byte) {
	h := sum(attributes)
	lines := n.Lines()
	for i := range lines.Len() {
		s := lines.At(i)
		h = layout.Sum(h, s.Value(r.v.text))
		r.b.Skeleton(part, r.v.span(s.Start, s.Stop))
	}
	r.b.Open(layout.Element{Kind: kind, Sum: h})
	r.b.Close()
}

// leaf adds an element that holds text.
func (r *reader) leaf(n ast.Node, kind string, attributes, loose uint64, of layout.Kind, level int) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 { // a cell the row does not have
		r.b.Open(layout.Element{Kind: kind, Sum: attributes, Loose: loose})
		r.b.Close()
		return
	}
	r.lines = r.lines[:0]
	for i := range lines.Len() {
		s := lines.At(i)
		r.lines = append(r.lines, layout.Span{Start: s.Start, End: s.Stop})
	}
	start, end := r.lines[0].Start, r.lines[len(r.lines)-1].End
	r.walk.reset(r.v.text, r.spans, r.lines)
	readOnly := ""
	switch {
	case r.isMasked(start, end):
		readOnly = layout.ReadOnlyComplex
		r.walk.literal()
		r.b.Notice(r.v.span(start, end), readOnly)
	case !r.walk.block(n):
		r.walk.literal()
		r.b.Notice(r.v.span(start, end), "mark-up inside this text was not understood; it is shown as written")
	}
	if t := r.walk.task; t != 0 {
		attributes = attributes<<8 | uint64(t)
		// GitHub's parser takes a task for done if "[x]" is anywhere in it.
		if bytes.Contains(r.v.text[r.lines[0].Start:end], []byte("[x]")) {
			attributes |= 1 << 32
		}
	}
	if looksLikeTask(n, r.v.text[start:end]) {
		attributes = attributes<<8 | 1
	}
	pieces := protect(r.v.text, r.walk.pieces)
	full := layout.Span{Start: start, End: end}
	if kind == "h" {
		full.End = r.underline(full)
	}
	r.b.Open(layout.Element{Kind: kind, Sum: attributes, Loose: loose, Raw: r.v.span(full.Start, full.End)})
	r.b.Begin(of, level)
	if readOnly != "" {
		r.b.ReadOnly(readOnly)
	}
	r.pieces(pieces)
	r.b.End()
	r.b.Close()
}

// looksLikeTask reports whether a list item begins like a task. Renderers do not
// agree on what has to follow the brackets, so text that merely looks like a
// checkbox must not come or go either.
func looksLikeTask(n ast.Node, text []byte) bool {
	item, ok := n.Parent().(*ast.ListItem)
	return ok && item.FirstChild() == n && len(text) >= 3 && text[0] == '[' && text[2] == ']' &&
		(text[1] == ' ' || text[1] == '\t' || text[1] == '\n' || text[1]|0x20 == 'x')
}

// underline returns the end of a heading with the line under it that makes it
// one; of one with # marks, the end of its line.
func (r *reader) underline(s layout.Span) int {
	end := r.v.lineEnd(s.End)
	first := r.v.text[r.v.lineStart(s.Start):s.Start]
	for _, c := range first {
		if c == '#' {
			return end
		}
	}
	if end < len(r.v.text) {
		return r.v.lineEnd(end + 1)
	}
	return end
}

func (r *reader) pieces(pieces []piece) {
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		switch p.kind {
		case plainText:
			for i+1 < len(pieces) && pieces[i+1].kind == plainText && pieces[i+1].span.Start == p.span.End {
				i++
				p.span.End = pieces[i].span.End
			}
			decode(r.b, &r.v, p.span)
		case mark:
			r.b.Mark(r.v.span(p.span.Start, p.span.End), p.tok, p.pair, p.closing)
		case single:
			r.b.Token(r.v.span(p.span.Start, p.span.End), p.tok)
		case joint:
			r.b.Glue(r.v.span(p.span.Start, p.span.End))
		}
	}
}

func (r *reader) isMasked(start, end int) bool {
	i := sort.Search(len(r.masked), func(i int) bool { return r.masked[i].End > start })
	return i < len(r.masked) && r.masked[i].Start < end
}
