package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func proposeCommand(a *app) *cobra.Command {
	var w workflow.Wording
	var text, category, severity, place string
	var base int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "propose DOCUMENT UNIT --text T",
		Short: "Put a wording up for approval",
		Long: `Propose saves a wording of a unit and puts it up for approval by another person.
Markup that is kept as it is stands as ⟨1⟩ … ⟨/1⟩ in the wording; a passage over
several paragraphs has one line for each. --text - reads the wording from
standard input. --no-change says that the wording was read and is right.

A wording that cannot be written into the file is saved all the same, with the
reason; it cannot be approved.
` + unitHelp,
		Example: `  reviseur propose briefing.md 4 --text "The figure fell to 9 billion yuan." --category number-unit --severity major
  reviseur propose briefing.md /hourglass --no-change`,
		Args: exactly(2, "a document and a unit"),
	}
	project := projectFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&text, "text", "", "the wording; - reads it from standard input")
	f.BoolVar(&w.NoChange, "no-change", false, "read, and right as it stands")
	f.BoolVar(&w.Delete, "delete", false, "the passage should go")
	f.StringVar(&w.Note, "note", "", "why, for the reviewer")
	f.StringVar(&w.Instruction, "instruction", "", "on whose instruction, or by which reference")
	f.StringVar(&category, "category", "", "what was wrong: the changed passage becomes a flag")
	f.StringVar(&severity, "severity", "minor", "severity of that flag")
	f.StringVar(&place, "place", "", "of a left-out sentence: before, after, paragraph, item")
	f.StringVar(&w.Key, "key", "", "a repeated call with this key adds nothing")
	f.IntVar(&base, "base", -1, "number of the wording this one is based on (default: the newest)")
	f.BoolVar(&asJSON, "json", false, "print the result as JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		given := f.Changed("text")
		if count(given, w.NoChange, w.Delete) != 1 {
			return usagef("propose takes one of --text, --no-change and --delete")
		}
		if text == "-" {
			data, err := io.ReadAll(a.In)
			if err != nil {
				return err
			}
			text = string(data)
		}
		var err error
		if category != "" {
			if w.Category, err = corpus.ParseCategory(category); err != nil {
				return err
			}
		}
		if w.Severity, err = corpus.ParseSeverity(severity); err != nil {
			return err
		}
		if w.Place, err = corpus.ParsePlace(place); err != nil {
			return err
		}
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], args[1:])
			if err != nil {
				return err
			}
			w.Unit, w.Text = t.units[0].ID, text
			if base >= 0 {
				if w.Base, err = s.revisionNumbered(ctx, w.Unit, base); err != nil {
					return err
				}
			}
			saved, err := s.desk.Propose(ctx, s.user.ID, w)
			if err != nil {
				return err
			}
			return a.printSaved(args[1], saved, asJSON)
		})
	}
	return cmd
}

func count(conditions ...bool) int {
	n := 0
	for _, c := range conditions {
		if c {
			n++
		}
	}
	return n
}

// saved is the result of propose --json.
type saved struct {
	Unit     corpus.UnitID     `json:"unit"`
	Revision int               `json:"revision"`
	NoChange bool              `json:"no_change,omitempty"`
	State    string            `json:"state"`
	Refused  string            `json:"refused,omitempty"` // why it cannot be written into the file
	Other    string            `json:"other,omitempty"`   // the wording that came in between
	Findings []string          `json:"findings,omitempty"`
	Flag     corpus.FlagID     `json:"flag,omitempty"`
	ID       corpus.RevisionID `json:"id"`
}

func (a *app) printSaved(unit string, s workflow.Saved, asJSON bool) error {
	out := saved{Unit: s.Proposal.Unit, Revision: s.Revision.Number, NoChange: s.Proposal.NoChange, State: s.State.String(), Refused: s.Revision.Verdict.Reason, Flag: s.Flag, ID: s.Revision.ID}
	if s.Other.ID != "" {
		out.Other = layout.Show(s.Other.Text)
	}
	for _, f := range s.Findings {
		out.Findings = append(out.Findings, f.Check)
	}
	if asJSON {
		return printJSON(a.Out, out)
	}
	what := fmt.Sprintf("wording %d proposed", out.Revision)
	if out.NoChange {
		what = "read, no change"
	}
	fmt.Fprintf(a.Out, "%s\t%s\t%s\n", unit, what, out.State)
	if out.Refused != "" {
		fmt.Fprintf(a.Err, "saved, but it cannot be approved: %s\n", out.Refused)
	}
	if s.Waiting > 1 {
		fmt.Fprintf(a.Err, "%s wait on this unit now; a reviewer will choose\n", many(s.Waiting, "wording"))
	}
	if out.Other != "" {
		fmt.Fprintf(a.Err, "somebody else's wording came in meanwhile; both stand: %s\n", out.Other)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(a.Err, "%s: %s [%s]\n", f.Severity, check.Text(f, language.English), f.Check)
	}
	return nil
}
