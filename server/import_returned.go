package server

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// returnedView is what a file that was exported from here, and edited elsewhere,
// would change.
type returnedView struct {
	Perhaps       bool // nobody can tell but the person who brings it
	Propose       bool // its changes become proposals; else the file is a new version
	Changed, Same int
	Markup        int // that cannot be taken, since their markup changed
	Shown         []returnedRow
	More          int
	Added, Gone   []string // not taken
	Comments      []string // in words
}

type returnedRow struct {
	Number int
	Source string
	Diff   diffView
	By     string // who changed it, where the file tells
	Markup bool
}

// lookReturned finds out whether the translation of a row is what was exported
// from here. A new source beside it makes it a new version all the same.
func lookReturned(ctx context.Context, desk *workflow.Desk, user corpus.UserID, row *uploadedRow, in workflow.Delivery) error {
	same, err := desk.SameSource(ctx, in)
	if err != nil || !same || in.Target == nil {
		return err
	}
	r, err := desk.Returned(ctx, user, row.versionOf, *in.Target)
	if err == nil && (r.Recognised || r.Perhaps) {
		row.returned, row.propose = &r, r.Recognised
	}
	if corpus.KindOf(err) == corpus.Internal {
		return err
	}
	return nil
}

// chooseReturned takes over what is to become of returned files.
func (up *upload) chooseReturned(form url.Values) error {
	up.mu.Lock()
	defer up.mu.Unlock()
	if up.phase != phaseTable && up.phase != phasePreviewed {
		return errAtWork
	}
	for i := range up.rows {
		if row := &up.rows[i]; row.returned != nil {
			row.propose = form.Get("returned-"+strconv.Itoa(i)) != "0"
		}
	}
	return nil
}

// takeRow takes a row in: as a document, a new version, or the proposals of a
// returned file.
func takeRow(ctx context.Context, desk *workflow.Desk, user corpus.UserID, project corpus.ProjectID, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) (workflow.Imported, error) {
	if !row.propose {
		return desk.Import(ctx, user, project, in, step)
	}
	r, err := desk.TakeReturned(ctx, user, row.versionOf, *in.Target)
	row.returned = &r
	return workflow.Imported{Document: corpus.Document{ID: row.versionOf, Name: in.Name}, Unchanged: true}, err
}

func (v *visit) returnedView(row uploadedRow) *returnedView {
	r := row.returned
	view := &returnedView{Perhaps: r.Perhaps, Propose: row.propose, Same: r.Same, Added: r.Added, Gone: r.Gone}
	for _, c := range r.Changes {
		if c.Markup {
			view.Markup++
		} else {
			view.Changed++
		}
		if len(view.Shown) == previewShown {
			view.More++
			continue
		}
		view.Shown = append(view.Shown, returnedRow{c.Number, layout.Show(c.Source), newDiff(c.Was, c.Text, false), strings.Join(c.By, ", "), c.Markup})
	}
	for _, c := range r.Comments {
		view.Comments = append(view.Comments, v.t("import.returned-comment", c.Number, c.Author, c.Text))
	}
	return view
}
