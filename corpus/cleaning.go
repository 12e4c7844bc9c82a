package corpus

import "time"

// CleaningKind says what a change of layout does to a text.
type CleaningKind string

// The kinds of cleanings.
const (
	CleanHeading CleaningKind = "heading" // the block is a heading of a level
	CleanBody    CleaningKind = "body"    // the block is no heading
	CleanIndent  CleaningKind = "indent"  // the blanks in front of the block go
	CleanJoin    CleaningKind = "join"    // the block goes on with the one before it
	CleanSplit   CleaningKind = "split"   // a paragraph begins inside the block
	CleanBlank   CleaningKind = "blank"   // of several blank lines in front of the block one stays
)

// CleaningKinds returns all kinds, in the order in which they are listed.
func CleaningKinds() []CleaningKind {
	return []CleaningKind{CleanHeading, CleanBody, CleanJoin, CleanSplit, CleanIndent, CleanBlank}
}

// Cleaning is a proposed change of a version's layout. It belongs to a block of
// the target file as received and replaces bytes of that file which are no text:
// the words stay as they are. It is a proposal like any other, decided on by a
// second person, and it never outlives its version.
type Cleaning struct {
	ID      CleaningID
	Version VersionID
	Unit    UnitID // the first one in the block that day; it is what the log and undo speak of
	Kind    CleaningKind
	Level   int    // of a heading, 1 to 6; else 0
	Block   int    // index in the target file's layout
	Offset  int    // CleanSplit: where the new paragraph begins, in bytes of the block's logical text
	Old     Span   // bytes of the file that are replaced; empty for an insertion
	Before  string // those bytes
	After   string // what stands there instead; a heading in plain text changes no bytes
	Text    string // BlobHash of the block's logical text: what the proposal was made for
	By      UserID
	Name    string // of the person, that day
	Created time.Time
	Act     EventID
	Undone  bool

	Decisions []CleaningDecision // oldest first; those undone are left out
}

// CleaningDecision is what a person decided on a cleaning.
type CleaningDecision struct {
	ID        DecisionID
	Cleaning  CleaningID
	Verb      Verb // Approve, Countersign, Decline, Withdraw or Reopen
	By        UserID
	Name      string // of the person, that day
	Function  string // of the person, that day
	Reason    string
	Created   time.Time
	OnePerson bool // approved by the person who proposed it, as the project allows
	Act       EventID
	Undone    bool
}

// Status returns what became of the cleaning: its last decision says. One that
// was reopened waits again.
func (c *Cleaning) Status() ProposalStatus {
	if n := len(c.Decisions); n > 0 {
		switch c.Decisions[n-1].Verb {
		case Approve, Countersign:
			return Approved
		case Decline:
			return Declined
		case Withdraw:
			return Withdrawn
		}
	}
	return Pending
}

// Approval returns the decision by which the cleaning stands.
func (c *Cleaning) Approval() (CleaningDecision, bool) {
	if c.Status() != Approved {
		return CleaningDecision{}, false
	}
	return c.Decisions[len(c.Decisions)-1], true
}

// Meets reports whether two cleanings cannot both be made: they would change the
// same bytes, or say different things of one block.
func (c *Cleaning) Meets(o *Cleaning) bool {
	label := func(k CleaningKind) bool { return k == CleanHeading || k == CleanBody }
	switch {
	case label(c.Kind) && label(o.Kind):
		return c.Block == o.Block
	case c.Old.Start == c.Old.End || o.Old.Start == o.Old.End:
		return false
	}
	return c.Old.Start < o.Old.End && o.Old.Start < c.Old.End
}
