package server

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// alignmentRoutes are the page on which links are looked at, and the acts that
// change them. The acts serve the workbench's repair mode as well.
func (s *Server) alignmentRoutes() []route {
	const unit = "/documents/:document/units/:unit/"
	return []route{
		get("/documents/:document/alignment", inDocument, corpus.Read, (*visit).showAlignment),
		post(unit+"shift", inUnit, corpus.Relink, (*visit).shift),       // a sentence goes to the neighbour
		post(unit+"cross", inUnit, corpus.Relink, (*visit).cross),       // two neighbours exchange their translations
		post(unit+"realign", inUnit, corpus.Relink, (*visit).realign),   // between the nearest anchors; pin makes one
		post(unit+"unlink", inUnit, corpus.Split, (*visit).unlink),      // a pair is taken apart
		post(unit+"confirm", inUnit, corpus.Confirm, (*visit).confirm),  // a pairing is right
		post(unit+"unmatched", inUnit, corpus.PutFlag, (*visit).flagIt), // what has no counterpart becomes a flag
	}
}

// alignmentPage is both texts in columns with their links.
type alignmentPage struct {
	basePage
	Document               corpus.Document
	Base                   string // path of the document
	Filter                 string
	Filters                []choice
	Rows                   []*pairView
	Now                    *pairView // the current one; nil where there is none
	Repairs                *repairs  // acts on the current one
	Earlier, More          string    // addresses of the windows around
	Sourced                bool
	May, MayConfirm        bool
	Fragment               bool // only the list is wanted
	SourceName, TargetName string
	Words                  map[string]string
}

func (*alignmentPage) template() string { return "alignment.html" }

// pairView is a unit as a pair of sentences.
type pairView struct {
	ID             corpus.UnitID
	Number         int
	Position       int64
	State          string
	Status         corpus.BeadStatus
	Why            string // the aligner's reasons in words
	Source, Target [][]piece
	SourceTo       language.Tag
	TargetTo       language.Tag
	Links          []link
	Crosses        bool // its translation stands before that of the unit in front
	Omitted, Added bool
	Context        bool
	Now            bool
	URL            string // makes it the current one
	Open           string // in the workbench
}

// link is a line from a sentence of the source to one of the translation, in
// hundredths of the row's height.
type link struct{ From, To int }

// pairFilters are the filters in the order of their chips.
var pairFilters = []struct {
	word  string
	match []corpus.Filter
}{
	{"doubtful", []corpus.Filter{{Doubtful: true}}},
	{"unmatched", []corpus.Filter{{Missing: true}}},
	{"all", nil},
}

// alignmentURL is the page with a filter, key before value.
func alignmentURL(base, filter string, pairs ...string) string {
	w := view{Base: base + "/alignment", Filter: filter, Text: looks[0]}
	return w.link(pairs...)
}

func (v *visit) showAlignment() error {
	values := v.c.Request.URL.Query()
	q := workflow.Query{At: corpus.UnitID(values.Get("at"))}
	q.Number = strings.TrimSpace(values.Get("n"))
	q.After, _ = strconv.ParseInt(values.Get("after"), 10, 64)
	q.Before, _ = strconv.ParseInt(values.Get("before"), 10, 64)
	p, err := v.alignmentPage(values.Get("filter"), q)
	if err != nil {
		return err
	}
	if v.wantsFragment() {
		return v.fragment("alignment.html", "_pairs.html", p)
	}
	return v.show(p)
}

