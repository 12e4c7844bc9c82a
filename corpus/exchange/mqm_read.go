package exchange

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// restoreMQM reads a table of errors as a document of its own. Each segment of a
// system's document is a unit, in the order of the file; its texts become two
// files with a line for each unit, and its errors flags. A target that differs
// from the unit's first, and a corrected one, are wordings of the rater; a line
// without an error says that the rater read the segment and would change nothing.
func restoreMQM(name string, raw []byte) (*Review, error) {
	t := &mqmReader{name: name, units: map[mqmKey]int{}, people: map[string]corpus.UserID{}}
	t.review = &Review{Unchecked: true, People: map[corpus.UserID]corpus.User{}}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	for len(raw) > 0 {
		row, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw = rest
		t.line++
		if row = bytes.TrimSuffix(row, []byte("\r")); len(row) == 0 {
			continue
		}
		if err := t.row(strings.Split(string(row), "\t")); err != nil {
			return nil, err
		}
	}
	if len(t.rows) == 0 {
		return nil, t.refuse("the table holds no segment")
	}
	return t.document()
}

// mqmKey is what makes lines speak of one segment.
type mqmKey struct{ system, doc, segment string }

// mqmUnit is a segment with all lines on it.
type mqmUnit struct {
	source, machine string
	errors          []mqmError
}

// mqmError is a line, taken apart. The marks are spans of bytes in the texts.
type mqmError struct {
	line           int
	rater          corpus.UserID
	source, target mqmText
	none           bool
	category       corpus.Category
	severity       corpus.Severity
	note           string
	at             time.Time
	corrected      string
}

// mqmText is a text with what is marked in it.
type mqmText struct {
	text string
	mark corpus.Mark
}

type mqmReader struct {
	name    string
	line    int
	columns []int // what each column of the file is; nil before the first line
	review  *Review
	units   map[mqmKey]int
	rows    []*mqmUnit
	people  map[string]corpus.UserID
	systems []string
	langs   [2]language.Tag
}

func (t *mqmReader) refuse(format string, args ...any) error {
	return refuse(corpus.Invalid, t.name, max(t.line, 1), format, args...)
}

// header takes the first line as the names of the columns, if it is that. Without
// names there are ten columns, or nine in older tables, which have no metadata.
func (t *mqmReader) header(cells []string) (bool, error) {
	known := 0
	columns := make([]int, len(cells))
	for i, c := range cells {
		if columns[i] = mqmColumn(c); columns[i] >= 0 {
			known++
		}
	}
	if known < 5 {
		if n := len(cells); n != len(mqmColumns) && n != len(mqmColumns)-1 {
			return false, t.refuse("there are %d columns and no names of columns; ten are expected, or nine without metadata", n)
		}
		for i := range columns {
			columns[i] = i
		}
		t.columns = columns
		return false, nil
	}
	if !slices.Contains(columns, mqmDoc) { // then doc_id names the document
		if i := slices.Index(columns, mqmDocSeg); i >= 0 {
			columns[i] = mqmDoc
		}
	}
	for c := range mqmColumns {
		first := slices.Index(columns, c)
		if first >= 0 && slices.Contains(columns[first+1:], c) {
			return true, t.refuse("the column %s is there twice", mqmColumns[c].name)
		}
	}
	for _, c := range []int{mqmSource, mqmTarget, mqmCategory, mqmSeverity} {
		if !slices.Contains(columns, c) {
			return true, t.refuse("the column %s is missing", mqmColumns[c].name)
		}
	}
	if !slices.Contains(columns, mqmSeg) && !slices.Contains(columns, mqmDocSeg) {
		return true, t.refuse("the column %s is missing", mqmColumns[mqmSeg].name)
	}
	t.columns = columns
	return true, nil
}

func (t *mqmReader) row(cells []string) error {
	if t.columns == nil {
		if header, err := t.header(cells); header || err != nil {
			return err
		}
	}
	if len(cells) != len(t.columns) {
		return t.refuse("the line has %d columns, the first line %d", len(cells), len(t.columns))
	}
	row := make([]string, len(mqmColumns))
	for i, c := range t.columns {
		if c >= 0 {
			row[c] = cells[i]
		}
	}
	var m mqmMetadata
	if row[mqmMeta] != "" {
		if err := json.Unmarshal([]byte(row[mqmMeta]), &m); err != nil {
			return t.refuse("the metadata is no JSON object as it should be")
		}
	}
	e := mqmError{line: t.line, rater: t.person(row[mqmRater]), note: strings.TrimSpace(m.Note), corrected: mqmCell(m.Corrected)}
	if m.Timestamp > 0 {
		e.at = time.UnixMilli(m.Timestamp).UTC()
	}
	if m.Segment == nil {
		m.Segment = &mqmSegment{}
	}
	var err error
	if e.source, err = t.text(row[mqmSource], mqmColumns[mqmSource].name, m.Segment.Raw, m.Segment.SourceTokens, m.SourceSpans); err != nil {
		return err
	}
	if e.target, err = t.text(row[mqmTarget], mqmColumns[mqmTarget].name, m.Segment.Raw, m.Segment.TargetTokens, m.TargetSpans); err != nil {
		return err
	}
	if err := t.judge(&e, row[mqmCategory], row[mqmSeverity]); err != nil {
		return err
	}
	return t.add(row, e, mqmCell(m.Machine))
}

