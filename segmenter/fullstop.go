package segmenter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fullStop decides on a full stop, which may belong to an abbreviation, a
// number or an address.
func (s *scanner) fullStop(c *candidate) Rule {
	if c.dots == 2 && c.stop+2 == c.first { // one stop typed twice, or an ellipsis cut short
		n := s.p.shapeAt(s.text, c.next)
		if n.class == classLower && !n.inner || n.class == classLetter {
			return RuleEllipsis
		}
		return c.broke()
	}
	w := s.p.wordBefore(s.text, s.start, c.stop)
	if c.next == c.end {
		return s.gluedStop(c, w)
	}
	n := s.p.shapeAt(s.text, c.next)
	switch {
	case w.letters+w.digits == 0, w.last == classHan, w.last == classKana:
		return s.ordinary(c, n)
	case w.isNumber():
		return s.afterNumber(c, w, n)
	case c.closed:
		if k := s.kind(w); !c.quoted && !c.again && n.class == classUpper && !s.starts(n) && (k == always || k == unlessStarter) {
			return RuleAbbreviation // (D-Calif.)
		}
		if !c.quoted && !c.again && n.class == classLetter && w.dots > 0 && w.digits == 0 {
			return RuleInitialism // (U.S.), (Ph.D.) in a text whose script has no case
		}
		return s.ordinary(c, n)
	}
	if w.start > s.start && isRoman(s.text[w.start:w.end]) && s.enumerates(w) {
		return RuleEnumerator
	}
	kind := s.kind(w)
	if kind != notAbbreviation {
		return s.abbreviation(c, w, n, kind)
	}
	if w.isInitialism() {
		return s.abbreviation(c, w, n, unlessStarter)
	}
	if w.letters == 1 && w.digits == 0 {
		return s.initial(c, w, n)
	}
	return s.ordinary(c, n)
}

// kind looks the word up. A single letter is looked up with the one before it
// where white space stands between them (т. д.), and a single capital only as
// it stands: it is more often an initial.
func (s *scanner) kind(w word) abbreviationKind {
	t := s.text[w.start:w.end]
	if w.letters != 1 || w.digits > 0 {
		return s.p.abbr.kind(t)
	}
	if w.last == classUpper {
		return s.p.abbr.exact[t]
	}
	i := w.start
	for i > s.start && w.start-i < 4 {
		_, size, c := s.p.before(s.text, i)
		if c != classSpace {
			break
		}
		i -= size
	}
	if i < w.start && i > s.start && s.text[i-1] == '.' {
		if v := s.p.wordBefore(s.text, s.start, i-1); v.letters == 1 && v.digits == 0 {
			var key [maxWord]byte
			b := append(key[:0], s.text[v.start:i]...)
			if k := s.p.abbr.folded[string(append(b, t...))]; k != notAbbreviation {
				return k
			}
		}
	}
	return s.p.abbr.kind(t)
}

// ordinary decides on a stop after an ordinary word.
func (s *scanner) ordinary(c *candidate, n shape) Rule {
	if s.goesOn(c, n) {
		return RuleLower
	}
	return c.begins(n)
}

// gluedStop decides on a full stop with no white space behind it.
func (s *scanner) gluedStop(c *candidate, w word) Rule {
	r, _, after := s.p.at(s.text, c.end)
	switch {
	case after == classDigit && w.isNumber():
		return RuleNumber
	case after == classDigit && (w.lowers >= 3 && w.dots == 0 || w.letters+w.digits == 0):
		return s.noteNumber(c)
	case after == classDigit:
		return RuleGlued
	case after == classHan || after == classKana:
		return s.beforeHan(c, w)
	case after == classMark && isPlaceholder(r) && r%2 == 0, after == classOpenQuote, after == classOpen:
		if w.last == classHan || w.last == classKana || w.lowers >= 3 && w.dots == 0 {
			return c.broke()
		}
		return RuleGlued
	case c.closed && after == classUpper:
		return c.broke()
	case after == classDash && !c.closed:
		return RuleGlued
	case after == classLetter && w.last == classLetter && w.letters > 1 && w.dots == 0:
		return RuleStopGlued // no addresses are written in scripts without case
	case s.joined(w, c):
		return RuleStopGlued
	}
	return RuleGlued
}

// beforeHan decides on a full stop that an ideograph follows. In such text it
// is a stop typed narrow, unless initials or a number stand before it.
func (s *scanner) beforeHan(c *candidate, w word) Rule {
	switch {
	case w.last == classHan || w.last == classKana:
		return c.broke()
	case w.isNumber():
		if w.start > s.start {
			if _, _, b := s.p.before(s.text, w.start); b == classComma || b == classSpace || b == classOpen || b == classClose {
				return RuleEnumerator
			}
		}
		return c.broke()
	case w.isInitialism() || w.letters == 1 || s.p.abbr.kind(s.text[w.start:w.end]) != notAbbreviation:
		return RuleInitialism
	case w.letters+w.digits == 0:
		return c.broke()
	}
	return c.broke()
}

