package server

import (
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) historyRoutes() []route {
	return []route{
		get("/documents/:document/units/:unit/history", inUnit, corpus.Read, (*visit).showUnitHistory),       // all wordings, any two compared
		post("/documents/:document/units/:unit/restore", inUnit, corpus.Restore, (*visit).restore),           // an old wording comes back
		post("/documents/:document/units/:unit/history/undo", inUnit, corpus.Undo, (*visit).undoFromHistory), // one's own last act goes
		get("/documents/:document/history", inDocument, corpus.Read, (*visit).showDocumentHistory),           // versions, releases, snapshots
	}
}

// unitHistoryPage is the timeline of a unit, newest first.
type unitHistoryPage struct {
	basePage
	Base       string // path of the unit
	Document   corpus.Document
	Version    int
	Number     int // 0 for a unit that was merged or split away
	URL        string
	State      string
	Source     []piece
	Entries    []timelineEntry
	From, To   []kinView
	Compare    *comparison // the two chosen; nil where the timeline itself shows all there is to compare
	Lines      string      // address with the other way to show changes
	Two        bool
	MayRestore bool
	Undo       string // verb of the visitor's last act here; "" where there is none to take back
	Old        bool   // of an earlier version, or gone: only to be read
}

func (*unitHistoryPage) template() string { return "unit_history.html" }

// timelineEntry is a wording with what was done with it.
type timelineEntry struct {
	workflow.Entry
	Who     string
	From    int // number of the wording it was restored from; -1 for others
	Text    []piece
	Diff    diffView // against the wording it was based on
	Base    int      // its number; -1 where there is none
	ByHand  []string // others whose words are in it
	Done    []doneView
	A, B    bool // chosen to be compared
	Trouble string
}

// doneView is a proposal of a wording, or a decision on it.
type doneView struct {
	What     string // in words
	Who      string
	Function string
	When     time.Time
	Reason   string
	Undone   bool
	Rests    bool // rests on an earlier decision
	NoSource bool
	Alone    bool // by the author of the wording
}

type kinView struct {
	Way     string // "from" or "to"
	Kind    corpus.LineageKind
	Number  int
	Version int
	URL     string // of its history
	Text    []piece
}

// Several reports whether there is a wording to go back to.
func (p *unitHistoryPage) Several() bool { return len(p.Entries) > 1 }

// comparison is two wordings beside each other.
type comparison struct {
	A, B int // numbers
	Diff diffView
}

