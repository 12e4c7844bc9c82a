package exchange

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Review is one version of a document with all that people did to it: what the
// interchange formats write, and what they read back. Spans in it are bytes of
// logical text, as everywhere inside; a format converts them at its border.
type Review struct {
	Project  corpus.Project
	Document corpus.Document
	Version  corpus.Version

	// Source and Target are the files of the version, by which placeholders are
	// written as the markup they stand for. A side that was not received is nil.
	Source, Target *layout.Document
	// SourceData and TargetData are the files as received; of a review that was
	// read back from a format without them, nil.
	SourceData, TargetData []byte
	// TargetChanges are what an export of the approved wordings changes of the
	// text inside the target; of archives alone.
	TargetChanges []layout.Change

	Units []ReviewUnit // in reading order, the retired ones left out
	// Unchecked says that the units were never checked here: that they have no
	// findings means nothing. Then times may be missing too.
	Unchecked bool
	// People are everybody whom the review names. In a review that was read back
	// an id is the person's name: ids of accounts mean nothing elsewhere.
	People map[corpus.UserID]corpus.User

	Snapshots  []Snapshot         // of the version, oldest first; the units' lists of released wordings rest on them
	Dismissals []corpus.Dismissal // of the document and its units
	Terms      []corpus.Term      // of the project's termbase, as far as the document uses them
}

// Snapshot is a snapshot of the version with the wordings that stood in it, of
// units that were merged or split since left out.
type Snapshot struct {
	corpus.Snapshot
	Standings []corpus.Standing
	Data      []byte // the file that the wordings gave; nil where none was kept
}

// ReviewUnit is a unit with its whole record.
type ReviewUnit struct {
	corpus.Record
	Comments []corpus.Comment // oldest first
	Findings []corpus.Finding // on the newest wording, the dismissed ones left out
}

// tokensOf returns the protected tokens of the blocks in which the segments
// stand, one list for each line of the unit's text.
func tokensOf(doc *layout.Document, segments []corpus.Segment) [][]layout.Token {
	var lists [][]layout.Token
	last := -1
	for _, s := range segments {
		if doc == nil || s.Block == last || s.Block >= len(doc.Blocks) {
			continue
		}
		last = s.Block
		lists = append(lists, doc.Blocks[s.Block].Tokens)
	}
	return lists
}

// displayName is the name by which people know somebody.
func (r *Review) displayName(id corpus.UserID) string {
	if u, ok := r.People[id]; ok {
		return u.Display()
	}
	return r.userName(id)
}

// userName returns the name of a person of the review; of somebody who is not
// listed, the id.
func (r *Review) userName(id corpus.UserID) string {
	if u, ok := r.People[id]; ok {
		return u.Name
	}
	return string(id)
}
