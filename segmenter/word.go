package segmenter

import (
	"unicode"
	"unicode/utf8"
)

// maxWord bounds, in bytes, how far back a word is read. No abbreviation is longer.
const maxWord = 48

// word is the token before a full stop: letters, digits and what holds them
// together (dots, hyphens, apostrophes).
type word struct {
	start, end int
	letters    int   // letters in it
	digits     int   // digits in it
	dots       int   // full stops inside it
	longest    int   // letters in its longest part between dots and hyphens
	last       class // class of its last letter or digit
	head       class // class of its first one
	lowers     int   // lower-case letters
	cut        bool  // it is longer than maxWord
}

// wordBefore reads the word that ends at text[:end] and begins at or after from. Ideographs and kana are
// words of their own: only the last one is read.
func (p *Profile) wordBefore(text string, from, end int) word {
	w := word{start: end, end: end}
	part := 0
	for i := end; i > from; {
		r, size, c := p.before(text, i)
		i -= size
		switch {
		case c == classHan || c == classKana:
			if w.letters+w.digits == 0 {
				w.start, w.last, w.head, w.letters, w.longest = i, c, c, 1, 1
			}
			return w
		case c.isLetter():
			w.letters++
			part++
			w.longest = max(w.longest, part)
			if c == classLower {
				w.lowers++
			}
			w.seen(c)
			w.start = i
		case c == classDigit:
			w.digits++
			w.seen(c)
			w.start = i
		case c == classMark && !isPlaceholder(r):
			w.start = i
		case r == '.' && w.last != classOther:
			w.dots++
			part = 0
		case (r == '-' || r == '\'' || r == '’' || r == ',' && w.head == classDigit) && w.last != classOther:
			if r == '-' {
				part = 0
			}
		default:
			return w.trim(text)
		}
		if end-i > maxWord {
			w.cut = true
			return w
		}
	}
	return w.trim(text)
}

// trim forgets dots before the first letter: they are no part of the word.
func (w word) trim(text string) word {
	inner := 0
	for i := w.start; i < w.end; i++ {
		if text[i] == '.' {
			inner++
		}
	}
	w.dots = inner
	return w
}

func (w *word) seen(c class) {
	if w.last == classOther {
		w.last = c
	}
	w.head = c
}

// isNumber reports whether the word has digits only.
func (w word) isNumber() bool { return w.letters == 0 && w.digits > 0 }

// isInitialism reports whether the word is letters with dots between them: U.S, e.g.
func (w word) isInitialism() bool {
	return w.dots > 0 && w.digits == 0 && w.longest == 1 && w.letters > 1
}

// folded is a word in lower case, kept on the stack.
type folded struct {
	buf [maxWord + 8]byte
	n   int
}

func (f *folded) set(text string) {
	f.n = 0
	for _, r := range text {
		if f.n+utf8.UTFMax > len(f.buf) {
			return
		}
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			f.buf[f.n] = byte(r)
			f.n++
			continue
		}
		if r == '’' {
			r = '\''
		}
		f.n += utf8.EncodeRune(f.buf[f.n:], unicode.ToLower(r))
	}
}

// shape is the first word after a candidate, marks before it left out.
type shape struct {
	pos, end int   // the word, or the one character that is none
	class    class // of its first character
	opened   bool  // an opening mark stands before it
	dashed   bool  // a dash stands before it
	inner    bool  // it has an upper-case letter behind a lower-case first one: eBay
	len      int   // letters
	upper    int   // upper-case letters
}

// maxOpeners bounds how many marks before a word are looked through.
const maxOpeners = 8

func (p *Profile) shapeAt(text string, i int) shape {
	var s shape
	for n := 0; i < len(text) && n < maxOpeners; n++ {
		r, size, c := p.at(text, i)
		switch {
		case c == classOpen || c == classOpenQuote || c == classStraight || r == '\'' || r == '’' || r == '¿' || r == '¡':
			s.opened = true
		case c == classMark:
		case c == classDash:
			s.dashed = true
		case c == classSpace && (s.dashed || s.opened):
		case c == classBullet:
			s.pos, s.end, s.class = i, i+size, c
			return s
		default:
			return p.wordFrom(text, i, s)
		}
		i += size
	}
	s.pos, s.end = i, i
	return s
}

func (p *Profile) wordFrom(text string, i int, s shape) shape {
	_, size, c := p.at(text, i)
	s.pos, s.end, s.class = i, i+size, c
	if c == classHan || c == classKana || !c.isLetter() && c != classDigit {
		return s
	}
	for j := i; j < len(text) && j < i+maxWord; {
		r, size, x := p.at(text, j)
		switch {
		case x.isLetter():
			s.len++
			if x == classUpper {
				s.upper++
				s.inner = s.inner || c == classLower
			}
		case x == classDigit, x == classMark && !isPlaceholder(r), r == '\'', r == '’':
		default:
			return s
		}
		j += size
		s.end = j
	}
	return s
}

// wordAt reports whether a letter or digit stands at i.
func (p *Profile) wordAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	_, _, c := p.at(text, i)
	return c.isLetter() || c == classDigit
}

// pauseAt reports whether white space, a stop, a comma, a closing mark or the
// end of the text stands at i: a quotation mark before it closes.
func (p *Profile) pauseAt(text string, i int) bool {
	if i >= len(text) {
		return true
	}
	r, _, c := p.at(text, i)
	switch c {
	case classSpace, classDot, classStrong, classEllipsis, classComma, classClose, classCloseQuote, classDash:
		return true
	case classMark:
		return isPlaceholder(r) && r%2 == 1
	}
	return false
}

// spaceBehind reports whether white space stands at i, or the text ends.
func (p *Profile) spaceBehind(text string, i int) bool {
	return i >= len(text) || p.spaceAt(text, i)
}

// opensAfter reports whether a quotation mark at i, by what stands before it, opens.
func (p *Profile) opensAfter(text string, i int) bool {
	if i == 0 {
		return true
	}
	r, _, c := p.before(text, i)
	switch c {
	case classSpace, classOpen, classOpenQuote, classDash:
		return true
	case classMark:
		return isPlaceholder(r) && r%2 == 0
	}
	return false
}

// note returns the size of a reference to a note, such as [12] or [a], at i,
// or 0.
func (p *Profile) note(text string, i int) int {
	if text[i] != '[' {
		return 0
	}
	for j := i + 1; j < len(text) && j <= i+5; j++ {
		switch b := text[j]; {
		case b == ']' && j > i+1:
			return j + 1 - i
		case b < '0' || b > '9' && b|0x20 < 'a' || b|0x20 > 'z':
			return 0
		}
	}
	return 0
}

// backquotes returns the end of the run of ` at i, with which some texts both
// open and close quotations.
func (p *Profile) backquotes(text string, i int) int {
	for i < len(text) && text[i] == '`' {
		i++
	}
	return i
}
