package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// poSyntax implements layout.Syntax for one side of a PO file.
type poSyntax struct{ side corpus.Side }

// Read implements layout.Syntax. A file that an edit has made invalid has no
// text, so that no edit of it is taken.
func (s poSyntax) Read(raw []byte) *layout.Document {
	f, err := parsePO("", raw)
	if err != nil {
		return layout.NewBuilder(raw, s).Document()
	}
	return f.side(s.side).doc
}

// ReadPart implements layout.Syntax. Parts begin and end between messages.
func (s poSyntax) ReadPart(_ *layout.Document, raw []byte, _ bool) *layout.Document {
	return s.Read(raw)
}

// Levels implements layout.Syntax.
func (poSyntax) Levels() int { return 1 }

// Escape implements layout.Syntax.
func (poSyntax) Escape(text string, _ layout.Place, _ int) string { return poEscapes.Replace(text) }

var poEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`)

// Frame implements layout.Syntax. New text goes into slots alone.
func (poSyntax) Frame(_ *layout.Document, i int, _ bool, _ layout.Form) (layout.Frame, error) {
	return layout.Frame{}, &layout.Refusal{Block: i, Reason: layout.NoPlace, Detail: "a translation stands beside its source"}
}

// readPO reads a file and checks it.
func readPO(name string, raw []byte) (*Bilingual, error) {
	f, err := parsePO(name, raw)
	if err != nil {
		return nil, err
	}
	source, target := f.side(corpus.SourceSide), f.side(corpus.TargetSide)
	out := &Bilingual{Source: source.doc, Target: target.doc, TargetLang: f.lang()}
	s, t := source.places, target.places
	for i := range f.entries {
		e := &f.entries[i]
		if e.header() {
			continue
		}
		ids, forms := e.ids(), len(e.forms)
		out.Beads = append(out.Beads, e.beads(s[:ids], t[:forms])...)
		s, t = s[ids:], t[forms:]
	}
	return out, nil
}

// ids is how many source strings the message has.
func (e *poEntry) ids() int {
	if e.plural != nil {
		return 2
	}
	return 1
}

// beads pairs the strings of a message: the singular with the first form, the
// plural with the others; where a language has one form, it stands beside both.
func (e *poEntry) beads(ids, forms []place) []Bead {
	cuts := [][2][]place{{ids, forms}}
	if len(ids) == 2 && len(forms) > 1 {
		cuts = [][2][]place{{ids[:1], forms[:1]}, {ids[1:], forms[1:]}}
	}
	var list []Bead
	for _, c := range cuts {
		var b Bead
		for _, p := range c[0] {
			if p.block >= 0 {
				b.Source = append(b.Source, p.block)
			}
		}
		for _, p := range c[1] {
			if p.block >= 0 {
				b.Target = append(b.Target, p.block)
			} else if b.Slot == 0 {
				b.Slot = p.slot
			}
		}
		if len(b.Target) > 0 || len(b.Source) == 0 {
			b.Slot = 0
		}
		if len(b.Source)+len(b.Target) > 0 {
			list = append(list, b)
		}
	}
	return list
}

// poBuilder makes the layout of one side. As with XLIFF all that is not inside a
// translation is structure of the target's side.
type poBuilder struct {
	*poFile
	surroundings
	side corpus.Side
}

func (f *poFile) side(side corpus.Side) sideRead {
	b := &poBuilder{poFile: f, surroundings: surroundings{Builder: layout.NewBuilder(f.raw, poSyntax{side}), whole: f.raw, silent: side == corpus.SourceSide}, side: side}
	if bytes.HasPrefix(f.raw, []byte("\uFEFF")) {
		b.SetBOM()
	}
	var out sideRead
	for i := range f.entries {
		e := &f.entries[i]
		b.Cut(e.start)
		if e.header() {
			continue
		}
		texts := e.forms
		if side == corpus.SourceSide {
			texts = []*poText{e.id}
			if e.plural != nil {
				texts = append(texts, e.plural)
			}
		}
		for _, t := range texts {
			out.places = append(out.places, b.string(t))
		}
	}
	b.structure(len(f.raw))
	if side == corpus.TargetSide && f.gone > 0 {
		at := max(bytes.Index(f.raw, []byte("#~")), 0)
		b.Notice(layout.Span{Start: at, End: at + 2}, fmt.Sprintf("kept in the file and not shown: %d obsolete messages (from this line on)", f.gone))
	}
	out.doc = b.Document()
	return out
}

// string adds a string as a block, or the slot for it where it is empty.
func (b *poBuilder) string(t *poText) place {
	start, end := t.inner()
	b.structure(start)
	b.at = max(b.at, end)
	if t.text == "" {
		if b.side == corpus.SourceSide {
			return place{block: -1}
		}
		return place{-1, b.Slot(layout.Frame{At: start, Over: end - start})}
	}
	block := b.Blocks()
	b.Open(layout.Element{Kind: "p", Sum: layout.Sum(0, nil), Raw: layout.Span{Start: start, End: end}})
	b.Begin(layout.Paragraph, 0)
	b.pieces(t.pieces)
	b.End()
	b.Close()
	if b.Blocks() == block {
		return place{block: -1}
	}
	return place{block: block}
}

// pieces adds the text of a string. What stands between two pieces, the marks
// and the line end, reads as nothing: it is kept with the line end of the text
// before it, and with the character behind it where there is none.
func (b *poBuilder) pieces(list [][2]int) {
	list = slices.DeleteFunc(slices.Clone(list), func(p [2]int) bool { return p[0] == p[1] })
	joint := -1 // where the joint before the next character begins; -1 for none
	for k, p := range list {
		plain, kept := p[0], false
		for i := p[0]; i < p[1]; {
			_, n := utf8.DecodeRune(b.raw[i:p[1]])
			escaped := b.raw[i] == '\\'
			if escaped {
				n = poEscape(b.raw[i:p[1]])
			}
			if !escaped && joint < 0 {
				i += n
				continue
			}
			if plain < i {
				b.Verbatim(layout.Span{Start: plain, End: i})
			}
			raw := layout.Span{Start: i, End: i + n}
			text, _ := unescapePO(string(b.raw[i : i+n]))
			if joint >= 0 {
				raw.Start = joint
			}
			joint, i = -1, i+n
			plain = i
			if text == "\n" && i == p[1] && k+1 < len(list) {
				raw.End, kept = list[k+1][0], true
			}
			b.character(raw, text)
		}
		if plain < p[1] {
			b.Verbatim(layout.Span{Start: plain, End: p[1]})
		}
		if joint = p[1]; kept {
			joint = -1
		}
	}
}

// character adds one character that was written as an escape or behind a joint.
func (b *poBuilder) character(raw layout.Span, text string) {
	switch r, _ := utf8.DecodeRuneInString(text); {
	case r == '\n':
		b.Token(raw, layout.HardBreak)
	case r < ' ' && r != '\t' || r == utf8.RuneError:
		b.Token(raw, layout.Character)
	default:
		b.Decoded(raw, text)
	}
}

// poEscape returns the length of the escape that raw begins with, in bytes.
func poEscape(raw []byte) int {
	digits := func(from, most int, hex bool) int {
		n := from
		for n < len(raw) && n < from+most && (raw[n] >= '0' && raw[n] <= '7' || hex && strings.IndexByte("0123456789abcdefABCDEF", raw[n]) >= 0) {
			n++
		}
		return n
	}
	switch {
	case len(raw) < 2:
		return len(raw)
	case raw[1] == 'x':
		return digits(2, 2, true)
	case '0' <= raw[1] && raw[1] <= '7':
		return digits(1, 3, false)
	}
	return 2
}

// unescapePO returns a string as it reads; false for a backslash before what is
// no escape.
func unescapePO(s string) (string, bool) {
	if !strings.Contains(s, `\`) {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			i++
			continue
		}
		n := poEscape([]byte(s[i:]))
		if n < 2 {
			return "", false
		}
		switch c := s[i+1]; {
		case c == 'x' && n > 2, '0' <= c && c <= '7':
			digits, base := s[i+1:i+n], 8
			if c == 'x' {
				digits, base = digits[1:], 16
			}
			value, err := strconv.ParseUint(digits, base, 8)
			if err != nil {
				return "", false
			}
			b.WriteByte(byte(value))
		default:
			at := strings.IndexByte(`abfnrtv\"'?`, c)
			if at < 0 {
				return "", false
			}
			b.WriteByte("\a\b\f\n\r\t\v\\\"'?"[at])
		}
		i += n
	}
	return b.String(), true
}
