package corpus

import "strings"

// Side is one of the two texts of a version.
type Side uint8

// The two sides.
const (
	SourceSide Side = iota
	TargetSide
)

func (s Side) String() string {
	if s == SourceSide {
		return "source"
	}
	return "target"
}

// Segment is one sentence, heading, cell, item or caption of one file. Block
// and Span say where it is in the logical text of its block; Envelope says
// where it is in the bytes of the file, from its first to its last.
type Segment struct {
	Block    int    `json:"b"`
	Span     Span   `json:"s"`
	Envelope Span   `json:"e"`
	Kind     string `json:"k"`           // as layout.Kind spells it: "paragraph", "heading", "list-item" …
	Level    int    `json:"l,omitempty"` // of a heading
	Guess    bool   `json:"g,omitempty"` // its block is a paragraph that read like a heading when it came in
}

// BeadStatus says how far the pairing of a unit can be relied on. It is a
// status of its own, beside the state of the wording.
type BeadStatus string

// The statuses of a bead.
const (
	BeadAuto      BeadStatus = "auto"
	BeadDoubtful  BeadStatus = "doubtful"
	BeadConfirmed BeadStatus = "confirmed"
)

// Bead is what the aligner, or a person, says of a unit's pairing.
type Bead struct {
	Status  BeadStatus `json:"status"`
	Score   float64    `json:"score,omitempty"`
	Margin  float64    `json:"margin,omitempty"`
	Reasons []string   `json:"reasons,omitempty"`
}

// Unit is an aligned group: adjacent source segments beside adjacent target
// segments of one version. It is what is reviewed. Either side may be empty: a
// sentence left out, or one added by the machine.
type Unit struct {
	ID       UnitID
	Version  VersionID
	Document DocumentID
	Position int64 // sparse; sorts units in reading order, source first
	Source   []Segment
	Target   []Segment
	Text     Pair // the logical texts as received; Target is the text of revision 0
	Bead     Bead
	Retired  bool // merged or split away; kept for its history
	Lock     int64
	Summary  Summary
}

// Pair is a source text beside a target text. A text over several blocks has
// one line for each.
type Pair struct {
	Source string
	Target string
}

// Kind returns the kind of the unit's first segment, target first.
func (u Unit) Kind() string {
	switch {
	case len(u.Target) > 0:
		return u.Target[0].Kind
	case len(u.Source) > 0:
		return u.Source[0].Kind
	}
	return ""
}

// Blocks returns how many blocks of the target the unit lies in.
func (u Unit) Blocks() int { return countBlocks(u.Target) }

func countBlocks(segments []Segment) int {
	n, last := 0, -1
	for _, s := range segments {
		if s.Block != last {
			n, last = n+1, s.Block
		}
	}
	return n
}

// Parts splits a text of the unit into one text a block.
func Parts(text string) []string { return strings.Split(text, "\n") }

// Summary is what lists and counters show of a unit. It is derived from the
// unit's record by Record.Summary and stored beside it, so that a list never
// has to read the records.
type Summary struct {
	State    State
	Current  RevisionID // approved, else revision 0
	Latest   RevisionID // newest pending, else Current
	Pending  int        // proposals that wait
	Flags    int        // open flags of every severity
	Major    int        // open flags of severity major or critical
	NeedsSrc int        // open flags that say it cannot be judged without the source
	Findings int        // findings on the latest wording that nobody dismissed, neutral ones left out
	Doubt    Severity   // the worst of those findings
	Comments int
	Blocked  string  // why the latest wording could not be written back, if so
	Risk     float64 // of the latest wording, in [0,1]
}

// LineageKind says by what act one unit came from another.
type LineageKind string

// The kinds of lineage.
const (
	Merged    LineageKind = "merge"
	SplitOff  LineageKind = "split"
	Relinked  LineageKind = "link"
	CarriedTo LineageKind = "version"
)

// Lineage links an old unit to a new one that stands where it stood.
type Lineage struct {
	Old  UnitID
	New  UnitID
	Kind LineageKind
	Act  EventID
}
