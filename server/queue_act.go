package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// choiceValue is a choice as a form carries it, and choiceOf its inverse.
func choiceValue(c workflow.Choice) string { return string(c.Unit) + "." + string(c.Revision) }

func choiceOf(value string) workflow.Choice {
	unit, revision, _ := strings.Cut(value, ".")
	return workflow.Choice{Unit: corpus.UnitID(unit), Revision: corpus.RevisionID(revision)}
}

func choicesOf(values []string) []workflow.Choice {
	var list []workflow.Choice
	for _, value := range values {
		list = append(list, choiceOf(value))
	}
	return list
}

// form returns what was posted.
func (v *visit) form() (url.Values, error) {
	if err := v.c.Request.ParseForm(); err != nil {
		return nil, &corpus.Error{Kind: corpus.Invalid, Msg: "the form could not be read; go back and send it again", Err: err}
	}
	return v.c.Request.PostForm, nil
}

// reviewFromQueue does what a card's form asks for, and shows the queue again at
// the next card.
func (v *visit) reviewFromQueue() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	what := form.Get("verb")
	switch what {
	case "approve":
		_, err = v.desk.Approve(v.context(), v.user.ID, v.choice())
		if err == nil && !v.may(corpus.Approve) {
			what = "countersign"
		}
	case "accept":
		_, err = v.desk.Accept(v.context(), v.user.ID, v.choice())
	case "return":
		_, err = v.desk.Return(v.context(), v.user.ID, v.reason(), v.choice())
	case "decline":
		_, err = v.desk.Decline(v.context(), v.user.ID, v.reason(), v.choice())
	case "withdraw":
		_, err = v.desk.Withdraw(v.context(), v.user.ID, v.choice())
	case "edit":
		what, err = v.editFromQueue(form, v.choice())
	default:
		err = corpus.Errorf(corpus.Invalid, "the form does not say what is to be done")
	}
	if err != nil {
		return err
	}
	to := v.queueView(form).link("done", what, "document", string(v.doc.ID))
	if next := form.Get("next"); next != "" {
		to += "#c-" + url.PathEscape(next)
	}
	return v.redirect(to)
}

// editFromQueue proposes the visitor's own wording on top of the one that
// waits: another person countersigns it, unless one person is enough here. A
// text that was not touched is an approval.
func (v *visit) editFromQueue(form url.Values, choice workflow.Choice) (what string, err error) {
	untouched := false
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		rec, err := r.Record(v.unit.ID)
		rev, ok := rec.Revision(choice.Revision)
		untouched = ok && layout.Show(rev.Text) == strings.TrimSpace(strings.ReplaceAll(form.Get("text"), "\r\n", "\n"))
		return err
	})
	if err != nil {
		return "", err
	}
	if untouched {
		_, err = v.desk.Approve(v.context(), v.user.ID, choice)
		return "approve", err
	}
	saved, err := v.desk.Propose(v.context(), v.user.ID, workflow.Wording{
		Unit: v.unit.ID, Text: form.Get("text"), Base: choice.Revision, Note: strings.TrimSpace(form.Get("note")), Key: form.Get("key"),
	})
	if err != nil {
		return "", err
	}
	v.follow()
	if v.project.Settings.OnePerson && v.may(corpus.Approve) && !saved.Revision.Verdict.Bad {
		_, err = v.desk.Approve(v.context(), v.user.ID, workflow.Choice{Unit: v.unit.ID, Revision: saved.Revision.ID})
		return "approve", err
	}
	return "proposed", nil
}

// batchPage lists what approving several wordings at once will do.
type batchPage struct {
	basePage
	View   queueView
	Does   []batchRow
	Leaves []batchRow // cannot be approved, and are left as they are
}

func (*batchPage) template() string { return "batch.html" }

type batchRow struct {
	Value    string // of its box
	Document string
	Number   int
	URL      string
	Source   []piece
	Diff     diffView
	NoChange bool
	By       []string
	Hold     string
	Trouble  string
}

