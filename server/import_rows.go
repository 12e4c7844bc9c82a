package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// none stands for a side without a file.
const none = -1

// uploadedRow is what would become one document, and later what became of it.
type uploadedRow struct {
	take           bool
	name           string
	source, target int               // indexes of files; none where there is none
	versionOf      corpus.DocumentID // "" for a new document
	pairing        string            // workflow's warning of the pairing
	lines          workflow.Lines    // what a person says line ends of plain text mean
	encoding       workflow.Encoding // what a person says of its files
	offered        bool              // that its file is taken for both sides
	shared         bool              // it is
	look           workflow.Inspection
	problem        string // why it cannot be taken as it is

	preview  *workflow.Preview      // of a new version
	returned *workflow.ReturnedFile // of a file that was exported from here
	propose  bool                   // its changes are to become proposals
	imported *workflow.Imported
	failed   string // why it was not taken after all
}

// pairUp makes the first table of an upload: files paired by name, and a name
// that the project has already offered as a new version.
func pairUp(files []uploadFile, p corpus.Project, docs []corpus.Document) []uploadedRow {
	index := map[string]int{}
	names := make([]string, 0, len(files))
	for i, f := range files {
		index[f.name] = i
		names = append(names, f.name)
	}
	var rows []uploadedRow
	for _, pair := range workflow.Pair(names, p.Source, p.Target) {
		row := uploadedRow{take: true, name: pair.Name, source: none, target: none, pairing: pair.Warning}
		if pair.Source != "" {
			row.source = index[pair.Source]
		}
		if pair.Target != "" {
			row.target = index[pair.Target]
		}
		for _, doc := range docs {
			if doc.Name == pair.Name {
				row.versionOf = doc.ID
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// applyForm takes over what a person chose in the table. A file stands in one
// place: one that was chosen for a row leaves the row it stood in, and one that
// no row wants any more gets a row of its own.
func (t *table) applyForm(form url.Values) {
	t.engine, t.label = strings.TrimSpace(form.Get("engine")), strings.TrimSpace(form.Get("label"))
	used := map[int]bool{}
	changed := make([][2]bool, len(t.rows))
	for i := range t.rows {
		row := &t.rows[i]
		n := strconv.Itoa(i)
		if !form.Has("name-" + n) {
			continue // a form from somewhere else does not speak of the row
		}
		row.take = form.Get("take-"+n) != ""
		row.name = strings.TrimSpace(form.Get("name-" + n))
		row.versionOf = corpus.DocumentID(form.Get("as-" + n))
		t.readForm(row, n, form)
		for s, side := range []*int{&row.source, &row.target} {
			wanted := t.fileIndex(form.Get([]string{"source-", "target-"}[s] + n))
			changed[i][s] = wanted != *side && (wanted == none || !used[wanted])
			if changed[i][s] {
				*side = wanted
				used[wanted] = wanted != none
			}
		}
		if form.Get("swap") == n {
			row.source, row.target = row.target, row.source
			changed[i][0], changed[i][1] = changed[i][1], changed[i][0]
		}
	}
	for i := range t.rows {
		for s, side := range []*int{&t.rows[i].source, &t.rows[i].target} {
			if changed[i][s] || *side == none {
				continue
			}
			if used[*side] {
				*side = none
				continue
			}
			used[*side] = true
		}
		if changed[i][0] || changed[i][1] {
			t.rows[i].pairing, t.rows[i].offered, t.rows[i].shared = "", false, false
		}
	}
	t.rows = slices.DeleteFunc(t.rows, func(r uploadedRow) bool { return r.source == none && r.target == none })
	for i, f := range t.files {
		if !used[i] && !f.kept {
			t.rows = append(t.rows, uploadedRow{take: true, name: f.name, source: none, target: i})
		}
	}
}

// fileIndex reads the value of a file's option.
func (t *table) fileIndex(value string) int {
	i, err := strconv.Atoi(value)
	if err != nil || i < 0 || i >= len(t.files) {
		return none
	}
	return i
}

// delivery is a row as workflow takes it.
func (t *table) delivery(row uploadedRow) workflow.Delivery {
	in := workflow.Delivery{Name: row.name, Engine: t.engine, Label: t.label, VersionOf: row.versionOf, Shared: row.shared && (row.source == none || row.target == none)}
	if row.source != none {
		in.Source = &workflow.Received{Name: t.files[row.source].name, Data: t.files[row.source].data, Lines: row.lines, Encoding: row.encoding}
	}
	if row.target != none {
		in.Target = &workflow.Received{Name: t.files[row.target].name, Data: t.files[row.target].data, Lines: row.lines, Encoding: row.encoding}
	}
	return in
}

// inspect looks at every row anew. It reports whether something is said of a
// chosen row that was not said before, so that it is seen before it counts.
func (t *table) inspect(v *visit) (news bool, err error) {
	versions := map[corpus.DocumentID]int{}
	for _, row := range t.rows {
		if row.take && row.versionOf != "" {
			versions[row.versionOf]++
		}
	}
	for i := range t.rows {
		row := &t.rows[i]
		before := *row
		row.problem, row.look, row.preview, row.returned, row.propose = "", workflow.Inspection{}, nil, nil, false
		switch {
		case row.name == "" && row.versionOf == "":
			row.problem = problemNoName
		case len(row.name) > maxName:
			row.problem = problemLongName
		case versions[row.versionOf] > 1 && row.take:
			row.problem = problemTwice
		default:
			err = t.look(v, row)
			if err != nil && corpus.KindOf(err) == corpus.Internal || v.context().Err() != nil {
				return news, err
			}
			if err != nil {
				row.problem = corpus.Message(err)
			}
		}
		if row.take && (row.problem != "" || !slices.Equal(row.look.Remarks, before.look.Remarks) || row.offered && !before.offered) {
			news = true
		}
	}
	return news, nil
}

// maxName is the length of the longest name of a document, in bytes.
const maxName = 200

// Problems of a row that are found before its files are read: messages.
const (
	problemNoName   = "import.no-name"
	problemLongName = "import.long-name"
	problemTwice    = "import.version-twice"
)

// chosen returns the rows that are to be taken.
func (t *table) chosen() []int {
	var list []int
	for i, row := range t.rows {
		if row.take {
			list = append(list, i)
		}
	}
	return list
}
