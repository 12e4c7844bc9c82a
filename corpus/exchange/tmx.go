package exchange

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// TMX is a translation memory to be written as TMX 1.4b (LISA OSCAR, 2005).
type TMX struct {
	Source, Target language.Tag
	Tool, Version  string // the program that made it
	Units          []TMXUnit
}

// TMXUnit is a source text beside its translation. A text over several blocks
// has one part for each; they are written with a line end between them.
type TMXUnit struct {
	ID             string // tuid; "" for none
	Props          []TMXProp
	Source, Target []TMXText
}

// TMXText is logical text with the tokens that its placeholders stand for.
type TMXText struct {
	Text   string
	Tokens []layout.Token
}

// TMXProp is a property of a unit. The type of one of our own begins with "x-".
type TMXProp struct{ Type, Value string }

// WriteTMX writes a translation memory in UTF-8. Markup inside a text becomes
// bpt and ept where both halves are in it, it where one is, and ph where it
// stands alone, each with the bytes of the file. A unit of which one side is
// empty is left out: a memory holds pairs.
//
// XML 1.0 has no way to write most control characters, nor U+FFFE and U+FFFF
// (production 2, Char), and TMX adds none. A text that holds one is refused with
// kind Invalid, naming unit and character, and so is one that is not UTF-8; then
// nothing is written.
func WriteTMX(w io.Writer, m TMX) error {
	x := tmxWriter{xmlWriter{format: "TMX"}}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	x.raw(`<!DOCTYPE tmx SYSTEM "tmx14.dtd">` + "\n")
	x.raw(`<tmx version="1.4">` + "\n")
	x.raw("  <header")
	x.attr("creationtool", m.Tool)
	x.attr("creationtoolversion", m.Version)
	x.attr("segtype", "sentence")
	x.attr("o-tmf", m.Tool)
	x.attr("adminlang", "en")
	x.attr("srclang", m.Source.String())
	x.attr("datatype", "plaintext")
	x.raw("/>\n  <body>\n")
	for _, u := range m.Units {
		if !blank(u.Source) && !blank(u.Target) {
			x.unit(u, m.Source, m.Target)
		}
	}
	x.raw("  </body>\n</tmx>\n")
	if x.err != nil {
		return x.err
	}
	_, err := w.Write(x.buf.Bytes())
	return err
}

func blank(parts []TMXText) bool {
	for _, p := range parts {
		if strings.TrimSpace(p.Text) != "" {
			return false
		}
	}
	return true
}

// tmxWriter writes the elements of TMX.
type tmxWriter struct{ xmlWriter }

func (x *tmxWriter) unit(u TMXUnit, source, target language.Tag) {
	x.at = u.ID
	x.raw("    <tu")
	if u.ID != "" {
		x.attr("tuid", u.ID)
	}
	x.raw(">\n")
	for _, p := range u.Props {
		x.raw("      <prop")
		x.attr("type", p.Type)
		x.raw(">")
		x.text(p.Value)
		x.raw("</prop>\n")
	}
	x.variant(source, u.Source)
	x.variant(target, u.Target)
	x.raw("    </tu>\n")
}

func (x *tmxWriter) variant(lang language.Tag, parts []TMXText) {
	x.raw("      <tuv")
	x.attr("xml:lang", lang.String())
	x.raw("><seg>")
	pair := 0 // the last number of a pair in this seg
	for i, p := range parts {
		if i > 0 {
			x.raw("\n")
		}
		x.content(p, &pair)
	}
	x.raw("</seg></tuv>\n")
}

// content writes text with its tokens.
func (x *tmxWriter) content(p TMXText, pair *int) {
	tokens := make(map[rune]layout.Token, len(p.Tokens))
	for _, t := range p.Tokens {
		tokens[layout.Placeholder(t)] = t
	}
	numbers := map[int]int{} // number of a token that was opened here → its i
	plain := 0
	for i, r := range p.Text {
		t, ok := tokens[r]
		if !ok {
			continue
		}
		x.text(p.Text[plain:i])
		plain = i + utf8.RuneLen(r)
		other := t
		other.Close = !t.Close
		closing := layout.Placeholder(other)
		switch {
		case !paired(t.Kind):
			x.inline("ph", t, "")
		case !t.Close && strings.ContainsRune(p.Text[plain:], closing):
			*pair++
			numbers[t.Number] = *pair
			x.inline("bpt", t, strconv.Itoa(*pair))
		case t.Close && numbers[t.Number] > 0:
			x.inline("ept", t, strconv.Itoa(numbers[t.Number]))
		default:
			x.inline("it", t, "")
		}
	}
	x.text(p.Text[plain:])
}

// paired reports whether tokens of the kind have two halves.
func paired(k layout.TokenKind) bool {
	return k == layout.Emphasis || k == layout.Strikethrough || k == layout.Link
}

// inline writes a token as one of the inline elements; i numbers a pair.
func (x *tmxWriter) inline(element string, t layout.Token, i string) {
	x.raw("<" + element)
	if i != "" {
		x.attr("i", i)
	}
	if element == "it" {
		pos := "begin"
		if t.Close {
			pos = "end"
		}
		x.attr("pos", pos)
	}
	if kind := tmxType(t.Kind); kind != "" && element != "ept" {
		x.attr("type", kind)
	}
	x.raw(">")
	x.text(t.Raw)
	x.raw("</" + element + ">")
}

// tmxType is the value that TMX recommends for the attribute type, or "".
func tmxType(k layout.TokenKind) string {
	switch k {
	case layout.Link:
		return "link"
	case layout.Image:
		return "image"
	case layout.FootnoteReference:
		return "fnote"
	case layout.HardBreak:
		return "lb"
	}
	return ""
}
