package exchange

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// writePO writes a review: the unit's id is the context, so that equal sentences
// stay apart, and what nobody has answered for is fuzzy. Flags, comments and the
// machine's wording, where it was changed, are comments for the translator.
// Markup is written as in the file.
func writePO(w io.Writer, r *Review) error {
	p := &poWriter{review: r}
	p.row("msgid", "")
	p.row("msgstr", "Project-Id-Version: "+r.Project.Name+"\nLanguage: "+strings.ReplaceAll(r.Project.Target.String(), "-", "_")+
		"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Generator: Reviseur\nX-Source-Language: "+r.Project.Source.String()+"\n")
	for i := range r.Units {
		p.unit(i+1, &r.Units[i])
	}
	if p.err != nil {
		return p.err
	}
	_, err := w.Write(p.buf.Bytes())
	return err
}

type poWriter struct {
	review *Review
	buf    bytes.Buffer
	at     corpus.UnitID
	err    error
}

func (p *poWriter) unit(number int, u *ReviewUnit) {
	p.at = u.Unit.ID
	p.buf.WriteByte('\n')
	current := u.Current()
	for _, f := range u.Flags {
		if !f.Undone {
			p.comment(p.flag(u, f))
		}
	}
	for _, c := range u.Comments {
		if !c.Undone {
			p.comment(p.review.userName(c.By) + ": " + c.Text)
		}
	}
	if machine := u.Machine(); machine.Text != current.Text && machine.Text != "" {
		p.comment("machine: " + layout.Show(machine.Text))
	}
	state := u.State()
	p.comment("state: " + state.String())
	// Blanks would divide one place from the next.
	fmt.Fprintf(&p.buf, "#: %s:%d\n", strings.Join(strings.Fields(p.review.Document.Name), "_"), number)
	if state != corpus.StateApproved && state != corpus.StateFinal {
		p.buf.WriteString("#, fuzzy\n")
	}
	p.row("msgctxt", string(u.Unit.ID))
	p.row("msgid", withMarkup(u.Unit.Text.Source, tokensOf(p.review.Source, u.Unit.Source)))
	p.row("msgstr", withMarkup(current.Text, tokensOf(p.review.Target, u.Unit.Target)))
}

// flag is a flag as a comment; spans are in code points.
func (p *poWriter) flag(u *ReviewUnit, f corpus.Flag) string {
	out := fmt.Sprintf("flag: %s %s", f.Category.MQM(), f.Severity)
	rev, _ := u.Revision(f.Revision)
	for _, m := range []struct {
		side, text string
		mark       corpus.Mark
	}{{"source ", u.Unit.Text.Source, f.Source}, {"", rev.Text, f.Target}} {
		if m.mark.Present() {
			at := runeSpan(m.text, m.mark.Span)
			out += fmt.Sprintf(" %s[%d:%d] %q", m.side, at[0], at[1], layout.Show(m.mark.Quote))
		}
	}
	if status := u.FlagStatus(f); status != corpus.FlagOpen {
		out += " (" + string(status) + ")"
	}
	if f.Note != "" {
		out += ": " + f.Note
	}
	return out + " — " + p.review.userName(f.By)
}

// comment writes a comment for the translator, one line for each of the text's.
func (p *poWriter) comment(text string) {
	p.valid(text)
	for _, row := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.buf.WriteString("#. " + strings.Map(visible, row) + "\n")
	}
}

// visible drops what would break a comment.
func visible(r rune) rune {
	if r < ' ' && r != '\t' {
		return -1
	}
	return r
}

// row writes a keyword with its string, each line of it in a piece of its own.
func (p *poWriter) row(keyword, text string) {
	p.valid(text)
	pieces := strings.SplitAfter(text, "\n")
	if last := len(pieces) - 1; last > 0 && pieces[last] == "" {
		pieces = pieces[:last]
	}
	if len(pieces) > 1 {
		pieces = append([]string{""}, pieces...)
	}
	p.buf.WriteString(keyword + " ")
	for _, s := range pieces {
		p.buf.WriteByte('"')
		for _, r := range poEscapes.Replace(s) {
			switch {
			case r == '\n':
				p.buf.WriteString(`\n`)
			case r < ' ':
				fmt.Fprintf(&p.buf, `\%03o`, r)
			default:
				p.buf.WriteRune(r)
			}
		}
		p.buf.WriteString("\"\n")
	}
}

// valid keeps as the error what PO cannot hold.
func (p *poWriter) valid(text string) {
	switch {
	case p.err != nil:
	case !utf8.ValidString(text):
		p.err = corpus.Errorf(corpus.Invalid, "%s cannot hold the bytes of unit %q that are not UTF-8", titlePO, p.at)
	case strings.ContainsRune(text, 0):
		p.err = corpus.Errorf(corpus.Invalid, "%s cannot hold the character U+0000 of unit %q", titlePO, p.at)
	}
}

// withMarkup returns logical text with the markup that its placeholders stand
// for; lists are the tokens of its lines.
func withMarkup(text string, lists [][]layout.Token) string {
	lines := corpus.Parts(text)
	for i := range lines {
		if i >= len(lists) {
			break
		}
		var pairs []string
		for _, t := range lists[i] {
			pairs = append(pairs, string(layout.Placeholder(t)), t.Raw)
		}
		lines[i] = strings.NewReplacer(pairs...).Replace(lines[i])
	}
	return strings.Join(lines, "\n")
}
