package server

import (
	"net/http"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// wordingForm reads what the editor sends.
func (v *visit) wordingForm() (workflow.Wording, error) {
	w := workflow.Wording{
		Unit: v.unit.ID, Text: v.c.PostForm("text"), Delete: v.c.PostForm("delete") != "", Base: corpus.RevisionID(v.c.PostForm("base")),
		Note: v.c.PostForm("note"), Instruction: v.c.PostForm("instruction"), Key: v.c.PostForm("key"),
	}
	if v.c.PostForm("origin") == string(corpus.FromFix) {
		w.Origin = corpus.FromFix
	}
	var err error
	if w.Place, err = corpus.ParsePlace(v.c.PostForm("place")); err != nil {
		return w, err
	}
	if word := v.c.PostForm("category"); word != "" {
		if w.Category, err = corpus.ParseCategory(word); err != nil {
			return w, err
		}
		w.Severity, err = corpus.ParseSeverity(v.c.DefaultPostForm("severity", corpus.Minor.String()))
	}
	return w, err
}

// propose saves a wording. Nothing typed is lost by an error: a form without
// script gets its page again with the text in the field, script keeps it.
func (v *visit) propose() error {
	w, err := v.wordingForm()
	if err != nil {
		return err
	}
	saved, err := v.desk.Propose(v.context(), v.user.ID, w)
	if err != nil && !v.wantsFragment() {
		return v.showAgain(w, err)
	}
	if err != nil {
		return err
	}
	v.follow()
	other, err := v.otherSince(saved)
	switch {
	case err != nil:
		return err
	case saved.Revision.Verdict.Bad:
		return v.stay("bad", nil)
	case other != nil:
		return v.stay("second", other)
	case saved.Proposal.NoChange:
		return v.doneUnit("no-change")
	}
	return v.doneUnit("proposed")
}

// clash is a wording that somebody else proposed while one was typed.
type clash struct {
	By   string
	Text []piece
	Mine []piece
}

// otherSince returns the wording of somebody else that came to wait on the unit
// after the form was made: both stand, and both are said.
func (v *visit) otherSince(saved workflow.Saved) (*clash, error) {
	seen := corpus.RevisionID(v.c.PostForm("seen"))
	var rec corpus.Record
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(v.unit.ID)
		return err
	})
	known, ok := rec.Revision(seen)
	if err != nil || !ok {
		return nil, err
	}
	for _, p := range rec.Pending() {
		rev, ok := rec.Revision(p.Revision)
		if !ok || rev.Number <= known.Number || rev.ID == saved.Revision.ID || p.By == v.user.ID {
			continue
		}
		m := v.newRowMaker(view{}, corpus.Version{})
		return &clash{m.name(p.By), pieces(rev.Text, nil, nil), pieces(saved.Revision.Text, nil, nil)}, nil
	}
	return nil, nil
}

// stay answers an act after which there is something to read at the unit.
func (v *visit) stay(said string, other *clash) error {
	w := v.postedView()
	if !v.wantsFragment() {
		return v.redirect(w.link("at", string(v.unit.ID), "done", said) + "#u-" + string(v.unit.ID))
	}
	page, err := v.unitsPage(w, pick{}, v.unit.ID)
	if err != nil {
		return err
	}
	page.Unit.Clash = other
	return v.fragment("workbench.html", "_swap.html", swap{page, v.t("done." + said)})
}

// showAgain shows the page again with the editor open and the text in it.
func (v *visit) showAgain(w workflow.Wording, cause error) error {
	page, err := v.pageAt(v.postedView(), v.unit.ID, pick{edit: true})
	if err != nil || page.Unit == nil || page.Unit.Editor == nil {
		return cause
	}
	e := page.Unit.Editor
	e.Text, e.Base, e.Category, e.Severity = w.Text, w.Base, w.Category, w.Severity.String()
	page.Problem = v.why(cause)
	if corpus.KindOf(cause) == corpus.Internal {
		return cause
	}
	return v.showStatus(http.StatusUnprocessableEntity, page)
}

func (v *visit) readNoChange() error {
	w := workflow.Wording{Unit: v.unit.ID, NoChange: true, Base: corpus.RevisionID(v.c.PostForm("revision"))}
	if _, err := v.desk.Propose(v.context(), v.user.ID, w); err != nil {
		return err
	}
	return v.doneUnit("no-change")
}

// saveDraft keeps the text of the editor, or with discard throws it away.
func (v *visit) saveDraft() error {
	text, said := v.c.PostForm("text"), "draft"
	if v.c.PostForm("discard") != "" {
		text, said = "", "discarded"
	}
	f, err := v.readFacts(v.unit.ID, pick{revision: corpus.RevisionID(v.c.PostForm("against"))})
	if err != nil {
		return err
	}
	if text == layout.Show(f.chosen.revision.Text) {
		text = ""
	}
	if err := v.desk.SaveDraft(v.context(), v.user.ID, v.unit.ID, corpus.RevisionID(v.c.PostForm("base")), text); err != nil {
		return err
	}
	return v.doneUnit(said)
}
