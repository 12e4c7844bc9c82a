package check

import (
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

var termViolation = &Check{
	ID:       "term.violation",
	Category: corpus.WrongTerm,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Against the glossary", "与术语表不符"},
		Catches: Words{"A term of the project's glossary that is rendered by a forbidden word (major), by an outdated one (minor), or by none of the glossary's words (minor). Longest terms count first; plurals, -ed, -ing and possessives are recognised, and acronyms must be written exactly.", "项目术语表中的词：译文用了禁用译法（严重）、旧译法（轻微），或未采用表中任何译法（轻微）。最长词条优先；能识别复数、-ed、-ing 和所有格；缩略语须完全一致。"},
		Ignores: Words{"A forbidden word that renders another term, or stands inside a longer one; terms of a single character; a rendering whose words stand apart. Without a source only forbidden words are pointed out.", "禁用词若是另一词条的正确译法，或只是更长译法的一部分，则不报；单字词条、拆开使用的译法不报。无原文时只提示禁用译法。"},
		Wrong:   Pair{"加强社会治安管理。", "We will strengthen social security management."},
		Right:   Pair{"加强社会治安管理。", "We will strengthen public order management."},
		Terms: []corpus.Term{{
			Source: []corpus.Designation{{Text: "社会治安", Status: corpus.TermPreferred}},
			Target: []corpus.Designation{{Text: "public order", Status: corpus.TermPreferred}, {Text: "social security", Status: corpus.TermForbidden}},
		}},
	},
	Messages: map[string]Words{
		"term.forbidden":  {"“{0}” is not to be used for {1}; the glossary says “{2}”.", "{1} 不得译为“{0}”，术语表规定译为“{2}”。"},
		"term.banned":     {"“{0}” is not to be used for {1}.", "{1} 不得译为“{0}”。"},
		"term.deprecated": {"“{0}” is an outdated word for {1}; the glossary says “{2}”.", "“{0}”是 {1} 的旧译法，术语表现译为“{2}”。"},
		"term.unused":     {"{0} is in the glossary as “{1}”, which the translation does not use.", "术语表规定 {0} 译为“{1}”，译文未采用。"},
		"term.alone":      {"“{0}” is not to be used if it stands for {1}; the glossary says “{2}”.", "“{0}”若指 {1}，则不得使用；术语表规定译为“{2}”。"},
	},
	Run: func(c *Context) []corpus.Finding {
		if c.Terms == nil || strings.TrimSpace(c.T.Text) == "" {
			return nil
		}
		u := c.Terms.read(c)
		return append(c.badTerms(u), c.unusedTerms(u)...)
	},
}

// badTerms finds the forbidden and the outdated words.
func (c *Context) badTerms(u *termUnit) []corpus.Finding {
	rendered := map[int]match{}
	for _, m := range u.source {
		if _, known := rendered[m.entry]; !known {
			rendered[m.entry] = m
		}
	}
	alone := c.Input.Source == ""
	elsewhere := allowedElsewhere(u, rendered, alone)
	var found []corpus.Finding
	for _, m := range u.target.longest() {
		from, meant := rendered[m.entry]
		if allowed(m.status) || !(meant || alone && m.status == corpus.TermForbidden) || elsewhere[m.span] {
			continue
		}
		want := c.Terms.rendering(m.entry)
		source, message := c.Terms.terms[m.entry].Source[0].Text, "term.alone"
		if meant {
			source, message = c.S.at(from.span), "term."+string(m.status)
		}
		if want == "" {
			message = "term.banned"
		}
		f := c.inTarget(m.span, message, c.T.at(m.span), source, want)
		if alone || m.status == corpus.TermDeprecated {
			f.Severity = corpus.Minor
		}
		if meant {
			f.Source = []corpus.Span{from.span}
		}
		if want != "" {
			span, text := c.fitted(u, m, want)
			f = c.withFix(f, span, text)
		}
		found = append(found, f)
	}
	return found
}

// allowedElsewhere returns the passages that are an allowed rendering of a term
// which the source holds, or, where there is no source, of any: with two such
// terms in a source nobody can tell which one is meant.
func allowedElsewhere(u *termUnit, rendered map[int]match, alone bool) map[corpus.Span]bool {
	spans := map[corpus.Span]bool{}
	for _, m := range u.target.list {
		if _, meant := rendered[m.entry]; allowed(m.status) && (meant || alone) {
			spans[m.span] = true
		}
	}
	return spans
}

