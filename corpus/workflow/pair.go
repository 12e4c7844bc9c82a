package workflow

import (
	"path"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/language"
)

// Pairing is a proposal for what the files of an import belong to: a document
// with a translation, a source or both. Names are relative paths with slashes.
type Pairing struct {
	Name    string // of the document
	Source  string // "" where there is none
	Target  string
	Warning string // what looks odd about it: LoneSource, SeveralNamed, or ""
}

// The warnings of pairings, as people are told in English.
const (
	LoneSource   = "by its name this is a source text; it is taken as a translation, since it stands alone"
	SeveralNamed = "several files have this name for one language; they were not paired"
)

// Pair matches files by name: name.zh.md beside name.en.md, zh/name.md beside
// en/name.md at any depth, content/zh/… alike. A file without a counterpart is
// a translation without its source. The result is sorted by document name, which
// is the file's name without the mark of its language.
func Pair(names []string, source, target language.Tag) []Pairing {
	type group struct{ sources, targets []string }
	groups := map[string]*group{}
	var lone []Pairing
	for _, name := range names {
		key, isSource, marked := unmark(name, source, target)
		if !marked {
			lone = append(lone, Pairing{Name: name, Target: name})
			continue
		}
		g := groups[key]
		if g == nil {
			g = &group{}
			groups[key] = g
		}
		if isSource {
			g.sources = append(g.sources, name)
		} else {
			g.targets = append(g.targets, name)
		}
	}
	out := lone
	for key, g := range groups {
		if len(g.sources) == 1 && len(g.targets) == 1 {
			out = append(out, Pairing{Name: key, Source: g.sources[0], Target: g.targets[0]})
			continue
		}
		for _, name := range g.targets {
			out = append(out, Pairing{Name: name, Target: name, Warning: several(len(g.sources), len(g.targets))})
		}
		for _, name := range g.sources {
			w := several(len(g.sources), len(g.targets))
			if w == "" {
				w = LoneSource
			}
			out = append(out, Pairing{Name: name, Target: name, Warning: w})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

func several(sources, targets int) string {
	if sources > 0 && targets > 0 {
		return SeveralNamed
	}
	return ""
}

// unmark takes the mark of one of the two languages out of a name: a suffix in
// front of the extension, else a folder.
func unmark(name string, source, target language.Tag) (key string, isSource, marked bool) {
	dir, base := path.Split(name)
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if i := strings.LastIndexAny(stem, ".-_"); i > 0 {
		if s, ok := sideOf(stem[i+1:], source, target); ok {
			return dir + stem[:i] + ext, s, true
		}
	}
	folders := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for i, f := range slices.Backward(folders) {
		if s, ok := sideOf(f, source, target); ok {
			return path.Join(append(slices.Concat(folders[:i], folders[i+1:]), base)...), s, true
		}
	}
	return "", false, false
}

// sideOf reports which of the two languages a word in a name stands for.
func sideOf(word string, source, target language.Tag) (isSource, ok bool) {
	if len(word) < 2 || len(word) > 11 {
		return false, false
	}
	tag, err := language.Parse(word)
	if err != nil {
		return false, false
	}
	base, _ := tag.Base()
	s, _ := source.Base()
	t, _ := target.Base()
	switch {
	case s == t: // two varieties of one language: the whole tag decides
		return tag == source, tag == source || tag == target
	case base == s:
		return true, true
	case base == t:
		return false, true
	}
	return false, false
}
