package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a run of letters, a figure or a sign in an English text.
type token struct {
	start, end int
	digit      bool
	lex        lexeme
}

// english reads one English text: tokens first, then numbers over them.
type english struct {
	text   string
	tokens []token
	dst    []Quantity
	first  int
	scale  int // exponent of the scale word read last
}

func appendEnglish(dst []Quantity, text string) []Quantity {
	var buffer [128]token
	e := english{text: text, dst: dst, first: len(dst)}
	e.tokens = tokenize(buffer[:0], text)
	for i := 0; i < len(e.tokens); {
		before := len(e.dst)
		next := max(e.read(i), i+1)
		if len(e.dst) > before && e.approximate(i) {
			e.dst[before].Approx = true
		}
		i = next
	}
	return e.dst
}

// approximate reports whether the word before token i says that a figure is
// not exact.
func (e *english) approximate(i int) bool {
	for k := i - 1; k >= max(0, i-2); k-- {
		switch lower(e.word(k)) {
		case "about", "around", "nearly", "almost", "some", "roughly", "approximately", "over", "than", "exceeding", "exceeded", "under", "below", "above", "least", "most":
			return true
		}
	}
	return false
}

func tokenize(tokens []token, text string) []token {
	lex := lexicon()
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case isLetter(c):
			if q, end, ok := identifier(text, i); ok && q.Kind == Identifier {
				tokens = append(tokens, token{start: i, end: end, digit: true})
				i = end
				continue
			}
			start := i
			for i < len(text) && isLetter(text[i]) {
				i++
			}
			if i-start <= 2 && text[i-1] == 'm' && i < len(text) && (text[i] == '2' || text[i] == '3') && start > 0 && (isDigit(text[start-1]) || text[start-1] == ' ') {
				i++ // m2, km2, m3
			}
			t := token{start: start, end: i}
			if r, _ := utf8.DecodeLastRuneInString(text[:start]); r < utf8.RuneSelf || !unicode.IsLetter(r) {
				t.lex = lookup(lex, text[start:i])
			}
			tokens = append(tokens, t)
		case isDigit(c):
			end := i
			if _, idEnd, ok := identifier(text, i); ok {
				end = idEnd
			} else {
				end = max(figure(text, i).end, i+1)
			}
			tokens = append(tokens, token{start: i, end: end, digit: true})
			i = end
		case c == 0xE2 && isRoman(runeAt(text, i)): // Article 799Ⅳ
			size := utf8.RuneLen('Ⅳ')
			tokens = append(tokens, token{start: i, end: i + size, lex: lexeme{romanSign, romanValue(runeAt(text, i))}})
			i += size
		default:
			i++
		}
	}
	return tokens
}

