package corpus

import (
	"context"
	"iter"
	"time"
)

// Store keeps everything the domain knows. Its contract is executable:
// corpustest.TestStore runs it against an engine.
//
// Every method may be called from many goroutines at once. Errors are of kind
// NotFound for an id that is not there, Conflict for a name that is taken,
// Unavailable when the engine is overloaded or locked by another process for
// too long, TooLarge when the disk is full, Internal for everything else, and
// the error of ctx when that ended first.
type Store interface {
	// View calls f with one consistent state of the store: writes that are
	// committed meanwhile do not show. The Reader may not be used after f.
	View(ctx context.Context, f func(Reader) error) error

	// Update calls f with the newest state and, when f returns nil, makes all
	// of its writes durable, together, before it returns. When f returns an
	// error none of its writes stay, and Update returns that error. Calls of f
	// never overlap, whoever else writes, so a check in f holds when f acts on
	// it. f must be quick and must not wait for anything else: it holds up
	// every other writer. It may be called with a context other than ctx: that
	// one caller gives up must not touch what others wrote in the same commit;
	// if ctx ends before f was called, f is not called at all.
	Update(ctx context.Context, f func(Tx) error) error

	// Backup writes a copy of the whole store to a new file, reads it back and
	// checks it. It refuses to overwrite.
	Backup(ctx context.Context, path string) error

	// Close waits for writes under way and releases the store.
	Close() error
}

