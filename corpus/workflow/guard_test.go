package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestProofSeesNeighbours: where wordings can only be written by rewriting a
// sentence beside them, nothing is exported as proved.
func TestProofSeesNeighbours(t *testing.T) {
	b := newBench(t)
	const middle = "The tax &amp; fee bureau\nwrapped its line here."
	doc := b.take("near.md", "", "The first one stands. "+middle+" The third one stands.\n").Document
	first, third := b.unit(doc.ID, "The first"), b.unit(doc.ID, "The third")
	b.propose(b.lin, first, "1. x")
	b.propose(b.lin, third, "a*b")
	for _, unit := range []corpus.UnitID{first, third} {
		if rec := b.record(unit); !rec.Latest().Verdict.Bad {
			b.approve(b.he, unit)
		}
	}
	e, err := b.desk.Export(ctx, b.tan, doc.ID, ApprovedOnly)
	if err != nil {
		b.wants(err, corpus.Blocked)
	} else if !strings.Contains(string(e.Data), middle) {
		t.Errorf("bytes nobody approved were changed: %q", e.Data)
	}
}

// TestMergeRevivesNothing: what a reviewer reopened is not approved again by
// putting the parts together.
func TestMergeRevivesNothing(t *testing.T) {
	b := newBench(t)
	doc := b.take("long.md", "甲厂停产，乙厂复工。\n", "Plant A stopped, plant B resumed.\n").Document
	unit := b.unit(doc.ID, "Plant A")
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: unit})
	b.must(err)
	halves, err := b.desk.Split(ctx, b.lin, unit, len("甲厂停产，"), len("Plant A stopped, "))
	b.must(err)
	_, err = b.desk.Reopen(ctx, b.he, "wrong", Choice{Unit: halves[1].ID})
	b.must(err)
	u, err := b.desk.Merge(ctx, b.lin, halves[0].ID, halves[1].ID)
	b.must(err)
	if got := b.state(u.ID); got == corpus.StateApproved {
		t.Error("a translator approved by merging")
	}
}

// TestMergeKeepsAuthors: nobody's own wording is countersigned as a reviewer's.
func TestMergeKeepsAuthors(t *testing.T) {
	b := newBench(t)
	cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	b.propose(b.lin, cases, "Some 34,000 cases were dealt with.")
	b.approve(b.he, cases)
	u, err := b.desk.Merge(ctx, b.mo, cases, amount)
	b.must(err)
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: u.ID, NoChange: true})
	b.must(err)
	_, err = b.desk.Approve(ctx, b.mo, Choice{Unit: u.ID})
	b.wants(err, corpus.Forbidden)
}

// TestCarryComparesMarkup: equal texts over another link are not approved.
func TestCarryComparesMarkup(t *testing.T) {
	b := newBench(t)
	const old = "Consult the [measures](http://good.example) first.\n"
	doc := b.take("link.md", "", old).Document
	unit := b.unit(doc.ID, "Consult")
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: unit})
	b.must(err)
	in := delivery("link.md", "", strings.Replace(old, "good", "evil", 1))
	in.VersionOf = doc.ID
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	if got := b.state(b.unit(doc.ID, "Consult")); got != corpus.StateStale {
		t.Errorf("another link behind the same words is %s, want stale", got)
	}
}

func TestApprovalSettlesAll(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	for _, by := range []corpus.UserID{b.lin, b.mo} {
		_, err := b.desk.Propose(ctx, by, Wording{Unit: unit, NoChange: true})
		b.must(err)
	}
	b.approve(b.he, unit)
	if rec := b.record(unit); len(rec.Pending()) != 0 {
		t.Errorf("%d proposals of the approved wording still wait", len(rec.Pending()))
	}
}
