package markdown

import (
	"sync"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// labels are the names a file defines: of links and of footnotes.
type labels struct {
	links     map[string]parser.Reference
	footnotes map[string]bool
}

// context is the state of one parse. It knows the labels of the whole file
// where only a part is parsed, and where each inline element was found:
// goldmark itself keeps no positions for links, code spans and the like.
type context struct {
	parser.Context
	known *labels // of the whole file; nil if that is what is parsed
	found labels
	spans map[ast.Node]layout.Span // of inline elements, in the view
}

func newContext(known *labels) *context {
	return &context{
		Context: parser.NewContext(),
		known:   known,
		found:   labels{links: make(map[string]parser.Reference), footnotes: make(map[string]bool)},
		spans:   make(map[ast.Node]layout.Span),
	}
}

// AddReference implements parser.Context: the first definition of a label
// counts.
func (c *context) AddReference(r parser.Reference) {
	key := util.ToLinkReference(r.Label())
	if _, ok := c.found.links[key]; !ok {
		c.found.links[key] = r
	}
}

// Reference implements parser.Context.
func (c *context) Reference(label string) (parser.Reference, bool) {
	if c.known != nil {
		if r, ok := c.known.links[label]; ok {
			return r, true
		}
	}
	r, ok := c.found.links[label]
	return r, ok
}

func (c *context) footnote(label string) bool {
	return c.found.footnotes[label] || c.known != nil && c.known.footnotes[label]
}

// goldmarkParser is goldmark with tables, strikethrough, task lists, footnotes
// and definition lists. Linkify and the typographer stay off: they make
// elements the writer did not mark, some without positions.
var goldmarkParser = sync.OnceValue(func() parser.Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(taskParser{}, 0),
		util.Prioritized(recorder{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(footnoteLink{}, 101),
		util.Prioritized(linkRecorder{recorder{parser.NewLinkParser()}}, 200),
		util.Prioritized(recorder{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(recorder{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
	}
	return parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
	)
})

func blockParsers() []util.PrioritizedValue {
	return append(parser.DefaultBlockParsers(),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(footnoteBlock{extension.NewFootnoteBlockParser()}, 999),
	)
}

// parse reads a view's text into a tree.
func parse(source []byte, known *labels) (ast.Node, *context) {
	c := newContext(known)
	root := goldmarkParser().Parse(text.NewReader(source), parser.WithContext(c))
	inFileOrder(root)
	return root, c
}

// recorder notes where an inline parser found what it found.
type recorder struct{ parser.InlineParser }

func (r recorder) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, from := block.Position()
	n := r.InlineParser.Parse(parent, block, pc)
	switch n.(type) {
	case *ast.CodeSpan, *ast.Link, *ast.Image, *ast.AutoLink, *ast.RawHTML:
		_, to := block.Position()
		pc.(*context).spans[n] = layout.Span{Start: from.Start, End: to.Start}
	}
	return n
}

// linkRecorder is a recorder for the link parser, which also wants to know when
// a block ends. The span of a link runs from its closing bracket to its end.
type linkRecorder struct{ recorder }

func (r linkRecorder) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	r.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// footnoteBlock reads footnote definitions and leaves them where they stand;
// goldmark's own moves them to the end of the document and drops those nobody
// refers to.
type footnoteBlock struct{ parser.BlockParser }

func (f footnoteBlock) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n, state := f.BlockParser.Open(parent, reader, pc)
	if note, ok := n.(*east.Footnote); ok {
		pc.(*context).found.footnotes[string(note.Ref)] = true
	}
	return n, state
}

func (footnoteBlock) Close(ast.Node, text.Reader, parser.Context) {}

// footnoteLink reads references to footnotes that are defined: [^label].
type footnoteLink struct{}

const maxLabel = 999

func (footnoteLink) Trigger() []byte { return []byte{'!', '['} }

func (footnoteLink) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	open := 0
	if line[0] == '!' { // not an image, but an exclamation mark before a reference
		open = 1
	}
	if len(line) < open+4 || line[open] != '[' || line[open+1] != '^' {
		return nil
	}
	end := open + 2
	for end < len(line) && end < maxLabel && line[end] != ']' {
		if line[end] == '[' || line[end] == '\n' {
			return nil
		}
		if line[end] == '\\' {
			end++
		}
		end++
	}
	c := pc.(*context)
	if end >= len(line) || line[end] != ']' || !c.footnote(string(line[open+2:end])) {
		return nil
	}
	if open > 0 {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(segment.Start, segment.Start+open))
	}
	block.Advance(end + 1)
	n := east.NewFootnoteLink(0)
	c.spans[n] = layout.Span{Start: segment.Start + open, End: segment.Start + end + 1}
	return n
}

// taskParser reads the checkbox that begins a task list item (GFM, Task list
// items): brackets around a blank or x, then white space and text.
type taskParser struct{}

func (taskParser) Trigger() []byte { return []byte{'['} }

func (taskParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	item, ok := parent.Parent().(*ast.ListItem)
	if !ok || parent.HasChildren() || item.FirstChild() != parent {
		return nil
	}
	line, segment := block.PeekLine()
	if len(line) < 5 || line[2] != ']' || line[1] != ' ' && line[1] != '\t' && line[1]|0x20 != 'x' {
		return nil
	}
	end := 3
	for end < len(line) && (line[end] == ' ' || line[end] == '\t') {
		end++
	}
	if end == 3 || end == len(line) || line[end] == '\n' {
		return nil
	}
	block.Advance(end)
	n := east.NewTaskCheckBox(line[1]|0x20 == 'x')
	pc.(*context).spans[n] = layout.Span{Start: segment.Start, End: segment.Start + end}
	return n
}
