package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func cleanCommand(a *app) *cobra.Command {
	var propose, approve, withdraw []string
	var unit, level int
	var list bool
	cmd := &cobra.Command{
		Use:   "clean DOCUMENT",
		Short: "List, propose and approve changes of a text's layout",
		Long: `Clean lists the changes of layout of a document, one a line: those that were
proposed, with their number, and those that the file seems to need. No change
touches a word. The kinds are ` + strings.Join(cleanKinds(), ", ") + `; quotes
makes the quotation marks of one kind, and as marks are wording, each unit gets
a proposal like any other.

--propose KIND puts up all suggestions of the kind, or all of all kinds; with
--unit N the one change of the paragraph in which unit N stands (split: of which
it shall begin a new one). --approve takes numbers of the list, or a kind, or all;
nobody approves his own. --withdraw takes one's own back.`,
		Example: `  reviseur clean briefing.txt
  reviseur clean briefing.txt --propose all --as translator
  reviseur clean briefing.txt --propose heading --unit 14 --level 3 --as translator
  reviseur clean briefing.txt --approve all --as reviewer`,
		Args: exactly(1, "a document"),
	}
	f := cmd.Flags()
	project := projectFlag(cmd)
	f.BoolVar(&list, "list", false, "list afterwards, too; without another flag clean lists anyway")
	f.StringSliceVar(&propose, "propose", nil, "kinds of suggestions to put up, or all")
	f.IntVar(&unit, "unit", 0, "with --propose: number of a unit, for a change that is not suggested")
	f.IntVar(&level, "level", 0, "with --propose heading: the level, 1 to 6 (default: as suggested, else 2)")
	f.StringSliceVar(&approve, "approve", nil, "changes to answer for: numbers of the list, kinds, or all")
	f.StringSliceVar(&withdraw, "withdraw", nil, "changes of one's own to take back: numbers of the list, kinds, or all")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		for _, k := range propose {
			if k != "all" && k != quotesKind && !slices.Contains(cleanKinds(), k) {
				return usagef("no kind of change %q; known are all, %s, %s", k, strings.Join(cleanKinds(), ", "), quotesKind)
			}
		}
		if unit != 0 && (len(propose) != 1 || propose[0] == "all" || propose[0] == quotesKind) {
			return usagef("--unit goes with --propose of one kind of change")
		}
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], nil)
			if err != nil {
				return err
			}
			c := cleaner{a, s, t.doc}
			switch {
			case len(propose) > 0:
				err = c.propose(ctx, propose, unit, level)
			case len(approve) > 0:
				err = c.decide(ctx, approve, "approved", s.desk.ApproveCleanings)
			case len(withdraw) > 0:
				err = c.decide(ctx, withdraw, "withdrawn", s.desk.WithdrawCleanings)
			default:
				list = true
			}
			if err != nil || !list {
				return err
			}
			return c.list(ctx)
		})
	}
	return cmd
}

// quotesKind names the one kind that makes proposals of wordings.
const quotesKind = "quotes"

func cleanKinds() []string {
	var list []string
	for _, k := range corpus.CleaningKinds() {
		list = append(list, string(k))
	}
	return list
}

// cleaner works on the layout of one document.
type cleaner struct {
	a   *app
	s   *session
	doc corpus.Document
}

func (c cleaner) propose(ctx context.Context, kinds []string, unit, level int) error {
	list, err := c.s.desk.Cleanings(ctx, c.s.user.ID, c.doc.ID)
	if err != nil {
		return err
	}
	var wishes []layout.Reshape
	if unit != 0 {
		if level == 0 {
			level = 2
		}
		w, err := c.s.desk.ReshapeOf(ctx, c.doc, unit, layout.ReshapeKind(kinds[0]), level)
		if err != nil {
			return err
		}
		wishes = append(wishes, w)
	} else {
		for _, row := range list.Suggested {
			if w := row.Change; named(kinds, string(w.Kind)) {
				if w.Kind == layout.MakeHeading && level != 0 {
					w.Level = level
				}
				wishes = append(wishes, w)
			}
		}
	}
	if len(wishes) > 0 {
		if _, err := c.s.desk.ProposeCleanings(ctx, c.s.user.ID, c.doc.ID, wishes...); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.a.Out, "%s of layout proposed\n", many(len(wishes), "change"))
	if unit != 0 || !named(kinds, quotesKind) {
		return nil
	}
	n, err := c.s.desk.ProposeQuotes(ctx, c.s.user.ID, c.doc.ID)
	if err == nil && n > 0 {
		fmt.Fprintf(c.a.Out, "%s with quotation marks of one kind proposed\n", many(n, "wording"))
	}
	return err
}

// named reports whether a kind is among those asked for.
func named(kinds []string, kind string) bool {
	return slices.Contains(kinds, kind) || slices.Contains(kinds, "all")
}

// decide acts on the changes that numbers and kinds name. Kinds mean what the
// person may decide on: what waits.
func (c cleaner) decide(ctx context.Context, words []string, done string, act func(context.Context, corpus.UserID, corpus.DocumentID, ...corpus.CleaningID) error) error {
	list, err := c.s.desk.Cleanings(ctx, c.s.user.ID, c.doc.ID)
	if err != nil {
		return err
	}
	var ids []corpus.CleaningID
	for i, row := range list.Proposed {
		waits := row.Cleaning.Status() == corpus.Pending
		if slices.Contains(words, strconv.Itoa(i+1)) || waits && named(words, string(row.Cleaning.Kind)) {
			ids = append(ids, row.Cleaning.ID)
		}
	}
	if err := act(ctx, c.s.user.ID, c.doc.ID, ids...); err != nil {
		return err
	}
	fmt.Fprintf(c.a.Out, "%s of layout %s\n", many(len(ids), "change"), done)
	return nil
}

// list prints a line for each change: its number or -, its status, kind, unit,
// line, and the beginning of the text.
func (c cleaner) list(ctx context.Context) error {
	list, err := c.s.desk.Cleanings(ctx, c.s.user.ID, c.doc.ID)
	if err != nil {
		return err
	}
	for i, row := range list.Proposed {
		c.print(strconv.Itoa(i+1), string(row.Cleaning.Status()), row)
	}
	for _, row := range list.Suggested {
		c.print("-", "suggested ("+row.Sign+")", row)
	}
	for _, q := range list.Quotes {
		fmt.Fprintf(c.a.Out, "-\tsuggested\t%s\tunit %d\t\t%s\n", quotesKind, q.Number, inlineDiff(q.Old, q.New))
	}
	return nil
}

func (c cleaner) print(number, status string, row workflow.CleaningRow) {
	kind := string(row.Change.Kind)
	if row.Change.Level > 0 {
		kind += " " + strconv.Itoa(row.Change.Level)
	}
	text := []rune(layout.Show(row.Text[row.Change.Offset:]))
	if len(text) > 60 {
		text = append(text[:60], '…')
	}
	fmt.Fprintf(c.a.Out, "%s\t%s\t%s\tunit %d\tline %d\t%s\n", number, status, kind, row.Number, row.Line, string(text))
}
