package markdown

import (
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// piece is a stretch of a block in the view.
type piece struct {
	kind    pieceKind
	span    layout.Span
	tok     layout.TokenKind // of marks and tokens
	pair    int              // of marks
	closing bool
}

type pieceKind uint8

const (
	plainText pieceKind = iota // escapes and entities not yet decoded
	mark                       // one half of a pair
	single                     // a token that stands alone
	joint                      // between two lines
)

// walker derives the pieces of one block from the parser's inline tree. The
// tree names the order of things and the exact place of text; the walker keeps
// a cursor and accepts each next element only if the bytes at the cursor are
// those it must be written with. So a wrong or missing position cannot pass
// unseen: the walk fails, and the block is taken as literal text.
type walker struct {
	text   []byte
	spans  map[ast.Node]layout.Span
	lines  []layout.Span // the block's lines in the view, line ends included
	line   int
	at     int
	pairs  int
	pieces []piece
	task   byte // the letter in a task item's checkbox, or 0
}

func (w *walker) reset(text []byte, spans map[ast.Node]layout.Span, lines []layout.Span) {
	*w = walker{text: text, spans: spans, lines: lines, at: lines[0].Start, pieces: w.pieces[:0]}
}

// block walks the children of a leaf block.
func (w *walker) block(n ast.Node) bool {
	return w.children(n) && w.seek(w.lines[len(w.lines)-1].End)
}

func (w *walker) children(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !w.inline(c) {
			return false
		}
	}
	return true
}

func (w *walker) inline(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Text:
		return w.plain(n)
	case *ast.Emphasis:
		return w.delimited(n, layout.Emphasis, n.Level, "*_")
	case *east.Strikethrough:
		return w.delimited(n, layout.Strikethrough, 0, "~")
	case *ast.Link:
		return w.link(n)
	case *ast.Image:
		w.nextLine()
		s, ok := w.spans[n]
		if !ok || !w.has("![") {
			return false
		}
		return w.token(layout.Image, s.End)
	case *ast.CodeSpan:
		return w.found(n, layout.Code)
	case *ast.AutoLink:
		return w.found(n, layout.Autolink)
	case *ast.RawHTML:
		return w.found(n, layout.HTML)
	case *east.FootnoteLink:
		return w.found(n, layout.FootnoteReference)
	case *east.TaskCheckBox:
		s := w.spans[n]
		if len(w.pieces) > 0 || w.at != s.Start {
			return false
		}
		w.task = w.text[s.Start+1]
		w.lines[0].Start, w.at = s.End, s.End
		return true
	}
	return false
}

func (w *walker) plain(n *ast.Text) bool {
	s := w.leftover(n.Segment)
	if s.Padding != 0 || !w.seek(s.Start) || s.Stop < s.Start || s.Stop > w.lines[w.line].End {
		return false
	}
	w.emit(piece{kind: plainText, span: layout.Span{Start: s.Start, End: s.Stop}})
	if n.HardLineBreak() && w.line+1 < len(w.lines) {
		return w.token(layout.HardBreak, w.lines[w.line+1].Start)
	}
	return true
}

// leftover corrects the place of delimiters that a closing run of emphasis left
// over: goldmark names the beginning of the run, but they are its end.
func (w *walker) leftover(s text.Segment) text.Segment {
	shift := w.at - s.Start
	if shift <= 0 || s.Stop <= s.Start || w.at+s.Len() > len(w.text) {
		return s
	}
	c := w.text[s.Start]
	if c != '*' && c != '_' && c != '~' {
		return s
	}
	for _, d := range w.text[s.Start : w.at+s.Len()] {
		if d != c {
			return s
		}
	}
	return text.NewSegment(s.Start+shift, s.Stop+shift)
}

// delimited walks an element between two equal runs of delimiters. Without a
// length, the opening run says how long it is, up to two.
func (w *walker) delimited(n ast.Node, kind layout.TokenKind, length int, chars string) bool {
	w.nextLine()
	if w.at >= len(w.text) {
		return false
	}
	c := w.text[w.at]
	if c != chars[0] && c != chars[len(chars)-1] {
		return false
	}
	if length == 0 {
		length = 1
		if w.at+1 < len(w.text) && w.text[w.at+1] == c {
			length = 2
		}
	}
	w.pairs++
	pair := w.pairs
	return w.half(kind, pair, false, c, length) && w.children(n) && w.half(kind, pair, true, c, length)
}

