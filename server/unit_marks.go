package server

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// piece is a stretch of a text that looks the same throughout. The pieces of a
// text, those struck out left aside, read together as layout.Show writes it, so
// that offsets in the browser can be found again here.
type piece struct {
	Text   string
	Token  bool   // a placeholder, shown as a chip
	Op     string // "ins" or "del" in a diff, else ""
	Find   string // severity of the worst finding on it, or ""
	Flag   string // severity of the worst flag on it, or ""
	Labels string // numbers of the flags that end here
	Figure bool   // a quantity of the ledger
	Place  bool   // an empty piece: something is missing here
	Unseen string // code points of a marked piece that shows nothing by itself: "U+200B"
}

// mark is what is to be shown on a span of a text.
type mark struct {
	span     corpus.Span
	what     markKind
	severity corpus.Severity
	label    string // of a flag
}

type markKind uint8

const (
	markFinding markKind = iota
	markFlag
	markFigure
)

// pieces cuts a text at the borders of its tokens, marks and edits. The edits
// are those that lead from another wording to the text; nil shows it clean.
func pieces(text string, edits []diff.Edit, marks []mark) []piece {
	if len(edits) == 0 && text != "" {
		edits = []diff.Edit{{Op: diff.Equal, Text: text, New: diff.Span{End: len(text)}}}
	}
	var out []piece
	for _, e := range edits {
		if e.Op == diff.Delete {
			out = append(out, cutTokens(piece{Text: e.Text, Op: "del"})...)
			continue
		}
		op := ""
		if e.Op == diff.Insert {
			op = "ins"
		}
		borders := bordersIn(marks, e.New)
		for i := range borders[1:] {
			from, to := borders[i], borders[i+1]
			p := piece{Text: text[from:to], Op: op}
			p.wear(marks, from, to)
			if p.Find != "" || p.Flag != "" {
				p.Unseen = unseenPoints(p.Text)
			}
			out = append(out, placesAt(marks, from)...)
			out = append(out, cutTokens(p)...)
		}
	}
	return append(out, placesAt(marks, len(text))...)
}

// bordersIn returns the ascending borders of pieces within a span, its own
// included.
func bordersIn(marks []mark, span diff.Span) []int {
	borders := []int{span.Start, span.End}
	for _, m := range marks {
		for _, at := range []int{m.span.Start, m.span.End} {
			if span.Start < at && at < span.End {
				borders = append(borders, at)
			}
		}
	}
	slices.Sort(borders)
	return slices.Compact(borders)
}

// wear puts on a piece what the marks say of the stretch it shows.
func (p *piece) wear(marks []mark, from, to int) {
	worst := map[markKind]corpus.Severity{}
	for _, m := range marks {
		if m.span.Start > from || m.span.End < to || m.span.Empty() {
			continue
		}
		worst[m.what] = max(worst[m.what], m.severity)
		switch m.what {
		case markFinding:
			p.Find = worst[m.what].String()
		case markFlag:
			p.Flag = worst[m.what].String()
			if m.span.End == to {
				p.Labels = strings.TrimSpace(p.Labels + " " + m.label)
			}
		case markFigure:
			p.Figure = true
		}
	}
}

// unseenPoints names the characters of a text in which none shows: "U+200B
// U+00AD". It is "" where one shows, and for placeholders, which have chips of
// their own.
func unseenPoints(text string) string {
	var names []string
	for _, r := range text {
		if !unicode.Is(unicode.Cf, r) {
			return ""
		}
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(names, " ")
}

// placesAt returns a piece for each finding that says something is missing at
// an offset.
func placesAt(marks []mark, at int) []piece {
	for _, m := range marks {
		if m.what == markFinding && m.severity > corpus.Neutral && m.span.Empty() && m.span.Start == at {
			return []piece{{Place: true, Find: m.severity.String()}}
		}
	}
	return nil
}

// cutTokens divides a piece into plain text and chips.
func cutTokens(p piece) []piece {
	var out []piece
	rest := p.Text
	for rest != "" {
		at := strings.IndexFunc(rest, func(r rune) bool { _, _, ok := layout.IsPlaceholder(r); return ok })
		if at < 0 {
			at = len(rest)
		}
		if at > 0 {
			part := p
			part.Text = layout.Show(rest[:at])
			out = append(out, part)
			rest = rest[at:]
			continue
		}
		_, size := utf8.DecodeRuneInString(rest)
		part := p
		part.Text, part.Token = layout.Show(rest[:size]), true
		out = append(out, part)
		rest = rest[size:]
	}
	for i := range out[:max(0, len(out)-1)] {
		out[i].Labels = "" // the number stands behind the last part
	}
	return out
}

// fromBrowser is the one place where positions of the browser become ours: it
// returns the byte of a logical text at an offset in UTF-16 units of the text
// as layout.Show writes it. Offsets inside of a placeholder mean its start.
func fromBrowser(text string, offset int) int {
	units := 0
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		shown := layout.Show(text[i : i+size])
		if text[i:i+size] == "⟨" {
			// Brackets that look like a token are doubled, which only what follows tells.
			shown = strings.TrimSuffix(layout.Show(text[i:]), layout.Show(text[i+size:]))
		}
		if units >= offset || units+utf16Len(shown) > offset {
			return i
		}
		units += utf16Len(shown)
		i += size
	}
	return len(text)
}

// utf16Len is the length of a text as scripts count it.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// markFrom reads a passage from a form: its offsets as the browser counts, or,
// from a form without script, its quotation.
func markFrom(text, start, end, quote string) corpus.Mark {
	quote = strings.TrimSpace(quote)
	from, err := strconv.Atoi(start)
	to, err2 := strconv.Atoi(end)
	if err != nil || err2 != nil {
		before, _, found := strings.Cut(layout.Show(text), quote)
		if !found || quote == "" || strings.Count(layout.Show(text), quote) > 1 {
			return corpus.Mark{Quote: quote}
		}
		from = utf16Len(before)
		to = from + utf16Len(quote)
	}
	span := corpus.Span{Start: fromBrowser(text, from), End: fromBrowser(text, to)}
	if span.Empty() {
		return corpus.Mark{}
	}
	return corpus.Mark{Span: span, Quote: text[span.Start:span.End]}
}
