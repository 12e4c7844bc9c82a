package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/templates"
)

func releaseCommand(a *app) *cobra.Command {
	var projectName, document, name, out, record string
	var except []string
	var force bool
	cmd := &cobra.Command{
		Use:   "release --document N --name NAME",
		Short: "Make the approved wordings of a document final",
		Long: `Release makes the approved wordings of a document final, under a name, and keeps
the file. Whatever is open blocks it: it is listed, and the exit code is 1. A
unit is let pass by --except UNIT=REASON; the exception is kept and printed with
the release. Grave findings and minor flags that are open hold nothing back, but
are listed as let pass and kept with the release too. A second release lists what
changed since the one before.
--record writes the whole record, who answers for each sentence and for each
change of layout, as an HTML file to print.
` + unitHelp,
		Example: `  reviseur release --document briefing.md --name "12 June" --as exporter --out final
  reviseur release --document briefing.md --name "12 June" --except "14=the ministry answers on Monday"`,
		Args: exactly(0, "no arguments"),
	}
	f := cmd.Flags()
	f.StringVar(&projectName, "project", "", "project of the document (default: the only one)")
	f.StringVar(&document, "document", "", "the document")
	f.StringVar(&name, "name", "", "name of the release")
	f.StringArrayVar(&except, "except", nil, "UNIT=REASON of a unit that is let pass")
	f.StringVar(&out, "out", "", "folder to write the released file to as well; - for standard output")
	f.BoolVar(&force, "force", false, "overwrite the file if it is there")
	f.StringVar(&record, "record", "", "file to write the record of the release to, as HTML for print")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		if document == "" || name == "" {
			return usagef("release needs --document and --name")
		}
		return a.with(ctx, func(s *session) error {
			reasons := map[corpus.UnitID]string{}
			t, err := s.target(ctx, projectName, document, nil)
			if err != nil {
				return err
			}
			for _, x := range except {
				unit, reason, ok := strings.Cut(x, "=")
				if !ok || strings.TrimSpace(reason) == "" {
					return usagef("--except %q: UNIT=REASON is needed", x)
				}
				u, err := s.target(ctx, projectName, document, []string{unit})
				if err != nil {
					return err
				}
				reasons[u.units[0].ID] = reason
			}
			if err := s.freeToWrite(ctx, t.doc, out, force); err != nil {
				return err
			}
			if _, err := os.Stat(record); record != "" && err == nil && !force {
				return corpus.Errorf(corpus.Invalid, "%s is there already; --force overwrites it", record)
			}
			r, err := s.desk.Release(ctx, s.user.ID, t.doc.ID, name, reasons)
			if err != nil && corpus.KindOf(err) == corpus.Blocked {
				for _, b := range r.Open {
					if reasons[b.Unit] == "" {
						a.printOpen(document, []workflow.Blocker{b})
					}
				}
			}
			if err != nil {
				return err
			}
			if err := a.printRelease(r, out, force); err != nil || record == "" {
				return err
			}
			return s.writeRecord(ctx, r, record, force)
		})
	}
	return cmd
}

// writeRecord writes who answers for each sentence of a release.
func (s *session) writeRecord(ctx context.Context, r workflow.Released, file string, force bool) error {
	rec, err := s.desk.Record(ctx, s.user.ID, r.Document.ID, r.Snapshot.ID)
	if err != nil {
		return err
	}
	views, err := templates.Parse(templates.Files)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := views.WriteRecord(&buf, language.English, rec); err != nil {
		return err
	}
	return writeFile(filepath.Dir(file), filepath.Base(file), buf.Bytes(), force)
}

func (a *app) printRelease(r workflow.Released, out string, force bool) error {
	if out != "" {
		data := r.Exported
		data.Open = nil
		if err := a.write(data, out, force); err != nil {
			return err
		}
	}
	talk := a.Out
	if out == "-" {
		talk = a.Err
	}
	fmt.Fprintf(talk, "%s released as %q: %s\n", r.Document.Name, r.Snapshot.Name, r.Proof)
	for _, x := range r.Snapshot.Exceptions {
		if x.Reason == "" {
			b := workflow.Blocker{Why: workflow.Why(x.Why), What: x.What}
			fmt.Fprintf(a.Err, "let pass: unit %d: %s\n", x.Number, b)
			continue
		}
		fmt.Fprintf(talk, "exception: unit %d: %s: %s\n", x.Number, x.Why, x.Reason)
	}
	if len(r.Corrigendum) > 0 {
		fmt.Fprintf(talk, "corrigendum: %d wordings changed since the release before\n", len(r.Corrigendum))
	}
	for _, c := range r.Corrigendum {
		fmt.Fprintf(talk, "    %s\n", inlineDiff(c.Before.Target, c.After.Target))
	}
	return nil
}

// freeToWrite refuses a release whose file could not be written afterwards.
func (s *session) freeToWrite(ctx context.Context, doc corpus.Document, out string, force bool) error {
	if out == "" || out == "-" || force {
		return nil
	}
	return s.desk.View(ctx, func(r corpus.Reader) error {
		v, err := r.Version(doc.Current)
		if err != nil {
			return err
		}
		path := filepath.Join(out, filepath.FromSlash(v.Target.Name))
		if _, err := os.Stat(path); err == nil {
			return corpus.Errorf(corpus.Invalid, "%s is there already; --force overwrites it", path)
		}
		return nil
	})
}
