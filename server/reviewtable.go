package server

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) reviewTableRoutes() []route {
	const path = "/documents/:document/table"
	return []route{
		get(path, inDocument, corpus.Propose, (*visit).showTableForm),                                                                          // the field for the file
		{method: http.MethodPost, path: path, in: inDocument, need: corpus.Propose, limit: bodyUpload, handle: (*visit).previewTable},          // what it would do
		{method: http.MethodPost, path: path + "/merge", in: inDocument, need: corpus.Propose, limit: bodyUpload, handle: (*visit).mergeTable}, // yes
	}
}

// reviewTablePage merges a table that a reviewer filled in: the field for the
// file, then what it would do, then what was done.
type reviewTablePage struct {
	basePage
	Document  corpus.Document
	Refused   string // FILE:LINE: reason
	Name      string // of the file
	Previewed bool
	Merged    bool
	Taken     int
	Same      int
	Rows      []tableRowView // taken first, then conflicts and refusals
	More      int            // beyond those listed
	Send      string         // the rows that would be taken, to come back with the yes
}

func (*reviewTablePage) template() string { return "review_table.html" }

// tableRowView is a row that is taken or that is not.
type tableRowView struct {
	Number, Line          int
	Taken                 bool
	Refused               bool // rather than in conflict
	Why                   string
	URL                   string
	Now, Proposal, Remark string
}

func (v *visit) newTablePage() *reviewTablePage {
	return &reviewTablePage{basePage: v.newBase(v.t("table.title", v.doc.Name), v.documentCrumbs(v.t("table.crumb"))...), Document: v.doc}
}

func (v *visit) showTableForm() error { return v.show(v.newTablePage()) }

// previewTable reads the table that was sent and says what it would do. Nothing
// is kept: the rows that would be taken go out with the page.
func (v *visit) previewTable() error {
	p := v.newTablePage()
	name, data, err := v.sentTable()
	if err != nil {
		return err
	}
	rows, err := workflow.ReadTable(name, data)
	if err != nil {
		p.Refused = corpus.Message(err)
		return v.showStatus(http.StatusUnprocessableEntity, p)
	}
	merged, err := v.desk.PreviewTable(v.context(), v.user.ID, v.doc.ID, rows)
	if err != nil {
		return err
	}
	p.Name, p.Previewed = name, true
	var send []exchange.TableRow
	for _, m := range merged {
		if m.Fate == workflow.RowTaken {
			send = append(send, m.TableRow)
		}
	}
	text, err := json.Marshal(send)
	if err != nil {
		return err
	}
	p.Send = string(text)
	p.fill(merged)
	return v.show(p)
}

// sentTable returns the one file of the form.
func (v *visit) sentTable() (name string, data []byte, err error) {
	parts, err := v.c.Request.MultipartReader()
	if err != nil {
		return "", nil, corpus.Errorf(corpus.Invalid, "no file came with this form")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, corpus.Errorf(corpus.Invalid, "no file came with this form")
		}
		if err != nil {
			return "", nil, readError(err)
		}
		if name = sentName(part); part.FormName() != "files" || name == "" {
			continue
		}
		if data, err = io.ReadAll(part); err != nil {
			return "", nil, readError(err)
		}
		return name, data, nil
	}
}

// mergeTable takes the rows of a preview. They are looked at anew: what changed
// in between is a conflict now.
func (v *visit) mergeTable() error {
	if err := v.c.Request.ParseForm(); err != nil {
		return badBody(err)
	}
	var rows []exchange.TableRow
	if err := json.Unmarshal([]byte(v.c.Request.PostFormValue("rows")), &rows); err != nil {
		return corpus.Errorf(corpus.Invalid, "the rows did not arrive whole; send the table again")
	}
	merged, err := v.desk.MergeTable(v.context(), v.user.ID, v.doc.ID, rows, nil)
	if err != nil {
		return err
	}
	p := v.newTablePage()
	p.Merged = true
	p.fill(merged)
	return v.show(p)
}

// tableListed is how many rows a page lists.
const tableListed = 500

func (p *reviewTablePage) fill(merged []workflow.MergedRow) {
	for _, taken := range []bool{true, false} {
		for _, m := range merged {
			if taken != (m.Fate == workflow.RowTaken) {
				continue
			}
			if m.Fate == workflow.RowSame {
				p.Same++
				continue
			}
			if taken {
				p.Taken++
			}
			if len(p.Rows) == tableListed {
				p.More++
				continue
			}
			row := tableRowView{Number: m.Number, Line: m.Line, Taken: taken, Refused: m.Fate == workflow.RowRefused, Why: m.Why, Now: m.Text.Target, Remark: m.Say, Proposal: m.Proposal}
			if taken && !m.Propose {
				row.Proposal = ""
			}
			if m.Text != (corpus.Pair{}) {
				row.URL = documentURL(p.Document.ID, "?at="+string(m.Unit)+"#u-"+string(m.Unit))
			}
			p.Rows = append(p.Rows, row)
		}
	}
}
