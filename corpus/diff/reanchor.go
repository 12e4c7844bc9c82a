package diff

import "strings"

// Reanchor carries a span of the old text over to the new one. What was put in
// inside the span, or in place of something inside it, belongs to the result;
// what was put in at its borders does not.
//
// It reports false when less than half of the tokens that the span touches, white
// space apart, are still there: then what somebody marked is gone. An empty span, a
// place, is lost when the text on both sides of it is. Spans outside the old
// text are reported false too. The result lies on borders of code points when
// the given span does.
func Reanchor(old, new string, span Span) (Span, bool) {
	if span.Start < 0 || span.Start > span.End || span.End > len(old) {
		return Span{}, false
	}
	a, b := tokenize(old), tokenize(new)
	rs := compare(a, b)
	if span.Start == span.End {
		return place(rs, a, b, span.Start)
	}
	var moved Span
	kept, lost, found := 0, 0, false
	add := func(s Span) {
		if !found {
			moved, found = s, true
		}
		moved.End = s.End
	}
	for _, r := range rs {
		was, is := a.span(r.old), b.span(r.new)
		from, to := max(was.Start, span.Start), min(was.End, span.End)
		switch {
		case r.equal && from < to:
			add(Span{from + is.Start - was.Start, to + is.Start - was.Start})
			kept += a.visible(r.old, span)
		case from < to:
			lost += a.visible(r.old, span)
			if from == was.Start && to == was.End {
				add(is)
			}
		}
	}
	if kept < lost || moved.Start == moved.End {
		return Span{}, false
	}
	return moved, true
}

// visible counts the tokens in a range of tokens that the span of bytes touches
// and that are not white space.
func (t tokenized) visible(tokens, span Span) int {
	n := 0
	for i := tokens.Start; i < tokens.End; i++ {
		if t.offset(i) < span.End && span.Start < t.ends[i] && strings.TrimSpace(t.token(i)) != "" {
			n++
		}
	}
	return n
}

// place carries a place over with the equal text that it touches: the text
// before it if that is still there, else the text after it.
func place(rs []run, a, b tokenized, at int) (Span, bool) {
	if a.text == "" {
		return Span{}, b.text == ""
	}
	for _, r := range rs {
		was, is := a.span(r.old), b.span(r.new)
		if r.equal && was.Start <= at && at <= was.End {
			to := at + is.Start - was.Start
			return Span{to, to}, true
		}
	}
	return Span{}, false
}
