package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func flagCommand(a *app) *cobra.Command {
	var p workflow.Passage
	var category, severity, quote, source string
	cmd := &cobra.Command{
		Use:   "flag DOCUMENT UNIT --category C",
		Short: "Flag a passage as wrong",
		Long: `Flag marks a passage of a unit: words of its newest wording (--quote), of its
source (--source-quote), or of both. Without either the whole wording is meant,
or the whole source where nothing was translated.

Categories, each with its letter: ` + categoryHelp() + `.
` + unitHelp,
		Example: `  reviseur flag briefing.md 5 --category garbled --severity major --quote "grasping the early and small"`,
		Args:    exactly(2, "a document and a unit"),
	}
	project := projectFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&category, "category", "", "what is wrong, by its word or its letter")
	f.StringVar(&severity, "severity", "minor", "neutral, minor, major or critical")
	f.StringVar(&quote, "quote", "", "the words of the translation")
	f.StringVar(&source, "source-quote", "", "the words of the source")
	f.StringVar(&p.Note, "note", "", "what should be known about it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		var err error
		if p.Category, err = corpus.ParseCategory(category); err != nil {
			return err
		}
		if p.Severity, err = corpus.ParseSeverity(severity); err != nil {
			return err
		}
		p.Target.Quote, p.Source.Quote = quote, source
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], args[1:])
			if err != nil {
				return err
			}
			p.Unit = t.units[0].ID
			if quote == "" && source == "" {
				if err := s.whole(ctx, &p); err != nil {
					return err
				}
			}
			flag, err := s.desk.Flag(ctx, s.user.ID, p)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s\t%s\t%s\t%s\n", args[1], flag.Category, flag.Severity, flag.ID)
			return err
		})
	}
	return cmd
}

// whole makes the passage the unit's whole newest wording, or its whole source.
func (s *session) whole(ctx context.Context, p *workflow.Passage) error {
	return s.desk.View(ctx, func(r corpus.Reader) error {
		rec, err := r.Record(p.Unit)
		if err != nil {
			return err
		}
		if text := rec.Latest().Text; text != "" {
			p.Target = corpus.Mark{Span: corpus.Span{End: len(text)}, Quote: text}
		} else {
			p.Source = corpus.Mark{Span: corpus.Span{End: len(rec.Unit.Text.Source)}, Quote: rec.Unit.Text.Source}
		}
		return nil
	})
}

// categoryHelp lists the categories with their letters.
func categoryHelp() string {
	var b strings.Builder
	for i, c := range corpus.Categories() {
		switch {
		case i == 0:
		case i%4 == 0:
			b.WriteString(",\n")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s (%c)", c, c.Key())
	}
	return b.String()
}
