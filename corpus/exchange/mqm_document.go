package exchange

import (
	"path"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// document makes the review out of the lines that were read.
func (t *mqmReader) document() (*Review, error) {
	r := t.review
	id := corpus.NewID[corpus.DocumentID]()
	base := path.Base(t.name)
	r.Project.Source, r.Project.Target = t.langs[0], t.langs[1]
	r.Document = corpus.Document{ID: id, Name: strings.TrimSuffix(base, path.Ext(base)), Format: textFormat.ID, Current: corpus.NewID[corpus.VersionID]()}
	r.Version = corpus.Version{ID: r.Document.Current, Document: id, Number: 1, Ready: true, Engine: strings.Join(t.systems, ", ")}
	for _, u := range t.rows {
		for _, e := range u.errors {
			if !e.at.IsZero() && (r.Document.Created.IsZero() || e.at.Before(r.Document.Created)) {
				r.Document.Created, r.Version.Created = e.at, e.at
			}
		}
	}
	source, target := make([]string, len(t.rows)), make([]string, len(t.rows))
	for i, u := range t.rows {
		source[i], target[i] = u.source, u.machine
	}
	sources := readLines(source)
	targets := readLines(target)
	r.Source, r.Target = sources.doc, targets.doc
	r.SourceData, r.TargetData = sources.doc.Raw, targets.doc.Raw
	r.Version.Source, r.Version.Target = sources.file(t.fileName("source")), targets.file(t.fileName("target"))
	for i, u := range t.rows {
		unit, err := t.unit(i, u, sources, targets)
		if err != nil {
			return nil, err
		}
		r.Units = append(r.Units, unit)
	}
	return r, nil
}

// lineFile is plain text of which each line is a text of its own.
type lineFile struct {
	doc    *layout.Document
	blocks [][]int // of each line
	lines  []string
}

func readLines(lines []string) *lineFile {
	raw := []byte(strings.Join(lines, "\n") + "\n")
	f := &lineFile{doc: textFormat.read(raw, Options{Lines: LinesHard}), blocks: make([][]int, len(lines)), lines: lines}
	at, line := 0, 0
	for i := range f.doc.Blocks {
		b := &f.doc.Blocks[i]
		start := b.Envelope(layout.Span{End: len(b.Text)}).Start
		for line < len(lines)-1 && at+len(lines[line]) < start {
			at += len(lines[line]) + 1
			line++
		}
		f.blocks[line] = append(f.blocks[line], i)
	}
	return f
}

func (f *lineFile) file(name string) corpus.File {
	return corpus.File{Name: name, Hash: corpus.BlobHash(f.doc.Raw), Size: int64(len(f.doc.Raw)), Hard: true}
}

// text returns the segments of a line and what they read, which leaves out
// markers and blanks around it.
func (f *lineFile) text(line int) ([]corpus.Segment, string) {
	segments, text := []corpus.Segment(nil), []string(nil)
	for _, i := range f.blocks[line] {
		b := &f.doc.Blocks[i]
		span := layout.Span{End: len(b.Text)}
		segments = append(segments, corpus.Segment{Block: i, Span: corpus.Span(span), Envelope: corpus.Span(b.Envelope(span)), Kind: b.Kind.String(), Level: b.Level})
		text = append(text, b.Text)
	}
	return segments, strings.Join(text, "\n")
}

// unit makes a unit with its wordings, flags and answers.
func (t *mqmReader) unit(i int, in *mqmUnit, sources, targets *lineFile) (ReviewUnit, error) {
	u := corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Version: t.review.Version.ID, Document: t.review.Document.ID, Position: int64(i+1) << 32, Bead: corpus.Bead{Status: corpus.BeadConfirmed}}
	u.Source, u.Text.Source = sources.text(i)
	u.Target, u.Text.Target = targets.text(i)
	b := &mqmUnitReader{mqmReader: t, in: in, machine: u.Text.Target}
	b.out.Unit = u
	b.wording(in.machine, "", mqmError{})
	for _, e := range in.errors {
		if err := b.line(e); err != nil {
			return b.out, err
		}
	}
	return b.out, nil
}

