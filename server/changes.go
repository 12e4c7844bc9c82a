package server

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// changesRoutes are what a version changed, and the answers to it.
func (s *Server) changesRoutes() []route {
	const version = "/documents/:document/versions/:version/"
	return []route{
		get(version+"changes", inDocument, corpus.Read, (*visit).showChanges),
		post(version+"confirm", inDocument, corpus.Accept, (*visit).confirmStillRight), // lists what "still right" would answer for
		post(version+"accept", inDocument, corpus.Accept, (*visit).acceptStillRight),   // answers: for one, or for what was listed
	}
}

// changesPage lists the places in which a version differs from the one before.
type changesPage struct {
	basePage
	Document           corpus.Document
	Version, Before    int
	Run                string // that the version came from
	Base               string // path of the page's forms
	URL                string // of the page as it is shown
	Shown              string
	Filters            []choice
	Rows               []changeView
	Same               int
	From, To, Total    int
	Earlier, Later     string
	Trifles            int  // that can be answered for together
	Unsourced          int  // likewise
	Current, MayAccept bool // the version is the newest; the visitor may answer
	Source, Target     string
	Confirm            []changeView // the page that asks: what will be answered for
	Left               []changeView // and what will not
	Asked              string       // "trifles" or "unsourced" where it asks
}

func (*changesPage) template() string { return "changes.html" }

// Key is the first key of an action, for the hint beside its control.
func (p *changesPage) Key(action string) string { return keyOf(p.Keys, action) }

// changeView is a place.
type changeView struct {
	ID             corpus.UnitID
	Kind           string
	Moved          bool
	Was, Now       int
	State          string
	Source, Target diffView
	Stands         []piece  // the wording that stands, where it is not the machine's
	By             []string // who worked on it before
	Stale          bool
	Trifle         bool
	Unsourced      bool
	May            bool   // the visitor may say that it is still right
	Held           string // why not
	Choice         string
	URL            string // in the text
	History        string
}

// changeFilters are the filters in the order of their chips.
var changeFilters = []struct {
	word  string
	match func(workflow.Renewal) bool
}{
	{"answer", func(x workflow.Renewal) bool { return x.Stale }},
	{"unsourced", func(x workflow.Renewal) bool { return x.Unsourced }},
	{"changed", func(x workflow.Renewal) bool { return x.Kind == workflow.KindChanged }},
	{"added", func(x workflow.Renewal) bool { return x.Kind == workflow.KindAdded }},
	{"removed", func(x workflow.Renewal) bool { return x.Kind == workflow.KindRemoved }},
	{"moved", func(x workflow.Renewal) bool { return x.Moved }},
	{"all", func(workflow.Renewal) bool { return true }},
}

// renewed reads what the version of the path changed.
func (v *visit) renewed() (workflow.Renewed, error) {
	n, err := strconv.Atoi(v.c.Param("version"))
	if err != nil {
		return workflow.Renewed{}, corpus.Errorf(corpus.NotFound, "there is no such version")
	}
	return v.desk.Renewals(v.context(), v.user.ID, v.doc, n)
}

func (v *visit) showChanges() error {
	r, err := v.renewed()
	if err != nil {
		return err
	}
	p := v.newChanges(r)
	values := v.c.Request.URL.Query()
	counts := map[string]int{}
	for _, f := range changeFilters {
		for _, x := range r.List {
			if f.match(x) {
				counts[f.word]++
			}
		}
		if p.Shown == "" && (f.word == values.Get("show") || values.Get("show") == "" && (counts[f.word] > 0 || f.word == "all")) {
			p.Shown = f.word
		}
	}
	if p.Shown == "" {
		p.Shown = "all"
	}
	var shown []workflow.Renewal
	for _, f := range changeFilters {
		if counts[f.word] > 0 || f.word == "all" || f.word == p.Shown {
			p.Filters = append(p.Filters, choice{"changes.show-" + f.word, counts[f.word], p.link(f.word, 1), f.word == p.Shown})
		}
		if f.word != p.Shown {
			continue
		}
		for _, x := range r.List {
			if f.match(x) {
				shown = append(shown, x)
			}
		}
	}
	if p.Shown == "unsourced" {
		workflow.WorstFirst(shown)
	}
	p.Total = len(shown)
	page, from, to := pageOf(values.Get("page"), p.Total, differencesSize)
	m := v.newRowMaker(view{Base: documentURL(v.doc.ID, ""), Filter: "all", Text: looks[0]}, r.Version)
	for _, x := range shown[from:to] {
		p.Rows = append(p.Rows, m.change(p, x))
	}
	p.From, p.To, p.URL = from+1, to, p.link(p.Shown, page)
	if page > 1 {
		p.Earlier = p.link(p.Shown, page-1)
	}
	if to < p.Total {
		p.Later = p.link(p.Shown, page+1)
	}
	return v.show(p)
}

func (p *changesPage) link(show string, page int) string {
	values := url.Values{"show": {show}}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	return p.Base + "changes?" + values.Encode()
}

