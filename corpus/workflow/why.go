package workflow

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Border is a place of a unit's text at which a sentence ends, or might have.
type Border struct {
	Side   corpus.Side
	Place  BorderPlace
	Before string // the last words in front of it, as people read them, behind … where there are more; "" where a block begins
	After  string // the first words behind it alike; "" where a block ends
	Rule   string // the segmenter's id of the rule; "" where Place is a block's edge, or people decided
	People bool   // people cut here, where no rule would
}

// BorderPlace says where a border lies in a unit.
type BorderPlace string

// The places of borders.
const (
	BorderStart   BorderPlace = "start"   // where the unit begins
	BorderBetween BorderPlace = "between" // between two of its sentences
	BorderEnd     BorderPlace = "end"     // where it ends
	BorderHeld    BorderPlace = "held"    // inside a sentence: a rule held it back
)

// Borders says why the unit's sentences begin and end where they do: each border,
// and each place inside where one was considered and held back, source first, in
// the order of the text.
func (d *Desk) Borders(ctx context.Context, unit corpus.UnitID) ([]Border, error) {
	f, err := d.filesOf(ctx, unit)
	if err != nil {
		return nil, err
	}
	rec, err := d.record(ctx, unit)
	if err != nil {
		return nil, err
	}
	list := borders(f.source, corpus.SourceSide, rec.Unit.Source, f.edition.regime.project.Source)
	return append(list, borders(f.target, corpus.TargetSide, rec.Unit.Target, f.edition.regime.project.Target)...), nil
}

func borders(doc *layout.Document, side corpus.Side, segments []corpus.Segment, lang language.Tag) []Border {
	if doc == nil {
		return nil
	}
	var list []Border
	var candidates []segmenter.Candidate
	block := -1
	for i, s := range segments {
		text := doc.Blocks[s.Block].Text
		if s.Block != block {
			block, candidates = s.Block, layout.Candidates(doc, s.Block, lang)
		}
		add := func(place BorderPlace, at int, rule string, people bool) {
			list = append(list, Border{Side: side, Place: place, Before: lastWords(text[:at]), After: firstWords(text[at:]), Rule: rule, People: people})
		}
		at := func(pos int) (string, bool) {
			for _, c := range candidates {
				if c.Break && onlySpace(text, c.Pos, pos) {
					return c.Rule.String(), true
				}
			}
			return "", false
		}
		if i == 0 {
			switch rule, ok := at(s.Span.Start); {
			case onlySpace(text, 0, s.Span.Start):
				add(BorderStart, s.Span.Start, "", false)
			default:
				add(BorderStart, s.Span.Start, rule, !ok)
			}
		}
		for _, c := range candidates {
			if c.Pos > s.Span.Start && c.Pos < s.Span.End && !c.Break {
				add(BorderHeld, c.Pos, c.Rule.String(), false)
			}
		}
		place := BorderBetween
		if i == len(segments)-1 {
			place = BorderEnd
		}
		rule, ok := at(s.Span.End)
		add(place, s.Span.End, rule, !ok)
	}
	return list
}

// onlySpace reports whether nothing to read lies between two places.
func onlySpace(text string, a, b int) bool {
	if a > b {
		a, b = b, a
	}
	return strings.IndexFunc(text[a:b], func(r rune) bool { return !unicode.IsSpace(r) && !isPlaceholder(r) }) < 0
}

// fewWords is how many characters of a text are shown beside a border.
const fewWords = 16

func lastWords(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	at := len(text)
	for n := 0; n < fewWords && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	shown := layout.Show(text[at:])
	if at > 0 {
		shown = "…" + shown
	}
	return shown
}

func firstWords(text string) string {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	at := 0
	for n := 0; n < fewWords && at < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	shown := layout.Show(text[:at])
	if at < len(text) {
		shown += "…"
	}
	return shown
}
