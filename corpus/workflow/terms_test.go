package workflow

import (
	"context"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func entry(source string, target ...string) corpus.Term {
	t := corpus.Term{Source: []corpus.Designation{{Text: source, Status: corpus.TermPreferred}}}
	for _, word := range target {
		d := corpus.Designation{Text: word, Status: corpus.TermPreferred}
		if rest, ok := strings.CutPrefix(word, "!"); ok {
			d = corpus.Designation{Text: rest, Status: corpus.TermForbidden}
		}
		t.Target = append(t.Target, d)
	}
	return t
}

// found returns what is stored of the check on the unit's latest wording.
func (b *bench) found(unit corpus.UnitID, check string) []corpus.Finding {
	b.Helper()
	var found []corpus.Finding
	b.must(b.store.View(context.Background(), func(r corpus.Reader) error {
		u, err := r.Unit(unit)
		if err != nil {
			return err
		}
		all, err := r.Findings(u.Summary.Latest)
		for _, f := range all {
			if f.Check == check {
				found = append(found, f)
			}
		}
		return err
	}))
	return found
}

// saveTerm adds or changes a term and checks the texts against it.
func (b *bench) saveTerm(t corpus.Term) TermChange {
	b.Helper()
	c, err := b.desk.SaveTerm(context.Background(), b.admin, b.project.ID, t)
	b.must(err)
	b.recheck(Recheck{Checks: []string{TermsCheck}, Terms: []TermChange{c}})
	return c
}

func (b *bench) recheck(what Recheck) Rechecked {
	b.Helper()
	done, err := b.desk.Recheck(context.Background(), b.admin, b.project.ID, what, nil)
	b.must(err)
	return done
}

// TestTermsReachUnits follows a term: units that are there, a wording that is
// saved, one that is typed, one that comes in; then its change and its end.
func TestTermsReachUnits(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	unit := b.unit(b.doc.ID, "The amount was")
	before := b.record(unit).Unit.Summary.Findings
	c := b.saveTerm(entry("涉案金额", "sum involved", "!amount"))
	if n := len(b.found(unit, TermsCheck)); n != 1 {
		t.Fatalf("%d findings after the term was added, want 1", n)
	}
	if got := b.record(unit).Unit.Summary; got.Findings != before+1 || got.Doubt < corpus.Major {
		t.Errorf("summary %+v, want one major finding more than %d", got, before)
	}
	saved := b.propose(b.lin, unit, "The amount was 9 billion yuan.")
	trial, err := b.desk.Try(ctx, b.lin, Wording{Unit: unit, Text: "The amount was 9 billion yuan."})
	b.must(err)
	for what, list := range map[string][]corpus.Finding{"saved": saved.Findings, "typed": trial.Findings} {
		if len(list) != 1 || list[0].Check != TermsCheck {
			t.Errorf("findings on the wording that was %s: %+v", what, list)
		}
	}
	other := b.take("other.md", "涉案金额不明。\n", "The amount is unknown.\n").Document
	if n := len(b.found(b.unit(other.ID, "unknown"), TermsCheck)); n != 1 {
		t.Errorf("%d findings on a unit that came in, want 1", n)
	}

	c.After.Target[1].Text = "total"
	c = b.saveTerm(c.After)
	if list := b.found(unit, TermsCheck); len(list) != 1 || list[0].Message != "term.unused" {
		t.Errorf("findings after the term was changed: %+v", list)
	}
	gone, err := b.desk.RemoveTerm(ctx, b.admin, b.project.ID, c.After.ID)
	b.must(err)
	done := b.recheck(Recheck{Checks: []string{TermsCheck}, Terms: []TermChange{gone}})
	if len(b.found(unit, TermsCheck)) != 0 || b.record(unit).Unit.Summary.Findings != 0 {
		t.Error("the finding outlives its term")
	}
	if done.Run >= done.Units || done.Changed != 2 {
		t.Errorf("the re-check ran on %d of %d units and changed %d; want two of few", done.Run, done.Units, done.Changed)
	}
	base := b.termbase()
	if base.Edition != 3 || base.Checked != 3 {
		t.Errorf("termbase %+v, want all of three editions checked", base)
	}
	b.audit()
}

func (b *bench) termbase() corpus.Termbase {
	b.Helper()
	var base corpus.Termbase
	b.must(b.store.View(context.Background(), func(r corpus.Reader) (err error) {
		base, err = r.Termbase(b.project.ID)
		return err
	}))
	return base
}

func TestTermVerbs(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	_, err := b.desk.SaveTerm(ctx, b.he, b.project.ID, entry("法治", "rule of law"))
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.SaveTerm(ctx, b.admin, b.project.ID, entry("法治"))
	b.wants(err, corpus.Invalid)
	one, err := b.desk.SaveTerm(ctx, b.admin, b.project.ID, entry("法治", "rule of law"))
	b.must(err)
	_, err = b.desk.SaveTerm(ctx, b.admin, b.project.ID, entry("法治", "law"))
	b.wants(err, corpus.Conflict)

	list := []corpus.Term{entry("法治", "rule of law"), entry("人大", "NPC"), entry("政协", "CPPCC")}
	changes, err := b.desk.ImportTerms(ctx, b.admin, b.project.ID, list, nil)
	b.must(err)
	if len(changes) != 2 || changes[1].Edition != 3 {
		t.Errorf("import changed %+v, want the two new ones, up to edition 3", changes)
	}
	if changes, err = b.desk.ImportTerms(ctx, b.admin, b.project.ID, list, nil); err != nil || len(changes) != 0 {
		t.Errorf("the same import again: %d changes, %v", len(changes), err)
	}
	_, err = b.desk.UndoTerm(ctx, b.admin, b.project.ID)
	b.wants(err, corpus.Blocked)

	changed := one.After
	changed.Note = "Constitution, art. 5"
	_, err = b.desk.SaveTerm(ctx, b.admin, b.project.ID, changed)
	b.must(err)
	back, err := b.desk.UndoTerm(ctx, b.admin, b.project.ID)
	b.must(err)
	if back.After.Note != "" || back.Before.Note == "" {
		t.Errorf("undoing gave %+v", back)
	}
	if _, err := b.desk.RemoveTerm(ctx, b.admin, b.project.ID, one.After.ID); err != nil {
		t.Fatal(err)
	}
	if back, err = b.desk.UndoTerm(ctx, b.admin, b.project.ID); err != nil || back.After.Source[0].Text != "法治" {
		t.Errorf("undoing a removal: %+v, %v", back, err)
	}
	b.audit()
}

// TestRecheckCancelled leaves the glossary as not checked against.
func TestRecheckCancelled(t *testing.T) {
	b := newBench(t)
	c, err := b.desk.SaveTerm(context.Background(), b.admin, b.project.ID, entry("涉案金额", "sum involved", "!amount"))
	b.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	_, err = b.desk.Recheck(ctx, b.admin, b.project.ID, Recheck{Checks: []string{TermsCheck}, Terms: []TermChange{c}}, func(Step) { cancel() })
	if err == nil {
		t.Fatal("a cancelled re-check says nothing")
	}
	if base := b.termbase(); base.Checked != 0 {
		t.Errorf("termbase %+v counts as checked", base)
	}
	b.recheck(Recheck{Checks: []string{TermsCheck}})
	if base := b.termbase(); base.Checked != 1 {
		t.Errorf("termbase %+v after a re-check of all", base)
	}
}

// TestSetCheck switches a check off, lowers it, and switches it on again.
func TestSetCheck(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	const id = "number.scale"
	unit := b.unit(b.doc.ID, "The amount was")
	if len(b.found(unit, id)) != 1 {
		t.Fatal("the sample has no finding to begin with")
	}
	set := func(mode CheckMode) {
		t.Helper()
		changed, err := b.desk.SetCheck(ctx, b.admin, b.project.ID, id, mode)
		b.must(err)
		if !changed {
			t.Errorf("%s changed nothing", mode)
		}
		b.recheck(Recheck{Checks: []string{id}})
	}
	set(CheckOff)
	if len(b.found(unit, id)) != 0 || b.record(unit).Unit.Summary.Findings != 0 {
		t.Error("a check that is off leaves its findings")
	}
	if saved := b.propose(b.lin, unit, "The amount was 90 billion yuan, all told."); len(saved.Findings) != 0 {
		t.Errorf("a check that is off speaks: %+v", saved.Findings)
	}
	set(CheckLowered)
	if list := b.found(unit, id); len(list) != 1 || list[0].Severity != corpus.Major {
		t.Errorf("lowered: %+v, want a major finding", list)
	}
	set(CheckOn)
	if list := b.found(unit, id); len(list) != 1 || list[0].Severity != corpus.Critical {
		t.Errorf("on again: %+v, want a critical finding", list)
	}
	_, err := b.desk.SetCheck(ctx, b.lin, b.project.ID, id, CheckOff)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.SetCheck(ctx, b.admin, b.project.ID, "no.check", CheckOff)
	b.wants(err, corpus.NotFound)

	// A check of whole documents goes and comes as well.
	doc := b.take("twice.md", "甲。\n\n甲。\n", "First.\n\nSecond.\n").Document
	second := b.unit(doc.ID, "Second")
	const whole = "segment.inconsistent"
	had := len(b.found(second, whole)) + len(b.found(b.unit(doc.ID, "First"), whole))
	if had == 0 {
		t.Fatal("no finding of a whole document to begin with")
	}
	for _, mode := range []CheckMode{CheckOff, CheckOn} {
		if _, err := b.desk.SetCheck(ctx, b.admin, b.project.ID, whole, mode); err != nil {
			t.Fatal(err)
		}
		b.recheck(Recheck{Checks: []string{whole}})
		if n, want := len(b.found(second, whole))+len(b.found(b.unit(doc.ID, "First"), whole)), map[CheckMode]int{CheckOff: 0, CheckOn: had}[mode]; n != want {
			t.Errorf("%s: %d findings, want %d", mode, n, want)
		}
	}
}

// TestDismissSpreads dismisses for the document and for the project: the counts
// of all units with the same finding follow at once, and come back.
func TestDismissSpreads(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	const text = "共查处9起。\n\n共查处9起。\n"
	const wrong = "A total of 8 cases were investigated.\n\nA total of 8 cases were investigated.\n"
	one, two := b.take("one.md", text, wrong).Document, b.take("two.md", text, wrong).Document
	open := func(doc corpus.DocumentID) int {
		n := 0
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			d, err := r.Document(doc)
			if err != nil {
				return err
			}
			p, err := r.Progress(d.Current)
			n = p.Findings
			return err
		}))
		return n
	}
	if open(one.ID) != 2 || open(two.ID) != 2 {
		t.Fatalf("%d and %d findings to begin with, want 2 and 2", open(one.ID), open(two.ID))
	}
	unit := b.unit(one.ID, "A total")
	key := b.found(unit, "number.changed")[0].Key
	test := func(what string, err error, inOne, inTwo int) {
		t.Helper()
		b.must(err)
		if open(one.ID) != inOne || open(two.ID) != inTwo {
			t.Errorf("%s: %d and %d open findings, want %d and %d", what, open(one.ID), open(two.ID), inOne, inTwo)
		}
	}
	_, err := b.desk.Dismiss(ctx, b.lin, unit, key, InDocument, "fine")
	b.wants(err, corpus.Forbidden) // it is a major one
	_, err = b.desk.Dismiss(ctx, b.he, unit, key, InDocument, "")
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Dismiss(ctx, b.he, unit, key, InDocument, "house count")
	test("in the document", err, 0, 2)
	_, err = b.desk.Undo(ctx, b.he, one.ID)
	test("undone", err, 2, 2)
	_, err = b.desk.Dismiss(ctx, b.he, unit, key, InProject, "house count")
	test("in the project", err, 0, 0)

	list, err := b.desk.Dismissals(ctx, b.lin, b.project.ID, "", 0, 9)
	b.must(err)
	if len(list) != 1 || list[0].Reason != "house count" || list[0].Mine {
		t.Fatalf("dismissals %+v, want one that lin may not take back", list)
	}
	b.wants(b.desk.RevokeDismissal(ctx, b.lin, b.project.ID, list[0].Dismissal.Number), corpus.Forbidden)
	test("revoked", b.desk.RevokeDismissal(ctx, b.bai, b.project.ID, list[0].Dismissal.Number), 2, 2)
	b.wants(b.desk.RevokeDismissal(ctx, b.bai, b.project.ID, list[0].Dismissal.Number), corpus.NotFound)
	_, err = b.desk.DismissAll(ctx, b.he, []Pointed{{unit, key}, {unit, key}}, Here, "once is enough")
	test("here", err, 1, 2)
	b.audit()
}

