package segmenter

import "golang.org/x/text/language"

// Span is one sentence of a whole plain text as [Start, End) in bytes, white
// space included: spans touch end to end from the first byte to the last.
type Span struct {
	Start, End int
	Rule       Rule
}

// AppendSpans cuts a whole plain text into blocks and these into sentences,
// and appends the spans to dst. The first span takes the white space at the
// start of the text, each span the white space behind it. Text of white space
// only is one span; empty text has none. With room in dst nothing is allocated.
func (p *Profile) AppendSpans(dst []Span, text string, ends LineEnds) []Span {
	first := len(dst)
	r := blocks{p: For(language.Und), text: text, ends: ends}
	for {
		b, ok := r.next()
		if !ok {
			break
		}
		s := scanner{p: p, text: text[b.Start:b.End]}
		s.begin(0)
		for {
			seg, ok := s.sentence()
			if !ok {
				break
			}
			start := b.Start + seg.Start
			if len(dst) == first {
				start = 0
			} else {
				dst[len(dst)-1].End = start
			}
			dst = append(dst, Span{Start: start, End: b.Start + seg.End, Rule: seg.Rule})
		}
	}
	switch {
	case len(dst) > first:
		dst[len(dst)-1].End = len(text)
	case text != "":
		dst = append(dst, Span{Start: 0, End: len(text), Rule: RuleBlockEnd})
	}
	return dst
}
