package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func approveCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "approve DOCUMENT UNIT…",
		Short: "Answer for proposed wordings",
		Long: `Approve answers for the wording that waits on each unit; nobody approves his own.
A person who may not approve countersigns, where the wording is a reviewer's.
Several units are approved together or not at all. Where several wordings wait on
a unit, --revision names one. Open flags stay open unless they are resolved with
--resolve all or with their ids.
` + unitHelp + rangeHelp,
		Example: `  reviseur approve briefing.md 4 --as reviewer --resolve all
  reviseur approve briefing.md 7 --revision 2`,
		Args: atLeast(2, "a document and units"),
	}
	resolve := cmd.Flags().StringSlice("resolve", nil, "flags that the wording settles: all, or ids")
	return deciding(a, cmd, func(ctx context.Context, s *session, choices []workflow.Choice) (workflow.Outcome, error) {
		for i := range choices {
			if err := s.resolving(ctx, &choices[i], *resolve); err != nil {
				return workflow.Outcome{}, err
			}
		}
		return s.desk.Approve(ctx, s.user.ID, choices...)
	})
}

// resolving adds the flags to a choice that its approval resolves.
func (s *session) resolving(ctx context.Context, c *workflow.Choice, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return s.desk.View(ctx, func(r corpus.Reader) error {
		rec, err := r.Record(c.Unit)
		if err != nil {
			return err
		}
		for _, f := range rec.OpenFlags() {
			for _, id := range ids {
				if id == "all" || id == string(f.ID) {
					c.Resolves = append(c.Resolves, f.ID)
				}
			}
		}
		return nil
	})
}

func acceptCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accept DOCUMENT UNIT…",
		Short: "Answer for wordings as they stand",
		Long: `Accept answers for the machine's wording as it stands; for a stale unit it says
that the wording approved before is still right.
` + unitHelp + rangeHelp,
		Example: `  reviseur accept briefing.md 1 2 3 --as reviewer`,
		Args:    atLeast(2, "a document and units"),
	}
	return deciding(a, cmd, func(ctx context.Context, s *session, choices []workflow.Choice) (workflow.Outcome, error) {
		return s.desk.Accept(ctx, s.user.ID, choices...)
	})
}

func returnCommand(a *app) *cobra.Command {
	return refusing(a, "return", "Ask for a change of proposed wordings", "严禁 is a prohibition, not advice", (*workflow.Desk).Return)
}

func declineCommand(a *app) *cobra.Command {
	return refusing(a, "decline", "Turn proposed wordings down", "the machine's wording is right", (*workflow.Desk).Decline)
}

// refusing returns a command that turns proposals back for a reason.
func refusing(a *app, verb, short, example string, act func(*workflow.Desk, context.Context, corpus.UserID, string, ...workflow.Choice) (workflow.Outcome, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use:     verb + " DOCUMENT UNIT… --reason R",
		Short:   short,
		Long:    short + ". A reason is needed; what stood before stands.\n" + unitHelp + rangeHelp,
		Example: fmt.Sprintf("  reviseur %s briefing.md 7 --reason %q --as reviewer", verb, example),
		Args:    atLeast(2, "a document and units"),
	}
	reason := cmd.Flags().String("reason", "", "why")
	return deciding(a, cmd, func(ctx context.Context, s *session, choices []workflow.Choice) (workflow.Outcome, error) {
		return act(s.desk, ctx, s.user.ID, *reason, choices...)
	})
}

// deciding completes a command that decides on units.
func deciding(a *app, cmd *cobra.Command, act func(context.Context, *session, []workflow.Choice) (workflow.Outcome, error)) *cobra.Command {
	project := projectFlag(cmd)
	revision := cmd.Flags().Int("revision", -1, "number of the wording that is meant, where several wait")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			names, err := ranges(args[1:])
			if err != nil {
				return err
			}
			t, err := s.target(ctx, *project, args[0], names)
			if err != nil {
				return err
			}
			var choices []workflow.Choice
			for _, u := range t.units {
				c := workflow.Choice{Unit: u.ID}
				if *revision >= 0 {
					if c.Revision, err = s.revisionNumbered(ctx, u.ID, *revision); err != nil {
						return err
					}
				}
				choices = append(choices, c)
			}
			out, err := act(ctx, s, choices)
			if err != nil {
				return err
			}
			for i, u := range t.units {
				fmt.Fprintf(a.Out, "%s\t%s\n", names[i], out.States[u.ID])
				if n := len(out.Open[u.ID]); n > 0 {
					fmt.Fprintf(a.Err, "%s: %s still open; approve --resolve settles them\n", names[i], many(n, "flag"))
				}
				if err := a.warnFindings(ctx, s, u.ID, names[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return cmd
}

// warnFindings says what the checks find in a wording that somebody now answers
// for.
func (a *app) warnFindings(ctx context.Context, s *session, unit corpus.UnitID, name string) error {
	return s.desk.View(ctx, func(r corpus.Reader) error {
		rec, err := r.Record(unit)
		if err != nil || rec.State() < corpus.StateApproved {
			return err
		}
		findings, err := r.Findings(rec.Current().ID)
		for _, f := range findings {
			if f.Severity >= corpus.Major {
				fmt.Fprintf(a.Err, "%s: %s: %s [%s]\n", name, f.Severity, check.Text(f, language.English), f.Check)
			}
		}
		return err
	})
}

func undoCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "undo DOCUMENT",
		Short:   "Take back one's own last act on a document",
		Long:    "Undo takes back the last act of the acting user on a document, while nobody\nacted on the same units since. What was done stays in the record.",
		Example: `  reviseur undo briefing.md --as translator`,
		Args:    exactly(1, "a document"),
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], nil)
			if err != nil {
				return err
			}
			last, err := s.desk.LastAct(ctx, s.user.ID, t.doc.ID)
			if err != nil {
				return err
			}
			if _, err := s.desk.Undo(ctx, s.user.ID, t.doc.ID); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "taken back: %s on %s\n", last.Verb, many(len(last.Units), "unit"))
			return err
		})
	}
	return cmd
}
