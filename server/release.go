package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// releaseForm is a release as it was asked for.
type releaseForm struct {
	Name    string
	Reasons map[corpus.UnitID]string // for units that are let pass
	Rest    string                   // for all that have no reason of their own
	Refused string                   // why it was not made
}

// exceptPrefix begins the names of the fields for exceptions; the rest of each
// is a unit's id.
const exceptPrefix = "except-"

func readReleaseForm(values url.Values) releaseForm {
	f := releaseForm{Name: strings.TrimSpace(values.Get("name")), Rest: strings.TrimSpace(values.Get("rest")), Reasons: map[corpus.UnitID]string{}}
	for name, list := range values {
		unit, ok := strings.CutPrefix(name, exceptPrefix)
		if reason := strings.TrimSpace(list[0]); ok && reason != "" {
			f.Reasons[corpus.UnitID(unit)] = reason
		}
	}
	return f
}

// release makes the approved wordings final. What is refused comes back with
// all that was typed.
func (v *visit) release() error {
	if err := v.c.Request.ParseForm(); err != nil {
		return corpus.Errorf(corpus.Invalid, "the form did not arrive whole")
	}
	form := readReleaseForm(v.c.Request.PostForm)
	except, err := v.exceptions(form)
	if err != nil {
		return err
	}
	out, err := v.desk.Release(v.context(), v.user.ID, v.doc.ID, form.Name, except)
	switch {
	case err == nil:
		return v.redirect(documentURL(v.doc.ID, "/releases/"+string(out.Snapshot.ID)))
	case corpus.KindOf(err) == corpus.Blocked || corpus.KindOf(err) == corpus.Invalid:
		form.Refused = v.refusal(err, out.Exported)
		return v.exportPage(http.StatusConflict, form)
	}
	return err
}

// exceptions are the reasons by unit. The common one is written out for each
// unit that is open now, so that the record lists them all.
func (v *visit) exceptions(form releaseForm) (map[corpus.UnitID]string, error) {
	if form.Rest == "" {
		return form.Reasons, nil
	}
	out, err := v.desk.PreviewExport(v.context(), v.user.ID, v.doc.ID)
	if err != nil && corpus.KindOf(err) != corpus.Blocked {
		return nil, err
	}
	all := map[corpus.UnitID]string{}
	for _, b := range out.Open {
		all[b.Unit] = form.Rest
	}
	for unit, reason := range form.Reasons {
		all[unit] = reason
	}
	return all, nil
}

// refusal says in the visitor's language why nothing was handed out.
func (v *visit) refusal(err error, out workflow.Exported) string {
	switch n := openUnits(out.Open); {
	case corpus.KindOf(err) == corpus.Invalid:
		return v.t("export.needs-name") // the one thing of the form that can be wrong
	case n > 0:
		return v.t("export.refused-open", n)
	}
	return v.why(err)
}

// releasePage is the printable record of a release.
type releasePage struct {
	basePage
	Document   corpus.Document
	Release    corpus.Snapshot
	By         corpus.User
	File       string // name of the file
	Exceptions []exceptionView
	Before     *corpus.Snapshot // the release before this one
	Changed    []correctionView // since then
}

func (*releasePage) template() string { return "release.html" }

type exceptionView struct {
	Number int
	Whys   string
	Reason string
	URL    string
}

// correctionView is an entry of a corrigendum.
type correctionView struct {
	Source string
	Pieces []piece
}

// releaseNamed returns the release the path names.
func (v *visit) releaseNamed() (corpus.Snapshot, error) {
	var s corpus.Snapshot
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		s, err = r.Snapshot(corpus.SnapshotID(v.c.Param("release")))
		return err
	})
	if err == nil && (s.Document != v.doc.ID || !s.Release) {
		err = corpus.Errorf(corpus.NotFound, "there is no such release of this document")
	}
	return s, err
}

func (v *visit) showRelease() error {
	s, err := v.releaseNamed()
	if err != nil {
		return err
	}
	p := &releasePage{basePage: v.newBase(v.t("release.title", v.doc.Name, s.Name), v.documentCrumbs(s.Name)...), Document: v.doc, Release: s, Exceptions: v.exceptionViews(s)}
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		if p.By, err = r.User(s.By); err != nil {
			return err
		}
		version, err := r.Version(s.Version)
		if err != nil {
			return err
		}
		p.File = version.Target.Name
		p.Before, err = releaseBefore(r, s)
		return err
	})
	if err != nil {
		return err
	}
	if p.Before != nil {
		changed, err := v.desk.Compare(v.context(), v.user.ID, v.doc.ID, p.Before.ID, s.ID)
		if err != nil {
			return err
		}
		for _, c := range changed {
			p.Changed = append(p.Changed, corrected(c))
		}
	}
	return v.show(p)
}

// exceptionViews lists the exceptions, a unit once with all that held it back.
func (v *visit) exceptionViews(s corpus.Snapshot) []exceptionView {
	var list []exceptionView
	last := corpus.UnitID("")
	for _, x := range s.Exceptions {
		why := v.whyOpen(workflow.Blocker{Why: workflow.Why(x.Why), What: x.What})
		if x.Unit == last {
			if list[len(list)-1].Reason == "" {
				list[len(list)-1].Reason = x.Reason
			}
			list[len(list)-1].Whys = v.list([]string{list[len(list)-1].Whys, why})
			continue
		}
		last = x.Unit
		list = append(list, exceptionView{x.Number, why, x.Reason, documentURL(v.doc.ID, "?at="+string(x.Unit)+"#u-"+string(x.Unit))})
	}
	return list
}

// releaseBefore returns the release before s, or nil for the first.
func releaseBefore(r corpus.Reader, s corpus.Snapshot) (*corpus.Snapshot, error) {
	snapshots, err := r.Snapshots(s.Document)
	if err != nil {
		return nil, err
	}
	var before *corpus.Snapshot
	for _, other := range snapshots {
		if other.ID == s.ID {
			break
		}
		if other.Release {
			before = &other
		}
	}
	return before, nil
}

func corrected(c workflow.Corrected) correctionView {
	view := correctionView{Source: c.After.Source}
	if view.Source == "" {
		view.Source = c.Before.Source
	}
	view.Pieces = pieces(c.After.Target, diff.Texts(c.Before.Target, c.After.Target), nil)
	return view
}
