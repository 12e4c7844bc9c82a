package server

import (
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func (s *Server) whoRoutes() []route {
	return []route{
		get("/projects/:project/who", inProject, corpus.Read, (*visit).showWho), // ?sentence=
	}
}

// whoPage answers who answers for a sentence: a printable card for each unit
// that holds it in any of its wordings.
type whoPage struct {
	basePage
	Sentence string
	Problem  string // message
	Cards    []*whoCard
	Asked    time.Time
	More     bool // there may be more than are shown
}

func (*whoPage) template() string { return "who.html" }

// whoCard is one unit with all it ever said.
type whoCard struct {
	Document corpus.Document
	Version  corpus.Version
	Number   int // 0: the unit was merged or split away
	URL      string
	State    string
	Source   string
	Wordings []whoWording // newest first
}

// whoWording is one wording with whoever stands behind it.
type whoWording struct {
	Number    int
	Pieces    []piece
	Holds     bool // the sentence that was asked for
	Stands    bool // it is what the unit says today
	By        string
	Function  string
	Machine   bool
	Engine    string
	Created   time.Time
	Note      string
	Reference string
	Proposed  []signature // by others than the author, unchanged
	Decisions []signature
	Answered  bool // somebody answers for it
	Releases  []corpus.Snapshot
}

// signature is how a decision is signed.
type signature struct {
	Verb     string // message
	Name     string
	Function string
	At       time.Time
	Batch    int // of how many decisions; 0 for one made singly
	Reason   string
	NoSource bool
	Alone    bool
}

func (v *visit) showWho() error {
	p := &whoPage{
		basePage: v.newBase(v.t("who.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("who.title")}),
		Sentence: strings.TrimSpace(v.c.Query("sentence")), Asked: v.now(),
	}
	if p.Sentence == "" {
		return v.show(p)
	}
	answers, err := v.desk.Who(v.context(), v.user.ID, v.project.ID, p.Sentence)
	switch {
	case corpus.KindOf(err) == corpus.Invalid:
		p.Problem = "who.needs-words"
		return v.show(p)
	case err != nil:
		return err
	case len(answers) == 0:
		p.Problem = "who.nobody"
	}
	p.More = len(answers) == workflow.WhoLimit
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		p.Cards, err = v.cards(r, answers)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(p)
}

// cards gathers the answers by unit, in the order in which they came.
func (v *visit) cards(r corpus.Reader, answers []workflow.Answer) ([]*whoCard, error) {
	var list []*whoCard
	byUnit := map[corpus.UnitID]*whoCard{}
	for _, a := range answers {
		unit := a.Record.Unit.ID
		c := byUnit[unit]
		if c == nil {
			var err error
			if c, err = v.whoCard(r, a); err != nil {
				return nil, err
			}
			byUnit[unit] = c
			list = append(list, c)
		}
		for i := range c.Wordings {
			if w := &c.Wordings[i]; w.Number == a.Revision.Number {
				w.Holds = true
			}
		}
	}
	return list, nil
}

func (v *visit) whoCard(r corpus.Reader, a workflow.Answer) (*whoCard, error) {
	c := &whoCard{Document: a.Document, Version: a.Version, Number: a.Number, State: a.Record.State().String(), Source: layout.Show(a.Record.Unit.Text.Source)}
	if c.Number > 0 && a.Document.Current == a.Version.ID {
		c.URL = documentURL(a.Document.ID, "?at="+string(a.Record.Unit.ID)+"#u-"+string(a.Record.Unit.ID))
	}
	for i := len(a.Record.Revisions) - 1; i >= 0; i-- {
		rev := a.Record.Revisions[i]
		if rev.Undone {
			continue
		}
		w, err := whoWordingOf(r, a, rev)
		if err != nil {
			return nil, err
		}
		c.Wordings = append(c.Wordings, w)
	}
	return c, nil
}

func whoWordingOf(r corpus.Reader, a workflow.Answer, rev corpus.Revision) (whoWording, error) {
	w := whoWording{
		Number: rev.Number, Pieces: pieces(rev.Text, nil, nil), Machine: rev.Origin == corpus.FromMachine, Engine: a.Version.Engine,
		Created: rev.Created, Note: rev.Note, Reference: rev.Instruction,
	}
	if rev.Author != "" {
		u, err := r.User(rev.Author)
		if err != nil {
			return w, err
		}
		w.By, w.Function = u.Display(), u.Function
	}
	for _, p := range a.Record.Proposals {
		if p.Revision != rev.ID || p.Undone || !p.NoChange {
			continue
		}
		u, err := r.User(p.By)
		if err != nil {
			return w, err
		}
		w.Proposed = append(w.Proposed, signature{Verb: "who.did-read", Name: u.Display(), Function: u.Function, At: p.Created})
	}
	for _, d := range a.Record.Decisions {
		if d.Revision == rev.ID && !d.Undone && d.Flag == "" {
			w.Decisions = append(w.Decisions, signatureOf(d))
		}
	}
	approval, ok := a.Record.Approval()
	w.Answered = ok && approval.Revision == rev.ID
	w.Stands = a.Document.Current == a.Version.ID && !a.Record.Unit.Retired && a.Record.Current().ID == rev.ID
	var err error
	w.Releases, err = workflow.ReleasesOf(r, a.Record, rev.ID)
	return w, err
}

func signatureOf(d corpus.Decision) signature {
	s := signature{Verb: "who.did-" + verbWord(d), Name: d.Name, Function: d.Function, At: d.Created, Reason: d.Reason, NoSource: d.NoSource, Alone: d.OnePerson}
	if d.Size > 1 {
		s.Batch = d.Size
	}
	return s
}

// verbWord is the last part of the key of what a decision is called.
func verbWord(d corpus.Decision) string {
	if d.InPart() {
		return "carry-part"
	}
	return string(d.Verb)
}
