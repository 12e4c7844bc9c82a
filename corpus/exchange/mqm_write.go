package exchange

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

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
	doc := r.Document.Name
	if r.Project.Source != language.Und {
		doc += ":" + r.Project.Source.String() + "-" + r.Project.Target.String()
	}
	start := []string{
		mqmSystem: mqmCell(system), mqmDoc: mqmCell(doc),
		mqmDocSeg: strconv.Itoa(i + 1), mqmSeg: strconv.Itoa(i + 1), mqmMeta: "",
	}
	var rows [][]string
	add := func(rater corpus.UserID, rev corpus.Revision, source, target *markedText, category, severity string, m mqmMetadata) {
		row := slices.Clone(start)
		if rev.Text != machine.Text {
			m.Machine = mqmCell(layout.Show(machine.Text))
		}
		if latest.Text != rev.Text {
			m.Corrected = mqmCell(layout.Show(latest.Text))
		}
		raw := source.holdsMarks() || target.holdsMarks()
		if len(rows) == 0 {
			m.Deleted = dismissedErrors(r, u)
		}
		m.Segment = &mqmSegment{Raw: raw, SourceTokens: source.tokens(), TargetTokens: target.tokens()}
		row[mqmRater], row[mqmSource], row[mqmTarget] = mqmCell(r.userName(rater)), source.cell(raw), target.cell(raw)
		row[mqmCategory], row[mqmSeverity], row[mqmMeta] = category, severity, m.String()
		rows = append(rows, row)
	}
	for _, f := range u.Flags {
		rev, _ := u.Revision(f.Revision)
		source, target := markText(u.Unit.Text.Source, f.Source), markText(rev.Text, f.Target)
		if status := u.FlagStatus(f); f.Undone || status == corpus.FlagWithdrawn || status == corpus.FlagDismissed {
			continue
		}
		m := mqmMetadata{Timestamp: mqmTime(f.Created), Note: f.Note, Marked: strings.TrimSpace(source.pieces[1] + " " + target.pieces[1]), SourceSpans: source.spans(), TargetSpans: target.spans()}
		add(f.By, rev, source, target, f.Category.MQM(), mqmSeverityWord(f.Severity), m)
	}
	if len(rows) == 0 {
		rater, m := reader(u)
		add(rater, machine, markText(u.Unit.Text.Source, corpus.Mark{}), markText(machine.Text, corpus.Mark{}), mqmNone, mqmNone, m)
	}
	return rows
}

// dismissedErrors are the flags of a unit that somebody dismissed.
func dismissedErrors(r *Review, u *ReviewUnit) []mqmDeleted {
	var list []mqmDeleted
	for _, f := range u.Flags {
		if !f.Undone && u.FlagStatus(f) == corpus.FlagDismissed {
			list = append(list, mqmDeleted{f.Category.MQM(), mqmSeverityWord(f.Severity), r.userName(f.By), mqmCell(layout.Show(f.Source.Quote + f.Target.Quote))})
		}
	}
	return list
}

func mqmSeverityWord(s corpus.Severity) string {
	return strings.ToUpper(s.String()[:1]) + s.String()[1:]
}

// mqmTime is a time in milliseconds; 0 for none.
func mqmTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// reader returns who read a unit last, and when; nobody where it was not read.
func reader(u *ReviewUnit) (corpus.UserID, mqmMetadata) {
	for _, d := range slices.Backward(u.Decisions) {
		if !d.Undone && d.Flag == "" {
			return d.By, mqmMetadata{Timestamp: mqmTime(d.Created)}
		}
	}
	for _, p := range slices.Backward(u.Proposals) {
		if !p.Undone {
			return p.By, mqmMetadata{Timestamp: mqmTime(p.Created)}
		}
	}
	return "", mqmMetadata{}
}

// mqmCell writes a text on one line, each tab, line end and control character as
// one blank, so that places stay as they are.
func mqmCell(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
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
