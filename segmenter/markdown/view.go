package markdown

import (
	"bytes"
	"sort"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// view is what the parser sees of a file, or of a part of one: without byte
// order mark and front matter, every line end a single LF. goldmark reads CRLF
// and lone CR differently from what CommonMark says (a line ending is a line
// feed, a carriage return, or both), and takes a byte order mark for text.
type view struct {
	text  []byte
	base  int   // raw offset of text[0]
	crlf  []int // offsets in text of line ends that are CRLF in the file
	front layout.Span
	bom   bool
}

var bom = []byte("\xEF\xBB\xBF")

// newView makes the view of raw; whole says that raw begins a file.
func newView(raw []byte, whole bool) view {
	var v view
	if whole {
		if bytes.HasPrefix(raw, bom) {
			v.bom = true
			v.base = len(bom)
		}
		if n := frontMatter(raw[v.base:]); n > 0 {
			v.front = layout.Span{Start: v.base, End: v.base + n}
			v.base += n
		}
	}
	v.text = raw[v.base:]
	if bytes.IndexByte(v.text, '\r') < 0 {
		return v
	}
	text := make([]byte, 0, len(v.text))
	for i := 0; i < len(v.text); i++ {
		c := v.text[i]
		if c == '\r' {
			c = '\n'
			if i+1 < len(v.text) && v.text[i+1] == '\n' {
				v.crlf = append(v.crlf, len(text))
				i++
			}
		}
		text = append(text, c)
	}
	v.text = text
	return v
}

// raw maps an offset in the view to the file; that of a line end to its first
// byte.
func (v *view) raw(i int) int {
	if len(v.crlf) == 0 {
		return v.base + i
	}
	return v.base + i + sort.SearchInts(v.crlf, i)
}

func (v *view) span(start, end int) layout.Span {
	return layout.Span{Start: v.raw(start), End: v.raw(end)}
}

// lineStart returns the beginning of the line that holds offset i.
func (v *view) lineStart(i int) int {
	return bytes.LastIndexByte(v.text[:i], '\n') + 1
}

// lineEnd returns the end of the line that holds offset i, before its LF.
func (v *view) lineEnd(i int) int {
	if n := bytes.IndexByte(v.text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(v.text)
}