// unusedTerms finds the terms of the source of which the target says nothing
// that the glossary knows.
func (c *Context) unusedTerms(u *termUnit) []corpus.Finding {
	var found []corpus.Finding
	said := map[string]bool{}
	for _, m := range u.source {
		source := c.S.at(m.span)
		want := c.Terms.rendering(m.entry)
		if want == "" || said[source] || !allowed(m.status) || !longEnough(source, 2) {
			continue
		}
		said[source] = true
		settled := false
		for _, other := range u.source { // the same words may be several entries
			if other.span == m.span {
				_, named := u.best(other.entry)
				settled = settled || named || u.scattered(c.Terms.terms[other.entry])
			}
		}
		if settled {
			continue
		}
		f := c.inTarget(c.T.end(), "term.unused", source, want)
		f.Severity, f.Source = corpus.Minor, []corpus.Span{m.span}
		found = append(found, f)
	}
	return found
}

// fitted returns the wanted rendering in the form and case of the words it
// replaces, with the span that goes: an article in front is part of it where it
// has to change.
func (c *Context) fitted(u *termUnit, m match, want string) (corpus.Span, string) {
	tokens := u.target.tokens[m.first : m.first+len(m.tokens)]
	text := want
	if u.english {
		text = inflected(m, tokens, want)
	}
	text = casedLike(c.T.at(m.span), want, text, c.opensSentence(m.span.Start))
	span := m.span
	if !u.english {
		return span, text
	}
	before := lastWord(c.T.Text[:span.Start])
	blank := strings.HasSuffix(c.T.Text[:span.Start], " ")
	article := map[bool]string{true: "an", false: "a"}[startsWithVowel(firstWord(text))]
	if blank && (before == "a" || before == "an") && before != article && (startsWithVowel(firstWord(text)) || startsWithConsonant(firstWord(text))) {
		start := len(strings.TrimRight(c.T.Text[:span.Start], " ")) - len(before)
		if c.T.Text[start] == 'A' {
			article = "A" + article[1:]
		}
		return corpus.Span{Start: start, End: span.End}, article + " " + text
	}
	return span, text
}

func firstWord(s string) string {
	if i := strings.IndexAny(s, " -"); i > 0 {
		return s[:i]
	}
	return s
}

// inflected puts the wanted rendering into the form of the words of the text:
// -ed and -ing go to its first word, a plural to its head.
func inflected(m match, tokens []termToken, want string) string {
	words := strings.Split(want, " ")
	possessive := ""
	for k, t := range tokens {
		plain := t.form
		if strings.HasSuffix(plain, "'s") && !strings.HasSuffix(m.tokens[k].form, "'s") {
			plain = strings.TrimSuffix(plain, "'s")
			if k == len(tokens)-1 {
				possessive = "’s"
			}
		}
		f := formOf(m.tokens[k].form, plain)
		at := 0
		switch {
		case f == formBase:
			continue
		case f == formS && (k > 0 || len(tokens) == 1):
			at = head(words)
		}
		if plainASCII(words[at]) && !acronym(words[at]) {
			words[at] = inflect(strings.ToLower(words[at][:1])+words[at][1:], f)
			if isUpper(firstRune(strings.Split(want, " ")[at])) {
				words[at] = upperFirst(words[at])
			}
		} else if f == formS {
			words[at] += "s"
		}
	}
	return strings.Join(words, " ") + possessive
}

// head is the index of the word that takes the plural: the one in front of the
// first preposition, else the last.
func head(words []string) int {
	for i, w := range words {
		switch w {
		case "of", "for", "in", "on", "to", "with", "against", "by", "from", "at", "among", "between":
			return max(0, i-1)
		}
	}
	return len(words) - 1
}

// casedLike writes text as the words it replaces are written: all in capitals,
// each word with one, or the first alone at the start of a sentence. Capitals
// that the glossary itself has stay.
func casedLike(old, want, text string, opens bool) string {
	letters := strings.Map(func(r rune) rune {
		if isUpper(r) || isLower(r) {
			return r
		}
		return -1
	}, old)
	words := strings.Fields(old)
	switch {
	case len(words) > 1 && letters != "" && strings.IndexFunc(letters, isLower) < 0:
		return strings.ToUpper(text)
	case want != strings.ToLower(want):
		if opens {
			return upperFirst(text)
		}
		return text
	case len(words) > 1 && allCapitals(words):
		parts := strings.Split(text, " ")
		for i, w := range parts {
			if i == 0 || len(w) > 3 {
				parts[i] = upperFirst(w)
			}
		}
		return strings.Join(parts, " ")
	case opens && isUpper(firstRune(old)):
		return upperFirst(text)
	}
	return text
}

func allCapitals(words []string) bool {
	for _, w := range words {
		if len(w) > 3 && !isUpper(firstRune(w)) {
			return false
		}
	}
	return isUpper(firstRune(words[0]))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(r)) + s[size:]
}

// opensSentence reports whether nothing but signs stands between the offset and
// the start of its sentence.
func (c *Context) opensSentence(at int) bool {
	for _, s := range c.T.sentenceList() {
		if s.Start <= at && at < s.End {
			return !speaks(c.T.Text[s.Start:at])
		}
	}
	return at == 0
}
