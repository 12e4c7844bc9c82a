package check

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// Policy is what a project decided about single checks. The zero value runs all
// of them as they are.
type Policy struct {
	Off     []string // ids of checks that do not run
	Lowered []string // ids of checks whose findings weigh one severity less
}

// Checks returns the checks that run, in the order of the manual.
func (p Policy) Checks() []*Check {
	return slices.DeleteFunc(All(), func(c *Check) bool { return slices.Contains(p.Off, c.ID) })
}

// Weigh lowers the findings of lowered checks in place: critical becomes major,
// major minor, minor neutral. Keys stay, so what was dismissed stays dismissed.
func (p Policy) Weigh(findings []corpus.Finding) {
	for i := range findings {
		if f := &findings[i]; f.Severity > corpus.Neutral && slices.Contains(p.Lowered, f.Check) {
			f.Severity--
		}
	}
}
