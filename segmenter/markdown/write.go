package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// Prose is a heading or a paragraph that is to be written as Markdown.
type Prose struct {
	Level int      // of a heading, 1 to 6; 0 for a paragraph
	Lines []string // literal text, without white space at the ends; a heading has one
	Hard  bool     // the line ends are meant: a reader shall see them
}

// Written is a text written as Markdown.
type Written struct {
	Raw     []byte
	Escaped int // paragraphs with signs that Markdown would have misread
	Breaks  int // line ends that a reader sees
}

// Write writes prose as Markdown: paragraphs parted by blank lines, headings
// marked, whatever would be taken for mark-up escaped as lightly as possible.
// What was written is read again and compared: the error is a [*layout.Refusal]
// that names the paragraph that cannot be written so.
func Write(list []Prose, newline string) (Written, error) {
	var out Written
	var raw bytes.Buffer
	for i, p := range list {
		text, escaped, ok := write(p, newline)
		if !ok {
			return Written{}, &layout.Refusal{Block: i, Reason: layout.ReadsOtherwise}
		}
		if escaped {
			out.Escaped++
		}
		if p.Hard {
			out.Breaks += len(p.Lines) - 1
		}
		if i > 0 {
			raw.WriteString(newline)
		}
		raw.WriteString(text + newline)
	}
	out.Raw = raw.Bytes()
	doc := Read(out.Raw)
	for i, p := range list {
		if i >= len(doc.Blocks) || !p.readAs(&doc.Blocks[i]) {
			return Written{}, &layout.Refusal{Block: i, Reason: layout.ReadsOtherwise}
		}
	}
	if len(doc.Blocks) != len(list) {
		return Written{}, &layout.Refusal{Block: len(list), Reason: layout.BreaksStructure}
	}
	return out, nil
}

// write writes one paragraph with the lightest escaping that reads as it shall
// by itself.
func write(p Prose, newline string) (text string, escaped, ok bool) {
	for level := range levels {
		lines := make([]string, len(p.Lines))
		for i, l := range p.Lines {
			at := layout.Place{Kind: layout.Paragraph, LineStart: true}
			if p.Level > 0 {
				at = layout.Place{Kind: layout.Heading, LineStart: true, Before: "# "}
			}
			lines[i] = syntax{}.Escape(l, at, level)
		}
		joint := newline
		if p.Hard {
			joint = "\\" + newline
		}
		text = strings.Join(lines, joint)
		if p.Level > 0 {
			text = strings.Repeat("#", p.Level) + " " + text
		}
		// A blank line and a word before: the paragraph is not the first of the file.
		doc := Read([]byte("x" + newline + newline + text + newline))
		if len(doc.Blocks) == 2 && p.readAs(&doc.Blocks[1]) {
			return text, !slices.Equal(lines, p.Lines), true
		}
	}
	return "", false, false
}

// readAs reports whether a block reads as the prose: the same signs in the same
// order, a break for each line end that is meant, and no other mark-up.
func (p Prose) readAs(b *layout.Block) bool {
	kind := layout.Paragraph
	if p.Level > 0 {
		kind = layout.Heading
	}
	if b.ReadOnly != "" || b.Level != p.Level || p.Level > 0 && b.Kind != kind || p.Level == 0 && b.Kind == layout.Heading {
		return false
	}
	breaks := 0
	for _, t := range b.Tokens {
		switch t.Kind {
		case layout.HardBreak:
			breaks++
		case layout.Character:
		default:
			return false
		}
	}
	want := 0
	if p.Hard {
		want = len(p.Lines) - 1
	}
	if breaks != want {
		return false
	}
	return squeezed(b) == strings.Join(strings.Fields(strings.Join(p.Lines, "")), "")
}

// squeezed is the block's text without white space; characters that cannot stand
// for themselves in logical text are written out.
func squeezed(b *layout.Block) string {
	var s strings.Builder
	next := 0
	for _, r := range b.Text {
		if _, _, ok := layout.IsPlaceholder(r); ok {
			if t := b.Tokens[next]; t.Kind == layout.Character {
				s.WriteString(t.Raw)
			}
			next++
			continue
		}
		s.WriteRune(r)
	}
	return strings.Join(strings.Fields(s.String()), "")
}
