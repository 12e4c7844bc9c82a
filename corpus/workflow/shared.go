package workflow

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Some files hold a text and its translation in turns, line by line. Such a file
// is both sides of its version: it is read twice, each time with the lines of one
// language as text and everything else as what surrounds it, so that wordings go
// into the one file and leave the other language alone.

// shared returns a delivery of one file for both sides as a delivery with both,
// and any other as it is.
func (in Delivery) shared() (Delivery, error) {
	if !in.Shared {
		return in, nil
	}
	if in.Target == nil {
		in.Target, in.Source = in.Source, nil
	}
	if in.Target == nil || in.Source != nil && hashOf(in.Source) != hashOf(in.Target) {
		return in, corpus.Errorf(corpus.Invalid, "a file with both languages is one file, not two")
	}
	in.Source = in.Target
	return in, nil
}

// takeApart reads the two sides of one file.
func takeApart(p corpus.Project, name string, doc *layout.Document) (source, target *layout.Document, err error) {
	source, target, ok := layout.SplitInterleaved(doc, p.Source, p.Target)
	if !ok {
		return nil, nil, corpus.Errorf(corpus.Invalid, "%s:1: this file does not hold both languages in turns; take it as one side", name)
	}
	return source, target, nil
}

// HoldsBoth reports whether a file holds both languages of a project in turns. A
// file that cannot be read holds nothing.
func HoldsBoth(p corpus.Project, f Received) bool {
	format, err := exchange.ByName(f.Name)
	if err != nil {
		return false
	}
	doc, err := format.Read(f.Name, f.Data, exchange.Options{Lines: f.Lines, Encoding: f.Encoding})
	if err != nil {
		return false
	}
	_, _, ok := layout.SplitInterleaved(doc, p.Source, p.Target)
	return ok
}

// sharedTags is how a version remembers by which languages its file was taken
// apart: a project's may change, and the units stand on how it was read.
func sharedTags(p corpus.Project) string { return p.Source.String() + ":" + p.Target.String() }

// takenApart returns the two sides of a file that was received as both.
func takenApart(doc *layout.Document, f corpus.File) (source, target *layout.Document, err error) {
	from, to, _ := strings.Cut(f.Shared, ":")
	source, target, ok := layout.SplitInterleaved(doc, language.Make(from), language.Make(to))
	if !ok {
		return nil, nil, corpus.Errorf(corpus.Internal, "%s was taken apart by language when it came in, and cannot be now", f.Name)
	}
	return source, target, nil
}
