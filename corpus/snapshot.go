package corpus

import "time"

// Snapshot is the state of a document at a moment: which wording of each unit
// stood. A release makes one; any two can be compared.
type Snapshot struct {
	ID         SnapshotID
	Document   DocumentID
	Version    VersionID
	Name       string
	Release    bool
	Target     string // BlobHash of the file the snapshot's wordings give
	Against    string // BlobHash of the file as received
	Changed    int    // ranges of the received file that the wordings replace
	Exceptions []Exception
	By         UserID
	Created    time.Time
	Act        EventID
}

// Exception is a unit that a release lets pass though it blocks a strict one.
type Exception struct {
	Unit   UnitID `json:"unit"`
	Number int    `json:"number"` // in reading order, that day
	Why    string `json:"why"`    // what blocks: "nobody answered", "stale" …
	Reason string `json:"reason"` // why it is let pass
}

// Standing is a unit's wording in a snapshot.
type Standing struct {
	Unit     UnitID
	Revision RevisionID
	State    State
}