// TestDecisionsCount counts what people decided on a check's findings.
func TestDecisionsCount(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	doc := b.take("counts.md", "追回30亿元。\n\n追回50亿元。\n\n追回70亿元。\n", "Some 30 billion yuan was recovered.\n\nSome 50 billion yuan was recovered.\n\nSome 70 billion yuan was recovered.\n").Document
	rows, more, err := b.desk.Checked(ctx, b.lin, doc, "number.scale", 0, 2)
	b.must(err)
	if len(rows) != 2 || !more || rows[1].Number != 2 {
		t.Fatalf("Checked = %+v, %t; want two rows and more", rows, more)
	}
	rest, more, err := b.desk.Checked(ctx, b.lin, doc, "number.scale", rows[1].Unit.Position, 2)
	b.must(err)
	if len(rest) != 1 || more {
		t.Fatalf("the rest of Checked = %+v, %t", rest, more)
	}
	point := func(c Checked) Pointed { return Pointed{c.Unit.ID, c.Findings[0].Key} }
	if _, err := b.desk.FlagFinding(ctx, b.lin, rows[0].Unit.ID, rows[0].Findings[0].Key, ""); err != nil {
		t.Fatal(err)
	}
	n, err := b.desk.TakeFixes(ctx, b.lin, doc, []Pointed{point(rows[1])})
	b.must(err)
	rec := b.record(rows[1].Unit.ID)
	if latest := rec.Latest(); n != 1 || latest.Text != "Some 5 billion yuan was recovered." || latest.Origin != corpus.FromFix {
		t.Errorf("%d fixes taken, the wording is %q", n, latest.Text)
	}
	_, err = b.desk.DismissAll(ctx, b.he, []Pointed{point(rest[0])}, Here, "as ordered")
	b.must(err)
	tallies, err := b.desk.Tallies(ctx, b.lin, b.project.ID)
	b.must(err)
	if got, want := tallies["number.scale"], (corpus.Tally{Confirmed: 1, Taken: 1, Dismissed: 1}); got != want {
		t.Errorf("tally %+v, want %+v", got, want)
	}
	// A wording of one's own with the same figure counts too, once it has it.
	b.propose(b.mo, rows[0].Unit.ID, "Some 3 billion yuan was recovered.")
	tallies, err = b.desk.Tallies(ctx, b.lin, b.project.ID)
	b.must(err)
	if got := tallies["number.scale"].Taken; got != 2 {
		t.Errorf("%d taken, want 2", got)
	}
}

