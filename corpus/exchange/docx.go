package exchange

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// docxFormat is Word's DOCX (ECMA-376): the paragraphs of the document, its
// tables, footnotes, endnotes, headers and footers. Text boxes, formulas, the
// captions of pictures and text that a tracked change has deleted are kept and
// not offered. A tracked insertion reads as text.
//
// An edit is spliced into the runs of the text and leaves every other byte of
// their parts alone; all other parts keep their compressed bytes. Formatting,
// links, tabs, notes and pictures inside of a paragraph are placeholders.
var docxFormat = Format{
	ID: "docx", Title: "Word (DOCX)", Extensions: []string{".docx"},
	claims: func(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) },
	inside: docxContainer{},
	read:   func(inside []byte, _ Options) *layout.Document { return docxSyntax{}.Read(inside) },
}

// The namespaces of WordprocessingML, transitional and strict.
const (
	nsWord       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsWordStrict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// isWord reports whether an element is one of Word's with the name.
func isWord(e *xmlElement, local string) bool {
	return e != nil && e.name.Local == local && (e.name.Space == nsWord || e.name.Space == nsWordStrict)
}

// wordChild returns the first child of Word's with the name, or nil.
func wordChild(e *xmlElement, local string) *xmlElement {
	if e == nil {
		return nil
	}
	return e.child(e.name.Space, local)
}

// wordVal returns an attribute of Word's, such as "val"; "" where there is none.
func wordVal(e *xmlElement, name string) string {
	if e == nil {
		return ""
	}
	v, ok := e.lookup(e.name.Space, name)
	if !ok {
		v = e.attr(name)
	}
	return v
}

// docxSyntax implements layout.Syntax over the text inside a DOCX file.
type docxSyntax struct{}

// docxEnv is what a part of the text needs to know of the whole.
type docxEnv struct {
	prefixes map[string]string
	styles   map[string]docxStyle
}

// Read implements layout.Syntax. Where an edit has broken a part there is no
// text, so that no such edit is taken.
func (s docxSyntax) Read(raw []byte) *layout.Document {
	pieces := bytes.Split(raw, []byte(partBreak))
	trees := make([]*xmlTree, len(pieces))
	env := docxEnv{prefixes: map[string]string{}}
	for i, piece := range pieces {
		tree, err := readXML("", piece)
		if err != nil {
			return layout.NewBuilder(raw, s).Document()
		}
		trees[i] = tree
		for prefix, space := range tree.prefixesOf(tree.root) {
			if _, ok := env.prefixes[prefix]; !ok {
				env.prefixes[prefix] = space
			}
		}
		if isWord(tree.root, "styles") {
			env.styles = docxStyles(tree.root)
		}
	}
	b := newDocxBuilder(raw, s, env)
	at := 0
	for i, piece := range pieces {
		b.base, b.raw = at, piece
		if !isWord(trees[i].root, "styles") {
			b.top(trees[i].root)
		}
		at += len(piece) + len(partBreak)
	}
	return b.finish(len(raw))
}

// ReadPart implements layout.Syntax. Parts begin and end between the children
// of a body.
func (s docxSyntax) ReadPart(doc *layout.Document, raw []byte, _ bool) *layout.Document {
	env, _ := doc.Environment().(docxEnv)
	b := newDocxBuilder(raw, s, env)
	at := 0
	for _, piece := range bytes.Split(raw, []byte(partBreak)) {
		top, err := readXMLPart(piece, env.prefixes)
		if err != nil || unclosedParagraph(top, len(piece)) {
			return layout.NewBuilder(raw, s).Document()
		}
		b.base, b.raw = at, piece
		for _, k := range top.kids {
			if k.element != nil && !isWord(k.element, "styles") {
				b.element(k.element, docxPlace{})
			}
		}
		at += len(piece) + len(partBreak)
	}
	return b.finish(len(raw))
}

// unclosedParagraph reports whether a paragraph, or anything in it, was still
// open at the end of a part.
func unclosedParagraph(top *xmlElement, end int) bool {
	open := false
	top.walk(func(e *xmlElement) bool {
		open = open || isWord(e, "p") && e.innerEnd == end
		return !open
	})
	return open
}

// Levels implements layout.Syntax: text is escaped, and where white space would
// get lost at the ends of an element it gets an element of its own that keeps
// it.
func (docxSyntax) Levels() int { return 2 }

// Escape implements layout.Syntax.
func (docxSyntax) Escape(text string, _ layout.Place, level int) string {
	text = textEscapes.Replace(text)
	if level == 0 {
		return text
	}
	return `</w:t><w:t xml:space="preserve">` + text + `</w:t><w:t>`
}

var (
	docxParagraphTag = regexp.MustCompile(`<w:p(?: [^>]*)?>`)
	docxParagraph    = regexp.MustCompile(`^<w:p(?: [^>]*)?>(<w:pPr>.*?</w:pPr>)?`)
	docxRun          = regexp.MustCompile(`<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?<w:t[ >]`)
)

// Frame implements layout.Syntax: a new paragraph has the properties of the one
// it stands beside, and the formatting of its first run.
func (docxSyntax) Frame(doc *layout.Document, i int, after bool, _ layout.Form) (layout.Frame, error) {
	none := &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: "the paragraph beside it is not written as usual"}
	b := &doc.Blocks[i]
	at := b.Envelope(layout.Span{End: len(b.Text)})
	tags := docxParagraphTag.FindAllIndex(doc.Raw[:at.Start], -1)
	end := bytes.Index(doc.Raw[at.End:], []byte("</w:p>"))
	if len(tags) == 0 || end < 0 {
		return layout.Frame{}, none
	}
	start := tags[len(tags)-1][0]
	end += at.End + len("</w:p>")
	paragraph := doc.Raw[start:end]
	properties := string(docxParagraph.FindSubmatch(paragraph)[1])
	if strings.Contains(properties, "<w:sectPr") || strings.Count(properties, "<w:pPr>") != 1 {
		properties = "" // a section ends once; and what a change keeps of old properties is not repeated
	}
	f := layout.Frame{At: start, Before: "<w:p>" + properties + "<w:r>", After: "</w:t></w:r></w:p>"}
	if run := docxRun.FindSubmatch(paragraph); run != nil {
		f.Before += string(run[1])
	}
	f.Before += `<w:t xml:space="preserve">`
	if after {
		f.At = end
	}
	return f, nil
}
