package server

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func (s *Server) cleaningRoutes() []route {
	const page = "/documents/:document/cleaning"
	return []route{
		get(page, inDocument, corpus.Read, (*visit).showCleaning),
		post(page+"/propose", inDocument, corpus.Propose, (*visit).proposeCleaning),
		post(page+"/quotes", inDocument, corpus.Propose, (*visit).proposeQuotes),
		post(page+"/confirm", inDocument, corpus.Countersign, (*visit).confirmCleaning), // lists what approving would do
		post(page+"/approve", inDocument, corpus.Countersign, (*visit).approveCleaning), // which of the two it is the workflow decides
		post(page+"/decline", inDocument, corpus.Decline, (*visit).declineCleaning),
		post(page+"/withdraw", inDocument, corpus.Withdraw, (*visit).withdrawCleaning),
		post(page+"/reopen", inDocument, corpus.Reopen, (*visit).reopenCleaning),
	}
}

// cleaningPage lists what a text's layout needs, what was proposed and what
// stands; or, to be confirmed, what was chosen to be approved.
type cleaningPage struct {
	basePage
	Document   corpus.Document
	Version    corpus.VersionID
	Status     string // why there is nothing to clean; "" where there is
	Suggested  []cleaningGroup
	Waiting    []cleaningGroup
	Standing   []cleaningGroup
	Quotes     []quoteView
	Curly      bool
	Kinds      []string // that a form offers
	Units      int      // units there are to choose from
	MayPropose bool
	MayApprove bool
	MayDecline bool
	MayReopen  bool
	Confirm    bool // Waiting holds what was chosen; nothing else is shown
}

func (*cleaningPage) template() string { return "cleaning.html" }

// cleaningGroup is the changes of one kind.
type cleaningGroup struct {
	Kind string
	Rows []cleaningView
}

type cleaningView struct {
	ID       corpus.CleaningID
	Value    string // names a suggestion in a form
	Block    int
	Level    int
	Number   int
	Line     int
	URL      string
	Sign     string
	Text     string
	Previous string // for what is joined
	Old, New string // white space made visible
	By       string
	Own      bool
	Approved string // by whom
}

type quoteView struct {
	ID     corpus.UnitID
	Number int
	URL    string
	Pieces []piece
}

func (v *visit) showCleaning() error {
	p, err := v.cleaning()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) cleaning() (*cleaningPage, error) {
	p := &cleaningPage{
		basePage: v.newBase(v.t("cleaning.title", v.doc.Name), v.documentCrumbs(v.t("cleaning.crumb"))...), Document: v.doc,
		MayPropose: v.may(corpus.Propose), MayApprove: v.may(corpus.Countersign), MayDecline: v.may(corpus.Decline), MayReopen: v.may(corpus.Reopen),
	}
	for _, k := range corpus.CleaningKinds() {
		p.Kinds = append(p.Kinds, string(k))
	}
	list, err := v.desk.Cleanings(v.context(), v.user.ID, v.doc.ID)
	if corpus.KindOf(err) == corpus.Blocked {
		p.Status = corpus.Message(err)
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	p.Version, p.Curly, p.Units = list.Version.ID, list.Curly, len(list.Blocks)
	for _, row := range list.Suggested {
		p.Suggested = group(p.Suggested, v.cleaningView(row))
	}
	for _, row := range list.Proposed {
		switch row.Cleaning.Status() {
		case corpus.Pending:
			p.Waiting = group(p.Waiting, v.cleaningView(row))
		case corpus.Approved:
			p.Standing = group(p.Standing, v.cleaningView(row))
		}
	}
	for _, q := range list.Quotes {
		p.Quotes = append(p.Quotes, quoteView{q.Unit.ID, q.Number, v.unitURL(q.Unit.ID), pieces(q.New, diff.Texts(q.Old, q.New), nil)})
	}
	return p, nil
}

func (v *visit) unitURL(id corpus.UnitID) string {
	return documentURL(v.doc.ID, "?at="+string(id)+"#u-"+string(id))
}

// group puts a row to those of its kind; kinds stand in the order of
// corpus.CleaningKinds.
func group(list []cleaningGroup, row cleaningView) []cleaningGroup {
	kind, _, _ := strings.Cut(row.Value, ":")
	for i := range list {
		if list[i].Kind == kind {
			list[i].Rows = append(list[i].Rows, row)
			return list
		}
	}
	order := func(k string) int { return slices.Index(corpus.CleaningKinds(), corpus.CleaningKind(k)) }
	list = append(list, cleaningGroup{kind, []cleaningView{row}})
	slices.SortFunc(list, func(a, b cleaningGroup) int { return order(a.Kind) - order(b.Kind) })
	return list
}

func (v *visit) cleaningView(row workflow.CleaningRow) cleaningView {
	c := row.Change
	view := cleaningView{
		ID: row.Cleaning.ID, Value: fmt.Sprintf("%s:%d:%d:%d", c.Kind, c.Level, c.Block, c.Offset), Block: c.Block, Level: c.Level, Number: row.Number, Line: row.Line,
		URL: v.unitURL(row.Unit.ID), Text: layout.Show(row.Text), Old: visible(row.Old), New: visible(row.New), By: row.Cleaning.Name, Own: row.Cleaning.By == v.user.ID,
	}
	if row.Sign != "" {
		view.Sign = "cleaning.sign-" + row.Sign
	}
	switch c.Kind {
	case layout.JoinBlocks:
		view.Previous = layout.Show(row.Previous)
	case layout.SplitBlock:
		view.Previous, view.Text = layout.Show(row.Text[:c.Offset]), layout.Show(row.Text[c.Offset:])
	}
	if d, ok := row.Cleaning.Approval(); ok {
		view.Approved = d.Name
	}
	return view
}

// visible writes white space so that a reader sees it.
var whiteSpace = strings.NewReplacer(" ", "␣", "\u3000", "□", "\t", "⇥", "\r\n", "↵", "\n", "↵", "\r", "↵", "\u00a0", "⍽")

func visible(s string) string { return whiteSpace.Replace(readable([]byte(s))) }

// sameVersion refuses a form that was filled in on another version of the text.
func (v *visit) sameVersion() error {
	if got := v.c.PostForm("version"); got != string(v.doc.Current) {
		return corpus.Errorf(corpus.Conflict, "a new version of %s came in meanwhile; open the page again", v.doc.Name)
	}
	return nil
}

// proposeCleaning puts the chosen suggestions up, or the one change that was
// typed in: its unit's number, kind and level.
func (v *visit) proposeCleaning() error {
	if err := v.sameVersion(); err != nil {
		return err
	}
	var wishes []layout.Reshape
	for _, value := range v.c.PostFormArray("change") {
		w, err := parseReshape(value)
		if err != nil {
			return err
		}
		if level, err := strconv.Atoi(v.c.PostForm("level-" + strconv.Itoa(w.Block))); err == nil && w.Kind == layout.MakeHeading {
			w.Level = level
		}
		wishes = append(wishes, w)
	}
	if number := v.c.PostForm("unit"); number != "" {
		w, err := v.typedReshape(number)
		if err != nil {
			return err
		}
		wishes = append(wishes, w)
	}
	if _, err := v.desk.ProposeCleanings(v.context(), v.user.ID, v.doc.ID, wishes...); err != nil {
		return err
	}
	return v.redirect(documentURL(v.doc.ID, "/cleaning#waiting"))
}

// parseReshape reads what cleaningView.Value writes.
func parseReshape(value string) (layout.Reshape, error) {
	parts := strings.Split(value, ":")
	var n [3]int
	for i := range n {
		var err error
		if len(parts) == 4 {
			n[i], err = strconv.Atoi(parts[i+1])
		}
		if len(parts) != 4 || err != nil {
			return layout.Reshape{}, corpus.Errorf(corpus.Invalid, "there is no change of layout %q", value)
		}
	}
	return layout.Reshape{Kind: layout.ReshapeKind(parts[0]), Level: n[0], Block: n[1], Offset: n[2]}, nil
}

// typedReshape reads a change for the unit with a number.
func (v *visit) typedReshape(number string) (layout.Reshape, error) {
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		return layout.Reshape{}, corpus.Errorf(corpus.Invalid, "%q is no number of a unit", number)
	}
	level, _ := strconv.Atoi(v.c.PostForm("level"))
	return v.desk.ReshapeOf(v.context(), v.doc, n, layout.ReshapeKind(v.c.PostForm("kind")), level)
}

