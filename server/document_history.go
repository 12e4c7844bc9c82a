package server

import (
	"net/url"
	"strconv"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// differencesSize is how many places a page of a comparison shows.
const differencesSize = 100

// documentHistoryPage lists the states of a document and compares two of them.
type documentHistoryPage struct {
	basePage
	Document corpus.Document
	Moments  []momentView
	Compare  *documentComparison // nil in a long document until two were chosen
}

func (*documentHistoryPage) template() string { return "document_history.html" }

// momentView is a state that can be compared.
type momentView struct {
	ID         string
	Kind       string // "now", "received", "snapshot" or "release"
	Version    int
	Name       string   // of a snapshot
	Run        string   // engine and label of a version
	Read       []string // how its files were read
	At         time.Time
	By         string
	Changed    int // passages in which it differs from the file as received
	Exceptions int
	A, B       bool
}

// documentComparison is two states beside each other.
type documentComparison struct {
	A, B                      momentView
	Changed, Came, Went, Same int
	Full                      bool // what did not change is shown as well
	Two                       bool
	Rows                      []differenceRow
	From, To, Total           int
	Earlier, Later            string
	OtherFull, OtherLines     string // addresses with the other choice
}

// differenceRow is a place at two states.
type differenceRow struct {
	Kind        string // "changed", "came", "went" or "same"
	Number, Was int    // in reading order; 0 where it is not there
	Source      diffView
	Target      diffView
	URL         string // of the unit's history
}

func (v *visit) showDocumentHistory() error {
	list, err := v.desk.Moments(v.context(), v.user.ID, v.doc)
	if err != nil {
		return err
	}
	values := v.c.Request.URL.Query()
	p := &documentHistoryPage{Document: v.doc}
	p.basePage = v.newBase(v.t("compare.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.doc.Name, "/documents/" + string(v.doc.ID)}, crumb{v.t("compare.title"), ""})
	m := v.newRowMaker(view{}, corpus.Version{})
	a, b := values.Get("a"), values.Get("b")
	asked := a != "" && b != ""
	if !asked {
		a, b = usualTwo(list)
		if asked, err = v.shortDocument(); err != nil {
			return err
		}
	}
	for _, x := range list {
		view := m.moment(x, a, b)
		if view.Kind == "received" {
			view.Read = v.readWords(v.doc, x.Version)
		}
		p.Moments = append(p.Moments, view)
	}
	if asked {
		if p.Compare, err = v.compareMoments(p.Moments, a, b, values); err != nil {
			return err
		}
	}
	return v.show(p)
}

// shortDocument reports whether comparing two states of the document costs so
// little that it is done before anybody asks.
func (v *visit) shortDocument() (bool, error) {
	const short = 2_000
	units := 0
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		p, err := r.Progress(v.doc.Current)
		units = p.Units
		return err
	})
	return units <= short, err
}

// usualTwo are the states that people compare most: the newest version as
// received, and what stands now.
func usualTwo(list []workflow.Moment) (a, b string) {
	for i, m := range list {
		if m.ID == workflow.Now {
			b = m.ID
			for _, older := range list[i:] {
				if older.Version.ID == m.Version.ID {
					a = older.ID
				}
			}
		}
	}
	return a, b
}

func (m *rowMaker) moment(x workflow.Moment, a, b string) momentView {
	view := momentView{ID: x.ID, Kind: "received", Version: x.Version.Number, At: x.At, By: m.name(x.By), A: x.ID == a, B: x.ID == b}
	view.Run = joinRun(x.Version)
	switch {
	case x.ID == workflow.Now:
		view.Kind = "now"
	case x.Snapshot.Release:
		view.Kind = "release"
	case x.Snapshot.ID != "":
		view.Kind = "snapshot"
	}
	view.Name, view.Changed, view.Exceptions = x.Snapshot.Name, x.Snapshot.Changed, len(x.Snapshot.Exceptions)
	return view
}

// joinRun names the run that a version came from.
func joinRun(v corpus.Version) string {
	if v.Engine != "" && v.Label != "" {
		return v.Engine + ", " + v.Label
	}
	return v.Engine + v.Label
}

func (v *visit) compareMoments(moments []momentView, a, b string, values url.Values) (*documentComparison, error) {
	all, err := v.desk.Changes(v.context(), v.user.ID, v.doc, a, b)
	if err != nil {
		return nil, err
	}
	c := &documentComparison{Full: values.Get("show") == "full", Two: values.Get("lines") == "two"}
	for _, m := range moments {
		if m.ID == a {
			c.A = m
		}
		if m.ID == b {
			c.B = m
		}
	}
	var shown []workflow.Difference
	for _, d := range all {
		c.count(d)
		if c.Full || d.Changed() {
			shown = append(shown, d)
		}
	}
	c.Total = len(shown)
	page, from, to := pageOf(values.Get("page"), c.Total, differencesSize)
	for _, d := range shown[from:to] {
		c.Rows = append(c.Rows, v.differenceRow(d, c.Two))
	}
	c.From, c.To = from+1, to
	c.link(a, b, page)
	return c, nil
}

func (c *documentComparison) count(d workflow.Difference) {
	switch {
	case d.Before == nil:
		c.Came++
	case d.After == nil:
		c.Went++
	case d.Changed():
		c.Changed++
	default:
		c.Same++
	}
}

// link fills in the addresses of other pages and of other ways to show this one.
func (c *documentComparison) link(a, b string, page int) {
	to := func(full, two bool, page int) string {
		values := url.Values{"a": {a}, "b": {b}}
		if full {
			values.Set("show", "full")
		}
		if two {
			values.Set("lines", "two")
		}
		if page > 1 {
			values.Set("page", strconv.Itoa(page))
		}
		return "?" + values.Encode() + "#compared"
	}
	if page > 1 {
		c.Earlier = to(c.Full, c.Two, page-1)
	}
	if c.To < c.Total {
		c.Later = to(c.Full, c.Two, page+1)
	}
	c.OtherFull, c.OtherLines = to(!c.Full, c.Two, 1), to(c.Full, !c.Two, page)
}

func (v *visit) differenceRow(d workflow.Difference, two bool) differenceRow {
	var before, after corpus.Pair
	row := differenceRow{Kind: "changed"}
	unit := corpus.UnitID("")
	if d.Before != nil {
		before, row.Was, unit = d.Before.Text, d.Before.Number, d.Before.Unit
	}
	if d.After != nil {
		after, row.Number, unit = d.After.Text, d.After.Number, d.After.Unit
	}
	row.URL = "/documents/" + string(v.doc.ID) + "/units/" + string(unit) + "/history"
	switch {
	case d.Before == nil:
		row.Kind, before = "came", after
	case d.After == nil:
		row.Kind, after = "went", before
	case !d.Changed():
		row.Kind = "same"
	}
	row.Source, row.Target = newDiff(before.Source, after.Source, two), newDiff(before.Target, after.Target, two)
	return row
}