type mqmUnitReader struct {
	*mqmReader
	in      *mqmUnit
	out     ReviewUnit
	machine string
}

// wording returns the revision with a text of the table, added where it is new.
func (b *mqmUnitReader) wording(cell string, by corpus.UserID, e mqmError) corpus.Revision {
	text := cell
	if cell == b.in.machine {
		text = b.machine // as the file reads
	}
	for _, rev := range b.out.Revisions {
		if rev.Text == text {
			return rev
		}
	}
	rev := corpus.Revision{ID: corpus.NewID[corpus.RevisionID](), Unit: b.out.Unit.ID, Number: len(b.out.Revisions), Text: text, Origin: corpus.FromMachine, Created: b.when(e)}
	if rev.Number > 0 {
		rev.Origin, rev.Author, rev.Base = corpus.FromImport, by, b.out.Revisions[0].ID
		if by != "" {
			rev.Hands = []corpus.UserID{by}
		}
		b.out.Proposals = append(b.out.Proposals, corpus.Proposal{ID: corpus.NewID[corpus.ProposalID](), Unit: rev.Unit, Revision: rev.ID, By: by, Created: rev.Created})
	}
	b.out.Revisions = append(b.out.Revisions, rev)
	return rev
}

// line adds what one line says.
func (b *mqmUnitReader) line(e mqmError) error {
	rev := b.wording(e.target.text, e.rater, e)
	if e.none {
		if e.rater != "" && e.corrected == "" && rev.Number == 0 {
			b.out.Proposals = append(b.out.Proposals, corpus.Proposal{ID: corpus.NewID[corpus.ProposalID](), Unit: rev.Unit, Revision: rev.ID, By: e.rater, NoChange: true, Created: b.when(e)})
		}
	} else if err := b.flag(e, rev); err != nil {
		return err
	}
	if e.corrected != "" {
		b.wording(e.corrected, e.rater, e)
	}
	return nil
}

func (b *mqmUnitReader) flag(e mqmError, rev corpus.Revision) error {
	source := b.out.Unit.Text.Source
	f := corpus.Flag{
		ID: corpus.NewID[corpus.FlagID](), Unit: rev.Unit, Revision: rev.ID, By: e.rater, Category: e.category, Severity: e.severity, Note: e.note, Created: b.when(e),
		Source: shifted(e.source, source), Target: shifted(e.target, rev.Text),
	}
	// An error without a place is on the whole text: a flag marks something.
	if !f.Source.Present() && !f.Target.Present() {
		if rev.Text != "" && f.Category != corpus.Omission && f.Category != corpus.SourceIssue {
			f.Target = corpus.Mark{Span: corpus.Span{End: len(rev.Text)}, Quote: rev.Text}
		} else {
			f.Source = corpus.Mark{Span: corpus.Span{End: len(source)}, Quote: source}
		}
	}
	if err := f.Validate(corpus.Pair{Source: source, Target: rev.Text}); err != nil {
		return refuse(corpus.Invalid, b.name, e.line, "%s", corpus.Message(err))
	}
	b.out.Flags = append(b.out.Flags, f)
	return nil
}

// shifted moves a mark from the text of a cell to what its line reads, which may
// begin later and end sooner.
func shifted(t mqmText, text string) corpus.Mark {
	at := strings.Index(t.text, text)
	if !t.mark.Present() || at < 0 {
		return corpus.Mark{}
	}
	start, end := max(t.mark.Span.Start-at, 0), min(t.mark.Span.End-at, len(text))
	if start >= end {
		return corpus.Mark{}
	}
	return corpus.Mark{Span: corpus.Span{Start: start, End: end}, Quote: text[start:end]}
}

// when returns when a line was written; of one that does not say, when the
// document was.
func (b *mqmUnitReader) when(e mqmError) time.Time {
	if e.at.IsZero() {
		return b.review.Document.Created
	}
	return e.at
}
