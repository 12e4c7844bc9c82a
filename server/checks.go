package server

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) checkRoutes() []route {
	const one = "/documents/:document/checks/:check"
	return []route{
		get("/projects/:project/checks", inProject, corpus.Read, (*visit).showChecks), // how often each is right, and its switch
		post("/projects/:project/checks", inProject, corpus.Manage, (*visit).setCheck),
		get("/documents/:document/checks", inDocument, corpus.Read, (*visit).showDocumentChecks), // how much each found
		get(one, inDocument, corpus.Read, (*visit).showCheck),                                    // all that one found
		post(one, inDocument, corpus.Dismiss, (*visit).actOnCheck),                               // on one finding, or on those shown
	}
}

// checksPage lists all checks with what people thought of their findings.
type checksPage struct {
	basePage
	Rows      []checkRow
	MayManage bool
	Recheck   recheckView
}

func (*checksPage) template() string { return "checks.html" }

// checkRow is a check with its manual and its record in the project.
type checkRow struct {
	ID, Title       string
	Severity        string
	Category        corpus.Category
	Catches         string
	Ignores         string
	Wrong, Right    check.Pair
	Tally           corpus.Tally
	Right100        int // how many of a hundred decisions agreed with it
	Decided         int
	Mode            workflow.CheckMode
	Offer           bool // it deserves to be lowered or switched off
	Whole           bool // it reads whole documents
	NeedsSource     bool
	DismissedListed string // address of what was dismissed
}

func (v *visit) showChecks() error {
	tallies, err := v.desk.Tallies(v.context(), v.user.ID, v.project.ID)
	if err != nil {
		return err
	}
	p := &checksPage{MayManage: v.may(corpus.Manage)}
	p.basePage = v.newBase(v.t("checks.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("checks.title")})
	for _, c := range check.All() {
		t := tallies[c.ID]
		row := checkRow{
			ID: c.ID, Title: c.Doc.Title.In(v.lang), Severity: c.Severity.String(), Category: c.Category, Catches: c.Doc.Catches.In(v.lang), Ignores: c.Doc.Ignores.In(v.lang),
			Wrong: c.Doc.Wrong, Right: c.Doc.Right, Tally: t, Decided: t.Decided(), Right100: int(100*t.Right() + 0.5), Mode: workflow.ModeOf(v.project.Settings, c.ID),
			Whole: c.RunDocument != nil, NeedsSource: c.NeedsSource, DismissedListed: v.projectURL("/dismissals?check=" + c.ID),
		}
		row.Offer = t.Doubtful() && row.Mode == workflow.CheckOn && p.MayManage
		p.Rows = append(p.Rows, row)
	}
	// What asks for a decision comes first.
	slices.SortStableFunc(p.Rows, func(a, b checkRow) int {
		switch {
		case a.Offer == b.Offer:
			return 0
		case a.Offer:
			return -1
		}
		return 1
	})
	if p.Recheck, err = v.recheckView("checks"); err != nil {
		return err
	}
	return v.show(p)
}

// setCheck switches a check on or off, or lowers it; its findings follow.
func (v *visit) setCheck() error {
	id := v.c.PostForm("check")
	changed, err := v.desk.SetCheck(v.context(), v.user.ID, v.project.ID, id, workflow.CheckMode(v.c.PostForm("mode")))
	if err != nil {
		return err
	}
	if changed {
		v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{id}})
	}
	return v.redirect(v.projectURL("/checks?" + done("check") + "#k-" + id))
}

// documentChecksPage lists how much each check found in a document.
type documentChecksPage struct {
	basePage
	Document corpus.Document
	Rows     []foundRow
}

func (*documentChecksPage) template() string { return "document_checks.html" }

type foundRow struct {
	Title, Severity, URL string
	Count                int
}

func (v *visit) showDocumentChecks() error {
	counts, err := v.desk.CheckCounts(v.context(), v.user.ID, v.doc)
	if err != nil {
		return err
	}
	p := &documentChecksPage{Document: v.doc}
	p.basePage = v.newBase(v.t("checks.found"), crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, documentURL(v.doc.ID, "")}, crumb{Name: v.t("checks.found")})
	for _, c := range check.All() {
		if n := counts[c.ID]; n > 0 {
			p.Rows = append(p.Rows, foundRow{c.Doc.Title.In(v.lang), c.Severity.String(), documentURL(v.doc.ID, "/checks/"+c.ID), n})
		}
	}
	return v.show(p)
}
