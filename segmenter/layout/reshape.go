package layout

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReshapeKind says what a change of layout does.
type ReshapeKind string

// The kinds of changes. None of them touches a word.
const (
	MakeHeading ReshapeKind = "heading" // the block is a heading of a level
	MakeBody    ReshapeKind = "body"    // the block is no heading
	TrimIndent  ReshapeKind = "indent"  // the blanks in front of the block go
	JoinBlocks  ReshapeKind = "join"    // the block goes on with the one before it
	SplitBlock  ReshapeKind = "split"   // a paragraph begins inside the block
	TrimBlank   ReshapeKind = "blank"   // of several blank lines in front of the block one stays
)

// Reshape is a change of a document's layout.
type Reshape struct {
	Kind   ReshapeKind
	Block  int
	Level  int // MakeHeading: 1 to 6
	Offset int // SplitBlock: where the new paragraph begins in the block's text, in bytes
}

// HeadingSyntax is a [Syntax] that has a mark for headings. In the others a
// heading is only a label, and making one changes no bytes.
type HeadingSyntax interface {
	// MarkHeading returns the change that makes block i a heading of the level,
	// or with level 0 no heading. The error is a [*Refusal].
	MarkHeading(doc *Document, i, level int) (Change, error)
}

// Reshaping returns the bytes to replace for changes of layout, in their order.
// The file with all of them made was read, and is as [VerifyReshaped] asks. The
// error is a [*Refusal] that names the first block that cannot be changed so. A
// change that replaces nothing by nothing is a label alone.
func (d *Document) Reshaping(list ...Reshape) ([]Change, error) {
	changes := make([]Change, len(list))
	for i, r := range list {
		var err error
		if changes[i], err = d.reshapeChange(r); err != nil {
			return nil, err
		}
	}
	if d.holds(list, changes) {
		return changes, nil
	}
	for i := range list {
		if !d.holds(list[i:i+1], changes[i:i+1]) {
			return nil, &Refusal{list[i].Block, BreaksStructure, ""}
		}
	}
	return nil, &Refusal{-1, Overlap, ""}
}

// holds reads the file with the changes made.
func (d *Document) holds(list []Reshape, changes []Change) bool {
	var made []Change
	for _, c := range changes {
		if c.Old.Len() > 0 || len(c.New) > 0 {
			made = append(made, c)
		}
	}
	if len(made) == 0 {
		return true
	}
	out, ok := Apply(d.Raw, made)
	return ok && reshapesTo(d, d.syntax.Read(out), list)
}

// Apply makes changes, which it sorts as they stand in the file; false where two
// of them overlap.
func Apply(raw []byte, changes []Change) (out []byte, ok bool) {
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Old.Start, b.Old.Start), cmp.Compare(a.Old.End, b.Old.End))
	})
	for i := 1; i < len(changes); i++ {
		if changes[i].Old.Start < changes[i-1].Old.End {
			return nil, false
		}
	}
	return apply(raw, changes), true
}

func (d *Document) reshapeChange(r Reshape) (Change, error) {
	refuse := func(detail string) (Change, error) { return Change{}, &Refusal{r.Block, NoPlace, detail} }
	if r.Block < 0 || r.Block >= len(d.Blocks) {
		return Change{}, &Refusal{r.Block, NoSuchBlock, ""}
	}
	if why := d.Blocks[r.Block].ReadOnly; why != "" {
		return Change{}, &Refusal{r.Block, ReadOnly, why}
	}
	switch r.Kind {
	case MakeHeading, MakeBody:
		if r.Kind == MakeHeading && (r.Level < 1 || r.Level > 6) {
			return refuse("a heading has a level from 1 to 6")
		}
		level := r.Level
		if r.Kind == MakeBody {
			level = 0
		}
		if s, ok := d.syntax.(HeadingSyntax); ok {
			return s.MarkHeading(d, r.Block, level)
		}
		at := d.Blocks[r.Block].extent().Start
		return Change{Old: Span{at, at}}, nil
	case TrimIndent:
		if old := d.indent(r.Block); old.Len() > 0 {
			return Change{Old: old}, nil
		}
		return refuse("the text is not indented")
	case TrimBlank:
		if old := d.surplus(r.Block); old.Len() > 0 {
			return Change{Old: old}, nil
		}
		return refuse("there are not several blank lines in front of it")
	case JoinBlocks:
		gap, ok := d.gap(r.Block)
		if !ok || d.Blocks[r.Block-1].ReadOnly != "" || !d.prose(r.Block) || !d.prose(r.Block-1) {
			return refuse("there is no paragraph right before it to be joined with")
		}
		before, _ := utf8.DecodeLastRuneInString(d.Blocks[r.Block-1].Text)
		after, _ := utf8.DecodeRuneInString(d.Blocks[r.Block].Text)
		return Change{gap, []byte(jointRunes(before, after))}, nil
	case SplitBlock:
		return d.splitting(r)
	}
	return refuse("no such change")
}

