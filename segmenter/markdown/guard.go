package markdown

import (
	"bytes"
	"sort"
	"sync"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// goldmark takes time that grows with the square of the nesting of containers
// on a line, of the brackets and delimiters in one paragraph, and of the cells
// a short table row leaves out; and it cannot be stopped. Such text is not
// written by people. It is hidden from the parser behind a row of letters, and
// shown as literal text that cannot be edited.
const (
	maxMarkers    = 50   // containers that begin on one line
	maxBrackets   = 1000 // opening brackets in one block of text
	maxDelimiters = 4000 // characters of emphasis, code and HTML in one block
	sparseTable   = 1000 // cells a table may have beyond one for two bytes
)

// guard returns the text to parse, of the same length, and the stretches hidden
// in it.
func guard(source []byte) ([]byte, []layout.Span) {
	g := masker{source: source}
	dense := false
	for i := 0; i < len(source); {
		end := chunkEnd(source, i)
		chunk := source[i:end]
		dense = dense || tooDense(chunk)
		g.deepLines(i, end)
		g.sparseTables(i, end)
		i = end
		for i < len(source) && blank(source[i:i+1]) {
			i++
		}
	}
	if dense {
		g.denseBlocks()
	}
	sort.Slice(g.masked, func(i, j int) bool { return g.masked[i].Start < g.masked[j].Start })
	return g.source, g.masked
}

// chunkEnd returns the offset of the next blank line.
func chunkEnd(source []byte, i int) int {
	for i < len(source) {
		n := bytes.IndexByte(source[i:], '\n')
		if n < 0 {
			return len(source)
		}
		if blank(source[i : i+n]) {
			return i
		}
		i += n + 1
	}
	return i
}

type masker struct {
	source []byte
	copied bool
	masked []layout.Span
}

// hide replaces what matches by letters.
func (g *masker) hide(s layout.Span, which func(byte) bool) {
	if !g.copied {
		g.source, g.copied = bytes.Clone(g.source), true
	}
	for i := s.Start; i < s.End; i++ {
		if c := g.source[i]; c != '\n' && which(c) {
			g.source[i] = 'x'
		}
	}
	g.masked = append(g.masked, s)
}

func anyByte(byte) bool { return true }

func isMarkup(c byte) bool {
	switch c {
	case '[', ']', '*', '_', '~', '`', '<', '!':
		return true
	}
	return false
}

// tooDense reports whether one block might have too much mark-up, were the
// chunk one block.
func tooDense(chunk []byte) bool {
	return bytes.Count(chunk, []byte("[")) > maxBrackets || delimiters(chunk) > maxDelimiters
}

func delimiters(b []byte) int {
	n := 0
	for _, c := range b {
		switch c {
		case '*', '_', '~', '`', '<':
			n++
		}
	}
	return n
}

// deepLines hides lines on which too many containers begin.
func (g *masker) deepLines(start, end int) {
	for i := start; i < end; {
		n := bytes.IndexByte(g.source[i:end], '\n')
		if n < 0 {
			n = end - i
		}
		if markers(g.source[i:i+n]) > maxMarkers {
			g.hide(layout.Span{Start: i, End: i + n}, anyByte)
		}
		i += n + 1
	}
}

// markers counts the quotation and list marks a line begins with.
func markers(line []byte) int {
	count := 0
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			i++
			continue
		case c == '>':
			i++
		case c == '-' || c == '+' || c == '*' || c == ':':
			if i++; i < len(line) && line[i] != ' ' && line[i] != '\t' {
				return count
			}
		case '0' <= c && c <= '9':
			for i < len(line) && '0' <= line[i] && line[i] <= '9' {
				i++
			}
			if i == len(line) || line[i] != '.' && line[i] != ')' {
				return count
			}
			i++
		case bytes.HasPrefix(line[i:], []byte("[^")):
			n := bytes.Index(line[i:], []byte("]:"))
			if n < 0 {
				return count
			}
			i += n + 2
		default:
			return count
		}
		count++
	}
	return count
}

// sparseTables hides the second line of tables that have far more cells than
// their text fills.
func (g *masker) sparseTables(start, end int) {
	rows := bytes.Count(g.source[start:end], []byte("\n")) + 1
	for i := start; i < end; {
		n := bytes.IndexByte(g.source[i:end], '\n')
		if n < 0 {
			n = end - i
		}
		line := g.source[i : i+n]
		if len(bytes.Trim(line, "|:->+* \t")) == 0 {
			columns := bytes.Count(line, []byte("|")) + 1
			if 2*columns*rows > end-start+sparseTable {
				g.hide(layout.Span{Start: i, End: i + n}, anyByte)
			}
		}
		i += n + 1
	}
}

// blockParser sees blocks only, no mark-up inside them.
var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
	)
})

// denseBlocks hides the mark-up in blocks that have too much of it.
func (g *masker) denseBlocks() {
	c := newContext(nil)
	root := blockParser().Parse(text.NewReader(g.source), parser.WithContext(c))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if !entering || n.Type() == ast.TypeDocument || n.IsRaw() || n.Lines() == nil || n.Lines().Len() == 0 {
			return ast.WalkContinue, nil
		}
		brackets, delims := 0, 0
		lines := n.Lines()
		for i := range lines.Len() {
			v := lines.At(i)
			b := g.source[v.Start:v.Stop]
			brackets += bytes.Count(b, []byte("["))
			delims += delimiters(b)
		}
		if brackets > maxBrackets || delims > maxDelimiters {
			g.hide(layout.Span{Start: lines.At(0).Start, End: lines.At(lines.Len() - 1).Stop}, isMarkup)
		}
		return ast.WalkContinue, nil
	})
}
