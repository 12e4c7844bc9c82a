package layout

// Syntax is a file format that text is spliced into. It is implemented by the
// packages markdown and plain. A value may be used by several goroutines.
type Syntax interface {
	// Read reads a whole file. Every sequence of bytes is a file.
	Read(raw []byte) *Document

	// ReadPart reads whole lines out of doc's file, between two places named
	// with [Builder.Cut], as they stand or as an edit would leave them; first
	// says that they begin the file. What the rest of the file defines (link
	// and footnote labels) is known.
	ReadPart(doc *Document, raw []byte, first bool) *Document

	// Escape writes literal text so that it reads as itself in the given
	// place. Levels count from 0, the lightest, to Levels()-1, which escapes
	// everything that can be escaped. The result is checked by reading it
	// back, so a level need not be right everywhere.
	Escape(text string, at Place, level int) string

	// Levels is the number of escaping levels.
	Levels() int

	// Frame says how a new block is written next to block i. The error is a
	// [*Refusal] where none can stand.
	Frame(doc *Document, i int, after bool, as Form) (Frame, error)
}

// Place describes where literal text will stand.
type Place struct {
	Kind      Kind
	LineStart bool   // the text begins a line of the block
	Before    string // what stands before it on that line of the file
}

// Form is the shape new text takes in a file.
type Form uint8

// The forms an [Insertion] can have.
const (
	NewParagraph Form = iota
	NewItem           // a list item beside the one the block stands in
)

// Frame is the raw text around a new block.
type Frame struct {
	At     int // raw offset at which the new bytes go in
	Over   int // how many bytes there they take the place of; only of a slot
	Before string
	After  string
}
