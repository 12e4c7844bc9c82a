package segmenter

import "strings"

// decide is the decision table: it sets c.rule. Conditions that hold for every
// kind of stop come first, the more certain ones before the less.
func (s *scanner) decide(c *candidate) {
	c.rule = s.rule(c)
}

func (s *scanner) rule(c *candidate) Rule {
	if s.list.ok() && c.first <= s.list.end {
		return RuleEnumerator
	}
	if c.next == len(s.text) {
		return RuleBlockEnd
	}
	if r := s.enclosed(c); r != RuleNone {
		return r
	}
	nr, size, nc := s.p.at(s.text, c.next)
	glued := c.next == c.end
	if nc == classComma && !(nr == '·' || !glued && s.p.wordAt(s.text, c.next+size)) {
		return RuleContinued
	}
	if nc == classClose || nc == classCloseQuote && glued {
		return RuleContinued // it closes something this sentence stands in
	}
	if c.title && glued && c.wide {
		return RuleTitle
	}
	if c.alone && nc != classHan {
		return RuleBracket
	}
	if nr == '/' && s.p.pauseAt(s.text, c.next+size) {
		return RuleContinued // the end of a line of verse
	}
	if c.quoted && glued && s.p.continues(s.text, c.next, c.kind == classStrong && s.asks(c)) {
		return RuleAfterQuotation
	}
	if c.quoted && !glued && nc == classLetter && s.asks(c) {
		if n := s.p.wordFrom(s.text, c.next, shape{}); s.p.answers[s.text[n.pos:n.end]] {
			return RuleAfterQuotation
		}
	}
	if c.inner && glued && c.wide && nc != classOpenQuote {
		return RuleAfterQuotation
	}
	switch c.kind {
	case classStrong:
		return s.strong(c)
	case classEllipsis:
		return s.ellipsis(c)
	}
	return s.fullStop(c)
}

// enclosed holds back what stands inside brackets, title marks, or quotations
// that the language keeps whole.
func (s *scanner) enclosed(c *candidate) Rule {
	o, ok := s.inside(c.end)
	switch {
	case !ok:
		return RuleNone
	case o.kind == kindTitle:
		return RuleTitle
	case !o.kind.isQuote():
		if o.pos <= s.start {
			return RuleNone // whole sentences in brackets
		}
		return RuleBracket
	case s.p.keepQuotes:
		return RuleQuotation
	}
	if _, _, c := s.p.at(s.text, c.next); c == classDash {
		return RuleQuotation // the dash of a reporting clause
	}
	return RuleNone
}

// begins is the rule of a boundary before the word n.
func (c *candidate) begins(n shape) Rule {
	if n.class == classLower && !n.inner {
		return RuleLowerStart
	}
	return c.broke()
}

// broke is the rule of an ordinary boundary.
func (c *candidate) broke() Rule {
	switch {
	case c.closed:
		return RuleStopQuote
	case c.kind == classStrong:
		return RuleStopMark
	}
	return RuleStop
}

// strong decides on marks that are stops wherever they are not part of a name
// or an address: ? ! 。 and the like.
func (s *scanner) strong(c *candidate) Rule {
	if c.wide {
		return c.broke()
	}
	if c.next == c.end {
		return s.gluedMark(c)
	}
	n := s.p.shapeAt(s.text, c.next)
	if s.goesOn(c, n) {
		return RuleLower
	}
	return c.begins(n)
}

// gluedMark decides on ? and ! with no white space behind them.
func (s *scanner) gluedMark(c *candidate) Rule {
	before := classOther
	if c.stop > 0 {
		_, _, before = s.p.before(s.text, c.stop)
	}
	r, _, after := s.p.at(s.text, c.end)
	east := before == classHan || before == classKana || after == classHan || after == classKana
	switch {
	case east && s.text[c.stop] == '?' && before == classHan && after == classHan && !c.closed && s.wideStops() && !s.questions(c.stop):
		return RuleDamage
	case east && s.text[c.stop] == '!' && s.capitalised(c.stop): // Yahoo!奇摩
		return RuleName
	case east:
		return c.broke()
	case c.closed && (after == classUpper || after == classOpen || after == classOpenQuote || after == classStraight):
		return c.broke()
	case after == classMark && !isPlaceholder(r), after == classOpenQuote, after == classStraight:
		return c.broke()
	}
	if w := s.p.wordBefore(s.text, s.start, c.stop); s.joined(w, c) {
		return RuleStopGlued
	}
	return RuleGlued
}

