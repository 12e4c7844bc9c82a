package layout

import (
	"errors"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Edit replaces a range of a block's logical text.
//
// Placeholders in Text stand for tokens of the block, whose raw bytes they
// bring along; they may be moved, repeated and left out. White space at either
// end of Text is dropped where the text around it already has some, or where
// the block ends. Line ends are treated as [Typed] says. If nothing is left to
// read, the edit is refused unless Delete is set.
//
// With Delete, Text must be empty: the range goes, with the white space that
// set it off. If the rest of the block has nothing to read, the block goes.
type Edit struct {
	Block  int
	Span   Span
	Text   string
	Delete bool
}

// Change replaces bytes of the raw file.
type Change struct {
	Old Span
	New []byte
}

// Splice puts edits and insertions into the file. Only what an edit really
// changes is written: the new text is compared with the old word by word, and
// what stays keeps its bytes, line ends and markers. Where a changed run
// covers glue, the lines are joined.
//
// Literal text is escaped as lightly as its surroundings allow; each edit is
// tried with heavier escaping until the file reads as wanted there (the block,
// its neighbours, and their structure). If no way is found the error names the
// edit: a [*Refusal], or several joined; then out and changes hold the edits
// that could be made.
//
// Changes are in file order and do not overlap. The cost of an edit does not
// depend on the size of the document, but for copying it.
func Splice(doc *Document, edits []Edit, insertions ...Insertion) (out []byte, changes []Change, err error) {
	changes, err = plan(doc, edits, insertions)
	return apply(doc.Raw, changes), changes, err
}

// VerifyEdit says whether one edit can be put into the file: nil, or the
// [*Refusal] that [Splice] would give. It reads again only the surroundings of
// the edit.
func VerifyEdit(doc *Document, edit Edit) error {
	_, err := plan(doc, []Edit{edit}, nil)
	return err
}

// VerifyInsertion is VerifyEdit for an insertion.
func VerifyInsertion(doc *Document, ins Insertion) error {
	_, err := plan(doc, nil, []Insertion{ins})
	return err
}

func plan(doc *Document, edits []Edit, insertions []Insertion) ([]Change, error) {
	wanted, errs := compose(doc, edits)
	var changes []Change
	for _, w := range wanted {
		cs, err := w.changes(doc)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		changes = append(changes, cs...)
	}
	for _, ins := range inFileOrder(insertions) {
		c, err := ins.change(doc)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		changes = append(changes, c)
	}
	sort.SliceStable(changes, func(i, j int) bool {
		a, b := changes[i].Old, changes[j].Old
		return a.Start < b.Start || a.Start == b.Start && a.End < b.End
	})
	for i := 1; i < len(changes); i++ {
		if changes[i].Old.Start < changes[i-1].Old.End {
			errs = append(errs, &Refusal{doc.BlockAt(changes[i].Old.Start), Overlap, ""})
			changes = append(changes[:i], changes[i+1:]...)
			i--
		}
	}
	return changes, errors.Join(errs...)
}

func apply(raw []byte, changes []Change) []byte {
	size := len(raw)
	for _, c := range changes {
		size += len(c.New) - c.Old.Len()
	}
	out := make([]byte, 0, size)
	at := 0
	for _, c := range changes {
		out = append(append(out, raw[at:c.Old.Start]...), c.New...)
		at = c.Old.End
	}
	return append(out, raw[at:]...)
}

// wanted is what a block shall read after all edits of it.
type wanted struct {
	block   int
	text    string
	delete  bool // the whole block goes
	knowing bool // some of the text goes on purpose
}

// compose gathers the edits of each block into one new text.
func compose(doc *Document, edits []Edit) (out []wanted, errs []error) {
	byBlock := append([]Edit(nil), edits...)
	sort.SliceStable(byBlock, func(i, j int) bool {
		a, b := byBlock[i], byBlock[j]
		return a.Block < b.Block || a.Block == b.Block && a.Span.Start < b.Span.Start
	})
	for len(byBlock) > 0 {
		n := 1
		for n < len(byBlock) && byBlock[n].Block == byBlock[0].Block {
			n++
		}
		w, err := composeBlock(doc, byBlock[:n])
		if err != nil {
			errs = append(errs, err)
		} else {
			out = append(out, w)
		}
		byBlock = byBlock[n:]
	}
	return out, errs
}

func composeBlock(doc *Document, edits []Edit) (wanted, error) {
	i := edits[0].Block
	refuse := func(r Reason, detail string) (wanted, error) { return wanted{}, &Refusal{i, r, detail} }
	if i < 0 || i >= len(doc.Blocks) {
		return refuse(NoSuchBlock, "")
	}
	b := &doc.Blocks[i]
	if b.ReadOnly != "" {
		return refuse(ReadOnly, b.ReadOnly)
	}
	text, at, deleted := "", 0, false
	for _, e := range edits {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(b.Text) ||
			!onRune(b.Text, e.Span.Start) || !onRune(b.Text, e.Span.End) {
			return refuse(BadSpan, "")
		}
		if e.Span.Start < at {
			return refuse(Overlap, "")
		}
		piece, err := typed(e.Text, b.Text)
		if err != nil {
			var r *Refusal
			errors.As(err, &r)
			return refuse(r.Reason, r.Detail)
		}
		text += b.Text[at:e.Span.Start]
		at = e.Span.End
		if e.Delete {
			if strings.TrimSpace(piece) != "" {
				return refuse(Empty, "a deletion brings no text")
			}
			deleted = true
			// One of the two gaps goes with the text.
			if rest := strings.TrimLeftFunc(b.Text[at:], unicode.IsSpace); len(rest) < len(b.Text)-at || rest == "" {
				at = len(b.Text) - len(rest)
			} else {
				text = strings.TrimRightFunc(text, unicode.IsSpace)
			}
			continue
		}
		if !readable(piece) && readable(b.Text[e.Span.Start:e.Span.End]) {
			return refuse(Empty, "")
		}
		if text == "" || endsWithSpace(text) {
			piece = strings.TrimLeftFunc(piece, unicode.IsSpace)
		}
		if at == len(b.Text) || startsWithSpace(b.Text[at:]) {
			piece = strings.TrimRightFunc(piece, unicode.IsSpace)
		}
		text += piece
	}
	text = strings.TrimFunc(text+b.Text[at:], unicode.IsSpace)
	if !readable(text) {
		if !deleted {
			return refuse(Empty, "")
		}
		return wanted{block: i, delete: true, knowing: true}, nil
	}
	if r, bad := unknownToken(b, text); bad {
		return refuse(UnknownToken, Show(string(r)))
	}
	return wanted{block: i, text: text, knowing: deleted}, nil
}

func onRune(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// readable reports whether text holds anything but placeholders and white
// space.
func readable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		_, _, placeholder := IsPlaceholder(r)
		return !placeholder && !unicode.IsSpace(r)
	})
}

func unknownToken(b *Block, text string) (rune, bool) {
	known := b.byPlaceholder()
	for _, r := range text {
		if _, _, ok := IsPlaceholder(r); ok {
			if _, ok := known[r]; !ok {
				return r, true
			}
		}
	}
	return 0, false
}
