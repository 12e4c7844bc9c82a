package exchange

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

const titlePO = "Gettext PO"

// poFormat is the portable object of GNU gettext: a text beside its translation,
// string by string.
var poFormat = Format{ID: "po", Title: titlePO, Extensions: []string{".po"}, pair: readPO, write: writePO}

// poFile is a file taken apart.
type poFile struct {
	name    string
	raw     []byte
	entries []poEntry
	gone    int // entries that are marked as obsolete
}

// poEntry is a message.
type poEntry struct {
	start, end          int // raw offsets of all its lines, comments included
	line                int
	fuzzy               bool
	context, id, plural *poText
	forms               []*poText // msgstr, or msgstr[0] and on
}

// poText is a string that may be written in several pieces, one a line.
type poText struct {
	pieces [][2]int // raw offsets between the quotation marks
	text   string
	line   int
}

// inner returns the raw offsets from the first quotation mark to the last.
func (t *poText) inner() (start, end int) {
	return t.pieces[0][0], t.pieces[len(t.pieces)-1][1]
}

// header reports whether the entry is the one that speaks of the file.
func (e *poEntry) header() bool { return e.id.text == "" && e.context == nil }

// parsePO reads the whole file strictly.
func parsePO(name string, raw []byte) (*poFile, error) {
	p := &poParser{poFile: &poFile{name: name, raw: raw}, seen: map[string]int{}}
	at := 0
	if bytes.HasPrefix(raw, []byte("\uFEFF")) {
		at = len("\uFEFF")
	}
	for at < len(raw) {
		p.line++
		end := at + len(raw[at:])
		if i := bytes.IndexByte(raw[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if err := p.row(at, end); err != nil {
			return nil, err
		}
		at = end
	}
	p.line++
	if err := p.finish(len(raw)); err != nil {
		return nil, err
	}
	return p.poFile, nil
}

type poParser struct {
	*poFile
	line  int
	entry *poEntry
	last  *poText        // the string that a further piece belongs to
	seen  map[string]int // line of each message, by context and id
	forms int            // how many the first plural message has
}

func (p *poParser) refuse(line int, format string, args ...any) error {
	return refuse(corpus.Invalid, p.name, line, format, args...)
}

func (p *poParser) row(start, end int) error {
	row := strings.TrimRight(string(p.raw[start:end]), " \t\r\n")
	indent := len(row) - len(strings.TrimLeft(row, " \t"))
	row = row[indent:]
	at := start + indent
	switch {
	case row == "":
		p.last = nil
		return nil
	case strings.HasPrefix(row, "#~"):
		if err := p.finish(start); err != nil {
			return err
		}
		if strings.HasPrefix(strings.TrimLeft(row[2:], " \t"), "msgid ") {
			p.gone++
		}
		return nil
	case row[0] == '#':
		return p.comment(row, at)
	case row[0] == '"':
		if p.last == nil {
			return p.refuse(p.line, "a string stands behind no keyword")
		}
		return p.piece(p.last, row, at)
	}
	return p.keyword(row, at)
}

// comment reads a comment, which stands before its message.
func (p *poParser) comment(row string, at int) error {
	if p.entry != nil && p.entry.id != nil {
		if err := p.finish(at); err != nil {
			return err
		}
	}
	p.begin(at)
	if strings.HasPrefix(row, "#,") {
		for _, flag := range strings.Split(row[2:], ",") {
			p.entry.fuzzy = p.entry.fuzzy || strings.TrimSpace(flag) == "fuzzy"
		}
	}
	return nil
}

func (p *poParser) begin(at int) {
	if p.entry == nil {
		p.entry = &poEntry{start: at, line: p.line}
	}
	p.last = nil
}

// keyword reads a line that begins a string.
func (p *poParser) keyword(row string, at int) error {
	word := row
	if i := strings.IndexAny(row, " \t\""); i >= 0 {
		word = row[:i]
	}
	rest := strings.TrimLeft(row[len(word):], " \t")
	t := &poText{line: p.line}
	if (word == "msgctxt" || word == "msgid") && p.entry != nil && (len(p.entry.forms) > 0 || p.entry.id != nil) {
		if err := p.finish(at); err != nil {
			return err
		}
	}
	p.begin(at)
	e := p.entry
	misplaced := false
	switch word {
	case "msgctxt":
		misplaced, e.context = e.context != nil, t
	case "msgid":
		e.id, e.line = t, p.line
	case "msgid_plural":
		misplaced, e.plural = e.id == nil || e.plural != nil || len(e.forms) > 0, t
	case "msgstr":
		misplaced = e.id == nil || e.plural != nil || len(e.forms) > 0
		e.forms = append(e.forms, t)
	default:
		n, ok := strings.CutPrefix(word, "msgstr[")
		if !ok {
			return p.refuse(p.line, "the keyword %q is none of msgctxt, msgid, msgid_plural, msgstr", word)
		}
		if n != strconv.Itoa(len(e.forms))+"]" || e.plural == nil {
			return p.refuse(p.line, "%s stands where msgstr[%d] of a message with msgid_plural should", word, len(e.forms))
		}
		e.forms = append(e.forms, t)
	}
	if misplaced {
		return p.refuse(p.line, "%s stands in the wrong place of its message", word)
	}
	p.last = t
	if !strings.HasPrefix(rest, `"`) {
		return p.refuse(p.line, "%s needs a string in quotation marks", word)
	}
	return p.piece(t, rest, at+len(row)-len(rest))
}

// piece reads a string in quotation marks, which begins at a raw offset.
func (p *poParser) piece(t *poText, row string, at int) error {
	for i := 1; i < len(row); i++ {
		switch row[i] {
		case '\\':
			i++
		case '"':
			if i != len(row)-1 {
				return p.refuse(p.line, "there is something behind the string")
			}
			if !utf8.ValidString(row) {
				return p.refuse(p.line, "the string is not UTF-8")
			}
			text, ok := unescapePO(row[1:i])
			if !ok {
				return p.refuse(p.line, "the string holds a backslash with what is no escape")
			}
			t.text += text
			t.pieces = append(t.pieces, [2]int{at + 1, at + i})
			return nil
		}
	}
	return p.refuse(p.line, "the string is not terminated: its closing quotation mark is missing")
}

// finish ends the message that was begun.
func (p *poParser) finish(at int) error {
	e := p.entry
	p.entry, p.last = nil, nil
	switch {
	case e == nil || e.id == nil && e.context == nil && len(e.forms) == 0:
		return nil // comments alone
	case e.id == nil:
		return p.refuse(e.line, "a message needs a msgid")
	case len(e.forms) == 0:
		return p.refuse(e.line, "a message needs a msgstr")
	}
	e.end = at
	key := e.id.text
	if e.context != nil {
		key = e.context.text + "\x04" + key
	}
	if before, twice := p.seen[key]; twice {
		return p.refuse(e.id.line, "this message stands in line %d already", before)
	}
	p.seen[key] = e.id.line
	if e.header() {
		if err := p.charset(e); err != nil {
			return err
		}
		p.entries = append(p.entries, *e)
		return nil
	}
	if e.plural != nil {
		if p.forms > 0 && len(e.forms) != p.forms {
			return p.refuse(e.id.line, "a message has %d plural forms and an earlier one has %d", len(e.forms), p.forms)
		}
		p.forms = len(e.forms)
	}
	if err := p.lineEnds(e); err != nil {
		return err
	}
	p.entries = append(p.entries, *e)
	return nil
}

// lineEnds checks that a translation begins and ends with a line end where its
// message does, which gettext asks of every one.
func (p *poParser) lineEnds(e *poEntry) error {
	for _, t := range append([]*poText{e.plural}, e.forms...) {
		switch {
		case t == nil || t.text == "" || e.fuzzy:
		case strings.HasPrefix(e.id.text, "\n") != strings.HasPrefix(t.text, "\n"):
			return p.refuse(t.line, "of the message and this string one begins with a line end and the other does not")
		case strings.HasSuffix(e.id.text, "\n") != strings.HasSuffix(t.text, "\n"):
			return p.refuse(t.line, "of the message and this string one ends with a line end and the other does not")
		}
	}
	return nil
}

// charset refuses a file whose header names another encoding than it is read in.
func (p *poParser) charset(e *poEntry) error {
	for _, field := range strings.Split(e.forms[0].text, "\n") {
		key, value, _ := strings.Cut(field, ":")
		if !strings.EqualFold(strings.TrimSpace(key), "content-type") {
			continue
		}
		_, set, ok := strings.Cut(strings.ToLower(value), "charset=")
		if set = strings.TrimSpace(set); ok && set != "utf-8" && set != "utf8" && set != "us-ascii" && set != "ascii" && set != "charset" {
			return refuse(corpus.Unsupported, p.name, e.forms[0].line, "the header names the encoding %s; save the file as UTF-8", set)
		}
	}
	return nil
}

// lang returns the language of the translations, "" where the header names none.
func (f *poFile) lang() string {
	for i := range f.entries {
		if !f.entries[i].header() {
			continue
		}
		for _, row := range strings.Split(f.entries[i].forms[0].text, "\n") {
			if key, value, ok := strings.Cut(row, ":"); ok && strings.EqualFold(strings.TrimSpace(key), "language") {
				return strings.ReplaceAll(strings.TrimSpace(value), "_", "-")
			}
		}
	}
	return ""
}
