package corpus

import (
	"slices"
	"time"
)

// Origin says where a wording came from.
type Origin string

// The origins of a revision.
const (
	FromMachine Origin = "machine"
	FromPerson  Origin = "person"
	FromFix     Origin = "fix"
	FromCarry   Origin = "carried"
	FromMerge   Origin = "merge"
	FromSplit   Origin = "split"
	FromRestore Origin = "restored"
	FromImport  Origin = "import"
)

// Revision is one wording of a unit's target: append-only, numbered from 0,
// which is the wording of the version's file. An empty text of a unit that has
// a target is a deletion.
type Revision struct {
	ID          RevisionID
	Unit        UnitID
	Number      int
	Text        string   // logical text; one line a block
	Author      UserID   // "" for the machine and the program
	Hands       []UserID // everybody whose own wording is in the text; none of them may approve it
	Origin      Origin
	Base        RevisionID // the wording the author saw; "" for revision 0
	From        RevisionID // the wording it was carried, merged or restored from; "" otherwise
	Place       Place      // where a wording goes that has no target yet
	Note        string
	Instruction string // "on the instruction of …", a reference
	Verdict     Verdict
	Created     time.Time
	Act         EventID
	Undone      bool
	Key         string // the caller's idempotency key; "" where none was given
}

// ByHand reports whether user's own wording is in the revision.
func (r Revision) ByHand(user UserID) bool { return slices.Contains(r.Hands, user) }

// Verdict is the result of writing a revision into its file and reading the
// file again. A bad one blocks approval and export, never saving.
type Verdict struct {
	Bad    bool
	Reason string // for people, in English; "" where the splice is sound
}

// Place says where the rendering of a left-out sentence goes.
type Place string

// The places, relative to the units before and after in reading order. The
// zero value lets the source's own structure decide.
const (
	PlaceDefault   Place = ""
	PlaceBefore    Place = "before"    // in front of the next unit's target, in its block
	PlaceAfter     Place = "after"     // behind the previous unit's target, in its block
	PlaceParagraph Place = "paragraph" // a paragraph of its own behind the previous unit's block
	PlaceItem      Place = "item"      // a list item of its own behind the previous unit's item
)

// ParsePlace returns the place with the given word.
func ParsePlace(word string) (Place, error) {
	switch p := Place(word); p {
	case PlaceDefault, PlaceBefore, PlaceAfter, PlaceParagraph, PlaceItem:
		return p, nil
	}
	return "", Errorf(Invalid, "no place %q: choose before, after, paragraph or item", word)
}

// Proposal puts a revision up for approval. One on an existing revision says
// "read, no change": a second person will have seen it.
type Proposal struct {
	ID       ProposalID
	Unit     UnitID
	Revision RevisionID
	By       UserID
	NoChange bool
	Created  time.Time
	Act      EventID
	Undone   bool
}

// ProposalStatus is what became of a proposal.
type ProposalStatus string

// The statuses of a proposal.
const (
	Pending    ProposalStatus = "pending"
	Approved   ProposalStatus = "approved"
	Returned   ProposalStatus = "returned"
	Declined   ProposalStatus = "declined"
	Withdrawn  ProposalStatus = "withdrawn"
	Superseded ProposalStatus = "superseded"
)
