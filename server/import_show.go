package server

import (
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// uploadPage is an upload in one of its phases: the table before anything is
// stored, the preview of new versions, the progress of the job, the result.
type uploadPage struct {
	basePage
	URL           string
	Phase         phase
	Files         []fileOption
	Documents     []corpus.Document
	Rows          []uploadView
	Refused       []string
	Engine, Label string
	Look          string // why the table is shown again: a message
	Progress      progressView
	Cancelled     bool
	Taken         int // documents taken in
}

func (*uploadPage) template() string { return "upload.html" }

type fileOption struct {
	Index int
	Name  string
	Kept  bool
}

// uploadView is a row as the page shows it.
type uploadView struct {
	Index          int
	Take           bool
	Name           string
	Source, Target int
	SourceName     string
	TargetName     string
	VersionOf      corpus.DocumentID
	VersionName    string
	filesRead
	Remarks  []string // what looks odd
	Notes    []string // what is good to know
	Problem  string
	Foreign  bool // Problem is in English, whatever the page's language
	Preview  *previewView
	Returned *returnedView // what reads otherwise in a file that was exported from here
	Result   *resultView
	Failed   string
}

// previewView says what a new version does to the work so far.
type previewView struct {
	Counts []string
	Lost   []string      // overrides that are not carried over, in English
	Shown  []carriedView // conflicts and removed work
	More   int           // not shown
}

type carriedView struct {
	Fate           string
	Source, Target string
}

// resultView is a document that was taken in.
type resultView struct {
	ID        corpus.DocumentID
	Name      string
	Version   int
	Units     int
	Findings  int
	Unchanged bool
	Warnings  []string
	Fates     []string
	Read      []string // how its files were read
}

// progressView is how far a job is.
type progressView struct {
	At, Of      int    // document under way
	Name        string // its name
	Stage       string // message
	Done, Total int    // of the stage; Total is 0 where it cannot be told
}

// previewShown is how many conflicts a preview lists.
const previewShown = 100

func (v *visit) showUpload() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	docs, err := v.documents()
	if err != nil {
		return err
	}
	p := &uploadPage{basePage: v.newBase(v.t("import.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("import.title")}), URL: v.uploadURL(up, ""), Documents: docs}
	if look := v.c.Query("look"); look == "again" || look == "nothing" {
		p.Look = "import.look-" + look
	}
	up.mu.Lock()
	defer up.mu.Unlock()
	v.fillUpload(p, up)
	return v.show(p)
}

// fillUpload copies what the page shows. up.mu is held.
func (v *visit) fillUpload(p *uploadPage, up *upload) {
	p.Phase, p.Refused, p.Engine, p.Label, p.Cancelled = up.phase, up.refused, up.engine, up.label, up.cancelled
	for i, f := range up.files {
		p.Files = append(p.Files, fileOption{i, f.name, f.kept})
	}
	for i, row := range up.rows {
		view := v.uploadView(up, i, row, p.Documents)
		if view.Result != nil {
			p.Taken++
		}
		p.Rows = append(p.Rows, view)
	}
	p.Progress = up.progress()
}

// progress is how far the job is. up.mu is held.
func (up *upload) progress() progressView {
	chosen := up.chosen()
	view := progressView{At: up.at, Of: up.of, Stage: "import.stage-" + up.step.Stage, Done: up.step.Done, Total: up.step.Total}
	if up.at > 0 && up.at <= len(chosen) {
		view.Name = up.rows[chosen[up.at-1]].name
	}
	return view
}

// progressJSON is what script asks for while a job is at work.
type progressJSON struct {
	Working bool   `json:"working"`
	Words   string `json:"words"`
	Done    int    `json:"done"`
	Total   int    `json:"total"`
}

func (v *visit) showProgress() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	working := up.atWork()
	up.mu.Lock()
	p := up.progress()
	up.mu.Unlock()
	return v.json(progressJSON{working, v.progressWords(p), p.Done, p.Total})
}

// progressWords says how far a job is.
func (v *visit) progressWords(p progressView) string {
	if p.At == 0 {
		return v.t("import.stage-wait")
	}
	words := v.t("import.progress", p.At, p.Of, p.Name, v.t(p.Stage))
	if p.Total > 0 {
		words = v.t("import.progress-part", words, p.Done, p.Total)
	}
	return words
}

func (v *visit) uploadView(up *upload, i int, row uploadedRow, docs []corpus.Document) uploadView {
	view := uploadView{Index: i, Take: row.take, Name: row.name, Source: row.source, Target: row.target, VersionOf: row.versionOf, Problem: row.problem, Failed: row.failed}
	if row.source != none {
		view.SourceName = up.files[row.source].name
	}
	if row.target != none {
		view.TargetName = up.files[row.target].name
	}
	for _, doc := range docs {
		if doc.ID == row.versionOf {
			view.VersionName = doc.Name
		}
	}
	switch row.problem {
	case problemNoName, problemLongName, problemTwice:
		view.Problem = v.t(row.problem)
	default:
		view.Foreign = true
	}
	view.filesRead = v.filesRead(row)
	view.Remarks, view.Notes = v.remarks(row), v.notes(row, view)
	if row.preview != nil {
		view.Preview = v.previewView(*row.preview)
	}
	if row.returned != nil {
		view.Returned = v.returnedView(row)
	}
	if row.imported != nil {
		view.Result = v.resultView(*row.imported)
	}
	return view
}

// remarks says what looks odd about a row.
func (v *visit) remarks(row uploadedRow) []string {
	var list []string
	switch row.pairing {
	case workflow.LoneSource:
		list = append(list, v.t("import.lone-source"))
	case workflow.SeveralNamed:
		list = append(list, v.t("import.several"))
	}
	for _, r := range row.look.Remarks {
		switch r.Oddity {
		case workflow.OtherSource, workflow.OtherTarget:
			if row.pairing != workflow.LoneSource { // which says the same
				list = append(list, v.t("import.odd-"+string(r.Oddity), v.languageName(r.About)))
			}
		case workflow.AlreadyReceived:
			list = append(list, v.t("import.odd-already-there", r.About))
		default:
			list = append(list, v.t("import.odd-"+string(r.Oddity)))
		}
	}
	return list
}

// holdsAll reports whether a remark says that one file is all there is to hand
// in.
func holdsAll(r workflow.Remark) bool {
	return r.Oddity == workflow.HoldsPair || r.Oddity == workflow.HoldsReview
}

// notes says what is good to know of a row.
func (v *visit) notes(row uploadedRow, view uploadView) []string {
	var list []string
	switch {
	case row.problem != "", view.Both && view.Shared, slices.ContainsFunc(row.look.Remarks, holdsAll):
	case row.target == none:
		list = append(list, v.t("import.source-only"))
	case row.source == none && row.pairing == "":
		list = append(list, v.t("import.alone"))
	}
	if view.VersionName != "" && view.VersionName == row.name {
		list = append(list, v.t("import.named", row.name))
	}
	return list
}

func (v *visit) previewView(p workflow.Preview) *previewView {
	view := &previewView{Counts: v.fates(p), Lost: p.Lost}
	for _, c := range p.Items {
		if c.Fate != workflow.Conflicts && c.Fate != workflow.Removed {
			continue
		}
		if len(view.Shown) == previewShown {
			view.More++
			continue
		}
		view.Shown = append(view.Shown, carriedView{v.t("import.is-" + string(c.Fate)), layout.Show(c.Text.Source), layout.Show(c.Text.Target)})
	}
	return view
}

// fates says in words what a new version does, what matters most first.
func (v *visit) fates(p workflow.Preview) []string {
	var words []string
	for _, f := range []workflow.Fate{workflow.Conflicts, workflow.Removed, workflow.Offered, workflow.Kept, workflow.Untouched, workflow.Added, workflow.Dropped} {
		if n := p.Counts[f]; n > 0 {
			words = append(words, v.t("import.fate-"+string(f), n))
		}
	}
	if p.Moved > 0 {
		words = append(words, v.t("import.fate-moved", p.Moved))
	}
	if p.Kept > 0 {
		words = append(words, v.t("import.overrides-kept", p.Kept))
	}
	if n := len(p.Lost); n > 0 {
		words = append(words, v.t("import.overrides-lost", n))
	}
	return words
}

func (v *visit) resultView(out workflow.Imported) *resultView {
	return &resultView{
		ID: out.Document.ID, Name: out.Document.Name, Version: out.Version.Number, Units: out.Units, Findings: out.Findings,
		Unchanged: out.Unchanged, Warnings: out.Warnings, Fates: v.fates(out.Preview), Read: v.readWords(out.Document, out.Version),
	}
}

// languageName is the name of a language in the visitor's.
func (v *visit) languageName(code string) string {
	return display.Languages(v.lang).Name(language.Make(code))
}

// uploadRow is an upload on the project's page.
type uploadRow struct {
	URL   string
	Files int
	Phase string // message
}

// uploadRows returns what the visitor sent to the project and has not finished.
func (v *visit) uploadRows() []uploadRow {
	if !v.may(corpus.Import) {
		return nil
	}
	var rows []uploadRow
	for _, up := range v.uploads.of(v.now(), v.user.ID, v.project.ID) {
		up.mu.Lock()
		row := uploadRow{v.uploadURL(up, ""), len(up.files), "project.phase-" + string(up.phase)}
		done := up.phase == phaseDone
		up.mu.Unlock()
		if !done {
			rows = append(rows, row)
		}
	}
	return rows
}