// alignmentPage is a window of pairs.
func (v *visit) alignmentPage(filter string, q workflow.Query) (*alignmentPage, error) {
	base := documentURL(v.doc.ID, "")
	p := &alignmentPage{Document: v.doc, Base: base, Filter: "all", May: v.may(corpus.Relink), MayConfirm: v.may(corpus.Confirm), Fragment: v.wantsFragment()}
	for _, f := range pairFilters {
		if f.word == filter {
			p.Filter, q.Match = f.word, f.match
		}
	}
	window, err := v.desk.Window(v.context(), v.user.ID, v.doc, q)
	if err != nil {
		return nil, err
	}
	p.basePage = v.newBase(v.t("alignment.title"), crumb{v.project.Name, v.projectURL("")}, crumb{v.doc.Name, base}, crumb{v.t("alignment.title"), ""})
	p.Wide, p.Sourced = true, window.Version.Source.Present()
	names := display.Tags(v.lang)
	p.SourceName, p.TargetName = names.Name(v.project.Source), names.Name(v.project.Target)
	p.Words = map[string]string{"end": v.t("script.end"), "offline": v.t("script.offline")}
	number, _ := workflow.ParseNumber(q.Number)
	m := v.newRowMaker(view{Base: base, Filter: "all", Text: looks[0]}, window.Version)
	for i, row := range window.Rows {
		x := m.pair(row, p.Filter)
		x.Crosses = i > 0 && crosses(window.Rows[i-1].Record.Unit, row.Record.Unit)
		if q.At == x.ID || number == x.Number {
			p.Now = x
		}
		p.Rows = append(p.Rows, x)
	}
	if i := slices.IndexFunc(p.Rows, func(x *pairView) bool { return !x.Context }); p.Now == nil && i >= 0 {
		p.Now = p.Rows[i]
	}
	if p.Now != nil {
		p.Now.Now = true
		p.Repairs = &repairs{base + "/units/" + string(p.Now.ID), base, fromAlignment, view{Base: base, Filter: p.Filter, Text: looks[0]}, p.Sourced, p.MayConfirm, p.Keys}
	}
	if n := len(window.Rows); n > 0 && window.Earlier {
		p.Earlier = alignmentURL(base, p.Filter, "before", strconv.FormatInt(firstMatch(window.Rows).Position, 10))
	}
	if n := len(window.Rows); n > 0 && window.More {
		p.More = alignmentURL(base, p.Filter, "after", strconv.FormatInt(window.Rows[n-1].Record.Unit.Position, 10))
	}
	return p, v.countPairs(p)
}

func (v *visit) countPairs(p *alignmentPage) error {
	return v.store.View(v.context(), func(r corpus.Reader) error {
		progress, err := r.Progress(v.doc.Current)
		counts := map[string]int{"doubtful": progress.Doubtful, "unmatched": -1, "all": progress.Units}
		for _, f := range pairFilters {
			p.Filters = append(p.Filters, choice{"alignment.filter-" + f.word, counts[f.word], alignmentURL(p.Base, f.word), f.word == p.Filter})
		}
		return err
	})
}

// pair makes the row of a unit.
func (m *rowMaker) pair(row workflow.Row, filter string) *pairView {
	u := row.Record.Unit
	x := &pairView{ID: u.ID, Number: row.Number, Position: u.Position, State: u.Summary.State.String(), Status: u.Bead.Status, Context: row.Context,
		SourceTo: m.project.Source, TargetTo: m.project.Target, Source: sentences(u.Text.Source, u.Source), Target: sentences(u.Text.Target, u.Target),
		URL: alignmentURL(m.view.Base, filter, "at", string(u.ID)) + "#p-" + string(u.ID), Open: m.view.At(u.ID)}
	x.Omitted, x.Added = len(u.Target) == 0, len(u.Source) == 0 && m.sourced
	if m.sourced {
		var words []string
		for _, r := range u.Bead.Reasons {
			words = append(words, m.pairReason(r))
		}
		x.Why = strings.Join(words, "; ")
	}
	for i := range x.Source {
		for j := range x.Target {
			x.Links = append(x.Links, link{(2*i + 1) * 50 / len(x.Source), (2*j + 1) * 50 / len(x.Target)})
		}
	}
	return x
}

// sentences cuts the text of a side at the borders of its sentences.
func sentences(text string, segments []corpus.Segment) [][]piece {
	var list [][]piece
	for _, s := range workflow.SentenceSpans(segments) {
		if s.End <= len(text) {
			list = append(list, pieces(text[s.Start:s.End], nil, nil))
		}
	}
	return list
}

// crosses reports whether the translation of a unit stands before that of the
// unit in front of it.
func crosses(before, u corpus.Unit) bool {
	if len(before.Target) == 0 || len(u.Target) == 0 {
		return false
	}
	a, b := before.Target[0], u.Target[0]
	return b.Block < a.Block || b.Block == a.Block && b.Span.Start < a.Span.Start
}
