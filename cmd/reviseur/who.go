package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func whoCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "who SENTENCE",
		Short: "Say who answers for a sentence",
		Long: `Who looks a sentence up in all wordings of a project's documents and prints a
card for each: the source, the machine's wording, who wrote this one, who
approved it and in which function, singly or in a batch, and in which releases it
went out. Quotes, case, punctuation and spaces are forgiven.`,
		Example: `  reviseur who "the figure fell to 9 billion yuan"`,
		Args:    exactly(1, "a sentence"),
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			answers, err := s.desk.Who(ctx, s.user.ID, p.ID, args[0])
			if err != nil {
				return err
			}
			if len(answers) == 0 {
				return corpus.Errorf(corpus.NotFound, "no wording of project %s holds this sentence", p.Name)
			}
			return s.desk.View(ctx, func(r corpus.Reader) error {
				for _, answer := range answers {
					if err := printCard(a.Out, r, answer); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	return cmd
}

// printCard prints who answers for one wording.
func printCard(w io.Writer, r corpus.Reader, a workflow.Answer) error {
	author := "the machine"
	if a.Version.Engine != "" {
		author += " (" + a.Version.Engine + ")"
	}
	if a.Revision.Author != "" {
		u, err := r.User(a.Revision.Author)
		if err != nil {
			return err
		}
		author = u.Display()
	}
	unit := fmt.Sprintf("unit %d", a.Number)
	if a.Number == 0 {
		unit = "a unit that was merged, split or linked anew since"
	}
	fmt.Fprintf(w, "%s, version %d, %s, wording %d: %s\n", a.Document.Name, a.Version.Number, unit, a.Revision.Number, standing(a))
	for _, line := range [][2]string{
		{"source", layout.Show(a.Record.Unit.Text.Source)},
		{"machine", layout.Show(a.Record.Machine().Text)},
		{"wording", shown(a.Revision.Text)},
		{"written by", author + ", " + a.Revision.Created.Format(time.RFC3339)},
		{"note", a.Revision.Note},
		{"on the instruction of", a.Revision.Instruction},
	} {
		if line[1] != "" {
			fmt.Fprintf(w, "    %-12s %s\n", line[0], line[1])
		}
	}
	if d := a.Approval; d != nil {
		fmt.Fprintf(w, "    %-12s %s\n", done(*d)+" by", signature(*d))
		if d.InPart() {
			fmt.Fprintf(w, "    %-12s %s\n", "namely", d.Reason)
		}
	} else {
		fmt.Fprintf(w, "    %-12s nobody answers for this wording\n", "approved by")
	}
	for _, s := range a.Releases {
		fmt.Fprintf(w, "    %-12s %s, %s, sha256:%.12s\n", "released", s.Name, s.Created.Format(time.RFC3339), s.Target)
	}
	return nil
}

func standing(a workflow.Answer) string {
	if a.Stands {
		return "stands, " + a.Record.State().String()
	}
	return "does not stand any more"
}

// signature is how a decision is signed.
func signature(d corpus.Decision) string {
	s := d.Name
	if d.Function != "" {
		s += ", " + d.Function
	}
	s += ", " + d.Created.Format(time.RFC3339)
	if d.Size > 1 {
		s += fmt.Sprintf(", in a batch of %d", d.Size)
	}
	if d.NoSource {
		s += ", without source"
	}
	if d.OnePerson {
		s += ", alone"
	}
	return s
}
