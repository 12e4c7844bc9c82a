package segmenter

import "iter"

// Segment is one sentence of a text: text[Start:End] is the sentence without
// surrounding white space, in bytes, and Trail bytes of white space follow it.
// The white space before the first sentence belongs to no segment. Rule says
// why the sentence ends where it does.
type Segment struct {
	Start, End, Trail int
	Rule              Rule
}

// Candidate is a place where a sentence might have ended. Pos is the byte
// offset behind the stop and the marks that close with it.
type Candidate struct {
	Pos   int
	Break bool
	Rule  Rule
}

// Append cuts text, which is one block, into sentences and appends them to
// dst. Line ends inside the text are white space. Text of white space only has
// no sentence. With room in dst nothing is allocated.
func (p *Profile) Append(dst []Segment, text string) []Segment {
	s := scanner{p: p, text: text}
	s.begin(0)
	for {
		seg, ok := s.sentence()
		if !ok {
			return dst
		}
		dst = append(dst, seg)
	}
}

// All yields the sentences of text, which is one block, in order.
func (p *Profile) All(text string) iter.Seq[Segment] {
	return func(yield func(Segment) bool) {
		s := scanner{p: p, text: text}
		s.begin(0)
		for {
			seg, ok := s.sentence()
			if !ok || !yield(seg) {
				return
			}
		}
	}
}

// Explain lists the candidates of text, which is one block, in order: each
// boundary, and each place that was considered and held back.
func (p *Profile) Explain(text string) []Candidate {
	s := scanner{p: p, text: text}
	s.begin(0)
	var list []Candidate
	for s.start < len(text) {
		c := s.candidate()
		list = append(list, Candidate{Pos: c.end, Break: c.rule.breaks(), Rule: c.rule})
		if c.rule.breaks() {
			s.begin(c.next)
		}
	}
	return list
}

// sentence reads on to the end of the sentence that begins at s.start.
func (s *scanner) sentence() (Segment, bool) {
	if s.start >= len(s.text) {
		return Segment{}, false
	}
	for {
		c := s.candidate()
		if c.rule.breaks() {
			seg := Segment{Start: s.start, End: c.end, Trail: c.next - c.end, Rule: c.rule}
			s.begin(c.next)
			return seg, true
		}
	}
}