// questionWords are what Chinese questions are asked with.
var questionWords = []string{"吗", "嗎", "呢", "谁", "誰", "什么", "什麼", "甚麼", "怎么", "怎麼", "怎样", "怎樣", "哪",
	"是否", "如何", "为何", "為何", "多少", "有没有", "有沒有", "能否", "可否"}

// questions reports whether one of the last words before i asks something: the
// mark behind it is no lost name dot.
func (s *scanner) questions(i int) bool {
	last := s.text[max(s.start, i-27):i]
	for _, w := range questionWords {
		if strings.Contains(last, w) {
			return true
		}
	}
	return false
}

// capitalised reports whether the word that ends at i begins with a capital.
func (s *scanner) capitalised(i int) bool {
	return s.p.wordBefore(s.text, s.start, i).head == classUpper
}

// joined reports whether a stop without white space stands between two words
// that cannot be one: a word in lower case (or a number) before, one with
// a capital after, and nothing of an address around them.
func (s *scanner) joined(w word, c *candidate) bool {
	n := s.p.wordFrom(s.text, c.end, shape{})
	if w.cut || n.class != classUpper {
		return false
	}
	after := s.text[n.pos:n.end]
	switch capitals := n.upper == n.len; {
	case n.len == 1 && !s.p.isStarter(after):
		return false
	case n.len > 1 && n.len < 4 && capitals && !isRoman(after):
		return false // more likely a unit, a format or a state than a word
	case w.isNumber():
		// 1.Ice is an item of a list, 1,000.That is not.
		if w.start == s.start || w.digits < 3 || capitals {
			return false
		}
	case w.dots > 0 || w.last != classLower || w.lowers < 3 && (w.lowers < w.letters || w.letters < 2):
		return false
	case s.p.abbr.kind(s.text[w.start:w.end]) != notAbbreviation:
		return false
	}
	return !s.inAddress(w.start, n.end)
}

// inAddress reports whether the characters around [start, end) make it part of
// an address, a path or code rather than of prose.
func (s *scanner) inAddress(start, end int) bool {
	if start > 0 && strings.IndexByte("/@_:\\=&#%~.", s.text[start-1]) >= 0 {
		return true
	}
	if end < len(s.text) {
		if strings.IndexByte("/@_\\=&#(", s.text[end]) >= 0 {
			return true
		}
		if s.text[end] == '.' && end+1 < len(s.text) && s.p.wordAt(s.text, end+1) {
			_, _, c := s.p.at(s.text, end+1)
			return c != classUpper
		}
	}
	return false
}

func isRoman(s string) bool { return strings.Trim(s, "IVXLCDM") == "" }

// asks reports whether a question or exclamation mark is among the stops.
func (s *scanner) asks(c *candidate) bool {
	return strings.ContainsAny(s.text[c.stop:c.first], "?!？！؟")
}

// goesOn reports whether the sentence goes on with the word n after a stop:
// it does in lower case, unless n is written like eBay, marks a list item, or
// begins a sentence of a writer who does without capitals.
func (s *scanner) goesOn(c *candidate, n shape) bool {
	if n.class != classLower || n.inner {
		return false
	}
	if s.lowerStart(c, n) {
		return false
	}
	if m := s.p.marker(s.text, c.next); m.ok() && m.delim != delimNone && (m.first() || m.follows(s.list)) {
		return false
	}
	return true
}

// wideStops reports whether the block uses ideographic stops.
func (s *scanner) wideStops() bool {
	if s.han == unasked {
		s.han = no
		if strings.Contains(s.text, "。") || strings.Contains(s.text, "？") {
			s.han = yes
		}
	}
	return s.han == yes
}
