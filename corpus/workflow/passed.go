package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// What a release lets pass without being held back by it. It is listed before
// the release and kept with it, so that nothing open goes out without a word.
const (
	CriticalFinding Why = "a critical finding is open"
	MajorFinding    Why = "a major finding is open"
	MinorFlag       Why = "a minor flag is open"
)

// passed returns what is open on the wording of a unit that goes out and holds
// nothing back: grave findings that nobody dismissed, by their severity with the
// ids of their checks, and flags below major with their categories.
func passed(r corpus.Reader, rec *corpus.Record, number int, rev corpus.Revision, dismissed map[string]bool) ([]Blocker, error) {
	var list []Blocker
	u := rec.Unit
	if rev.ID != u.Summary.Latest || u.Summary.Doubt >= corpus.Major {
		findings, err := r.Findings(rev.ID)
		if err != nil {
			return nil, err
		}
		var critical, major []string
		for _, f := range undismissed(findings, dismissed, u.ID) {
			switch {
			case f.Severity > corpus.Major:
				critical = append(critical, f.Check)
			case f.Severity == corpus.Major:
				major = append(major, f.Check)
			}
		}
		if len(critical) > 0 {
			list = append(list, Blocker{u.ID, number, CriticalFinding, tallied(critical)})
		}
		if len(major) > 0 {
			list = append(list, Blocker{u.ID, number, MajorFinding, tallied(major)})
		}
	}
	var minor []string
	for _, f := range rec.OpenFlags() {
		if f.Severity < corpus.Major && f.Category != corpus.NeedsSource {
			minor = append(minor, string(f.Category))
		}
	}
	if len(minor) > 0 {
		list = append(list, Blocker{u.ID, number, MinorFlag, tallied(minor)})
	}
	return list, nil
}

// tallied lists words, each once with how often it came where that is more.
func tallied(words []string) string {
	slices.Sort(words)
	var list []string
	for i := 0; i < len(words); {
		n := i
		for n < len(words) && words[n] == words[i] {
			n++
		}
		word := words[i]
		if n-i > 1 {
			word = fmt.Sprintf("%s ×%d", word, n-i)
		}
		list = append(list, word)
		i = n
	}
	return strings.Join(list, ", ")
}
