package main

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/align"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// side is one of two files, cut into sentences. A side without a file has none.
type side struct {
	file     *textFile
	segments []layout.Segment
}

func newSide(f *textFile, lang language.Tag) side {
	return side{f, layout.Segments(f.doc, lang)}
}

// sentences returns the sentences as the aligner sees them.
func (s side) sentences() []align.Sentence {
	return workflow.Sentences(s.segments)
}

// unpaired is one bead for each sentence of a translation without a source.
func unpaired(target side) []align.Bead {
	beads := make([]align.Bead, len(target.segments))
	for i := range beads {
		beads[i].Target = align.Range{Start: i, End: i + 1}
	}
	return beads
}

// pairUp aligns the sentences of two sides.
func (a *app) pairUp(ctx context.Context, source, target []align.Sentence, o align.Options) ([]align.Bead, error) {
	bar := a.progress(len(source)+len(target), "aligning")
	defer bar.Finish()
	shown := 0
	o.Progress = func(done, total int) {
		if total > 0 {
			now := done * (len(source) + len(target)) / total
			bar.Add(now - shown)
			shown = now
		}
	}
	o.Lexicon = align.Default(o.Source, o.Target)
	return align.Align(ctx, source, target, o)
}

// passage is a run of adjacent sentences of one side: one side of a unit.
type passage struct {
	file  *textFile // nil where the side has none
	kind  string    // of the first sentence's block, or ""
	runs  []run
	text  string // logical; a line for each block
	place int    // for a passage without sentences: the byte of the file where it would stand
}

// run is the part of one block that a passage covers; span is in the block's
// logical text.
type run struct {
	block *layout.Block
	span  layout.Span
}

func (s side) passage(r align.Range) passage {
	p := passage{file: s.file}
	if r.Len() == 0 {
		switch {
		case r.Start > 0 && len(s.segments) > 0:
			p.place = s.segments[r.Start-1].Envelope.End
		case len(s.segments) > 0:
			p.place = s.segments[0].Envelope.Start
		}
		return p
	}
	last := -1
	for _, seg := range s.segments[r.Start:r.End] {
		if seg.Block == last {
			p.runs[len(p.runs)-1].span.End = seg.Span.End
			continue
		}
		last = seg.Block
		p.runs = append(p.runs, run{&s.file.doc.Blocks[seg.Block], seg.Span})
	}
	p.kind = s.segments[r.Start].Kind.String()
	texts := make([]string, len(p.runs))
	for i, run := range p.runs {
		texts[i] = run.block.Text[run.span.Start:run.span.End]
	}
	p.text = strings.Join(texts, "\n")
	return p
}

// raw returns the part of the file from the first to the last byte of a span of
// the passage's text. An empty span gives an empty part.
func (p passage) raw(s corpus.Span) layout.Span {
	if len(p.runs) == 0 {
		return layout.Span{Start: p.place, End: p.place}
	}
	out := layout.Span{Start: -1}
	at := 0 // of the run, in the passage's text
	for i, r := range p.runs {
		length := r.span.Len()
		first, last := max(s.Start-at, 0), min(s.End-at, length)
		touches := first < last || s.Empty() && s.Start <= at+length || i == len(p.runs)-1 && out.Start < 0
		if touches {
			first, last = min(first, length), max(last, 0)
			env := r.block.Envelope(layout.Span{Start: r.span.Start + first, End: r.span.Start + max(first, last)})
			if out.Start < 0 {
				out.Start = env.Start
			}
			out.End = env.End
			if s.Empty() {
				return out
			}
		}
		at += length + 1
	}
	return out
}

// codePoints returns the same in code points of the file.
func (p passage) codePoints(s corpus.Span) (start, end int) {
	raw := p.raw(s)
	return p.file.places.codePoint(raw.Start), p.file.places.codePoint(raw.End)
}
