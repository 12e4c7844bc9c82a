package workflow

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Overrides are how decisions about the shape of a text outlive its version: an
// act adds them here, an import carries them over (reshape.go).

// override adds what a person decided about the unit's stretches of text.
func (a *act) override(f files, kind corpus.OverrideKind, u corpus.Unit) error {
	o := corpus.Override{
		ID: corpus.NewID[corpus.OverrideID](), Version: u.Version, Kind: kind, Unit: u.ID, By: a.actor.User.ID, Created: a.at, Act: a.id,
		Source: stretchOf(f.source, u.Source), Target: stretchOf(f.target, u.Target),
	}
	if err := a.tx.AddOverride(o); err != nil {
		return err
	}
	a.row("override", string(o.ID), string(kind), o.Source.Hash, o.Target.Hash)
	return nil
}

// stretchOf is where adjacent segments stand.
func stretchOf(doc *layout.Document, segments []corpus.Segment) corpus.Stretch {
	if len(segments) == 0 || doc == nil {
		return corpus.Stretch{}
	}
	first, last := segments[0], segments[len(segments)-1]
	s := corpus.Stretch{First: first.Block, Start: first.Span.Start, Last: last.Block, End: last.Span.End}
	text, _ := stretchText(doc, s)
	s.Hash = corpus.BlobHash([]byte(text))
	return s
}

// stretchText returns the text of a stretch, one line a block. It reports false
// where the file has no such stretch.
func stretchText(doc *layout.Document, s corpus.Stretch) (string, bool) {
	if doc == nil || s.First < 0 || s.Last >= len(doc.Blocks) || s.First > s.Last {
		return "", false
	}
	text := ""
	for b := s.First; b <= s.Last; b++ {
		t := doc.Blocks[b].Text
		start, end := 0, len(t)
		if b == s.First {
			start = s.Start
		}
		if b == s.Last {
			end = s.End
		}
		if start < 0 || end > len(t) || start > end {
			return "", false
		}
		if b > s.First {
			text += "\n"
		}
		text += t[start:end]
	}
	return text, true
}
