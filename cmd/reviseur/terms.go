package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func termsCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "terms",
		Short: "Keep a project's glossary",
		Long: `The glossary says what the bureau calls things. A word is preferred, admitted,
deprecated or forbidden. Every unit of the project is checked against it; after a
change the units in which its words stand are checked again.

A table of terms is CSV in UTF-8 or XLSX. Its first row names the columns: source,
preferred, admitted, deprecated, forbidden, subject, definition, note. Several words
in a cell are divided by "|". A cell that a spreadsheet would take for a formula
goes out behind an apostrophe, and comes in without it. TBX-Basic is read and
written as well; the martif of 2008 is read.`,
		Example: `  reviseur terms add 社会治安 "public order" --forbidden "social security"
  reviseur terms import glossary.xlsx --project harbour`,
		Args: exactly(0, "one of list, add, remove, import, export"),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(termsListCommand(a), termsAddCommand(a), termsRemoveCommand(a), termsImportCommand(a), termsExportCommand(a))
	return cmd
}

// termLine is a line of terms list --json.
type termLine struct {
	ID         corpus.TermID        `json:"id"`
	Source     []corpus.Designation `json:"source"`
	Target     []corpus.Designation `json:"target"`
	Subject    string               `json:"subject,omitempty"`
	Definition string               `json:"definition,omitempty"`
	Note       string               `json:"note,omitempty"`
}

func termsListCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list [WORDS]", Short: "List the terms, or those with some words",
		Long:    "List prints a line for each term: its source words, then its renderings with their\nstatus where that is not preferred.",
		Example: "  reviseur terms list --project harbour\n  reviseur terms list order",
		Args:    cobra.MaximumNArgs(1),
	}
	project := projectFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "print a JSON object a term")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		phrase := strings.Join(args, " ")
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			for after := corpus.TermID(""); ; {
				var page []corpus.Term
				err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
					page, err = r.Terms(p.ID, phrase, after, 500)
					return err
				})
				if err != nil || len(page) == 0 {
					return err
				}
				after = page[len(page)-1].ID
				for _, t := range page {
					if *asJSON {
						err = printJSON(a.Out, termLine{t.ID, t.Source, t.Target, t.Subject, t.Definition, t.Note})
					} else {
						_, err = fmt.Fprintf(a.Out, "%s\t%s\n", wordList(t.Source), wordList(t.Target))
					}
					if err != nil {
						return err
					}
				}
			}
		})
	}
	return cmd
}

func wordList(list []corpus.Designation) string {
	var words []string
	for _, d := range list {
		word := d.Text
		if d.Status != corpus.TermPreferred {
			word += " (" + string(d.Status) + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words, " | ")
}

func termsAddCommand(a *app) *cobra.Command {
	var t corpus.Term
	var admitted, deprecated, forbidden, also []string
	cmd := &cobra.Command{
		Use: "add SOURCE [PREFERRED]", Short: "Add a term",
		Long:    "Add adds a term with its preferred rendering, and checks the units in which its\nwords stand.",
		Example: `  reviseur terms add 社会治安 "public order" --forbidden "social security"`,
		Args:    cobra.RangeArgs(1, 2),
	}
	project := projectFlag(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&also, "also", nil, "another source word")
	f.StringArrayVar(&admitted, "admitted", nil, "a rendering that is allowed as well")
	f.StringArrayVar(&deprecated, "deprecated", nil, "an outdated rendering")
	f.StringArrayVar(&forbidden, "forbidden", nil, "a rendering that is not to be used")
	f.StringVar(&t.Subject, "subject", "", "subject field")
	f.StringVar(&t.Definition, "definition", "", "definition")
	f.StringVar(&t.Note, "note", "", "note")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		add := func(list *[]corpus.Designation, words []string, status corpus.TermStatus) {
			for _, w := range words {
				*list = append(*list, corpus.Designation{Text: w, Status: status})
			}
		}
		add(&t.Source, args[:1], corpus.TermPreferred)
		add(&t.Source, also, corpus.TermAdmitted)
		add(&t.Target, args[1:], corpus.TermPreferred)
		add(&t.Target, admitted, corpus.TermAdmitted)
		add(&t.Target, deprecated, corpus.TermDeprecated)
		add(&t.Target, forbidden, corpus.TermForbidden)
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			c, err := s.desk.SaveTerm(ctx, s.user.ID, p.ID, t)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.Out, "%s\t%s\n", wordList(c.After.Source), wordList(c.After.Target))
			return a.recheckTerms(ctx, s, p, []workflow.TermChange{c})
		})
	}
	return cmd
}

func termsRemoveCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "remove SOURCE", Short: "Remove a term", Args: exactly(1, "the source word, or the id, of a term"),
		Long:    "Remove takes a term out of the glossary, by its first source word or its id, and\nchecks the units in which its words stand.",
		Example: "  reviseur terms remove 社会治安",
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			id, err := s.termNamed(ctx, p, args[0])
			if err != nil {
				return err
			}
			c, err := s.desk.RemoveTerm(ctx, s.user.ID, p.ID, id)
			if err != nil {
				return err
			}
			return a.recheckTerms(ctx, s, p, []workflow.TermChange{c})
		})
	}
	return cmd
}

