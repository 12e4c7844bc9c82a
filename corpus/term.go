package corpus

import (
	"slices"
	"strings"
	"time"
)

// TermID is the id of an entry of a termbase.
type TermID string

// TermStatus says what a bureau thinks of a word, as TBX-Basic's
// administrativeStatus does (ISO 30042:2019).
type TermStatus string

// The statuses of a designation. A forbidden one is always a finding; a
// deprecated one is a minor finding.
const (
	TermPreferred  TermStatus = "preferred"
	TermAdmitted   TermStatus = "admitted"
	TermDeprecated TermStatus = "deprecated"
	TermForbidden  TermStatus = "forbidden"
)

// ParseTermStatus returns the status with the given word.
func ParseTermStatus(word string) (TermStatus, error) {
	switch s := TermStatus(strings.ToLower(strings.TrimSpace(word))); s {
	case TermPreferred, TermAdmitted, TermDeprecated, TermForbidden:
		return s, nil
	}
	return "", Errorf(Invalid, "no term status %q: choose preferred, admitted, deprecated or forbidden", word)
}

// Designation is one word or phrase for a concept in one language.
type Designation struct {
	Text   string     `json:"text"`
	Status TermStatus `json:"status"`
}

// Term is an entry of a project's termbase: one concept, with the words for it
// in the project's two languages. The first preferred target designation is
// what a fix puts in.
type Term struct {
	ID         TermID
	Project    ProjectID
	Source     []Designation
	Target     []Designation
	Subject    string // subject field; "" where none was given
	Definition string
	Note       string
	By         UserID
	Changed    time.Time
}

// Sorted returns the entry with the words of each language by status, preferred
// ones first; words of one status stay in their order. Entries are kept so, since
// tables and interchange files know no other order.
func (t Term) Sorted() Term {
	for _, list := range []*[]Designation{&t.Source, &t.Target} {
		*list = slices.Clone(*list)
		slices.SortStableFunc(*list, func(a, b Designation) int {
			return slices.Index(termStatuses, a.Status) - slices.Index(termStatuses, b.Status)
		})
	}
	return t
}

var termStatuses = []TermStatus{TermPreferred, TermAdmitted, TermDeprecated, TermForbidden}

// Validate reports what is wrong with the entry's fields.
func (t Term) Validate() error {
	if len(t.Source) == 0 {
		return Errorf(Invalid, "a term needs at least one source designation")
	}
	if len(t.Target) == 0 {
		return Errorf(Invalid, "the term %q needs at least one target designation", t.Source[0].Text)
	}
	for _, list := range [][]Designation{t.Source, t.Target} {
		for _, d := range list {
			switch {
			case strings.TrimSpace(d.Text) == "":
				return Errorf(Invalid, "a designation is empty")
			case d.Text != strings.TrimSpace(d.Text) || len(d.Text) > 1000 || hasHidden(d.Text):
				return Errorf(Invalid, "the designation %q: no white space around it, no control or direction characters, at most 1000 bytes", d.Text)
			}
			if _, err := ParseTermStatus(string(d.Status)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Termbase counts the changes of a project's terms. Checked is the edition that
// the texts were last checked against; below Edition, some were not checked
// against the newest.
type Termbase struct {
	Edition, Checked int64
}