func TestLedger(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	doc := b.take("figures.md", "查处案件2285起。\n\n抓获2825人。\n\n追回90亿元。\n\n案件2285起。\n", "There were 2,285 cases.\n\n2,825 people were caught.\n\n90 billion yuan was recovered.\n\nThe 2,285 cases\n").Document
	l, err := b.desk.Ledger(ctx, b.lin, doc, false, 0, 9)
	b.must(err)
	if len(l.Rows) != 4 || !l.Sourced || l.Total != 4 {
		t.Fatalf("Ledger = %+v", l)
	}
	first := l.Rows[0]
	if first.Relation != "equal" || len(first.Same) != 1 || first.Same[0].Number != 4 || len(first.Twins) != 1 || first.Twins[0].Text != "2,825 people" && first.Twins[0].Text != "2,825" {
		t.Errorf("the first row is %+v", first)
	}
	if r := l.Rows[2]; r.Relation != "scaled" || r.Means != "9 billion" || !r.Doubtful() {
		t.Errorf("the third row is %+v", r)
	}
	b.propose(b.lin, b.unit(doc.ID, "2,825"), "2,826 people were caught.")
	b.propose(b.lin, b.unit(doc.ID, "90 billion"), "9 billion yuan was recovered.")
	l, err = b.desk.Ledger(ctx, b.lin, doc, true, 0, 2)
	b.must(err)
	if l.Total != 1 || len(l.Rows) != 1 || l.Figures != 4 || l.Rows[0].Target != "2,826 people" && l.Rows[0].Target != "2,826" {
		t.Errorf("the doubtful ones after a correction: %+v", l)
	}
	alone := b.take("alone.md", "", "There were 2,285 cases.\n").Document
	l, err = b.desk.Ledger(ctx, b.lin, alone, false, 0, 9)
	b.must(err)
	if len(l.Rows) != 1 || l.Sourced || l.Rows[0].Relation != "added" {
		t.Errorf("without a source: %+v", l)
	}
}

