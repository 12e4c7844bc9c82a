package server

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func (s *Server) termRoutes() []route {
	const terms = "/projects/:project/terms"
	return []route{
		get(terms, inProject, corpus.Read, (*visit).showTerms), // ?q= &after= &edit=
		post(terms, inProject, corpus.EditTerms, (*visit).saveTerm),
		post(terms+"/remove", inProject, corpus.EditTerms, (*visit).removeTerm),
		post(terms+"/undo", inProject, corpus.EditTerms, (*visit).undoTerm),
		get(terms+"/export", inProject, corpus.Read, (*visit).exportTerms), // ?format=csv or xlsx
		{method: "POST", path: terms + "/import", in: inProject, need: corpus.EditTerms, limit: bodyTerms, handle: (*visit).previewTerms},
		post(terms+"/take", inProject, corpus.EditTerms, (*visit).takeTerms),                     // yes, after the preview
		get(terms+"/uses/:term", inProject, corpus.Read, (*visit).showTermUses),                  // the units in which a term stands
		post("/projects/:project/recheck", inProject, corpus.EditTerms, (*visit).recheckProject), // all texts, or with cancel an end to it
	}
}

// bodyTerms is the limit of a form with a table of terms.
const bodyTerms = 17 << 20

// termsPage is the project's glossary: a window of it, with one entry open for
// change where that is asked for.
type termsPage struct {
	basePage
	Phrase  string
	Rows    []termRow
	More    string // address of the next window
	First   string // of the first, where this one is not
	New     *termForm
	MayEdit bool
	Problem string
	Recheck recheckView
	Empty   bool // the glossary has no entry at all
}

func (*termsPage) template() string { return "terms.html" }

// termRow is an entry as the table shows it.
type termRow struct {
	ID         corpus.TermID
	Source     []corpus.Designation
	Target     []corpus.Designation
	Subject    string
	Definition string
	Note       string
	Changed    time.Time
	Uses, Edit string    // addresses
	Form       *termForm // the entry is open for change
}

// termForm is an entry as it is typed: one word a line.
type termForm struct {
	ID                                         corpus.TermID
	Source, SourceAlso                         string
	Preferred, Admitted, Deprecated, Forbidden string
	Subject, Definition, Note                  string
	Action, Back, Phrase, After                string
}

// termsShown is how many entries a window holds.
const termsShown = 100

func (v *visit) termsURL(pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return v.projectURL("/terms")
	}
	return v.projectURL("/terms?" + values.Encode())
}

