package workflow

import (
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func (b *bench) review(by corpus.UserID, g Group) Review {
	b.Helper()
	page, err := b.desk.Review(ctx, by, b.project.ID, g, corpus.InReading, 0, 50)
	b.must(err)
	return page
}

// card is the only card of a group.
func (b *bench) card(by corpus.UserID, g Group) Card {
	b.Helper()
	page := b.review(by, g)
	if len(page.Cards) != 1 {
		b.Fatalf("group %s has %d cards, want 1", g, len(page.Cards))
	}
	return page.Cards[0]
}

func TestReviewGroups(t *testing.T) {
	b := newBench(t)
	changed, same, twice, back := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "No major"), b.unit(b.doc.ID, "not recommended")
	b.propose(b.lin, changed, "In all, 34,000 smuggling cases were looked into.")
	_, err := b.desk.Propose(ctx, b.lin, Wording{Unit: same, NoChange: true})
	b.must(err)
	b.propose(b.lin, twice, "No serious accident happened.")
	b.propose(b.mo, twice, "There was no major accident.")
	b.propose(b.lin, back, "Keep out of the work area.")
	_, err = b.desk.Return(ctx, b.he, "a prohibition", Choice{Unit: back})
	b.must(err)

	count := func(by corpus.UserID, want map[Group]int) {
		t.Helper()
		for _, g := range Groups() {
			if page := b.review(by, g); page.Counts[g] != want[g] || page.Total != want[g] || len(page.Cards) != want[g] {
				t.Errorf("group %s: %d counted, %d in all, %d shown, want %d", g, page.Counts[g], page.Total, len(page.Cards), want[g])
			}
		}
	}
	// A reviewer's edit on top of a wording makes no choice of it.
	b.propose(b.bai, changed, "In all, 34,000 smuggling cases were examined.")
	count(b.he, map[Group]int{GroupMine: 3, GroupUnchanged: 1, GroupContested: 1, GroupAll: 3})
	count(b.lin, map[Group]int{GroupMine: 1, GroupContested: 1, GroupOwn: 3, GroupReturned: 1, GroupAll: 4})
	count(b.mo, map[Group]int{GroupMine: 1, GroupContested: 1, GroupOwn: 1, GroupAll: 3})
	count(b.tan, map[Group]int{GroupContested: 1, GroupAll: 3})

	c := b.card(b.lin, GroupReturned)
	if c.Returned.Decision.Reason != "a prohibition" || c.Returned.Wording.Text != "Keep out of the work area." {
		t.Errorf("returned: %+v", c.Returned)
	}
	c = b.card(b.he, GroupContested)
	if len(c.Offers) != 2 || c.Before == nil || c.After == nil || c.Before.Target == "" || c.Number != 4 {
		t.Errorf("contested: %d offers, number %d, neighbours %v %v", len(c.Offers), c.Number, c.Before, c.After)
	}
	_, err = b.desk.Review(ctx, b.admin, "no-such", GroupAll, corpus.InReading, 0, 50)
	b.wants(err, corpus.NotFound)
}

func TestReviewHolds(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.he, unit, "In all, 34,000 smuggling cases were looked into.")
	for _, x := range []struct {
		by        corpus.UserID
		hold      Hold
		verb      corpus.Verb
		refusable bool
	}{
		{b.he, HoldOwn, corpus.Approve, false},
		{b.bai, NoHold, corpus.Approve, true},
		{b.lin, NoHold, corpus.Countersign, false},
		{b.tan, HoldRole, corpus.Countersign, false},
	} {
		o := b.card(x.by, GroupAll).Offers[0]
		if o.Hold != x.hold || o.Verb != x.verb || o.Refusable != x.refusable {
			t.Errorf("%s: hold %q, verb %s, refusable %t, want %+v", x.by, o.Hold, o.Verb, o.Refusable, x)
		}
		if (o.Hold == NoHold) != (b.tries(x.by, unit) == nil) {
			t.Errorf("%s: the card says %q, Approve says %v", x.by, o.Hold, b.tries(x.by, unit))
		}
	}
	// A translator's wording is not countersigned by another translator.
	b.propose(b.lin, unit, "In all, 34,000 smuggling cases were investigated.")
	for _, o := range b.card(b.mo, GroupAll).Offers {
		if want := map[bool]Hold{true: HoldRank, false: NoHold}[o.Revision.Author == b.lin]; o.Hold != want {
			t.Errorf("hold on the wording of %s = %q, want %q", o.Revision.Author, o.Hold, want)
		}
	}
}

// tries reports what Approve says, and takes it back.
func (b *bench) tries(by corpus.UserID, unit corpus.UnitID) error {
	b.Helper()
	_, err := b.desk.Approve(ctx, by, Choice{Unit: unit})
	if err == nil {
		_, undo := b.desk.Undo(ctx, by, b.doc.ID)
		b.must(undo)
	}
	return err
}

// Whoever says "read, no change" is not the second person to see it.
func TestUnchangedTakesAnother(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	_, err := b.desk.Propose(ctx, b.he, Wording{Unit: unit, NoChange: true})
	b.must(err)
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: unit})
	b.wants(err, corpus.Forbidden)
	if o := b.card(b.he, GroupAll).Offers[0]; o.Hold != HoldOwn || !o.NoChange {
		t.Errorf("hold = %q", o.Hold)
	}
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: unit, NoChange: true})
	b.must(err)
	b.approve(b.he, unit)
}

