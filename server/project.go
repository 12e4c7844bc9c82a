package server

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) projectRoutes() []route {
	return []route{
		get("/projects/:project", inProject, corpus.Read, (*visit).showProject), // documents, and what is next
	}
}

// projectPage lists a project's documents, with what is next for the visitor on
// top.
type projectPage struct {
	basePage
	Answered  int // units answered for, of Units
	Units     int
	Next      []nextStep
	NextMore  int // steps beyond those shown
	Documents []documentRow
	Uploads   []uploadRow // of the visitor, not yet taken
	MayImport bool
	MayManage bool
}

func (*projectPage) template() string { return "project.html" }

// documentRow is a document as the table shows it.
type documentRow struct {
	ID             corpus.DocumentID
	Name           string
	Version        int
	Units          int
	Source, Target string // file names; "" where not received
	Bar            bar
	Major, Minor   int // open flags: major and critical, and the others
	Doubtful       int // pairings
	People         string
	Changed        time.Time
	Released       time.Time // of the last release; zero where there is none
}

func (v *visit) showProject() error {
	standings, err := v.desk.Status(v.context(), v.user.ID, v.project.ID)
	if err != nil {
		return err
	}
	p := &projectPage{basePage: v.newBase(v.project.Name, crumb{Name: v.project.Name}), MayImport: v.may(corpus.Import), MayManage: v.may(corpus.Manage), Uploads: v.uploadRows()}
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		members, err := v.people(r)
		if err != nil {
			return err
		}
		for _, s := range standings {
			row, err := v.documentRow(r, s, members)
			if err != nil {
				return err
			}
			p.Documents = append(p.Documents, row)
			p.Units += s.Progress.Units
			p.Answered += s.Progress.States[corpus.StateApproved] + s.Progress.States[corpus.StateFinal]
		}
		p.Next, p.NextMore, err = v.nextSteps(r, standings)
		return err
	})
	if err != nil {
		return err
	}
	return v.show(p)
}

// people returns the accounts of the project's members, by name.
func (v *visit) people(r corpus.Reader) ([]corpus.User, error) {
	members, err := r.Members(v.project.ID)
	if err != nil {
		return nil, err
	}
	var list []corpus.User
	for _, m := range members {
		u, err := r.User(m.User)
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b corpus.User) int { return strings.Compare(a.Display(), b.Display()) })
	return list, nil
}

func (v *visit) documentRow(r corpus.Reader, s workflow.Standing, members []corpus.User) (documentRow, error) {
	row := documentRow{
		ID: s.Document.ID, Name: s.Document.Name, Version: s.Version.Number, Units: s.Progress.Units,
		Source: s.Version.Source.Name, Target: s.Version.Target.Name, Bar: v.bar(s.Progress),
		Major: s.Progress.Major, Minor: s.Progress.Flags - s.Progress.Major, Doubtful: s.Progress.Doubtful, Changed: s.Progress.Changed,
	}
	if row.Changed.IsZero() {
		row.Changed = s.Version.Created
	}
	var people []string
	for _, u := range members {
		acts, err := r.LastBy(corpus.DocumentChain(s.Document.ID), u.ID, 1)
		if err != nil {
			return row, err
		}
		if len(acts) > 0 {
			people = append(people, u.Display())
		}
	}
	row.People = v.list(people)
	snapshots, err := r.Snapshots(s.Document.ID)
	for _, snap := range snapshots {
		if snap.Release {
			row.Released = snap.Created
		}
	}
	return row, err
}

// documentURL is a page of a document: "", or a path below it with a query.
func documentURL(id corpus.DocumentID, rest string) string {
	return "/documents/" + url.PathEscape(string(id)) + rest
}

func (v *visit) projectURL(rest string) string {
	return "/projects/" + url.PathEscape(string(v.project.ID)) + rest
}