// TestLedgerInSteps opens the ledger of a document longer than one step: what is
// read answers, each request reads on, and the end has the links. After a change
// the rows of before it answer until the walk is through again.
func TestLedgerInSteps(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	const units = 2*ledgerStep + 10
	doc := b.take("long.md", "", strings.Repeat("There were 2,285 cases.\n\n", units-1)+"We caught 2,825 people.\n").Document
	ask := func(doubtful bool, from, read, total, rows int) Ledger {
		t.Helper()
		l, err := b.desk.Ledger(ctx, b.lin, doc, doubtful, from, 9)
		b.must(err)
		if l.Read != read || l.Units != units || l.Total != total || len(l.Rows) != rows || l.Whole() != (read == units) {
			t.Errorf("read %d of %d, %d rows of %d; want %d of %d, %d of %d", l.Read, l.Units, len(l.Rows), l.Total, read, units, rows, total)
		}
		return l
	}
	if l := ask(false, 0, ledgerStep, ledgerStep, 9); len(l.Rows) > 0 && len(l.Rows[0].Same) > 0 {
		t.Error("links before all is read")
	}
	ask(true, 2*ledgerStep, 2*ledgerStep, 2*ledgerStep, 0)
	last := ask(false, units-1, units, units, 1).Rows[0]
	if last.Number != units || len(last.Twins) != 1 || last.Twins[0].Number != 1 {
		t.Errorf("the last row is %+v", last)
	}
	b.propose(b.lin, last.Unit, "We caught 2,285 people.")
	if l := ask(false, units-1, ledgerStep, units, 1); l.Rows[0].Value != "2825" {
		t.Errorf("while it is read again: %+v", l.Rows[0])
	}
	l, err := b.desk.WholeLedger(ctx, b.lin, doc, true)
	b.must(err)
	if got := l.Rows[units-1]; !l.Whole() || l.Total != units || got.Value != "2285" || len(got.Same) != linksShown || len(got.Twins) > 0 {
		t.Errorf("read again: %+v", got)
	}
}
