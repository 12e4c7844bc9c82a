package segmenter

import "unicode/utf8"

// scanner reads one block from left to right, once. It stops at each candidate,
// gathers the marks that close with the stop, and asks the decision table.
type scanner struct {
	p     *Profile
	text  string
	start int // first byte of the sentence being read
	pos   int // next byte to look at
	brackets
	list marker // marker of the list item being read
	han  answer // whether the block uses ideographic full stops
}

// answer is a question about the block that is asked late and once.
type answer uint8

const (
	unasked answer = iota
	yes
	no
)

// candidate is a run of stops with what closes behind it.
type candidate struct {
	stop   int   // first byte of the first stop
	first  int   // end of the first run of stops
	end    int   // end of the stops and closing marks
	next   int   // first byte after white space
	kind   class // classDot, classStrong or classEllipsis: the strongest in the run
	dots   int   // full stops in the run
	wide   bool  // a stop that needs no white space after it
	spaced bool  // white space between the dots: . . .
	closed bool  // a quotation mark or bracket closed behind the stop
	quoted bool  // ... and it was a quotation mark
	inner  bool  // ... and it was the inner one of two
	again  bool  // ... and another stop came behind it
	title  bool  // title marks closed, and no stop behind them
	alone  bool  // the stops fill a pair of brackets: [...]
	rule   Rule
}

// begin starts a sentence at the first character at or after i.
func (s *scanner) begin(i int) {
	s.start = s.p.skipSpace(s.text, i)
	s.pos = s.start
	s.list = s.p.marker(s.text, s.start)
}

// candidate returns the next candidate behind s.pos; at the latest the end of
// the block. It moves s.pos behind the candidate.
func (s *scanner) candidate() candidate {
	hot := &s.p.hot
	for {
		i := s.pos
		for i < len(s.text) && !hot[s.text[i]] {
			i++
		}
		s.pos = i
		if i == len(s.text) {
			return s.blockEnd()
		}
		r, size, c := s.p.at(s.text, s.pos)
		switch c {
		case classDot, classStrong, classEllipsis:
			if c := s.listItem(s.pos); c.rule != RuleNone {
				return c
			}
			c := s.gather()
			s.decide(&c)
			s.pos = c.end
			return c
		case classOpen, classOpenQuote:
			s.push(r, s.pos)
		case classClose, classCloseQuote:
			if c := s.listItem(s.pos); c.rule != RuleNone {
				return c
			}
			s.pop(r)
		case classStraight:
			s.straight(s.pos, size)
		case classBullet:
			if c := s.listItem(s.pos); c.rule != RuleNone {
				return c
			}
		}
		s.pos += size
	}
}

// blockEnd is the candidate at the end of the block, white space left out.
func (s *scanner) blockEnd() candidate {
	end := len(s.text)
	for end > s.start {
		_, size, c := s.p.before(s.text, end)
		if c != classSpace {
			break
		}
		end -= size
	}
	return candidate{stop: end, end: end, next: len(s.text), rule: RuleBlockEnd}
}

// gather collects the candidate whose first stop is at s.pos: further stops,
// closing marks (also across white space, where they can only be closing
// ones), references to notes, and the white space behind.
func (s *scanner) gather() candidate {
	c := candidate{stop: s.pos, kind: classDot}
	i := s.closing(s.pos, &c)
	for {
		j := s.p.skipSpace(s.text, i)
		if j == len(s.text) || !s.late(i, j, &c) {
			c.end, c.next = i, j
			return c
		}
		i = s.closing(j, &c)
	}
}

// closing reads stops and closing marks that follow one another without white
// space and returns the position behind them.
func (s *scanner) closing(i int, c *candidate) int {
	for i < len(s.text) {
		r, size, cl := s.p.at(s.text, i)
		switch cl {
		case classDot, classStrong, classEllipsis:
			if cl == classDot && c.closed && s.p.wordAt(s.text, i+size) {
				return i // .NET after a closing mark
			}
			if r == '!' && i > c.stop && s.text[i-1] != '!' && s.text[i-1] != '?' && s.p.wordAt(s.text, i+size) {
				return i // a click in a name: !Kung
			}
			s.stopMark(r, cl, c)
			c.again, c.title, c.alone = c.closed, false, false
			if !c.closed {
				c.first = i + size
			}
		case classMark:
			if isPlaceholder(r) && r%2 == 0 && s.opens(r, i+size) {
				return i
			}
		case classClose, classCloseQuote:
			s.closed(c, r, cl)
		case classStraight:
			if !s.isOpen(kindStraight) && !s.p.pauseAt(s.text, i+size) {
				return i // it opens what follows
			}
			s.closed(c, r, classCloseQuote)
		case classOpenQuote:
			if !s.closesAnyway(r, i+size) {
				return i
			}
			s.closed(c, r, classCloseQuote)
		case classOpen:
			n := s.p.note(s.text, i)
			if n == 0 {
				return i
			}
			size = n
		default:
			if r == '`' {
				size = s.p.backquotes(s.text, i) - i
			}
			if r != '\'' && r != '`' || !s.p.pauseAt(s.text, i+size) {
				return i
			}
			c.closed, c.quoted = true, true
		}
		i += size
	}
	return i
}

func (s *scanner) stopMark(r rune, cl class, c *candidate) {
	switch cl {
	case classDot:
		c.dots++
	case classStrong:
		c.kind = classStrong
		c.wide = c.wide || r >= utf8.RuneSelf && r != '\u037E' // the Greek question mark
	case classEllipsis:
		c.dots += 3
	}
	if c.kind == classDot && c.dots >= 3 {
		c.kind = classEllipsis
	}
}

func (s *scanner) closed(c *candidate, r rune, cl class) {
	if !c.closed && cl == classClose && c.stop > 0 {
		_, _, b := s.p.before(s.text, c.stop)
		c.alone = b == classOpen
	}
	c.closed = true
	c.title = c.title || pairOf(r) == kindTitle
	s.pop(r)
	if cl == classCloseQuote {
		c.quoted = true
		c.inner = s.anyQuote()
	}
}

// late reports whether what stands at j, behind white space, still closes the
// sentence whose marks end at i: a closing mark whose opening one is there, or
// another stop that stands alone.
func (s *scanner) late(i, j int, c *candidate) bool {
	r, size, cl := s.p.at(s.text, j)
	switch cl {
	case classDot:
		k := j + size
		for k < len(s.text) && s.text[k] == '.' {
			k++
		}
		if !s.p.pauseAt(s.text, k) {
			return false // ...the next sentence, or .NET
		}
		if j > i {
			c.spaced = true
		}
		return true
	case classStrong:
		return j > i && s.p.pauseAt(s.text, j+size)
	case classEllipsis: // … …
		return j > i && c.kind == classEllipsis && !c.closed && c.stop > s.start
	case classClose, classCloseQuote:
		return j > i && (s.isOpen(pairOf(r)) || s.waiting[pairOf(r)] || pairOf(r) == kindDouble && s.p.spaceBehind(s.text, j+size))
	case classStraight:
		return j > i && s.isOpen(kindStraight) && s.p.pauseAt(s.text, j+size)
	case classOther:
		return r == '`' && s.p.pauseAt(s.text, s.p.backquotes(s.text, j))
	}
	return false
}

// opens reports whether the placeholder r opens something, that is, whether
// the one that closes it follows. Others stand alone.
func (s *scanner) opens(r rune, i int) bool {
	end := min(len(s.text), i+lookAhead)
	for _, x := range s.text[i:end] {
		if x == r+1 {
			return true
		}
	}
	return false
}
