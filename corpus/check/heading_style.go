package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// fewHeadings is how many headings a document must have before some of them
// can be called out of line.
const fewHeadings = 4

var headingStyle = &Check{
	ID: "heading.style", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Headings of two styles", "标题体例不一"},
		Catches: Words{"A document most of whose headings end without a full stop, or are written with capitals, while a few are not. It speaks once, at the first that differs.", "全文多数标题句末无句号，或实词首字母大写，少数标题不一致。全文只在第一处提示。"},
		Ignores: Words{"Documents with fewer than four headings, and those without a clear habit.", "标题不足四个或没有明显体例的文件。"},
		Wrong:   Pair{"", "Forest Fires … Flood Control … Road Safety … Safeguard public health."},
		Right:   Pair{"", "Forest Fires … Flood Control … Road Safety … Public Health"},
	},
	Messages: map[string]Words{
		"heading.style.stop": {"{0} of {1} headings end without a full stop; this one has one.", "{1} 个标题中有 {0} 个句末无句号，此处有句号。"},
		"heading.style.open": {"{0} of {1} headings end in a full stop; this one has none.", "{1} 个标题中有 {0} 个句末有句号，此处没有。"},
		"heading.style.case": {"{0} of {1} headings are written with capitals; this one is not.", "{1} 个标题中有 {0} 个实词首字母大写，此处没有。"},
	},
	RunDocument: func(units []*Context) []Placed {
		var stops, capitals habit
		for u, c := range units {
			if c.Kind != "heading" || len(c.T.wordList()) < 2 {
				continue
			}
			stops.note(u, strings.HasSuffix(strings.TrimRight(c.T.Text, " "), "."))
			if upper, lower := c.capitalWords(); upper+lower > 0 {
				capitals.note(u, lower == 0)
			}
		}
		var found []Placed
		say := func(u int, message string, most, all int) {
			c := units[u]
			found = append(found, Placed{u, c.inTarget(corpus.Span{End: len(c.T.Text)}, message, strconv.Itoa(most), strconv.Itoa(all))})
		}
		if u, with := stops.odd(); u >= 0 {
			if with {
				say(u, "heading.style.open", len(stops.yes), stops.all())
			} else {
				say(u, "heading.style.stop", len(stops.no), stops.all())
			}
		}
		if u, with := capitals.odd(); u >= 0 && with {
			say(u, "heading.style.case", len(capitals.yes), capitals.all())
		}
		return found
	},
}

// habit is which units of a document do a thing and which do not.
type habit struct{ yes, no []int }

func (h *habit) note(u int, does bool) {
	if does {
		h.yes = append(h.yes, u)
	} else {
		h.no = append(h.no, u)
	}
}

func (h *habit) all() int { return len(h.yes) + len(h.no) }

// odd returns the first unit that does otherwise than at least three of four
// do, and whether those do the thing; or -1.
func (h *habit) odd() (unit int, with bool) {
	switch {
	case h.all() < fewHeadings || len(h.yes) == 0 || len(h.no) == 0:
		return -1, false
	case len(h.yes) >= 3*len(h.no):
		return h.no[0], true
	case len(h.no) >= 3*len(h.yes):
		return h.yes[0], false
	}
	return -1, false
}

// capitalWords counts the words of the target after the first that are long
// enough to be capital in a title, by how they begin.
func (c *Context) capitalWords() (upper, lower int) {
	words := c.T.wordList()
	for _, w := range words[1:] {
		switch {
		case w.end-w.start < 5 || !w.letters:
		case w.upper:
			upper++
		default:
			lower++
		}
	}
	return upper, lower
}
