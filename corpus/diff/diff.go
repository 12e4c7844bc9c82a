package diff

import (
	"unicode/utf8"
)

// Op says what an edit does.
type Op uint8

// The operations. Equal text stands in both texts.
const (
	Equal Op = iota
	Insert
	Delete
)

func (op Op) String() string {
	switch op {
	case Equal:
		return "equal"
	case Insert:
		return "insert"
	case Delete:
		return "delete"
	}
	return "unknown"
}

// Span is a half-open range [Start, End) of bytes. An empty span marks a place.
type Span struct {
	Start, End int
}

// Edit is one piece of a diff. Old and New are where it stands in the two
// texts; for an insertion Old is the empty span at which it is put in, for a
// deletion New is the empty span at which it was taken out. Text is never empty.
type Edit struct {
	Op       Op
	Text     string
	Old, New Span
}

// Texts returns the edits that turn the old text into the new one, in order.
// They tile both: the texts of the Equal and Delete edits join to old, those of
// the Equal and Insert edits to new. No two neighbours have the same Op, and
// where a passage is replaced the deletion comes first.
//
// A single token that stayed the same between two changed ones is counted as
// changed, since two words struck and two words put in read better with the
// space between them included. Placeholders alone are exempt: markup that stays
// is never shown as taken out and put in again.
//
// If one of the texts is not valid UTF-8 and they differ, all of the old is
// deleted and all of the new inserted.
func Texts(old, new string) []Edit {
	a, b := tokenize(old), tokenize(new)
	var edits []Edit
	for _, r := range absorb(compare(a, b), a) {
		was, is := a.span(r.old), b.span(r.new)
		if r.equal {
			edits = append(edits, Edit{Equal, old[was.Start:was.End], was, is})
			continue
		}
		if was.Start < was.End {
			edits = append(edits, Edit{Delete, old[was.Start:was.End], was, Span{is.Start, is.Start}})
		}
		if is.Start < is.End {
			edits = append(edits, Edit{Insert, new[is.Start:is.End], Span{was.End, was.End}, is})
		}
	}
	return edits
}

// Ratio returns the share of the two texts that the edits change, in code
// points: 0 when nothing changed, 1 when nothing stayed.
func Ratio(edits []Edit) float64 {
	changed, total := 0, 0
	for _, e := range edits {
		n := utf8.RuneCountInString(e.Text)
		if e.Op == Equal {
			total += 2 * n
			continue
		}
		changed += n
		total += n
	}
	if total == 0 {
		return 0
	}
	return float64(changed) / float64(total)
}

// tokenized is a text with its tokens. A text that is not valid UTF-8 is a
// single token.
type tokenized struct {
	text string
	ends []int // the byte offset after each token
}

func tokenize(text string) tokenized {
	if !utf8.ValidString(text) {
		return tokenized{text, []int{len(text)}}
	}
	return tokenized{text, tokenEnds(text)}
}

// offset returns where the i-th token starts; i may be one past the last.
func (t tokenized) offset(i int) int {
	if i == 0 {
		return 0
	}
	return t.ends[i-1]
}

func (t tokenized) token(i int) string { return t.text[t.offset(i):t.ends[i]] }

// span turns a range of tokens into one of bytes.
func (t tokenized) span(tokens Span) Span {
	return Span{t.offset(tokens.Start), t.offset(tokens.End)}
}

// run is a stretch of tokens that is equal on both sides, or differs. Equal and
// differing runs alternate and tile both lists of tokens.
type run struct {
	equal    bool
	old, new Span // counted in tokens
}

// compare returns the runs of two texts, unless one is not valid UTF-8: then a
// token may not reach go-diff, which would replace its bytes.
func compare(a, b tokenized) []run {
	if a.text != b.text && !(utf8.ValidString(a.text) && utf8.ValidString(b.text)) {
		return runs(nil, len(a.ends), len(b.ends))
	}
	var in interner
	ids, ids2 := make([]rune, len(a.ends)), make([]rune, len(b.ends))
	for i := range ids {
		ids[i] = in.old(a.token(i))
	}
	for i := range ids2 {
		ids2[i] = in.new(b.token(i))
	}
	return runs(match(ids, ids2, textGrams), len(ids), len(ids2))
}

// runs turns matched pairs into runs over lists of n and m elements.
func runs(pairs []Pair, n, m int) []run {
	var out []run
	at := Pair{}
	gap := func(to Pair) {
		if at != to {
			out = append(out, run{false, Span{at.Old, to.Old}, Span{at.New, to.New}})
		}
	}
	for i := 0; i < len(pairs); {
		from := pairs[i]
		gap(from)
		n := 1
		for i+n < len(pairs) && pairs[i+n] == (Pair{from.Old + n, from.New + n}) {
			n++
		}
		at = Pair{from.Old + n, from.New + n}
		out = append(out, run{true, Span{from.Old, at.Old}, Span{from.New, at.New}})
		i += n
	}
	gap(Pair{n, m})
	return out
}

// absorb joins differing runs that only one equal token separates.
func absorb(rs []run, a tokenized) []run {
	var out []run
	for i, r := range rs {
		inside := r.equal && i > 0 && i < len(rs)-1
		short := r.old.End-r.old.Start == 1 && !startsWithPlaceholder(a.token(r.old.Start))
		if inside && short {
			r.equal = false
		}
		if n := len(out); n > 0 && !r.equal && !out[n-1].equal {
			out[n-1].old.End, out[n-1].new.End = r.old.End, r.new.End
			continue
		}
		out = append(out, r)
	}
	return out
}

func startsWithPlaceholder(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return isPlaceholder(r)
}
