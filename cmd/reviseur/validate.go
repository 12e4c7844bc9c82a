package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

func validateCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "validate FILE…",
		Short: "Say whether files would be taken, and as what",
		Long: `Validate reads files as import would, by extension and content, and stores
nothing. A line is printed for each file that holds: its format, and what is in
it. One that breaks a rule is refused as FILE:LINE: rule, and the exit code is 3.`,
		Example: `  reviseur validate from-the-agency/*.xlf`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("validate needs a file")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			refused := 0
			for _, name := range args {
				what, err := a.validate(name)
				if err != nil {
					refused++
					fmt.Fprintln(a.Err, describe(err))
					continue
				}
				fmt.Fprintf(a.Out, "%s\t%s\n", name, what)
			}
			if refused > 0 {
				return corpus.Errorf(corpus.Invalid, "%s refused", many(refused, "file"))
			}
			return nil
		},
	}
}

// validate reads one file and says what it is.
func (a *app) validate(name string) (string, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > exchange.MaxSize {
		return "", corpus.Errorf(corpus.TooLarge, "%s:1: %d bytes; files of up to %d bytes are read", name, info.Size(), exchange.MaxSize)
	}
	raw, err := a.readFile(name)
	if err != nil {
		return "", err
	}
	f, err := exchange.Recognise(name, raw)
	if err != nil {
		return "", err
	}
	switch {
	case f.Bilingual():
		pair, err := f.ReadPair(name, raw)
		if err != nil {
			return "", err
		}
		return f.Title + "\t" + many(len(pair.Beads), "pair"), nil
	case f.Monolingual():
		doc, err := f.Read(name, raw, exchange.Options{})
		if err != nil {
			return "", err
		}
		return f.Title + "\t" + many(len(doc.Blocks), "block"), nil
	case f.Remembers():
		m, err := f.ReadMemory(name, raw)
		if err != nil {
			return "", err
		}
		return f.Title + "\t" + many(len(m.Units), "unit") + "\t" + strings.Join(m.Languages(), " "), nil
	case f.Tabulates():
		rows, err := f.ReadTable(name, raw)
		if err != nil {
			return "", err
		}
		return f.Title + "\t" + many(len(rows), "row"), nil
	case f.Defines():
		g, err := f.ReadGlossary(name, raw)
		if err != nil {
			return "", err
		}
		return f.Title + "\t" + many(len(g.Concepts), "concept"), nil
	}
	review, err := f.Restore(name, raw)
	if err != nil {
		return "", err
	}
	return f.Title + "\t" + many(len(review.Units), "unit"), nil
}
