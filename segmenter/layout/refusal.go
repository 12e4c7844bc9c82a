package layout

import "fmt"

// Reason is a stable code for why an edit was refused.
type Reason string

// The reasons. Each has a sentence for people in [Refusal.Error].
const (
	NoSuchBlock     Reason = "no-such-block"
	BadSpan         Reason = "bad-span"
	Overlap         Reason = "overlap"
	Empty           Reason = "empty"
	ReadOnly        Reason = "read-only"
	NotUTF8         Reason = "not-utf8"
	ControlChar     Reason = "control-character"
	ParagraphBreak  Reason = "paragraph-break"
	UnknownToken    Reason = "unknown-token"
	NoPlace         Reason = "no-place"
	ReadsOtherwise  Reason = "reads-otherwise"
	BreaksMarkup    Reason = "breaks-markup"
	BreaksStructure Reason = "breaks-structure"
	ChangesOther    Reason = "changes-other-text"
	LastReference   Reason = "last-reference"
)

var reasonTexts = map[Reason]string{
	NoSuchBlock:     "there is no such block in the document",
	BadSpan:         "the range to be replaced is not in the text",
	Overlap:         "two changes want to replace the same text",
	Empty:           "there is no text left; deleting has to be asked for explicitly",
	ReadOnly:        "the text cannot be edited",
	NotUTF8:         "the new text is not valid UTF-8",
	ControlChar:     "the new text holds a control character",
	ParagraphBreak:  "a blank line would begin a new paragraph; insert that as a paragraph of its own",
	UnknownToken:    "the new text refers to mark-up that the original does not have",
	NoPlace:         "new text of this form cannot stand here",
	ReadsOtherwise:  "the new text cannot be written so that it reads as typed",
	BreaksMarkup:    "emphasis, links or other mark-up would no longer match",
	BreaksStructure: "the change would turn the text into something else (a heading, a list, a paragraph more or less)",
	LastReference:   "the only reference to a footnote would go, and the footnote with it",
	ChangesOther:    "the change would alter how another text of the document reads",
}

// Refusal is the error for an edit that cannot be put into the file.
type Refusal struct {
	Block  int // index into Document.Blocks, or -1
	Reason Reason
	Detail string // more on the reason, or ""
}

func (r *Refusal) Error() string {
	s := reasonTexts[r.Reason]
	if r.Detail != "" {
		s += ": " + r.Detail
	}
	if r.Block < 0 {
		return s
	}
	return fmt.Sprintf("block %d: %s", r.Block+1, s)
}
