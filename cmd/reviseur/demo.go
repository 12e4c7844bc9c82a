package main

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sample"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/server"
)

// demoProject is the name of the project the demo makes.
const demoProject = "Qilan"

func demoCommand(a *app) *cobra.Command {
	var dir string
	var quiet bool
	var o serving
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Do the whole job once on sample documents, then serve it to browsers",
		Long: `Demo makes a database in a temporary folder and does what a bureau does: it takes
in sample texts with their machine translation, lets two translators and a
reviewer work on them, takes a second machine run, and exports the cleaned files
with the proof. Then it serves the work to browsers, with a link for each role,
until it is interrupted. The folder stays, to be looked at with the other verbs.`,
		Example: "  reviseur demo\n  reviseur demo --no-serve --dir /tmp/qilan",
		Args:    exactly(0, "no arguments"),
	}
	cmd.Flags().StringVar(&dir, "dir", "", "folder to use, which must be new or empty (default: a temporary one)")
	cmd.Flags().BoolVar(&quiet, "no-serve", false, "end when the work is done, and serve nothing")
	o.flags(cmd, "127.0.0.1:0")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if dir == "" {
			if dir, err = os.MkdirTemp("", "reviseur-demo-"); err != nil {
				return err
			}
		}
		if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
			return corpus.Errorf(corpus.Invalid, "%s is not empty; the demo wants a folder of its own", dir)
		}
		a.db, a.fresh = filepath.Join(dir, "reviseur.db"), true
		a.owner = corpus.User{Name: "admin", Full: "Gu Heng", Function: "information office"}
		return a.with(cmd.Context(), func(s *session) error {
			d := demo{app: a, session: s, dir: dir, people: map[string]corpus.User{}}
			if err := d.run(cmd.Context()); err != nil || quiet {
				return err
			}
			return o.serve(cmd.Context(), d.Err, s.store, s.desk, func(base *url.URL) error { return d.links(cmd.Context(), base) })
		})
	}
	return cmd
}

// demo is the demo under way.
type demo struct {
	*app
	*session
	dir     string
	project corpus.Project
	people  map[string]corpus.User
}

func (d *demo) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{d.setUp, d.agreeOnTerms, d.takeIn, d.review, d.secondRun, d.release, d.show, d.handBack} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// setUp opens the accounts and the project.
func (d *demo) setUp(ctx context.Context) error {
	var err error
	if d.project, err = d.desk.AddProject(ctx, d.user.ID, demoProject, language.Chinese, language.English, corpus.Settings{}); err != nil {
		return err
	}
	for _, p := range []struct {
		name, full, function string
		roles                corpus.Roles
	}{
		{"translator", "Lin Yi", "translator", corpus.Translator},
		{"translator2", "Mo Shan", "translator", corpus.Translator},
		{"reviewer", "He Ruo", "reviser", corpus.Reviewer},
		{"exporter", "Tan Wei", "publications", corpus.Exporter},
		{"manager", "Bai Qiu", "head of section", corpus.Manager},
		{"viewer", "Ye An", "legal office", corpus.Viewer},
	} {
		u, err := d.desk.AddUser(ctx, d.user.ID, corpus.User{Name: p.name, Full: p.full, Function: p.function})
		if err != nil {
			return err
		}
		if err := d.desk.SetRoles(ctx, d.user.ID, d.project.ID, u.ID, p.roles); err != nil {
			return err
		}
		d.people[p.name] = u
	}
	fmt.Fprintf(d.Out, "1. A project, %s, with two translators, a reviewer, an exporter, a manager and a viewer; the database is %s\n", demoProject, d.db)
	return nil
}

// agreeOnTerms fills the glossary before the texts come, so that the checks know
// it.
func (d *demo) agreeOnTerms(ctx context.Context) error {
	for _, t := range sample.Terms() {
		term := corpus.Term{Source: []corpus.Designation{{Text: t.Source, Status: corpus.TermPreferred}}, Target: []corpus.Designation{{Text: t.Target, Status: corpus.TermPreferred}}, Subject: t.Subject, Note: t.Note}
		for _, bad := range t.Forbidden {
			term.Target = append(term.Target, corpus.Designation{Text: bad, Status: corpus.TermForbidden})
		}
		if _, err := d.desk.SaveTerm(ctx, d.people["manager"].ID, d.project.ID, term); err != nil {
			return err
		}
	}
	_, err := d.desk.Recheck(ctx, d.people["manager"].ID, d.project.ID, workflow.Recheck{}, nil)
	return err
}

