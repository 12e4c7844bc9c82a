package markdown

import (
	"bytes"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// inFileOrder puts headings back in front of the tables that stand behind them.
// A table may be the last lines of a paragraph; where a line under a heading
// ends that paragraph, goldmark makes the heading of the lines before the table
// and puts it behind.
func inFileOrder(parent ast.Node) {
	for n := parent.FirstChild(); n != nil && n.Type() == ast.TypeBlock; n = n.NextSibling() {
		inFileOrder(n)
		heading, ok := n.NextSibling().(*ast.Heading)
		if n.Kind() == east.KindTable && ok && firstLine(heading) >= 0 && firstLine(heading) < firstLine(n) {
			parent.RemoveChild(parent, heading)
			parent.InsertBefore(parent, n, heading)
		}
	}
}

// disordered returns where the text of the first table begins that stands in
// front of what the file has before it, -1 where none does: the lines of a
// paragraph before a table became the terms of a definition list, which also has
// text behind the table. Nobody writes that; such a table is read as text.
func disordered(parent ast.Node) int {
	for n := parent.FirstChild(); n != nil && n.Type() == ast.TypeBlock; n = n.NextSibling() {
		if at := disordered(n); at >= 0 {
			return at
		}
		if n.Kind() != east.KindTable || n.NextSibling() == nil {
			continue
		}
		if at := firstLine(n.NextSibling()); at >= 0 && at < firstLine(n) {
			return firstLine(n)
		}
	}
	return -1
}

// firstLine is where the text of a block begins, or of the first in it that has
// any; -1 where none has.
func firstLine(n ast.Node) int {
	if n.Type() != ast.TypeBlock {
		return -1
	}
	if n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if at := firstLine(c); at >= 0 {
			return at
		}
	}
	return -1
}

// delimiterLine is the line behind the one at an offset: by it goldmark knows a
// table.
func delimiterLine(source []byte, at int) layout.Span {
	start := at + bytes.IndexByte(source[at:], '\n') + 1
	end := bytes.IndexByte(source[start:], '\n')
	if end < 0 {
		return layout.Span{Start: start, End: len(source)}
	}
	return layout.Span{Start: start, End: start + end}
}
