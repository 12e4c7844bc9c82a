package server

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func (s *Server) queueRoutes() []route {
	return []route{
		get("/projects/:project/queue", inProject, corpus.Read, (*visit).showQueue),                           // what waits
		post("/projects/:project/queue/confirm", inProject, corpus.Countersign, (*visit).confirmBatch),        // lists what a batch would do
		post("/projects/:project/queue/approve", inProject, corpus.Countersign, (*visit).approveBatch),        // does it
		post("/documents/:document/units/:unit/review", inUnit, corpus.Countersign, (*visit).reviewFromQueue), // one card
	}
}

// queueSize is how many cards a page of the queue holds.
const queueSize = 50

// queuePage shows what waits in a project, a card a unit.
type queuePage struct {
	basePage
	View     queueView
	Groups   []groupChip
	Orders   []choice
	Total    int
	More     bool // more wait than the queue looks at
	Cards    []*queueCard
	From, To int    // the cards shown, counted from 1
	Earlier  string // address of the page before, "" on the first
	Later    string
	Lines    string // address with the other way to show changes
	Batch    bool   // some cards can be approved together
	AllSame  bool   // all of the group "no change" can be
	Undo     []undoWay
	TwoEyes  bool // two pairs of eyes are on
	Reasons  []string
}

func (*queuePage) template() string { return "queue.html" }

// Key is the first key of an action, for the hint beside its control.
func (p *queuePage) Key(action string) string { return keyOf(p.Keys, action) }

type groupChip struct {
	Word  string // key of its name
	Count int
	URL   string
	On    bool
}

// queueView is what the address of a queue says.
type queueView struct {
	Base  string
	Group workflow.Group
	Page  int // from 1
	Two   bool
	Order corpus.Order
}

func (v *visit) queueView(values url.Values) queueView {
	w := queueView{Base: "/projects/" + string(v.project.ID) + "/queue", Group: workflow.GroupAll, Page: 1, Two: values.Get("lines") == "two"}
	if v.may(corpus.Countersign) {
		w.Group = workflow.GroupMine
	}
	if g := workflow.Group(values.Get("group")); slices.Contains(workflow.Groups(), g) {
		w.Group = g
	}
	if o := corpus.Order(values.Get("order")); o == corpus.ByRisk || o == corpus.ByDensity {
		w.Order = o
	}
	if n, err := strconv.Atoi(values.Get("page")); err == nil && n > 1 {
		w.Page = min(n, 1_000)
	}
	return w
}

// link is the address of the view with further values, key before value.
func (w queueView) link(pairs ...string) string {
	values := url.Values{"group": {string(w.Group)}}
	if w.Page > 1 {
		values.Set("page", strconv.Itoa(w.Page))
	}
	if w.Two {
		values.Set("lines", "two")
	}
	if w.Order != corpus.InReading {
		values.Set("order", string(w.Order))
	}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return w.Base + "?" + values.Encode()
}

// Link is the address of the view.
func (w queueView) Link() string { return w.link() }

// queueCard is a unit that waits.
type queueCard struct {
	ID        corpus.UnitID
	Document  corpus.Document
	Number    int
	State     string
	URL       string // of its row in the workbench
	History   string
	Acts      string // path the card's form posts to
	Next      corpus.UnitID
	Source    []piece
	Was       *diffView // of the source, where it changed since the approval
	Lapsed    *corpus.Decision
	Before    *neighbour
	After     *neighbour
	Offers    []*offerView
	Contested bool
	Returned  *workflow.Returned
	Standing  []piece // of a unit on which nothing waits
	Current   corpus.RevisionID
	Again     string // why the visitor may not say "still right"; "" where he may
	MayAgain  bool
	Flags     []settleView // open, where nothing waits
	SourceTo  language.Tag
	TargetTo  language.Tag
	Chosen    string   // value of its box for batches, "" where it has none
	Same      int      // others with the same source and the same wording
	SameList  []string // their boxes' values
}

// neighbour is the sentence before or after, for context.
type neighbour struct{ Source, Target []piece }

