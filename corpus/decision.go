package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Decision is what a person decided about a wording, a proposal or a flag.
// Decisions are only ever added. An undone one stays, and counts for nothing.
type Decision struct {
	ID        DecisionID
	Unit      UnitID
	Verb      Verb
	Revision  RevisionID // the wording decided on
	Proposal  ProposalID // "" where none was
	Flag      FlagID     // "" where none was
	By        UserID
	Name      string // of the person, that day
	Function  string // of the person, that day
	Reason    string // carried approvals of a text put together anew: what was approved, by whom
	Created   time.Time
	Batch     EventID    // the act of which the decision is one of Size; "" for one made singly
	Size      int        // how many decisions the batch holds; 1 for one made singly
	Hash      string     // approvals: ApprovalHash of the texts answered for
	NoSource  bool       // approvals: given without a source text to compare
	OnePerson bool       // approvals: by the author of the wording, as the project allows
	Rests     DecisionID // carried approvals: the decision they rest on
	Act       EventID
	Undone    bool
}

// InPart reports whether the decision brings an approval along to a wording that
// was put together anew, by a merge, a split or a link, from what was approved
// and what was not: the person answers for what Reason quotes, not for the whole.
func (d Decision) InPart() bool { return d.Verb == Carry && d.Hash == "" && d.Reason != "" }

// ApprovalHash returns the hash to which an approval binds: of the logical
// source and target texts and of nothing else, so that neither ids nor scores
// can end an approval, and any change of a text does. It is the hexadecimal
// SHA-256 of both texts, each behind its length in bytes.
func ApprovalHash(texts Pair) string {
	h := sha256.New()
	for _, text := range []string{texts.Source, texts.Target} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(text)))
		h.Write(n[:])
		h.Write([]byte(text))
	}
	return hex.EncodeToString(h.Sum(nil))
}
