package server

import (
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func (s *Server) exportRoutes() []route {
	const doc = "/documents/:document"
	return []route{
		get(doc+"/export", inDocument, corpus.Read, (*visit).showExport),                  // what blocks, the diff, the proof
		get(doc+"/export/file", inDocument, corpus.Export, (*visit).sendWorkingCopy),      // ?policy=
		get(doc+"/export/review", inDocument, corpus.Export, (*visit).sendReview),         // ?format=
		post(doc+"/releases", inDocument, corpus.Release, (*visit).release),               // make the approved wordings final
		get(doc+"/releases/:release", inDocument, corpus.Read, (*visit).showRelease),      // its printable record
		get(doc+"/releases/:release/file", inDocument, corpus.Read, (*visit).sendRelease), // the bytes that were released
		post(doc+"/snapshots", inDocument, corpus.Snap, (*visit).nameState),               // give the present state a name
	}
}

// exportPage says what an export of the document would change and what is open,
// and hands the file out.
type exportPage struct {
	basePage
	Document   corpus.Document
	Version    corpus.Version
	Status     string // why there is nothing to export; "" where there is
	Open       []openUnit
	OpenKinds  []openKind
	Unlisted   int        // open units beyond those listed
	Passed     []openUnit // with something open that holds nothing back
	PassKinds  []openKind
	PassRest   int
	Proof      workflow.Proof
	Hunks      []hunk
	HunksMore  int
	Releases   []releaseRow
	States     []corpus.Snapshot // that were named
	MayExport  bool
	MayPropose bool
	Formats    []workflow.ReviewFormat
	MayRelease bool
	Draft      string // name of a working copy
	AsMarkdown bool   // the file is plain text and can go out as Markdown
	Layout     []workflow.LayoutChange
	Form       releaseForm
	Named      string // the state that was named just now
}

func (*exportPage) template() string { return "export.html" }

// openUnit is a unit that holds a release back.
type openUnit struct {
	ID             corpus.UnitID
	Number         int
	Whys           []string
	Source, Target string
	SourceTo       language.Tag
	TargetTo       language.Tag
	URL            string
	Reason         string // typed for its exception
}

// openKind counts the open units of one reason.
type openKind struct {
	Words string
	URL   string // in the workbench, filtered
}

// releaseRow is a release in the list of them.
type releaseRow struct {
	Snapshot corpus.Snapshot
	By       string
	Latest   bool
}

// The lengths of what a page lists; the workbench lists the rest.
const (
	openListed  = 100
	hunksListed = 200
)

func (v *visit) showExport() error { return v.exportPage(200, releaseForm{}) }

// exportPage shows the page, with a form that was refused filled in again.
func (v *visit) exportPage(status int, form releaseForm) error {
	p := &exportPage{
		basePage: v.newBase(v.t("export.title", v.doc.Name), v.documentCrumbs(v.t("export.crumb"))...),
		Document: v.doc, MayExport: v.may(corpus.Export), MayPropose: v.may(corpus.Propose), MayRelease: v.may(corpus.Release), Form: form,
		Formats: workflow.ReviewFormats(v.doc.Format),
	}
	out, err := v.desk.PreviewExport(v.context(), v.user.ID, v.doc.ID)
	if err != nil && corpus.KindOf(err) != corpus.Blocked {
		return err
	}
	if err != nil {
		p.Status = v.why(err)
	}
	p.Version, p.Proof = out.Version, out.Proof
	p.Draft = draftName(out)
	p.AsMarkdown, p.Layout = v.doc.Format == "text", workflow.LayoutChanges(out.Layout)
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		var err error
		if p.Open, p.OpenKinds, p.Unlisted, err = v.listOpen(r, out.Open, form.Reasons); err != nil {
			return err
		}
		if p.Passed, p.PassKinds, p.PassRest, err = v.listOpen(r, out.Passed, nil); err != nil {
			return err
		}
		if err := v.fillHistory(r, p); err != nil {
			return err
		}
		if p.Status != "" {
			return nil
		}
		p.Hunks = hunks(out.Proof.Text, out.Proof.Changes)
		p.HunksMore = max(0, len(p.Hunks)-hunksListed)
		p.Hunks = p.Hunks[:len(p.Hunks)-p.HunksMore]
		return nil
	})
	if err != nil {
		return err
	}
	return v.showStatus(status, p)
}

