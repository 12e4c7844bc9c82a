package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
)

var textHidden = &Check{
	ID:       "text.hidden",
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Invisible characters", "不可见字符"},
		Catches: Words{"Characters nobody sees that break searching and line ends: zero-width signs, soft hyphens, a byte order mark inside the text, tag characters, and the signs that turn the direction of writing. A turn that is not closed in its unit is grave: the words behind it may show in another order.", "看不见却会影响检索和换行的字符：零宽字符、软连字符、文中的字节顺序标记、标签字符以及书写方向控制符。方向控制符在单元内未成对的属严重问题，其后文字的显示顺序可能颠倒。"},
		Ignores: Words{"Joiners in scripts that need them and in emoji, flags of regions, and turns around words written from right to left.", "所用文字或表情符号必需的连接符、地区旗帜，以及从右向左书写的词语两侧的方向控制符。"},
		Wrong:   Pair{"", "The provin\u200bcial plan was approved."},
		Right:   Pair{"", "The provincial plan was approved."},
	},
	Messages: map[string]Words{
		"text.hidden":   {"Invisible characters: {0}.", "不可见字符：{0}。"},
		"text.turned":   {"Invisible signs turn the direction of writing here: {0}.", "此处有改变书写方向的不可见字符：{0}。"},
		"text.unclosed": {"{0} turns the direction of writing and has no counterpart here.", "改变书写方向的 {0} 在此没有配对。"},
	},
	Run: func(c *Context) []corpus.Finding {
		if strings.IndexFunc(c.T.Text, invisible) < 0 {
			return nil
		}
		return append(c.hiddenRuns(), c.turns()...)
	},
}

// invisible reports whether r may be a hidden character; what stands around it
// may still call for it.
func invisible(r rune) bool {
	switch {
	case r == 0xAD, 0x200B <= r && r <= 0x200D, r == 0x2060, r == 0xFEFF, 0xE0000 <= r && r <= 0xE007F:
		return true
	}
	return turning(r)
}

// turning reports whether r begins or ends a turn of the direction of writing.
func turning(r rune) bool { return 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069 }

// hiddenRuns returns a finding for each run of hidden characters, those that
// turn the direction of writing left aside.
func (c *Context) hiddenRuns() []corpus.Finding {
	var found []corpus.Finding
	s := c.T.Text
	for i := 0; i < len(s); {
		start := i
		for i < len(s) {
			r, size := decode(s, i)
			if !invisible(r) || turning(r) {
				break
			}
			i += size
		}
		if i == start {
			_, size := decode(s, i)
			i += size
			continue
		}
		span := corpus.Span{Start: start, End: i}
		if !calledFor(s[:start], s[start:i], s[i:]) {
			found = append(found, c.withFix(c.inTarget(span, "text.hidden", codePoints(s[start:i])), span, ""))
		}
	}
	return found
}

// calledFor reports whether what stands around a run of hidden characters
// needs it: a script whose letters join or whose words have no blanks between
// them, an emoji of several parts, a flag spelt with tags.
func calledFor(before, run, after string) bool {
	last, next := lastRune(before), firstRune(after)
	r := firstRune(run)
	switch {
	case r >= 0xE0000:
		return last == '\U0001F3F4' && strings.HasSuffix(run, "\U000E007F")
	case run == "\u200d" && pictured(last) && unicode.Is(unicode.So, next):
		return true
	case strings.Trim(run, "\u200b\u200c\u200d") == "":
		return joining(last) || joining(next)
	}
	return false
}

// pictured reports whether an emoji may end in r: a picture, the sign that
// asks for its coloured form, or a shade of skin.
func pictured(r rune) bool {
	return unicode.Is(unicode.So, r) || r == 0xFE0F || 0x1F3FB <= r && r <= 0x1F3FF
}

// joining reports whether r is a letter or a mark of a script that may need
// zero-width signs: of any but those known to do without.
func joining(r rune) bool {
	return r >= 0x590 && (unicode.IsLetter(r) || unicode.IsMark(r)) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Common, unicode.Inherited)
}

// turn is a sign that opens a turn of the direction of writing.
type turn struct {
	at, size int
	isolate  bool
}

// turns returns the findings on the signs that turn the direction of writing:
// one for each outermost pair, whose fix takes out those inside as well, and
// one for each sign without a counterpart. A pair around such a sign waits for
// that to be settled: their fixes would overlap.
func (c *Context) turns() []corpus.Finding {
	var open []turn
	var pairs, alone []corpus.Span
	s := c.T.Text
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		switch {
		case r == 0x202C || r == 0x2069:
			n := len(open) - 1
			if n < 0 || open[n].isolate != (r == 0x2069) {
				alone = append(alone, corpus.Span{Start: i, End: i + size})
				break
			}
			pairs = outermost(pairs, corpus.Span{Start: open[n].at, End: i + size})
			open = open[:n]
		case turning(r):
			open = append(open, turn{i, size, r >= 0x2066})
		}
		i += size
	}
	for _, t := range open {
		alone = append(alone, corpus.Span{Start: t.at, End: t.at + t.size})
	}
	var found []corpus.Finding
	for _, p := range alone {
		f := c.withFix(c.inTarget(p, "text.unclosed", codePoints(c.T.at(p))), p, "")
		f.Severity = corpus.Major
		found = append(found, f)
	}
	for _, p := range pairs {
		within := c.T.at(p)
		if slices.ContainsFunc(alone, func(a corpus.Span) bool { return p.Start < a.Start && a.End < p.End }) {
			continue
		}
		if rightToLeft(within) && !strings.ContainsAny(within, "\u202d\u202e") {
			continue
		}
		_, first := decode(s, p.Start)
		f := c.inTarget(corpus.Span{Start: p.Start, End: p.Start + first}, "text.turned", codePoints(within))
		// Both signs that close a turn are three bytes long.
		f.Target = append(f.Target, corpus.Span{Start: p.End - len("\u202c"), End: p.End})
		found = append(found, c.withFix(f, p, strings.Map(withoutTurn, within)))
	}
	return found
}

// outermost adds a pair to those found so far, without the ones inside it.
func outermost(pairs []corpus.Span, p corpus.Span) []corpus.Span {
	for len(pairs) > 0 && pairs[len(pairs)-1].Start > p.Start {
		pairs = pairs[:len(pairs)-1]
	}
	return append(pairs, p)
}

func withoutTurn(r rune) rune {
	if turning(r) {
		return -1
	}
	return r
}

// rightToLeft reports whether s has letters that are written from right to left.
func rightToLeft(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) && (0x590 <= r && r <= 0x8FF || 0xFB1D <= r && r <= 0xFEFC || 0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EEFF)
	}) >= 0
}

// codePoints names the hidden characters of s in order: "U+200B U+FEFF". Of
// more than four it names three.
func codePoints(s string) string {
	var names []string
	for _, r := range s {
		if invisible(r) {
			names = append(names, fmt.Sprintf("U+%04X", r))
		}
	}
	if len(names) > 4 {
		names = append(names[:3], "…")
	}
	return strings.Join(names, " ")
}