// offerView is a wording that waits, as a card shows it.
type offerView struct {
	Letter    string // of several: A, B …
	Revision  corpus.RevisionID
	Diff      diffView
	By        []string
	When      time.Time
	NoChange  bool
	Note      string
	Reference string
	Verb      string
	Hold      string // why the visitor may not answer for it
	Trouble   string // why it cannot be written into the file
	May       bool
	Refusable bool
	Withdraw  bool // the visitor put it up, and may take it back
	MayEdit   bool
	Own       bool
	Text      string // as an editor shows it
	Findings  []*findingView
	Figures   string
	Settles   []settleView
	Onto      string // letter of the wording on top of which it was written
	Key       string // makes sending the editor twice one act
	Ticks     bool   // flags may be resolved together with the approval
}

// settleView is an open flag as it looks from a wording.
type settleView struct {
	ID       corpus.FlagID
	Category corpus.Category
	Severity string
	Quote    string
	Note     string
	By       string
	Gone     bool
}

func (v *visit) showQueue() error {
	values := v.c.Request.URL.Query()
	w := v.queueView(values)
	review, err := v.desk.Review(v.context(), v.user.ID, v.project.ID, w.Group, w.Order, (w.Page-1)*queueSize, queueSize)
	if err != nil {
		return err
	}
	p := &queuePage{View: w, Total: review.Total, More: review.More, TwoEyes: !v.project.Settings.OnePerson}
	p.basePage = v.newBase(v.t("queue.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.t("queue.title"), ""})
	for _, g := range workflow.Groups() {
		p.Groups = append(p.Groups, groupChip{"queue.group-" + string(g), review.Counts[g], queueView{Base: w.Base, Group: g, Page: 1, Two: w.Two, Order: w.Order}.link(), g == w.Group})
	}
	for _, o := range []corpus.Order{corpus.InReading, corpus.ByRisk, corpus.ByDensity} {
		to := w
		to.Order, to.Page = o, 1
		p.Orders = append(p.Orders, choice{"queue.order-" + orderWord(o), -1, to.link(), w.Order == o})
	}
	m := v.newRowMaker(view{}, corpus.Version{})
	for _, c := range review.Cards {
		card := m.card(w, c)
		if n := len(p.Cards); n > 0 {
			p.Cards[n-1].Next = card.ID
		}
		p.Cards = append(p.Cards, card)
		p.Batch = p.Batch || card.Chosen != ""
	}
	p.place(w)
	p.AllSame = w.Group == workflow.GroupUnchanged && p.Batch
	for _, key := range []string{"1", "2", "3", "4", "5"} {
		p.Reasons = append(p.Reasons, v.t("reason.canned."+key))
	}
	if n, err := strconv.Atoi(values.Get("batch")); err == nil && n > 0 {
		p.Notice = v.t("queue.said-batch", n)
	}
	if values.Get("done") != "" || values.Get("batch") != "" {
		if p.Undo, err = v.undoWays(w.Link(), values["document"]); err != nil {
			return err
		}
	}
	return v.show(p)
}

// place fills in what part of the group is shown, and the ways to the others.
func (p *queuePage) place(w queueView) {
	if len(p.Cards) > 0 {
		p.From = (w.Page-1)*queueSize + 1
		p.To = p.From + len(p.Cards) - 1
	}
	turn := func(page int) string {
		to := w
		to.Page = page
		return to.link()
	}
	if w.Page > 1 {
		p.Earlier = turn(min(w.Page-1, max(1, (p.Total+queueSize-1)/queueSize)))
	}
	if p.To > 0 && p.To < p.Total {
		p.Later = turn(w.Page + 1)
	}
	other := w
	other.Two = !w.Two
	p.Lines = other.link()
}

// card makes a card of what the workflow knows.
func (m *rowMaker) card(w queueView, c workflow.Card) *queueCard {
	u := c.Record.Unit
	doc := "/documents/" + string(c.Document.ID)
	q := &queueCard{
		ID: u.ID, Document: c.Document, Number: c.Number, State: c.Record.State().String(), URL: doc + "?at=" + string(u.ID) + "#u-" + string(u.ID),
		History: doc + "/units/" + string(u.ID) + "/history", Acts: doc + "/units/" + string(u.ID) + "/review",
		Source: pieces(u.Text.Source, nil, nil), Before: neighbourOf(c.Before), After: neighbourOf(c.After), Contested: len(c.Offers) > 1,
		Returned: c.Returned, SourceTo: m.project.Source, TargetTo: m.project.Target, Current: c.Record.Current().ID, Same: len(c.Same),
	}
	if l := c.Lapsed; l != nil {
		q.Lapsed = &l.Decision
		if l.Source != u.Text.Source {
			d := newDiff(l.Source, u.Text.Source, w.Two)
			q.Was = &d
		}
	}
	for i, o := range c.Offers {
		view := m.offer(w, &c, o)
		if q.Contested {
			view.Letter = letter(i)
			view.Onto = letterOf(c.Offers, o.Onto)
		}
		q.Offers = append(q.Offers, view)
	}
	if len(c.Offers) == 0 {
		q.Standing = pieces(c.Record.Current().Text, nil, nil)
		q.MayAgain = q.State == "stale" && c.Again == workflow.NoHold
		if q.State == "stale" && c.Again != workflow.NoHold {
			q.Again = m.t("queue.hold-" + string(c.Again))
		}
		for _, f := range c.Record.OpenFlags() {
			q.Flags = append(q.Flags, m.settle(workflow.SettledFlag{Flag: f}))
		}
	}
	if len(c.Offers) == 1 && c.Offers[0].Hold == workflow.NoHold {
		q.Chosen = choiceValue(workflow.Choice{Unit: u.ID, Revision: c.Offers[0].Revision.ID})
	}
	for _, same := range c.Same {
		q.SameList = append(q.SameList, choiceValue(same))
	}
	return q
}

// letter names the nth of several wordings.
func letter(n int) string { return string(rune('A' + n%26)) }

func letterOf(offers []workflow.Offer, id corpus.RevisionID) string {
	for i, o := range offers {
		if o.Revision.ID == id {
			return letter(i)
		}
	}
	return ""
}

func neighbourOf(texts *corpus.Pair) *neighbour {
	if texts == nil {
		return nil
	}
	return &neighbour{pieces(texts.Source, nil, nil), pieces(texts.Target, nil, nil)}
}

func (m *rowMaker) offer(w queueView, c *workflow.Card, o workflow.Offer) *offerView {
	rev := o.Revision
	view := &offerView{
		Revision: rev.ID, Diff: newDiff(c.Record.Current().Text, rev.Text, w.Two), NoChange: o.NoChange, Note: rev.Note, Reference: rev.Instruction,
		Verb: string(o.Verb), May: o.Hold == workflow.NoHold, Refusable: o.Refusable, MayEdit: m.may(corpus.Propose), Own: o.Own,
		Text: layout.Show(rev.Text), Key: string(corpus.NewID[corpus.EventID]()), Ticks: m.may(corpus.Resolve),
	}
	if o.NoChange {
		view.Note = ""
	}
	for _, p := range o.Proposals {
		view.By = append(view.By, m.name(p.By))
		view.When = p.Created
		view.Withdraw = view.Withdraw || p.By == m.user.ID && m.may(corpus.Withdraw)
	}
	if o.Hold != workflow.NoHold {
		view.Hold = m.t("queue.hold-" + string(o.Hold))
	}
	if rev.Verdict.Bad {
		view.Trouble = rev.Verdict.Reason
	}
	for _, f := range o.Findings {
		view.Findings = append(view.Findings, m.finding(f, rev.Text))
	}
	view.Figures = m.figures(c.Record.Unit.Text.Source, rev.Text)
	for _, f := range o.Settles {
		view.Settles = append(view.Settles, m.settle(f))
	}
	return view
}

// figures says whether the figures of a wording are those of the source: "agree"
// with their number, else nothing; where they differ a finding says so.
func (m *rowMaker) figures(source, target string) string {
	if source == "" || target == "" {
		return ""
	}
	list := workflow.Figures(corpus.Pair{Source: source, Target: target}, m.project.Source, m.project.Target)
	for _, f := range list {
		if f.Relation != "equal" && f.Relation != "rounded" {
			return ""
		}
	}
	if len(list) == 0 {
		return ""
	}
	return m.t("queue.figures", len(list))
}

func (m *rowMaker) settle(f workflow.SettledFlag) settleView {
	quote := f.Target.Quote
	if quote == "" {
		quote = f.Source.Quote
	}
	return settleView{f.ID, f.Category, f.Severity.String(), layout.Show(quote), f.Note, m.name(f.By), f.Gone}
}
