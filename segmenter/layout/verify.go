package layout

import (
	"errors"
	"sort"
	"unicode/utf8"
)

// expectation is what a file shall read after edits. Blocks are counted in the
// file before them.
type expectation struct {
	edited map[int]string
	gone   map[int]bool
	added  []addition // in file order
}

// addition is a new block. Where several are added, the first in the file comes
// first.
type addition struct {
	text  string
	kind  string // of the new node: "p" or "li"
	depth int
}

// Verify reads out, which shall be doc's file with the edits and insertions put
// in, and says whether it is so: the block structure the same but for deleted
// and inserted blocks, each edited block as typed, every other text and token
// the same. The error is a [*Refusal], or several joined where the edits
// themselves are impossible.
//
// Verify reads the whole file; [VerifyEdit] says the same of a single edit by
// reading its surroundings.
func Verify(doc *Document, out []byte, edits []Edit, insertions ...Insertion) error {
	list, errs := compose(doc, edits)
	want := expectation{edited: make(map[int]string), gone: make(map[int]bool)}
	for _, w := range list {
		if w.delete {
			want.gone[w.block] = true
		} else {
			want.edited[w.block] = w.text
		}
	}
	for _, ins := range inFileOrder(insertions) {
		a, err := ins.addition(doc)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		want.added = append(want.added, a)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	after := doc.syntax.Read(out)
	if r := compare(doc, after, want); r != nil {
		return r
	}
	return lostReferences(doc, after, list)
}

// window is a part of a file around one block, read by itself, against which
// the result of an edit is compared.
type window struct {
	doc    *Document
	raw    Span
	before *Document
	first  int // the window's first block, counted in doc
}

// newWindow takes the part of the file that holds the block, and its
// neighbours on both sides.
func newWindow(doc *Document, block int) *window {
	w := windowAt(doc, doc.Blocks[block].extent())
	if w.before != doc && (block-w.first >= len(w.before.Blocks) || w.before.Blocks[block-w.first].Text != doc.Blocks[block].Text) {
		return wholeFile(doc) // the part does not read alone as it does in the whole
	}
	return w
}

// windowAt takes the part of the file around a stretch of it.
func windowAt(doc *Document, at Span) *window {
	w := wholeFile(doc)
	i := sort.SearchInts(doc.cuts, at.Start+1) - 2
	j := sort.SearchInts(doc.cuts, at.End) + 1
	raw := w.raw
	if i >= 0 {
		raw.Start = doc.cuts[i]
	}
	if j < len(doc.cuts) {
		raw.End = doc.cuts[j]
	}
	if raw == w.raw {
		return w
	}
	part := doc.syntax.ReadPart(doc, doc.Raw[raw.Start:raw.End], raw.Start == 0)
	first := doc.BlockAt(raw.Start)
	if first+len(part.Blocks) != doc.BlockAt(raw.End) {
		return w // the part does not read alone as it does in the whole
	}
	return &window{doc, raw, part, first}
}

// wholeFile is the window that needs no reading by itself.
func wholeFile(doc *Document) *window {
	return &window{doc: doc, raw: Span{0, len(doc.Raw)}, before: doc}
}

// verify reads the window with the changes applied; nil if it is as wanted.
// Indices in want count blocks of the document.
func (w *window) verify(changes []Change, want expectation) *Refusal {
	local := make([]Change, len(changes))
	for i, c := range changes {
		if c.Old.Start < w.raw.Start || c.Old.End > w.raw.End {
			return &Refusal{Block: -1, Reason: BreaksStructure}
		}
		local[i] = Change{Span{c.Old.Start - w.raw.Start, c.Old.End - w.raw.Start}, c.New}
	}
	raw := apply(w.doc.Raw[w.raw.Start:w.raw.End], local)
	var after *Document
	if w.before == w.doc {
		after = w.doc.syntax.Read(raw)
	} else {
		after = w.doc.syntax.ReadPart(w.doc, raw, w.raw.Start == 0)
	}
	shifted := expectation{edited: make(map[int]string), gone: make(map[int]bool), added: want.added}
	for i, text := range want.edited {
		shifted.edited[i-w.first] = text
	}
	for i := range want.gone {
		shifted.gone[i-w.first] = true
	}
	r := compare(w.before, after, shifted)
	if r != nil && r.Block >= 0 {
		r.Block += w.first
	}
	return r
}

// reads compares a block that was edited with what it shall read. Tokens are
// numbered anew in each reading; they must be the same ones in the same pairs.
func reads(old *Block, want string, now *Block) Reason {
	if now.ReadOnly != "" {
		return ReadsOtherwise
	}
	had := old.byPlaceholder()
	number := make(map[int]int) // of now's tokens, in old
	next := 0
	got := now.Text
	for want != "" && got != "" {
		a, n := utf8.DecodeRuneInString(want)
		b, m := utf8.DecodeRuneInString(got)
		want, got = want[n:], got[m:]
		_, _, isToken := IsPlaceholder(b)
		t, wasToken := had[a]
		switch {
		case isToken != wasToken:
			return either(isToken || wasToken)
		case !isToken && a != b:
			return ReadsOtherwise
		case isToken:
			u := now.Tokens[next]
			next++
			if u.Raw != t.Raw || u.Close != t.Close || u.Kind != t.Kind {
				return BreaksMarkup
			}
			if n, ok := number[u.Number]; ok && n != t.Number {
				return BreaksMarkup
			}
			number[u.Number] = t.Number
		}
	}
	if want != "" || got != "" {
		return ReadsOtherwise
	}
	return ""
}

func either(markup bool) Reason {
	if markup {
		return BreaksMarkup
	}
	return ReadsOtherwise
}

// sameBlock reports whether a block that was not edited still reads the same.
func sameBlock(a, b *Block) bool {
	if a.Kind != b.Kind || a.Level != b.Level || a.Text != b.Text || a.ReadOnly != b.ReadOnly || len(a.Tokens) != len(b.Tokens) {
		return false
	}
	for i := range a.Tokens {
		if a.Tokens[i] != b.Tokens[i] {
			return false
		}
	}
	return true
}
