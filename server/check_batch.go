package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// checkPage shows all findings of one check in a document, with their sentences.
type checkPage struct {
	basePage
	Document   corpus.Document
	Check      string
	Catches    string
	Action     string // address of the forms
	Manual     string
	Rows       []checkedRow
	After      string // where this window began
	More       string
	First      string
	Fixes      int // findings shown that have one
	MayDismiss bool
	MayFix     bool
	All        []string // values of all findings shown
	SourceTo   string
	TargetTo   string
}

func (*checkPage) template() string { return "check.html" }

// Key is the first key of an action, for the hint beside its control.
func (p *checkPage) Key(action string) string { return keyOf(p.Keys, action) }

// checkedRow is a unit with its findings of the check.
type checkedRow struct {
	ID       corpus.UnitID
	Number   int
	URL      string
	State    string
	Source   []piece
	Target   []piece
	Findings []*checkedFinding
}

type checkedFinding struct {
	*findingView
	Value string // as forms carry it
	Next  string // value of the one after it, "" for the last
}

// findingsShown is how many units a window of one check's findings holds.
const findingsShown = 50

// checkNamed returns the check that the path names.
func (v *visit) checkNamed() (*check.Check, error) {
	c, ok := check.ByID(v.c.Param("check"))
	if !ok {
		return nil, corpus.Errorf(corpus.NotFound, "there is no such check")
	}
	return c, nil
}

func (v *visit) showCheck() error {
	c, err := v.checkNamed()
	if err != nil {
		return err
	}
	after, _ := strconv.ParseInt(v.c.Query("after"), 10, 64)
	rows, more, err := v.desk.Checked(v.context(), v.user.ID, v.doc, c.ID, after, findingsShown)
	if err != nil {
		return err
	}
	title := c.Doc.Title.In(v.lang)
	p := &checkPage{Document: v.doc, Check: c.ID, Catches: c.Doc.Catches.In(v.lang), Action: documentURL(v.doc.ID, "/checks/"+c.ID), Manual: v.projectURL("/checks#k-" + c.ID),
		MayDismiss: v.may(corpus.Dismiss), MayFix: v.may(corpus.Propose), After: v.c.Query("after"), SourceTo: v.project.Source.String(), TargetTo: v.project.Target.String()}
	p.basePage = v.newBase(title, crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, documentURL(v.doc.ID, "")}, crumb{v.t("checks.found"), documentURL(v.doc.ID, "/checks")}, crumb{Name: title})
	if after != 0 {
		p.First = p.Action
	}
	if more {
		p.More = p.Action + "?after=" + strconv.FormatInt(rows[len(rows)-1].Unit.Position, 10)
	}
	m := v.newRowMaker(view{}, corpus.Version{})
	var last *checkedFinding
	for _, r := range rows {
		row := checkedRow{ID: r.Unit.ID, Number: r.Number, State: r.State.String(), URL: documentURL(v.doc.ID, "?at="+string(r.Unit.ID)+"#u-"+string(r.Unit.ID))}
		var source, target []mark
		for _, f := range r.Findings {
			x := &checkedFinding{findingView: m.finding(f, r.Latest.Text), Value: string(r.Unit.ID) + "." + f.Key}
			if last != nil {
				last.Next = x.Value
			}
			last = x
			if f.Fix != nil {
				p.Fixes++
			}
			p.All = append(p.All, x.Value)
			row.Findings = append(row.Findings, x)
			for _, s := range f.Target {
				target = append(target, mark{s, markFinding, f.Severity, ""})
			}
			for _, s := range f.Source {
				source = append(source, mark{s, markFigure, f.Severity, ""})
			}
		}
		row.Source, row.Target = pieces(r.Unit.Text.Source, nil, source), pieces(r.Latest.Text, nil, target)
		p.Rows = append(p.Rows, row)
	}
	return v.show(p)
}

