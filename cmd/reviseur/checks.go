package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus/check"
)

func checksCommand(a *app) *cobra.Command {
	var asJSON, list bool
	var lang string
	cmd := &cobra.Command{
		Use:   "checks [ID]",
		Short: "List the checks, or print the manual page of one",
		Long: `Checks lists every check of the program: its id, the severity and category of its
findings, the languages it reads, and its title. With the id of a check it prints
that check's page: what it catches, what it leaves alone, a wrong and a right pair.
--lang zh prints titles and pages in Chinese; --json prints an object a check.`,
		Example: `  reviseur checks --list
  reviseur checks number.scale
  reviseur checks --lang zh number.scale`,
	}
	f := cmd.Flags()
	f.BoolVar(&list, "list", false, "list all checks (the default without an id)")
	f.BoolVar(&asJSON, "json", false, "print a JSON object a check")
	f.StringVar(&lang, "lang", "en", "language of titles and pages: en or zh")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		tag, err := messageLanguage(lang)
		if err != nil {
			return err
		}
		if len(args) > 1 || list && len(args) > 0 {
			return usagef("checks takes the id of one check, or --list; see %s --help", cmd.CommandPath())
		}
		chosen := check.All()
		if len(args) == 1 {
			c, ok := check.ByID(args[0])
			if !ok {
				return usagef("no check %q; reviseur checks --list lists them", args[0])
			}
			chosen = []*check.Check{c}
		}
		switch {
		case asJSON:
			for _, c := range chosen {
				if err := printJSON(a.Out, checkJSON(c, tag)); err != nil {
					return err
				}
			}
			return nil
		case len(args) == 1:
			return printManual(a.Out, chosen[0], tag)
		}
		return printCatalogue(a.Out, chosen, tag)
	}
	return cmd
}

// checkLine is a line of checks --json. No languages means any.
type checkLine struct {
	ID          string   `json:"id"`
	Severity    string   `json:"severity"`
	Category    string   `json:"category"`
	MQM         string   `json:"mqm"`
	Source      []string `json:"source"`
	Target      []string `json:"target"`
	NeedsSource bool     `json:"needs_source"`
	Title       string   `json:"title"`
}

func checkJSON(c *check.Check, ui language.Tag) checkLine {
	return checkLine{
		ID: c.ID, Severity: c.Severity.String(), Category: string(c.Category), MQM: c.Category.MQM(),
		Source: baseNames(c.Source), Target: baseNames(c.Target), NeedsSource: c.NeedsSource, Title: c.Doc.Title.In(ui),
	}
}

func baseNames(bases []language.Base) []string {
	names := make([]string, len(bases))
	for i, b := range bases {
		names[i] = b.String()
	}
	return names
}

func printCatalogue(w io.Writer, checks []*check.Check, ui language.Tag) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range checks {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.ID, c.Severity, c.Category, languagesOf(c), c.Doc.Title.In(ui))
	}
	return t.Flush()
}

// languagesOf says which languages a check reads: zh:en, or *:en for any source.
// A check that reads no source has its target's alone.
func languagesOf(c *check.Check) string {
	target := anyOf(c.Target)
	if !c.NeedsSource {
		return target
	}
	return anyOf(c.Source) + ":" + target
}

func anyOf(bases []language.Base) string {
	if len(bases) == 0 {
		return "*"
	}
	return strings.Join(baseNames(bases), ",")
}

// printManual writes the manual page of a check, with what it says of its own
// wrong example.
func printManual(w io.Writer, c *check.Check, ui language.Tag) error {
	h := map[bool]struct{ catches, ignores, wrong, right, says string }{
		false: {"Catches", "Leaves alone", "Wrong", "Right", "Says"},
		true:  {"发现", "忽略", "错误", "正确", "提示"},
	}[ui == language.Chinese]
	fmt.Fprintf(w, "%s – %s\n%s, %s (%s), %s\n\n", c.ID, c.Doc.Title.In(ui), c.Severity, c.Category, c.Category.MQM(), languagesOf(c))
	fmt.Fprintf(w, "%s:\n  %s\n\n%s:\n  %s\n", h.catches, c.Doc.Catches.In(ui), h.ignores, c.Doc.Ignores.In(ui))
	for _, e := range []struct {
		title string
		pair  check.Pair
	}{{h.wrong, c.Doc.Wrong}, {h.right, c.Doc.Right}} {
		fmt.Fprintf(w, "\n%s:\n", e.title)
		for _, text := range []string{e.pair.Source, e.pair.Target} {
			if text != "" {
				fmt.Fprintf(w, "  %s\n", text)
			}
		}
	}
	for i, f := range check.Run(c.Doc.Example(c.Doc.Wrong), []*check.Check{c}).Findings {
		if i == 0 {
			fmt.Fprintf(w, "\n%s:\n", h.says)
		}
		fmt.Fprintf(w, "  %s\n", check.Text(f, ui))
	}
	return nil
}