// noteNumber decides on "word.12 Next", where 12 is the number of a note: it
// stays with its sentence.
func (s *scanner) noteNumber(c *candidate) Rule {
	i := c.end
	for n := 0; n < 4; n++ {
		j := i
		for j < len(s.text) && j-i < 4 && '0' <= s.text[j] && s.text[j] <= '9' {
			j++
		}
		if j == i || j-i > 3 || j == len(s.text) {
			return RuleGlued
		}
		k := s.p.skipSpace(s.text, j)
		if k == j || k == len(s.text) {
			return RuleGlued
		}
		if sh := s.p.shapeAt(s.text, k); sh.class == classUpper {
			c.end, c.next = j, k
			return RuleNote
		}
		i = k
	}
	return RuleGlued
}

// afterNumber decides on a full stop behind a number.
func (s *scanner) afterNumber(c *candidate, w word, n shape) Rule {
	if !c.closed && (s.enumerates(w) || s.afterColon(w)) {
		return RuleEnumerator
	}
	if !c.closed && s.inDate(w, n) {
		return RuleNumber
	}
	if s.p.ordinalDot && !c.closed && w.digits <= 3 && w.dots == 0 &&
		(n.class == classUpper || n.class == classLower || n.class == classDigit || n.dashed) &&
		!s.p.isStarter(s.text[n.pos:n.end]) && !s.numbered(w) {
		return RuleOrdinal
	}
	return s.ordinary(c, n)
}

// afterColon reports whether a colon or semicolon stands before the number w: it
// marks an item of a list that is one sentence.
func (s *scanner) afterColon(w word) bool {
	if w.dots > 0 || w.digits > 2 {
		return false
	}
	i := s.skipBack(w.start)
	if i == s.start {
		return false
	}
	r, size, _ := s.p.before(s.text, i)
	if !strings.ContainsRune(":;：；", r) || i == size {
		return false
	}
	_, _, before := s.p.before(s.text, i-size)
	return before != classDigit && (i < w.start || r >= utf8.RuneSelf) // not 10:30
}

// inDate reports whether w is a part of a date like "2023. 5. 7.", behind which
// the next one comes, or is its last part before a word of a script without case.
func (s *scanner) inDate(w word, n shape) bool {
	if w.dots > 0 || w.digits > 4 || w.digits == 3 {
		return false
	}
	if n.class == classDigit && n.end-n.pos <= 2 && n.end < len(s.text) && s.text[n.end] == '.' {
		return true
	}
	if n.class != classLetter || w.digits > 2 {
		return false
	}
	i := s.skipBack(w.start)
	if i == w.start || i == s.start || s.text[i-1] != '.' {
		return false
	}
	v := s.p.wordBefore(s.text, s.start, i-1)
	return v.isNumber() && v.dots == 0 && v.digits <= 4
}

// afterNumeral reports whether a number stands before the word w.
func (s *scanner) afterNumeral(w word) bool {
	i := s.skipBack(w.start)
	if i > s.start && s.text[i-1] == '/' { // 100 km/h
		return true
	}
	return s.p.wordBefore(s.text, s.start, i).isNumber()
}

// numbered reports whether an abbreviation such as "No." stands before the
// number w, which is no ordinal then.
func (s *scanner) numbered(w word) bool {
	i := s.skipBack(w.start)
	if i == s.start || s.text[i-1] != '.' {
		return false
	}
	v := s.p.wordBefore(s.text, s.start, i-1)
	return s.kind(v) == beforeNumber
}

// skipBack returns the end of what stands before i, white space left out, in the
// sentence.
func (s *scanner) skipBack(i int) int {
	for i > s.start {
		_, size, c := s.p.before(s.text, i)
		if c != classSpace {
			break
		}
		i -= size
	}
	return i
}

// enumerates reports whether the number w, with a word like Article before
// it, or none, begins the sentence.
func (s *scanner) enumerates(w word) bool {
	if w.start == s.start {
		return w.dots == 0 && w.digits <= 3
	}
	i := s.skipBack(w.start)
	if i > s.start && s.text[i-1] == '.' { // Sec. 5. Definitions
		i--
	}
	v := s.p.wordBefore(s.text, s.start, i)
	return v.start == s.start && s.p.isHead(s.text[v.start:v.end])
}

