package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func exportCommand(a *app) *cobra.Command {
	var projectName, document, format, policy, out string
	var force bool
	cmd := &cobra.Command{
		Use:   "export --out DIR",
		Short: "Hand back the files with the approved wordings put in, or hand on the review",
		Long: `Export writes the translation of each document under its own name, byte for byte
as it came but for the wordings of the policy, and prints the proof: how many
bytes were changed outside of them, and against which received file.

approved takes what was approved; strict does the same only if nothing is open,
else it lists what blocks and exits 1; latest takes proposals that wait as well.
What is exported is a working copy; release makes it final. --out - writes one
document to standard output. A file that is there already is not overwritten
without --force.

With another --format the review itself is handed on: all units with their
wordings, who decided what, flags and comments, as far as the format carries
them. xliff-2.1 carries nearly all, xliff-1.2 opens in most translation tools,
tmx holds the approved pairs for a translation memory, and jsonl loses nothing:
import takes it back into another database. po is for translators who work with
Gettext, mqm holds the flags as Marot and the metrics task of WMT read them, and
csv and xlsx are tables for people without a tool, which import --review-table
merges back. docx-tracked is for documents that came as DOCX: the approved
wordings as tracked changes, open flags and notes as comments.

With --format markdown a plain text goes out as Markdown: headings that were
approved as such (see clean) are marked, what Markdown would misread is escaped,
and the words are read again and compared. A file that is Markdown goes out as it
is.`,
		Example: `  reviseur export --project harbour --out cleaned
  reviseur export --document briefing.md --policy strict --out -
  reviseur export --project harbour --format xliff-1.2 --out for-the-translators`,
		Args: exactly(0, "no arguments"),
	}
	f := cmd.Flags()
	f.StringVar(&projectName, "project", "", "project to export (default: the only one)")
	f.StringVar(&document, "document", "", "only this document")
	f.StringVar(&format, "format", "original", "format to write: original, markdown, "+strings.Join(reviewFormats(), ", "))
	f.StringVar(&policy, "policy", "approved", "approved, strict or latest")
	f.StringVar(&out, "out", "", "folder to write to, which is made; - for standard output")
	f.BoolVar(&force, "force", false, "overwrite files that are there")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		switch {
		case out == "":
			return usagef("export needs --out")
		case format != originalFormat && format != markdownFormat && !slices.Contains(reviewFormats(), format):
			return usagef("no format %q to export to; known are original, markdown, %s", format, strings.Join(reviewFormats(), ", "))
		case format != originalFormat && format != markdownFormat && cmd.Flags().Changed("policy"):
			return usagef("--policy goes with --format original and markdown; the others hold all wordings")
		}
		p, err := workflow.ParsePolicy(policy)
		if err != nil {
			return usageError{err}
		}
		return a.with(ctx, func(s *session) error {
			project, err := s.projectNamed(ctx, projectName)
			if err != nil {
				return err
			}
			docs, err := s.documents(ctx, project, document)
			if err != nil {
				return err
			}
			if out == "-" && len(docs) != 1 {
				return usagef("--out - takes one document; name it with --document")
			}
			if format != originalFormat && format != markdownFormat {
				return a.handOn(ctx, s, docs, format, out, force)
			}
			return a.export(ctx, s, docs, format, p, out, force)
		})
	}
	return cmd
}

// The formats that hand back the text; the others hand on the review.
const (
	originalFormat = "original"
	markdownFormat = "markdown"
)

// reviewFormats are the ids of the formats in which a review is handed on.
func reviewFormats() []string {
	var list []string
	for _, f := range workflow.ReviewFormats("") {
		list = append(list, f.ID)
	}
	return list
}

// handOn writes the reviews of the documents in a format of interchange. None
// is written if one cannot be.
func (a *app) handOn(ctx context.Context, s *session, docs []corpus.Document, id, out string, force bool) error {
	bar := a.progress(len(docs), "documents")
	defer bar.Finish()
	owner := map[string]string{}
	var ready []workflow.Handed
	for _, doc := range docs {
		h, err := s.desk.ExportAs(ctx, s.user.ID, doc.ID, id)
		if err != nil {
			return err
		}
		if other, taken := owner[h.Name]; taken {
			return corpus.Errorf(corpus.Invalid, "the files of %s and %s would both be called %s; export them one by one with --document", other, doc.Name, h.Name)
		}
		owner[h.Name] = doc.Name
		ready = append(ready, h)
		bar.Add(1)
	}
	for _, h := range ready {
		if out == "-" {
			if _, err := a.Out.Write(h.Data); err != nil {
				return err
			}
		} else if err := writeFile(out, h.Name, h.Data, force); err != nil {
			return err
		}
		fmt.Fprintf(a.Err, "%s: %s, %s without an answer\n", h.Name, id, many(h.Open, "unit"))
	}
	return nil
}

