package exchange

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
)

// ToMarkdown writes a plain text as Markdown. Levels says which blocks are
// headings; all others become paragraphs, whatever they look like, and lists and
// quotations stay as they are typed, escaped. Lines of a paragraph stay lines.
// Where blank lines part the file's paragraphs and yet every line is a block of
// its own, the line ends inside a paragraph are meant, and become hard breaks.
//
// The result was read again: it has the same words in the same blocks. The error
// is of kind Blocked and names the block that Markdown cannot hold.
func ToMarkdown(doc *layout.Document, levels map[int]int) (markdown.Written, error) {
	var list []markdown.Prose
	most, _ := doc.Spaced(0)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		lines := proseLines(doc, b)
		if b.ReadOnly != "" {
			return markdown.Written{}, corpus.Errorf(corpus.Blocked, "block %d cannot be written as Markdown: %s", i+1, b.ReadOnly)
		}
		if level := levels[i]; level > 0 {
			list = append(list, markdown.Prose{Level: level, Lines: []string{strings.Join(strings.Fields(strings.Join(lines, " ")), " ")}})
			continue
		}
		_, apart := doc.Spaced(i)
		if n := len(list) - 1; doc.Mode == "hard" && most && !apart && n >= 0 && list[n].Level == 0 {
			list[n].Lines, list[n].Hard = append(list[n].Lines, lines...), true
			continue
		}
		list = append(list, markdown.Prose{Lines: lines})
	}
	out, err := markdown.Write(list, doc.Newline)
	if err != nil {
		return out, &corpus.Error{Kind: corpus.Blocked, Msg: "the text cannot be written as Markdown: " + err.Error(), Err: err}
	}
	if doc.BOM {
		out.Raw = append([]byte("\uFEFF"), out.Raw...)
	}
	return out, nil
}

// proseLines returns the lines of a block as they stand in the file, without the
// blanks around each.
func proseLines(doc *layout.Document, b *layout.Block) []string {
	at := b.Envelope(layout.Span{End: len(b.Text)})
	raw := bytes.ReplaceAll(doc.Raw[at.Start:at.End], []byte("\r\n"), []byte("\n"))
	var lines []string
	for _, line := range strings.FieldsFunc(string(raw), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimFunc(line, unicode.IsSpace); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
