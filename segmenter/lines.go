package segmenter

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// LineEnds says what a line end inside plain text means.
type LineEnds uint8

const (
	SoftLineEnds LineEnds = iota // a line end within a paragraph is a space
	HardLineEnds                 // each line is a paragraph of its own
)

// String returns "soft" or "hard".
func (l LineEnds) String() string {
	if l == HardLineEnds {
		return "hard"
	}
	return "soft"
}

// Block is a paragraph of plain text: text[Start:End] without the white space
// around it. Heading and Item are guesses from its looks, of which one at most
// is true. They are labels for people, and no boundary depends on them.
type Block struct {
	Start, End int
	Heading    bool // a short line without a final mark
	Item       bool // begins with a bullet, or with a number or letter of a list
}

// line is one line of a text without its line end and outer white space;
// indent is the white space before it, in bytes.
type line struct{ start, end, indent int }

// nextLine returns the line at i and the position of the next one. CR, LF,
// CRLF and the separators of Unicode end lines.
func (p *Profile) nextLine(text string, i int) (l line, next int) {
	end := len(text)
	next = end
	for j := i; j < len(text); j++ {
		b := text[j]
		if b == '\n' || b == '\r' {
			end, next = j, j+1
			if b == '\r' && next < len(text) && text[next] == '\n' {
				next++
			}
			break
		}
		if b == 0xE2 && (strings.HasPrefix(text[j:], "\u2028") || strings.HasPrefix(text[j:], "\u2029")) {
			end, next = j, j+3
			break
		}
	}
	l.start = p.skipSpace(text[:end], i)
	l.end, l.indent = end, l.start-i
	for l.end > l.start {
		_, size, c := p.before(text, l.end)
		if c != classSpace {
			break
		}
		l.end -= size
	}
	return l, next
}

// DecideLineEnds guesses, for a whole file, what its line ends mean. They are
// hard when most lines that another line follows directly look like
// paragraphs: they end in a final mark, or the next is a list item, or they
// end well before the longest line does and no small letter follows. They are
// also hard when no line at all ends in a final mark, as in a list. Without two
// lines in a row it does not matter, and the answer is SoftLineEnds.
func DecideLineEnds(text string) LineEnds {
	p := For(language.Und)
	longest := 0
	for i := 0; i < len(text); {
		var l line
		l, i = p.nextLine(text, i)
		longest = max(longest, l.end-l.start)
	}
	var final, joins, hard int
	var last line
	lastFinal := false
	for i := 0; i < len(text); {
		var l line
		l, i = p.nextLine(text, i)
		if l.start == l.end {
			last = line{}
			continue
		}
		if last.end > 0 && !p.leans(text, l.start) && l.indent <= last.indent {
			joins++
			if lastFinal || p.startsItem(text, l.start) || p.brief(text, last, l, longest) {
				hard++
			}
		}
		last, lastFinal = l, p.endsFinal(text[l.start:l.end])
		if lastFinal {
			final++
		}
	}
	if 2*hard > joins || final == 0 && joins > 1 {
		return HardLineEnds
	}
	return SoftLineEnds
}

// brief reports whether line l was ended on purpose: the next does not begin
// in lower case and its first words would have fitted in.
func (p *Profile) brief(text string, l, next line, longest int) bool {
	s := p.shapeAt(text, next.start)
	return s.class != classLower && 5*(l.end-l.start) < 3*longest
}

// leans reports whether the line at i cannot begin a paragraph, because it
// begins with a stop or a mark that closes.
func (p *Profile) leans(text string, i int) bool {
	_, size, c := p.at(text, i)
	switch c {
	case classDot, classStrong:
		return p.pauseAt(text, i+size)
	case classComma, classClose, classCloseQuote:
		return true
	}
	return false
}

// endsFinal reports whether a line ends in a stop, closing marks left out, or
// in a colon or semicolon, as the items of lists do.
func (p *Profile) endsFinal(s string) bool {
	for n := 0; len(s) > 0 && n < maxOpeners; n++ {
		_, size, c := p.before(s, len(s))
		switch c {
		case classDot, classStrong, classEllipsis:
			return true
		case classClose, classCloseQuote, classStraight, classMark:
		case classComma:
			r, _ := utf8.DecodeLastRuneInString(s)
			return strings.ContainsRune(":;：；", r)
		default:
			return false
		}
		s = s[:len(s)-size]
	}
	return false
}

