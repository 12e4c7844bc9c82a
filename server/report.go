package server

import (
	"strconv"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) reportRoutes() []route {
	return []route{
		get("/documents/:document/report", inDocument, corpus.Read, (*visit).showReport), // which bytes are reviewed
	}
}

// reportPage accounts for the bytes of a document's files.
type reportPage struct {
	basePage
	Document corpus.Document
	Version  corpus.Version
	Files    []fileView
}

func (*reportPage) template() string { return "report.html" }

type fileView struct {
	Side, Name, Lang string
	Size, Sum        int
	Rows             []bytesRow
	Passages         []passageView
	More             int // passages that are not shown
}

// bytesRow is the bytes of one sort.
type bytesRow struct {
	Words, Share string
	Bytes        int
	Unread       bool // may hold wording, and nobody is shown it
}

type passageView struct {
	Words       string
	Line, Bytes int
	Text        string
}

// The most of unreviewed passages that a page shows: how many, and bytes of each.
const (
	passagesShown = 200
	passageShown  = 2000
)

func (v *visit) showReport() error {
	rep, err := v.desk.Report(v.context(), v.user.ID, v.doc.ID)
	if err != nil {
		return err
	}
	p := &reportPage{basePage: v.newBase(v.t("report.title", v.doc.Name), v.documentCrumbs(v.t("report.link"))...), Document: rep.Document, Version: rep.Version}
	for _, f := range rep.Files {
		p.Files = append(p.Files, v.fileView(f))
	}
	return v.show(p)
}

func (v *visit) fileView(f workflow.FileReport) fileView {
	view := fileView{Side: f.Side.String(), Name: f.Name, Size: f.Size, Sum: f.Sum(), Lang: v.project.Target.String()}
	if f.Side == corpus.SourceSide {
		view.Lang = v.project.Source.String()
	}
	add := func(name string, n int, unread bool) {
		share := strconv.FormatFloat(100*float64(n)/float64(max(1, f.Size)), 'f', 1, 64) + " %"
		view.Rows = append(view.Rows, bytesRow{v.t(partMessage(name)), share, n, unread})
	}
	add("text", f.Text, false)
	add("protected", f.Protected, false)
	for _, p := range f.Parts {
		add(p.Name, p.Bytes, p.Name != "markup" && p.Name != "counterpart")
	}
	for _, u := range f.ReadOnly {
		view.Passages = append(view.Passages, passage(v.t("report.read-only", u.Name), u))
	}
	for _, u := range f.Passages {
		view.Passages = append(view.Passages, passage(v.t(partMessage(u.Name)), u))
	}
	view.More = max(0, len(view.Passages)-passagesShown)
	view.Passages = view.Passages[:len(view.Passages)-view.More]
	return view
}

func passage(words string, u workflow.Unread) passageView {
	text := u.Text
	if len(text) > passageShown {
		text = readable([]byte(text[:passageShown])) + "…"
	}
	return passageView{words, u.Line, u.Bytes, text}
}

// partMessage names the message of a sort of bytes.
func partMessage(name string) string {
	for _, known := range [...]string{"text", "protected", "markup", "code", "html", "front-matter", "definition", "attributes", "counterpart"} {
		if name == known {
			return "report.part-" + name
		}
	}
	return "report.part-other"
}
