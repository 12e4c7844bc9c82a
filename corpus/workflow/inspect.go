package workflow

import (
	"context"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Oddity is what looks odd about a delivery before it is taken. None is a
// reason to refuse it: names and tables can mislead.
type Oddity string

// The oddities of a delivery.
const (
	LooksSwapped    Oddity = "swapped"         // each side reads as the other's language
	OtherSource     Oddity = "source-language" // the source reads as another language
	OtherTarget     Oddity = "target-language" // so does the translation
	SameAsSource    Oddity = "same-sides"      // both sides are the same bytes
	AlreadyReceived Oddity = "already-there"   // a document of the project has just these files
	HoldsPair       Oddity = "holds-both"      // one file holds the text beside its translation
	HoldsReview     Oddity = "holds-review"    // one file holds a document with all that was done to it
)

// Remark is an oddity with what it speaks of: a language for people to be told,
// or the name of a document.
type Remark struct {
	Oddity Oddity
	About  string
}

// Lines says what a line end means in plain text; those who hand files in need
// not know the formats.
type Lines = exchange.Lines

// The meanings of a line end.
const (
	LinesDecided = exchange.LinesDecided
	LinesHard    = exchange.LinesHard
	LinesSoft    = exchange.LinesSoft
)

// Encoding names the encoding of a text file.
type Encoding = charset.Encoding

// FoundEncoding is what the bytes of a file say about its encoding.
type FoundEncoding = charset.Found

// Encodings returns the encodings in which text files are read, in the order in
// which they are shown.
func Encodings() []Encoding { return charset.All() }

// EncodingOf is the encoding in which a received file is read.
func EncodingOf(f corpus.File) Encoding { return exchange.OptionsOf(f).Encoding }

// Inspection is what can be said of a delivery before it is taken.
type Inspection struct {
	Remarks []Remark
	// How the line ends of plain text are read; LinesDecided for any other format
	// and for a side that is not there.
	Source, Target exchange.Lines
	// In which encoding each side was found to be; the zero value for a side that
	// is not there and for formats that have one alone.
	SourceEncoding, TargetEncoding charset.Found
	Both                           bool // its only file holds both languages in turns, and could be both sides
}

// Inspect reads a delivery and says what looks odd about it; nothing is
// aligned, checked or stored. A file that cannot be read, two formats on the two
// sides, or another format than that of the document of which it would be a new
// version, are the same errors that Import gives.
func (d *Desk) Inspect(ctx context.Context, user corpus.UserID, project corpus.ProjectID, in Delivery) (Inspection, error) {
	p, err := d.projectFor(ctx, user, project, corpus.Import)
	if err != nil {
		return Inspection{}, err
	}
	read, err := readFiles(p, in)
	if err != nil {
		return Inspection{}, err
	}
	in = read.delivery
	out := Inspection{Source: linesRead(read.source), Target: linesRead(read.target)}
	if read.format.HasEncodings() {
		for _, side := range []struct {
			file *Received
			to   *charset.Found
		}{{in.Source, &out.SourceEncoding}, {in.Target, &out.TargetEncoding}} {
			if side.file != nil {
				*side.to = charset.Detect(side.file.Data)
			}
		}
	}
	switch {
	case in.Shared:
		out.Both = true
	case read.pair != nil:
		out.Remarks = append(out.Remarks, Remark{Oddity: HoldsPair})
	case read.review != nil:
		out.Remarks = append(out.Remarks, Remark{Oddity: HoldsReview})
	case in.Source == nil:
		_, _, out.Both = layout.SplitInterleaved(read.target, p.Source, p.Target)
	case in.Target == nil:
		_, _, out.Both = layout.SplitInterleaved(read.source, p.Source, p.Target)
	}
	switch {
	case in.Shared:
	case read.pair == nil && in.Source != nil && in.Target != nil && hashOf(in.Source) == hashOf(in.Target):
		out.Remarks = append(out.Remarks, Remark{Oddity: SameAsSource})
	default:
		out.Remarks = append(out.Remarks, read.languageRemarks(p)...)
	}
	err = d.store.View(ctx, func(r corpus.Reader) error {
		if in.VersionOf != "" {
			doc, err := r.Document(in.VersionOf)
			if err != nil {
				return err
			}
			if err := sameFormat(doc, read.format); err != nil {
				return err
			}
		}
		twin, err := twinOf(r, project, in)
		if twin != "" {
			out.Remarks = append(out.Remarks, Remark{AlreadyReceived, twin})
		}
		return err
	})
	return out, err
}

// linesRead is how the line ends of a plain text file were read.
func linesRead(doc *layout.Document) exchange.Lines {
	if doc == nil {
		return exchange.LinesDecided
	}
	return exchange.Lines(doc.Mode)
}

// twinOf returns the name of the document whose current version has the very
// files of the delivery, or nothing.
func twinOf(r corpus.Reader, project corpus.ProjectID, in Delivery) (string, error) {
	docs, err := r.Documents(project)
	if err != nil {
		return "", err
	}
	source, target := hashOf(in.Source), hashOf(in.Target)
	for _, doc := range docs {
		v, err := r.Version(doc.Current)
		if err != nil {
			return "", err
		}
		if v.Source.Hash == source && v.Target.Hash == target {
			return doc.Name, nil
		}
	}
	return "", nil
}

// sameFormat refuses a new version in another format than its document's.
func sameFormat(doc corpus.Document, f exchange.Format) error {
	if doc.Format != f.ID {
		return corpus.Errorf(corpus.Invalid, "document %s is in another format; a new version has the format of the one before", doc.Name)
	}
	return nil
}

// languageRemarks says where a side looks like another language than the
// project's, or where the file says so itself.
func (in *prepared) languageRemarks(p corpus.Project) []Remark {
	if in.pair == nil {
		return languageRemarks(p, in.source, in.target)
	}
	var list []Remark
	for _, side := range []struct {
		oddity Oddity
		said   string
		want   language.Tag
	}{{OtherSource, in.pair.SourceLang, p.Source}, {OtherTarget, in.pair.TargetLang, p.Target}} {
		if tag, err := language.Parse(side.said); err == nil && base(tag) != base(side.want) {
			list = append(list, Remark{side.oddity, base(tag)})
		}
	}
	return list
}

// languageRemarks says where a side looks like another language than the
// project's.
func languageRemarks(p corpus.Project, source, target *layout.Document) []Remark {
	s, t := languageOf(source), languageOf(target)
	ps, _ := p.Source.Base()
	pt, _ := p.Target.Base()
	switch {
	case s == pt && t == ps && ps != pt:
		return []Remark{{Oddity: LooksSwapped}}
	case s != noLanguage && s != ps && !sameScript(s, ps):
		return []Remark{{OtherSource, s.String()}}
	case t != noLanguage && t != pt && !sameScript(t, pt):
		return []Remark{{OtherTarget, t.String()}}
	}
	return nil
}