// Reader reads one consistent state. Lists come in the order their comment
// gives. A single thing that is not there is an error of kind NotFound, an
// empty list is not.
type Reader interface {
	User(UserID) (User, error)
	UserByName(name string) (User, error)
	Users() ([]User, error) // by name

	// Instance returns a short name of this store, made with it and kept for
	// ever, by which servers on one host tell their cookies apart.
	Instance() (string, error)
	Credential(UserID) (Credential, error)
	Session(key string) (Session, error) // expired or not
	Link(key string) (Link, error)       // good or not
	// Attempts returns the count kept under a key: none where there is none.
	Attempts(key string) (Attempts, error)
	// Preferences returns the zero value for somebody who decided nothing.
	Preferences(UserID) (Preferences, error)

	Project(ProjectID) (Project, error)
	ProjectByName(name string) (Project, error)
	Projects() ([]Project, error)        // by name
	Members(ProjectID) ([]Member, error) // by user id
	// Roles returns the roles the user holds in the project: none if he is no
	// member.
	Roles(ProjectID, UserID) (Roles, error)

	Document(DocumentID) (Document, error)
	DocumentByName(project ProjectID, name string) (Document, error)
	Documents(ProjectID) ([]Document, error) // by name, those with a ready version
	Version(VersionID) (Version, error)      // ready or not
	Versions(DocumentID) ([]Version, error)  // the ready ones, by number
	Blob(hash string) ([]byte, error)        // the caller must not change the bytes

	Unit(UnitID) (Unit, error)
	// Units returns up to limit units of the version that match, in reading
	// order, the retired ones left out, from the first whose position is
	// greater than after. Its cost does not grow with the document.
	Units(version VersionID, match Filter, after int64, limit int) ([]Unit, error)
	// UnitsRanked returns up to limit matching units in an order by risk, from the
	// first that comes after a rank, or with backwards the last before it, nearest
	// first; nil stands for the beginning, or with backwards for the end. Its cost
	// does not grow with the document, unless what is asked for is rare.
	UnitsRanked(version VersionID, order Order, match Filter, from *Rank, backwards bool, limit int) ([]Unit, error)
	// UnitsBefore returns the same backwards from the last whose position is
	// less than before; the result is in reading order as well.
	UnitsBefore(version VersionID, match Filter, before int64, limit int) ([]Unit, error)
	// UnitNumber returns the unit's number in reading order, from 1, the
	// retired ones not counted; UnitNumbered is its inverse.
	UnitNumber(UnitID) (int, error)
	UnitNumbered(version VersionID, number int) (Unit, error)
	// UnitsBetween counts the units of the version, the retired ones left out,
	// whose position is greater than after and not greater than upTo: by it the
	// numbers of a list go on from its first.
	UnitsBetween(version VersionID, after, upTo int64) (int, error)
	// Progress counts the version's units by what lists show of them. Its cost
	// does not grow with the document.
	Progress(VersionID) (Progress, error)

	Record(UnitID) (Record, error)
	// Records yields the records of all units of a version that are not
	// retired, in reading order. It stops at the first error, which it yields.
	Records(VersionID) iter.Seq2[Record, error]
	// Waiting returns the units of the project's current versions that have
	// pending proposals, oldest proposal first, up to limit.
	Waiting(project ProjectID, limit int) ([]Unit, error)
	Findings(RevisionID) ([]Finding, error)     // in the order in which they were saved
	Dismissals(DocumentID) ([]Dismissal, error) // those that count for the document, its project's included; undone ones left out
	// ProjectDismissals returns up to limit dismissals of the project, newest
	// first, undone ones left out, of one check or of all where it is "", from
	// the first that is older than the one numbered before, or the newest for 0.
	ProjectDismissals(project ProjectID, check string, before int64, limit int) ([]Dismissal, error)
	// Tallies returns what people decided on the findings of each check in the
	// project.
	Tallies(ProjectID) (map[string]Tally, error)
	// UnitsFinding returns up to limit units of the document's current version,
	// in reading order from the first whose position is greater than after, whose
	// latest wording has a finding with the key, dismissed or not. Its cost
	// depends on how many wordings ever had such a finding.
	UnitsFinding(doc DocumentID, key string, after int64, limit int) ([]Unit, error)
	// UnitsChecked returns the same for the findings of one check. It walks the
	// version's units from after on until the limit is reached.
	UnitsChecked(version VersionID, check string, after int64, limit int) ([]Unit, error)
	// CheckCounts returns how many findings each check has on the latest wordings
	// of the version, dismissed ones counted. It reads all of them.
	CheckCounts(VersionID) (map[string]int, error)
	Comments(UnitID) ([]Comment, error) // oldest first
	Draft(UnitID, UserID) (Draft, error)
	Drafts(VersionID) ([]Draft, error)              // everybody's on the version's units, in no order; to be carried, never to be shown
	Lineage(UnitID) (from, to []Lineage, err error) // what the unit came from, what came from it
	// Overrides returns the overrides of a version that are not undone, oldest
	// first. Those of units that are retired are among them.
	Overrides(VersionID) ([]Override, error)
	// Cleanings returns the cleanings of a version that are not undone, oldest
	// first, with their decisions.
	Cleanings(VersionID) ([]Cleaning, error)
	RevisionByKey(unit UnitID, author UserID, key string) (Revision, error)

	Term(TermID) (Term, error)
	// Terms returns up to limit terms of the project that contain the folded
	// phrase (see Fold) in one of their fields, or all where it is empty, by their
	// first source word, and by id where that is the same, from the first that
	// comes after the given term; "" begins at the first.
	Terms(project ProjectID, phrase string, after TermID, limit int) ([]Term, error)
	// Termbase says how often the project's terms changed. The zero value stands
	// for a project that never had any.
	Termbase(ProjectID) (Termbase, error)

	Snapshots(DocumentID) ([]Snapshot, error) // oldest first
	Snapshot(SnapshotID) (Snapshot, error)
	Standings(SnapshotID) ([]Standing, error) // in reading order

	// Search returns the revisions of the project's ready versions whose folded
	// text (see Fold) contains the folded phrase from the start of a word on,
	// newest first, up to limit: "secur" is found in "the security" and not in
	// "insecure". Each character of a script that writes no spaces between
	// words starts one. Undone revisions are left out; a phrase of nothing
	// finds nothing.
	Search(project ProjectID, phrase string, limit int) ([]Revision, error)

	Event(EventID) (Event, error)
	Head(chain string) (Event, error)            // the zero Event for a chain without events
	Chains() ([]string, error)                   // by name
	Events(chain string) iter.Seq2[Event, error] // by number
	// Since returns the events that touched any of the units and come after
	// the given one in the chain, oldest first.
	Since(e Event, units []UnitID) ([]Event, error)
	// LastBy returns the newest events of the user in the chain, newest first.
	LastBy(chain string, by UserID, limit int) ([]Event, error)
}

