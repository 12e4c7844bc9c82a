package check

import (
	"slices"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// Check is one kind of doubt that the machine can raise by itself. It is a
// value: registry.go lists them all.
type Check struct {
	ID          string          // stable, with its group: "number.scale"
	Doc         Doc             // the manual page
	Source      []language.Base // languages of the source it reads; empty: any
	Target      []language.Base // languages of the target it reads; empty: any
	Category    corpus.Category // what a flag made of its findings would carry
	Severity    corpus.Severity // of a finding that says nothing else
	NeedsSource bool            // silent where there is no source
	Messages    map[string]Words

	// Run returns the findings in one unit. It is pure: no clock, no file, no
	// state of its own. Spans are bytes of the views' texts. A check of whole
	// documents has RunDocument instead; it gets all units in reading order and
	// speaks once of a thing, not once for each place.
	Run         func(*Context) []corpus.Finding
	RunDocument func([]*Context) []Placed
}

// Placed is a finding of a document check with the unit it belongs to, as an
// index into the units given.
type Placed struct {
	Unit    int
	Finding corpus.Finding
}

// Doc is a check's page in the manual.
type Doc struct {
	Title   Words         // one line
	Catches Words         // what it finds, in a sentence or two
	Ignores Words         // what it leaves alone on purpose
	Wrong   Pair          // a pair in which it finds something
	Right   Pair          // the same, as it should be
	Terms   []corpus.Term // the glossary beside which the pairs stand; none for most checks
}

// Example is one of the page's pairs, as input to the check.
func (d Doc) Example(p Pair) Input {
	in := Input{Source: p.Source, Target: p.Target, SourceLang: language.Chinese, TargetLang: language.English, Kind: "paragraph", Margin: beyondMargin}
	if len(d.Terms) > 0 {
		in.Terms = NewTermbase(d.Terms, in.SourceLang, in.TargetLang)
	}
	return in
}

// Words is a text in both languages of the interface.
type Words struct{ EN, ZH string }

// In returns the words in the language that suits the tag: Chinese for any
// Chinese, else English.
func (w Words) In(tag language.Tag) string {
	if base, _ := tag.Base(); base == chinese {
		return w.ZH
	}
	return w.EN
}

// Pair is a source sentence, which may be empty, beside a target sentence.
type Pair struct{ Source, Target string }

// Input is one unit to check. A unit may hold several sentences.
type Input struct {
	Source, Target         string // logical texts; Source is "" where there is none
	SourceLang, TargetLang language.Tag
	Kind                   string    // of its block: "paragraph", "heading", "list-item", "table-cell"; "" counts as a paragraph
	Previous, Next         string    // the targets of the units around it, or ""
	OffPhrases             []string  // ids of phrases that the project has switched off
	Terms                  *Termbase // the project's glossary; nil for none
	Margin                 float64   // of the pairing, as package align gives it; 0 where nothing was aligned
}

var (
	english = language.MustParseBase("en")
	chinese = language.MustParseBase("zh")

	fromChinese = []language.Base{chinese}
	intoEnglish = []language.Base{english}
)

// applies reports whether c can say anything about units of these languages.
func (c *Check) applies(source, target language.Base, hasSource bool) bool {
	if c.NeedsSource && !hasSource {
		return false
	}
	if hasSource && len(c.Source) > 0 && !slices.Contains(c.Source, source) {
		return false
	}
	return len(c.Target) == 0 || slices.Contains(c.Target, target)
}
