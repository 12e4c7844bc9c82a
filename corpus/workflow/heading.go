package workflow

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// HeadingLook is what is known of a block beyond its markup: whether it reads
// like a heading, and what people called it.
type HeadingLook struct {
	Guessed bool                // it is written as a paragraph and reads like a heading, and nobody said what it is
	Called  corpus.OverrideKind // IsHeading or IsBody; "" where nobody said
}

// headings says for each row what the block is in which its unit begins. The guesses
// of a file are made once, when it is read.
func (d *Desk) headings(r corpus.Reader, doc corpus.Document, v corpus.Version, rows []Row) error {
	overrides, err := r.Overrides(v.ID)
	if err != nil {
		return err
	}
	labels := corpus.BlockLabels(overrides)
	for _, side := range []corpus.Side{corpus.SourceSide, corpus.TargetSide} {
		file := v.Source
		if side == corpus.TargetSide {
			file = v.Target
		}
		if !file.Present() {
			continue
		}
		guesses, err := d.guesses(r, doc.Format, file)
		if err != nil {
			return err
		}
		for i := range rows {
			segments, other := rows[i].Record.Unit.Target, false
			if side == corpus.SourceSide {
				other = len(segments) > 0 // its target says what it is
				segments = rows[i].Record.Unit.Source
			}
			if len(segments) == 0 || other {
				continue
			}
			look := &rows[i].Heading
			if k := slices.IndexFunc(labels, func(l corpus.BlockLabel) bool { return l.Side == side && l.Block == segments[0].Block }); k >= 0 {
				look.Called = corpus.IsBody
				if labels[k].Heading {
					look.Called = corpus.IsHeading
				}
				continue
			}
			_, look.Guessed = slices.BinarySearch(guesses, segments[0].Block)
		}
	}
	return nil
}

// guesses are the blocks of a file that read like headings, ascending.
func (d *Desk) guesses(r corpus.Reader, format string, f corpus.File) ([]int, error) {
	doc, err := d.layoutOf(r, format, f)
	if err != nil {
		return nil, err
	}
	return d.files.guesses(doc), nil
}

// guesses returns the guesses of a file that the cache holds, made once.
func (c *fileCache) guesses(doc *layout.Document) []int {
	c.mu.Lock()
	i := slices.IndexFunc(c.files, func(f cachedFile) bool { return f.doc == doc })
	if i < 0 {
		c.mu.Unlock()
		return doc.HeadingGuesses()
	}
	guess := c.files[i].guesses
	c.mu.Unlock()
	return guess()
}
