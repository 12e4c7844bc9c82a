package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestMerge(t *testing.T) {
	b := newBench(t)
	cases, amount, accident := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "No major")
	_, err := b.desk.Merge(ctx, b.lin, cases, accident)
	b.wants(err, corpus.Invalid) // another sentence stands between
	_, err = b.desk.Merge(ctx, b.lin, cases)
	b.wants(err, corpus.Invalid)
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	_, err = b.desk.Flag(ctx, b.mo, Passage{Unit: amount, Target: corpus.Mark{Quote: "yuan"}, Category: corpus.WrongTerm})
	b.must(err)
	u, err := b.desk.Merge(ctx, b.mo, amount, cases)
	b.must(err)
	if u.Text.Source != "全市共查处走私案件3.4万起。涉案金额90亿元。" || !strings.Contains(u.Text.Target, "investigated. The amount") {
		t.Errorf("merged texts = %+v", u.Text)
	}
	rec := b.record(u.ID)
	if rec.State() != corpus.StateProposed || !strings.HasPrefix(rec.Latest().Text, "A total of 34,000") || rec.Pending()[0].By != b.lin {
		t.Errorf("merged record: %s, %q", rec.State(), rec.Latest().Text)
	}
	if f := rec.OpenFlags(); len(f) != 1 || rec.Machine().Text[f[0].Target.Span.Start:f[0].Target.Span.End] != "yuan" {
		t.Errorf("merged flags: %+v", f)
	}
	b.approve(b.he, u.ID)
	e := b.export(b.doc.ID, ApprovedOnly)
	if want := strings.Replace(sampleTarget, "**90 billion**", "**9 billion**", 1); string(e.Data) != want {
		t.Errorf("Export after a merge = %q, want %q", e.Data, want)
	}
	b.audit()
}

func TestMergeApproved(t *testing.T) {
	b := newBench(t)
	cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, amount)
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: cases})
	b.must(err)
	u, err := b.desk.Merge(ctx, b.lin, cases, amount)
	b.must(err)
	if got := b.state(u.ID); got != corpus.StateApproved {
		t.Errorf("approved and approved give %s", got)
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	if got := b.state(amount); got != corpus.StateApproved {
		t.Errorf("after the merge was taken back: %s", got)
	}
	third := b.unit(b.doc.ID, "No major")
	u, err = b.desk.Merge(ctx, b.lin, amount, third)
	b.must(err)
	if got := b.state(u.ID); got != corpus.StateStale {
		t.Errorf("approved and untouched give %s, want stale", got)
	}
	merged := b.record(u.ID)
	if d, _ := merged.Approval(); !d.InPart() || d.Reason != "unit 3, he: “The amount was ⟨1⟩9 billion⟨/1⟩ yuan.”" {
		t.Errorf("what he approved of the merged unit is told as %q", d.Reason)
	}
	if want := strings.Replace(sampleTarget, "**90 billion**", "**9 billion**", 1); string(b.export(b.doc.ID, ApprovedOnly).Data) != want {
		t.Errorf("the last approved wording is lost: %q", b.export(b.doc.ID, ApprovedOnly).Data)
	}
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: amount})
	b.wants(err, corpus.Conflict) // it is retired
}

// TestMergeReserve: where one of the units was approved by its author alone, so is
// what they become, whoever approved the other one last.
func TestMergeReserve(t *testing.T) {
	for _, first := range []bool{true, false} {
		b := newBench(t)
		b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{OnePerson: true}))
		cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
		own, other, text := cases, amount, "Some 34,000 cases were dealt with."
		if !first {
			own, other, text = amount, cases, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan."
		}
		b.propose(b.he, own, text)
		b.approve(b.he, own)
		_, err := b.desk.Accept(ctx, b.he, Choice{Unit: other})
		b.must(err)
		u, err := b.desk.Merge(ctx, b.lin, cases, amount)
		b.must(err)
		rec := b.record(u.ID)
		if d, ok := rec.Approval(); !ok || !d.OnePerson || rec.State() != corpus.StateApproved {
			t.Errorf("one's own first: %t: %s, by one person: %t", first, rec.State(), d.OnePerson)
		}
	}
}

