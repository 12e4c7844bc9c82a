package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// codeWriter writes the texts of one unit of XLIFF 2 with their codes and marks.
// The placeholder of a code is written as what it displays, by which it is read
// back whatever its id.
type codeWriter struct {
	*xmlWriter
	data   map[string]string // raw bytes of codes → ids of the unit's original data
	order  []string          // the raw bytes in the order of their ids
	used   map[string]bool   // ids of the side being written
	source []sourceCode      // codes of the source, which codes of the target may be
}

type sourceCode struct {
	raw, id string
	taken   bool
}

// mark is a quality issue on a span of a text.
type mark struct {
	start, end int // bytes of the text
	id         string
	attrs      []string
}

// code is a placeholder in a text with what is written for it.
type code struct {
	at      int
	token   layout.Token
	known   bool
	partner int // index of the other half in the same text, or -1
	nested  bool
	element string // "pc", "sc", "ec", "ph"
	shown   string
	id      string
}

// codesOf finds the placeholders of a text, one list of tokens a line.
func codesOf(text string, tokens [][]layout.Token) []code {
	var list []code
	lineNumber := 0
	for i, r := range text {
		if r == '\n' {
			lineNumber++
			continue
		}
		number, closing, ok := layout.IsPlaceholder(r)
		if !ok {
			continue
		}
		c := code{at: i, token: layout.Token{Number: number, Close: closing, Kind: layout.HTML}, partner: -1, element: "ph", shown: layout.Show(string(r))}
		if lineNumber < len(tokens) {
			for _, t := range tokens[lineNumber] {
				if layout.Placeholder(t) == r {
					c.token, c.known = t, true
				}
			}
		}
		list = append(list, c)
	}
	return list
}

// pairUp finds the halves that belong together, and which pairs hold all that
// begins in them: those are written as one element around the text.
func pairUp(list []code) {
	var open []int
	for i := range list {
		c := &list[i]
		if !c.known {
			continue
		}
		if !c.token.Close {
			if hasOtherHalf(list, i) {
				open = append(open, i)
			}
			continue
		}
		for j := len(open) - 1; j >= 0; j-- {
			o := &list[open[j]]
			if o.token.Number != c.token.Number {
				continue
			}
			o.partner, c.partner = i, open[j]
			o.nested, c.nested = j == len(open)-1, j == len(open)-1
			open = slices.Delete(open, j, j+1)
			break
		}
	}
	for i := range list {
		c := &list[i]
		switch {
		case c.partner >= 0 && c.nested:
			c.element = "pc"
		case c.partner >= 0 && c.token.Close, c.partner < 0 && c.token.Close:
			c.element = "ec"
		case c.partner >= 0:
			c.element = "sc"
		case c.known && paired(c.token.Kind):
			c.element = "sc"
		}
	}
}

// hasOtherHalf reports whether what opens at i closes later in the text.
func hasOtherHalf(list []code, i int) bool {
	for _, c := range list[i+1:] {
		if c.known && c.token.Close && c.token.Number == list[i].token.Number {
			return true
		}
	}
	return false
}

// identify gives the codes ids that are their own on this side of the unit. A
// code of the target that has the bytes of one of the source is the same code.
func (w *codeWriter) identify(list []code, side string) {
	for i := range list {
		c := &list[i]
		if c.partner >= 0 && c.partner < i {
			c.id = list[c.partner].id
			continue
		}
		id := side + strconv.Itoa(c.token.Number)
		if side == "t" {
			for j := range w.source {
				if s := &w.source[j]; !s.taken && c.known && s.raw == c.token.Raw && !w.used[s.id] {
					id, s.taken = s.id, true
					break
				}
			}
		}
		for n, base := 2, id; w.used[id]; n++ {
			id = fmt.Sprintf("%s.%d", base, n)
		}
		w.used[id], c.id = true, id
		if side == "s" {
			w.source = append(w.source, sourceCode{raw: c.token.Raw, id: id})
		}
	}
}

// dataID returns the id of original data, "" for a code without bytes.
func (w *codeWriter) dataID(c code) string {
	if !c.known || c.token.Raw == "" {
		return ""
	}
	id, ok := w.data[c.token.Raw]
	if !ok {
		id = "d" + strconv.Itoa(len(w.order)+1)
		w.data[c.token.Raw] = id
		w.order = append(w.order, c.token.Raw)
	}
	return id
}

// content writes a text with its codes and marks. Without data the codes show
// what they stand for and nothing else, as in a match.
func (w *codeWriter) content(text string, list []code, marks []mark, data bool) {
	inline := inlineMarks(list, marks)
	at, next := 0, 0
	border := func(pos int) {
		w.characters(text[at:pos])
		at = pos
	}
	cuts := []int{len(text)}
	for _, c := range list {
		cuts = append(cuts, c.at)
	}
	for _, m := range marks {
		cuts = append(cuts, m.start, m.end)
	}
	slices.Sort(cuts)
	for _, pos := range slices.Compact(cuts) {
		border(pos)
		for i := len(marks) - 1; i >= 0; i-- {
			if m := marks[i]; m.end == pos {
				if inline[i] {
					w.raw("</mrk>")
				} else {
					w.tag("em", "startRef", m.id)
					w.raw("/>")
				}
			}
		}
		for i, m := range marks {
			if m.start != pos {
				continue
			}
			name, end := "sm", "/>"
			if inline[i] {
				name, end = "mrk", ">"
			}
			w.tag(name, append([]string{"id", m.id, "type", "its:generic"}, m.attrs...)...)
			w.raw(end)
		}
		if next < len(list) && list[next].at == pos {
			w.code(list, next, data)
			_, size := utf8.DecodeRuneInString(text[pos:])
			at = pos + size
			next++
		}
	}
}

