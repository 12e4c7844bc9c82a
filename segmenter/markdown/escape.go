package markdown

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/yuin/goldmark/util"
)

// Levels of escaping.
const (
	lightly  = iota // only what would surely be read as mark-up
	inline          // every character that can be mark-up somewhere
	fully           // all ASCII punctuation
	entities        // all ASCII punctuation and odd white space, as numbers
	levels
)

// Escape implements layout.Syntax.
func (syntax) Escape(text string, at layout.Place, level int) string {
	if level == entities {
		return escapeEntities(text)
	}
	var b strings.Builder
	if level < fully && startsLine(at) {
		n := lineMarker(text)
		if n >= 0 {
			b.WriteString(text[:n])
			b.WriteByte('\\')
			b.WriteByte(text[n])
			text = text[n+1:]
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 == len(text) && at.Kind == layout.TableCell {
			// The pipe behind the cell must not look escaped.
			b.WriteString("&#92;")
			continue
		}
		if c < 0x80 && util.IsPunct(c) && needsEscape(text, i, at.Kind, level) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// startsLine reports whether a text stands where blocks begin: not behind the
// mark of a heading or the pipe of a table cell.
func startsLine(at layout.Place) bool {
	switch at.Kind {
	case layout.TableCell:
		return at.LineStart && !strings.Contains(at.Before, "|")
	case layout.Heading:
		return at.LineStart && !strings.Contains(at.Before, "#")
	}
	return at.LineStart
}

func needsEscape(text string, i int, kind layout.Kind, level int) bool {
	c := text[i]
	next := byte(0)
	if i+1 < len(text) {
		next = text[i+1]
	}
	switch {
	case level == fully:
		return true
	case c == '|': // GitHub's parser looks for escaped pipes above tables, too
		return kind == layout.TableCell || level == inline || i > 0 && text[i-1] == '\\'
	case level == inline:
		return strings.IndexByte("\\`*_[]<>#~${}&^:!", c) >= 0
	case c == '\\':
		return next == 0 || util.IsPunct(next)
	case c == '<':
		return next|0x20 >= 'a' && next|0x20 <= 'z' || next == '/' || next == '!' || next == '?'
	case c == '&':
		_, n := entity([]byte(text[i:]))
		return n > 0
	case c == '{':
		return next == '{' || next == '%' || next == ':'
	case c == '`', c == '*':
		return next != ' ' && next != 0 || i > 0 && text[i-1] != ' '
	}
	return false
}

// lineMarker returns the offset of the character to escape in text that would
// begin a list, heading, quotation, rule, fence or definition at the start of a
// line, or -1.
func lineMarker(text string) int {
	if text == "" {
		return -1
	}
	after := func(n int) bool { return n == len(text) || text[n] == ' ' || text[n] == '\t' }
	run := func(c byte) int { return len(text) - len(strings.TrimLeft(text, string(c))) }
	switch c := text[0]; c {
	case '>':
		return 0
	case '-', '+', '*', '_', '=':
		only := strings.Trim(text, string(c)+" \t") == ""
		if only || c != '_' && c != '=' && after(1) {
			return 0
		}
	case '#':
		if n := run(c); n <= 6 && after(n) {
			return 0
		}
	case '`', '~':
		if run(c) >= 3 {
			return 0
		}
	case ':':
		if after(1) {
			return 0
		}
	case '[': // a checkbox or definition
		if len(text) >= 3 && text[2] == ']' || strings.Contains(text, "]:") {
			return 0
		}
	}
	n := 0
	for n < len(text) && n < 10 && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	if n > 0 && n < 10 && n < len(text) && (text[n] == '.' || text[n] == ')') && after(n+1) {
		return n
	}
	return -1
}

// escapeEntities writes every character that is not a letter, digit or simple
// space as a numeric character reference, other scripts' punctuation excepted.
func escapeEntities(text string) string {
	var b strings.Builder
	before := ' '
	for i, r := range text {
		switch {
		case r < 0x80 && util.IsPunct(byte(r)), r == '\uFEFF', r != ' ' && unicode.IsSpace(r),
			r == ' ' && (before == ' ' || i+1 == len(text)):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}
