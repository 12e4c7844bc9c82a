package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// importOptions are the flags of import.
type importOptions struct {
	project, source, target, name, versionOf string
	engine, label, lines, encoding           string
	json, preview, whole, returned, report   bool
	reviewTable, document                    string
}

func importCommand(a *app) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import --project P FILE…",
		Short: "Take documents into a project, which is made if it is new",
		Long: `Import takes files and folders into a project. Pairs are matched by name:
name.zh.md beside name.en.md, zh/name.md beside en/name.md. A file alone is a
translation without its source. A line is printed for each document: name, units,
findings. A file that cannot be read is refused as FILE:LINE: reason; the others
are taken, and the exit code is 3.

A file alone that holds both languages in turns, line by line or paragraph by
paragraph, is taken as a pair, and a line says so: it is the source and the
translation at once, and an export is that one file. --whole takes it as one side.

Merges, splits and headings that people made are carried over to a new version;
what has no place in the new files is said as a warning.

XLIFF 1.2, 2.0 and 2.1 hold a text beside its translation: a document whose pairs
are those of the file, and whose export is that file with the approved wordings
put in. Reviseur JSON Lines hold a document with all that was done to it, which
an admin takes back with everybody's decisions.

A name that is taken gets a number; --version-of takes the files as a new version
of that document instead, and --preview shows what that would do. A side that is
not among the files stays the one that stands. With --returned the file is the
document as it was exported, edited elsewhere: its changed sentences become
proposals of yours. The very same files are not taken twice.

PO is a document whose strings are its pairs, and the TSV table of MQM ratings one
with the flags of its raters. The terms of TBX go into the project's glossary. TMX
is read and checked, and what it holds is said; there is no place yet to keep it.

--review-table merges a table that export wrote as csv or xlsx, and a reviewer
filled in, back into its document: what was typed becomes proposals and comments.
A row whose unit changed since is listed as a conflict and nothing of it is taken.

With --report a line accounts for all bytes of each file: text under review,
protected tokens, and the rest by sort. A line follows for each passage that may
hold wording and is not reviewed (front matter, HTML, code), as FILE:LINE.`,
		Example: `  reviseur import --project harbour briefing.zh.md briefing.en.md
  reviseur import --project harbour --source b.md --target b.mt.md --name briefing
  reviseur import --project harbour --version-of briefing.md --preview briefing.zh.md run2/briefing.en.md
  reviseur import --project harbour --review-table briefing.xlsx --document briefing.md --preview`,
	}
	languages := pairFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.project, "project", "", "project to import into")
	f.StringVar(&o.source, "source", "", "the source file of one document")
	f.StringVar(&o.target, "target", "", "the translation of one document")
	f.StringVar(&o.name, "name", "", "name of the document, with --source or --target")
	f.StringVar(&o.versionOf, "version-of", "", "take the files as a new version of this document")
	f.StringVar(&o.engine, "engine", "", "what translated")
	f.StringVar(&o.label, "label", "", "which run it was")
	f.StringVar(&o.lines, "lines", "", "plain text: soft or hard line ends (default: decided by the file)")
	f.BoolVar(&o.whole, "whole", false, "take a file that holds both languages as one side")
	f.StringVar(&o.encoding, "encoding", "", encodingHelp)
	f.BoolVar(&o.json, "json", false, "print a JSON object a document")
	f.BoolVar(&o.preview, "preview", false, "with --version-of or --review-table: say what would happen, and store nothing")
	f.StringVar(&o.reviewTable, "review-table", "", "merge this table that a reviewer filled in")
	f.StringVar(&o.document, "document", "", "the document that the review table belongs to")
	f.BoolVar(&o.report, "report", false, "say for each file which bytes are reviewed, and list the passages that are not")
	f.BoolVar(&o.returned, "returned", false, "with --version-of: the file was exported from here; its changes become proposals")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		source, target, err := languages()
		if err != nil {
			return err
		}
		if err := o.check(args); err != nil {
			return err
		}
		return a.with(cmd.Context(), func(s *session) error {
			if o.reviewTable != "" {
				return a.mergeTable(cmd.Context(), s, o)
			}
			p, err := s.projectOrNew(cmd.Context(), o.project, source, target)
			if err != nil {
				return err
			}
			imp := importer{app: a, session: s, project: p, o: o}
			return imp.run(cmd.Context(), args)
		})
	}
	return cmd
}

