package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// The bounds within which a recurring passage of the source is taken for a
// term, and a passage of the targets for its rendering.
const (
	shortestTerm = 4  // Han characters
	longestTerm  = 8  // Han characters
	fewUses      = 6  // units that have the term
	fewSides     = 3  // different characters that stand before it, and after it
	manyUses     = 40 // a passage in more units is no term but the document's subject
)

var termVariant = &Check{
	ID: "term.variant", Target: intoEnglish, Source: fromChinese,
	Category: corpus.InconsistentTerm, Severity: corpus.Minor, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Term rendered otherwise than elsewhere", "术语前后译法不一"},
		Catches: Words{"A passage of four to eight characters that at least six units of a document have, is rendered alike nearly everywhere, and otherwise in one or two units. It speaks once of a term.", "四至八字的语段在文中至少六个单元出现，绝大多数译法相同，个别单元译法不同。每个术语只提示一次。"},
		Ignores: Words{"Renderings that differ in capitals, number or the order of their words, and passages without a clear habit.", "大小写、单复数或词序的差别，以及没有固定译法的语段。"},
		Wrong:   Pair{"社会保险 …", "social insurance … social insurance … social insurance … public safeguards"},
		Right:   Pair{"社会保险 …", "social insurance … social insurance … social insurance … social insurance"},
	},
	Messages: map[string]Words{"term.variant": {"{2} of {3} units render “{0}” as “{1}”; this one does not.", "{3} 个单元中有 {2} 个将“{0}”译作“{1}”，此处不同。"}},
	RunDocument: func(units []*Context) []Placed {
		grams := recurring(units)
		phrases := make([]map[string]bool, len(units))
		spread := map[string]int{} // in how many units a phrase stands
		for u, c := range units {
			phrases[u] = c.phrases()
			for p := range phrases[u] {
				spread[p]++
			}
		}
		said := map[string]bool{}
		var found []Placed
		for _, g := range grams {
			rendering, with := renderingOf(g.units, phrases, spread)
			if rendering == "" || said[rendering] {
				continue
			}
			for _, u := range g.units {
				if phrases[u][rendering] || units[u].hasWords(rendering) {
					continue
				}
				said[rendering] = true
				c := units[u]
				f := c.inTarget(corpus.Span{End: len(c.T.Text)}, "term.variant", g.text, rendering, strconv.Itoa(with), strconv.Itoa(len(g.units)))
				if at := strings.Index(c.S.Text, g.text); at >= 0 {
					f.Source = []corpus.Span{{Start: at, End: at + len(g.text)}}
				}
				found = append(found, Placed{u, f})
				break
			}
		}
		return found
	},
}

// gram is a passage of the source and the units that have it.
type gram struct {
	text          string
	units         []int
	before, after map[rune]bool
}

// insideNoTerm are characters that stand between terms rather than in them.
const insideNoTerm = "之的為为以由於于其第者或及與与和在對对等所得應应不有各本該该此依自經经並并且而但将將條条項项款一二三四五六七八九十百千零〇"

// recurring returns the passages of Han characters that enough units have and
// that words of many kinds stand around, longest first.
func recurring(units []*Context) []gram {
	type tally struct{ units, last int }
	uses := map[string]tally{}
	eachGram(units, func(u, from, to int) {
		text := units[u].S.Text[from:to]
		if t := uses[text]; t.units == 0 || t.last != u {
			uses[text] = tally{t.units + 1, u}
		}
	})
	index := map[string]*gram{}
	eachGram(units, func(u, from, to int) {
		s := units[u].S.Text
		if n := uses[s[from:to]].units; n < fewUses || n > manyUses {
			return
		}
		g := index[s[from:to]]
		if g == nil {
			g = &gram{text: s[from:to], before: map[rune]bool{}, after: map[rune]bool{}}
			index[g.text] = g
		}
		if k := len(g.units); k == 0 || g.units[k-1] != u {
			g.units = append(g.units, u)
		}
		g.before[lastRune(s[:from])], g.after[firstRune(s[to:])] = true, true
	})
	var list []gram
	for _, g := range index {
		if len(g.before) >= fewSides && len(g.after) >= fewSides {
			list = append(list, *g)
		}
	}
	slices.SortFunc(list, func(a, b gram) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.units[0], b.units[0]), cmp.Compare(a.text, b.text))
	})
	return list
}

// eachGram calls yield with each passage of the sources that may be a term: its
// unit and its place there.
func eachGram(units []*Context, yield func(u, from, to int)) {
	for u, c := range units {
		if strings.TrimSpace(c.T.Text) == "" {
			continue
		}
		s := c.S.Text
		for i := range s {
			end := i
			for n := 1; n <= longestTerm && end < len(s); n++ {
				r, size := utf8.DecodeRuneInString(s[end:])
				if !isHan(r) || strings.ContainsRune(insideNoTerm, r) {
					break
				}
				if end += size; n >= shortestTerm {
					yield(u, i, end)
				}
			}
		}
	}
}

// renderingOf returns the phrase that nearly all of the given units have and
// hardly any other unit has, and in how many of them it stands; or "".
func renderingOf(in []int, phrases []map[string]bool, spread map[string]int) (string, int) {
	count := map[string]int{}
	for _, u := range in {
		for p := range phrases[u] {
			count[p]++
		}
	}
	best, most := "", 0
	for p, n := range count {
		missing := len(in) - n
		if missing > 2 || n < 5*missing || spread[p] > n+n/8 {
			continue
		}
		if n > most || n == most && (len(p) > len(best) || len(p) == len(best) && p < best) {
			best, most = p, n
		}
	}
	if most == len(in) {
		return "", 0 // alike everywhere
	}
	return best, most
}

// emptyWords begin and end no rendering.
var emptyWords = set("a an the of to in on at by for with from and or as is are was were be been has have had it its this that these those their shall will may which who not no only also such any other all more than under into")

// phrases returns the phrases of two and three words of the target, in small
// letters and without the s of plurals.
func (c *Context) phrases() map[string]bool {
	m := map[string]bool{}
	words := c.T.wordList()
	stems := make([]string, len(words))
	for k, w := range words {
		stems[k] = stem(c.T.text(w))
	}
	for k := range words {
		for n := 2; n <= 3 && k+n <= len(words); n++ {
			if c.T.Text[words[k+n-2].end:words[k+n-1].start] != " " {
				break
			}
			if !words[k+n-1].letters || !words[k].letters {
				continue
			}
			_, first := emptyWords[stems[k]]
			_, last := emptyWords[stems[k+n-1]]
			if !first && !last {
				m[strings.Join(stems[k:k+n], " ")] = true
			}
		}
	}
	return m
}

func stem(w string) string {
	w = strings.ToLower(w)
	for _, end := range []string{"'s", "’s", "s"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len(cut) > 3 {
			return cut
		}
	}
	return w
}

// hasWords reports whether the target has each word of the phrase somewhere.
func (c *Context) hasWords(phrase string) bool {
	for want := range strings.FieldsSeq(phrase) {
		has := false
		for _, w := range c.T.wordList() {
			has = has || stem(c.T.text(w)) == want
		}
		if !has {
			return false
		}
	}
	return true
}
