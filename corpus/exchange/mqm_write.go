package exchange

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// writeMQM writes the flags of a review, with the wording that each is on, and a
// line without an error for each unit that carries none: by whoever read it, or
// by nobody. A flag that was withdrawn is left out; one that was dismissed is
// among the deleted errors of the unit's first line.
//
// The table has no escapes: tabs and line ends become blanks, and where a text
// holds the marks as words of its own, only the tokens say what is marked.
func writeMQM(w io.Writer, r *Review) error {
	out := bufio.NewWriter(w)
	var names []string
	for _, c := range mqmColumns {
		names = append(names, c.name)
	}
	rows := [][]string{names}
	for i := range r.Units {
		for _, row := range mqmRows(r, i) {
			for _, cell := range row {
				if !utf8.ValidString(cell) {
					return corpus.Errorf(corpus.Invalid, "%s cannot hold the bytes of unit %q that are not UTF-8", titleMQM, r.Units[i].Unit.ID)
				}
			}
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		if _, err := out.WriteString(strings.Join(row, "\t") + "\n"); err != nil {
			return err
		}
	}
	return out.Flush()
}

// mqmRows returns the lines of a unit.
func mqmRows(r *Review, i int) [][]string {
	u := &r.Units[i]
	latest, machine := u.Latest(), u.Machine()
	system := r.Version.Engine
	if system == "" {
		system = "machine"
	}
	start := []string{
		mqmSystem: mqmCell(system), mqmDoc: mqmCell(r.Document.Name + ":" + r.Project.Source.String() + "-" + r.Project.Target.String()),
		mqmDocSeg: strconv.Itoa(i + 1), mqmSeg: strconv.Itoa(i + 1), mqmMeta: "",
	}
	var rows [][]string
	var deleted []mqmDeleted
	add := func(rater corpus.UserID, rev corpus.Revision, source, target *markedText, category, severity string, m mqmMetadata) {
		row := slices.Clone(start)
		if rev.Text != machine.Text {
			m.Machine = mqmCell(layout.Show(machine.Text))
		}
		if latest.Text != rev.Text {
			m.Corrected = mqmCell(layout.Show(latest.Text))
		}
		raw := source.holdsMarks() || target.holdsMarks()
		m.Segment = &mqmSegment{Raw: raw, SourceTokens: source.tokens(), TargetTokens: target.tokens()}
		row[mqmRater], row[mqmSource], row[mqmTarget] = mqmCell(r.userName(rater)), source.cell(raw), target.cell(raw)
		row[mqmCategory], row[mqmSeverity], row[mqmMeta] = category, severity, m.String()
		rows = append(rows, row)
	}
	for _, f := range u.Flags {
		rev, _ := u.Revision(f.Revision)
		severity := strings.ToUpper(f.Severity.String()[:1]) + f.Severity.String()[1:]
		source, target := markText(u.Unit.Text.Source, f.Source), markText(rev.Text, f.Target)
		if f.Undone || u.FlagStatus(f) == corpus.FlagWithdrawn {
			continue
		}
		m := mqmMetadata{Timestamp: f.Created.UnixMilli(), Note: f.Note, Marked: strings.TrimSpace(source.pieces[1] + " " + target.pieces[1]), SourceSpans: source.spans(), TargetSpans: target.spans()}
		if u.FlagStatus(f) == corpus.FlagDismissed {
			deleted = append(deleted, mqmDeleted{f.Category.MQM(), severity, r.userName(f.By), m.Marked})
			continue
		}
		add(f.By, rev, source, target, f.Category.MQM(), severity, m)
	}
	if len(rows) == 0 {
		rater, m := reader(u)
		m.Deleted = deleted
		add(rater, machine, markText(u.Unit.Text.Source, corpus.Mark{}), markText(machine.Text, corpus.Mark{}), mqmNone, mqmNone, m)
		return rows
	}
	return rows
}

// reader returns who read a unit last, and when; nobody where it was not read.
func reader(u *ReviewUnit) (corpus.UserID, mqmMetadata) {
	for _, d := range slices.Backward(u.Decisions) {
		if !d.Undone && d.Flag == "" {
			return d.By, mqmMetadata{Timestamp: d.Created.UnixMilli()}
		}
	}
	for _, p := range slices.Backward(u.Proposals) {
		if !p.Undone {
			return p.By, mqmMetadata{Timestamp: p.Created.UnixMilli()}
		}
	}
	return "", mqmMetadata{}
}

// mqmCell writes a text on one line, each tab and line end as one blank, so that
// places stay as they are.
func mqmCell(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return ' '
		}
		return r
	}, s)
}

// markedText is a text cut before and behind what is marked in it; where nothing
// is, the first piece holds all.
type markedText struct {
	pieces [3]string
	marked bool
}

func markText(text string, m corpus.Mark) *markedText {
	show := func(s string) string { return mqmCell(layout.Show(s)) }
	if !m.Present() {
		return &markedText{pieces: [3]string{show(text)}}
	}
	return &markedText{[3]string{show(text[:m.Span.Start]), show(text[m.Span.Start:m.Span.End]), show(text[m.Span.End:])}, true}
}

func (t *markedText) holdsMarks() bool {
	all := strings.Join(t.pieces[:], "")
	return strings.Contains(all, mqmOpen) || strings.Contains(all, mqmClose)
}

// cell returns the text with the marks, or without where it holds some itself.
func (t *markedText) cell(raw bool) string {
	if raw || !t.marked {
		return strings.Join(t.pieces[:], "")
	}
	return t.pieces[0] + mqmOpen + t.pieces[1] + mqmClose + t.pieces[2]
}

// tokens are the pieces that are not empty: the borders of what is marked are
// borders of tokens, in languages without blanks too.
func (t *markedText) tokens() []string {
	return slices.DeleteFunc(slices.Clone(t.pieces[:]), func(s string) bool { return s == "" })
}

func (t *markedText) spans() [][2]int {
	if !t.marked {
		return nil
	}
	at := min(len(t.pieces[0]), 1)
	return [][2]int{{at, at}}
}
