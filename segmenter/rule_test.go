package segmenter

import (
	"regexp"
	"testing"
)

// TestRules checks that each rule has a stable id of its own and a line for people.
func TestRules(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := make(map[string]bool)
	for r := range numRules {
		if id := r.String(); !kebab.MatchString(id) || seen[id] {
			t.Errorf("Rule(%d).String() = %q, want an id of its own", r, id)
		}
		if r.Doc() == "" {
			t.Errorf("%v.Doc() is empty", r)
		}
		seen[r.String()] = true
	}
	if got := numRules.String(); got != "unknown" {
		t.Errorf("String() of no rule = %q, want unknown", got)
	}
}
