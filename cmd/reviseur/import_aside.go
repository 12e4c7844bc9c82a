package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// aside takes a file that holds no document, and reports whether it was one. The
// terms of a glossary go into the project's. A translation memory is read and
// checked whole; since there is no place yet to keep one, what it holds is said and
// nothing is stored.
func (imp *importer) aside(ctx context.Context, in workflow.Delivery) (bool, error) {
	file := cmp.Or(in.Target, in.Source)
	if file == nil || in.Target != nil && in.Source != nil {
		return false, nil
	}
	f, err := exchange.Recognise(file.Name, file.Data)
	if err != nil || !f.Remembers() && !f.Defines() {
		return false, nil // import refuses it with its reason
	}
	if f.Defines() {
		return true, imp.glossary(ctx, file)
	}
	m, err := f.ReadMemory(file.Name, file.Data)
	if err != nil {
		return true, err
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	fmt.Fprintf(imp.Err, "warning: %s: %s from %s to %s read; this program does not keep translation memories yet, so nothing was stored\n",
		file.Name, many(len(m.Pairs(imp.project.Source, imp.project.Target)), "pair"), imp.project.Source, imp.project.Target)
	return true, nil
}

// glossary takes the terms of a glossary and checks the units in which they stand.
// Concepts that lack one of the languages are warned of and left out.
func (imp *importer) glossary(ctx context.Context, file *workflow.Received) error {
	table, err := exchange.ReadTermFile(file.Name, file.Data, imp.project.Source, imp.project.Target)
	if err != nil {
		return err
	}
	changes, err := imp.desk.ImportTerms(ctx, imp.user.ID, imp.project.ID, table.Terms, nil)
	if err != nil {
		return err
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	for _, r := range table.Refused {
		fmt.Fprintf(imp.Err, "warning: %s\n", r)
	}
	fmt.Fprintf(imp.Out, "%s\t%s\t%d changed\n", file.Name, many(len(table.Terms), "term"), len(changes))
	return imp.recheckTerms(ctx, imp.session, imp.project, changes)
}
