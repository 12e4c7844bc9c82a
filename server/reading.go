package server

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) readingRoutes() []route {
	return []route{
		get("/documents/:document/read", inDocument, corpus.Read, (*visit).showReading),             // the document as it would be published
		post("/documents/:document/read/confirm", inDocument, corpus.Accept, (*visit).confirmRange), // lists what accepting a stretch would do
		post("/documents/:document/read/accept", inDocument, corpus.Accept, (*visit).acceptRange),   // does it
	}
}

// readingPage shows a document in reading order, its source beside it.
type readingPage struct {
	basePage
	Document  corpus.Document
	View      readingView
	Looks     []choice
	Blocks    []readingBlock
	Sourced   bool
	MayAccept bool
	First     int // number of the first sentence on the page
	Last      int
	Earlier   string
	Later     string
	Marks     string // address with changes marked, or clean
	Picking   string // address with a stretch to be chosen, or without
	Undo      []undoWay
}

func (*readingPage) template() string { return "reading.html" }

// readingView is what the address says of how the document is read.
type readingView struct {
	Base string // path of the page
	Text string // "received", "proposed" or "approved"
	Mark bool   // what differs from the text as received is marked
	Pick bool   // a stretch is being chosen
	At   corpus.UnitID
}

func readingViewOf(doc corpus.Document, values url.Values) readingView {
	w := readingView{Base: "/documents/" + string(doc.ID) + "/read", Text: looks[0], Mark: values.Get("marks") != "", Pick: values.Get("pick") != "", At: corpus.UnitID(values.Get("at"))}
	if slices.Contains(looks, values.Get("text")) {
		w.Text = values.Get("text")
	}
	return w
}

// Link is the address of the view.
func (w readingView) Link() string {
	values := url.Values{}
	if w.Text != looks[0] {
		values.Set("text", w.Text)
	}
	if w.Mark {
		values.Set("marks", "1")
	}
	if w.Pick {
		values.Set("pick", "1")
	}
	if w.At != "" {
		values.Set("at", string(w.At))
	}
	if len(values) == 0 {
		return w.Base
	}
	return w.Base + "?" + values.Encode()
}

// readingBlock is a paragraph, heading, list item or row of a table with its
// sentences.
type readingBlock struct {
	Kind      string // "paragraph", "heading", "list-item", "row", "quote", "footnote", "term", "caption"
	Level     int
	Ordinal   string            // of an item of a numbered list
	Head      bool              // the row names the columns
	Sentences []readingSentence // of everything but a row
	Cells     []readingCell     // of a row
	From, To  int               // numbers of its first and last sentence
	Layout    []string          // what of its layout was changed, where changes are marked
}

type readingCell struct{ Sentences []readingSentence }

// readingSentence is a unit as it is read.
type readingSentence struct {
	ID      corpus.UnitID
	Number  int
	URL     string
	State   string
	Source  []styled
	Target  []styled
	Omitted bool // the source is there and nothing renders it
	Changed bool
	Flags   int
	Waiting int // proposals beside an approved wording
	Kind    string
}

