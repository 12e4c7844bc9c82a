package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// termToken is a word of an alphabet, or a single character of a script that
// writes no blanks, as the glossary compares texts.
type termToken struct {
	start, end int
	form       string // small letters, half-width, one kind of apostrophe
	gap        string // what stands before it, behind the token before
	whole      bool   // a character of a script without blanks
}

// termTokens splits a text. Blanks and hyphens between words are one kind of
// gap, and blanks beside Chinese characters are none.
func termTokens(s string) []termToken {
	list := make([]termToken, 0, len(s)/4+2)
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		t := termToken{start: i, end: i + size}
		switch {
		case wordRune(r) || '０' <= r && r <= 'ｚ' && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			t.end = endOfWord(s, i)
			t.form = foldWord(s[t.start:t.end])
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			t.form, t.whole = s[i:i+size], true
		default:
			i += size
			continue
		}
		i = t.end
		t.gap = gapBefore(s, list, t)
		list = append(list, t)
	}
	return list
}

func endOfWord(s string, i int) int {
	for i < len(s) {
		r, size := decode(s, i)
		switch {
		case wordRune(r) || '０' <= r && r <= 'ｚ' && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		case (r == '\'' || r == '’') && i+size < len(s):
			if next, _ := decode(s, i+size); !wordRune(next) {
				return i
			}
		default:
			return i
		}
		i += size
	}
	return i
}

func foldWord(w string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case '！' <= r && r <= '～':
			r -= '！' - '!'
		}
		return toLower(r)
	}, w)
}

func gapBefore(s string, list []termToken, t termToken) string {
	if len(list) == 0 {
		return ""
	}
	before := list[len(list)-1]
	raw := s[before.end:t.start]
	switch {
	case strings.Trim(raw, " \u00a0\u3000\t\n") == "" && (before.whole || t.whole):
		return ""
	case strings.Trim(raw, " \u00a0\t\n-‐‑–") == "":
		return " "
	}
	return raw
}

// pattern is a designation as it is looked for.
type pattern struct {
	entry          int // in the termbase
	text           string
	status         corpus.TermStatus
	tokens         []patternToken
	prefix, suffix string // signs around the words: C++
}

type patternToken struct {
	termToken
	forms []string // any of which a word of the text may be a form of
	exact string   // the word as it must be written; "" where its case is free
}

// acronym reports whether a word is written in a way that is its own: GDP,
// WeChat, but not Party.
func acronym(w string) bool {
	_, size := utf8.DecodeRuneInString(w)
	return strings.IndexFunc(w[size:], isUpper) >= 0
}

// newPattern compiles a designation; ok is false where it holds no word.
func newPattern(d corpus.Designation, entry int, english, exact bool) (p pattern, ok bool) {
	p = pattern{entry: entry, text: d.Text, status: d.Status}
	tokens := termTokens(d.Text)
	if len(tokens) == 0 {
		return p, false
	}
	p.prefix, p.suffix = d.Text[:tokens[0].start], d.Text[tokens[len(tokens)-1].end:]
	for _, t := range tokens {
		written := d.Text[t.start:t.end]
		q := patternToken{termToken: t, forms: []string{t.form}}
		switch {
		case exact || !t.whole && acronym(written):
			q.exact = written
		case english && !t.whole && len(t.form) > 2:
			q.forms = append(q.forms, singulars(t.form)...)
		}
		p.tokens = append(p.tokens, q)
	}
	return p, true
}

// matchesAt reports whether the pattern stands at the nth token.
func (p *pattern) matchesAt(s string, tokens []termToken, n int, forms [][]string) bool {
	if n+len(p.tokens) > len(tokens) {
		return false
	}
	for k, q := range p.tokens {
		t := tokens[n+k]
		if k > 0 && t.gap != q.gap || !q.matches(s[t.start:t.end], forms[n+k]) {
			return false
		}
	}
	return strings.HasSuffix(s[:tokens[n].start], p.prefix) && strings.HasPrefix(s[tokens[n+len(p.tokens)-1].end:], p.suffix)
}

func (q *patternToken) matches(written string, forms []string) bool {
	if q.exact != "" {
		rest, ok := strings.CutPrefix(written, q.exact)
		return ok && (rest == "" || rest == "s" || rest == "'s" || rest == "’s")
	}
	for _, f := range forms {
		for _, g := range q.forms {
			if f == g {
				return true
			}
		}
	}
	return false
}
