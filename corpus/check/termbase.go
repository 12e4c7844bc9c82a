package check

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// Termbase is a project's glossary, compiled: built once and shared by all
// units and goroutines. The nil Termbase has no terms.
type Termbase struct {
	terms          []corpus.Term
	source, target lexicon
}

// lexicon finds the designations of one language in a text.
type lexicon struct {
	english bool
	index   map[string][]*pattern // by the forms of the first word
}

// NewTermbase compiles a glossary. It keeps the slice.
func NewTermbase(terms []corpus.Term, source, target language.Tag) *Termbase {
	b := &Termbase{terms: terms}
	b.source = lexicon{base(source) == english, map[string][]*pattern{}}
	b.target = lexicon{base(target) == english, map[string][]*pattern{}}
	for i, t := range terms {
		b.source.add(t.Source, i)
		b.target.add(t.Target, i)
	}
	return b
}

func (l *lexicon) add(list []corpus.Designation, entry int) {
	for i, d := range list {
		exact := false // another word of the entry differs in nothing but its case
		for k, other := range list {
			exact = exact || k != i && strings.EqualFold(other.Text, d.Text)
		}
		p, ok := newPattern(d, entry, l.english, exact)
		if !ok {
			continue
		}
		for _, f := range p.tokens[0].forms {
			l.index[f] = append(l.index[f], &p)
		}
	}
}

// match is a designation at its place in a text.
type match struct {
	*pattern
	span  corpus.Span
	first int // token
}

// matches is what of a lexicon stands in a text, with the text's own words.
type matches struct {
	tokens []termToken
	list   []match
}

func (l *lexicon) find(s string) matches {
	m := matches{tokens: termTokens(s)}
	forms := make([][]string, len(m.tokens))
	for i, t := range m.tokens {
		if l.english && !t.whole {
			forms[i] = bases(t.form)
		} else {
			forms[i] = []string{t.form}
		}
	}
	for i, t := range m.tokens {
		for k, f := range forms[i] {
			for _, p := range l.index[f] {
				if p.matchesAt(s, m.tokens, i, forms) && !(k > 0 && m.has(p, i)) {
					m.list = append(m.list, match{p, corpus.Span{Start: t.start, End: m.tokens[i+len(p.tokens)-1].end}, i})
				}
			}
		}
	}
	return m
}

func (m *matches) has(p *pattern, first int) bool {
	for i := len(m.list) - 1; i >= 0 && m.list[i].first == first; i-- {
		if m.list[i].pattern == p {
			return true
		}
	}
	return false
}

// longest returns the matches that lie in no longer one, and begin inside of
// none that began earlier. The list is in order of where matches begin.
func (m *matches) longest() []match {
	var kept []match
	reached := 0 // by the matches that begin earlier
	for i := 0; i < len(m.list); {
		end, k := 0, i
		for ; k < len(m.list) && m.list[k].first == m.list[i].first; k++ {
			end = max(end, m.list[k].span.End)
		}
		for _, a := range m.list[i:k] {
			if a.span.Start >= reached && a.span.End == end {
				kept = append(kept, a)
			}
		}
		reached, i = max(reached, end), k
	}
	return kept
}

// TermHit is a term of the glossary in a source text, and what became of it.
type TermHit struct {
	Term     corpus.Term
	Source   string      // as the text writes it
	Span     corpus.Span // its first place, in the source as given
	Want     string      // the rendering the glossary puts first; "" for none
	Found    string      // the rendering in the target, as it stands there; "" for none
	Status   corpus.TermStatus
	OtherWay bool // none of the glossary's renderings stands there, but all words of one do
}

// Hits returns the terms of the source in the order of their first places, each
// once. It is what a reader is shown beside a unit and while typing.
func (b *Termbase) Hits(in Input) []TermHit {
	if b == nil || in.Source == "" {
		return nil
	}
	c := newContext(in)
	u := b.read(c)
	var hits []TermHit
	seen := map[int]bool{}
	for _, m := range u.source {
		if seen[m.entry] {
			continue
		}
		seen[m.entry] = true
		h := TermHit{Term: b.terms[m.entry], Source: c.S.at(m.span), Span: c.S.original(m.span), Want: b.rendering(m.entry)}
		if t, ok := u.best(m.entry); ok {
			h.Found, h.Status = c.T.at(t.span), t.status
		} else {
			h.OtherWay = u.scattered(b.terms[m.entry])
		}
		hits = append(hits, h)
	}
	return hits
}

// Touches reports whether the termbase has anything to say of a unit: whether
// one of its words stands in either text.
func (b *Termbase) Touches(source, target string) bool {
	return b != nil && (len(b.source.find(newView(source, language.Und).Text).list) > 0 || len(b.target.find(newView(target, language.Und).Text).list) > 0)
}

// rendering is what the glossary puts first: a preferred word, else an admitted
// one, else nothing.
func (b *Termbase) rendering(entry int) string {
	admitted := ""
	for _, d := range b.terms[entry].Target {
		switch {
		case d.Status == corpus.TermPreferred:
			return d.Text
		case d.Status == corpus.TermAdmitted && admitted == "":
			admitted = d.Text
		}
	}
	return admitted
}

// termUnit is a unit as the glossary reads it.
type termUnit struct {
	source  []match // the longest
	target  matches
	words   map[string]bool // forms of the target's words
	english bool
}

func (b *Termbase) read(c *Context) *termUnit {
	u := &termUnit{target: b.target.find(c.T.Text), english: b.target.english}
	if c.Input.Source != "" {
		s := b.source.find(c.S.Text)
		u.source = s.longest()
	}
	return u
}

// best returns the rendering of an entry that the target holds: an allowed one
// if there is one.
func (u *termUnit) best(entry int) (match, bool) {
	var found match
	ok := false
	for _, m := range u.target.list {
		if m.entry == entry && (!ok || allowed(m.status) && !allowed(found.status)) {
			found, ok = m, true
		}
	}
	return found, ok
}

func allowed(s corpus.TermStatus) bool {
	return s == corpus.TermPreferred || s == corpus.TermAdmitted
}

// scattered reports whether all words of one of the entry's allowed renderings
// stand somewhere in the target: "protection of the environment" has those of
// "environmental protection" but for a form, "safe and healthy food" those of
// "food safety" not.
func (u *termUnit) scattered(t corpus.Term) bool {
	if u.words == nil {
		u.words = map[string]bool{}
		for _, w := range u.target.tokens {
			u.words[w.form] = true
			if u.english {
				for _, f := range bases(w.form) {
					u.words[f] = true
				}
			}
		}
	}
	for _, d := range t.Target {
		if !allowed(d.Status) {
			continue
		}
		all, words := true, 0
		for _, w := range termTokens(d.Text) {
			if w.whole || len(w.form) < 4 && u.english {
				continue
			}
			words++
			all = all && (u.words[w.form] || u.english && anyOf(u.words, singulars(w.form)))
		}
		if all && words > 1 {
			return true
		}
	}
	return false
}

func anyOf(m map[string]bool, list []string) bool {
	for _, w := range list {
		if m[w] {
			return true
		}
	}
	return false
}
