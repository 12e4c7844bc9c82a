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

// Exception is something open that a release lets pass: with a reason where it
// blocks a strict one, without where it holds nothing back.
type Exception struct {
	Unit   UnitID `json:"unit"`
	Number int    `json:"number"`         // in reading order, that day
	Why    string `json:"why"`            // what is open: "nobody answered", "stale" …
	What   string `json:"what,omitempty"` // ids of the checks, or categories of the flags
	Reason string `json:"reason"`         // why it is let pass; "" where no reason was asked for
}

// Standing is a unit's wording in a snapshot.
type Standing struct {
	Unit     UnitID
	Revision RevisionID
	State    State
}
