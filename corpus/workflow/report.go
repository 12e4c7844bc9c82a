package workflow

import (
	"context"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// Report says of a version's files which bytes are reviewed and which are not.
type Report struct {
	Document corpus.Document
	Version  corpus.Version
	Files    []FileReport // the source first, where both were received
}

// FileReport says what became of each byte of a file. Text, Protected and the
// parts add up to Size.
type FileReport struct {
	Side      corpus.Side
	Name      string
	Size      int
	Blocks    int
	Text      int           // bytes of segments
	Protected int           // bytes of tokens, which a wording keeps or drops as they are
	Parts     []layout.Part // of the rest; "markup" is what only holds the text together
	ReadOnly  []Unread      // blocks that cannot be edited
	Passages  []Unread      // what may hold wording and is not offered for review
}

// Unread is a stretch of a file that nobody reviews, or nobody can edit.
type Unread struct {
	Name  string // of its part; of a block, why it cannot be edited
	Line  int    // from 1
	Bytes int
	Text  string // the bytes, what is no UTF-8 replaced
}

// Report accounts for the bytes of a document's newest version, for anybody who
// may read it.
func (d *Desk) Report(ctx context.Context, user corpus.UserID, doc corpus.DocumentID) (Report, error) {
	var out Report
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		if out.Document, err = r.Document(doc); err != nil {
			return err
		}
		p, err := r.Project(out.Document.Project)
		if err != nil {
			return err
		}
		if _, err := allowed(r, p, user, corpus.Read); err != nil {
			return err
		}
		if out.Version, err = r.Version(out.Document.Current); err != nil {
			return err
		}
		for side, f := range []corpus.File{out.Version.Source, out.Version.Target} {
			if !f.Present() {
				continue
			}
			file, err := d.layoutOf(r, out.Document.Format, f, corpus.Side(side))
			if err != nil {
				return err
			}
			out.Files = append(out.Files, reportOf(file, f.Name, corpus.Side(side)))
		}
		return nil
	})
	return out, err
}

func reportOf(file *layout.Document, name string, side corpus.Side) FileReport {
	c := file.Coverage
	rep := FileReport{Side: side, Name: name, Size: len(file.Raw), Blocks: len(file.Blocks), Text: c.Text, Protected: c.Protected, Parts: c.Parts}
	lines := file.Lines()
	unread := func(name string, at layout.Span) Unread {
		return Unread{name, lines(at.Start), at.Len(), strings.ToValidUTF8(string(file.Raw[at.Start:at.End]), "\uFFFD")}
	}
	for i := range file.Blocks {
		if b := &file.Blocks[i]; b.ReadOnly != "" {
			rep.ReadOnly = append(rep.ReadOnly, unread(b.ReadOnly, b.Envelope(layout.Span{End: len(b.Text)})))
		}
	}
	for _, p := range file.Unreviewed() {
		rep.Passages = append(rep.Passages, unread(p.Name, p.Raw))
	}
	return rep
}

// Sum is what the bytes of a report add up to: the size of the file.
func (f FileReport) Sum() int {
	n := f.Text + f.Protected
	for _, p := range f.Parts {
		n += p.Bytes
	}
	return n
}
