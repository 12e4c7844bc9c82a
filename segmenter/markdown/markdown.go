package markdown

import "github.com/reviseur/reviseur/segmenter/layout"

// Read reads a Markdown file. It never fails: what it cannot make sense of is
// skeleton or literal text, and the document's notices say so. The document
// keeps raw, which must not be modified afterwards.
func Read(raw []byte) *layout.Document { return read(raw, nil, true) }

// syntax implements layout.Syntax.
type syntax struct{}

func (syntax) Read(raw []byte) *layout.Document { return read(raw, nil, true) }

func (syntax) ReadPart(doc *layout.Document, raw []byte, first bool) *layout.Document {
	known, _ := doc.Environment().(*labels)
	return read(raw, known, first)
}

func (syntax) Levels() int { return levels }
