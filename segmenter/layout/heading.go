package layout

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// HeadingSign is why a paragraph is taken for a heading.
type HeadingSign string

// The signs of a heading. Each comes on top of what all guesses share (see
// [Document.HeadingGuesses]).
const (
	NoHeadingSign HeadingSign = ""
	// BareVerb: the paragraph says what is to be done and names nobody who does it.
	BareVerb HeadingSign = "bare-verb"
	// BeforeBareVerb: the paragraph behind begins without a subject, which it
	// must have from here.
	BeforeBareVerb HeadingSign = "before-bare-verb"
)

// Lengths count letters and digits; an ideograph is about as long as a syllable
// and counts for headingWide.
const (
	headingWide   = 3
	headingMost   = 90  // a heading is at most so long
	headingProse  = 130 // the paragraphs of the file are at least so long (median)
	headingBehind = 2.4 // the paragraph behind is so many times longer than it
	headingBefore = 1.8 // ... and the one before
)

// HeadingGuesses returns the indexes of the blocks, ascending, that are written
// as paragraphs but read like headings. Some engines, and some authors, end
// headings with a full stop: "Make every effort to keep the peace."
//
// It is a label for people to confirm. No boundary depends on it, and it would
// rather miss a heading than call a sentence one. All of these have to hold: the
// block is a paragraph of one short sentence that ends in a full stop; a much
// longer paragraph follows, none much shorter stands before; the file is prose;
// it speaks of nothing said before (he, this, such); it has no figures, speech
// or quotation; and there is a [HeadingSign]. A file's only candidate has to
// show both signs. English and Chinese are read; other languages have no guesses.
func (d *Document) HeadingGuesses() []int {
	g := headings{doc: d}
	var found []int
	for i := range d.Blocks {
		if d.Blocks[i].Kind == Paragraph {
			if n := weight(d.Blocks[i].Text); n > headingMost {
				g.prose = append(g.prose, n)
			}
		}
	}
	slices.Sort(g.prose)
	if len(g.prose) < 3 || g.prose[len(g.prose)/2] < headingProse {
		return nil
	}
	for i := range d.Blocks {
		if g.sign(i) != NoHeadingSign {
			found = append(found, i)
		}
	}
	if len(found) == 1 && !(g.bare(found[0]) && g.bare(found[0]+1)) {
		return nil
	}
	return found
}

// HeadingSign returns the sign by which block i, one of [Document.HeadingGuesses],
// is taken for a heading.
func (d *Document) HeadingSign(i int) HeadingSign {
	g := headings{doc: d}
	return g.sign(i)
}

type headings struct {
	doc   *Document
	prose []int // weights of the longer paragraphs
}

func (g *headings) sign(i int) HeadingSign {
	if i < 0 || i+1 >= len(g.doc.Blocks) || !g.short(i) {
		return NoHeadingSign
	}
	own, behind := &g.doc.Blocks[i], &g.doc.Blocks[i+1]
	n := float64(weight(own.Text))
	if behind.Kind != Paragraph || float64(weight(behind.Text)) < headingBehind*n {
		return NoHeadingSign
	}
	if i > 0 && g.doc.Blocks[i-1].Kind == Paragraph && float64(weight(g.doc.Blocks[i-1].Text)) < headingBefore*n {
		return NoHeadingSign
	}
	switch {
	case g.bare(i):
		return BareVerb
	case g.bare(i + 1):
		return BeforeBareVerb
	}
	return NoHeadingSign
}

// short reports whether block i is one short sentence that could be a heading.
func (g *headings) short(i int) bool {
	b := &g.doc.Blocks[i]
	if b.Kind != Paragraph || b.ReadOnly != "" || weight(b.Text) > headingMost {
		return false
	}
	body, ok := strings.CutSuffix(b.Text, ".")
	if !ok {
		body, ok = strings.CutSuffix(b.Text, "。")
	}
	if !ok || body == "" || strings.ContainsAny(body, ".。!?！？:：;；…\"“”「」") || strings.ContainsFunc(body, unicode.IsDigit) {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(body), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if len(words) == 0 || isHan(body) {
		return len(words) > 0 && !strings.ContainsAny(body, "我你他她它这這那此该該") && utf8.RuneCountInString(body) >= 4
	}
	if len(words) < 3 {
		return false
	}
	for _, w := range words {
		if finite[w] {
			return false
		}
	}
	return true
}

// finite are the English words that make a sentence one of a running text: they
// point back, or are the verbs of statements about a state of things.
var finite = set(`i you he she it they we me him them us his her its their our my your this that these those such here there
	is are was were be been am has have had do does did will would shall should can could may might must cannot
	said says say added told asked thanked replied agreed`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// bare reports whether block i begins without a subject: with a verb, adverbs
// before it left out.
func (g *headings) bare(i int) bool {
	text := g.doc.Blocks[i].Text
	if isHan(text) {
		for n := 1; n <= 3; n++ {
			if verbs().han[firstRunes(text, n)] {
				return true
			}
		}
		return false
	}
	clause, _, _ := strings.Cut(text, ",")
	words := strings.Fields(strings.ToLower(clause))
	for len(words) > 1 && strings.HasSuffix(words[0], "ly") {
		words = words[1:]
	}
	if len(words) < 3 || !verbs().latin[words[0]] {
		return false
	}
	// "Support for the plan has grown", "Work began": a noun after all.
	return !finite[words[1]] && words[1] != "of" && words[1] != "for" && words[1] != "began"
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func isHan(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Han, r)
		}
	}
	return false
}

// weight is the length of a text for people.
func weight(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			n += headingWide
		case unicode.IsLetter(r), unicode.IsDigit(r):
			n++
		}
	}
	return n
}

//go:embed verbs.txt
var verbList string

type verbTable struct{ latin, han map[string]bool }

// verbs reads the embedded list, once.
var verbs = sync.OnceValue(func() verbTable {
	t := verbTable{make(map[string]bool), make(map[string]bool)}
	into := t.latin
	for line := range strings.Lines(verbList) {
		line, _, _ = strings.Cut(line, "#")
		switch line = strings.TrimSpace(line); line {
		case "[latin]":
			into = t.latin
		case "[han]":
			into = t.han
		default:
			for w := range strings.FieldsSeq(line) {
				into[w] = true
				if line[0] < utf8.RuneSelf {
					into[strings.TrimSuffix(w, "e")+"ed"] = true
				}
			}
		}
	}
	return t
})