func (v *visit) showTerms() error {
	p, err := v.termsPage(v.c.Query("q"), corpus.TermID(v.c.Query("after")), corpus.TermID(v.c.Query("edit")))
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) termsPage(phrase string, after, edit corpus.TermID) (*termsPage, error) {
	p := &termsPage{
		basePage: v.newBase(v.t("terms.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("terms.title")}),
		Phrase:   strings.TrimSpace(phrase), MayEdit: v.may(corpus.EditTerms),
	}
	var list []corpus.Term
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		var err error
		list, err = r.Terms(v.project.ID, p.Phrase, after, termsShown+1)
		if err != nil && corpus.KindOf(err) == corpus.NotFound { // it was removed: from the beginning
			after = ""
			list, err = r.Terms(v.project.ID, p.Phrase, "", termsShown+1)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(list) > termsShown {
		list = list[:termsShown]
		p.More = v.termsURL("q", p.Phrase, "after", string(list[termsShown-1].ID))
	}
	if after != "" {
		p.First = v.termsURL("q", p.Phrase)
	}
	p.Empty = len(list) == 0 && p.Phrase == "" && after == ""
	for _, t := range list {
		row := termRow{ID: t.ID, Source: t.Source, Target: t.Target, Subject: t.Subject, Definition: t.Definition, Note: t.Note, Changed: t.Changed,
			Uses: v.projectURL("/terms/uses/" + string(t.ID)), Edit: v.termsURL("q", p.Phrase, "after", string(after), "edit", string(t.ID)) + "#t-" + string(t.ID)}
		if p.MayEdit && t.ID == edit {
			row.Form = v.termForm(t, p.Phrase, string(after))
		}
		p.Rows = append(p.Rows, row)
	}
	if p.MayEdit && edit == "" {
		p.New = v.termForm(corpus.Term{}, p.Phrase, string(after))
	}
	p.Recheck, err = v.recheckView("terms")
	return p, err
}

func (v *visit) termForm(t corpus.Term, phrase, after string) *termForm {
	words := func(list []corpus.Designation, as corpus.TermStatus) string {
		var lines []string
		for _, d := range list {
			if d.Status == as {
				lines = append(lines, d.Text)
			}
		}
		return strings.Join(lines, "\n")
	}
	return &termForm{
		ID: t.ID, Source: words(t.Source, corpus.TermPreferred), SourceAlso: words(t.Source, corpus.TermAdmitted),
		Preferred: words(t.Target, corpus.TermPreferred), Admitted: words(t.Target, corpus.TermAdmitted),
		Deprecated: words(t.Target, corpus.TermDeprecated), Forbidden: words(t.Target, corpus.TermForbidden),
		Subject: t.Subject, Definition: t.Definition, Note: t.Note,
		Action: v.projectURL("/terms"), Back: v.termsURL("q", phrase, "after", after), Phrase: phrase, After: after,
	}
}

// termFromForm reads an entry as it was typed. Source words of a status for which
// the form has no field stay as they are.
func (v *visit) termFromForm() (corpus.Term, error) {
	t := corpus.Term{ID: corpus.TermID(v.c.PostForm("term")), Subject: strings.TrimSpace(v.c.PostForm("subject")),
		Definition: strings.TrimSpace(v.c.PostForm("definition")), Note: strings.TrimSpace(v.c.PostForm("note"))}
	for _, f := range []struct {
		name string
		list *[]corpus.Designation
		as   corpus.TermStatus
	}{
		{"source", &t.Source, corpus.TermPreferred}, {"source_also", &t.Source, corpus.TermAdmitted},
		{"preferred", &t.Target, corpus.TermPreferred}, {"admitted", &t.Target, corpus.TermAdmitted},
		{"deprecated", &t.Target, corpus.TermDeprecated}, {"forbidden", &t.Target, corpus.TermForbidden},
	} {
		for line := range strings.Lines(v.c.PostForm(f.name)) {
			if word := strings.TrimSpace(line); word != "" {
				*f.list = append(*f.list, corpus.Designation{Text: word, Status: f.as})
			}
		}
	}
	if t.ID == "" {
		return t, nil
	}
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		old, err := r.Term(t.ID)
		for _, d := range old.Source {
			if d.Status == corpus.TermDeprecated || d.Status == corpus.TermForbidden {
				t.Source = append(t.Source, d)
			}
		}
		return err
	})
	return t, err
}

// saveTerm adds an entry or changes one. What was typed is shown again where it
// is not taken.
func (v *visit) saveTerm() error {
	t, err := v.termFromForm()
	if err != nil {
		return err
	}
	phrase, after := v.c.PostForm("q"), v.c.PostForm("after")
	change, err := v.desk.SaveTerm(v.context(), v.user.ID, v.project.ID, t)
	if kind := corpus.KindOf(err); err != nil && (kind == corpus.Invalid || kind == corpus.Conflict) {
		return v.termAgain(t, phrase, after, err)
	}
	if err != nil {
		return err
	}
	v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{workflow.TermsCheck}, Terms: []workflow.TermChange{change}})
	return v.redirect(v.termsURL("q", phrase, "after", after, "done", "term") + "#t-" + string(change.After.ID))
}

func (v *visit) termAgain(t corpus.Term, phrase, after string, cause error) error {
	p, err := v.termsPage(phrase, corpus.TermID(after), t.ID)
	if err != nil {
		return err
	}
	p.Problem = v.why(cause)
	form := v.termForm(t, phrase, after)
	if t.ID == "" {
		p.New = form
	}
	for i := range p.Rows {
		if p.Rows[i].ID == t.ID {
			p.Rows[i].Form = form
		}
	}
	return v.showStatus(422, p)
}

