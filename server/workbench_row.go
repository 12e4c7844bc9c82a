package server

import (
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// rowView is a unit as the list shows it. The current one carries its unitView.
type rowView struct {
	ID       corpus.UnitID
	Number   int
	Position int64
	State    string
	Kind     string
	Level    int // of a heading; 0 for everything else
	Context  bool
	Draft    bool
	Source   []piece
	Target   []piece
	SourceTo language.Tag // language of the source
	TargetTo language.Tag
	Changed  bool     // the wording shown is not the machine's
	By       []string // who proposed or approved
	Waiting  int      // proposals beside the approved wording that is shown
	Comments int
	Flags    int
	Findings int
	Doubtful bool
	Blocked  bool
	Omitted  bool // the source is there and nothing renders it
	Added    bool // the translation has it and the source does not
	Guess    bool // its block reads like a heading, and nobody said what it is
	Called   string
	URL      string
	Unit     *unitView
}

// rowMaker makes rows of one document for one visit. It finds the names of
// people by their ids, each once.
type rowMaker struct {
	*visit
	view    view
	sourced bool // the version has a source
	names   map[corpus.UserID]string
}

func (v *visit) newRowMaker(w view, version corpus.Version) *rowMaker {
	return &rowMaker{visit: v, view: w, sourced: version.Source.Present(), names: map[corpus.UserID]string{v.user.ID: v.user.Display()}}
}

// name is the person's name as records print it.
func (m *rowMaker) name(id corpus.UserID) string {
	if name, ok := m.names[id]; ok || id == "" {
		return name
	}
	err := m.store.View(m.context(), func(r corpus.Reader) error {
		u, err := r.User(id)
		m.names[id] = u.Display()
		return err
	})
	if err != nil {
		m.names[id] = "?"
	}
	return m.names[id]
}

// row makes the row of a unit.
func (m *rowMaker) row(row workflow.Row) *rowView {
	u, rec := row.Record.Unit, &row.Record
	s := u.Summary
	r := &rowView{
		ID: u.ID, Number: row.Number, Position: u.Position, State: s.State.String(), Kind: u.Kind(), Level: levelOf(u), Context: row.Context, Draft: row.Draft,
		SourceTo: m.project.Source, TargetTo: m.project.Target, Source: pieces(u.Text.Source, nil, nil),
		Comments: s.Comments, Flags: s.Flags, Findings: s.Findings, Doubtful: u.Bead.Status == corpus.BeadDoubtful, Blocked: s.Blocked != "",
		URL: m.view.At(u.ID),
	}
	shown := rec.Shown()
	switch m.view.Text {
	case "received":
		shown = rec.Machine()
	case "approved":
		shown = rec.Current()
	}
	r.Target = pieces(shown.Text, nil, nil)
	r.Changed = shown.Text != rec.Machine().Text
	r.Omitted = len(u.Target) == 0 && shown.Text == ""
	r.Added = len(u.Source) == 0 && m.sourced
	r.By = m.answered(rec)
	if _, ok := rec.Approval(); ok {
		r.Waiting = s.Pending
	}
	r.Guess, r.Called = row.Heading.Guessed, string(row.Heading.Called)
	return r
}

// levelOf is the level of a heading, and 0 of everything else.
func levelOf(u corpus.Unit) int {
	if u.Kind() != "heading" {
		return 0
	}
	if len(u.Target) > 0 {
		return max(1, u.Target[0].Level)
	}
	return max(1, u.Source[0].Level)
}

// answered says in names who stands behind the unit's state.
func (m *rowMaker) answered(rec *corpus.Record) []string {
	if d, ok := rec.Approval(); ok {
		by := []string{}
		if rev, ok := rec.Revision(d.Revision); ok && rev.Author != "" {
			by = append(by, m.name(rev.Author))
		} else if d.Verb == corpus.Accept {
			by = append(by, m.t("row.as-it-stands"))
		}
		by = append(by, d.Name)
		if d.NoSource && m.sourced {
			by = append(by, m.t("changes.without-source"))
		}
		return by
	}
	if waiting := rec.Pending(); len(waiting) > 0 {
		n := len(waiting)
		p := waiting[n-1]
		by := []string{m.name(p.By)}
		if p.NoChange {
			by = append(by, m.t("row.no-change"))
		}
		if n > 1 {
			by = append(by, m.t("row.contested", n))
		}
		return by
	}
	if d, p, ok := lastReturn(rec); ok && rec.State() == corpus.StateReturned {
		return []string{m.name(p.By) + " ← " + d.Name}
	}
	return nil
}

// lastReturn is the newest decision to return a proposal, with the proposal.
func lastReturn(rec *corpus.Record) (corpus.Decision, corpus.Proposal, bool) {
	for i := len(rec.Decisions) - 1; i >= 0; i-- {
		d := rec.Decisions[i]
		if d.Verb != corpus.Return || d.Undone {
			continue
		}
		for _, p := range rec.Proposals {
			if p.ID == d.Proposal {
				return d, p, true
			}
		}
	}
	return corpus.Decision{}, corpus.Proposal{}, false
}