func (o importOptions) check(args []string) error {
	single := o.source != "" || o.target != ""
	switch {
	case (o.reviewTable == "") != (o.document == ""):
		return usagef("--review-table and --document go together")
	case o.reviewTable != "" && (len(args) > 0 || single || o.versionOf != "" || o.name != ""):
		return usagef("--review-table goes with --project, --document, --preview and --json alone")
	case o.reviewTable != "":
		return nil
	case o.project == "":
		return usagef("import needs --project")
	case len(args) == 0 && !single:
		return usagef("import needs a file, a folder, or --source and --target")
	case len(args) > 0 && single:
		return usagef("files are named either as arguments or by --source and --target")
	case o.name != "" && !single:
		return usagef("--name goes with --source or --target")
	case o.preview && o.versionOf == "":
		return usagef("--preview goes with --version-of or --review-table")
	case o.returned && o.versionOf == "":
		return usagef("--returned goes with --version-of")
	case o.lines != "" && o.lines != "soft" && o.lines != "hard":
		return usagef("--lines is soft or hard")
	}
	_, err := parseEncoding(o.encoding)
	return err
}

// projectOrNew returns the project of the name, made where there is none.
func (s *session) projectOrNew(ctx context.Context, name string, source, target language.Tag) (corpus.Project, error) {
	p, err := s.project(ctx, name)
	if err != nil && corpus.KindOf(err) == corpus.NotFound {
		return s.desk.AddProject(ctx, s.user.ID, name, source, target, corpus.Settings{})
	}
	return p, err
}

// importer runs one import command.
type importer struct {
	*app
	*session
	project corpus.Project
	o       importOptions
	files   map[string]string // name of a file in the project → path on disk

	mu      sync.Mutex // of the lines printed
	refused int
	fault   error // the last refusal that is no fault of the input
}

// importWorkers is how many documents are taken at once: their saves then share
// commits, and reading one overlaps storing another.
const importWorkers = 4

func (imp *importer) run(ctx context.Context, args []string) error {
	pairs, err := imp.pairs(args)
	if err != nil {
		return err
	}
	if imp.o.versionOf != "" && len(pairs) != 1 {
		return usagef("--version-of takes the files of one document; these are %d", len(pairs))
	}
	missed := imp.refused // files, before any document was
	bar := imp.progress(len(pairs), "documents")
	next := make(chan workflow.Pairing)
	var wg sync.WaitGroup
	for range min(importWorkers, len(pairs)) {
		wg.Go(func() {
			for p := range next {
				imp.one(ctx, p)
				bar.Add(1)
			}
		})
	}
	for _, p := range pairs {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	wg.Wait()
	bar.Finish()
	switch {
	case ctx.Err() != nil:
		return corpus.Errorf(corpus.Unavailable, "cancelled; the documents printed were taken whole, nothing is left of the others")
	case imp.fault != nil:
		return imp.fault
	case imp.refused > 0 && imp.refused-missed == len(pairs):
		return corpus.Errorf(corpus.Invalid, "%s refused; nothing was taken", many(imp.refused, "document"))
	case imp.refused > 0:
		return corpus.Errorf(corpus.Invalid, "%s refused; the others were taken", many(imp.refused, "document"))
	}
	return nil
}

// pairs finds the files and matches them by name.
func (imp *importer) pairs(args []string) ([]workflow.Pairing, error) {
	imp.files = map[string]string{}
	if len(args) == 0 {
		p := workflow.Pairing{Name: imp.o.name}
		for _, side := range []struct {
			path string
			name *string
		}{{imp.o.source, &p.Source}, {imp.o.target, &p.Target}} {
			if side.path == "" {
				continue
			}
			*side.name = filepath.Base(side.path)
			if *side.name == p.Source && side.name == &p.Target { // the two may have one name in two folders
				*side.name = filepath.ToSlash(filepath.Join(filepath.Base(filepath.Dir(side.path)), *side.name))
			}
			imp.files[*side.name] = side.path
			if p.Name == "" || imp.o.name == "" {
				p.Name = *side.name
			}
		}
		return []workflow.Pairing{p}, nil
	}
	for _, arg := range args {
		err := imp.find(arg, clashes(args, arg))
		var usage usageError
		if errors.As(err, &usage) {
			return nil, err
		}
		if err != nil { // the others are taken all the same
			imp.refused++
			fmt.Fprintln(imp.Err, describe(err))
		}
	}
	names := make([]string, 0, len(imp.files))
	for name := range imp.files {
		names = append(names, name)
	}
	sort.Strings(names)
	return workflow.Pair(names, imp.project.Source, imp.project.Target), nil
}

// clashes reports whether another argument has the same base name; then the
// files keep their folders, which may say their languages.
func clashes(args []string, arg string) bool {
	n := 0
	for _, other := range args {
		if filepath.Base(other) == filepath.Base(arg) {
			n++
		}
	}
	return n > 1
}

// find adds a file, or all files of a folder that a format claims.
func (imp *importer) find(arg string, clash bool) error {
	info, err := os.Stat(arg)
	if err != nil {
		why := "cannot be read"
		if errors.Is(err, fs.ErrNotExist) {
			why = "no such file"
		}
		return &corpus.Error{Kind: corpus.Invalid, Msg: arg + ":1: " + why, Err: err}
	}
	if !info.IsDir() {
		name := filepath.Base(arg)
		if clash && filepath.IsLocal(arg) {
			name = filepath.ToSlash(filepath.Clean(arg))
		}
		return imp.add(name, arg)
	}
	return filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := e.Name()
		if strings.HasPrefix(name, ".") && path != arg {
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if _, err := exchange.ByName(name); err != nil || !e.Type().IsRegular() {
			return nil
		}
		rel, err := filepath.Rel(arg, path)
		if err != nil {
			return err
		}
		return imp.add(filepath.ToSlash(rel), path)
	})
}

