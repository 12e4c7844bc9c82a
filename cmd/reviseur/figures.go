package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func figuresCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "figures DOCUMENT",
		Short: "List all figures of a document, both sides",
		Long: `Figures prints a line for each figure of a document's latest wordings: the unit, the
figure of the source, that of the translation, and how they stand: equal, rounded,
unit (another unit of measure), scaled (a power of ten off), changed, missing or
added. Behind it stand the value in words where the source's writing hides it, the
other units with the same figure (same: 4, 9), and figures that differ by two digits
exchanged (twin: 2,825 in 7). Of a text without its source all figures are added:
they are the ones to verify.`,
		Example: "  reviseur figures briefing.md --doubtful\n  reviseur figures briefing.md --csv > figures.csv",
		Args:    exactly(1, "a document"),
	}
	project := projectFlag(cmd)
	doubtful := cmd.Flags().Bool("doubtful", false, "only those that a person has to look at")
	asCSV := cmd.Flags().Bool("csv", false, "print a table for spreadsheets")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], nil)
			if err != nil {
				return err
			}
			l, err := s.desk.WholeLedger(ctx, s.user.ID, t.doc, *doubtful)
			if err != nil {
				return err
			}
			if *asCSV {
				rows := [][]string{{"unit", "kind", "source", "target", "value", "status", "means", "same", "twins"}}
				for _, r := range l.Rows {
					rows = append(rows, []string{strconv.Itoa(r.Number), r.Kind, r.Source, r.Target, r.Value, r.Relation, r.Means, twins(r.Same, false), twins(r.Twins, true)})
				}
				return exchange.WriteCSV(a.Out, rows)
			}
			w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
			for _, r := range l.Rows {
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", r.Number, orDash(r.Source), orDash(r.Target), r.Relation, remarks(r))
			}
			if err := w.Flush(); err != nil {
				return err
			}
			fmt.Fprintf(a.Err, "%s, %d to look at\n", many(l.Figures, "figure"), l.Doubtful)
			return nil
		})
	}
	return cmd
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// remarks is what stands behind a figure.
func remarks(r workflow.LedgerRow) string {
	var list []string
	if r.Means != "" {
		list = append(list, "= "+r.Means)
	}
	if len(r.Same) > 0 {
		list = append(list, "same: "+twins(r.Same, false))
	}
	if len(r.Twins) > 0 {
		list = append(list, "twin: "+twins(r.Twins, true))
	}
	return strings.Join(list, "; ")
}

func twins(list []workflow.Twin, text bool) string {
	var parts []string
	for _, x := range list {
		part := strconv.Itoa(x.Number)
		if text {
			part = x.Text + " in " + part
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}
