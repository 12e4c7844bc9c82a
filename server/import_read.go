package server

import (
	"net/url"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// filesRead is how the files of a row are read, as far as it is a choice.
type filesRead struct {
	HasLines bool     // it has plain text
	Lines    string   // what a person chose: "", "hard" or "soft"
	Decided  []string // in words, what each side's line ends are taken for
	Both     bool     // its one file holds both languages
	Shared   bool     // and is taken for both sides

	HasEncodings bool              // an encoding other than UTF-8 is in play
	Encoding     workflow.Encoding // what a person chose; "" for what the bytes say
	Encodings    []encodingChoice  // all there are
	Found        []string          // in words, what each side's bytes say
}

// encodingChoice is an encoding to choose.
type encodingChoice struct {
	ID    workflow.Encoding
	Title string
}

// encodings fills in how the bytes of a row's files are read. A file that cannot
// be read may be one whose encoding a person knows.
func (v *visit) encodings(view *filesRead, row uploadedRow) {
	view.Encoding = row.encoding
	view.HasEncodings = row.encoding != "" || row.problem != ""
	for _, e := range workflow.Encodings() {
		view.Encodings = append(view.Encodings, encodingChoice{e, e.Title()})
	}
	for i, found := range []workflow.FoundEncoding{row.look.SourceEncoding, row.look.TargetEncoding} {
		if found.Encoding == "" || found.Encoding == "utf-8" {
			continue
		}
		view.HasEncodings = true
		side := v.t([]string{"import.source", "import.target"}[i])
		words := v.t("import.encoding-found", side, found.Encoding.Title())
		if found.Mark {
			words = v.t("import.encoding-mark", side, found.Encoding.Title())
		}
		for _, e := range found.Also {
			words += " " + v.t("import.encoding-also", e.Title())
		}
		view.Found = append(view.Found, words)
	}
}

func (v *visit) filesRead(row uploadedRow) filesRead {
	view := filesRead{Lines: string(row.lines), Both: row.look.Both, Shared: row.shared && row.look.Both}
	for _, side := range []struct {
		word  string
		lines workflow.Lines
	}{{"import.source", row.look.Source}, {"import.target", row.look.Target}} {
		if side.lines == workflow.LinesDecided || view.Shared && side.word == "import.source" {
			continue
		}
		view.HasLines = true
		if view.Shared {
			side.word = "import.one-file"
		}
		view.Decided = append(view.Decided, v.linesWords(side.word, side.lines, row.lines != workflow.LinesDecided))
	}
	v.encodings(&view, row)
	return view
}

// linesWords says what the line ends of a side mean, and who says so.
func (v *visit) linesWords(side string, lines workflow.Lines, chosen bool) string {
	who := "decided"
	if chosen {
		who = "chosen"
	}
	return v.t("import.lines-"+string(lines)+"-"+who, v.t(side))
}

// readWords says how the files of a version were read, as far as it was a choice.
func (v *visit) readWords(doc corpus.Document, version corpus.Version) []string {
	var list []string
	if version.Target.Shared != "" {
		list = append(list, v.t("import.shared"))
	}
	for _, side := range []struct {
		word string
		file corpus.File
	}{{"import.source", version.Source}, {"import.target", version.Target}} {
		if side.file.Encoding != "" {
			list = append(list, v.t("import.encoding-of", v.t(side.word), workflow.EncodingOf(side.file).Title()))
		}
		lines := workflow.LinesOf(doc, side.file)
		if lines == workflow.LinesDecided || side.file.Shared != "" && side.word == "import.source" {
			continue
		}
		if side.file.Shared != "" {
			side.word = "import.one-file"
		}
		list = append(list, v.linesWords(side.word, lines, side.file.Chosen))
	}
	return list
}

// readForm takes over how a row's files are to be read.
func (t *table) readForm(row *uploadedRow, n string, form url.Values) {
	switch lines := workflow.Lines(form.Get("lines-" + n)); lines {
	case workflow.LinesHard, workflow.LinesSoft, workflow.LinesDecided:
		row.lines = lines
	}
	if e := workflow.Encoding(form.Get("encoding-" + n)); form.Has("encoding-"+n) && (e == "" || slices.Contains(workflow.Encodings(), e)) {
		row.encoding = e
	}
	if form.Has("offered-" + n) {
		row.shared = form.Get("shared-"+n) != ""
	}
}

// look reads a row's files. A file with both languages is offered as both sides
// when it is first seen.
func (t *table) look(v *visit, row *uploadedRow) (err error) {
	row.look, err = v.desk.Inspect(v.context(), v.user.ID, v.project.ID, t.delivery(*row))
	if err != nil || !row.look.Both || row.offered {
		return err
	}
	row.offered, row.shared = true, true
	row.look, err = v.desk.Inspect(v.context(), v.user.ID, v.project.ID, t.delivery(*row))
	return err
}