// prose reports whether block i is a paragraph that stands for itself. What a
// plain text's lines look like decides nothing.
func (d *Document) prose(i int) bool {
	_, marks := d.syntax.(HeadingSyntax)
	return d.Blocks[i].Kind == Paragraph || d.Blocks[i].Kind == Heading && !marks
}

// splitting replaces the white space at the offset by the gap that paragraphs of
// the file have between them.
func (d *Document) splitting(r Reshape) (Change, error) {
	b := &d.Blocks[r.Block]
	if !d.prose(r.Block) {
		return Change{}, &Refusal{r.Block, NoPlace, "a " + b.Kind.String() + " is not divided"}
	}
	if r.Offset <= 0 || r.Offset >= len(b.Text) || !onRune(b.Text, r.Offset) || !readable(b.Text[:r.Offset]) || !readable(b.Text[r.Offset:]) {
		return Change{}, &Refusal{r.Block, BadSpan, ""}
	}
	end := len(strings.TrimRightFunc(b.Text[:r.Offset], unicode.IsSpace))
	start := len(b.Text) - len(strings.TrimLeftFunc(b.Text[r.Offset:], unicode.IsSpace))
	old := Span{b.rawEnd(end), b.rawStart(start)}
	if old.End < old.Start {
		return Change{}, &Refusal{r.Block, BreaksMarkup, ""}
	}
	gap := strings.Repeat(d.Newline, 2)
	if d.Mode == "hard" && !d.spaced() {
		gap = d.Newline
	}
	return Change{old, []byte(gap)}, nil
}

// spaced reports whether blank lines part most paragraphs of the file.
func (d *Document) spaced() bool {
	with := 0
	for i := 1; i < len(d.Blocks); i++ {
		if d.blankLines(i) > 0 {
			with++
		}
	}
	return 2*with >= len(d.Blocks)-1
}

// Spaced reports whether blank lines part most paragraphs of the file, and
// whether one parts block i from the block before it.
func (d *Document) Spaced(i int) (most, here bool) { return d.spaced(), d.blankLines(i) > 0 }

// gap is the white space between the texts of two neighbours; false where
// anything else stands there, or the block is the first.
func (d *Document) gap(i int) (Span, bool) {
	if i < 1 || i >= len(d.Blocks) {
		return Span{}, false
	}
	s := Span{d.Blocks[i-1].extent().End, d.Blocks[i].extent().Start}
	return s, s.Start <= s.End && allSpace(d.Raw[s.Start:s.End])
}

func allSpace(b []byte) bool { return len(bytes.TrimSpace(b)) == 0 }

// indent is the white space between the beginning of the line and block i.
func (d *Document) indent(i int) Span {
	at := d.Blocks[i].extent().Start
	line := bytes.LastIndexAny(d.Raw[:at], "\r\n") + 1
	if line == 0 && d.BOM {
		line = len("\uFEFF")
	}
	if !allSpace(d.Raw[line:at]) {
		return Span{at, at}
	}
	return Span{line, at}
}

// blankLines counts the blank lines right above the line of block i.
func (d *Document) blankLines(i int) int {
	n := 0
	at := bytes.LastIndexAny(d.Raw[:d.Blocks[i].extent().Start], "\r\n") + 1
	for at > 0 {
		s := spaceLine(d.Raw, at)
		if s.Len() == 0 {
			break
		}
		n, at = n+1, s.Start
	}
	return n
}

// surplus is the blank lines above block i but for the first of them.
func (d *Document) surplus(i int) Span {
	end := bytes.LastIndexAny(d.Raw[:d.Blocks[i].extent().Start], "\r\n") + 1
	n := d.blankLines(i)
	if n < 2 || i == 0 {
		return Span{end, end}
	}
	at := end
	for range n - 1 {
		at = spaceLine(d.Raw, at).Start
	}
	return Span{at, end}
}

