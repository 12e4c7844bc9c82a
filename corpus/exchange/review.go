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

	Units  []ReviewUnit                  // in reading order, the retired ones left out
	People map[corpus.UserID]corpus.User // everybody whom the units name
}

// ReviewUnit is a unit with its whole record.
type ReviewUnit struct {
	corpus.Record
	Comments []corpus.Comment // oldest first
	Findings []corpus.Finding // on the newest wording, the dismissed ones left out
}
