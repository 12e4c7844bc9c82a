package segmenter

// marker is the mark of a list item: "1.", "2)", "3.)", "(iv)", "b.", "• 9."
// The zero marker is none.
type marker struct {
	end    int   // first byte behind the mark
	bullet rune  // bullet before it, or alone
	paren  bool  // an opening parenthesis before it
	delim  delim // what closes it
	digits bool  // a number, not a letter
	upper  bool  // a capital letter
	value  int   // the number, or the place of the letter in the alphabet
	roman  int   // the value read as a Roman number, or 0
}

type delim uint8

const (
	delimNone delim = iota
	delimDot
	delimParen
	delimBoth // 1.)
)

func (m marker) ok() bool { return m.end > 0 }

// follows reports whether m is the mark of the item after the one marked l.
func (m marker) follows(l marker) bool {
	if !m.ok() || !l.ok() || m.bullet != l.bullet || m.paren != l.paren || m.delim != l.delim {
		return false
	}
	if m.digits != l.digits || m.upper != l.upper {
		return false
	}
	return m.value > 0 && m.value == l.value+1 || m.roman > 0 && m.roman == l.roman+1
}

// first reports whether m can mark the first item of a list.
func (m marker) first() bool { return m.ok() && (m.value == 1 || m.roman == 1) }

// initial reports whether m, which begins at i, is more likely the initial of
// a name: "J. Doe".
func (m marker) initial(i int) bool { return m.upper && m.delim == delimDot && m.end-i == 2 }

// marker reads the mark of a list item at i.
func (p *Profile) marker(text string, i int) marker {
	var m marker
	if i >= len(text) {
		return m
	}
	r, size, c := p.at(text, i)
	if c == classBullet {
		m.bullet = r
		i = p.skipSpace(text, i+size)
		m.end = i
		if i >= len(text) {
			return m
		}
		r, size, _ = p.at(text, i)
	}
	if r == '(' || r == '（' {
		m.paren = true
		i += size
	}
	end := p.number(text, i, &m)
	if end > 0 {
		end = m.close(p, text, end)
	}
	if end == 0 { // a bullet alone, or nothing
		return marker{end: m.end, bullet: m.bullet}
	}
	m.end = end
	return m
}

// number reads the number or letter of a mark and returns its end, or 0.
func (p *Profile) number(text string, i int, m *marker) int {
	start := i
	for i < len(text) && i-start < 12 {
		r, size, c := p.at(text, i)
		switch {
		case c == classDigit && (i == start || m.digits) && (r <= '9' || '０' <= r && r <= '９'):
			m.digits = true
			if r >= '０' {
				r += '0' - '０'
			}
			m.value = m.value*10 + int(r-'0')
		case 'a' <= r|0x20 && r|0x20 <= 'z' && r < 0x80 && !m.digits:
			m.upper = r < 'a'
			m.roman = addRoman(m.roman, i == start, r|0x20)
			m.value = 0
			if i == start {
				m.value = int(r|0x20-'a') + 1
			} else if m.roman == 0 {
				return 0
			}
		case c == classDigit || c.isLetter():
			return 0
		default:
			if i == start || m.value > 999 {
				return 0
			}
			return i
		}
		i += size
	}
	return 0
}

// addRoman adds one digit to a Roman number; 0 means it is none.
func addRoman(sum int, first bool, r rune) int {
	v := 0
	switch r {
	case 'i':
		v = 1
	case 'v':
		v = 5
	case 'x':
		v = 10
	}
	if v == 0 || sum == 0 && !first {
		return 0
	}
	if last := sum % 5; v > 1 && last == 1 { // iv, ix, xiv
		return sum + v - 2
	}
	return sum + v
}

// close reads what closes the mark and returns its end, or 0.
func (m *marker) close(p *Profile, text string, i int) int {
	if i >= len(text) {
		return 0
	}
	r, size, _ := p.at(text, i)
	switch {
	case (r == '.' || r == '．') && !m.paren:
		m.delim = delimDot
		i += size
		if i < len(text) {
			if r, size, _ := p.at(text, i); r == ')' || r == '）' {
				m.delim = delimBoth
				i += size
			}
		}
	case r == ')' || r == '）':
		m.delim = delimParen
		i += size
	default:
		return 0
	}
	if i >= len(text) {
		return i
	}
	switch _, _, c := p.at(text, i); c {
	case classSpace, classHan, classKana, classOpenQuote, classOpen, classStraight, classMark:
		return i
	case classUpper:
		if m.digits {
			return i
		}
	}
	return 0
}

// listItem looks, at a mark that can close the mark of a list item, whether
// the next item of a running list begins just before it: "1. First 2. Second".
// After a comma or semicolon it does not: such a list is one sentence.
func (s *scanner) listItem(i int) candidate {
	if !s.list.ok() || s.list.value+s.list.roman == 0 && s.list.bullet == 0 || i <= s.list.end {
		return candidate{}
	}
	start := i
	for start > s.list.end && i-start < 8 {
		_, size, c := s.p.before(s.text, start)
		if c != classDigit && c != classLower && c != classUpper && c != classOpen {
			break
		}
		start -= size
	}
	if start <= s.list.end {
		return candidate{}
	}
	m := s.p.marker(s.text, start)
	next := m.follows(s.list)
	if r, _, _ := s.p.at(s.text, start); s.list.bullet != 0 && r == s.list.bullet {
		next = true
	}
	if !next || m.upper && m.delim == delimDot {
		return candidate{}
	}
	end := start
	for end > s.start {
		_, size, c := s.p.before(s.text, end)
		if c != classSpace {
			if c == classComma || c == classOpen || c == classOther || c == classDash || end == start {
				return candidate{}
			}
			break
		}
		end -= size
	}
	if m.paren {
		s.pop(')')
	}
	return candidate{stop: end, end: end, next: start, rule: RuleListItem}
}