// judge reads what is wrong, and how much. A name that our categories do not say
// is kept in front of the note.
func (t *mqmReader) judge(e *mqmError, category, severity string) error {
	if e.none = mqmLabel(category) == mqmNone; e.none {
		return nil
	}
	var known, exact bool
	if e.severity, known = severityOfMQM(severity); !known {
		return t.refuse("the severity %q is none of neutral, minor, major, critical and no-error", severity)
	}
	if mqmLabel(category) == "" {
		return t.refuse("the category is empty")
	}
	if e.category, exact = categoryOfMQM(category); !exact {
		e.note = strings.TrimSuffix(strings.TrimSpace(category)+": "+e.note, ": ")
	}
	return nil
}

// text reads a text with its marks. Where tokens say what is marked they are
// believed: they can be told from words of the text.
func (t *mqmReader) text(cell, column string, raw bool, tokens []string, spans [][2]int) (mqmText, error) {
	var out mqmText
	cell = mqmCell(cell)
	begin, end := -1, -1
	if raw {
		out.text = cell
	} else {
		var b strings.Builder
		open := false
		for rest := cell; rest != ""; {
			i := strings.IndexByte(rest, '<')
			if i < 0 {
				i = len(rest)
			}
			b.WriteString(rest[:i])
			switch rest = rest[i:]; {
			case strings.HasPrefix(rest, mqmOpen):
				if open {
					return out, t.refuse("in the %s %s stands inside another one", column, mqmOpen)
				}
				open = true
				if begin < 0 {
					begin = b.Len()
				}
				rest = rest[len(mqmOpen):]
			case strings.HasPrefix(rest, mqmClose):
				if !open {
					return out, t.refuse("in the %s %s stands without %s", column, mqmClose, mqmOpen)
				}
				open, end = false, b.Len()
				rest = rest[len(mqmClose):]
			case rest != "":
				b.WriteByte('<')
				rest = rest[1:]
			}
		}
		if open {
			return out, t.refuse("in the %s %s is not closed", column, mqmOpen)
		}
		out.text = b.String()
	}
	if len(spans) > 0 && mqmCell(strings.Join(tokens, "")) == out.text {
		from, to := spans[0][0], spans[0][1]
		for _, s := range spans {
			from, to = min(from, s[0]), max(to, s[1])
			if s[0] < 0 || s[1] < s[0] || s[1] >= len(tokens) {
				return out, t.refuse("a span of the %s, %v, is not among its %d tokens", column, s, len(tokens))
			}
		}
		begin = len(mqmCell(strings.Join(tokens[:from], "")))
		end = begin + len(mqmCell(strings.Join(tokens[from:to+1], "")))
	}
	if begin >= 0 && begin < end {
		out.mark = corpus.Mark{Span: corpus.Span{Start: begin, End: end}, Quote: out.text[begin:end]}
	}
	return out, nil
}

// person returns the id of a rater, whose name becomes one that an account may
// have; "" for nobody.
func (t *mqmReader) person(name string) corpus.UserID {
	if id, ok := t.people[name]; ok || strings.TrimSpace(name) == "" {
		return id
	}
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-:", r) {
			return r
		}
		return '-'
	}, strings.TrimSpace(name))
	for len(clean) > 64 {
		runes := []rune(clean)
		clean = string(runes[:len(runes)-1])
	}
	id := corpus.UserID(clean)
	t.people[name] = id
	t.review.People[id] = corpus.User{ID: id, Name: clean}
	return id
}

func (t *mqmReader) add(row []string, e mqmError, machine string) error {
	key := mqmKey{row[mqmSystem], row[mqmDoc], row[mqmDocSeg] + "\x00" + row[mqmSeg]}
	i, ok := t.units[key]
	if !ok {
		i = len(t.rows)
		t.units[key] = i
		u := &mqmUnit{source: e.source.text, machine: e.target.text}
		if machine != "" {
			u.machine = machine
		}
		t.rows = append(t.rows, u)
		if !slices.Contains(t.systems, key.system) {
			t.systems = append(t.systems, key.system)
		}
		if len(t.rows) == 1 {
			t.langs = mqmLanguages(key.doc)
		}
	}
	u := t.rows[i]
	if u.source != e.source.text {
		return t.refuse("the source of this segment differs from the one that an earlier line has")
	}
	u.errors = append(u.errors, e)
	return nil
}

// mqmLanguages reads the languages that the name of a document may end in, as in
// "notice:zh-en"; undetermined where it does not.
func mqmLanguages(doc string) [2]language.Tag {
	suffix := doc[strings.LastIndexByte(doc, ':')+1:]
	if len(suffix) < len(doc) {
		for i := range len(suffix) {
			if suffix[i] != '-' {
				continue
			}
			s, err := language.Parse(suffix[:i])
			t, also := language.Parse(suffix[i+1:])
			if err == nil && also == nil {
				return [2]language.Tag{s, t}
			}
		}
	}
	return [2]language.Tag{}
}

// fileName is the name of a file for one side.
func (t *mqmReader) fileName(side string) string {
	base := path.Base(t.name)
	return strings.TrimSuffix(base, path.Ext(base)) + "." + side + ".txt"
}
