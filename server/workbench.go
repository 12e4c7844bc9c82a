package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language/display"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// workbenchRoutes are the pages in which people read and correct.
func (s *Server) workbenchRoutes() []route {
	return []route{
		get("/documents/:document", inDocument, corpus.Read, (*visit).showWorkbench),
		get("/documents/:document/map", inDocument, corpus.Read, (*visit).showMap),
	}
}

// workbenchPage is the list of a document's units with a panel about the
// current one.
type workbenchPage struct {
	basePage
	Document               corpus.Document
	Version                corpus.Version
	Progress               corpus.Progress
	View                   view
	Filters                []choice
	Looks                  []choice
	Orders                 []choice
	Rows                   []*rowView
	Earlier                string    // address of the window before, or ""
	More                   string    // address of the window behind, or ""
	Unit                   *unitView // the current one; nil where no unit matches
	Bar                    bar
	Done                   int // units that are approved or final
	MayUndo                bool
	Problem                string // why a form was not taken; what was typed is kept
	Next                   string // addresses of the units after and before the current one
	Previous               string
	Sourced                bool
	Fragment               bool // only a part of the page is wanted
	Words                  map[string]string
	SourceName, TargetName string
}

// scriptWords are the messages that script says by itself.
var scriptWords = []string{"script.offline", "script.retry", "script.saving", "script.walk", "script.no-fix", "script.draft-here", "script.end"}

func (*workbenchPage) template() string { return "workbench.html" }

// choice is a link among others, one of which is the present one.
type choice struct {
	Word  string // key of the message
	Count int    // -1: none is shown
	URL   string
	On    bool
}

// view is what the address says of how the document is shown. It is carried
// along by all links and forms of the page.
type view struct {
	Base   string // path of the document
	Filter string
	Text   string
	Phrase string
	Order  corpus.Order
}

// filters are the filters in the order of their chips.
var filters = []struct {
	word  string
	match []corpus.Filter
	count func(corpus.Progress) int
}{
	{"open", []corpus.Filter{{States: []corpus.State{corpus.StateMachine}}}, func(p corpus.Progress) int { return p.States[corpus.StateMachine] }},
	{"doubtful", []corpus.Filter{{Found: true}, {Doubtful: true}}, func(p corpus.Progress) int { return p.Findings + p.Doubtful }},
	{"proposed", []corpus.Filter{{Waiting: true}}, func(p corpus.Progress) int { return p.Pending }},
	{"returned", []corpus.Filter{{States: []corpus.State{corpus.StateReturned}}}, func(p corpus.Progress) int { return p.States[corpus.StateReturned] }},
	{"stale", []corpus.Filter{{States: []corpus.State{corpus.StateStale}}}, func(p corpus.Progress) int { return p.States[corpus.StateStale] }},
	{"flagged", []corpus.Filter{{Flagged: true}}, func(p corpus.Progress) int { return p.Flags }},
	{"all", nil, func(p corpus.Progress) int { return p.Units }},
}

// looks are the texts that can be shown, the usual one first.
var looks = []string{"proposed", "received", "approved"}

// viewOf reads the view from the values of an address or form; what it does
// not know is the usual.
func viewOf(doc corpus.Document, values url.Values) view {
	w := view{Base: "/documents/" + string(doc.ID), Filter: "all", Text: looks[0], Phrase: values.Get("q")}
	for _, f := range filters {
		if f.word == values.Get("filter") {
			w.Filter = f.word
		}
	}
	if o := corpus.Order(values.Get("order")); o == corpus.ByRisk || o == corpus.ByDensity {
		w.Order = o
	}
	for _, look := range []string{values.Get("text"), values.Get("look")} { // in forms text is a wording
		if slices.Contains(looks, look) {
			w.Text = look
		}
	}
	return w
}

// query is the view as the workflow asks for it.
func (w view) query() workflow.Query {
	q := workflow.Query{Phrase: w.Phrase, Order: w.Order}
	for _, f := range filters {
		if f.word == w.Filter {
			q.Match = f.match
		}
	}
	return q
}

// link is the address of the view with further values, key before value.
func (w view) link(pairs ...string) string {
	values := url.Values{}
	if w.Filter != "all" {
		values.Set("filter", w.Filter)
	}
	if w.Text != looks[0] {
		values.Set("text", w.Text)
	}
	if w.Phrase != "" {
		values.Set("q", w.Phrase)
	}
	if w.Order != corpus.InReading {
		values.Set("order", string(w.Order))
	}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	if len(values) == 0 {
		return w.Base
	}
	return w.Base + "?" + values.Encode()
}

// At is the address at which a unit is the current one.
func (w view) At(unit corpus.UnitID) string { return w.link("at", string(unit)) + "#u-" + string(unit) }

