package segmenter

import (
	"embed"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Profile is the compiled rules of a language. It is immutable and safe for
// concurrent use.
type Profile struct {
	table       *bmp
	ascii       [utf8.RuneSelf]class // the class of ASCII, with the language's own stops
	hot         [256]bool            // bytes the scanner has to look at
	abbr        abbreviations
	starters    map[string]bool // words that start a sentence after an abbreviation, lower case
	heads       map[string]bool // words whose number heads a sentence: article, section
	pronouns    map[string]bool // single letters that are words: I
	speech      map[string]bool // verbs that report speech
	continuers  map[string]bool // characters that go on after a quotation
	answers     map[string]bool // ... after one that ends in ? or !
	turns       map[string]bool // characters that begin a sentence after somebody broke off
	persons     map[string]bool // titles that begin a sentence behind a company: Inc. Mr. X said
	zones       map[string]bool // words that go with a time of day: GMT, Monday
	ordinalDot  bool            // a full stop after a number makes it an ordinal
	keepQuotes  bool            // a quotation is kept whole
	lowerStarts bool            // sentences may begin in lower case
}

type abbreviationKind uint8

const (
	notAbbreviation abbreviationKind = iota
	always                           // never ends a sentence: Mr.
	beforeNumber                     // is one only before a number: No. 5
	unlessStarter                    // ends one only before a starter: U.S.
	timeOfDay                        // ends one before a capital, but at 5 a.m. Mr. X
	weak                             // ends one before any capital: etc.
	unit                             // ... behind a number, and never else: 5 см., см. Приложение
)

// abbreviations are looked up in lower case, or, where the data file writes
// a capital, as they stand.
type abbreviations struct {
	folded   map[string]abbreviationKind
	exact    map[string]abbreviationKind
	suffixes []string // of compounds that are ones before a number: Hauptstr. 5
}

// kind looks up a word without its last full stop: whole, else its last part.
func (a *abbreviations) kind(w string) abbreviationKind {
	if k := a.lookup(w); k != notAbbreviation {
		return k
	}
	for _, s := range a.suffixes {
		if strings.HasSuffix(w, s) {
			return beforeNumber
		}
	}
	if i := strings.LastIndexAny(w, "-'’"); i >= 0 && i+1 < len(w) {
		_, size := utf8.DecodeRuneInString(w[i:])
		if w = w[i+size:]; utf8.RuneCountInString(w) > 1 { // not the P of J.-P.
			return a.lookup(w)
		}
	}
	return notAbbreviation
}

func (a *abbreviations) lookup(w string) abbreviationKind {
	if k := a.exact[w]; k != notAbbreviation {
		return k
	}
	var f folded
	f.set(w)
	return a.folded[string(f.buf[:f.n])]
}

func (p *Profile) isStarter(w string) bool { return has(p.starters, w) }
func (p *Profile) isHead(w string) bool    { return has(p.heads, w) }
func (p *Profile) pronoun(w string) bool   { return p.pronouns[w] }

func has(set map[string]bool, w string) bool {
	if len(w) > maxWord {
		return false
	}
	var f folded
	f.set(w)
	if set[string(f.buf[:f.n])] {
		return true
	}
	if i := strings.IndexByte(string(f.buf[:f.n]), '\''); i > 0 { // I'm, It's
		return set[string(f.buf[:i])]
	}
	return false
}

// continues reports whether the sentence goes on with the characters at i
// after a quotation that ends in a stop. Asked tells that the stop was a
// question or exclamation mark: such quotations are more often parts of
// a sentence.
func (p *Profile) continues(text string, i int, asked bool) bool {
	if len(p.continuers) == 0 {
		return false
	}
	for n, j := 0, i; n < 2 && j < len(text); n++ {
		_, size, _ := p.at(text, j)
		j += size
		if w := text[i:j]; p.continuers[w] || asked && p.answers[w] {
			return true
		}
	}
	return false
}

//go:embed data/*.txt
var files embed.FS

// For returns the rules for a language: its own, else those of its script,
// else those for undetermined text.
func For(tag language.Tag) *Profile {
	all := profiles()
	if tag == language.Und {
		return all["und"]
	}
	base, _ := tag.Base()
	if p, ok := all[base.String()]; ok {
		return p
	}
	if script, conf := tag.Script(); conf != language.No {
		if p, ok := all[strings.ToLower(script.String())]; ok {
			return p
		}
	}
	return all["und"]
}

// profiles compiles the data files, once.
var profiles = sync.OnceValue(func() map[string]*Profile {
	entries, err := files.ReadDir("data")
	if err != nil {
		return nil // the files are part of the program
	}
	all := make(map[string]*Profile)
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".txt")
		all[name] = compile(name)
	}
	return all
})