// deliveries lists the sample documents as they are handed in.
var deliveries = []struct{ name, source, target string }{
	{"briefing.en.md", "briefing.zh.md", "briefing.en.md"},
	{"regulation.en.md", "regulation.zh.md", "regulation.en.md"},
	{"whitepaper.en.md", "whitepaper.zh.md", "whitepaper.en.md"},
	{"notice.en.md", "notice.zh.md", "notice.en.md"},
	{"bulletin.en.txt", "", "bulletin.en.txt"},
}

// takeIn imports the samples.
func (d *demo) takeIn(ctx context.Context) error {
	fmt.Fprintln(d.Out, "\n2. The texts and their machine translation come in:")
	for _, x := range deliveries {
		if err := d.take(ctx, x.name, x.source, x.target, "engine A, run 1", ""); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) take(ctx context.Context, name, source, target, label string, versionOf corpus.DocumentID) error {
	in := workflow.Delivery{Name: name, Label: label, VersionOf: versionOf}
	for _, side := range []struct {
		name string
		to   **workflow.Received
	}{{source, &in.Source}, {target, &in.Target}} {
		if side.name == "" {
			continue
		}
		data, err := fs.ReadFile(sample.Files(), side.name)
		if err != nil {
			return err
		}
		*side.to = &workflow.Received{Name: side.name, Data: data}
	}
	out, err := d.desk.Import(ctx, d.people["manager"].ID, d.project.ID, in, nil)
	if err != nil {
		return err
	}
	for _, w := range out.Warnings {
		fmt.Fprintf(d.Err, "warning: %s\n", w)
	}
	note := ""
	if versionOf != "" {
		note = ": " + fates(out.Preview)
	}
	_, err = fmt.Fprintf(d.Out, "   %s: %d units, %d findings%s\n", out.Document.Name, out.Units, out.Findings, note)
	return err
}

// review lets the demo's people do what they did.
func (d *demo) review(ctx context.Context) error {
	done := map[string]int{}
	acts := sample.Acts()
	for _, act := range acts {
		if err := d.perform(ctx, act); err != nil {
			return fmt.Errorf("%s, %s, %q: %w", act.By, act.Verb, act.Find, err)
		}
		done[act.Verb]++
	}
	if err := d.flagOmission(ctx, "briefing.en.md", "巡河6.7万次"); err != nil {
		return err
	}
	_, err := fmt.Fprintf(d.Out, "\n3. People work: %d wordings proposed, %d passages flagged, %d approved, %d accepted as they stand, %d returned, %d declined\n",
		done["propose"], done["flag"]+1, done["approve"], done["accept"], done["return"], done["decline"])
	return err
}

func (d *demo) perform(ctx context.Context, act sample.Act) error {
	doc, err := d.document(ctx, d.project.ID, act.Document)
	if err != nil {
		return err
	}
	unit, err := d.unitOf(ctx, doc, act.Find)
	if err != nil {
		return err
	}
	user := d.people[act.By].ID
	severity := corpus.Minor
	if act.Severity != "" {
		if severity, err = corpus.ParseSeverity(act.Severity); err != nil {
			return err
		}
	}
	choice := workflow.Choice{Unit: unit}
	switch act.Verb {
	case "propose":
		w := workflow.Wording{Unit: unit, Text: act.Text, NoChange: act.Text == "", Note: act.Note, Category: corpus.Category(act.Category), Severity: severity}
		saved, err := d.desk.Propose(ctx, user, w)
		if err == nil && saved.Revision.Verdict.Bad {
			fmt.Fprintf(d.Err, "warning: %q cannot be written into the file: %s\n", act.Text, saved.Revision.Verdict.Reason)
		}
		return err
	case "flag":
		_, err = d.desk.Flag(ctx, user, workflow.Passage{Unit: unit, Target: corpus.Mark{Quote: act.Quote}, Category: corpus.Category(act.Category), Severity: severity, Note: act.Note})
	case "approve":
		if err = d.resolving(ctx, &choice, []string{"all"}); err == nil {
			_, err = d.desk.Approve(ctx, user, choice)
		}
	case "accept":
		_, err = d.desk.Accept(ctx, user, choice)
	case "return":
		_, err = d.desk.Return(ctx, user, act.Note, choice)
	case "decline":
		_, err = d.desk.Decline(ctx, user, act.Note, choice)
	}
	return err
}

// flagOmission flags a sentence of the source that the translation leaves out.
func (d *demo) flagOmission(ctx context.Context, document, source string) error {
	doc, err := d.document(ctx, d.project.ID, document)
	if err != nil {
		return err
	}
	var left corpus.UnitID
	err = d.desk.View(ctx, func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			if len(rec.Unit.Target) == 0 && strings.Contains(rec.Unit.Text.Source, source) {
				left = rec.Unit.ID
				return nil
			}
		}
		return corpus.Errorf(corpus.NotFound, "no left-out sentence holds %q", source)
	})
	if err != nil {
		return err
	}
	_, err = d.desk.FlagUnmatched(ctx, d.people["translator"].ID, left)
	return err
}

