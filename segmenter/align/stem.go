package align

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed lexicon/irregular-en.txt
var irregularEnglish string

// irregular maps inflected English forms that no suffix rule reaches to their base form.
var irregular = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(irregularEnglish) {
		f := strings.Fields(line)
		for _, form := range f {
			m[form] = f[0]
		}
	}
	return m
})

// The suffixes that stemEnglish takes off, longest first within a list. Derivational ones need
// a longer stem before them, because "nation" is not "n" + "ation".
var (
	inflections = []string{"ies", "ied", "ing", "est", "es", "ed", "ly", "er", "s"}
	derivations = []string{
		"ization", "isation", "fulness", "ousness", "iveness", "ational",
		"ations", "ation", "ments", "ment", "ative", "ators", "ator", "ating", "ated", "izing", "ising", "ized", "ised",
		"ities", "ity", "ness", "able", "ible", "ance", "ence", "ship", "ical", "less",
		"ions", "ion", "ive", "ize", "ise", "ate", "ant", "ent", "ous", "ful", "ism", "ist", "ors", "ers", "or", "al", "ic", "y",
	}
)

// stemEnglish reduces a lower-case English word to a stem that its inflections and nearest
// derivations share: investigate, investigated, investigation → investig. It is lighter and
// rougher than Porter (1980): two strippings at most, since a wrong conflation costs the
// aligner less than a missed one.
func stemEnglish(w string) string {
	if base, ok := irregular()[w]; ok {
		w = base
	}
	w = strip(w, inflections, 3)
	w = strip(w, derivations, 4)
	if len(w) > 4 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	return w
}

func strip(w string, suffixes []string, least int) string {
	for _, s := range suffixes {
		stem, ok := strings.CutSuffix(w, s)
		if !ok {
			continue
		}
		if len(stem) < least || !strings.ContainsAny(stem, "aeiouy") {
			if s == "s" || s == "es" {
				continue
			}
			return w
		}
		switch s {
		case "s":
			if strings.HasSuffix(stem, "s") || strings.HasSuffix(stem, "u") {
				return w
			}
			return stem
		case "ies", "ied":
			return stem + "y"
		case "ing", "ed", "er", "est", "es", "ly":
			n := len(stem)
			if s != "ly" && n > 3 && stem[n-1] == stem[n-2] && strings.IndexByte("bdgmnprt", stem[n-1]) >= 0 {
				stem = stem[:n-1]
			}
			return strings.TrimSuffix(stem, "e")
		}
		return stem
	}
	if least == 3 && len(w) > 4 {
		return strings.TrimSuffix(w, "e")
	}
	return w
}