// pointed reads the findings that a form names.
func pointed(values []string) []workflow.Pointed {
	var list []workflow.Pointed
	for _, value := range values {
		unit, key, _ := strings.Cut(value, ".")
		list = append(list, workflow.Pointed{Unit: corpus.UnitID(unit), Key: key})
	}
	return list
}

// actOnCheck does what a form of the page asks for: with the finding of its
// button, or with all that are shown.
func (v *visit) actOnCheck() error {
	c, err := v.checkNamed()
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	list := pointed(form["finding"])
	if len(list) == 0 {
		return corpus.Errorf(corpus.Invalid, "the form names no finding")
	}
	if err := v.ofDocument(list); err != nil {
		return err
	}
	said := form.Get("verb")
	switch said {
	case "flag":
		for _, p := range list {
			if _, err := v.desk.FlagFinding(v.context(), v.user.ID, p.Unit, p.Key, ""); err != nil {
				return err
			}
		}
	case "dismiss":
		if _, err := v.desk.DismissAll(v.context(), v.user.ID, list, workflow.Scope(form.Get("scope")), v.reason()); err != nil {
			return err
		}
	case "list":
		return v.confirmFixes(c, list)
	case "fix":
		if !v.may(corpus.Propose) {
			return corpus.Errorf(corpus.Forbidden, "you may not propose wordings here")
		}
		if _, err := v.desk.TakeFixes(v.context(), v.user.ID, v.doc, list); err != nil {
			return err
		}
	default:
		return corpus.Errorf(corpus.Invalid, "the form does not say what is to be done")
	}
	values := url.Values{"done": {"check-" + said}}
	if after := form.Get("after"); after != "" {
		values.Set("after", after)
	}
	to := documentURL(v.doc.ID, "/checks/"+c.ID+"?"+values.Encode())
	if next := form.Get("next"); next != "" {
		to += "#x-" + url.QueryEscape(next) // the finding to go on with
	}
	return v.redirect(to)
}

// ofDocument refuses findings on units of another document than the one whose
// rights were asked.
func (v *visit) ofDocument(list []workflow.Pointed) error {
	return v.store.View(v.context(), func(r corpus.Reader) error {
		for _, p := range list {
			u, err := r.Unit(p.Unit)
			if err != nil {
				return err
			}
			if u.Document != v.doc.ID {
				return corpus.Errorf(corpus.NotFound, "the unit is not of this document")
			}
		}
		return nil
	})
}

// fixesPage lists what taking fixes will propose.
type fixesPage struct {
	basePage
	Action string
	After  string
	Rows   []fixedRow
	All    []string
	Left   int // findings that have no fix that can be taken
}

func (*fixesPage) template() string { return "fixes.html" }

type fixedRow struct {
	Number   int
	URL      string
	SourceTo string
	TargetTo string
	Source   []piece
	Diff     diffView
}

func (v *visit) confirmFixes(c *check.Check, list []workflow.Pointed) error {
	units, err := v.desk.Fixed(v.context(), v.user.ID, v.doc, list)
	if err != nil {
		return err
	}
	p := &fixesPage{Action: documentURL(v.doc.ID, "/checks/"+c.ID), After: v.c.PostForm("after"), Left: len(list)}
	title := c.Doc.Title.In(v.lang)
	p.basePage = v.newBase(v.t("fixes.title"), crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, documentURL(v.doc.ID, "")}, crumb{title, p.Action}, crumb{Name: v.t("fixes.title")})
	for _, u := range units {
		p.Rows = append(p.Rows, fixedRow{u.Number, documentURL(v.doc.ID, "?at="+string(u.Unit.ID)+"#u-"+string(u.Unit.ID)), v.project.Source.String(), v.project.Target.String(),
			pieces(u.Unit.Text.Source, nil, nil), newDiff(u.Latest.Text, u.Text, false)})
		for _, key := range slices.Sorted(slices.Values(u.Keys)) {
			p.All = append(p.All, string(u.Unit.ID)+"."+key)
		}
		p.Left -= len(u.Keys)
	}
	return v.show(p)
}
