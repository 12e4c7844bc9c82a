package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/width"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// target is what the review verbs act on: units of one document.
type target struct {
	project corpus.Project
	doc     corpus.Document
	units   []corpus.Unit
	names   []string // of the units, as they were given
}

// unitHelp says how a unit is named; it stands in the help of every verb that
// takes one.
const unitHelp = `
UNIT is the number of the unit in reading order, its id, or /TEXT: words that
occur in the newest wording, or the source, of exactly one unit.`

// rangeHelp is for the verbs that take several units.
const rangeHelp = " 9-12 are four units."

// document finds a document of a project by name or id.
func (s *session) document(ctx context.Context, project corpus.ProjectID, name string) (corpus.Document, error) {
	var doc corpus.Document
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		if doc, err = r.Document(corpus.DocumentID(name)); err == nil && doc.Project == project {
			return nil
		}
		doc, err = r.DocumentByName(project, name)
		return err
	})
	return doc, err
}

// projectNamed finds the project of a verb: the one that --project names, or
// the only one there is.
func (s *session) projectNamed(ctx context.Context, name string) (corpus.Project, error) {
	if name != "" {
		return s.project(ctx, name)
	}
	var list []corpus.Project
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		list, err = r.Projects()
		return err
	})
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	switch {
	case err != nil:
		return corpus.Project{}, err
	case len(list) == 0:
		return corpus.Project{}, corpus.Errorf(corpus.NotFound, "there is no project yet; reviseur import makes one")
	case len(list) > 1:
		return corpus.Project{}, usagef("name a project with --project: %s", strings.Join(names, ", "))
	}
	return list[0], nil
}

// withProject runs f on an open session with the project of a verb.
func (a *app) withProject(ctx context.Context, name string, f func(*session, corpus.Project) error) error {
	return a.with(ctx, func(s *session) error {
		p, err := s.projectNamed(ctx, name)
		if err != nil {
			return err
		}
		return f(s, p)
	})
}

// target finds a document and units of its current version.
func (s *session) target(ctx context.Context, project, document string, units []string) (target, error) {
	t := target{names: units}
	var err error
	if t.project, err = s.projectNamed(ctx, project); err != nil {
		return t, err
	}
	if t.doc, err = s.document(ctx, t.project.ID, document); err != nil {
		return t, err
	}
	err = s.desk.View(ctx, func(r corpus.Reader) error {
		for _, name := range units {
			u, err := findUnit(r, t.doc, name)
			if err != nil {
				return err
			}
			t.units = append(t.units, u)
		}
		return nil
	})
	return t, err
}

// rangeLimit is how many units a range may name.
const rangeLimit = 1000

// ranges writes out what names several units by their numbers, as 9-12 does.
func ranges(names []string) ([]string, error) {
	var list []string
	for _, name := range names {
		from, to, ok := strings.Cut(strings.ReplaceAll(width.Fold.String(name), "–", "-"), "-")
		first, okFirst := workflow.ParseNumber(from)
		last, okLast := workflow.ParseNumber(to)
		switch {
		case !ok || !okFirst || !okLast:
			list = append(list, name)
			continue
		case last < first:
			return nil, usagef("%s: a range goes from the smaller number to the greater", name)
		case last-first >= rangeLimit:
			return nil, usagef("%s: a range names at most %d units", name, rangeLimit)
		}
		for n := first; n <= last; n++ {
			list = append(list, strconv.Itoa(n))
		}
	}
	return list, nil
}

func findUnit(r corpus.Reader, doc corpus.Document, name string) (corpus.Unit, error) {
	if quote, ok := strings.CutPrefix(name, "/"); ok {
		return unitWith(r, doc, quote)
	}
	if strings.Trim(width.Fold.String(name), "0123456789") == "" {
		return workflow.UnitNumbered(r, doc.Current, name)
	}
	u, err := r.Unit(corpus.UnitID(name))
	if corpus.KindOf(err) == corpus.NotFound {
		return u, corpus.Errorf(corpus.NotFound, "%s has no unit %q: a number, an id or /TEXT is needed", doc.Name, name)
	}
	if err == nil && u.Document != doc.ID {
		err = corpus.Errorf(corpus.NotFound, "unit %s is not of document %s", name, doc.Name)
	}
	return u, err
}

// unitWith finds the one unit that holds the words.
func unitWith(r corpus.Reader, doc corpus.Document, quote string) (corpus.Unit, error) {
	var found []corpus.Unit
	for rec, err := range r.Records(doc.Current) {
		if err != nil {
			return corpus.Unit{}, err
		}
		if strings.Contains(rec.Latest().Text, quote) || strings.Contains(rec.Unit.Text.Source, quote) {
			found = append(found, rec.Unit)
		}
	}
	if len(found) != 1 {
		return corpus.Unit{}, corpus.Errorf(corpus.Invalid, "%q occurs in %d units of %s; one is needed", quote, len(found), doc.Name)
	}
	return found[0], nil
}

// projectFlag adds --project to a verb that can guess it.
func projectFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("project", "", "project of the document (default: the only one)")
}

// atLeast is cobra.MinimumNArgs with a message that names the arguments.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return usagef("%s takes %s; see %s --help", cmd.Name(), what, cmd.CommandPath())
		}
		return nil
	}
}

// revisionNumbered finds a wording of a unit by its number; 0 is the machine's.
func (s *session) revisionNumbered(ctx context.Context, unit corpus.UnitID, number int) (corpus.RevisionID, error) {
	var rec corpus.Record
	err := s.desk.View(ctx, func(r corpus.Reader) (err error) {
		rec, err = r.Record(unit)
		return err
	})
	if err != nil {
		return "", err
	}
	for _, rev := range rec.Revisions {
		if rev.Number == number && !rev.Undone {
			return rev.ID, nil
		}
	}
	return "", corpus.Errorf(corpus.NotFound, "the unit has no wording number %d", number)
}
