package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// The limits of an XML file. Nothing that people exchange comes near them; what
// does was made to exhaust a reader.
const (
	xmlDepth      = 200
	xmlElements   = 2 << 20
	xmlAttributes = 200 // of one element
)

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// xmlElement is an element with its place in the bytes of the file, so that
// texts can be spliced and everything else stays as it is.
type xmlElement struct {
	name   xml.Name // Space is the namespace, not the prefix
	attrs  []xml.Attr
	kids   []xmlNode
	parent *xmlElement

	start, inner  int // raw offsets: of the start tag, and behind it
	innerEnd, end int // of the end tag, and behind it; all three equal for <x/>
}

// xmlNode is a child of an element: an element, or a stretch of bytes that is
// text, a CDATA section, a comment or an instruction.
type xmlNode struct {
	element    *xmlElement // nil for the others
	start, end int
	text       string // decoded; "" for comments and instructions
	markup     bool   // a comment or an instruction
}

// xmlTree is a file read.
type xmlTree struct {
	name string // of the file, for messages
	raw  []byte
	root *xmlElement
}

// readXML reads a whole file strictly. Entities other than XML's own five are
// refused, and so is a document type with declarations of its own: they can
// name files and grow without end. No other file is ever read.
func readXML(name string, raw []byte) (*xmlTree, error) {
	t := &xmlTree{name: name, raw: raw}
	top := &xmlElement{}
	if err := t.parse(top, nil, true); err != nil {
		return nil, err
	}
	for _, k := range top.kids {
		switch {
		case k.element != nil && t.root == nil:
			t.root = k.element
			k.element.parent = nil
		case k.element != nil:
			return nil, t.refuse(k.start, "a file has one element around all others")
		case strings.TrimSpace(strings.TrimPrefix(k.text, "\uFEFF")) != "":
			return nil, t.refuse(k.start, "there is text outside of the elements")
		}
	}
	if t.root == nil {
		return nil, t.refuse(0, "there is no XML element in the file")
	}
	return t, nil
}

// readXMLPart reads a part of a file in which tags need not match: end tags of
// elements that began before it are passed over, and what is left open ends
// with it. prefixes are the namespaces in force around it.
func readXMLPart(raw []byte, prefixes map[string]string) (*xmlElement, error) {
	t := &xmlTree{raw: raw}
	top := &xmlElement{end: len(raw), innerEnd: len(raw)}
	return top, t.parse(top, prefixes, false)
}

// xmlParser keeps the open elements and their namespaces.
type xmlParser struct {
	*xmlTree
	top    *xmlElement
	open   []*xmlElement
	scopes []map[string]string // of the open elements; nil where one declares nothing
	outer  map[string]string
	count  int
}

func (t *xmlTree) parse(top *xmlElement, prefixes map[string]string, strict bool) error {
	p := &xmlParser{xmlTree: t, top: top, outer: prefixes}
	base := 0
	if bytes.HasPrefix(t.raw, []byte("\uFEFF")) {
		base = len("\uFEFF")
	}
	d := xml.NewDecoder(bytes.NewReader(t.raw[base:]))
	for {
		start := base + int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t.syntax(err, start)
		}
		end := base + int(d.InputOffset())
		if err := p.token(token, start, end, strict); err != nil {
			return err
		}
	}
	if strict && len(p.open) > 0 {
		last := p.open[len(p.open)-1]
		return t.refuse(last.start, "the element %s is not closed", last.name.Local)
	}
	for _, e := range p.open {
		e.innerEnd, e.end = len(t.raw), len(t.raw)
	}
	return nil
}

// syntax puts an error of the XML reader into words.
func (t *xmlTree) syntax(err error, at int) error {
	var s *xml.SyntaxError
	if errors.As(err, &s) {
		return refuse(corpus.Invalid, t.name, s.Line, "not well-formed XML: %s", s.Msg)
	}
	if strings.Contains(err.Error(), "encoding") {
		return refuse(corpus.Unsupported, t.name, 1, "the XML declaration names an encoding other than UTF-8; save the file as UTF-8")
	}
	return t.refuse(at, "not well-formed XML")
}

func (p *xmlParser) token(token xml.Token, start, end int, strict bool) error {
	within := p.top
	if n := len(p.open); n > 0 {
		within = p.open[n-1]
	}
	switch x := token.(type) {
	case xml.StartElement:
		return p.begin(x, within, start, end)
	case xml.EndElement:
		n := len(p.open)
		if n == 0 || !sameTag(p.raw, p.open[n-1], start) {
			if !strict && n == 0 {
				return nil
			}
			return p.refuse(start, "the end tag of %s does not match what is open", x.Name.Local)
		}
		e := p.open[n-1]
		e.innerEnd, e.end = start, end
		if start == end { // <x/>
			e.innerEnd = e.inner
		}
		p.open, p.scopes = p.open[:n-1], p.scopes[:n-1]
	case xml.CharData:
		within.kids = append(within.kids, xmlNode{start: start, end: end, text: string(x)})
	case xml.Comment, xml.ProcInst:
		within.kids = append(within.kids, xmlNode{start: start, end: end, markup: true})
	case xml.Directive:
		if bytes.ContainsAny(x, "[") || len(p.open) > 0 {
			return p.refuse(start, "a document type with declarations of its own is not read")
		}
	}
	return nil
}

// sameTag reports whether an end tag closes the element. Both are compared as
// they are written; the end of <x/> has no bytes of its own.
func sameTag(raw []byte, e *xmlElement, end int) bool {
	if end == e.inner && raw[end-2] == '/' {
		return true
	}
	tag := raw[min(end+2, len(raw)):]
	name := tagName(raw, e)
	if !bytes.HasPrefix(tag, []byte(name)) {
		return false
	}
	rest := bytes.TrimLeft(tag[len(name):], " \t\r\n")
	return bytes.HasPrefix(rest, []byte(">"))
}

