package check

import (
	"strings"
	"sync"
)

// form is how an English word stands to the word of a glossary.
type form uint8

const (
	formBase form = iota
	formS         // plural, or third person
	formPast      // -ed
	formIng
)

// irregularPlurals and irregularPasts are singular or infinitive before what
// stands for it.
const irregularPlurals = "man men woman women child children person people foot feet tooth teeth mouse mice analysis analyses crisis crises basis bases thesis theses hypothesis hypotheses emphasis emphases criterion criteria phenomenon phenomena life lives leaf leaves half halves knife knives wife wives thief thieves shelf shelves wolf wolves loaf loaves index indices"

const irregularPasts = "go went begin began break broke bring brought build built buy bought catch caught choose chose come came deal dealt do did draw drew drive drove fall fell feel felt fight fought find found forbid forbade get got give gave grow grew have had hold held keep kept know knew lead led leave left lend lent lose lost make made mean meant meet met oversee oversaw overcome overcame pay paid rise rose run ran say said see saw seek sought sell sold send sent shake shook speak spoke spend spent stand stood strike struck take took teach taught tell told think thought undergo underwent undertake undertook understand understood uphold upheld win won withdraw withdrew write wrote"

type irregulars struct {
	base   map[string]string // "children" → "child"
	plural map[string]string // and back
	past   map[string]string
}

var irregular = sync.OnceValue(func() irregulars {
	t := irregulars{map[string]string{}, map[string]string{}, map[string]string{}}
	add := func(list string, to map[string]string) {
		words := strings.Fields(list)
		for i := 0; i+1 < len(words); i += 2 {
			to[words[i]] = words[i+1]
			t.base[words[i+1]] = words[i]
		}
	}
	add(irregularPlurals, t.plural)
	add(irregularPasts, t.past)
	return t
})

// bases returns the words that the word, in small letters, may be a form of,
// itself first. It errs towards too many: what is asked of it is whether a
// given word is among them.
func bases(w string) []string {
	list := append(make([]string, 0, 6), w)
	if b, ok := strings.CutSuffix(w, "'s"); ok {
		list, w = append(list, b), b
	} else if b, ok := strings.CutSuffix(w, "'"); ok {
		list, w = append(list, b), b
	}
	list = append(list, singulars(w)...)
	switch n := len(w); {
	case n > 4 && strings.HasSuffix(w, "ied"):
		list = append(list, w[:n-3]+"y")
	case n > 4 && strings.HasSuffix(w, "ed"):
		list = appendStems(append(list, w[:n-1]), w[:n-2])
	case n > 5 && strings.HasSuffix(w, "ing"):
		list = appendStems(append(list, w[:n-3]+"e"), w[:n-3])
	}
	return list
}

// appendStems appends what is left before -ed or -ing, and with its last
// consonant undoubled: planned, plan.
func appendStems(list []string, stem string) []string {
	list = append(list, stem)
	if n := len(stem); n > 2 && stem[n-1] == stem[n-2] && !strings.ContainsRune("aeiouls", rune(stem[n-1])) {
		list = append(list, stem[:n-1])
	}
	return list
}

// singulars returns the words of which w may be the plural or the irregular
// past.
func singulars(w string) []string {
	if b, ok := irregular().base[w]; ok {
		return []string{b}
	}
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || hasSuffix(w, "ss", "us", "is", "'s") || w == "news" || w == "series" || w == "species" || w == "means":
		return nil
	case n > 4 && strings.HasSuffix(w, "ies"):
		return []string{w[:n-3] + "y"}
	case n > 4 && hasSuffix(w, "ches", "shes", "sses", "xes", "zes", "oes"):
		return []string{w[:n-2], w[:n-1]}
	}
	return []string{w[:n-1]}
}

// formOf says which form of the glossary's word stands in the text; both are in
// small letters, without a possessive ending.
func formOf(word, text string) form {
	switch {
	case word == text:
		return formBase
	case irregular().past[word] == text:
		return formPast
	case irregular().plural[word] == text:
		return formS
	}
	for _, s := range singulars(text) {
		if s == word {
			return formS
		}
	}
	switch {
	case strings.HasSuffix(text, "ed") && len(text) > len(word)-2:
		return formPast
	case strings.HasSuffix(text, "ing") && !strings.HasSuffix(word, "ing"):
		return formIng
	}
	return formBase
}

// inflect puts a word, in small letters, into a form.
func inflect(w string, f form) string {
	n := len(w)
	if n < 2 || f == formBase {
		return w
	}
	consonantY := w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2]))
	switch f {
	case formS:
		switch {
		case irregular().plural[w] != "":
			return irregular().plural[w]
		case len(singulars(w)) > 0: // a plural already
			return w
		case consonantY:
			return w[:n-1] + "ies"
		case hasSuffix(w, "s", "x", "z", "ch", "sh"):
			return w + "es"
		}
		return w + "s"
	case formPast:
		switch {
		case irregular().past[w] != "":
			return irregular().past[w]
		case w[n-1] == 'e':
			return w + "d"
		case consonantY:
			return w[:n-1] + "ied"
		}
		return doubled(w) + "ed"
	}
	if w[n-1] == 'e' && !hasSuffix(w, "ee", "oe", "ye") {
		return w[:n-1] + "ing"
	}
	return doubled(w) + "ing"
}

// doubled doubles the last consonant of a word of one short syllable: plan,
// plann.
func doubled(w string) string {
	n := len(w)
	vowel := func(i int) bool { return strings.ContainsRune("aeiou", rune(w[i])) }
	if n < 3 || n > 4 || vowel(n-1) || !vowel(n-2) || vowel(n-3) || strings.ContainsRune("wxy", rune(w[n-1])) || n == 4 && vowel(0) {
		return w
	}
	return w + w[n-1:]
}