// newChanges is the page without its rows.
func (v *visit) newChanges(r workflow.Renewed) *changesPage {
	p := &changesPage{Document: v.doc, Version: r.Version.Number, Before: r.Before.Number, Run: joinRun(r.Version), Same: r.Same,
		Base: documentURL(v.doc.ID, "/versions/"+strconv.Itoa(r.Version.Number)+"/"), Current: r.Version.ID == v.doc.Current,
		Source: v.project.Source.String(), Target: v.project.Target.String()}
	p.MayAccept = p.Current && v.may(corpus.Accept)
	p.basePage = v.newBase(v.t("changes.title"), crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, documentURL(v.doc.ID, "")},
		crumb{v.t("compare.title"), documentURL(v.doc.ID, "/history")}, crumb{v.t("changes.title"), ""})
	for _, x := range r.List {
		if x.Trifle {
			p.Trifles++
		}
		if x.Unsourced {
			p.Unsourced++
		}
	}
	return p
}

// change makes the view of a place.
func (m *rowMaker) change(p *changesPage, x workflow.Renewal) changeView {
	row := changeView{Kind: string(x.Kind), Moved: x.Moved, Was: x.Was, Now: x.Now, Stale: x.Stale, Trifle: x.Trifle, Unsourced: x.Unsourced}
	var before, after corpus.Pair
	if x.Old != nil {
		before, row.By, row.ID, row.State = x.Old.Unit.Text, m.workers(x.Old), x.Old.Unit.ID, x.Old.State().String()
	}
	if x.New != nil {
		after, row.ID, row.State = x.New.Unit.Text, x.New.Unit.ID, x.New.State().String()
		row.Choice = choiceValue(workflow.Choice{Unit: row.ID, Revision: x.New.Current().ID})
		row.URL = m.view.At(row.ID)
		if current := x.New.Current(); current.ID != x.New.Machine().ID {
			row.Stands = pieces(current.Text, nil, nil)
		}
		if x.Stale && p.MayAccept {
			row.Held = m.stillRightHeld(x.New)
			row.May = row.Held == ""
		}
	}
	switch {
	case x.Old == nil:
		before = after
	case x.New == nil:
		after = before
	}
	row.Source, row.Target = newDiff(before.Source, after.Source, false), newDiff(before.Target, after.Target, false)
	row.History = documentURL(m.doc.ID, "/units/"+string(row.ID)+"/history")
	return row
}

// stillRightHeld says why the visitor may not answer for what stands, or
// nothing.
func (m *rowMaker) stillRightHeld(rec *corpus.Record) string {
	rev := rec.Current()
	o := corpus.Object{State: rec.State(), Own: rev.ByHand(m.user.ID), Reason: "-"}
	switch {
	case rev.Verdict.Bad:
		return m.t("act.blocked-file")
	case o.Own && !m.project.Settings.OnePerson:
		return m.t("act.blocked-own")
	case m.project.Settings.FindingsBlock && rec.Unit.Summary.Doubt >= corpus.Major:
		return m.t("act.blocked-finding")
	case m.check(corpus.Accept, o) != nil:
		return m.why(m.check(corpus.Accept, o))
	}
	return ""
}

// workers are the people who did something to a unit, each once, as records
// print them.
func (m *rowMaker) workers(rec *corpus.Record) []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, p := range rec.Proposals {
		if !p.Undone {
			add(m.name(p.By))
		}
	}
	for _, d := range rec.Decisions {
		if !d.Undone {
			add(d.Name)
		}
	}
	for _, f := range rec.OpenFlags() {
		add(m.name(f.By))
	}
	return names
}

// confirmStillRight lists what would be answered for together: approvals that
// went stale by punctuation alone, or those that were given without a source.
func (v *visit) confirmStillRight() error {
	r, err := v.renewed()
	if err != nil {
		return err
	}
	p := v.newChanges(r)
	if !p.Current {
		return corpus.Errorf(corpus.Conflict, "a newer version stands; this one can only be read")
	}
	var list []workflow.Renewal
	switch p.Asked = v.c.PostForm("which"); p.Asked {
	case "trifles":
		list = slices.DeleteFunc(slices.Clone(r.List), func(x workflow.Renewal) bool { return !x.Trifle })
	case "unsourced":
		list = slices.DeleteFunc(slices.Clone(r.List), func(x workflow.Renewal) bool { return !x.Unsourced })
		workflow.WorstFirst(list)
	default:
		return corpus.Errorf(corpus.Invalid, "the form does not say which are meant")
	}
	m := v.newRowMaker(view{Base: documentURL(v.doc.ID, ""), Filter: "all", Text: looks[0]}, r.Version)
	for _, x := range list {
		if row := m.change(p, x); row.May && len(p.Confirm) < workflow.BatchLimit {
			p.Confirm = append(p.Confirm, row)
		} else {
			p.Left = append(p.Left, row)
		}
	}
	p.URL = p.link(map[string]string{"trifles": "answer", "unsourced": "unsourced"}[p.Asked], 1)
	return v.show(p)
}

// acceptStillRight answers for wordings as they stand: all that were listed, or
// nothing.
func (v *visit) acceptStillRight() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	choices := choicesOf(form["choice"])
	if len(choices) > workflow.BatchLimit {
		return corpus.Errorf(corpus.TooLarge, "one batch holds at most %d decisions", workflow.BatchLimit)
	}
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		for _, c := range choices {
			u, err := r.Unit(c.Unit)
			if err != nil {
				return err
			}
			if u.Document != v.doc.ID {
				return corpus.Errorf(corpus.NotFound, "the unit is not of this document")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := v.desk.Accept(v.context(), v.user.ID, choices...); err != nil {
		return err
	}
	back := localPath(form.Get("back"))
	if back == "/" {
		back = documentURL(v.doc.ID, "/versions/"+url.PathEscape(v.c.Param("version"))+"/changes?show=answer")
	}
	return v.redirect(back + "&" + done("still-right"))
}
