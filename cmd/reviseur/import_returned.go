package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// returnedJSON is the line of import --returned --json.
type returnedJSON struct {
	Document string            `json:"document"`
	ID       corpus.DocumentID `json:"id"`
	Same     int               `json:"same"`
	Proposed int               `json:"proposed"`
	Markup   int               `json:"markup,omitempty"` // changed in their markup: not taken
	Added    int               `json:"added,omitempty"`  // paragraphs that are new: not taken
	Gone     int               `json:"gone,omitempty"`   // paragraphs that are missing: what stands there stands
	Comments int               `json:"comments,omitempty"`
}

// returned takes a file that was exported and edited elsewhere, or with --preview
// says what it would change.
func (imp *importer) returned(ctx context.Context, in workflow.Delivery) error {
	if in.Target == nil {
		return usagef("--returned takes a translation")
	}
	take := imp.desk.TakeReturned
	if imp.o.preview {
		take = imp.desk.Returned
	}
	r, err := take(ctx, imp.user.ID, in.VersionOf, *in.Target)
	if err != nil {
		return err
	}
	out := returnedJSON{Document: in.Name, ID: in.VersionOf, Same: r.Same, Added: len(r.Added), Gone: len(r.Gone), Comments: len(r.Comments)}
	for _, c := range r.Changes {
		if c.Markup {
			out.Markup++
		} else {
			out.Proposed++
		}
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	if imp.o.json {
		return printJSON(imp.Out, out)
	}
	if !r.Recognised && !r.Perhaps {
		fmt.Fprintln(imp.Err, "warning: the file does not read as what was exported; look at its proposals with care")
	}
	fmt.Fprintf(imp.Out, "%s\t%d unchanged, %d proposed, %d with other markup, %d paragraphs new, %d missing\n", in.Name, out.Same, out.Proposed, out.Markup, out.Added, out.Gone)
	for _, c := range r.Changes {
		by := ""
		if len(c.By) > 0 {
			by = "\ton the instruction of " + strings.Join(c.By, ", ")
		}
		fmt.Fprintf(imp.Out, "%d\t%s\t%s%s\n", c.Number, layout.Show(c.Was), layout.Show(c.Text), by)
	}
	for _, c := range r.Comments {
		fmt.Fprintf(imp.Out, "%d\tcomment of %s: %s\n", c.Number, c.Author, strings.ReplaceAll(c.Text, "\n", " / "))
	}
	for _, c := range r.Changes {
		if c.Markup {
			fmt.Fprintf(imp.Err, "%s %d: its markup changed; write it by hand\n", in.Name, c.Number)
		}
	}
	for _, text := range r.Added {
		fmt.Fprintf(imp.Err, "%s: not taken: %s\n", in.Name, text)
	}
	for _, text := range r.Gone {
		fmt.Fprintf(imp.Err, "%s: missing, and stands: %s\n", in.Name, text)
	}
	return nil
}

// remind tells of a file that reads as one that was exported from here.
func (imp *importer) remind(ctx context.Context, in workflow.Delivery) error {
	same, err := imp.desk.SameSource(ctx, in)
	if err != nil || !same || in.Target == nil {
		return err
	}
	r, err := imp.desk.Returned(ctx, imp.user.ID, in.VersionOf, *in.Target)
	if err == nil && r.Recognised {
		fmt.Fprintln(imp.Err, "this reads as the file that was exported, edited elsewhere; --returned takes its changes as proposals")
	} else if err == nil && r.Perhaps {
		fmt.Fprintln(imp.Err, "this may be the file that was exported, edited elsewhere: nearly all of it reads as it stands, and nobody has changed a word yet; if so, --returned takes its changes as proposals")
	}
	return err
}
