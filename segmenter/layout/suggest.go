package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Suggestion is a change of layout that a file seems to need, and the sign by
// which it shows.
type Suggestion struct {
	Reshape
	Sign string // stable: one of the signs below
}

// The signs of what a file seems to need.
const (
	SignLabel    = "label"    // people said so
	SignLooks    = "looks"    // a short line without an end
	SignGuess    = "guess"    // a short sentence in front of prose; see Document.HeadingGuesses
	SignBlanks   = "blanks"   // blanks stand in front of a paragraph
	SignTorn     = "torn"     // the paragraph before has no end, and this one goes on in it
	SignSurplus  = "surplus"  // several blank lines
	SignNoTitle  = "no-title" // people said that it is no heading
	titleLevel   = 1
	sectionLevel = 2
)

// Suggestions lists the changes of layout that the file seems to need, by block;
// all of them can be made together. Labels are what people said of blocks: true for
// a heading. Only prose is looked at: nothing in lists, tables and quotations.
func (d *Document) Suggestions(labels map[int]bool) []Suggestion {
	guessed := map[int]bool{}
	for _, i := range d.HeadingGuesses() {
		guessed[i] = true
	}
	_, marks := d.syntax.(HeadingSyntax)
	var out []Suggestion
	var changes []Change
	add := func(sign string, r Reshape) {
		if c, err := d.reshapeChange(r); err == nil {
			out, changes = append(out, Suggestion{r, sign}), append(changes, c)
		}
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind != Paragraph && b.Kind != Heading || b.ReadOnly != "" {
			continue
		}
		called, said := labels[i]
		torn := d.torn(i) && !guessed[i] && !guessed[i-1]
		inside := torn || i+1 < len(d.Blocks) && d.torn(i+1) // part of a sentence is no heading
		level := sectionLevel
		if i == 0 {
			level = titleLevel
		}
		switch {
		case said && called && (b.Kind != Heading || !marks):
			add(SignLabel, Reshape{Kind: MakeHeading, Block: i, Level: level})
		case said && !called && b.Kind == Heading && marks:
			add(SignNoTitle, Reshape{Kind: MakeBody, Block: i})
		case said:
		case inside:
		case guessed[i]:
			add(SignGuess, Reshape{Kind: MakeHeading, Block: i, Level: level})
		case b.Kind == Heading && !marks:
			add(SignLooks, Reshape{Kind: MakeHeading, Block: i, Level: level})
		}
		if torn {
			add(SignTorn, Reshape{Kind: JoinBlocks, Block: i})
			continue // the gap goes, and with it what stands in it
		}
		if d.indent(i).Len() > 0 {
			add(SignBlanks, Reshape{Kind: TrimIndent, Block: i})
		}
		if d.surplus(i).Len() > 0 {
			add(SignSurplus, Reshape{Kind: TrimBlank, Block: i})
		}
	}
	readings := maxReadings
	return d.holding(out, changes, &readings)
}

// maxReadings is how often a file is read to find suggestions that cannot be
// made: each such one costs some readings, and a suggestion less is no harm.
const maxReadings = 60

// holding leaves out the suggestions that the file does not allow, by halves.
func (d *Document) holding(list []Suggestion, changes []Change, readings *int) []Suggestion {
	if len(list) == 0 || *readings == 0 {
		return nil
	}
	*readings--
	reshapes := make([]Reshape, len(list))
	for i, s := range list {
		reshapes[i] = s.Reshape
	}
	if d.holds(reshapes, changes) {
		return list
	}
	if len(list) == 1 {
		return nil
	}
	half := len(list) / 2
	left := d.holding(list[:half:half], changes[:half], readings)
	return append(left, d.holding(list[half:], changes[half:], readings)...)
}

// tornLength is the least length in bytes of a paragraph that was torn: shorter
// ones are lines of addresses, tables and verse.
const tornLength = 40

// torn reports whether block i goes on with the sentence of the block before it:
// that one stops in the middle, and this one begins in lower case, or behind a
// Chinese comma.
func (d *Document) torn(i int) bool {
	if _, ok := d.gap(i); !ok {
		return false
	}
	before, b := &d.Blocks[i-1], &d.Blocks[i]
	if !d.prose(i) || !d.prose(i-1) || before.ReadOnly != "" || len(before.Text) < tornLength {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before.Text)
	first, _ := utf8.DecodeRuneInString(b.Text)
	switch {
	case strings.ContainsRune("，、", last):
		return unicode.IsLetter(first)
	case unicode.IsLower(first):
		return unicode.IsLower(last) || last == ',' || last == '-'
	}
	return false
}