func (imp *importer) add(name, path string) error {
	if other, ok := imp.files[name]; ok && other != path {
		return usagef("%s and %s would both be called %s; import their folders one by one", other, path, name)
	}
	imp.files[name] = path
	return nil
}

// one takes one document, and prints its line.
func (imp *importer) one(ctx context.Context, p workflow.Pairing) {
	in, err := imp.delivery(ctx, p)
	noDocument := false
	if err == nil {
		noDocument, err = imp.aside(ctx, in)
	}
	if err == nil && noDocument {
		return
	} else if err == nil && imp.o.returned {
		err = imp.returned(ctx, in)
	} else if err == nil && imp.o.preview {
		err = imp.preview(ctx, in)
	} else if err == nil {
		err = imp.take(ctx, p, in)
	}
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	imp.refused++
	if exitCode(err) != exitInput {
		imp.fault = err
	}
	fmt.Fprintf(imp.Err, "%s\n", describe(err))
}

func (imp *importer) delivery(ctx context.Context, p workflow.Pairing) (workflow.Delivery, error) {
	in := workflow.Delivery{Name: p.Name, Engine: imp.o.engine, Label: imp.o.label}
	said, err := parseEncoding(imp.o.encoding)
	if err != nil {
		return in, err
	}
	for _, side := range []struct {
		name string
		to   **workflow.Received
	}{{p.Source, &in.Source}, {p.Target, &in.Target}} {
		if side.name == "" {
			continue
		}
		path := imp.files[side.name]
		if info, err := os.Stat(path); err == nil && info.Size() > exchange.MaxSize {
			return in, corpus.Errorf(corpus.TooLarge, "%s:1: %d bytes; files of up to %d bytes are read", path, info.Size(), exchange.MaxSize)
		}
		data, err := imp.readFile(path)
		if err != nil {
			return in, err
		}
		*side.to = &workflow.Received{Name: side.name, Data: data, Lines: exchange.Lines(imp.o.lines), Encoding: said}
	}
	in.Shared = !imp.o.whole && in.Source == nil && in.Target != nil && workflow.HoldsBoth(imp.project, *in.Target)
	if in.Shared {
		imp.mu.Lock()
		fmt.Fprintf(imp.Err, "note: %s: holds both languages in turns and is taken as a pair; --whole takes it as one side\n", in.Name)
		imp.mu.Unlock()
	}
	if imp.o.versionOf != "" {
		doc, err := imp.document(ctx, imp.project.ID, imp.o.versionOf)
		if err != nil {
			return in, err
		}
		in.VersionOf, in.Name = doc.ID, doc.Name
	}
	return in, nil
}

