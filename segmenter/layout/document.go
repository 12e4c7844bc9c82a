package layout

// Span is a half-open range [Start, End) of byte offsets.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Kind says what a block is.
type Kind uint8

// The kinds of blocks. A paragraph inside a list item is a ListItem, inside a
// quotation a Quote, inside a footnote a Footnote; the innermost wins. A paragraph
// whose words show it is a Caption, or a Footnote. In plain text all kinds but
// Paragraph are labels from the looks of a block.
const (
	Paragraph Kind = iota
	Heading
	ListItem
	TableCell
	Quote
	Footnote
	Term    // the word a definition list defines
	Caption // of a figure or table; a label from its words
)

var kindNames = [...]string{"paragraph", "heading", "list-item", "table-cell", "quote", "footnote", "term", "caption"}

// String returns the kind's stable name, such as "list-item".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// TokenKind says what a protected token is.
type TokenKind uint8

// The kinds of tokens. Emphasis, Strikethrough and Link come in pairs, an
// opening and a closing token of one number; all others stand alone.
const (
	Emphasis TokenKind = iota
	Strikethrough
	Link
	Image
	Code
	Math
	HTML
	Autolink
	FootnoteReference
	HardBreak
	Shortcode  // {{…}} and {%…%}
	Attributes // {: …}
	Character  // a character that cannot stand for itself in logical text
)

var tokenNames = [...]string{"emphasis", "strikethrough", "link", "image", "code", "math", "html", "autolink",
	"footnote-reference", "hard-break", "shortcode", "attributes", "character"}

// String returns the kind's stable name, such as "footnote-reference".
func (k TokenKind) String() string {
	if int(k) < len(tokenNames) {
		return tokenNames[k]
	}
	return "unknown"
}

// Token is a piece of mark-up inside a block, one placeholder in its text.
type Token struct {
	Number int  // from 1, in order of appearance; both ends of a pair share it
	Close  bool // the second half of a pair
	Kind   TokenKind
	Raw    string // the bytes in the file, glue included where the token spans lines
}

// Document is a file with its text found. It does not change after it was
// read and may be used by several goroutines at once.
type Document struct {
	Raw      []byte  // the file as received; not to be modified
	Blocks   []Block // in file order
	Newline  string  // the line end the file uses most: "\n", "\r\n" or "\r"
	BOM      bool    // the file starts with a byte order mark
	Mode     string  // how the syntax read the file where it had a choice, or ""
	Coverage Coverage
	Notices  []Notice // what could not be read as usual, in file order

	text     string         // Raw as a string; verbatim block texts are parts of it
	nodes    []node         // the block structure in file order
	slots    []slot         // empty places for text, in file order
	cuts     []int          // raw offsets at which a part may begin or end, ascending
	skeleton []Passage      // what was named as no text, as it was named
	refs     map[string]int // how often the text refers to each footnote
	syntax   Syntax
	env      any
}

// Environment returns what the syntax stored about the whole file for reading
// parts of it (see [Builder.SetEnvironment]).
func (d *Document) Environment() any { return d.env }

// Block is a piece of text that stands by itself in the file.
type Block struct {
	Kind     Kind
	Level    int     // of a heading 1–6; of a list item, quotation: the depth of nesting; else 0
	Path     string  // the structural address, unique in the file
	Text     string  // the logical text, valid UTF-8, without white space at its ends
	Tokens   []Token // in order of appearance
	ReadOnly string  // why the block cannot be edited, or ""

	runs []run
	node int // index into Document.nodes
}

// Reasons for a block to be read-only.
const (
	ReadOnlyUndecodable = "undecodable bytes"
	ReadOnlyNUL         = "NUL"
	ReadOnlyComplex     = "mark-up too deep or too dense to be read safely"
)

// Notice is something a person should know about how a file was read.
type Notice struct {
	Span   Span // raw
	Reason string
}

// node is one element of the block structure. Two files have the same
// structure when their nodes are equal, positions apart.
type node struct {
	depth int
	kind  string
	sum   uint64 // attributes, and the content of what is not text
	loose uint64 // attributes that an insertion or deletion may change
	block int    // index into Document.Blocks, or -1
	raw   Span
	label bool
}

// slot is an empty place that text can be put into.
type slot struct {
	frame Frame
	depth int // of the node that the text will make
}

// runKind says how the raw bytes of a run are read.
type runKind uint8

const (
	verbatim runKind = iota // logical and raw bytes are the same
	decoded                 // an escape, entity or undecodable byte: not divisible
	token                   // a placeholder
	glue                    // a joint of two lines: "" or " "
)

// run maps a stretch of logical text to its raw bytes. The runs of a block
// follow each other without gaps, in both.
type run struct {
	kind runKind
	log  Span
	raw  Span
}