func (v *visit) removeTerm() error {
	change, err := v.desk.RemoveTerm(v.context(), v.user.ID, v.project.ID, corpus.TermID(v.c.PostForm("term")))
	if err != nil {
		return err
	}
	v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{workflow.TermsCheck}, Terms: []workflow.TermChange{change}})
	return v.redirect(v.termsURL("q", v.c.PostForm("q"), "done", "term-removed"))
}

func (v *visit) undoTerm() error {
	change, err := v.desk.UndoTerm(v.context(), v.user.ID, v.project.ID)
	if err != nil {
		return err
	}
	v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{workflow.TermsCheck}, Terms: []workflow.TermChange{change}})
	return v.redirect(v.termsURL("done", "term-undone"))
}

// termUsesPage lists the units in which a term stands.
type termUsesPage struct {
	basePage
	Term corpus.Term
	Uses []termUseRow
	More string
}

func (*termUsesPage) template() string { return "term_uses.html" }

type termUseRow struct {
	Document string
	Number   int
	URL      string
	Source   []piece
	Target   []piece
	Status   string // key of the message
	Class    string
}

// usesShown is how many units a window of a term's uses holds.
const usesShown = 50

func (v *visit) showTermUses() error {
	id := corpus.TermID(v.c.Param("term"))
	after, _ := strconv.ParseInt(v.c.Query("after"), 10, 64)
	uses, more, err := v.desk.TermUses(v.context(), v.user.ID, v.project, id, workflow.TermPlace{Document: corpus.DocumentID(v.c.Query("document")), After: after}, usesShown)
	if err != nil {
		return err
	}
	p := &termUsesPage{}
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		p.Term, err = r.Term(id)
		return err
	})
	if err != nil {
		return err
	}
	name := p.Term.Source[0].Text
	p.basePage = v.newBase(name, crumb{v.project.Name, v.projectURL("")}, crumb{v.t("terms.title"), v.projectURL("/terms")}, crumb{Name: name})
	if more != nil {
		p.More = v.projectURL("/terms/uses/" + string(id) + "?" + url.Values{"document": {string(more.Document)}, "after": {strconv.FormatInt(more.After, 10)}}.Encode())
	}
	for _, u := range uses {
		row := termUseRow{Document: u.Document.Name, Number: u.Number, URL: documentURL(u.Document.ID, "?at="+string(u.Unit.ID)+"#u-"+string(u.Unit.ID)),
			Source: pieces(u.Unit.Text.Source, nil, nil), Target: pieces(u.Latest, nil, nil)}
		row.Status, row.Class = termSign(u.Hit.Found, u.Hit.Status, u.Hit.OtherWay)
		if u.Unit.Text.Source == "" {
			row.Status, row.Class = "term.no-source", ""
		}
		p.Uses = append(p.Uses, row)
	}
	return v.show(p)
}

// termSign says in words what became of a term: the key of a message, and the
// class of its colour.
func termSign(found string, status corpus.TermStatus, otherWay bool) (key, class string) {
	switch {
	case status == corpus.TermForbidden:
		return "term.sign-forbidden", "major"
	case status == corpus.TermDeprecated:
		return "term.sign-deprecated", "minor"
	case found != "":
		return "term.sign-used", "approved"
	case otherWay:
		return "term.sign-apart", "approved"
	}
	return "term.sign-absent", "minor"
}

// termView is a term of the current unit, in the panel and while typing.
type termView struct {
	Source, Want, Found string
	Note                string
	Sign, Class         string
}

// terms are the glossary's terms in the unit, and what became of them in a
// wording.
func (m *rowMaker) terms(texts corpus.Pair) []termView {
	hits, err := m.desk.TermHits(m.context(), m.project, texts)
	if err != nil {
		return nil // the page is whole without them
	}
	var list []termView
	for _, h := range hits {
		view := termView{Source: h.Source, Want: h.Want, Found: layout.Show(h.Found), Note: h.Term.Note}
		view.Sign, view.Class = termSign(h.Found, h.Status, h.OtherWay)
		list = append(list, view)
	}
	return list
}