func (v *visit) proposeQuotes() error {
	var units []corpus.UnitID
	for _, id := range v.c.PostFormArray("unit") {
		units = append(units, corpus.UnitID(id))
	}
	if len(units) == 0 {
		return corpus.Errorf(corpus.Invalid, "no unit was chosen")
	}
	if _, err := v.desk.ProposeQuotes(v.context(), v.user.ID, v.doc.ID, units...); err != nil {
		return err
	}
	return v.redirect(documentURL(v.doc.ID, "/cleaning#quotes"))
}

// chosenCleanings are the changes that a form names.
func (v *visit) chosenCleanings() []corpus.CleaningID {
	var ids []corpus.CleaningID
	for _, id := range v.c.PostFormArray("id") {
		ids = append(ids, corpus.CleaningID(id))
	}
	return ids
}

// confirmCleaning lists the chosen changes before they are approved.
func (v *visit) confirmCleaning() error {
	ids := v.chosenCleanings()
	p, err := v.cleaning()
	if err != nil {
		return err
	}
	p.Confirm = true
	var chosen []cleaningGroup
	for _, g := range p.Waiting {
		g.Rows = slices.DeleteFunc(g.Rows, func(r cleaningView) bool { return !slices.Contains(ids, r.ID) })
		if len(g.Rows) > 0 {
			chosen = append(chosen, g)
		}
	}
	if p.Waiting = chosen; len(chosen) == 0 {
		return corpus.Errorf(corpus.Invalid, "no change of layout was chosen to approve")
	}
	return v.show(p)
}

func (v *visit) approveCleaning() error {
	return v.cleaningDone(v.desk.ApproveCleanings(v.context(), v.user.ID, v.doc.ID, v.chosenCleanings()...), "standing")
}

func (v *visit) declineCleaning() error {
	return v.cleaningDone(v.desk.DeclineCleanings(v.context(), v.user.ID, v.doc.ID, v.reason(), v.chosenCleanings()...), "waiting")
}

func (v *visit) withdrawCleaning() error {
	return v.cleaningDone(v.desk.WithdrawCleanings(v.context(), v.user.ID, v.doc.ID, v.chosenCleanings()...), "suggested")
}

func (v *visit) reopenCleaning() error {
	return v.cleaningDone(v.desk.ReopenCleanings(v.context(), v.user.ID, v.doc.ID, v.chosenCleanings()...), "waiting")
}

func (v *visit) cleaningDone(err error, section string) error {
	if err != nil {
		return err
	}
	return v.redirect(documentURL(v.doc.ID, "/cleaning#"+section))
}
