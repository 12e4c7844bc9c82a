package phrases

import (
	"fmt"
	"strings"
)

// maxGap is how many words ".." stands for at most.
const maxGap = 3

// pattern is a rendering made ready for matching.
type pattern struct {
	text  string
	steps []step
}

// step is one word of a pattern.
type step struct {
	gap     bool // up to maxGap words may stand before it
	apart   bool // a comma may stand before it
	choices []choice
}

// choice is one form that a step accepts.
type choice struct {
	hash   uint64 // of the stem, of the form, or of a beginning's first letters
	exact  bool   // it is of the form
	prefix string // a beginning in small letters
}

func compile(text string) (pattern, error) {
	p := pattern{text: text}
	gap, apart := false, false
	for field := range strings.FieldsSeq(split(text)) {
		if field == ".." {
			if gap || len(p.steps) == 0 {
				return p, fmt.Errorf("%q: a gap stands between words", text)
			}
			gap = true
			continue
		}
		field, comma := strings.CutSuffix(field, ",")
		s := step{gap: gap, apart: apart}
		gap, apart = false, comma
		for w := range strings.SplitSeq(field, "/") {
			c, err := compileWord(w)
			if err != nil {
				return p, fmt.Errorf("%q: %w", text, err)
			}
			s.choices = append(s.choices, c)
		}
		p.steps = append(p.steps, s)
	}
	if gap || len(p.steps) == 0 {
		return p, fmt.Errorf("%q: no words, or a gap at the end", text)
	}
	return p, nil
}

// split puts blanks between the words of a rendering as Read would part them.
func split(text string) string {
	text += " "
	for _, end := range []string{"'s ", "'s,", "' ", "',"} {
		text = strings.ReplaceAll(text, end, end[len(end)-1:])
	}
	return strings.NewReplacer("-", " ", "'", " ").Replace(text)
}

func compileWord(w string) (choice, error) {
	bare, exact := strings.CutPrefix(w, "=")
	bare, prefix := strings.CutSuffix(bare, "*")
	bare = strings.ToLower(bare)
	if bare == "" || strings.ContainsFunc(bare, func(r rune) bool { return !letter(r) }) || exact && prefix {
		return choice{}, fmt.Errorf("%q is no word", w)
	}
	if prefix {
		if len(bare) < 3 {
			return choice{}, fmt.Errorf("%q: a beginning has three letters", w)
		}
		return choice{prefix: bare, hash: hashBeginning(bare)}, nil
	}
	form, stem := hashes(bare)
	if exact {
		return choice{hash: form, exact: true}, nil
	}
	return choice{hash: stem}, nil
}

func (s step) accepts(t *Text, k token) bool {
	for _, c := range s.choices {
		switch {
		case c.prefix != "":
			if w := t.s[k.start:k.end]; len(w) >= len(c.prefix) && strings.EqualFold(w[:len(c.prefix)], c.prefix) {
				return true
			}
		case c.exact:
			if k.form == c.hash {
				return true
			}
		case k.stem == c.hash:
			return true
		}
	}
	return false
}

// matchAt returns the index behind the last token of a match that begins with
// token i. Articles between the words do not matter.
func (p pattern) matchAt(t *Text, i int) (int, bool) {
	if !p.steps[0].accepts(t, t.tokens[i]) {
		return 0, false
	}
	return p.rest(t, 1, i+1)
}

func (p pattern) rest(t *Text, from, at int) (int, bool) {
	if from == len(p.steps) {
		return at, true
	}
	s := p.steps[from]
	left := 0
	if s.gap {
		left = maxGap
	}
	for ; at < len(t.tokens) && (s.apart || !t.tokens[at].apart); at++ {
		if s.accepts(t, t.tokens[at]) {
			if end, ok := p.rest(t, from+1, at+1); ok {
				return end, true
			}
		}
		if t.tokens[at].article {
			continue
		}
		if left == 0 {
			break
		}
		left--
	}
	return 0, false
}

// possible reports whether the text may hold the pattern: each step must have a
// choice among the words. It spares the search of nearly all patterns.
func (p pattern) possible(t *Text) bool {
	for _, s := range p.steps {
		found := false
		for _, c := range s.choices {
			found = found || t.may(c.hash)
		}
		if !found {
			return false
		}
	}
	return true
}

// find returns all places of the pattern in the text, left to right, without
// overlaps, as byte ranges.
func (p pattern) find(t *Text, found [][2]int) [][2]int {
	if !p.possible(t) {
		return found
	}
	for i := 0; i < len(t.tokens); i++ {
		if end, ok := p.matchAt(t, i); ok {
			found = append(found, [2]int{t.tokens[i].start, t.tokens[end-1].end})
			i = end - 1
		}
	}
	return found
}