// documents returns the documents of a project, or the one named.
func (s *session) documents(ctx context.Context, p corpus.Project, name string) ([]corpus.Document, error) {
	if name != "" {
		doc, err := s.document(ctx, p.ID, name)
		return []corpus.Document{doc}, err
	}
	var docs []corpus.Document
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		docs, err = r.Documents(p.ID)
		return err
	})
	return docs, err
}

// export writes the documents. With the strict policy none is written if
// anything blocks in any of them.
func (a *app) export(ctx context.Context, s *session, docs []corpus.Document, format string, policy workflow.Policy, out string, force bool) error {
	if err := s.ownNames(ctx, docs); err != nil {
		return err
	}
	bar := a.progress(len(docs), "documents")
	defer bar.Finish()
	var ready []workflow.Exported
	blocked := false
	for _, doc := range docs {
		export := s.desk.Export
		if format == markdownFormat {
			export = s.desk.ExportMarkdown
		}
		e, err := export(ctx, s.user.ID, doc.ID, policy)
		if err != nil && corpus.KindOf(err) == corpus.Blocked && len(e.Open) > 0 {
			blocked = true
			a.printOpen(doc.Name, e.Open)
			continue
		}
		if err != nil {
			return err
		}
		if policy == workflow.Strict {
			ready = append(ready, e)
			continue
		}
		if err := a.write(e, out, force); err != nil {
			return err
		}
		bar.Add(1)
	}
	if blocked {
		return openError{}
	}
	for _, e := range ready {
		if err := a.write(e, out, force); err != nil {
			return err
		}
	}
	return nil
}

// ownNames refuses documents whose files would have one name: one would take the
// other's place.
func (s *session) ownNames(ctx context.Context, docs []corpus.Document) error {
	owner := map[string]string{}
	return s.desk.View(ctx, func(r corpus.Reader) error {
		for _, doc := range docs {
			v, err := r.Version(doc.Current)
			if err != nil {
				return err
			}
			if other, taken := owner[v.Target.Name]; taken {
				return corpus.Errorf(corpus.Invalid, "the files of %s and %s are both called %s; export them one by one with --document", other, doc.Name, v.Target.Name)
			}
			owner[v.Target.Name] = doc.Name
		}
		return nil
	})
}

// printOpen lists what holds a strict export or a release back.
func (a *app) printOpen(name string, open []workflow.Blocker) {
	for _, b := range open {
		fmt.Fprintf(a.Err, "%s %d: %s\n", name, b.Number, b)
	}
}

// write writes one exported file and says what was proved of it.
func (a *app) write(e workflow.Exported, out string, force bool) error {
	if out == "-" {
		if _, err := a.Out.Write(e.Data); err != nil {
			return err
		}
	} else if err := writeFile(out, e.Name, e.Data, force); err != nil {
		return err
	}
	open := ""
	if n := len(e.Open); n > 0 {
		open = "; draft, " + many(n, "thing") + " open"
	}
	if c := e.Markdown; c != nil {
		open += fmt.Sprintf("; as Markdown: %s, %s, %s escaped, %s", many(c.Paragraphs, "paragraph"), many(c.Headings, "heading"), many(c.Escaped, "paragraph"), many(c.Breaks, "line break"))
	}
	_, err := fmt.Fprintf(a.Err, "%s: %s%s\n", e.Name, e.Proof, open)
	return err
}

// writeFile puts data under a relative name in a folder: whole, or not at all.
// os.Root keeps any name inside the folder.
func writeFile(dir, name string, data []byte, force bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &corpus.Error{Kind: corpus.Invalid, Msg: "cannot make the folder " + dir, Err: err}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	if _, err := root.Stat(name); err == nil && !force {
		return corpus.Errorf(corpus.Invalid, "%s is there already; --force overwrites it", filepath.Join(dir, name))
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	part := name + "." + corpus.NewID[string]() + ".part"
	if err := root.WriteFile(part, data, 0o644); err != nil {
		return errors.Join(err, root.Remove(part))
	}
	return root.Rename(part, name)
}
