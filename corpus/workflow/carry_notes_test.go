package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestVersionKeepsNotes takes a new run of a document: the thread, the drafts
// and what was dismissed for one unit alone stand on the unit that follows.
func TestVersionKeepsNotes(t *testing.T) {
	b := newBench(t)
	doc := b.take("rep.md", "", "The the case was closed.\n\nIt ended well.\n").Document
	unit, other := b.unit(doc.ID, "case"), b.unit(doc.ID, "ended")
	one, err := b.desk.Comment(ctx, b.lin, unit, "Is this so?", "")
	b.must(err)
	_, err = b.desk.Comment(ctx, b.he, unit, "Yes.", one.ID)
	b.must(err)
	_, err = b.desk.Comment(ctx, b.he, unit, "No.", one.ID)
	b.must(err)
	_, err = b.desk.Undo(ctx, b.he, doc.ID)
	b.must(err)
	read := b.record(unit)
	for _, f := range b.findings(read.Latest().ID) {
		_, err = b.desk.Dismiss(ctx, b.he, unit, f.Key, Here, "said so")
		b.must(err)
	}
	ended := b.record(other)
	b.must(b.desk.SaveDraft(ctx, b.lin, other, ended.Machine().ID, "It ended badly."))

	in := delivery("rep.md", "", "The the case was closed.\n\nIt ended quite well.\n")
	in.VersionOf = doc.ID
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)

	next := b.unit(doc.ID, "case")
	if next == unit {
		t.Fatal("the new version has the old unit")
	}
	rec := b.record(next)
	if rec.Unit.Summary.Findings != 0 {
		t.Errorf("%d findings count, though each was dismissed here", rec.Unit.Summary.Findings)
	}
	if rec.Unit.Summary.Comments != 2 {
		t.Errorf("the summary counts %d comments, want 2", rec.Unit.Summary.Comments)
	}
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		thread, err := r.Comments(next)
		if err != nil {
			return err
		}
		if len(thread) != 2 || thread[0].Text != "Is this so?" || thread[0].By != b.lin || !thread[0].Created.Equal(one.Created) || thread[1].Answers != thread[0].ID {
			t.Errorf("the thread came along as %+v", thread)
		}
		after := b.unit(doc.ID, "ended")
		said := b.record(after)
		draft, err := r.Draft(after, b.lin)
		if err != nil {
			return err
		}
		if draft.Text != "It ended badly." || draft.Base != said.Machine().ID {
			t.Errorf("the draft came along as %+v", draft)
		}
		if _, err := r.Draft(other, b.lin); corpus.KindOf(err) != corpus.NotFound {
			t.Errorf("the old unit still has the draft: %v", err)
		}
		return nil
	}))
	b.audit()
}

// TestKilledImport retries at once what a killed import left half-stored: it
// holds neither the name of a new document nor the number of a version.
func TestKilledImport(t *testing.T) {
	b := newBench(t)
	for _, of := range []corpus.DocumentID{"", b.doc.ID} {
		in := delivery("killed.md", "", "One sentence stands here.\n")
		in.VersionOf = of
		regime, err := b.desk.regimeOf(ctx, b.project)
		b.must(err)
		ready, err := b.desk.prepare(ctx, regime, in, func(Step) {})
		b.must(err)
		for range 2 {
			var half Imported
			b.must(b.desk.begin(ctx, b.admin, b.project, ready, &half)) // and no more: the process ended here
		}
		out, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
		b.must(err)
		name, number := "killed.md", 1
		if of != "" {
			name, number = b.doc.Name, 2
		}
		if out.Document.Name != name || out.Version.Number != number {
			t.Errorf("after a killed import: %q, version %d; want %q, version %d", out.Document.Name, out.Version.Number, name, number)
		}
	}
	b.now = b.now.Add(abandoned)
	if n, err := b.desk.Sweep(ctx); n != 4 || err != nil {
		t.Errorf("Sweep = %d, %v; want the 4 that were killed", n, err)
	}
}
