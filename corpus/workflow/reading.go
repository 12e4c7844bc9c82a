package workflow

import (
	"context"
	"math"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// ReadingSize is how many units a page of the reading view holds.
const ReadingSize = 300

// Sentence is a unit as readers of the document meet it.
type Sentence struct {
	Unit     corpus.Unit
	Number   int    // in reading order
	Path     string // structural address of its first block in the translation's file, in the source's where it has none
	Received string // the machine's wording
	Proposed string // what was approved, else the newest that waits, else what stands
	Approved string // what stands
	// The protected tokens of its first block on either side, to which the
	// placeholders of the texts refer.
	SourceTokens, TargetTokens []layout.Token
}

// Reading is a stretch of a document in reading order.
type Reading struct {
	Version   corpus.Version
	Sentences []Sentence
	Cleanings []corpus.Cleaning // of the version, that wait or stand
	Earlier   corpus.UnitID     // with which the page before begins; "" on the first
	Later     corpus.UnitID     // with which the next page begins; "" on the last
}

// Read returns a page of the document's newest version that begins with a unit,
// or at its beginning. Its cost does not grow with the document.
func (d *Desk) Read(ctx context.Context, user corpus.UserID, doc corpus.Document, at corpus.UnitID) (Reading, error) {
	var page Reading
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		var err error
		if page.Version, err = r.Version(doc.Current); err != nil {
			return err
		}
		if page.Cleanings, err = liveCleanings(r, doc.Current); err != nil {
			return err
		}
		after := int64(math.MinInt64)
		if at != "" {
			u, err := r.Unit(at)
			if err != nil {
				return err
			}
			if u.Version != doc.Current {
				return corpus.Errorf(corpus.NotFound, "the unit is of an earlier version of this document")
			}
			after = u.Position - 1
			before, err := r.UnitsBefore(doc.Current, corpus.Filter{}, u.Position, ReadingSize)
			if err != nil {
				return err
			}
			if len(before) > 0 {
				page.Earlier = before[0].ID
			}
		}
		units, err := r.Units(doc.Current, corpus.Filter{}, after, ReadingSize+1)
		if err != nil {
			return err
		}
		if len(units) > ReadingSize {
			page.Later = units[ReadingSize].ID
			units = units[:ReadingSize]
		}
		return d.sentences(r, doc, units, &page)
	})
	return page, err
}

// liveCleanings returns the changes of layout that wait or stand.
func liveCleanings(r corpus.Reader, v corpus.VersionID) ([]corpus.Cleaning, error) {
	list, err := r.Cleanings(v)
	return slices.DeleteFunc(list, func(c corpus.Cleaning) bool { s := c.Status(); return s != corpus.Pending && s != corpus.Approved }), err
}

func (d *Desk) sentences(r corpus.Reader, doc corpus.Document, units []corpus.Unit, page *Reading) error {
	if len(units) == 0 {
		return nil
	}
	source, err := d.blocks(r, doc, page.Version.Source, corpus.SourceSide)
	if err != nil {
		return err
	}
	target, err := d.blocks(r, doc, page.Version.Target, corpus.TargetSide)
	if err != nil {
		return err
	}
	first, err := r.UnitNumber(units[0].ID)
	if err != nil {
		return err
	}
	for i, u := range units {
		s := Sentence{Unit: u, Number: first + i, Received: u.Text.Target, Proposed: u.Text.Target, Approved: u.Text.Target}
		if b := blockOf(source, u.Source); b != nil {
			s.Path, s.SourceTokens = b.Path, b.Tokens
		}
		if b := blockOf(target, u.Target); b != nil {
			s.Path, s.TargetTokens = b.Path, b.Tokens
		}
		if !untouched(u) {
			rec, err := r.Record(u.ID)
			if err != nil {
				return err
			}
			s.Proposed, s.Approved = rec.Shown().Text, rec.Current().Text
		}
		page.Sentences = append(page.Sentences, s)
	}
	return nil
}

// blocks returns the blocks of a received file.
func (d *Desk) blocks(r corpus.Reader, doc corpus.Document, f corpus.File, side corpus.Side) ([]layout.Block, error) {
	if !f.Present() {
		return nil, nil
	}
	file, err := d.layoutOf(r, doc.Format, f, side)
	if err != nil {
		return nil, err
	}
	return file.Blocks, nil
}

// blockOf returns the block in which the first of the segments stands.
func blockOf(blocks []layout.Block, segments []corpus.Segment) *layout.Block {
	if len(segments) == 0 || segments[0].Block >= len(blocks) {
		return nil
	}
	return &blocks[segments[0].Block]
}
