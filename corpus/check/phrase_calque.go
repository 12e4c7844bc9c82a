package check

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check/phrases"
)

var phraseCalque = &Check{
	ID: "phrase.calque", Source: fromChinese, Target: intoEnglish,
	Category: corpus.WrongTerm, Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Set phrase rendered word for word", "固定用语逐字直译"},
		Catches: Words{"A set phrase of government Chinese (slogan, campaign, institution, false friend) whose target has a rendering that machines are known to produce wrongly. Without a source, only renderings that are right in no context.", "原文有公文固定用语（口号、专项行动、机构名称、易误译词语等），而译文用了机器常见的错误译法。没有原文时，只报告在任何语境下都不成立的译法。"},
		Ignores: Words{"Renderings that the list does not know, targets that have a rendering in use, wrong renderings of one phrase that are right for another phrase of the source, and entries the project has switched off.", "词表未收的译法、已有通行译法的译文、对原文另一用语而言正确的译法，以及项目已停用的条目。"},
		Wrong:   Pair{"社会治安持续好转。", "Social security has kept improving."},
		Right:   Pair{"社会治安持续好转。", "Public order has kept improving."},
	},
	Messages: map[string]Words{
		"phrase.calque": {"“{0}” is not “{1}” but, for example, “{2}”.", "“{0}”不宜译作“{1}”，可译作“{2}”等。"},
		"phrase.alone":  {"“{1}” looks like a word-for-word rendering of “{0}”; in use is “{2}”.", "“{1}”疑为“{0}”的逐字直译，通行译法如“{2}”。"},
	},
	Run: runPhraseCalque,
}

func runPhraseCalque(c *Context) []corpus.Finding {
	list := phrases.Builtin()
	var target *phrases.Text
	var found []corpus.Finding
	if c.S.Text != "" {
		hits := list.Find(c.S.Text)
		if slices.ContainsFunc(hits, func(h phrases.Hit) bool { return h.Entry.Wrong() }) {
			target = phrases.Read(c.T.Text)
			found = c.calques(hits, target)
		}
	}
	if target == nil {
		target = phrases.Read(c.T.Text)
	}
	for _, m := range list.Alone(target) {
		span := corpus.Span{Start: m.Start, End: m.End}
		if slices.Contains(c.OffPhrases, m.Entry.ID) || slices.ContainsFunc(found, func(f corpus.Finding) bool { return overlap(f.Target[0], span) }) {
			continue
		}
		f := c.calque(m.Entry, m.Match, "phrase.alone")
		f.Severity = corpus.Minor
		found = append(found, f)
	}
	return found
}

// calques returns what the target has wrong of the phrases of the source. A
// phrase that is rendered well as often as it stands in the source is left
// alone: what looks wrong then renders something else.
func (c *Context) calques(hits []phrases.Hit, target *phrases.Text) []corpus.Finding {
	var found []corpus.Finding
	done := map[string]bool{}
	for k, h := range hits {
		e := h.Entry
		if done[e.ID] || !e.Wrong() || slices.Contains(c.OffPhrases, e.ID) {
			continue
		}
		done[e.ID] = true
		wrong := e.BadIn(target)
		if len(wrong) == 0 || slices.ContainsFunc(e.Unless, func(s string) bool { return strings.Contains(c.S.Text, s) }) {
			continue
		}
		times := 0
		for _, other := range hits[k:] {
			if other.Entry == e {
				times++
			}
		}
		for _, g := range e.GoodIn(target) {
			// "security" is good, but not in "social security".
			if !slices.ContainsFunc(wrong, func(m phrases.Match) bool { return m.Start <= g.Start && g.End <= m.End }) {
				times--
			}
		}
		for _, m := range wrong {
			span := corpus.Span{Start: m.Start, End: m.End}
			if times <= 0 || excused(hits, e, target, m) || slices.ContainsFunc(found, func(f corpus.Finding) bool { return overlap(f.Target[0], span) }) {
				continue
			}
			times--
			f := c.calque(e, m, "phrase.calque")
			f.Source = []corpus.Span{{Start: h.Start, End: h.End}}
			found = append(found, f)
		}
	}
	return found
}

// excused reports whether another phrase of the source has a rendering in use
// over the whole of the match.
func excused(hits []phrases.Hit, e *phrases.Entry, target *phrases.Text, m phrases.Match) bool {
	for _, h := range hits {
		if h.Entry == e {
			continue
		}
		for _, g := range h.Entry.GoodIn(target) {
			if g.Start <= m.Start && m.End <= g.End {
				return true
			}
		}
	}
	return false
}

// calque returns a finding whose last argument is the id of the entry, so that
// it can be switched off from where it is shown.
func (c *Context) calque(e *phrases.Entry, m phrases.Match, message string) corpus.Finding {
	span := corpus.Span{Start: m.Start, End: m.End}
	f := c.inTarget(span, message, e.Chinese[0], c.T.at(span), e.Good[0], e.ID)
	f.Category = corpus.Category(e.Category)
	if e.Severity == "minor" {
		f.Severity = corpus.Minor
	}
	if !e.Noun || !m.Plain(c.T.Text) {
		return f
	}
	return c.fixCalque(f, span, e.Good[0])
}

// fixCalque puts a rendering in the place of another, with the capital and the
// article that the place asks for.
func (c *Context) fixCalque(f corpus.Finding, span corpus.Span, text string) corpus.Finding {
	if isUpper(firstRune(c.T.at(span))) && isLower(firstRune(text)) {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	before := c.T.Text[:span.Start]
	for _, article := range []string{"a ", "an ", "A ", "An "} {
		if !strings.HasSuffix(before, article) || len(before) > len(article) && wordByte(before[len(before)-len(article)-1]) {
			continue
		}
		if strings.HasSuffix(text, "s") {
			return f // a plural takes no article
		}
		right := article[:1] + " "
		if strings.ContainsRune("aeiouAEIO", rune(text[0])) {
			right = article[:1] + "n "
		}
		span.Start -= len(article)
		text = right + text
		break
	}
	return c.withFix(f, span, text)
}

func overlap(a, b corpus.Span) bool { return a.Start < b.End && b.Start < a.End }
