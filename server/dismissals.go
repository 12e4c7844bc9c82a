package server

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strconv"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) dismissalRoutes() []route {
	const all = "/projects/:project/dismissals"
	return []route{
		get(all, inProject, corpus.Read, (*visit).showDismissals),           // ?check= &before=
		get(all+"/export", inProject, corpus.Read, (*visit).sendDismissals), // ?format=csv or jsonl
		post(all+"/revoke", inProject, corpus.Dismiss, (*visit).revokeDismissal),
	}
}

// dismissalsPage lists what people said is no defect.
type dismissalsPage struct {
	basePage
	Check  string
	Title  string // of the check
	Rows   []dismissedRow
	More   string
	First  string
	Export string // address without the format
}

func (*dismissalsPage) template() string { return "dismissals.html" }

type dismissedRow struct {
	Number   int64
	Title    string
	Check    string
	Scope    string // key of the message
	Document string
	Unit     int
	URL      string
	By       string
	When     time.Time
	Reason   string
	May      bool
}

// dismissalsShown is how many dismissals a window holds.
const dismissalsShown = 100

func (v *visit) showDismissals() error {
	id := v.c.Query("check")
	before, _ := strconv.ParseInt(v.c.Query("before"), 10, 64)
	list, err := v.desk.Dismissals(v.context(), v.user.ID, v.project.ID, id, before, dismissalsShown+1)
	if err != nil {
		return err
	}
	p := &dismissalsPage{Check: id, Title: v.checkTitle(id), Export: v.projectURL("/dismissals/export?format=")}
	p.basePage = v.newBase(v.t("dismissals.title"), crumb{v.project.Name, v.projectURL("")}, crumb{v.t("checks.title"), v.projectURL("/checks")}, crumb{Name: v.t("dismissals.title")})
	values := url.Values{}
	if id != "" {
		values.Set("check", id)
	}
	if before != 0 {
		p.First = v.projectURL("/dismissals?" + values.Encode())
	}
	if len(list) > dismissalsShown {
		list = list[:dismissalsShown]
		values.Set("before", strconv.FormatInt(list[len(list)-1].Dismissal.Number, 10))
		p.More = v.projectURL("/dismissals?" + values.Encode())
	}
	for _, x := range list {
		row := dismissedRow{Number: x.Dismissal.Number, Title: v.checkTitle(x.Check), Check: x.Check, Scope: "dismiss." + string(scopeOf(x.Dismissal)), Document: x.Document, Unit: x.Number, By: x.By.Display(), When: x.Created, Reason: x.Reason, May: x.Mine}
		if x.Number > 0 {
			row.URL = documentURL(x.Dismissal.Document, "?at="+string(x.Unit)+"#u-"+string(x.Unit))
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(p)
}

func scopeOf(x corpus.Dismissal) workflow.Scope {
	switch {
	case x.Unit != "":
		return workflow.Here
	case x.Document != "":
		return workflow.InDocument
	}
	return workflow.InProject
}

// checkTitle is the check's name for people; of one that is no more, its id.
func (v *visit) checkTitle(id string) string {
	if c, ok := check.ByID(id); ok {
		return c.Doc.Title.In(v.lang)
	}
	return id
}

func (v *visit) revokeDismissal() error {
	number, err := strconv.ParseInt(v.c.PostForm("number"), 10, 64)
	if err != nil {
		return corpus.Errorf(corpus.Invalid, "the form names no dismissal")
	}
	if err := v.desk.RevokeDismissal(v.context(), v.user.ID, v.project.ID, number); err != nil {
		return err
	}
	return v.redirect(v.projectURL("/dismissals?" + done("revoked")))
}

// dismissalLine is a dismissal as it is exported.
type dismissalLine struct {
	Check    string    `json:"check"`
	Key      string    `json:"key"`
	Scope    string    `json:"scope"`
	Document string    `json:"document,omitempty"`
	Unit     int       `json:"unit,omitempty"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Reason   string    `json:"reason"`
}

// sendDismissals sends all dismissals that hold, oldest last, a page at a time
// from the store.
func (v *visit) sendDismissals() error {
	var lines []dismissalLine
	for before := int64(0); ; {
		list, err := v.desk.Dismissals(v.context(), v.user.ID, v.project.ID, "", before, 500)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		before = list[len(list)-1].Dismissal.Number
		for _, x := range list {
			lines = append(lines, dismissalLine{x.Check, x.Key, string(scopeOf(x.Dismissal)), x.Document, x.Number, x.By.Name, x.Created, x.Reason})
		}
	}
	var b bytes.Buffer
	if v.c.Query("format") == "jsonl" {
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		for _, line := range lines {
			if err := e.Encode(line); err != nil {
				return err
			}
		}
		return v.sendTable("dismissals.jsonl", "application/jsonl; charset=utf-8", b.Bytes())
	}
	rows := [][]string{{"check", "key", "scope", "document", "unit", "by", "at", "reason"}}
	for _, l := range lines {
		rows = append(rows, []string{l.Check, l.Key, l.Scope, l.Document, strconv.Itoa(l.Unit), l.By, l.At.Format(time.RFC3339), l.Reason})
	}
	if err := exchange.WriteCSV(&b, rows); err != nil {
		return err
	}
	return v.sendTable("dismissals.csv", "text/csv; charset=utf-8", b.Bytes())
}