// showWorkbench shows a window of the document, or for script a part of it:
// "rows" to extend the list, "unit" for another current unit, "list" for all.
func (v *visit) showWorkbench() error {
	values := v.c.Request.URL.Query()
	w := viewOf(v.doc, values)
	part := ""
	if v.wantsFragment() {
		part = values.Get("part")
	}
	if part == "unit" {
		return v.swapUnits(w, corpus.UnitID(values.Get("at")), pick{revision: corpus.RevisionID(values.Get("w")), edit: values.Get("edit") != "", fix: values.Get("fix")})
	}
	q := w.query()
	q.At = corpus.UnitID(values.Get("at"))
	q.Number = strings.TrimSpace(values.Get("n"))
	q.After, _ = strconv.ParseInt(values.Get("after"), 10, 64)
	q.Before, _ = strconv.ParseInt(values.Get("before"), 10, 64)
	if w.Order != corpus.InReading {
		q.Behind, q.InFront = rankIn(values.Get("after")), rankIn(values.Get("before"))
	}
	window, err := v.desk.Window(v.context(), v.user.ID, v.doc, q)
	if err != nil {
		return err
	}
	p, err := v.newWorkbench(w, window)
	if err != nil {
		return err
	}
	if part == "rows" {
		return v.fragment("workbench.html", "_rows.html", p)
	}
	number, _ := workflow.ParseNumber(q.Number)
	current := p.currentOf(q.At, number)
	if current != nil {
		if err := v.makeCurrent(p, current, pick{revision: corpus.RevisionID(values.Get("w")), edit: values.Get("edit") != "", fix: values.Get("fix")}); err != nil {
			return err
		}
	}
	if part == "list" {
		return v.fragment("workbench.html", "_bench.html", p)
	}
	return v.show(p)
}

// newWorkbench fills the page in, but for the current unit.
func (v *visit) newWorkbench(w view, window workflow.Window) (*workbenchPage, error) {
	p := &workbenchPage{Document: v.doc, Version: window.Version, View: w}
	p.basePage = v.newBase(v.doc.Name, crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.doc.Name, ""})
	p.Wide, p.Sourced, p.Fragment = true, window.Version.Source.Present(), v.wantsFragment()
	names := display.Tags(v.lang)
	p.SourceName, p.TargetName = names.Name(v.project.Source), names.Name(v.project.Target)
	p.Words = map[string]string{}
	for _, key := range scriptWords {
		p.Words[strings.TrimPrefix(key, "script.")] = v.t(key)
	}
	maker := v.newRowMaker(w, window.Version)
	for _, row := range window.Rows {
		p.Rows = append(p.Rows, maker.row(row))
	}
	if window.Earlier && len(window.Rows) > 0 {
		p.Earlier = w.link("before", w.place(firstMatch(window.Rows)))
	}
	if window.More && len(window.Rows) > 0 {
		p.More = w.link("after", w.place(window.Rows[len(window.Rows)-1].Record.Unit))
	}
	return p, v.count(p)
}

// firstMatch is the first row's unit that is not there for context.
func firstMatch(rows []workflow.Row) corpus.Unit {
	for _, row := range rows {
		if !row.Context {
			return row.Record.Unit
		}
	}
	return rows[0].Record.Unit
}

// count fills in what the page's head shows.
func (v *visit) count(p *workbenchPage) error {
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		p.Progress, err = r.Progress(v.doc.Current)
		return err
	})
	if err != nil {
		return err
	}
	w := p.View
	for _, f := range filters {
		to := w
		to.Filter = f.word
		to.Phrase = ""
		p.Filters = append(p.Filters, choice{"filter." + f.word, f.count(p.Progress), to.link(), w.Filter == f.word && w.Phrase == ""})
	}
	for _, look := range []string{"received", "proposed", "approved"} {
		to := w
		to.Text = look
		p.Looks = append(p.Looks, choice{"look." + look, -1, to.link(), w.Text == look})
	}
	for _, o := range []corpus.Order{corpus.InReading, corpus.ByRisk, corpus.ByDensity} {
		to := w
		to.Order = o
		p.Orders = append(p.Orders, choice{"order." + orderWord(o), -1, to.link(), w.Order == o})
	}
	p.Done = p.Progress.States[corpus.StateApproved] + p.Progress.States[corpus.StateFinal]
	p.Bar = v.bar(p.Progress)
	p.MayUndo = v.may(corpus.Propose)
	return nil
}

// currentOf returns the row that is to be the current one: the one asked for,
// else the first that matches.
func (p *workbenchPage) currentOf(unit corpus.UnitID, number int) *rowView {
	var first *rowView
	for _, row := range p.Rows {
		if row.ID == unit || number > 0 && row.Number == number {
			return row
		}
		if first == nil && !row.Context {
			first = row
		}
	}
	return first
}

// Asked reports what the list shows the units of: nothing, a filter, a phrase.
func (p *workbenchPage) Asked() string {
	switch {
	case p.View.Phrase != "":
		return "phrase"
	case p.View.Filter != "all":
		return "filter"
	}
	return ""
}