func TestReviewSettles(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	for _, p := range []Passage{
		{Unit: unit, Target: corpus.Mark{Quote: "90"}, Category: corpus.NumberUnit, Severity: corpus.Major},
		{Unit: unit, Target: corpus.Mark{Quote: "The amount"}, Category: corpus.Awkward, Severity: corpus.Minor},
		{Unit: unit, Source: corpus.Mark{Quote: "涉案"}, Category: corpus.Omission, Severity: corpus.Major},
	} {
		_, err := b.desk.Flag(ctx, b.mo, p)
		b.must(err)
	}
	saved, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "The amount was ⟨1⟩9 billion⟨/1⟩ yuan, say.", Category: corpus.Mistranslation, Severity: corpus.Minor})
	b.must(err)
	got := map[corpus.Category]bool{}
	for _, f := range b.card(b.he, GroupAll).Offers[0].Settles {
		got[f.Category] = f.Gone
	}
	want := map[corpus.Category]bool{corpus.NumberUnit: true, corpus.Awkward: false, corpus.Omission: false, corpus.Mistranslation: true}
	for c, gone := range want {
		if got[c] != gone {
			t.Errorf("flag %s settled by %q: %t, want %t", c, saved.Revision.Text, got[c], gone)
		}
	}
}

func TestReviewSame(t *testing.T) {
	b := newBench(t)
	source := strings.Repeat("特此通告。\n\n", 4)
	target := strings.Repeat("Hereby noticed.\n\n", 4)
	doc := b.take("many.md", source, target).Document
	var units []corpus.UnitID
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			units = append(units, rec.Unit.ID)
		}
		return nil
	}))
	for _, u := range units[:3] {
		b.propose(b.lin, u, "Notice is hereby given.")
	}
	b.propose(b.lin, units[3], "Be it known.")
	for _, c := range b.review(b.he, GroupAll).Cards {
		want := 2
		if c.Record.Unit.ID == units[3] {
			want = 0
		}
		if len(c.Same) != want {
			t.Errorf("%d more the same, want %d", len(c.Same), want)
		}
	}
	if c := b.review(b.lin, GroupAll).Cards[0]; len(c.Same) != 0 {
		t.Error("what one may not approve is offered as the same")
	}
	page, err := b.desk.Review(ctx, b.he, b.project.ID, GroupAll, corpus.InReading, 3, 2)
	b.must(err)
	if len(page.Cards) != 1 || page.Total != 4 {
		t.Errorf("second page: %d of %d", len(page.Cards), page.Total)
	}
}

func TestReviewStale(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "September")
	b.propose(b.lin, unit, "The campaign runs to the end of September.")
	b.approve(b.he, unit)
	in := delivery("notice.md", strings.Replace(sampleSource, "9月", "10月", 1), sampleTarget)
	in.VersionOf = b.doc.ID
	_, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	c := b.card(b.bai, GroupStale)
	if c.Lapsed == nil || !strings.Contains(c.Lapsed.Source, "9月") || !strings.Contains(c.Record.Unit.Text.Source, "10月") || c.Again != NoHold || !slices.Contains(c.Groups, GroupMine) {
		t.Errorf("stale card: %+v, groups %v", c.Lapsed, c.Groups)
	}
	if c := b.card(b.lin, GroupStale); c.Again != HoldRole || slices.Contains(c.Groups, GroupMine) {
		t.Errorf("a translator: hold %q", c.Again)
	}
	if got := b.card(b.he, GroupStale); got.Again != NoHold {
		t.Errorf("who approved before: hold %q", got.Again)
	}
}

func TestApproveAll(t *testing.T) {
	b := newBench(t)
	other := b.take("other.md", sampleSource, sampleTarget).Document
	one, two, three := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "No major"), b.unit(other.ID, "34,000")
	var choices []Choice
	for _, u := range []corpus.UnitID{one, two, three} {
		choices = append(choices, Choice{Unit: u, Revision: b.propose(b.lin, u, "A better wording.").Revision.ID})
	}
	own := b.unit(other.ID, "No major")
	mine := Choice{Unit: own, Revision: b.propose(b.he, own, "His own.").Revision.ID}

	list, err := b.desk.Foresee(ctx, b.he, b.project.ID, append(slices.Clone(choices), mine, choices[0]))
	b.must(err)
	if len(list) != 4 || list[0].Hold != NoHold || list[3].Hold != HoldOwn || list[2].Document.Name != "other.md" || list[0].Number == 0 {
		t.Errorf("Foresee = %d prospects, %+v", len(list), list)
	}
	_, err = b.desk.ApproveAll(ctx, b.he, append(slices.Clone(choices), mine)...)
	b.wants(err, corpus.Forbidden)
	if !strings.Contains(corpus.Message(err), "other.md, 4") {
		t.Errorf("the refusal does not say where: %s", corpus.Message(err))
	}
	for _, u := range []corpus.UnitID{one, two, three} {
		if got := b.state(u); got != corpus.StateProposed {
			t.Errorf("a refused batch left a unit %s", got)
		}
	}
	out, err := b.desk.ApproveAll(ctx, b.he, choices...)
	b.must(err)
	if len(out) != 2 || len(out[0].States) != 2 {
		t.Errorf("ApproveAll = %d outcomes", len(out))
	}
	rec := b.record(three)
	if d, _ := rec.Approval(); d.Size != 3 || d.Batch != d.Act || rec.State() != corpus.StateApproved {
		t.Errorf("a decision of a batch over two documents says %d, %q", d.Size, d.Batch)
	}
	list, err = b.desk.Foresee(ctx, b.he, b.project.ID, choices)
	b.must(err)
	if list[0].Hold != HoldGone {
		t.Errorf("what was approved meanwhile: hold %q", list[0].Hold)
	}
	_, err = b.desk.ApproveAll(ctx, b.he)
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Foresee(ctx, b.he, b.project.ID, make([]Choice, BatchLimit+1))
	b.wants(err, corpus.TooLarge)
	b.audit()
}
