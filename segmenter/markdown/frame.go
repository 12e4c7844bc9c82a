package markdown

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// Frame implements layout.Syntax.
//
// A new paragraph repeats the prefix of the lines of its neighbour, quotation
// marks and indentation, with a blank line between; a new list item also the
// marker, counted on in numbered lists. A new item comes behind everything in
// the item before it.
func (syntax) Frame(doc *layout.Document, i int, after bool, as layout.Form) (layout.Frame, error) {
	nowhere := func(why string) (layout.Frame, error) {
		return layout.Frame{}, &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: why}
	}
	if k := doc.Blocks[i].Kind; k == layout.TableCell || k == layout.Term {
		return nowhere("a " + k.String() + " holds one text")
	}
	if as == layout.NewItem {
		first, last := doc.Item(i)
		head, own := around(doc, first)
		if !hasMarker(own) {
			return nowhere("the text does not begin a list item")
		}
		marker, _ := prefixes(own)
		if !after {
			return layout.Frame{At: head.Start, Before: marker, After: doc.Newline}, nil
		}
		tail, _ := around(doc, last)
		return atEnd(doc, layout.Frame{At: tail.End, Before: next(marker), After: doc.Newline}), nil
	}
	lines, own := around(doc, i)
	_, rest := prefixes(own)
	blankLine := strings.TrimRight(rest, " \t") + doc.Newline
	var f layout.Frame
	switch {
	case after:
		f = layout.Frame{At: lines.End, Before: blankLine + rest, After: doc.Newline}
		if line, _ := cutLine(doc.Raw[lines.End:]); strings.Trim(string(line), "> \t") != "" {
			f.After += blankLine
		}
	case hasMarker(own):
		// The new paragraph takes the marker, and the old one follows it.
		f = layout.Frame{At: lines.Start + len(own), After: doc.Newline + blankLine + rest}
	default:
		f = layout.Frame{At: lines.Start, Before: rest, After: doc.Newline + blankLine}
	}
	return atEnd(doc, f), nil
}

// around returns the lines of block i, and what stands before it on the first.
func around(doc *layout.Document, i int) (lines layout.Span, before string) {
	e := doc.Extent(i)
	lines = layout.Lines(doc.Raw, e)
	return lines, string(doc.Raw[lines.Start:e.Start])
}

// atEnd turns a frame at the end of a file without a last line end round, so
// that the file goes on ending without one.
func atEnd(doc *layout.Document, f layout.Frame) layout.Frame {
	if n := len(doc.Raw); f.At == n && n > 0 && doc.Raw[n-1] != '\n' && doc.Raw[n-1] != '\r' {
		f.Before = doc.Newline + f.Before
		f.After = ""
	}
	return f
}

// prefixes takes what stands before a block on its first line and returns what
// would stand before another like it, and before a further paragraph in the
// same place: list markers become blanks, a heading's marks go.
func prefixes(own string) (first, rest string) {
	own = strings.TrimRight(own, "#")
	if i := strings.IndexByte(own, '#'); i >= 0 {
		own = own[:i]
	}
	if i := strings.Index(own, "[^"); i >= 0 { // footnote: "[^1]: "
		own = own[:i] + "    "
	}
	b := []byte(own)
	for i, c := range b {
		if c != '>' && c != ' ' && c != '\t' {
			b[i] = ' '
		}
	}
	return own, string(b)
}

func hasMarker(own string) bool {
	return strings.Trim(own, "> \t#") != "" && !strings.Contains(own, "[^")
}

// next counts a numbered marker on: "3. " becomes "4. ".
func next(first string) string {
	end := strings.LastIndexAny(first, "0123456789") + 1
	start := end
	for start > 0 && '0' <= first[start-1] && first[start-1] <= '9' {
		start--
	}
	n, err := strconv.Atoi(first[start:end])
	if err != nil || end-start > 9 {
		return first
	}
	return first[:start] + strconv.Itoa(n+1) + first[end:]
}
