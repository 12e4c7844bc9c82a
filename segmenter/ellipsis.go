package segmenter

import (
	"strings"
	"unicode/utf8"
)

// ellipsis decides on "...", "…" and ". . .".
func (s *scanner) ellipsis(c *candidate) Rule {
	n := s.p.shapeAt(s.text, c.next)
	if c.stop == s.start { // ...what was left out before the sentence
		return RuleEllipsis
	}
	if c.spaced {
		return s.spacedEllipsis(c, n)
	}
	if c.next == c.end && !c.closed && n.class == classUpper && n.len > 1 && c.dots >= 3 {
		return RuleEllipsisEnd
	}
	if n.class == classHan || n.class == classKana || c.next == c.end && !c.closed {
		if c.quoted || s.turn(c) {
			return RuleEllipsisEnd
		}
		return RuleEllipsis
	}
	if n.class == classLetter && !c.closed && c.next > c.end && s.starts(n) {
		return RuleEllipsisEnd
	}
	if n.class == classLower || (n.class == classDigit || n.class == classLetter) && !c.closed {
		return RuleEllipsis
	}
	return RuleEllipsisEnd
}

// spacedEllipsis decides on dots with white space between them. Three stand
// inside a sentence. Of four, the first is the full stop when it touches the
// word, else the last (The Chicago Manual of Style, 13.50 and after).
func (s *scanner) spacedEllipsis(c *candidate, n shape) Rule {
	if c.dots < 4 || n.class == classLower {
		return RuleEllipsis
	}
	if c.stop > s.start && !c.closed {
		if _, _, b := s.p.before(s.text, c.stop); b != classSpace {
			c.end = c.stop + 1
			c.next = s.p.skipSpace(s.text, c.end)
			c.first = c.end
			return RuleStop
		}
	}
	return RuleEllipsisEnd
}

// turn reports whether another sentence begins behind an ellipsis in Chinese.
// In written texts an ellipsis stands for the rest of a list, or fades out before
// the closing mark of a quotation. In records of what people said it is where
// they broke off: somebody is addressed, and what follows begins like a sentence
// and does not take up the words before.
func (s *scanner) turn(c *candidate) bool {
	if len(s.p.turns) == 0 || s.depth > 0 {
		return false
	}
	next := s.text[c.next:min(len(s.text), c.next+maxWord)]
	if !s.p.turns[runes(next, 1)] && !s.p.turns[runes(next, 2)] {
		return false
	}
	said := s.text[max(s.start, c.stop-maxWord):c.stop]
	for said != "" && !utf8.RuneStart(said[0]) { // a cut code point
		said = said[1:]
	}
	if strings.HasSuffix(said, runes(next, 1)) || strings.HasSuffix(said, runes(next, 2)) {
		return false // a stammer
	}
	if i := strings.LastIndexAny(said, "，。！？；：,"); strings.Contains(said[i+1:], "、") {
		return false // a list
	}
	return strings.ContainsAny(said+next, "我你您") || strings.Contains(said+next, "主席")
}

// runes returns the first n code points of s.
func runes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