// spaceLine is the line that ends at an offset if it holds white space alone;
// empty otherwise.
func spaceLine(raw []byte, end int) Span {
	at := end - 1
	if at > 0 && raw[at] == '\n' && raw[at-1] == '\r' {
		at--
	}
	start := bytes.LastIndexAny(raw[:at], "\r\n") + 1
	if !allSpace(raw[start:at]) {
		return Span{end, end}
	}
	return Span{start, end}
}

// VerifyReshaped compares a file with what changes of layout made of it: the
// words the same, in the same order; blocks as the changes say; everything else
// as it was. Blocks are counted in the file before. The error is a [*Refusal].
func VerifyReshaped(before, after *Document, list []Reshape) error {
	if reshapesTo(before, after, list) {
		return nil
	}
	return &Refusal{Block: -1, Reason: BreaksStructure}
}

// ReadAgain reads other bytes as the document's file was read.
func (d *Document) ReadAgain(raw []byte) *Document { return d.syntax.Read(raw) }

// shape is a block as it shall be.
type shape struct {
	kind   Kind
	level  int
	text   string
	joined bool
}

func reshapesTo(before, after *Document, list []Reshape) bool {
	want := reshaped(before, list)
	if len(want) != len(after.Blocks) {
		return false
	}
	_, marks := before.syntax.(HeadingSyntax)
	for i, w := range want {
		b := &after.Blocks[i]
		got := flatten(b, 0, len(b.Text))
		if w.joined {
			got, w.text = noSpace(got), noSpace(w.text)
		}
		if got != w.text || marks && (b.Kind != w.kind || b.Level != w.level) {
			return false
		}
	}
	return sameFrame(before, after)
}

// reshaped applies the changes to what the file says.
func reshaped(d *Document, list []Reshape) []shape {
	at := make(map[int][]Reshape)
	for _, r := range list {
		at[r.Block] = append(at[r.Block], r)
	}
	var out []shape
	for i := range d.Blocks {
		b := &d.Blocks[i]
		s := shape{kind: b.Kind, level: b.Level}
		var cuts []int
		join := false
		for _, r := range at[i] {
			switch r.Kind {
			case MakeHeading:
				s.kind, s.level = Heading, r.Level
			case MakeBody:
				s.kind, s.level = Paragraph, 0
			case JoinBlocks:
				join = true
			case SplitBlock:
				cuts = append(cuts, r.Offset)
			}
		}
		for k, text := range pieces(b, cuts) {
			s.text = text
			if k == 0 && join && len(out) > 0 {
				last := &out[len(out)-1]
				last.text, last.joined = last.text+" "+text, true
				continue
			}
			out = append(out, s)
		}
	}
	return out
}

// pieces cuts a block's text at the offsets.
func pieces(b *Block, cuts []int) []string {
	var out []string
	at := 0
	slices.Sort(cuts)
	for _, c := range append(cuts, len(b.Text)) {
		out = append(out, strings.TrimFunc(flatten(b, at, c), unicode.IsSpace))
		at = c
	}
	return out
}

// flatten writes out part of a block's text with the bytes of its tokens in
// place of their numbers, which another reading may give otherwise.
func flatten(b *Block, from, to int) string {
	if len(b.Tokens) == 0 {
		return b.Text[from:to]
	}
	var s strings.Builder
	next := 0
	for i, r := range b.Text {
		_, _, token := IsPlaceholder(r)
		if i >= from && i < to {
			if token {
				s.WriteString("\x00" + b.Tokens[next].Kind.String() + b.Tokens[next].Raw + "\x00")
			} else {
				s.WriteRune(r)
			}
		}
		if token {
			next++
		}
	}
	return s.String()
}

func noSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// sameFrame compares what of two files is no text: lists, tables, code.
func sameFrame(before, after *Document) bool {
	a, b := frameOf(before), frameOf(after)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].kind != b[i].kind || a[i].depth != b[i].depth || a[i].sum != b[i].sum {
			return false
		}
	}
	return true
}

func frameOf(d *Document) []node {
	var out []node
	for _, n := range d.nodes {
		if n.block < 0 {
			out = append(out, n)
		}
	}
	return out
}

// Lines returns a function that gives the number of the line, from 1, on which
// a raw offset stands.
func (d *Document) Lines() func(raw int) int {
	starts := []int{0}
	for i, c := range d.Raw {
		if c == '\n' || c == '\r' && (i+1 == len(d.Raw) || d.Raw[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return func(raw int) int {
		n, exact := slices.BinarySearch(starts, raw)
		if exact {
			n++
		}
		return n
	}
}
