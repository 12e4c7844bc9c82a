package corpus

import "time"

// Comment is one contribution to the thread of a unit.
type Comment struct {
	ID      CommentID
	Unit    UnitID
	By      UserID
	Text    string
	Answers CommentID // "" for one that answers none
	Created time.Time
	Act     EventID
	Undone  bool
}

// Draft is an unfinished wording. It is its author's alone: no list, log or
// event shows its text.
type Draft struct {
	Unit    UnitID
	By      UserID
	Base    RevisionID
	Text    string
	Updated time.Time
}

// Dismissal says that a finding is no defect. It is found again by the
// finding's key, which changes with the evidence: a finding whose evidence
// changed comes back.
type Dismissal struct {
	Number   int64 // given by the store, in the order of time
	Project  ProjectID
	Document DocumentID // "" for the whole project
	Unit     UnitID     // "" for the whole document or project
	Key      string
	Check    string
	By       UserID
	Reason   string
	Created  time.Time
	Act      EventID
	Undone   bool
}
