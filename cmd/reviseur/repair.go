package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// repairActs are what repair does to a unit's links, in the order of its help.
var repairActs = []struct{ name, does string }{
	{"source-up", "its first source sentence goes to the unit before"},
	{"source-down", "its last source sentence goes to the unit behind"},
	{"target-up", "its first sentence of the translation goes to the unit before"},
	{"target-down", "its last sentence of the translation goes to the unit behind"},
	{"unlink", "take the pair apart"},
	{"cross", "exchange translations with the unit behind"},
	{"realign", "pair the sentences around it anew, up to the nearest anchors"},
	{"pin", "it is right: make it an anchor, then realign"},
	{"confirm", "it is right"},
	{"flag", "flag it as left out or added"},
}

func repairCommand(a *app) *cobra.Command {
	var help strings.Builder
	for _, x := range repairActs {
		fmt.Fprintf(&help, "%s: %s;\n", x.name, x.does)
	}
	var with string
	cmd := &cobra.Command{
		Use:   "repair DOCUMENT UNIT ACT",
		Short: "Change which sentences belong together",
		Long: `Repair changes the links of a unit. ACT is one of
` + strings.TrimSuffix(help.String(), ";\n") + `.

Anchors are units that somebody confirmed or worked on. With --with the source of
UNIT and the translation of that other unit are pinned together. Nothing that
people wrote is lost, and undo takes the act back. The unit is printed as it
stands afterwards.
` + unitHelp,
		Example: `  reviseur repair briefing.md 12 target-down
  reviseur repair briefing.md 12 pin --with 15`,
		Args: exactly(3, "a document, a unit and an act"),
	}
	project := projectFlag(cmd)
	cmd.Flags().StringVar(&with, "with", "", "with pin: the unit that has its translation")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.ContainsFunc(repairActs, func(x struct{ name, does string }) bool { return x.name == args[2] }) {
			return usagef("no act %q; see reviseur repair --help", args[2])
		}
		if with != "" && args[2] != "pin" {
			return usagef("--with goes with pin")
		}
		return a.with(cmd.Context(), func(s *session) error {
			units := args[1:2]
			if with != "" {
				units = append(slices.Clone(units), with)
			}
			t, err := s.target(cmd.Context(), *project, args[0], units)
			if err != nil {
				return err
			}
			id, err := s.repair(cmd.Context(), t, args[2])
			if err != nil {
				return err
			}
			return s.printPair(cmd.Context(), a, id)
		})
	}
	return cmd
}

// repair does an act, and returns the unit that stands there afterwards.
func (s *session) repair(ctx context.Context, t target, act string) (corpus.UnitID, error) {
	unit, user := t.units[0].ID, s.user.ID
	var u corpus.Unit
	var out workflow.Realigned
	var err error
	switch act {
	case "unlink":
		var halves [2]corpus.Unit
		halves, err = s.desk.Unlink(ctx, user, unit)
		u = halves[0]
	case "cross":
		u, err = s.desk.Cross(ctx, user, unit)
	case "pin", "realign":
		other := t.units[len(t.units)-1].ID
		if other != unit {
			out, err = s.desk.Pin(ctx, user, unit, other)
		} else {
			out, err = s.desk.Realign(ctx, user, unit, act == "pin")
		}
		u.ID = out.At
	case "confirm":
		u.ID = unit
		_, err = s.desk.Confirm(ctx, user, unit)
	case "flag":
		u.ID = unit
		_, err = s.desk.FlagUnmatched(ctx, user, unit)
	default:
		side, way, _ := strings.Cut(act, "-")
		which := corpus.TargetSide
		if side == corpus.SourceSide.String() {
			which = corpus.SourceSide
		}
		u, err = s.desk.Shift(ctx, user, unit, which, way == "up")
	}
	return u.ID, err
}

// printPair prints a unit's number, what is said of its pairing, and its texts.
func (s *session) printPair(ctx context.Context, a *app, id corpus.UnitID) error {
	u, n, err := s.numbered(ctx, id)
	if err != nil {
		return err
	}
	flat := strings.NewReplacer("\n", " ", "\t", " ")
	_, err = fmt.Fprintf(a.Out, "%d\t%s\t%s\t%s\n", n, u.Bead.Status, flat.Replace(layout.Show(u.Text.Source)), flat.Replace(layout.Show(u.Text.Target)))
	return err
}

// numbered reads a unit and its number in reading order.
func (s *session) numbered(ctx context.Context, id corpus.UnitID) (u corpus.Unit, n int, err error) {
	err = s.desk.View(ctx, func(r corpus.Reader) error {
		if u, err = r.Unit(id); err != nil {
			return err
		}
		n, err = r.UnitNumber(id)
		return err
	})
	return u, n, err
}