func (v *visit) showReading() error {
	values := v.c.Request.URL.Query()
	w := readingViewOf(v.doc, values)
	page, err := v.desk.Read(v.context(), v.user.ID, v.doc, w.At)
	if err != nil {
		return err
	}
	p := &readingPage{Document: v.doc, View: w, Sourced: page.Version.Source.Present(), MayAccept: v.may(corpus.Accept)}
	p.basePage = v.newBase(v.t("reading.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.doc.Name, "/documents/" + string(v.doc.ID)}, crumb{v.t("reading.title"), ""})
	if w.Pick = w.Pick && p.MayAccept; w.Pick {
		w.Text, w.Mark = "approved", false // what stands is what would be accepted
	}
	p.View = w
	p.Blocks = v.readingBlocks(w, page.Sentences, cleanedLook(w, page.Cleanings))
	if n := len(page.Sentences); n > 0 {
		p.First, p.Last = page.Sentences[0].Number, page.Sentences[n-1].Number
	}
	for _, look := range []string{"received", "proposed", "approved"} {
		to := w
		to.Text = look
		p.Looks = append(p.Looks, choice{"look." + look, -1, to.Link(), w.Text == look})
	}
	to := w
	if page.Earlier != "" {
		to.At = page.Earlier
		p.Earlier = to.Link()
	}
	if page.Later != "" {
		to.At = page.Later
		p.Later = to.Link()
	}
	asked := readingViewOf(v.doc, values)
	asked.Pick = w.Pick
	to = asked
	to.Mark = !w.Mark
	p.Marks = to.Link()
	to = asked
	to.Pick = !w.Pick
	p.Picking = to.Link()
	if n, err := strconv.Atoi(values.Get("accepted")); err == nil && n > 0 {
		p.Notice = v.t("reading.said-accepted", n)
		if p.Undo, err = v.undoWays(w.Link(), []string{string(v.doc.ID)}); err != nil {
			return err
		}
	}
	return v.show(p)
}

// readingBlocks joins sentences to paragraphs, and cells to rows.
func (v *visit) readingBlocks(w readingView, list []workflow.Sentence, look cleanedBlocks) []readingBlock {
	var blocks []readingBlock
	block, row, cell := "", "", ""
	for _, s := range list {
		x := v.readingSentence(w, s)
		if s.Unit.Kind() == "table-cell" {
			if r := path.Dir(s.Path); len(blocks) == 0 || r != row {
				row, cell = r, ""
				blocks = append(blocks, readingBlock{Kind: "row", Head: strings.HasPrefix(path.Base(r), "head"), From: s.Number})
			}
			b := &blocks[len(blocks)-1]
			if s.Path != cell {
				cell = s.Path
				b.Cells = append(b.Cells, readingCell{})
			}
			c := &b.Cells[len(b.Cells)-1]
			c.Sentences = append(c.Sentences, x)
			b.To, block = s.Number, ""
			continue
		}
		row = ""
		began := len(blocks) == 0 || s.Path != block || s.Path == ""
		if begins := look.begins(s.Unit, began); begins || len(blocks) == 0 {
			blocks = append(blocks, look.shown(v, s.Unit, readingBlock{Kind: s.Unit.Kind(), Level: levelOfBlock(s.Unit), Ordinal: ordinal(s.Path), From: s.Number}))
		} else if began {
			last := &blocks[len(blocks)-1]
			*last = look.shown(v, s.Unit, *last)
		}
		block = s.Path
		b := &blocks[len(blocks)-1]
		b.Sentences = append(b.Sentences, x)
		b.To = s.Number
	}
	return blocks
}

// levelOfBlock is the level of a heading, the depth of a list item or quotation.
func levelOfBlock(u corpus.Unit) int {
	segments := u.Target
	if len(segments) == 0 {
		segments = u.Source
	}
	if len(segments) == 0 {
		return 0
	}
	return min(6, max(1, segments[0].Level))
}

// ordinal is the place of an item in a numbered list, from its address in the
// file: "0/ol1/li3/p1" is the third. It is "" for every other block, and for the
// second paragraph of an item.
func ordinal(address string) string {
	parts := strings.Split(address, "/")
	if len(parts) < 3 || parts[len(parts)-1] != "p1" {
		return ""
	}
	n, ok := strings.CutPrefix(parts[len(parts)-2], "li")
	if !ok || !strings.HasPrefix(parts[len(parts)-3], "ol") {
		return ""
	}
	return n
}

func (v *visit) readingSentence(w readingView, s workflow.Sentence) readingSentence {
	text := map[string]string{"received": s.Received, "proposed": s.Proposed, "approved": s.Approved}[w.Text]
	u := s.Unit
	x := readingSentence{
		ID: u.ID, Number: s.Number, URL: "/documents/" + string(v.doc.ID) + "?at=" + string(u.ID) + "#u-" + string(u.ID), State: u.Summary.State.String(),
		Source: style(pieces(u.Text.Source, nil, nil), s.SourceTokens), Omitted: len(u.Target) == 0 && text == "", Changed: text != s.Received,
		Flags: u.Summary.Flags, Kind: u.Kind(),
	}
	if u.Summary.State >= corpus.StateApproved || u.Summary.State == corpus.StateStale {
		x.Waiting = u.Summary.Pending
	}
	shown := pieces(text, nil, nil)
	if w.Mark && x.Changed {
		d := newDiff(s.Received, text, false)
		shown = d.Inline
		if d.Apart {
			shown = slices.Concat(withOp(d.Old, "del"), withOp(d.New, "ins"))
		}
	}
	x.Target = style(shown, s.TargetTokens)
	return x
}

// withOp marks all pieces as put in or taken out.
func withOp(list []piece, op string) []piece {
	out := slices.Clone(list)
	for i := range out {
		out[i].Op = op
	}
	return out
}

// rangePage lists what accepting a stretch will do, and what it leaves out.
type rangePage struct {
	basePage
	View     readingView
	From, To corpus.UnitID
	Does     []rangeRow
	Skips    []rangeRow
	Answered int // somebody answers for them already
	Moved    bool
}

func (*rangePage) template() string { return "range.html" }

type rangeRow struct {
	Number int
	Value  string
	URL    string
	Why    string // key of the reason it is left out
	Source []piece
	Target []piece
}

// confirmRange shows what would be accepted from one sentence to another, and
// what would be left out and why; nothing is done yet.
func (v *visit) confirmRange() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	from, to := corpus.UnitID(form.Get("from")), corpus.UnitID(form.Get("to"))
	if from == "" || to == "" {
		return corpus.Errorf(corpus.Invalid, "choose the first and the last sentence to accept")
	}
	list, err := v.desk.Stretch(v.context(), v.user.ID, v.doc, from, to)
	if err != nil {
		return err
	}
	return v.show(v.newRangePage(form, from, to, list))
}

func (v *visit) newRangePage(form url.Values, from, to corpus.UnitID, list []workflow.Member) *rangePage {
	w := readingViewOf(v.doc, form)
	p := &rangePage{View: w, From: from, To: to}
	doc := "/documents/" + string(v.doc.ID)
	p.basePage = v.newBase(v.t("range.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.doc.Name, doc}, crumb{v.t("reading.title"), w.Link()}, crumb{v.t("range.title"), ""})
	for _, m := range list {
		row := rangeRow{Number: m.Number, Value: choiceValue(m.Choice()), URL: doc + "?at=" + string(m.Unit.ID) + "#u-" + string(m.Unit.ID), Why: "range.skip-" + string(m.Skip),
			Source: pieces(m.Unit.Text.Source, nil, nil), Target: pieces(m.Wording.Text, nil, nil)}
		switch m.Skip {
		case workflow.Taken:
			p.Does = append(p.Does, row)
		case workflow.SkipAnswered:
			p.Answered++
		default:
			p.Skips = append(p.Skips, row)
		}
	}
	return p
}

// acceptRange accepts the stretch that was confirmed: all of it or nothing. If
// by now another set of sentences would be accepted, it is shown again instead.
func (v *visit) acceptRange() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	from, to := corpus.UnitID(form.Get("from")), corpus.UnitID(form.Get("to"))
	list, err := v.desk.Stretch(v.context(), v.user.ID, v.doc, from, to)
	if err != nil {
		return err
	}
	var choices []workflow.Choice
	var values []string
	for _, m := range list {
		if m.Skip == workflow.Taken {
			choices = append(choices, m.Choice())
			values = append(values, choiceValue(m.Choice()))
		}
	}
	if !slices.Equal(values, form["choice"]) {
		p := v.newRangePage(form, from, to, list)
		p.Moved = true
		return v.show(p)
	}
	if _, err := v.desk.Accept(v.context(), v.user.ID, choices...); err != nil {
		return err
	}
	w := readingViewOf(v.doc, form)
	w.Pick = false
	link := w.Link()
	sep := "?"
	if strings.Contains(link, "?") {
		sep = "&"
	}
	return v.redirect(link + sep + "accepted=" + strconv.Itoa(len(choices)) + "#s-" + string(from))
}
