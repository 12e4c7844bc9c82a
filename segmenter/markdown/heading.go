package markdown

import (
	"bytes"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// MarkHeading implements layout.HeadingSyntax. A heading gets number signs in
// front of its text; those it has, or the line under it, go.
func (syntax) MarkHeading(doc *layout.Document, i, level int) (layout.Change, error) {
	b := &doc.Blocks[i]
	refuse := func(why string) (layout.Change, error) {
		return layout.Change{}, &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: why}
	}
	if b.Kind != layout.Paragraph && b.Kind != layout.Heading {
		return refuse("a " + b.Kind.String() + " cannot be a heading")
	}
	if b.Kind == layout.Paragraph && level == 0 {
		return refuse("it is no heading")
	}
	text := b.Envelope(layout.Span{End: len(b.Text)})
	if bytes.ContainsAny(doc.Raw[text.Start:text.End], "\r\n") {
		return refuse("the text has several lines, and a heading has one")
	}
	mark := ""
	if level > 0 {
		mark = strings.Repeat("#", level) + " "
	}
	line := layout.Lines(doc.Raw, text)
	own := doc.Raw[line.Start:text.Start]
	if b.Kind == layout.Paragraph {
		return layout.Change{Old: layout.Span{Start: text.Start, End: text.Start}, New: []byte(mark)}, nil
	}
	if at := bytes.IndexByte(own, '#'); at >= 0 {
		if level == b.Level {
			return refuse("it is a heading of this level")
		}
		return layout.Change{Old: layout.Span{Start: line.Start + at, End: text.Start}, New: []byte(mark)}, nil
	}
	// A line under the text: it goes, and the mark comes in front.
	under := doc.Extent(i)
	end := len(bytes.TrimRight(doc.Raw[:under.End], "\r\n"))
	return layout.Change{Old: layout.Span{Start: text.Start, End: end}, New: append([]byte(mark), doc.Raw[text.Start:text.End]...)}, nil
}