// startsItem reports whether a line starts like an item of a list or an
// article of a law, which begins a block of its own.
func (p *Profile) startsItem(text string, i int) bool {
	r, size, c := p.at(text, i)
	next := i + size
	if m := p.marker(text, i); m.ok() && !m.initial(i) && (m.bullet == 0 || m.delim != delimNone) && (m.digits || m.paren || m.value+m.roman > 0) {
		return true
	}
	switch {
	case c == classBullet, c == classDash && r != '—', r == '*', r == '+':
		return next < len(text) && p.spaceAt(text, next)
	case '①' <= r && r <= '⓿':
		return true
	}
	return eastItem(text[i:])
}

// listed reports whether a bullet begins the line at i.
func (p *Profile) listed(text string, i int) bool {
	r, size, c := p.at(text, i)
	return (c == classBullet || c == classDash && r != '—' || r == '*' || r == '+') && i+size < len(text) && p.spaceAt(text, i+size)
}

func (p *Profile) spaceAt(text string, i int) bool {
	_, _, c := p.at(text, i)
	return c == classSpace
}

// eastItem reports whether s starts with 一、 （一） 第一， 第一条 or the like.
func eastItem(s string) bool {
	s, paren := strings.CutPrefix(s, "（")
	if !paren {
		s, paren = strings.CutPrefix(s, "(")
	}
	ordinal := false
	if !paren {
		s, ordinal = strings.CutPrefix(s, "第")
	}
	rest := strings.TrimLeft(s, "〇零一二三四五六七八九十百0123456789０１２３４５６７８９")
	if len(rest) == len(s) || len(s)-len(rest) > 18 {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(rest); {
	case paren:
		return r == '）' || r == ')'
	case ordinal:
		return strings.ContainsRune("条章节節條编編款项項，、：　 ", r)
	default:
		return r == '、' || r == '．'
	}
}

// AppendBlocks cuts plain text into paragraphs and appends them to dst. Blank
// lines (of any white space) end a paragraph, list marks at the start of a
// line begin one, and so does every line when ends is HardLineEnds. With room
// in dst nothing is allocated.
func AppendBlocks(dst []Block, text string, ends LineEnds) []Block {
	r := blocks{p: For(language.Und), text: text, ends: ends}
	for {
		b, ok := r.next()
		if !ok {
			return dst
		}
		dst = append(dst, b)
	}
}

// blocks reads the paragraphs of a plain text one by one.
type blocks struct {
	p    *Profile
	text string
	ends LineEnds
	at   int // where the next line begins
}

// next returns the next paragraph, if there is one.
func (r *blocks) next() (Block, bool) {
	open := Block{Start: -1}
	var last line // the line before, in the same block
	lines := 0
	item := false // whether the block is a list item
	for r.at < len(r.text) {
		l, after := r.p.nextLine(r.text, r.at)
		blank := l.start == l.end
		if lines > 0 && (blank || r.begins(last, l, item)) {
			break // the line is read again, as the first of its block
		}
		r.at = after
		if blank {
			continue
		}
		if lines == 0 {
			open.Start = l.start
			item = r.p.startsItem(r.text, l.start)
		}
		open.End, last = l.end, l
		lines++
	}
	if lines == 0 {
		return Block{}, false
	}
	text := r.text[open.Start:open.End]
	open.Item = r.p.listed(r.text, open.Start)
	open.Heading = !open.Item && lines == 1 && r.p.looksLikeHeading(text)
	open.Item = open.Item || !open.Heading && item && !strings.HasPrefix(text, "第") && r.p.marker(r.text, open.Start).end < open.End
	return open, true
}

// begins reports whether line l, behind last, is the first of another block.
func (r *blocks) begins(last, l line, item bool) bool {
	return (r.ends == HardLineEnds || r.p.startsItem(r.text, l.start) || r.p.indented(r.text, last, l, item)) &&
		!r.p.leans(r.text, l.start)
}

// indented reports whether line l, after last, begins a paragraph by its
// indent. The further lines of list items are indented too.
func (p *Profile) indented(text string, last, l line, item bool) bool {
	return !item && l.indent > last.indent && p.shapeAt(text, l.start).class != classLower
}

// headingLength bounds, in code points, what can be a heading.
const headingLength = 80

// looksLikeHeading guesses from a line's looks: short, and without a final mark.
func (p *Profile) looksLikeHeading(s string) bool {
	if len(s) > 4*headingLength || utf8.RuneCountInString(s) > headingLength || p.endsFinal(s) {
		return false
	}
	_, _, c := p.before(s, len(s))
	return c != classComma
}
