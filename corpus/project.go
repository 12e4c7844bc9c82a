package corpus

import (
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Project is a language pair with its members, settings and documents.
type Project struct {
	ID       ProjectID
	Name     string // unique on the instance
	Source   language.Tag
	Target   language.Tag
	Settings Settings
	Created  time.Time
}

// Settings is what a project decides for itself. The zero value is the safe
// one: what it switches off is off only where somebody said so.
type Settings struct {
	OnePerson      bool `json:"one_person,omitempty"`      // a wording's author may approve it alone; the record says so
	ViewersComment bool `json:"viewers_comment,omitempty"` // people who only read may comment
	FindingsBlock  bool `json:"findings_block,omitempty"`  // open major findings hold an approval back
	NoLearning     bool `json:"no_learning,omitempty"`     // pairing does not learn from approved units

	OffChecks     []string `json:"off_checks,omitempty"`     // ids of checks that do not run
	LoweredChecks []string `json:"lowered_checks,omitempty"` // ids of checks whose findings weigh one severity less
	OffPhrases    []string `json:"off_phrases,omitempty"`    // ids of set phrases that the checks leave alone, sorted
}

// Validate reports what is wrong with the project's fields.
func (p Project) Validate() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return Errorf(Invalid, "a project needs a name")
	case len(p.Name) > 200 || hasHidden(p.Name):
		return Errorf(Invalid, "a project's name has at most 200 bytes and no control or direction characters")
	case p.Source == language.Und || p.Target == language.Und:
		return Errorf(Invalid, "project %q needs a source and a target language", p.Name)
	}
	return nil
}
