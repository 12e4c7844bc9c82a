package exchange

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// xmlWriter writes elements with fixed prefixes in a fixed order. The first
// character that XML cannot hold is kept as its error: encoding/xml would
// silently write U+FFFD in its place.
type xmlWriter struct {
	format string // its title, for the error
	buf    bytes.Buffer
	at     string // the unit being written, for the error
	err    error
	depth  int
}

// open writes a start tag on a line of its own. Attributes come as names and
// values in turn; one without a value is left out.
func (x *xmlWriter) open(name string, attrs ...string) {
	x.line()
	x.tag(name, attrs...)
	x.raw(">")
	x.depth++
}

// close writes an end tag on a line of its own.
func (x *xmlWriter) close(name string) {
	x.depth--
	x.line()
	x.raw("</" + name + ">")
}

// leaf writes an element that holds text, or nothing, on a line of its own.
func (x *xmlWriter) leaf(name, text string, attrs ...string) {
	x.line()
	x.tag(name, attrs...)
	if text == "" {
		x.raw("/>")
		return
	}
	x.raw(">")
	x.text(text)
	x.raw("</" + name + ">")
}

func (x *xmlWriter) line() {
	x.raw("\n" + strings.Repeat(" ", x.depth))
}

// tag writes a start tag without its end.
func (x *xmlWriter) tag(name string, attrs ...string) {
	x.raw("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			x.attr(attrs[i], attrs[i+1])
		}
	}
}

func (x *xmlWriter) raw(markup string) { x.buf.WriteString(markup) }

func (x *xmlWriter) attr(name, value string) {
	x.raw(" " + name + `="`)
	x.escape(value, attrEscapes)
	x.raw(`"`)
}

func (x *xmlWriter) text(s string) { x.escape(s, textEscapes) }

// Readers turn a carriage return into a line feed, and in attributes white
// space into blanks, unless it is written as a character reference.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#xD;", "\n", "&#xA;", "\t", "&#x9;")
)

func (x *xmlWriter) escape(s string, how *strings.Replacer) {
	for i, r := range s {
		switch {
		case x.err != nil || xmlCharacter(s[i:], r):
		case r == utf8.RuneError:
			x.err = corpus.Errorf(corpus.Invalid, "%s cannot hold the bytes of unit %q that are not UTF-8", x.format, x.at)
		default:
			x.err = corpus.Errorf(corpus.Invalid, "%s cannot hold the character %U of unit %q", x.format, r, x.at)
		}
	}
	x.raw(how.Replace(s))
}

// xmlCharacter reports whether r, which s begins with, may stand in XML 1.0.
func xmlCharacter(s string, r rune) bool {
	switch {
	case r == utf8.RuneError:
		_, size := utf8.DecodeRuneInString(s)
		return size > 1
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	}
	return r != 0xFFFE && r != 0xFFFF
}
