package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus/workflow"
)

func withdrawCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "withdraw DOCUMENT UNIT…",
		Short:   "Take one's own proposals back",
		Long:    "Withdraw takes back what the acting user proposed and nobody decided on yet. The\nwordings stay in the record.\n" + unitHelp,
		Example: `  reviseur withdraw briefing.md 7 --as translator`,
		Args:    atLeast(2, "a document and units"),
	}
	return deciding(a, cmd, func(ctx context.Context, s *session, choices []workflow.Choice) (workflow.Outcome, error) {
		return s.desk.Withdraw(ctx, s.user.ID, choices...)
	})
}

func reopenCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "reopen DOCUMENT UNIT…",
		Short:   "Take approvals back",
		Long:    "Reopen takes the approval of units back. A released unit is released\nagain after it is approved again, with a corrigendum.\n" + unitHelp,
		Example: `  reviseur reopen briefing.md 4 --reason "the ministry corrected the figure" --as reviewer`,
		Args:    atLeast(2, "a document and units"),
	}
	reason := cmd.Flags().String("reason", "", "why")
	return onUnits(a, cmd, func(ctx context.Context, s *session, t target) error {
		var choices []workflow.Choice
		for _, u := range t.units {
			choices = append(choices, workflow.Choice{Unit: u.ID})
		}
		out, err := s.desk.Reopen(ctx, s.user.ID, *reason, choices...)
		if err != nil {
			return err
		}
		for i, u := range t.units {
			fmt.Fprintf(a.Out, "%s\t%s\n", t.names[i], out.States[u.ID])
		}
		return nil
	})
}

func restoreWordingCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore-wording DOCUMENT UNIT --revision N",
		Short: "Propose a wording that the unit once had",
		Long: `Restore-wording proposes an earlier wording of a unit as it was. Where it was
approved beside the source as it stands and the acting user may approve it, its
approval comes back with it. Show lists the wordings with their numbers; the
command restore is about whole databases.
` + unitHelp,
		Example: `  reviseur restore-wording briefing.md 7 --revision 2 --as reviewer`,
		Args:    exactly(2, "a document and a unit"),
	}
	number := cmd.Flags().Int("revision", -1, "number of the wording; 0 is the machine's")
	return onUnits(a, cmd, func(ctx context.Context, s *session, t target) error {
		if *number < 0 {
			return usagef("name the wording with --revision")
		}
		rev, err := s.revisionNumbered(ctx, t.units[0].ID, *number)
		if err != nil {
			return err
		}
		out, err := s.desk.Restore(ctx, s.user.ID, t.units[0].ID, rev)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.Out, "wording %d\t%s\n", out.Revision.Number, out.State)
		return err
	})
}

func commentCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "comment DOCUMENT UNIT --text T",
		Short:   "Add to the thread of a unit",
		Long:    "Comment adds a line or more to what people say about a unit. It changes neither\nwording nor state.\n" + unitHelp,
		Example: `  reviseur comment briefing.md 7 --text "Ask the ministry." --as translator`,
		Args:    exactly(2, "a document and a unit"),
	}
	text := cmd.Flags().String("text", "", "what to say")
	return onUnits(a, cmd, func(ctx context.Context, s *session, t target) error {
		c, err := s.desk.Comment(ctx, s.user.ID, t.units[0].ID, *text, "")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.Out, "%s\n", c.ID)
		return err
	})
}
