package server

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"slices"
	"sync"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// termTables keeps the tables of terms that were read and wait for a yes: one of
// each person, for an hour, in memory and bounded. The zero value is ready.
type termTables struct {
	mu    sync.Mutex
	waits []waitingTable // oldest first
}

type waitingTable struct {
	id      string
	user    corpus.UserID
	project corpus.ProjectID
	terms   []corpus.Term
	at      time.Time
}

// tablesKept bounds how many tables wait.
const tablesKept = 8

func (t *termTables) add(w waitingTable) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waits = slices.DeleteFunc(t.waits, func(o waitingTable) bool { return o.user == w.user || w.at.Sub(o.at) > uploadKept })
	if t.waits = append(t.waits, w); len(t.waits) > tablesKept {
		t.waits = t.waits[1:]
	}
}

// take returns the table, which waits no more.
func (t *termTables) take(id string, user corpus.UserID, project corpus.ProjectID, now time.Time) (waitingTable, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, w := range t.waits {
		if w.id == id && w.user == user && w.project == project && now.Sub(w.at) <= uploadKept {
			t.waits = slices.Delete(t.waits, i, i+1)
			return w, true
		}
	}
	return waitingTable{}, false
}

// termImportPage says what taking a table of terms would do.
type termImportPage struct {
	basePage
	ID                 string
	Name               string
	New, Changed, Same int
	Refused            []string
	Rows               []termFateRow // the first of those that are new or changed
	Left               int           // how many there are beyond
}

func (*termImportPage) template() string { return "terms_import.html" }

type termFateRow struct {
	Fate          string
	Source        string
	Before, After []corpus.Designation
}

// fatesShown is how many entries a preview lists.
const fatesShown = 200

// previewTerms reads a table and shows what taking it would do; nothing is stored.
func (v *visit) previewTerms() error {
	file, header, err := v.c.Request.FormFile("table")
	if err != nil {
		return corpus.Errorf(corpus.Invalid, "no table came with this form; choose a CSV or XLSX file")
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return readError(err)
	}
	name := path.Base(header.Filename)
	table, err := exchange.ReadTermFile(name, data, v.project.Source, v.project.Target)
	if err != nil {
		return err
	}
	fates, err := v.desk.PreviewTerms(v.context(), v.user.ID, v.project.ID, table.Terms)
	if err != nil {
		return err
	}
	p := &termImportPage{ID: corpus.NewID[string](), Name: name, Refused: table.Refused}
	p.basePage = v.newBase(v.t("terms.import"), crumb{v.project.Name, v.projectURL("")}, crumb{v.t("terms.title"), v.projectURL("/terms")}, crumb{Name: name})
	for _, f := range fates {
		switch f.Fate {
		case workflow.TermSame:
			p.Same++
			continue
		case workflow.TermNew:
			p.New++
		default:
			p.Changed++
		}
		if len(p.Rows) == fatesShown {
			p.Left++
			continue
		}
		p.Rows = append(p.Rows, termFateRow{f.Fate, f.After.Source[0].Text, f.Before.Target, f.After.Target})
	}
	v.termTables.add(waitingTable{p.ID, v.user.ID, v.project.ID, table.Terms, v.now()})
	return v.show(p)
}

// takeTerms takes a table whose preview was shown.
func (v *visit) takeTerms() error {
	w, ok := v.termTables.take(v.c.PostForm("table"), v.user.ID, v.project.ID, v.now())
	if !ok {
		return corpus.Errorf(corpus.Conflict, "this table is not kept any more, or was taken already; choose the file again")
	}
	changes, err := v.desk.ImportTerms(v.context(), v.user.ID, v.project.ID, w.terms, nil)
	if err != nil {
		return err
	}
	if len(changes) > 0 {
		v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{Checks: []string{workflow.TermsCheck}, Terms: changes})
	}
	return v.redirect(v.termsURL("done", "terms-taken"))
}

// exportTerms sends the whole glossary as a table.
func (v *visit) exportTerms() error {
	terms, err := v.desk.Terms(v.context(), v.user.ID, v.project.ID)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name, kind := "terms.csv", "text/csv; charset=utf-8"
	switch v.c.Query("format") {
	case "tbx":
		name, kind = "terms.tbx", "application/xml; charset=utf-8"
		err = exchange.WriteTBX(&b, v.project.Source, v.project.Target, terms)
	case "xlsx":
		name, kind = "terms.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		err = exchange.WriteTermsXLSX(&b, terms)
	default:
		err = exchange.WriteTermsCSV(&b, terms)
	}
	if err != nil {
		return err
	}
	return v.sendTable(name, kind, b.Bytes())
}

// sendTable sends bytes to be saved under a name.
func (v *visit) sendTable(name, kind string, data []byte) error {
	v.c.Header("Content-Disposition", attachment(name))
	v.c.Header("Cache-Control", "no-store")
	v.c.Data(http.StatusOK, kind, data)
	return nil
}
