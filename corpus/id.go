package corpus

import "github.com/google/uuid"

// The ids of the things the domain knows. They are UUIDs of version 7
// (RFC 9562), so that newer things sort behind older ones; a file, an address
// and a script may carry them. Their text is canonical: lower case, hyphens.
type (
	UserID     string
	ProjectID  string
	DocumentID string
	VersionID  string
	UnitID     string
	RevisionID string
	ProposalID string
	DecisionID string
	FlagID     string
	CommentID  string
	SnapshotID string
	CleaningID string
	EventID    string
	OverrideID string
)

// NewID returns a fresh id of the type asked for.
func NewID[T ~string]() T {
	return T(uuid.Must(uuid.NewV7()).String())
}