// release makes what is approved of the regulation final, and lets the rest pass
// with a reason: it goes out for comments.
func (d *demo) release(ctx context.Context) error {
	doc, err := d.document(ctx, d.project.ID, "regulation.en.md")
	if err != nil {
		return err
	}
	plan, err := d.desk.PreviewExport(ctx, d.people["exporter"].ID, doc.ID)
	if err != nil {
		return err
	}
	except := map[corpus.UnitID]string{}
	for _, o := range plan.Open {
		except[o.Unit] = "goes out for public comment; the review goes on"
	}
	_, err = d.desk.Release(ctx, d.people["exporter"].ID, doc.ID, "Draft for comment", except)
	return err
}

// unitOf finds the unit whose machine wording holds the words.
func (d *demo) unitOf(ctx context.Context, doc corpus.Document, words string) (corpus.UnitID, error) {
	var id corpus.UnitID
	err := d.desk.View(ctx, func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			if strings.Contains(rec.Unit.Text.Target, words) {
				id = rec.Unit.ID
				return nil
			}
		}
		return corpus.Errorf(corpus.NotFound, "no unit holds %q", words)
	})
	return id, err
}

// secondRun takes a second machine run, then a changed source.
func (d *demo) secondRun(ctx context.Context) error {
	doc, err := d.document(ctx, d.project.ID, "notice.en.md")
	if err != nil {
		return err
	}
	fmt.Fprintln(d.Out, "\n4. A second machine run of the notice comes in, then a changed source:")
	if err := d.take(ctx, doc.Name, "notice.zh.md", "notice.run2.en.md", "engine B", doc.ID); err != nil {
		return err
	}
	return d.take(ctx, doc.Name, "notice.v2.zh.md", "notice.v2.en.md", "engine A, new source", doc.ID)
}

// show prints how far everything is.
func (d *demo) show(ctx context.Context) error {
	list, err := d.desk.Status(ctx, d.user.ID, d.project.ID)
	if err != nil {
		return err
	}
	fmt.Fprintln(d.Out, "\n5. How far the documents are:")
	return printStatus(d.Out, list)
}

// demoLinkFor is how long the links of the demo are good.
const demoLinkFor = 24 * time.Hour

// links prints a way in for each of the demo's people. Each has a host name of
// its own, so that one browser can be several people at once: names that end in
// .localhost lead back to this machine (RFC 6761), and browsers keep their
// cookies apart.
func (d *demo) links(ctx context.Context, base *url.URL) error {
	fmt.Fprintf(d.Out, "\nNow as one of these people in the browser; stop with Ctrl+C:\n")
	for _, name := range append(slices.Sorted(maps.Keys(d.people)), "admin") {
		u := d.user
		if name != "admin" {
			u = d.people[name]
		}
		token, err := d.desk.SignInLink(ctx, u.ID, demoLinkFor)
		if err != nil {
			return err
		}
		link := base.JoinPath(server.LinkPath(token))
		link.Host = name + ".localhost:" + base.Port()
		if _, err := fmt.Fprintf(d.Out, "   %-12s %s\n", name, link); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(d.Out, "Where such a name is not found, put %s in its place; then one browser is one person at a time.\n", base.Host)
	return err
}

// handBack exports the cleaned files.
func (d *demo) handBack(ctx context.Context) error {
	out := filepath.Join(d.dir, "cleaned")
	fmt.Fprintln(d.Out, "\n6. The files go back with the approved wordings in, as working copies:")
	docs, err := d.documents(ctx, d.project, "")
	if err != nil {
		return err
	}
	for _, doc := range docs {
		e, err := d.desk.Export(ctx, d.people["exporter"].ID, doc.ID, workflow.ApprovedOnly)
		if err != nil {
			return err
		}
		if err := writeFile(out, e.Name, e.Data, false); err != nil {
			return err
		}
		fmt.Fprintf(d.Out, "   %s: %s\n", e.Name, e.Proof)
	}
	_, err = fmt.Fprintf(d.Out, `
The cleaned files are in %s. To go on:
   reviseur queue --db %s --as reviewer
   reviseur approve whitepaper.en.md UNIT --db %s --as reviewer
   reviseur export --db %s --document bulletin.en.txt --policy strict --out -
`, out, d.db, d.db, d.db)
	return err
}
