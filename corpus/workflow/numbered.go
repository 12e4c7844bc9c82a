package workflow

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"github.com/reviseur/reviseur/corpus"
)

// ParseNumber reads the number of a unit as people type it: digits may be
// full-width. It reports false for anything that is no number from 1.
func ParseNumber(typed string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(width.Fold.String(typed)))
	return n, err == nil && n > 0
}

// UnitNumbered returns the unit of the version with the number that was typed.
// An error names it, and the numbers there are.
func UnitNumbered(r corpus.Reader, version corpus.VersionID, typed string) (corpus.Unit, error) {
	if n, ok := ParseNumber(typed); ok {
		u, err := r.UnitNumbered(version, n)
		if err == nil || corpus.KindOf(err) != corpus.NotFound {
			return u, err
		}
	}
	return corpus.Unit{}, noUnit(r, version, typed)
}

// noUnit is the error of a number that no unit of the version has.
func noUnit(r corpus.Reader, version corpus.VersionID, typed string) error {
	progress, err := r.Progress(version)
	if err != nil {
		return err
	}
	if progress.Units == 0 {
		return corpus.Errorf(corpus.NotFound, "there is no unit %s: the document has none", typed)
	}
	return corpus.Errorf(corpus.NotFound, "there is no unit %s (1–%d)", typed, progress.Units)
}
