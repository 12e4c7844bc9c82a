package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Event is one act in the audit log, which is append-only. The events of a
// document form one chain and those of a project another: each carries the
// hash of the one before it, so that an edit, a gap or another order shows, and
// a certificate of one document shows nothing of the others.
type Event struct {
	ID    EventID
	Chain string // ChainOf a document or a project
	Seq   int64  // from 1, without gaps
	Prev  string // Hash of the event before; "" for the first
	Hash  string
	At    time.Time // UTC, whole milliseconds
	By    UserID
	Name  string // of the person, that day
	Verb  Verb
	Data  []byte   // JSON: ids, hashes of texts, reasons; never a text under review
	Units []UnitID // the units the act touched, for undo; part of Data, not hashed twice
}

// DocumentChain and ProjectChain name the chains.
func DocumentChain(id DocumentID) string { return "document:" + string(id) }

// ProjectChain names the chain of a project's own events.
func ProjectChain(id ProjectID) string { return "project:" + string(id) }

// Seal returns e as the event that follows prev in its chain: numbered, linked
// and hashed. The zero Event stands for the start of a chain.
func (e Event) Seal(prev Event) Event {
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.Hash = e.sum()
	return e
}

// Follows reports whether e is sealed as the successor of prev.
func (e Event) Follows(prev Event) bool {
	return (prev.Seq == 0 || e.Chain == prev.Chain) && e.Seq == prev.Seq+1 && e.Prev == prev.Hash && e.Hash == e.sum()
}

// sum is the hexadecimal SHA-256 of the event's canonical bytes: each field in
// the order of the struct, behind its length in bytes as 8 bytes big-endian;
// numbers as 8 bytes big-endian, times as Unix milliseconds. The form is fixed
// from the first migration on, since every stored chain rests on it.
func (e Event) sum() string {
	h := sha256.New()
	field := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	number := func(v int64) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(v))
		field(n[:])
	}
	field([]byte(e.ID))
	field([]byte(e.Chain))
	number(e.Seq)
	field([]byte(e.Prev))
	number(e.At.UnixMilli())
	field([]byte(e.By))
	field([]byte(e.Name))
	field([]byte(e.Verb))
	field(e.Data)
	return hex.EncodeToString(h.Sum(nil))
}