// initial decides on a full stop behind a single letter.
func (s *scanner) initial(c *candidate, w word, n shape) Rule {
	if n.class == classLower && !n.inner && s.goesOn(c, n) {
		return RuleLower
	}
	if w.last != classUpper {
		if w.last == classLower {
			if n.class == classUpper && n.len == 1 && n.end < len(s.text) && s.text[n.end] == '.' && !n.opened {
				return RuleInitialism // a. C.
			}
			return s.ordinary(c, n)
		}
		return RuleInitial // scripts without case: Arabic د. and the like
	}
	if w.start == s.start && n.class == classUpper {
		return RuleInitial
	}
	starter := s.starts(n)
	if isRoman(s.text[w.start:w.end]) && s.headBefore(w.start) {
		return RuleInitialStarter
	}
	if s.p.pronoun(s.text[w.start:w.end]) {
		if !starter && s.capitalBefore(w.start) {
			return RuleInitial
		}
		return RuleInitialStarter
	}
	switch {
	case n.class == classDigit:
		return RuleInitial
	case n.opened || n.dashed || n.class != classUpper:
		return RuleInitialStarter
	case starter:
		return RuleInitialStarter
	}
	return RuleInitial
}

// starts reports whether n is a word that starts a sentence, and no initial.
func (s *scanner) starts(n shape) bool {
	if n.len == 1 && n.end < len(s.text) && s.text[n.end] == '.' {
		return false
	}
	return s.p.isStarter(s.text[n.pos:n.end])
}

// headBefore reports whether a word such as Article stands before i.
func (s *scanner) headBefore(i int) bool {
	w := s.p.wordBefore(s.text, s.start, s.skipBack(i))
	return s.p.isHead(s.text[w.start:w.end])
}

// capitalBefore reports whether the word before position i begins with a
// capital letter and does not begin the sentence.
func (s *scanner) capitalBefore(i int) bool {
	w := s.p.wordBefore(s.text, s.start, s.skipBack(i))
	return w.head == classUpper && w.start > s.start
}

// abbreviation decides on the full stop of an abbreviation.
func (s *scanner) abbreviation(c *candidate, w word, n shape, kind abbreviationKind) Rule {
	if n.class == classLower && s.goesOn(c, n) {
		return RuleLower
	}
	starter := n.class == classUpper && s.starts(n)
	if n.opened && kind != beforeNumber && s.isBracketed(c.next) {
		return RuleAbbreviation
	}
	switch kind {
	case always:
		return RuleAbbreviation
	case beforeNumber:
		if s.isNumberLike(n) {
			return RuleAbbreviationNumber
		}
		if w.letters == 1 {
			return s.initial(c, w, n)
		}
		return s.ordinary(c, n)
	case timeOfDay:
		if n.class == classUpper && (!starter && s.adverbial(w) || s.p.zones[s.text[n.pos:n.end]]) {
			return RuleAbbreviation
		}
		return s.ordinary(c, n)
	case unit:
		if !s.afterNumeral(w) {
			return RuleAbbreviation
		}
		return s.ordinary(c, n)
	case weak:
		return s.ordinary(c, n)
	}
	if starter || n.opened && n.class == classUpper || n.class == classUpper && has(s.p.persons, s.text[n.pos:n.end]) {
		return RuleAbbreviationStarter
	}
	if n.class == classLetter {
		switch {
		case w.last == classLower || w.last == classUpper: // Inc. in a text whose script has no case
			return RuleAbbreviation
		case w.isInitialism():
			return RuleInitialism
		}
	}
	if n.class == classLower || n.class == classUpper || n.class == classDigit || n.class == classOther || n.opened || n.dashed {
		return RuleAbbreviation
	}
	return RuleAbbreviationStarter
}

func (s *scanner) isBracketed(i int) bool {
	_, _, c := s.p.at(s.text, i)
	return c == classOpen
}

// isNumberLike reports whether n is a number, a Roman number or a letter in
// brackets: what follows No., Art. and cl.
func (s *scanner) isNumberLike(n shape) bool {
	t := s.text[n.pos:n.end]
	if n.class == classUpper && n.len == 1 {
		if last, _ := utf8.DecodeLastRuneInString(t); unicode.IsDigit(last) || strings.HasPrefix(s.text[n.end:], ".") {
			return true // L. 121-1, R12
		}
	}
	if n.class == classUpper && isRoman(t) {
		return !s.p.pronoun(t) || n.end < len(s.text) && strings.IndexByte(",);:.", s.text[n.end]) >= 0 // Art. I, not: no. I think
	}
	return n.class == classDigit || n.opened && n.len == 1 || n.class == classOther && n.pos < n.end && t != "-"
}

// adverbial reports whether the sentence so far is only the time of day that
// w ends, such as "At 5 a.m.": its subject is still to come.
func (s *scanner) adverbial(w word) bool {
	return w.start-s.start <= 24 && utf8.RuneCountInString(s.text[s.start:w.start]) <= 12
}