// documentCrumbs is the way to a page of the document at hand.
func (v *visit) documentCrumbs(here string) []crumb {
	return []crumb{{v.project.Name, v.projectURL("")}, {v.doc.Name, documentURL(v.doc.ID, "")}, {Name: here}}
}

// listOpen lists units with what is open of them, the counts of what, and how many
// units are beyond those listed.
func (v *visit) listOpen(r corpus.Reader, open []workflow.Blocker, reasons map[corpus.UnitID]string) (list []openUnit, kinds []openKind, unlisted int, err error) {
	counts := map[workflow.Why]int{}
	last := corpus.UnitID("")
	for _, b := range open {
		counts[b.Why]++
		if b.Unit != last {
			last = b.Unit
			if len(list) == openListed {
				unlisted++
				continue
			}
			rec, err := r.Record(b.Unit)
			if err != nil {
				return nil, nil, 0, err
			}
			list = append(list, openUnit{
				ID: b.Unit, Number: b.Number, Source: layout.Show(rec.Unit.Text.Source), Target: layout.Show(rec.Current().Text),
				SourceTo: v.project.Source, TargetTo: v.project.Target,
				URL: documentURL(v.doc.ID, "?at="+string(b.Unit)+"#u-"+string(b.Unit)), Reason: reasons[b.Unit],
			})
		}
		if n := len(list) - 1; list[n].ID == b.Unit {
			list[n].Whys = append(list[n].Whys, v.whyOpen(b))
		}
	}
	for _, k := range whyKinds {
		if n := counts[k.why]; n > 0 {
			kinds = append(kinds, openKind{v.t("export.count-"+k.why.Word(), n), v.openURL(k.filter)})
		}
	}
	return list, kinds, unlisted, nil
}

// whyOpen says what is open in the visitor's language.
func (v *visit) whyOpen(b workflow.Blocker) string {
	words := v.t(whyMessage(b.Why))
	if b.What != "" {
		words += " (" + b.What + ")"
	}
	return words
}

// openURL is where the open units of a kind are settled: in the workbench, by a
// filter, or on the page of the layout.
func (v *visit) openURL(filter string) string {
	if filter == "" {
		return documentURL(v.doc.ID, "/cleaning#waiting")
	}
	return documentURL(v.doc.ID, "?filter="+filter)
}

// whyKinds are the reasons for which a unit blocks or is told of, and the workbench's filter
// that shows such units, or "" for the page of the layout. What stands first is
// to be settled first.
var whyKinds = []struct {
	why    workflow.Why
	filter string
}{
	{workflow.IsStale, "stale"},
	{workflow.WasReturned, "returned"},
	{workflow.GraveFlag, "flagged"},
	{workflow.MajorFlag, "flagged"},
	{workflow.NoSource, "flagged"},
	{workflow.LayoutStale, ""},
	{workflow.LayoutWaits, ""},
	{workflow.StillWaits, "proposed"},
	{workflow.Unanswered, "open"},
	{workflow.CriticalFinding, "doubtful"},
	{workflow.MajorFinding, "doubtful"},
	{workflow.MinorFlag, "flagged"},
}

func whyMessage(why workflow.Why) string {
	return "export.why-" + why.Word()
}

// fillHistory lists the releases and the states that were named, newest first.
func (v *visit) fillHistory(r corpus.Reader, p *exportPage) error {
	snapshots, err := r.Snapshots(v.doc.ID)
	if err != nil {
		return err
	}
	for i := len(snapshots) - 1; i >= 0; i-- {
		s := snapshots[i]
		if string(s.ID) == v.c.Query("named") {
			p.Named = s.Name
		}
		if !s.Release {
			p.States = append(p.States, s)
			continue
		}
		by, err := r.User(s.By)
		if err != nil {
			return err
		}
		p.Releases = append(p.Releases, releaseRow{s, by.Display(), len(p.Releases) == 0})
	}
	return nil
}

// nameState gives the present state a name, to be compared with others later.
func (v *visit) nameState() error {
	s, err := v.desk.Snapshot(v.context(), v.user.ID, v.doc.ID, v.c.PostForm("name"))
	if err != nil {
		return err
	}
	return v.redirect(documentURL(v.doc.ID, "/export?named="+string(s.ID)+"#states"))
}
