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

// headings says for each row what the block is in which its unit begins.
func headings(r corpus.Reader, v corpus.VersionID, rows []Row) error {
	overrides, err := r.Overrides(v)
	if err != nil {
		return err
	}
	labels := corpus.BlockLabels(overrides)
	for i := range rows {
		side, segments := mainSide(rows[i].Record.Unit)
		if len(segments) == 0 {
			continue
		}
		look := &rows[i].Heading
		look.Called = calledIn(labels, side, segments[0].Block)
		look.Guessed = look.Called == "" && segments[0].Guess && segments[0].Kind != layout.Heading.String()
	}
	return nil
}

// mainSide is the side by whose block a unit is called a heading or not: its
// target, its source where it has none.
func mainSide(u corpus.Unit) (corpus.Side, []corpus.Segment) {
	if len(u.Target) > 0 {
		return corpus.TargetSide, u.Target
	}
	return corpus.SourceSide, u.Source
}

// calledIn is what the labels call a block; "" where they say nothing of it.
func calledIn(labels []corpus.BlockLabel, side corpus.Side, block int) corpus.OverrideKind {
	i := slices.IndexFunc(labels, func(l corpus.BlockLabel) bool { return l.Side == side && l.Block == block })
	switch {
	case i < 0:
		return ""
	case labels[i].Heading:
		return corpus.IsHeading
	}
	return corpus.IsBody
}

// guess marks the segments of blocks that read like headings.
func guess(doc *layout.Document, segments func(*corpus.Unit) []corpus.Segment, units []corpus.Unit) {
	if doc == nil {
		return
	}
	found := doc.HeadingGuesses()
	if len(found) == 0 {
		return
	}
	for i := range units {
		list := segments(&units[i])
		for k := range list {
			_, list[k].Guess = slices.BinarySearch(found, list[k].Block)
		}
	}
}
