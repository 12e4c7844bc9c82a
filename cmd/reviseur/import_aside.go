package main

import (
	"cmp"
	"fmt"

	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// aside takes a file that holds no document, and reports whether it was one: a
// translation memory or a glossary. It is read and checked whole; since there is
// no place yet to keep it, what it holds is said and nothing is stored.
func (imp *importer) aside(in workflow.Delivery) (bool, error) {
	file := cmp.Or(in.Target, in.Source)
	if file == nil || in.Target != nil && in.Source != nil {
		return false, nil
	}
	f, err := exchange.Recognise(file.Name, file.Data)
	if err != nil || !f.Remembers() && !f.Defines() {
		return false, nil // import refuses it with its reason
	}
	what, keeps := "", "translation memories"
	if f.Remembers() {
		m, err := f.ReadMemory(file.Name, file.Data)
		if err != nil {
			return true, err
		}
		what = many(len(m.Pairs(imp.project.Source, imp.project.Target)), "pair")
	} else {
		g, err := f.ReadGlossary(file.Name, file.Data)
		if err != nil {
			return true, err
		}
		terms, _ := g.Terms(imp.project.Source, imp.project.Target)
		what, keeps = many(len(terms), "term"), "glossaries"
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	fmt.Fprintf(imp.Err, "warning: %s: %s from %s to %s read; this program does not keep %s yet, so nothing was stored\n", file.Name, what, imp.project.Source, imp.project.Target, keeps)
	return true, nil
}