// tagName is the name of an element as written, prefix included.
func tagName(raw []byte, e *xmlElement) string {
	tag := raw[e.start+1 : e.inner]
	if i := bytes.IndexAny(tag, " \t\r\n/>"); i >= 0 {
		tag = tag[:i]
	}
	return string(tag)
}

func (p *xmlParser) begin(x xml.StartElement, within *xmlElement, start, end int) error {
	p.count++
	switch {
	case len(p.open) == xmlDepth:
		return p.refuseKind(corpus.TooLarge, start, "elements are nested more than %d deep", xmlDepth)
	case p.count > xmlElements:
		return p.refuseKind(corpus.TooLarge, start, "there are more than %d elements", xmlElements)
	case len(x.Attr) > xmlAttributes:
		return p.refuseKind(corpus.TooLarge, start, "an element has more than %d attributes", xmlAttributes)
	}
	var scope map[string]string
	for _, a := range x.Attr {
		prefix, declares := a.Name.Local, a.Name.Space == "xmlns"
		if a.Name.Space == "" && a.Name.Local == "xmlns" {
			prefix, declares = "", true
		}
		if declares {
			if scope == nil {
				scope = map[string]string{}
			}
			scope[prefix] = a.Value
		}
	}
	p.scopes = append(p.scopes, scope)
	e := &xmlElement{parent: within, start: start, inner: end, innerEnd: end, end: end}
	var err error
	if e.name, err = p.resolve(x.Name, true, start); err != nil {
		return err
	}
	for i, a := range x.Attr {
		for _, b := range x.Attr[:i] {
			if a.Name == b.Name {
				return p.refuse(start, "the attribute %s stands twice in one element", a.Name.Local)
			}
		}
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		if a.Name, err = p.resolve(a.Name, false, start); err != nil {
			return err
		}
		e.attrs = append(e.attrs, a)
	}
	within.kids = append(within.kids, xmlNode{element: e, start: start, end: end})
	p.open = append(p.open, e)
	return nil
}

// resolve replaces a prefix by its namespace. An attribute without a prefix is
// in none.
func (p *xmlParser) resolve(n xml.Name, element bool, at int) (xml.Name, error) {
	switch {
	case n.Space == "" && !element:
		return n, nil
	case n.Space == "xml":
		return xml.Name{Space: xmlNamespace, Local: n.Local}, nil
	}
	for i := len(p.scopes) - 1; i >= 0; i-- {
		if space, ok := p.scopes[i][n.Space]; ok {
			return xml.Name{Space: space, Local: n.Local}, nil
		}
	}
	if space, ok := p.outer[n.Space]; ok || n.Space == "" {
		return xml.Name{Space: space, Local: n.Local}, nil
	}
	return n, p.refuse(at, "the namespace prefix %s is not declared", n.Space)
}

// prefixesOf are the namespaces that an element declares.
func (t *xmlTree) prefixesOf(e *xmlElement) map[string]string {
	out := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(t.raw[e.start:e.inner]))
	token, err := d.RawToken()
	if start, ok := token.(xml.StartElement); ok && err == nil {
		for _, a := range start.Attr {
			switch {
			case a.Name.Space == "xmlns":
				out[a.Name.Local] = a.Value
			case a.Name.Space == "" && a.Name.Local == "xmlns":
				out[""] = a.Value
			}
		}
	}
	return out
}

// refuse returns the error for what stands at a raw offset.
func (t *xmlTree) refuse(at int, format string, args ...any) error {
	return t.refuseKind(corpus.Invalid, at, format, args...)
}

func (t *xmlTree) refuseKind(kind corpus.Kind, at int, format string, args ...any) error {
	return refuse(kind, t.name, line(t.raw, min(at, len(t.raw))), format, args...)
}

// attr returns an attribute without a namespace, "" where there is none.
func (e *xmlElement) attr(name string) string {
	v, _ := e.lookup("", name)
	return v
}

func (e *xmlElement) lookup(space, name string) (string, bool) {
	for _, a := range e.attrs {
		if a.Name.Space == space && a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// inherited returns the value of an attribute of XML itself, of the element or
// the nearest one around it that has it.
func (e *xmlElement) inherited(name string) string {
	for ; e != nil; e = e.parent {
		if v, ok := e.lookup(xmlNamespace, name); ok {
			return v
		}
	}
	return ""
}

// is reports whether the element has the name in the namespace.
func (e *xmlElement) is(space, name string) bool {
	return e != nil && e.name.Local == name && e.name.Space == space
}

// child returns the first child element of the name, or nil.
func (e *xmlElement) child(space, name string) *xmlElement {
	for _, k := range e.kids {
		if k.element.is(space, name) {
			return k.element
		}
	}
	return nil
}

// children returns the child elements of the name.
func (e *xmlElement) children(space, name string) []*xmlElement {
	var list []*xmlElement
	for _, k := range e.kids {
		if k.element.is(space, name) {
			list = append(list, k.element)
		}
	}
	return list
}

// walk calls f with every element inside e, parents first; f says whether to go
// into it.
func (e *xmlElement) walk(f func(*xmlElement) bool) {
	for _, k := range e.kids {
		if k.element != nil && f(k.element) {
			k.element.walk(f)
		}
	}
}

// text returns all character data inside the element.
func (e *xmlElement) text() string {
	var b strings.Builder
	e.appendText(&b)
	return b.String()
}

func (e *xmlElement) appendText(b *strings.Builder) {
	for _, k := range e.kids {
		if k.element != nil {
			k.element.appendText(b)
		} else {
			b.WriteString(k.text)
		}
	}
}
