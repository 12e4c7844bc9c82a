package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check/phrases"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) phraseRoutes() []route {
	return []route{
		get("/projects/:project/phrases", inProject, corpus.Read, (*visit).showPhrases),  // ?q=, ?subject=, ?off=, ?page=
		post("/projects/:project/phrases", inProject, corpus.Manage, (*visit).setPhrase), // switches one off or on
	}
}

// phrasesSize is how many phrases a page holds.
const phrasesSize = 50

// phrasesPage lists the set phrases that the checks know, to be searched and
// switched off one by one.
type phrasesPage struct {
	basePage
	Query     string
	Subject   string // "" for all
	OnlyOff   bool
	Subjects  []string
	Phrases   []phraseRow
	Total     int // that answer the question
	From, To  int // of them shown, counted from 1
	Earlier   string
	Later     string
	Back      string // address of this page, for the switch
	Off       int    // in the project
	MayManage bool
	Recheck   recheckView
}

func (*phrasesPage) template() string { return "phrases.html" }

// phraseRow is a phrase with its switch.
type phraseRow struct {
	*phrases.Entry
	Note string // in the visitor's language
	Off  bool
}

func (v *visit) showPhrases() error {
	p := &phrasesPage{
		basePage: v.newBase(v.t("phrases.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("phrases.title")}),
		Query:    strings.TrimSpace(v.c.Query("q")), Subject: v.c.Query("subject"), OnlyOff: v.c.Query("off") != "",
		Off: len(v.project.Settings.OffPhrases), MayManage: v.may(corpus.Manage), Back: v.here(),
	}
	var found []phraseRow
	for _, e := range phrases.Builtin().Entries() {
		if !slices.Contains(p.Subjects, e.Subject) {
			p.Subjects = append(p.Subjects, e.Subject)
		}
		_, off := slices.BinarySearch(v.project.Settings.OffPhrases, e.ID)
		if p.Subject != "" && e.Subject != p.Subject || p.OnlyOff && !off || !e.Holds(p.Query) {
			continue
		}
		row := phraseRow{Entry: e, Note: e.NoteEN, Off: off}
		if base, _ := v.lang.Base(); base.String() == "zh" {
			row.Note = e.NoteZH
		}
		found = append(found, row)
	}
	p.Total = len(found)
	page, from, to := pageOf(v.c.Query("page"), p.Total, phrasesSize)
	p.Phrases, p.From, p.To = found[from:to], from+1, to
	if from > 0 {
		p.Earlier = p.link(v, page-1)
	}
	if p.To < p.Total {
		p.Later = p.link(v, page+1)
	}
	var err error
	if p.Recheck, err = v.recheckView("phrases"); err != nil {
		return err
	}
	return v.show(p)
}

// link is the address of another page of the same question.
func (p *phrasesPage) link(v *visit, page int) string {
	values := url.Values{"page": {strconv.Itoa(page)}}
	for key, value := range map[string]string{"q": p.Query, "subject": p.Subject} {
		if value != "" {
			values.Set(key, value)
		}
	}
	if p.OnlyOff {
		values.Set("off", "1")
	}
	return v.projectURL("/phrases?" + values.Encode())
}

// setPhrase switches a phrase off, or on where the form says so, and goes back
// to the list where it was; the findings follow.
func (v *visit) setPhrase() error {
	off := v.c.PostForm("on") == ""
	id := v.c.PostForm("phrase")
	changed, err := v.desk.SwitchPhrase(v.context(), v.user.ID, v.project.ID, id, off)
	if err != nil {
		return err
	}
	if changed {
		v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{workflow.PhraseCheck}, Phrase: id})
	}
	back, err := url.Parse(localPath(v.c.PostForm("back")))
	if err != nil || back.Path != v.projectURL("/phrases") {
		back = &url.URL{Path: v.projectURL("/phrases")}
	}
	what := "phrase-on"
	if off {
		what = "phrase-off"
	}
	values := back.Query()
	values.Set("done", what)
	back.RawQuery = values.Encode()
	return v.redirect(back.RequestURI())
}
