package corpus

import (
	"slices"
	"strings"
)

// Category is one of the preset words by which people say what is wrong with
// a passage. Each stands for one type of MQM-Core (https://themqm.org), whose
// key MQM returns. The words are stable: they are stored, typed and exported.
type Category string

// The preset. NeedsSource and SourceIssue cost the translation nothing.
const (
	Mistranslation   Category = "mistranslation"
	NumberUnit       Category = "number-unit"
	Omission         Category = "omission"
	Addition         Category = "addition"
	Untranslated     Category = "untranslated"
	Garbled          Category = "garbled"
	WrongTerm        Category = "term"
	InconsistentTerm Category = "inconsistent-term"
	NameTitle        Category = "name-title"
	Grammar          Category = "grammar"
	Awkward          Category = "awkward"
	Mechanics        Category = "mechanics"
	SourceIssue      Category = "source-issue"
	NeedsSource      Category = "needs-source"
)

var categories = []struct {
	word Category
	key  byte
	mqm  string
}{
	{Mistranslation, 'm', "accuracy/mistranslation"},
	{NumberUnit, 'q', "accuracy/mistranslation/number"},
	{Omission, 'o', "accuracy/omission"},
	{Addition, 'a', "accuracy/addition"},
	{Untranslated, 'u', "accuracy/untranslated"},
	{Garbled, 'g', "linguistic/unintelligible"},
	{WrongTerm, 't', "terminology/wrong-term"},
	{InconsistentTerm, 'i', "terminology/inconsistent-use"},
	{NameTitle, 'n', "accuracy/mistranslation/entity"},
	{Grammar, 'r', "linguistic/grammar"},
	{Awkward, 'w', "style/awkward"},
	{Mechanics, 'p', "linguistic/punctuation"},
	{SourceIssue, 's', "source/error"},
	{NeedsSource, 'x', "other/needs-source"},
}

// Categories returns the preset in the order in which people choose from it.
func Categories() []Category {
	words := make([]Category, len(categories))
	for i, c := range categories {
		words[i] = c.word
	}
	return words
}

// ParseCategory returns the category with the given word or letter.
func ParseCategory(s string) (Category, error) {
	for _, c := range categories {
		if s == string(c.word) || s == string(c.key) {
			return c.word, nil
		}
	}
	words := make([]string, len(categories))
	for i, c := range categories {
		words[i] = string(c.word)
	}
	return "", Errorf(Invalid, "no category %q: choose one of %s", s, strings.Join(words, ", "))
}

// Key returns the letter by which people choose the category; it is the same
// in every language of the interface.
func (c Category) Key() byte {
	if i := c.index(); i >= 0 {
		return categories[i].key
	}
	return 0
}

// MQM returns the category's key in MQM's hierarchy, such as
// "accuracy/omission".
func (c Category) MQM() string {
	if i := c.index(); i >= 0 {
		return categories[i].mqm
	}
	return ""
}

func (c Category) index() int {
	for i := range categories {
		if categories[i].word == c {
			return i
		}
	}
	return -1
}

// Severity says how much a passage costs its reader.
type Severity uint8

// The severities of MQM, least first.
const (
	Neutral Severity = iota
	Minor
	Major
	Critical
)

var severities = []string{"neutral", "minor", "major", "critical"}

func (s Severity) String() string {
	if int(s) < len(severities) {
		return severities[s]
	}
	return "unknown"
}

// Penalty returns the severity's weight in MQM's scoring model: 0, 1, 5, 25.
func (s Severity) Penalty() int {
	return [...]int{0, 1, 5, 25}[min(s, Critical)]
}

// ParseSeverity returns the severity with the given word.
func ParseSeverity(word string) (Severity, error) {
	if i := slices.Index(severities, word); i >= 0 {
		return Severity(i), nil
	}
	return 0, Errorf(Invalid, "no severity %q: choose one of %s", word, strings.Join(severities, ", "))
}
