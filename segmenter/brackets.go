package segmenter

import "strings"

// lookAhead bounds, in bytes, how far a mark may be from its partner. What is
// not closed within it was never opened: a lost bracket must not swallow the
// rest of the block.
const lookAhead = 640

// pair is a kind of brackets or quotation marks.
type pair uint8

const (
	kindNone pair = iota
	kindRound
	kindSquare
	kindCurly
	kindTitle
	kindDouble
	kindSingle
	kindCorner
	kindWhiteCorner
	kindGuillemet
	kindStraight
	numPairs
)

// pairMarks holds the marks of a pair, for the search ahead: closing ones and,
// behind the bar, opening ones. Title marks nest by changing shape.
var pairMarks = [numPairs]string{
	kindRound: ")）|(（", kindSquare: "]】〕〗］|[【〔〖［", kindCurly: "}｝|{｛", kindTitle: "》〉",
	kindDouble: "”〞〟|“„", kindSingle: "’|‘", kindCorner: "」｣|「｢", kindWhiteCorner: "』|『",
	kindGuillemet: "»›|«‹", kindStraight: "\"＂",
}

func pairOf(r rune) pair {
	switch r {
	case '(', ')', '（', '）', '﹙', '﹚':
		return kindRound
	case '[', ']', '【', '】', '〔', '〕', '〖', '〗', '［', '］':
		return kindSquare
	case '{', '}', '｛', '｝':
		return kindCurly
	case '《', '》', '〈', '〉':
		return kindTitle
	case '“', '”', '„', '‟', '〝', '〞', '〟':
		return kindDouble
	case '‘', '’', '‚', '‛':
		return kindSingle
	case '「', '」', '｢', '｣':
		return kindCorner
	case '『', '』':
		return kindWhiteCorner
	case '«', '»', '‹', '›':
		return kindGuillemet
	case '"', '＂':
		return kindStraight
	}
	return kindNone
}

// brackets keeps what is open at the scanner's position, and where the next
// closing mark of each kind is, so that looking ahead stays linear however
// many marks there are.
type brackets struct {
	open    [8]opening
	depth   int
	waiting [numPairs]bool // opened and not closed since, however long ago
	ahead   [numPairs]closer
}

type opening struct {
	kind pair
	pos  int
}

// closer remembers a search: up to `to` the first mark of the kind at or after
// where the search began is at `at` and closes or opens, or there is none
// (at < 0).
type closer struct {
	at, to int
	closes bool
}

func (b *brackets) push(r rune, pos int) {
	k := pairOf(r)
	if k == kindNone {
		return
	}
	if b.depth == len(b.open) {
		copy(b.open[:], b.open[1:])
		b.depth--
	}
	b.waiting[k] = true
	b.open[b.depth] = opening{k, pos}
	b.depth++
}

// pop closes the innermost pair of r's kind and what was left open inside it.
func (b *brackets) pop(r rune) {
	k := pairOf(r)
	if k == kindDouble && r == '“' && !b.isOpen(k) {
		return
	}
	b.waiting[k] = false
	for d := b.depth - 1; d >= 0; d-- {
		if b.open[d].kind == k {
			b.depth = d
			return
		}
	}
}

func (b *brackets) isOpen(k pair) bool {
	for _, o := range b.open[:b.depth] {
		if o.kind == k {
			return true
		}
	}
	return false
}

func (k pair) isQuote() bool { return kindDouble <= k }

func (b *brackets) anyQuote() bool {
	for _, o := range b.open[:b.depth] {
		if o.kind.isQuote() {
			return true
		}
	}
	return false
}

// straight handles a straight quotation mark, of size bytes at i, away from
// any stop: white space tells whether it opens or closes.
func (s *scanner) straight(i, size int) {
	before := i == s.start || s.p.opensAfter(s.text, i)
	after := s.p.pauseAt(s.text, i+size)
	switch {
	case s.isOpen(kindStraight):
		s.pop('"')
		if before && !after {
			s.push('"', i)
		}
	case !after || before:
		s.push('"', i)
	}
}

// inside returns the innermost pair that is open around position i and is
// closed soon enough, and forgets those that are not.
func (s *scanner) inside(i int) (opening, bool) {
	for s.depth > 0 {
		o := s.open[s.depth-1]
		if s.closes(o.kind, i) {
			return o, true
		}
		s.depth--
	}
	return opening{}, false
}

// closes reports whether a closing mark of kind k follows i in reach, with no
// opening one before it: that would take it for itself.
func (s *scanner) closes(k pair, i int) bool {
	end := min(len(s.text), i+lookAhead)
	c := &s.ahead[k]
	if c.at >= i && c.to > 0 {
		return c.closes && c.at < end
	}
	from := max(i, c.to)
	if from >= end {
		return false
	}
	c.at, c.to, c.closes = -1, end, false
	closing, opening, _ := strings.Cut(pairMarks[k], "|")
	for n, r := range s.text[from:end] {
		if r == ',' || r == ' ' || 'a' <= r && r <= 'z' {
			continue
		}
		c.closes = strings.ContainsRune(closing, r) || r == '“' && s.typedFor(from+n)
		if c.closes || strings.ContainsRune(opening, r) {
			c.at, c.to = from+n, from+n+1
			break
		}
	}
	return c.closes
}

// typedFor reports whether the mark “ at i stands for ”: behind a stop, and
// without a ” to come before the next “.
func (s *scanner) typedFor(i int) bool {
	if i == 0 {
		return false
	}
	if _, _, c := s.p.before(s.text, i); c != classStrong && c != classEllipsis {
		return false
	}
	i += len("“")
	for _, x := range s.text[i:min(len(s.text), i+lookAhead)] {
		if x == '“' || x == '”' {
			return x == '“'
		}
	}
	return true
}

// closesAnyway reports whether an opening quotation mark right behind a stop,
// ending at i, closes all the same: „German“ quotations do, and so does “ that
// was typed for ” when one is open and no ” comes before the next “.
func (s *scanner) closesAnyway(r rune, i int) bool {
	k := pairOf(r)
	if k != kindDouble && k != kindSingle && k != kindGuillemet {
		return false
	}
	if s.p.pauseAt(s.text, i) {
		return true
	}
	if !s.isOpen(k) {
		return false
	}
	end := min(len(s.text), i+lookAhead)
	for _, x := range s.text[i:end] {
		if x == r {
			return true
		}
		if x != r && pairOf(x) == k {
			return false
		}
	}
	return true
}
