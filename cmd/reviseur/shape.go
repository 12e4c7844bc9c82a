package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func mergeCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "merge DOCUMENT UNIT UNIT…",
		Short: "Join neighbouring units into one",
		Long: `Merge joins units that stand side by side into one, which takes their place.
Proposals and open flags come along. The numbers of the units behind it move up;
undo brings the old units back.
` + unitHelp + rangeHelp,
		Example: `  reviseur merge briefing.md 4 5 --as translator`,
		Args:    atLeast(2, "a document and units"),
	}
	return onUnits(a, cmd, func(ctx context.Context, s *session, t target) error {
		if len(t.units) < 2 {
			return usagef("merge takes two units or more")
		}
		ids := make([]corpus.UnitID, len(t.units))
		for i, u := range t.units {
			ids[i] = u.ID
		}
		u, err := s.desk.Merge(ctx, s.user.ID, ids...)
		if err != nil {
			return err
		}
		return a.printNumbers(s, u)
	})
}

func splitCommand(a *app) *cobra.Command {
	var words, source string
	cmd := &cobra.Command{
		Use:   "split DOCUMENT UNIT --before WORDS --source-before WORDS",
		Short: "Divide a unit in two",
		Long: `Split divides a unit where the words begin that --before names in the translation
as received, and --source-before in the source. A side without words goes to the
first half whole. What waits is superseded and stays in the record; undo brings
the old unit back.
` + unitHelp,
		Example: `  reviseur split briefing.md 4 --before "The second" --source-before 第二 --as translator`,
		Args:    exactly(2, "a document and a unit"),
	}
	cmd.Flags().StringVar(&words, "before", "", "words of the translation with which the second half begins")
	cmd.Flags().StringVar(&source, "source-before", "", "words of the source with which it begins")
	return onUnits(a, cmd, func(ctx context.Context, s *session, t target) error {
		text := t.units[0].Text
		if words == "" && source == "" {
			return usagef("say where to split with --before, --source-before or both")
		}
		from, err := placeOf(source, text.Source, "source")
		if err != nil {
			return err
		}
		to, err := placeOf(words, text.Target, "translation")
		if err != nil {
			return err
		}
		halves, err := s.desk.Split(ctx, s.user.ID, t.units[0].ID, from, to)
		if err != nil {
			return err
		}
		return a.printNumbers(s, halves[:]...)
	})
}

func labelCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "label DOCUMENT UNIT heading|body",
		Short: "Say that a paragraph is a heading, or is none",
		Long: `Label says what the paragraph is in which a unit begins, whatever its markup says.
The checks of headings then apply to it, or do not; the file stays as it is. It
outlives a new version, and undo takes it back. The unit is printed with its kind.
` + unitHelp,
		Example: `  reviseur label briefing.md 4 heading --as translator`,
		Args:    exactly(3, "a document, a unit, and heading or body"),
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if args[2] != "heading" && args[2] != "body" {
			return usagef("a paragraph is labelled heading or body, not %q", args[2])
		}
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], args[1:2])
			if err != nil {
				return err
			}
			if _, err := s.desk.Label(ctx, s.user.ID, t.units[0].ID, args[2] == "heading"); err != nil {
				return err
			}
			return s.printKind(ctx, a, t.units[0].ID)
		})
	}
	return cmd
}

// printKind prints a unit's number, the kind of the paragraph it begins in, and
// its translation, or its source where it has none.
func (s *session) printKind(ctx context.Context, a *app, id corpus.UnitID) error {
	u, n, err := s.numbered(ctx, id)
	if err != nil {
		return err
	}
	segments, text := u.Target, u.Text.Target
	if len(segments) == 0 {
		segments, text = u.Source, u.Text.Source
	}
	kind := ""
	if len(segments) > 0 {
		kind = segments[0].Kind
	}
	_, err = fmt.Fprintf(a.Out, "%d\t%s\t%s\n", n, kind, layout.Show(strings.ReplaceAll(text, "\n", " ")))
	return err
}

// placeOf returns the byte at which the words stand in a text, and its end where
// no words are given.
func placeOf(words, text, side string) (int, error) {
	if words == "" {
		return len(text), nil
	}
	if n := strings.Count(text, words); n != 1 {
		return 0, corpus.Errorf(corpus.Invalid, "%q occurs %d times in the %s; once is needed", words, n, side)
	}
	return strings.Index(text, words), nil
}

// printNumbers says where the units that an act made stand now.
func (a *app) printNumbers(s *session, units ...corpus.Unit) error {
	return s.store.View(context.Background(), func(r corpus.Reader) error {
		for _, u := range units {
			n, err := r.UnitNumber(u.ID)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.Out, "%d\t%s\n", n, u.ID)
		}
		return nil
	})
}

// onUnits completes a command whose arguments are a document and units of it.
func onUnits(a *app, cmd *cobra.Command, act func(context.Context, *session, target) error) *cobra.Command {
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			names, err := ranges(args[1:])
			if err != nil {
				return err
			}
			if err := cmd.Args(cmd, append(args[:1:1], names...)); err != nil {
				return err
			}
			t, err := s.target(ctx, *project, args[0], names)
			if err != nil {
				return err
			}
			return act(ctx, s, t)
		})
	}
	return cmd
}
