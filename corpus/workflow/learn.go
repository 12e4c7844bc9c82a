package workflow

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/align"
)

// What the aligner learns from at the most, so that the cost of a pairing does
// not grow with the work of years.
const (
	lessons      = 2_000 // approved units
	lessonLength = 1_500 // bytes of a text; longer ones say too little of their words
)

// learned trains the aligner on what people approved in the project: the
// document first itself, then the others by name, each in reading order, so that
// the same project gives the same result. It is nil where there is nothing to
// learn from, or where the project switched learning off.
func (d *Desk) learned(r corpus.Reader, p corpus.Project, first corpus.DocumentID) (*align.Lexicon, error) {
	if p.Settings.NoLearning {
		return nil, nil
	}
	docs, err := r.Documents(p.ID)
	if err != nil {
		return nil, err
	}
	var pairs []align.Pair
	for _, own := range []bool{true, false} {
		for _, doc := range docs {
			if (doc.ID == first) == own && len(pairs) < lessons {
				if pairs, err = lessonsOf(r, doc.Current, pairs); err != nil {
					return nil, err
				}
			}
		}
	}
	if len(pairs) == 0 {
		return nil, nil
	}
	return align.Learn(pairs, align.Default(p.Source, p.Target), p.Source, p.Target), nil
}

// lessonsOf adds the approved pairs of a version.
func lessonsOf(r corpus.Reader, version corpus.VersionID, pairs []align.Pair) ([]align.Pair, error) {
	units, err := r.Units(version, corpus.Filter{States: []corpus.State{corpus.StateApproved, corpus.StateFinal}}, 0, lessons-len(pairs))
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if u.Text.Source == "" || len(u.Text.Source) > lessonLength || len(u.Text.Target) > lessonLength {
			continue
		}
		rec, err := r.Record(u.ID)
		if err != nil {
			return nil, err
		}
		if text := rec.Current().Text; text != "" {
			pairs = append(pairs, align.Pair{Source: u.Text.Source, Target: text})
		}
	}
	return pairs, nil
}
