package server

import (
	"net/url"
	"strconv"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) figureRoutes() []route {
	return []route{
		get("/documents/:document/figures", inDocument, corpus.Read, (*visit).showFigures),       // ?show=doubtful &from=
		get("/documents/:document/figures/table", inDocument, corpus.Read, (*visit).sendFigures), // CSV
	}
}

// figuresPage is the ledger of a document: all its figures, both sides.
type figuresPage struct {
	basePage
	Document      corpus.Document
	Sourced       bool
	Filters       []choice
	Rows          []ledgerView
	From, To, All int // of the rows shown, from 1
	Earlier       string
	Later         string
	Table         string // address of the CSV
	Read, Units   int    // Read is less while the document is being read
	Again         string // address of this window
}

func (*figuresPage) template() string { return "figures.html" }

// ledgerView is a figure in words.
type ledgerView struct {
	workflow.LedgerRow
	URL    string
	Says   string // "90亿 = 9 billion; the text says 90 billion"
	Status string
	Class  string // of the status
	Same   []figureLink
	Twins  []figureLink
}

type figureLink struct {
	Number int
	Text   string
	URL    string
}

// figuresShown is how many figures a window holds.
const figuresShown = 100

func (v *visit) showFigures() error {
	doubtful := v.c.Query("show") == "doubtful"
	from, _ := strconv.Atoi(v.c.Query("from"))
	from = max(from, 0)
	l, err := v.desk.Ledger(v.context(), v.user.ID, v.doc, doubtful, from, figuresShown)
	if err != nil {
		return err
	}
	p := &figuresPage{Document: v.doc, Sourced: l.Sourced, From: from + 1, To: from + len(l.Rows), All: l.Total,
		Table: documentURL(v.doc.ID, "/figures/table"),
		Read:  l.Read, Units: l.Units, Again: v.here()}
	if !l.Whole() {
		v.readFigures()
	}
	p.basePage = v.newBase(v.t("figures.title"), crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, documentURL(v.doc.ID, "")}, crumb{Name: v.t("figures.title")})
	link := func(doubtful bool, from int) string {
		values := url.Values{}
		if doubtful {
			values.Set("show", "doubtful")
		}
		if from > 0 {
			values.Set("from", strconv.Itoa(from))
		}
		if len(values) == 0 {
			return documentURL(v.doc.ID, "/figures")
		}
		return documentURL(v.doc.ID, "/figures?"+values.Encode())
	}
	p.Filters = []choice{{"figures.all", l.Figures, link(false, 0), !doubtful}, {"figures.doubtful", l.Doubtful, link(true, 0), doubtful}}
	if from > 0 {
		p.Earlier = link(doubtful, max(0, from-figuresShown))
	}
	if p.To < l.Total {
		p.Later = link(doubtful, from+figuresShown)
	}
	for _, row := range l.Rows {
		p.Rows = append(p.Rows, v.ledgerView(row, l.Sourced))
	}
	return v.show(p)
}

func (v *visit) ledgerView(row workflow.LedgerRow, sourced bool) ledgerView {
	to := func(u corpus.UnitID) string { return documentURL(v.doc.ID, "?at="+string(u)+"#u-"+string(u)) }
	view := ledgerView{LedgerRow: row, URL: to(row.Unit)}
	view.Says, view.Status, view.Class = v.figureSays(row, sourced)
	for _, x := range row.Same {
		view.Same = append(view.Same, figureLink{x.Number, x.Text, to(x.Unit)})
	}
	for _, x := range row.Twins {
		view.Twins = append(view.Twins, figureLink{x.Number, x.Text, to(x.Unit)})
	}
	return view
}

// figureSays puts a figure into words, with its status and the class of that.
func (v *visit) figureSays(row workflow.LedgerRow, sourced bool) (says, status, class string) {
	switch {
	case !sourced:
		return row.Target, "figures.verify", "minor"
	case row.Relation == "missing":
		if row.Means != "" {
			return v.t("figures.says-missing-means", row.Source, row.Means), "figures.missing", "major"
		}
		return v.t("figures.says-missing", row.Source), "figures.missing", "major"
	case row.Relation == "added":
		return v.t("figures.says-added", row.Target), "figures.added", "minor"
	}
	equals := row.Relation == "equal" || row.Relation == "rounded"
	status, class = "figures.changed", "major"
	switch {
	case row.Relation == "rounded":
		status, class = "figures.rounded", "minor"
	case equals:
		status, class = "figures.matched", "approved"
	case row.Relation == "unit":
		status = "figures.unit-changed"
	}
	switch {
	case row.Means != "" && equals:
		return v.t("figures.says-means", row.Source, row.Means), status, class
	case row.Means != "":
		return v.t("figures.says-differs-means", row.Source, row.Means, row.Target), status, class
	case equals:
		return "", status, class // the two columns say it
	}
	return v.t("figures.says-differs", row.Source, row.Target), status, class
}

// sendFigures sends the whole ledger as a table, in the words of the page, row by
// row.
func (v *visit) sendFigures() error {
	l, err := v.desk.WholeLedger(v.context(), v.user.ID, v.doc, false)
	if err != nil {
		return err
	}
	rows := func(yield func([]string) bool) {
		if !yield([]string{"unit", "kind", "source", "target", "value", "status", "in words", "also in units", "near-twins"}) {
			return
		}
		for _, row := range l.Rows {
			says, status, _ := v.figureSays(row, l.Sourced)
			if !yield([]string{strconv.Itoa(row.Number), row.Kind, row.Source, row.Target, row.Value, v.t(status), says, places(row.Same), places(row.Twins)}) {
				return
			}
		}
	}
	v.c.Header("Content-Disposition", attachment(v.doc.Name+".figures.csv"))
	v.c.Header("Content-Type", "text/csv; charset=utf-8")
	v.c.Header("Cache-Control", "no-store")
	_ = exchange.StreamCSV(v.c.Writer, rows) // it fails only where nobody reads any longer
	return nil
}

func places(list []workflow.Twin) string {
	s := ""
	for i, x := range list {
		if i > 0 {
			s += " "
		}
		s += strconv.Itoa(x.Number)
	}
	return s
}