// Tx reads and writes within one Update. Add methods refuse an id that is
// there already; Save methods replace what has the id, or the named key.
type Tx interface {
	Reader

	AddUser(User) error
	SaveUser(User) error
	SaveCredential(Credential) error
	SaveSession(Session) error
	DropSession(key string) error // one that is not there is no error
	DropSessions(UserID) error    // all of the user's
	AddLink(Link) error
	SaveLink(Link) error
	SaveAttempts(Attempts) error // none failed: no count any more
	SavePreferences(UserID, Preferences) error
	// Expire drops the sessions and links that expired before now, and the
	// counts of attempts of which the last was before attempts.
	Expire(now, attempts time.Time) error

	AddProject(Project) error
	SaveProject(Project) error
	SaveMember(Member) error // no roles: no member any more

	AddDocument(Document) error
	SaveDocument(Document) error
	AddVersion(Version) error
	SaveVersion(Version) error
	// DropVersion removes a version that is not ready with all its units, and
	// its document if it has no other version. It is for imports that failed.
	DropVersion(VersionID) error
	// Unready returns the versions that are not ready, for the sweep at start.
	Unready() ([]Version, error)
	AddBlob(data []byte) (hash string, err error) // bytes that are there already are kept once

	AddUnit(Unit) error
	// SaveUnit saves what of a unit can change: position, segments, texts,
	// bead, retired, summary. It raises Lock by one.
	SaveUnit(Unit) error
	AddLineage(Lineage) error
	DropLineage(act EventID) error
	AddOverride(Override) error

	AddRevision(Revision) error
	AddProposal(Proposal) error
	AddDecision(Decision) error
	AddFlag(Flag) error
	AddComment(Comment) error
	AddDismissal(Dismissal) error
	// Revoke marks the dismissal with the number as undone.
	Revoke(number int64) error
	// AddTaken notes that a person took what a finding of a check proposed.
	AddTaken(Taken) error

	// SaveTerm adds the term or replaces the one with its id, and DropTerm
	// removes it; each counts as a change of the project's termbase.
	SaveTerm(Term) error
	DropTerm(TermID) error
	// SaveChecked notes that the project's texts were checked against the
	// termbase as it was at the given edition.
	SaveChecked(project ProjectID, edition int64) error
	AddCleaning(Cleaning) error // Decisions are added one by one
	AddCleaningDecision(CleaningDecision) error
	// SaveFindings replaces the findings of a revision.
	SaveFindings(RevisionID, []Finding) error
	SaveDraft(Draft) error // an empty text removes it

	AddSnapshot(Snapshot, []Standing) error

	// AddEvent seals the event behind the head of its chain and stores it.
	AddEvent(Event) (Event, error)
	// MarkUndone marks every revision, proposal, decision, flag, comment,
	// dismissal, override, cleaning and decision on a cleaning of the act as
	// undone. The rows stay: the log speaks of them.
	MarkUndone(act EventID) error
}

// Filter chooses units by what their summaries say. The zero value matches
// all; several conditions must all hold.
type Filter struct {
	States   []State // any of these
	Doubtful bool    // pairing doubtful
	Flagged  bool    // open flags
	Found    bool    // open findings
	Waiting  bool    // pending proposals
	Missing  bool    // one side is empty
}

// Progress counts the units of a version.
type Progress struct {
	Units    int
	States   [StateFinal + 1]int
	Flags    int // open flags
	Major    int // of them, major or critical
	Findings int
	Doubtful int
	Pending  int       // proposals that wait
	Changed  time.Time // the last event that touched a unit; zero for none
}