func (imp *importer) take(ctx context.Context, p workflow.Pairing, in workflow.Delivery) error {
	out, err := imp.desk.Import(ctx, imp.user.ID, imp.project.ID, in, nil)
	if err != nil {
		return err
	}
	if p.Warning != "" {
		out.Warnings = append([]string{p.Warning}, out.Warnings...)
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	for _, w := range out.Warnings {
		fmt.Fprintf(imp.Err, "warning: %s: %s\n", out.Document.Name, w)
	}
	if imp.o.json {
		return printJSON(imp.Out, importedJSON(out))
	}
	note := ""
	if out.Unchanged {
		note = "\talready there"
		if out.Version.ID != out.Document.Current {
			note = fmt.Sprintf("\tthese are the files of version %d; nothing was taken", out.Version.Number)
		}
	} else if len(out.Preview.Counts) > 0 {
		note = fmt.Sprintf("\tversion %d: %s", out.Version.Number, fates(out.Preview))
	}
	_, err = fmt.Fprintf(imp.Out, "%s\t%s\t%s%s\n", out.Document.Name, many(out.Units, "unit"), many(out.Findings, "finding"), note)
	if err != nil || !imp.o.report {
		return err
	}
	return imp.printReport(ctx, out.Document.ID)
}

// printReport accounts for the bytes of a document's files.
func (imp *importer) printReport(ctx context.Context, doc corpus.DocumentID) error {
	rep, err := imp.desk.Report(ctx, imp.user.ID, doc)
	if err != nil {
		return err
	}
	for _, f := range rep.Files {
		fmt.Fprintf(imp.Out, "%s\t%d bytes = %d text + %d protected", f.Name, f.Size, f.Text, f.Protected)
		for _, p := range f.Parts {
			fmt.Fprintf(imp.Out, " + %d %s", p.Bytes, p.Name)
		}
		fmt.Fprintln(imp.Out)
		for _, u := range f.Passages {
			fmt.Fprintf(imp.Out, "%s:%d: not reviewed: %s, %s\n", f.Name, u.Line, u.Name, many(u.Bytes, "byte"))
		}
		for _, u := range f.ReadOnly {
			fmt.Fprintf(imp.Out, "%s:%d: cannot be edited: %s\n", f.Name, u.Line, u.Name)
		}
	}
	return nil
}

// imported is a line of import --json.
type imported struct {
	Document  string                `json:"document"`
	ID        corpus.DocumentID     `json:"id"`
	Version   int                   `json:"version"`
	Units     int                   `json:"units"`
	Findings  int                   `json:"findings"`
	Unchanged bool                  `json:"unchanged,omitempty"`
	Warnings  []string              `json:"warnings,omitempty"`
	Fates     map[workflow.Fate]int `json:"fates,omitempty"`
	Shared    bool                  `json:"both_languages,omitempty"` // one file is both sides
	Lines     string                `json:"lines,omitempty"`          // of a plain text: what its line ends were taken for
	Kept      int                   `json:"overrides_kept,omitempty"`
	Lost      []string              `json:"overrides_lost,omitempty"`
}

func importedJSON(out workflow.Imported) imported {
	return imported{Document: out.Document.Name, ID: out.Document.ID, Version: out.Version.Number, Units: out.Units, Findings: out.Findings, Unchanged: out.Unchanged,
		Warnings: out.Warnings, Fates: out.Preview.Counts, Shared: out.Version.Target.Shared != "", Kept: out.Preview.Kept, Lost: out.Preview.Lost,
		Lines: string(cmp.Or(workflow.LinesOf(out.Document, out.Version.Target), workflow.LinesOf(out.Document, out.Version.Source)))}
}

func (imp *importer) preview(ctx context.Context, in workflow.Delivery) error {
	p, err := imp.desk.Preview(ctx, imp.user.ID, in, nil)
	if err != nil {
		return err
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	if imp.o.json {
		return printJSON(imp.Out, imported{Document: in.Name, ID: in.VersionOf, Fates: p.Counts, Shared: in.Shared, Kept: p.Kept, Lost: p.Lost})
	}
	fmt.Fprintf(imp.Out, "%s\t%s\n", in.Name, fates(p))
	if err := imp.remind(ctx, in); err != nil {
		return err
	}
	for _, lost := range p.Lost {
		fmt.Fprintf(imp.Err, "warning: %s: %s\n", in.Name, lost)
	}
	for _, c := range p.Items {
		if c.Fate == workflow.Conflicts || c.Fate == workflow.Removed {
			fmt.Fprintf(imp.Out, "%s\t%s\t%s\n", c.Fate, layout.Show(c.Text.Source), layout.Show(c.Text.Target))
		}
	}
	return nil
}

// fates says in words what a new version does to the work on the one before.
func fates(p workflow.Preview) string {
	var parts []string
	for _, f := range []struct {
		fate  workflow.Fate
		words string
	}{
		{workflow.Kept, "unchanged"}, {workflow.Untouched, "untouched, take the new run"}, {workflow.Offered, "keep their wording, the new run beside it"},
		{workflow.Conflicts, "conflict: their source changed"}, {workflow.Removed, "with work on them are gone"}, {workflow.Dropped, "others are gone"}, {workflow.Added, "are new"},
	} {
		if n := p.Counts[f.fate]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, f.words))
		}
	}
	if p.Kept > 0 {
		parts = append(parts, many(p.Kept, "merge, split or heading")+" of people carried over")
	}
	if len(p.Lost) > 0 {
		parts = append(parts, fmt.Sprintf("%d not carried over", len(p.Lost)))
	}
	return strings.Join(parts, ", ")
}
