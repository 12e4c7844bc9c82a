package main

import (
	"fmt"
	"io"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// findingLine is a finding as programs read it. Offsets are code points, of the
// file or, for ready pairs, of the text.
type findingLine struct {
	placeLine
	Check    string      `json:"check"`
	Category string      `json:"category"` // a word of the preset
	MQM      string      `json:"mqm"`      // its key in MQM's hierarchy
	Severity string      `json:"severity"`
	Message  string      `json:"message"`
	Fix      *fixLine    `json:"fix"`
	Also     []placeLine `json:"also"`
}

// placeLine is a passage of one side with what stands there.
type placeLine struct {
	Side  string `json:"side"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// fixLine is a replacement of a passage of the target.
type fixLine struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// spot is a passage that a finding is about.
type spot struct {
	side corpus.Side
	span corpus.Span // in the text of that side
}

// spots returns the passages of a finding, target first. One that marks
// nothing is about the place where the target begins.
func spots(f corpus.Finding) []spot {
	var list []spot
	for _, s := range f.Target {
		list = append(list, spot{corpus.TargetSide, s})
	}
	for _, s := range f.Source {
		list = append(list, spot{corpus.SourceSide, s})
	}
	if len(list) == 0 {
		list = append(list, spot{side: corpus.TargetSide})
	}
	return list
}

// finding makes a line of a finding: its first target span, else its first
// source span, is what it is about; the others stand in also.
func (c *checker) finding(f corpus.Finding, at func(spot) placeLine) findingLine {
	line := findingLine{
		Check: f.Check, Category: string(f.Category), MQM: f.Category.MQM(), Severity: f.Severity.String(), Message: check.Text(f, c.ui),
		Also: []placeLine{},
	}
	for i, s := range spots(f) {
		if i == 0 {
			line.placeLine = at(s)
		} else {
			line.Also = append(line.Also, at(s))
		}
	}
	if f.Fix != nil {
		p := at(spot{corpus.TargetSide, f.Fix.Span})
		line.Fix = &fixLine{p.Start, p.End, f.Fix.Text}
	}
	return line
}

// side returns the passage of one side.
func (u pairing) side(side corpus.Side) passage {
	if side == corpus.SourceSide {
		return u.source
	}
	return u.target
}

// place says where a passage is in its file.
func (u pairing) place(s spot) placeLine {
	p := u.side(s.side)
	line := placeLine{Side: s.side.String(), Quote: p.quote(s.span)}
	line.Start, line.End = p.codePoints(s.span)
	return line
}

// quote returns a part of the passage as people read it.
func (p passage) quote(s corpus.Span) string { return layout.Show(p.text[s.Start:s.End]) }

// printFinding writes a finding for people.
func (c *checker) printFinding(w io.Writer, u pairing, f corpus.Finding) {
	for i, s := range spots(f) {
		p := u.side(s.side)
		line, column := p.file.places.lineColumn(p.raw(s.span).Start)
		if i == 0 {
			fmt.Fprintf(w, "%s:%d:%d: %s: %s [%s]\n", p.file.name, line, column, f.Severity, check.Text(f, c.ui), f.Check)
		}
		switch {
		case i == 0 && !s.span.Empty():
			fmt.Fprintf(w, "\t\"%s\"\n", p.quote(s.span))
		case i > 0:
			fmt.Fprintf(w, "\t\"%s\" at %s:%d:%d\n", p.quote(s.span), p.file.name, line, column)
		}
	}
	if f.Fix != nil {
		fmt.Fprintf(w, "\tfix: \"%s\" becomes \"%s\"\n", u.target.quote(f.Fix.Span), f.Fix.Text)
	}
}
