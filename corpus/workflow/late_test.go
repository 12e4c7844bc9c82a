package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestLateSource reviews a translation without its source, which then comes: no
// flag, proposal or approval is lost, and what was approved says that it was so
// without a source.
func TestLateSource(t *testing.T) {
	b := newBench(t)
	const target = "# Port notice\n\nThe office inspected 34 ships. It found 9 faults. All were mended.\n\nNo accident happened. Nobody was hurt.\n"
	const source = "# 港口通报\n\n港口办检查了34艘船舶，发现故障9处。全部已修复。\n\n未发生事故，无人受伤。\n"
	b.doc = b.take("late.md", "", target).Document
	ships, faults, mended, hurt := b.unit(b.doc.ID, "34 ships"), b.unit(b.doc.ID, "9 faults"), b.unit(b.doc.ID, "mended"), b.unit(b.doc.ID, "hurt")
	b.propose(b.lin, ships, "The office inspected 34 vessels.")
	b.approve(b.he, ships)
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: faults}, Choice{Unit: mended})
	b.must(err)
	_, err = b.desk.Flag(ctx, b.lin, Passage{Unit: hurt, Target: corpus.Mark{Quote: "hurt"}, Category: corpus.NeedsSource, Severity: corpus.Major})
	b.must(err)
	b.propose(b.mo, hurt, "Nobody was injured.")

	in := delivery("late.md", source, "")
	in.VersionOf = b.doc.ID
	preview, err := b.desk.Preview(ctx, b.admin, in, nil)
	b.must(err)
	if preview.Counts[Removed] != 0 {
		t.Errorf("the preview of a source: %v", preview.Counts)
	}
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	if !out.Version.Target.Present() || !out.Version.Source.Present() {
		t.Fatalf("the version lacks a side: %+v", out.Version)
	}
	first := b.record(b.unit(b.doc.ID, "34艘"))
	d, ok := first.Approval()
	if first.State() != corpus.StateStale || !ok || !d.NoSource || first.Current().Text != "The office inspected 34 vessels. It found 9 faults." || !first.Current().ByHand(b.lin) {
		t.Errorf("two approved sentences under one source: %s, %q, %+v", first.State(), first.Current().Text, d)
	}
	second := b.record(b.unit(b.doc.ID, "全部已"))
	if d, ok := second.Approval(); second.State() != corpus.StateStale || !ok || !d.NoSource {
		t.Errorf("an approved sentence: %s, %+v", second.State(), d)
	}
	last := b.record(b.unit(b.doc.ID, "无人受伤"))
	if f := last.OpenFlags(); len(f) != 1 || f[0].Category != corpus.NeedsSource || f[0].Target.Quote != "hurt" {
		t.Errorf("the flag: %+v", f)
	}
	if p := last.Pending(); len(p) != 1 || p[0].By != b.mo || last.Latest().Text != "No accident happened. Nobody was injured." {
		t.Errorf("the proposal: %+v, %q", p, last.Latest().Text)
	}
	if last.Unit.Bead.Status == corpus.BeadConfirmed {
		t.Error("the program's pairing counts as confirmed by a person")
	}
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: second.Unit.ID})
	b.must(err)
	if rec := b.record(second.Unit.ID); rec.State() != corpus.StateApproved {
		t.Errorf("confirmed with its source, it is %s", rec.State())
	} else if d, _ := rec.Approval(); d.NoSource {
		t.Error("the new approval says that there was no source")
	}
	b.audit()
}

// TestLateSourceKeepsUnits has what was reviewed as one unit stay one, though
// the source has two sentences for it.
func TestLateSourceKeepsUnits(t *testing.T) {
	b := newBench(t)
	b.doc = b.take("late.md", "", "The office inspected 34 ships. All 9 faults were mended.\n\nThe end.\n").Document
	u, err := b.desk.Merge(ctx, b.lin, b.unit(b.doc.ID, "34 ships"), b.unit(b.doc.ID, "9 faults"))
	b.must(err)
	b.propose(b.lin, u.ID, "The office inspected 34 ships and mended all 9 faults.")
	b.approve(b.he, u.ID)
	in := delivery("late.md", "港口办检查了34艘船舶。9处故障全部修复。\n\n完。\n", "")
	in.VersionOf = b.doc.ID
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	rec := b.record(b.unit(b.doc.ID, "34艘"))
	if rec.State() != corpus.StateStale || rec.Current().Text != "The office inspected 34 ships and mended all 9 faults." || rec.Unit.Text.Source != "港口办检查了34艘船舶。9处故障全部修复。" {
		t.Errorf("what was one unit: %s, %q beside %q", rec.State(), rec.Current().Text, rec.Unit.Text.Source)
	}
}
