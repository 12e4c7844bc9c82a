package workflow

import (
	"context"
	"path"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// Conversion says what writing a plain text as Markdown took, beside the changes
// of layout that people approved.
type Conversion struct {
	Paragraphs int // blocks that became paragraphs or headings
	Headings   int
	Escaped    int // paragraphs with signs that Markdown would have misread
	Breaks     int // line ends that a reader shall see
}

// ExportMarkdown is Export with the file as Markdown, whatever it came as. A
// document that is Markdown goes out as by Export. A plain text has its headings
// marked where people approved them, and is else written as paragraphs; its words
// were read again and compared. The proof is of the plain text before that step,
// with the hash of the Markdown as result. Other formats are of kind Unsupported.
func (d *Desk) ExportMarkdown(ctx context.Context, user corpus.UserID, doc corpus.DocumentID, policy Policy) (Exported, error) {
	out, err := d.Export(ctx, user, doc, policy)
	if err != nil || out.Document.Format == "markdown" {
		return out, err
	}
	if out.Document.Format != "text" {
		return out, corpus.Errorf(corpus.Unsupported, "%s is neither plain text nor Markdown; only these are exported as Markdown", out.Document.Name)
	}
	file := out.cleaned.file
	if file == nil {
		file = out.cleaned.base.ReadAgain(out.Data)
	}
	written, err := exchange.ToMarkdown(file, out.cleaned.levels)
	if err != nil {
		return out, err
	}
	out.Data, out.Proof.Result = written.Raw, corpus.BlobHash(written.Raw)
	out.Name = strings.TrimSuffix(out.Name, path.Ext(out.Name)) + ".md"
	out.Markdown = &Conversion{Paragraphs: len(file.Blocks), Headings: len(out.cleaned.levels), Escaped: written.Escaped, Breaks: written.Breaks}
	return out, nil
}