// termNamed finds the term with an id, or the only one with a first source word.
func (s *session) termNamed(ctx context.Context, p corpus.Project, name string) (corpus.TermID, error) {
	terms, err := s.desk.Terms(ctx, s.user.ID, p.ID)
	if err != nil {
		return "", err
	}
	var found []corpus.TermID
	for _, t := range terms {
		if string(t.ID) == name {
			return t.ID, nil
		}
		if t.Source[0].Text == name {
			found = append(found, t.ID)
		}
	}
	switch len(found) {
	case 0:
		return "", corpus.Errorf(corpus.NotFound, "there is no term %s in %s", name, p.Name)
	case 1:
		return found[0], nil
	}
	return "", corpus.Errorf(corpus.Invalid, "%s is the source word of %d terms; name one by its id, see terms list --json", name, len(found))
}

func termsImportCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Take a table of terms into the glossary", Args: exactly(1, "a table of terms"),
		Long: `Import reads a table of terms and takes what is new or changed: a row stands for the
term with the same first source word and subject. What is not in the table stays.
A row that cannot be used is refused as FILE:LINE: reason, and then nothing is taken.
The units in which changed words stand are checked again.`,
		Example: "  reviseur terms import glossary.csv --dry-run\n  reviseur terms import glossary.xlsx",
	}
	project := projectFlag(cmd)
	dry := cmd.Flags().Bool("dry-run", false, "say what would happen, and take nothing")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			terms, err := a.readTerms(args[0], p.Source, p.Target)
			if err != nil {
				return err
			}
			fates, err := s.desk.PreviewTerms(ctx, s.user.ID, p.ID, terms)
			if err != nil {
				return err
			}
			counts := map[string]int{}
			for _, f := range fates {
				if counts[f.Fate]++; *dry && f.Fate != workflow.TermSame {
					fmt.Fprintf(a.Out, "%s\t%s\t%s\n", f.Fate, wordList(f.After.Source), wordList(f.After.Target))
				}
			}
			fmt.Fprintf(a.Err, "%d new, %d changed, %d the same\n", counts[workflow.TermNew], counts[workflow.TermChanged], counts[workflow.TermSame])
			if *dry {
				return nil
			}
			changes, err := s.desk.ImportTerms(ctx, s.user.ID, p.ID, terms, nil)
			if err != nil {
				return err
			}
			return a.recheckTerms(ctx, s, p, changes)
		})
	}
	return cmd
}

// readTerms reads a table of terms. Where a row is refused nothing is returned
// and all refusals are printed.
func (a *app) readTerms(name string, source, target language.Tag) ([]corpus.Term, error) {
	data, err := a.readFile(name)
	if err != nil {
		return nil, err
	}
	if name == "-" {
		name = "stdin.csv"
	}
	table, err := exchange.ReadTermFile(name, data, source, target)
	if err != nil {
		return nil, err
	}
	if len(table.Refused) > 0 {
		for _, r := range table.Refused {
			fmt.Fprintln(a.Err, r)
		}
		return nil, corpus.Errorf(corpus.Invalid, "%s refused; nothing was taken", many(len(table.Refused), "row"))
	}
	return table.Terms, nil
}

// recheckTerms checks the units in which changed terms stand.
func (a *app) recheckTerms(ctx context.Context, s *session, p corpus.Project, changes []workflow.TermChange) error {
	if len(changes) == 0 {
		return nil
	}
	var bar bar
	begun := false
	done, err := s.desk.Recheck(ctx, s.user.ID, p.ID, workflow.Recheck{Checks: []string{workflow.TermsCheck}, Terms: changes}, func(step workflow.Step) {
		if !begun {
			begun, bar = true, a.progress(step.Total, "units")
		}
		bar.Add(min(100, step.Total-step.Done))
	})
	bar.Finish()
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%d units looked at, %d with other findings than before\n", done.Units, done.Changed)
	return nil
}

func termsExportCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "export FILE", Short: "Write the glossary as a table", Args: exactly(1, "a file to write, or - for CSV on standard output"),
		Long:    "Export writes all terms as CSV, XLSX or TBX, by the name of the file. A file that is there\nis not overwritten.",
		Example: "  reviseur terms export glossary.xlsx\n  reviseur terms export - > glossary.csv",
	}
	project := projectFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			terms, err := s.desk.Terms(ctx, s.user.ID, p.ID)
			if err != nil {
				return err
			}
			write := exchange.WriteTermsCSV
			switch name := strings.ToLower(args[0]); {
			case strings.HasSuffix(name, ".xlsx"):
				write = exchange.WriteTermsXLSX
			case strings.HasSuffix(name, ".tbx"):
				write = func(w io.Writer, terms []corpus.Term) error { return exchange.WriteTBX(w, p.Source, p.Target, terms) }
			case name != "-" && !strings.HasSuffix(name, ".csv"):
				return usagef("terms go out as .csv, .xlsx or .tbx, not as %s", args[0])
			}
			if args[0] == "-" {
				return write(a.Out, terms)
			}
			var b bytes.Buffer
			if err := write(&b, terms); err != nil {
				return err
			}
			return writeNew(args[0], &b)
		})
	}
	return cmd
}

// writeNew writes a file that must not be there yet.
func writeNew(name string, data io.Reader) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return &corpus.Error{Kind: corpus.Invalid, Msg: name + ": cannot be made, or is there already", Err: err}
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	_, err = io.Copy(f, data)
	return err
}