func runeAt(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// gap returns what stands between token i and the next one.
func (e *english) gap(i int) string {
	if i+1 >= len(e.tokens) {
		return "\n"
	}
	return e.text[e.tokens[i].end:e.tokens[i+1].start]
}

// joined reports whether only a blank or a hyphen stands between token i and
// the next one, and nothing where glued is allowed.
func (e *english) joined(i int, glued bool) bool {
	switch e.gap(i) {
	case " ", "-", "\u00a0", "\u2011", "\u202f":
		return true
	case "":
		return glued
	}
	return false
}

func (e *english) word(i int) string { return e.text[e.tokens[i].start:e.tokens[i].end] }

func (e *english) class(i int) class {
	if i < 0 || i >= len(e.tokens) {
		return other
	}
	return e.tokens[i].lex.class
}

func (e *english) add(q Quantity) {
	if q.Number == (Span{}) {
		q.Number = q.Span
	}
	e.dst = append(e.dst, q)
}

// read reads the quantity that begins at token i and returns the token after it.
func (e *english) read(i int) int {
	t := e.tokens[i]
	if t.digit {
		return e.figures(i)
	}
	span := Span{t.start, t.end}
	value := Decimal(t.lex.value, 0)
	switch t.lex.class {
	case ones, tens:
		return e.spelt(i)
	case article:
		if end := e.andHalf(i); end > 0 {
			return end
		}
		next := e.class(i + 1)
		if (next == hundred || next == scaleWord || next == half || next == dozen || next == quarter) && e.gap(i) == " " {
			return e.spelt(i)
		}
	case hundred, scaleWord:
		e.add(Quantity{Span: span, Value: Decimal(1, int(t.lex.value)), Form: Spelt})
		e.perMany()
	case scalePlural, several:
		return e.vague(i)
	case nth:
		e.ordinalWord(i)
	case monthName:
		return e.month(i)
	case half, quarter, dozen:
		return e.spelt(i)
	case timesWord:
		e.add(Quantity{Span: span, Value: value, Kind: Multiple, Form: Spelt})
	case foldWord:
		e.add(Quantity{Span: span, Value: value, Kind: Multiple, Form: Spelt, Strong: true})
	case decadeWord, centuryWord:
		e.add(Quantity{Span: span, Value: value, Unit: "year", Form: Spelt, Also: []Value{Decimal(1, 0)}})
	case decadeName:
		e.add(Quantity{Span: span, Value: value.Add(Decimal(1900, 0)), Also: []Value{value}, Kind: Decade, Form: Spelt})
	case majority:
		e.add(Quantity{Span: span, Value: Ratio(1, 2), Kind: Share, Form: Spelt})
	case noonWord:
		e.add(Quantity{Span: span, Value: halfDay, Kind: Clock, Form: Spelt, Strong: true})
	case midnightWord:
		e.add(Quantity{Span: span, Value: zeroTime, Also: []Value{wholeDay}, Kind: Clock, Form: Spelt, Strong: true})
	case pairWord:
		e.add(Quantity{Span: span, Value: value, Form: Spelt})
	case romanSign:
		e.add(Quantity{Span: span, Value: value, Kind: Ordinal})
	case romanWord:
		if isUpper(e.text[t.end-1]) && t.lex.value > 1 {
			e.add(Quantity{Span: span, Value: value, Kind: Ordinal})
		}
	}
	return i + 1
}

// vague reads "hundreds of thousands", "several million", "dozens".
func (e *english) vague(i int) int {
	start := i
	exp := 0
	for i < len(e.tokens) {
		t := e.tokens[i]
		switch {
		case t.lex.class == scalePlural, t.lex.class == scaleWord || t.lex.class == hundred:
			exp += int(t.lex.value)
		case t.lex.class == several && i == start, t.lex.class == dozen && i == start+1:
		case i > start && e.word(i) == "of":
		default:
			e.addVague(start, i, exp)
			return i
		}
		if g := e.gap(i); g != " " {
			i++
			break
		}
		i++
	}
	e.addVague(start, i, exp)
	return i
}

func (e *english) addVague(start, end, exp int) {
	if exp == 0 {
		return
	}
	for end > start+1 && e.word(end-1) == "of" {
		end--
	}
	q := Quantity{Span: Span{e.tokens[start].start, e.tokens[end-1].end}, Value: Decimal(1, exp), Form: Spelt, Approx: true}
	if end == start+1 && exp >= 3 { // "billions" are tens or hundreds of them as well
		q.Also = []Value{Decimal(1, exp+1), Decimal(1, exp+2)}
	}
	e.add(q)
}

// ordinalWord adds "third", unless it ends a fraction that was read already.
func (e *english) ordinalWord(i int) {
	t := e.tokens[i]
	v := t.lex.value
	start := t.start
	if i > 0 && e.class(i-1) == tens && e.gap(i-1) == "-" { // handled by spelt
		return
	}
	q := Quantity{Span: Span{start, t.end}, Value: Decimal(v, 0), Kind: Ordinal, Form: Spelt, Strong: v > 2}
	if v > 2 && i > 0 && e.word(i-1) == "a" && e.partOf(i) { // a fifth of
		q.Value, q.Kind = Ratio(1, v), Share
	}
	if e.class(i+1) == centuryWord {
		q.Kind, q.Strong = Century, true
	}
	e.add(q)
}

// partOf reports whether what follows token i makes "a fifth" a share.
func (e *english) partOf(i int) bool {
	if i+1 < len(e.tokens) && e.gap(i) == "-" { // a fourth-level agency
		return false
	}
	if i+1 >= len(e.tokens) || e.gap(i) != " " {
		return true
	}
	switch e.word(i + 1) {
	case "of", "to", "or", "and", "in", "more", "less", "from", "over", "by":
		return true
	}
	return false
}

// month reads a month's name with the day and the year beside it.
func (e *english) month(i int) int {
	t := e.tokens[i]
	w := e.word(i)
	if !isUpper(w[0]) {
		return i + 1
	}
	abbreviated := len(w) <= 4 && t.lex.value != 6 && t.lex.value != 7
	if abbreviated && len(w) == 3 && t.lex.value != 5 {
		if !e.besideFigure(i) { // Mar, Jan: names too
			return i + 1
		}
	} else if abbreviated || t.lex.value == 3 {
		if !e.dated(i) {
			return i + 1
		}
	}
	e.add(Quantity{Span: Span{t.start, t.end}, Value: Decimal(t.lex.value, 0), Kind: Month, Form: Spelt, Strong: true})
	return i + 1
}

// besideFigure reports whether a figure stands right before or after token i.
func (e *english) besideFigure(i int) bool {
	return i > 0 && e.tokens[i-1].digit && len(e.gap(i-1)) <= 2 || i+1 < len(e.tokens) && e.tokens[i+1].digit && len(e.gap(i)) <= 2
}

// dated reports whether "May" or "March" at token i is a month: a figure or a
// preposition of time stands beside it.
func (e *english) dated(i int) bool {
	if i > 0 && e.word(i-1) == "Long" { // Long March 5
		return false
	}
	if i+1 < len(e.tokens) && e.tokens[i+1].digit && len(e.gap(i)) <= 2 {
		return true
	}
	if i == 0 {
		return false
	}
	if e.tokens[i-1].digit || e.class(i-1) == nth || e.class(i-1) == monthName {
		return true
	}
	switch lower(e.word(i - 1)) {
	case "in", "of", "last", "this", "next", "since", "until", "by", "from", "to", "early", "late", "mid", "during", "between", "through", "till", "st", "nd", "rd", "th", "every", "each", "before", "after", "end", "and":
		return strings.TrimSpace(e.gap(i-1)) == "" || e.gap(i-1) == "-"
	}
	return false
}