func (w *walker) half(kind layout.TokenKind, pair int, closing bool, c byte, length int) bool {
	end := w.at + length
	if end > w.lines[w.line].End {
		return false
	}
	for _, d := range w.text[w.at:end] {
		if d != c {
			return false
		}
	}
	w.emit(piece{mark, layout.Span{Start: w.at, End: end}, kind, pair, closing})
	return true
}

func (w *walker) link(n *ast.Link) bool {
	w.nextLine()
	s, ok := w.spans[n]
	if !ok || !w.has("[") {
		return false
	}
	w.pairs++
	pair := w.pairs
	w.emit(piece{mark, layout.Span{Start: w.at, End: w.at + 1}, layout.Link, pair, false})
	if !w.children(n) || !w.seek(s.Start) || !w.has("]") || !w.inBlock(s.End) {
		return false
	}
	w.emit(piece{mark, layout.Span{Start: w.at, End: s.End}, layout.Link, pair, true})
	return true
}

// found takes an element whose place was recorded.
func (w *walker) found(n ast.Node, kind layout.TokenKind) bool {
	s, ok := w.spans[n]
	return ok && w.seek(s.Start) && w.token(kind, s.End)
}

func (w *walker) token(kind layout.TokenKind, end int) bool {
	if end <= w.at || !w.inBlock(end) {
		return false
	}
	w.emit(piece{kind: single, span: layout.Span{Start: w.at, End: end}, tok: kind})
	return true
}

func (w *walker) inBlock(end int) bool { return end <= w.lines[len(w.lines)-1].End }

func (w *walker) has(s string) bool {
	return w.at+len(s) <= len(w.text) && string(w.text[w.at:w.at+len(s)]) == s
}

// emit adds a piece at the cursor and moves it behind.
func (w *walker) emit(p piece) {
	if p.span.Len() > 0 {
		w.pieces = append(w.pieces, p)
	}
	w.at = p.span.End
	for w.line+1 < len(w.lines) && w.at >= w.lines[w.line+1].Start {
		w.line++
	}
}

// nextLine moves to the next line of the block if nothing is left on this one.
func (w *walker) nextLine() {
	for w.line+1 < len(w.lines) && blank(w.text[min(w.at, w.lines[w.line].End):w.lines[w.line].End]) {
		w.emit(piece{kind: joint, span: layout.Span{Start: w.at, End: w.lines[w.line+1].Start}})
	}
}

// seek moves the cursor to an offset; only blanks and line joints may be
// passed.
func (w *walker) seek(to int) bool {
	for w.at < to {
		end := w.lines[w.line].End
		if to < end || w.line+1 == len(w.lines) {
			if to > end || !blank(w.text[w.at:to]) {
				return false
			}
			kind := plainText
			if to == end {
				kind = joint // blanks at the end of the block
			}
			w.emit(piece{kind: kind, span: layout.Span{Start: w.at, End: to}})
			return w.at == to
		}
		if w.line+1 >= len(w.lines) || !blank(w.text[min(w.at, end):end]) {
			return false
		}
		w.emit(piece{kind: joint, span: layout.Span{Start: w.at, End: w.lines[w.line+1].Start}})
	}
	return w.at == to
}

// literal takes the whole block as text.
func (w *walker) literal() {
	w.pieces = w.pieces[:0]
	for i, l := range w.lines {
		end := l.End
		for end > l.Start && (w.text[end-1] == '\n' || w.text[end-1] == ' ' || w.text[end-1] == '\t') {
			end--
		}
		w.pieces = append(w.pieces, piece{kind: plainText, span: layout.Span{Start: l.Start, End: end}})
		if i+1 < len(w.lines) {
			w.pieces = append(w.pieces, piece{kind: joint, span: layout.Span{Start: end, End: w.lines[i+1].Start}})
		}
	}
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '\n' {
			return false
		}
	}
	return true
}
