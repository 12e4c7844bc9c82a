package corpus

import "strings"

// Locate returns the span of quote in text. It must stand there exactly once,
// or be the nth of several, counted from 1.
func Locate(text, quote string, nth int) (Span, error) {
	if quote == "" {
		return Span{}, Errorf(Invalid, "a passage cannot be empty")
	}
	count := strings.Count(text, quote)
	switch {
	case count == 0:
		return Span{}, Errorf(Invalid, "the passage %q does not occur", quote)
	case nth > count:
		return Span{}, Errorf(Invalid, "the passage %q occurs %d times, not %d", quote, count, nth)
	case nth < 1 && count > 1:
		return Span{}, Errorf(Invalid, "the passage %q occurs %d times; say which", quote, count)
	}
	at := 0
	for i := 1; ; i++ {
		at += strings.Index(text[at:], quote)
		if i >= nth {
			return Span{at, at + len(quote)}, nil
		}
		at += len(quote)
	}
}

func locateOnce(text, quote string) (Span, bool) {
	s, err := Locate(text, quote, 0)
	return s, err == nil
}