// confirmBatch shows what approving the chosen wordings would do; nothing is
// done yet.
func (v *visit) confirmBatch() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	w := v.queueView(form)
	choices := choicesOf(form["choice"])
	if form.Get("all") != "" {
		if choices, err = v.allUnchanged(); err != nil {
			return err
		}
	}
	if only := form["same"]; len(only) > 0 {
		choices = choicesOf(strings.Split(only[0], " "))
	}
	if len(choices) == 0 {
		return corpus.Errorf(corpus.Invalid, "no wording was chosen; tick the ones to approve")
	}
	list, err := v.desk.Foresee(v.context(), v.user.ID, v.project.ID, choices)
	if err != nil {
		return err
	}
	p := &batchPage{View: w}
	p.basePage = v.newBase(v.t("batch.title"), crumb{v.project.Name, "/projects/" + string(v.project.ID)}, crumb{v.t("queue.title"), w.link()}, crumb{v.t("batch.title"), ""})
	m := v.newRowMaker(view{}, corpus.Version{})
	for _, x := range list {
		row := m.batchRow(w, x)
		if x.Hold == workflow.NoHold {
			p.Does = append(p.Does, row)
		} else {
			p.Leaves = append(p.Leaves, row)
		}
	}
	return v.show(p)
}

// allUnchanged are the wordings of the group "no change", up to what one batch
// holds.
func (v *visit) allUnchanged() ([]workflow.Choice, error) {
	review, err := v.desk.Review(v.context(), v.user.ID, v.project.ID, workflow.GroupUnchanged, corpus.InReading, 0, workflow.BatchLimit)
	if err != nil {
		return nil, err
	}
	var list []workflow.Choice
	for _, c := range review.Cards {
		if len(c.Offers) == 1 && c.Offers[0].Hold == workflow.NoHold {
			list = append(list, workflow.Choice{Unit: c.Record.Unit.ID, Revision: c.Offers[0].Revision.ID})
		}
	}
	return list, nil
}

func (m *rowMaker) batchRow(w queueView, x workflow.Prospect) batchRow {
	rev := x.Offer.Revision
	if rev.ID == "" {
		rev = x.Record.Current() // nothing waits any more
	}
	row := batchRow{
		Value: choiceValue(x.Choice), Document: x.Document.Name, Number: x.Number, NoChange: x.Offer.NoChange,
		URL:    "/documents/" + string(x.Document.ID) + "?at=" + string(x.Choice.Unit) + "#u-" + string(x.Choice.Unit),
		Source: pieces(x.Record.Unit.Text.Source, nil, nil), Diff: newDiff(x.Record.Current().Text, rev.Text, w.Two),
	}
	for _, p := range x.Offer.Proposals {
		row.By = append(row.By, m.name(p.By))
	}
	if x.Hold != workflow.NoHold {
		row.Hold = m.t("queue.hold-" + string(x.Hold))
	}
	if rev.Verdict.Bad {
		row.Trouble = rev.Verdict.Reason
	}
	return row
}

// approveBatch approves what was confirmed: all of it or nothing.
func (v *visit) approveBatch() error {
	form, err := v.form()
	if err != nil {
		return err
	}
	choices := choicesOf(form["choice"])
	docs, err := v.ofProject(choices)
	if err != nil {
		return err
	}
	if _, err := v.desk.ApproveAll(v.context(), v.user.ID, choices...); err != nil {
		return err
	}
	to := v.queueView(form).link("batch", strconv.Itoa(len(choices)))
	for _, id := range docs[:min(len(docs), undoListed)] {
		to += "&" + url.Values{"document": {string(id)}}.Encode()
	}
	return v.redirect(to)
}

// undoListed is of how many documents a batch offers to be taken back; the
// workbench of each offers it too.
const undoListed = 12

// ofProject refuses choices of units that are not of the project whose rights
// were asked, and returns their documents.
func (v *visit) ofProject(choices []workflow.Choice) ([]corpus.DocumentID, error) {
	var docs []corpus.DocumentID
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		for _, c := range choices {
			u, err := r.Unit(c.Unit)
			if err != nil {
				return err
			}
			doc, err := r.Document(u.Document)
			if err != nil {
				return err
			}
			if doc.Project != v.project.ID {
				return corpus.Errorf(corpus.NotFound, "the unit is not of this project")
			}
			if !slices.Contains(docs, doc.ID) {
				docs = append(docs, doc.ID)
			}
		}
		return nil
	})
	return docs, err
}
