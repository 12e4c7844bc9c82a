package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var repeatCoord = &Check{
	ID:       "repeat.coord",
	Target:   intoEnglish,
	Category: corpus.Mistranslation,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"A thing joined to itself", "并列的两项相同"},
		Catches: Words{"“X and X”, “X or X”, “X of X”, “X, X”: two different source words have collapsed into one.", "“X and X”“X or X”“X of X”“X, X”：原文两个不同的词被译成了同一个词。"},
		Ignores: Words{"Idioms (“more and more”, “again and again”), comparatives (“better and better”), names, and a source that repeats the word itself.", "习语（more and more、again and again）、比较级叠用（better and better）、专名，以及原文本身的重复。"},
		Wrong:   Pair{"开展排查调查工作。", "Carry out investigation and investigation."},
		Right:   Pair{"开展排查调查工作。", "Carry out screening and investigation."},
	},
	Messages: map[string]Words{
		"repeat.coord": {"“{0}” is joined to itself: the source most likely has two different words.", "“{0}”与自身并列：原文很可能是两个不同的词。"},
	},
	Run: runRepeatCoord,
}

var joinsItselfWell = set("more less again over on years year days day hours hour months weeks by through round around up down out in out side face back time step one two three many thousands hundreds millions generation generations such this that these those he she they it what who neck word door hand shoulder heart end arm toe line far further better worse bigger and or of the very business life people person man country state nation part parts one's only")

func runRepeatCoord(c *Context) []corpus.Finding {
	words := c.T.wordList()
	var found []corpus.Finding
	for i := 0; i+1 < len(words); i++ {
		a := words[i]
		if !a.letters || a.end-a.start < 4 {
			continue
		}
		at, ok := c.joinedWord(words, i)
		if !ok {
			continue
		}
		b := words[at]
		if !c.sameStem(a, b) || c.joinsWell(a, b) || c.T.text(words[at-1]) != "and" && c.goesOn(words, at) {
			continue
		}
		span := corpus.Span{Start: a.start, End: b.end}
		if c.T.broken(span) || sourceRepeats(c.S.Text) {
			continue
		}
		found = append(found, c.inTarget(span, "repeat.coord", c.T.text(a)))
	}
	return found
}

// joinedWord returns the place of the word that word i is joined to by "and",
// "or", "of" or a comma.
func (c *Context) joinedWord(words []word, i int) (int, bool) {
	gap := c.T.Text[words[i].end:words[i+1].start]
	if gap == ", " {
		return i + 1, true
	}
	if gap != " " || i+2 >= len(words) || c.T.Text[words[i+1].end:words[i+2].start] != " " {
		return 0, false
	}
	switch c.T.text(words[i+1]) {
	case "and", "or", "of":
		return i + 2, true
	}
	return 0, false
}

// qualifiers begin what tells a thing from another one of the same name.
var qualifiers = set("for by in with within without concerning regarding relating lacking that who whom which from to under at on against other than not having being based as")

// goesOn reports whether the second of two equal words is told from the first
// by what follows it: "persons or persons lacking means".
func (c *Context) goesOn(words []word, at int) bool {
	if at+1 >= len(words) || c.T.Text[words[at].end:words[at+1].start] != " " {
		return false
	}
	_, qualified := qualifiers[c.T.text(words[at+1])]
	return qualified
}

func (c *Context) sameStem(a, b word) bool {
	if a.hash == b.hash {
		return true
	}
	x, y := c.T.text(a), c.T.text(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(y)-len(x) == 1 && len(x) >= 6 && strings.EqualFold(y[:len(x)], x) && y[len(y)-1] == 's'
}

func (c *Context) joinsWell(a, b word) bool {
	x := strings.ToLower(c.T.text(a))
	if _, well := joinsItselfWell[x]; well {
		return true
	}
	if a.upper || b.upper { // names: Li of Li County
		return true
	}
	return strings.HasSuffix(x, "er") && len(x) <= 8 // stronger and stronger
}

// sourceRepeats reports whether the source says a word of one or two
// characters twice around 与, 和, 对, 比 or without anything: 人与人, 面对面, 天天.
func sourceRepeats(s string) bool {
	var last [5]rune
	for _, r := range s {
		copy(last[:], last[1:])
		last[4] = r
		joint := func(r rune) bool {
			return r == '与' || r == '和' || r == '对' || r == '比' || r == '或' || r == '、' || r == '，'
		}
		if isHan(r) && last[2] == r && joint(last[3]) || isHan(r) && last[1] == last[4] && last[0] == last[3] && joint(last[2]) && isHan(last[3]) {
			return true
		}
	}
	return false
}