// inlineMarks says which marks can be elements around their text: those that no
// other overlaps and that cut no code in two.
func inlineMarks(list []code, marks []mark) []bool {
	out := make([]bool, len(marks))
	for i, m := range marks {
		out[i] = true
		for j, o := range marks {
			if i != j && m.start < o.end && o.start < m.end {
				out[i] = false
			}
		}
		for _, c := range list {
			if c.element != "pc" || c.at < m.start || c.at >= m.end {
				continue
			}
			if p := list[c.partner].at; p < m.start || p >= m.end {
				out[i] = false
			}
		}
	}
	return out
}

// code writes the element of a code, or half of one.
func (w *codeWriter) code(list []code, i int, data bool) {
	c := list[i]
	ref := ""
	if data {
		ref = w.dataID(c)
	}
	kind, sub := codeType(c.token)
	switch c.element {
	case "pc":
		if c.partner < i {
			w.raw("</pc>")
			return
		}
		other, otherRef := list[c.partner], ""
		if data {
			otherRef = w.dataID(other)
		}
		w.tag("pc", "id", c.id, "type", kind, "subType", sub, "dispEnd", other.shown, "dispStart", c.shown, "dataRefEnd", otherRef, "dataRefStart", ref)
		w.raw(">")
	case "sc":
		isolated := ""
		if c.partner < 0 {
			isolated = "yes"
		}
		w.tag("sc", "id", c.id, "type", kind, "subType", sub, "disp", c.shown, "dataRef", ref, "isolated", isolated)
		w.raw("/>")
	case "ec":
		if c.partner < 0 {
			w.tag("ec", "id", c.id, "type", kind, "subType", sub, "disp", c.shown, "dataRef", ref, "isolated", "yes")
		} else {
			w.tag("ec", "startRef", c.id, "type", kind, "subType", sub, "disp", c.shown, "dataRef", ref)
		}
		w.raw("/>")
	default:
		w.tag("ph", "id", c.id, "type", kind, "subType", sub, "disp", c.shown, "dataRef", ref)
		w.raw("/>")
	}
}

// codeType is the type and subType that XLIFF 2 names for a token.
func codeType(t layout.Token) (kind, sub string) {
	switch t.Kind {
	case layout.Emphasis:
		if t.Raw == "**" || t.Raw == "__" {
			return "fmt", "xlf:b"
		}
		return "fmt", "xlf:i"
	case layout.Strikethrough:
		return "fmt", ""
	case layout.HardBreak:
		return "fmt", "xlf:lb"
	case layout.Link, layout.Autolink:
		return "link", ""
	case layout.Image:
		return "image", ""
	}
	return "", ""
}

// characters writes text; what XML cannot hold becomes a code point of its own.
func (w *codeWriter) characters(s string) {
	plain := 0
	for i, r := range s {
		if r == utf8.RuneError || xmlCharacter(s[i:], r) {
			continue
		}
		w.text(s[plain:i])
		w.raw(fmt.Sprintf(`<cp hex="%04X"/>`, r))
		plain = i + utf8.RuneLen(r)
	}
	w.text(s[plain:])
}

// xliffText reads the text of a source or target that codeWriter wrote: codes
// are the placeholders they display. Codes of other programs, which display
// nothing of the kind, are left out. Marks are returned with their spans.
type xliffText struct {
	text  strings.Builder
	marks []*textMark
}

type textMark struct {
	element    *xmlElement
	start, end int
}

func readXLIFFText(e *xmlElement) *xliffText {
	t := &xliffText{}
	if e != nil {
		t.read(e)
	}
	return t
}

func (t *xliffText) read(e *xmlElement) {
	for _, k := range e.kids {
		switch {
		case k.markup:
			continue
		case k.element == nil:
			t.text.WriteString(k.text)
			continue
		}
		c := k.element
		switch c.name.Local {
		case "cp":
			if n, err := strconv.ParseUint(c.attr("hex"), 16, 32); err == nil {
				t.text.WriteRune(rune(n))
			}
		case "pc":
			t.placeholder(c.attr("dispStart"))
			t.read(c)
			t.placeholder(c.attr("dispEnd"))
		case "mrk":
			m := &textMark{element: c, start: t.text.Len()}
			t.marks = append(t.marks, m)
			t.read(c)
			m.end = t.text.Len()
		case "sm":
			t.marks = append(t.marks, &textMark{element: c, start: t.text.Len(), end: -1})
		case "em":
			for _, m := range t.marks {
				if m.end < 0 && m.element.attr("id") == c.attr("startRef") {
					m.end = t.text.Len()
				}
			}
		default:
			t.placeholder(c.attr("disp"))
		}
	}
}

// placeholder writes the placeholder that a code displays as ⟨1⟩ or ⟨/1⟩.
func (t *xliffText) placeholder(shown string) {
	inner, ok := strings.CutPrefix(shown, "⟨")
	inner, end := strings.CutSuffix(inner, "⟩")
	number, closing := strings.CutPrefix(inner, "/")
	if n, err := strconv.Atoi(number); ok && end && err == nil && n > 0 {
		if r := layout.Placeholder(layout.Token{Number: n, Close: closing}); isPlaceholder(r) {
			t.text.WriteRune(r)
		}
	}
}

func isPlaceholder(r rune) bool {
	_, _, ok := layout.IsPlaceholder(r)
	return ok
}