func (v *visit) showUnitHistory() error {
	t, err := v.desk.Timeline(v.context(), v.user.ID, v.unit.ID)
	if err != nil {
		return err
	}
	values := v.c.Request.URL.Query()
	rec := &t.Record
	doc := "/documents/" + string(v.doc.ID)
	p := &unitHistoryPage{Base: doc + "/units/" + string(v.unit.ID), Document: v.doc, Version: t.Version.Number, Number: t.Number, State: rec.State().String(),
		Source: pieces(rec.Unit.Text.Source, nil, nil), Two: values.Get("lines") == "two", Old: t.Number == 0 || rec.Unit.Version != v.doc.Current}
	if !p.Old {
		p.URL = doc + "?at=" + string(v.unit.ID) + "#u-" + string(v.unit.ID)
	}
	p.basePage = v.newBase(v.t("timeline.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.doc.Name, doc}, crumb{v.t("timeline.title"), ""})
	a, b := chosenTwo(&t, values.Get("a"), values.Get("b"))
	m := v.newRowMaker(view{}, t.Version)
	for _, e := range t.Entries {
		x := m.timelineEntry(rec, e, joinRun(t.Version), p.Two)
		x.A, x.B = e.Revision.ID == a.ID, e.Revision.ID == b.ID
		p.Entries = append(p.Entries, x)
	}
	if len(t.Entries) > 2 || a.ID != b.ID && values.Get("a") != "" {
		p.Compare = &comparison{a.Number, b.Number, newDiff(a.Text, b.Text, p.Two)}
	}
	for _, k := range t.From {
		p.From = append(p.From, kin("from", k))
	}
	for _, k := range t.To {
		p.To = append(p.To, kin("to", k))
	}
	lines := "two"
	if p.Two {
		lines = ""
	}
	p.Lines = p.Base + "/history?a=" + string(a.ID) + "&b=" + string(b.ID) + "&lines=" + lines
	if p.MayRestore = !p.Old && v.may(corpus.Restore); p.MayRestore {
		if p.Undo, err = v.lastHere(); err != nil {
			return err
		}
	}
	return v.show(p)
}

// chosenTwo returns the wordings to compare: those asked for, else what the
// machine said and what is newest.
func chosenTwo(t *workflow.Timeline, a, b string) (x, y corpus.Revision) {
	x, y = t.Record.Machine(), t.Record.Latest()
	for _, e := range t.Entries {
		if string(e.Revision.ID) == a {
			x = e.Revision
		}
		if string(e.Revision.ID) == b {
			y = e.Revision
		}
	}
	return x, y
}

func (m *rowMaker) timelineEntry(rec *corpus.Record, e workflow.Entry, run string, two bool) timelineEntry {
	rev := e.Revision
	x := timelineEntry{Entry: e, Who: m.name(rev.Author), From: -1, Base: -1, Text: pieces(rev.Text, nil, nil)}
	if rev.Origin == corpus.FromMachine {
		x.Who = run
	}
	if base, ok := rec.Revision(rev.Base); ok {
		x.Base, x.Diff = base.Number, newDiff(base.Text, rev.Text, two)
	}
	for _, other := range rec.Revisions {
		if other.ID == rev.From {
			x.From = other.Number
		}
	}
	for _, id := range rev.Hands {
		if id != rev.Author {
			x.ByHand = append(x.ByHand, m.name(id))
		}
	}
	if rev.Verdict.Bad {
		x.Trouble = rev.Verdict.Reason
	}
	for _, p := range e.Proposals {
		if p.NoChange {
			x.Done = append(x.Done, doneView{What: m.t("timeline.read"), Who: m.name(p.By), When: p.Created, Undone: p.Undone})
		}
	}
	for _, d := range e.Decisions {
		what := m.t("timeline.verb-" + verbWord(d))
		if d.Size > 1 {
			what = m.t("timeline.batch", d.Size, what)
		}
		x.Done = append(x.Done, doneView{What: what, Who: d.Name, Function: d.Function, When: d.Created, Reason: d.Reason, Undone: d.Undone,
			Rests: d.Rests != "", NoSource: d.NoSource, Alone: d.OnePerson})
	}
	return x
}

func kin(way string, k workflow.Kin) kinView {
	return kinView{Way: way, Kind: k.Kind, Number: k.Number, Version: k.Version.Number,
		URL: "/documents/" + string(k.Unit.Document) + "/units/" + string(k.Unit.ID) + "/history", Text: pieces(k.Unit.Text.Target, nil, nil)}
}

// lastHere is the verb of the visitor's last act in the document, if it was on
// this unit and can be taken back.
func (v *visit) lastHere() (string, error) {
	e, err := v.desk.LastAct(v.context(), v.user.ID, v.doc.ID)
	if corpus.KindOf(err) == corpus.Conflict || corpus.KindOf(err) == corpus.Blocked {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, id := range e.Units {
		if id == v.unit.ID {
			return v.t("timeline.verb-" + string(e.Verb)), nil
		}
	}
	return "", nil
}

// restore brings an old wording back.
func (v *visit) restore() error {
	saved, err := v.desk.Restore(v.context(), v.user.ID, v.unit.ID, corpus.RevisionID(v.c.PostForm("revision")))
	if err != nil {
		return err
	}
	what := "restored"
	if saved.Approved {
		what = "restored-approved"
	}
	return v.redirect("/documents/" + string(v.doc.ID) + "/units/" + string(v.unit.ID) + "/history?" + done(what))
}

// undoFromHistory takes the visitor's last act in the document back.
func (v *visit) undoFromHistory() error {
	if _, err := v.desk.Undo(v.context(), v.user.ID, v.doc.ID); err != nil {
		return err
	}
	return v.redirect(strings.TrimSuffix(v.c.Request.URL.Path, "/undo") + "?" + done("undo"))
}