func TestMergeOwnWording(t *testing.T) {
	b := newBench(t)
	cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	b.propose(b.he, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	u, err := b.desk.Merge(ctx, b.lin, cases, amount)
	b.must(err)
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: u.ID})
	b.wants(err, corpus.Forbidden) // his words are in it
}

func TestSplit(t *testing.T) {
	b := newBench(t)
	doc := b.take("long.md", "甲厂停产，乙厂复工。\n", "Plant A stopped, plant B resumed.\n").Document
	unit := b.unit(doc.ID, "Plant A")
	b.propose(b.mo, unit, "Plant A has stopped, and plant B has resumed work.")
	b.approve(b.he, unit)
	b.propose(b.lin, unit, "Something else.")
	_, err := b.desk.Split(ctx, b.lin, unit, 0, 0)
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Split(ctx, b.lin, unit, 1, 17)
	b.wants(err, corpus.Invalid) // inside a character
	halves, err := b.desk.Split(ctx, b.lin, unit, len("甲厂停产，"), len("Plant A stopped, "))
	b.must(err)
	if halves[0].Text != (corpus.Pair{Source: "甲厂停产，", Target: "Plant A stopped,"}) || halves[1].Text != (corpus.Pair{Source: "乙厂复工。", Target: "plant B resumed."}) {
		t.Errorf("halves = %+v, %+v", halves[0].Text, halves[1].Text)
	}
	var texts []string
	for i := range halves {
		rec := b.record(halves[i].ID)
		texts = append(texts, rec.Current().Text)
		if rec.State() != corpus.StateStale || len(rec.Pending()) != 0 {
			t.Errorf("half %d: %s, %d waiting; want stale, none", i, rec.State(), len(rec.Pending()))
		}
	}
	if got := strings.Join(texts, " "); got != "Plant A has stopped, and plant B has resumed work." || !strings.HasPrefix(texts[0], "Plant A has stopped,") {
		t.Errorf("the approved wording was divided into %q", texts)
	}
	if got := string(b.export(doc.ID, ApprovedOnly).Data); got != "Plant A has stopped, and plant B has resumed work.\n" {
		t.Errorf("Export after a split = %q", got)
	}
	_, err = b.desk.Undo(ctx, b.lin, doc.ID)
	b.must(err)
	rec := b.record(unit)
	if rec.State() != corpus.StateApproved || len(rec.Pending()) != 1 {
		t.Errorf("after the split was taken back: %s, %d waiting", rec.State(), len(rec.Pending()))
	}
	b.audit()
}

func TestLeftOut(t *testing.T) {
	b := newBench(t)
	doc := b.take("out.md", "全市工业生产稳步增长。严禁未经批准进入作业区。港口货物吞吐量下降。\n\n会议听取了报告。\n", "The city's industrial production grew steadily. The cargo throughput of the port declined.\n\nThe meeting heard the report.\n").Document
	unit := b.unit(doc.ID, "作业区")
	if u := b.record(unit).Unit; len(u.Target) != 0 { // the aligner took it to a neighbour
		halves, err := b.desk.Split(ctx, b.lin, unit, strings.Index(u.Text.Source, "严禁"), len(u.Text.Target))
		b.must(err)
		unit = halves[1].ID
	}
	saved := b.propose(b.lin, unit, "No one may enter the work area.")
	if saved.Revision.Verdict.Bad {
		t.Fatalf("verdict: %s", saved.Revision.Verdict.Reason)
	}
	b.approve(b.he, unit)
	e := b.export(doc.ID, ApprovedOnly)
	want := "The city's industrial production grew steadily. No one may enter the work area. The cargo throughput of the port declined.\n\nThe meeting heard the report.\n"
	if string(e.Data) != want || e.Proof.Ranges != 1 {
		t.Errorf("Export = %q, want %q", e.Data, want)
	}
	for place, want := range map[corpus.Place]string{
		corpus.PlaceBefore:    "steadily. Placed. The cargo",
		corpus.PlaceParagraph: "declined.\n\nPlaced.\n\nThe meeting",
	} {
		_, err := b.desk.Propose(ctx, b.mo, Wording{Unit: unit, Text: "Placed.", Place: place})
		b.must(err)
		got := string(b.export(doc.ID, LatestToo).Data)
		if !strings.Contains(got, want) {
			t.Errorf("place %s gives %q, want %q in it", place, got, want)
		}
	}
}
