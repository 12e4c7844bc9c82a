package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

const (
	pairSource = "第一句讲港口。第二句讲道路。\n\n第三句讲学校。第四句讲医院。\n\n第五句讲水利。\n"
	pairTarget = "The first tells of ports. The second tells of roads.\n\nThe third tells of schools. The fourth tells of hospitals.\n\nThe fifth tells of water.\n"
)

// pairBench is a bench with a document of five pairs.
func pairBench(t *testing.T) *bench {
	b := newBench(t)
	b.doc = b.take("pairs.md", pairSource, pairTarget).Document
	if got := b.table(); got != "1-1 2-2 3-3 4-4 5-5" {
		t.Fatalf("the five pairs came as %s", got)
	}
	return b
}

// table shows the units of the document: which sentences of the two sides they
// pair, by their ordinals.
func (b *bench) table() string {
	b.Helper()
	var parts []string
	digits := func(text string, words ...string) string {
		out := ""
		for i, w := range words {
			if strings.Contains(text, w) {
				out += string(rune('1' + i))
			}
		}
		return out
	}
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Document(b.doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			parts = append(parts, digits(rec.Unit.Text.Source, "第一", "第二", "第三", "第四", "第五")+"-"+digits(rec.Unit.Text.Target, "first", "second", "third", "fourth", "fifth"))
		}
		return nil
	}))
	return strings.Join(parts, " ")
}

func (b *bench) tableIs(want string) {
	b.Helper()
	if got := b.table(); got != want {
		b.Errorf("the pairs are %s, want %s", got, want)
	}
}

// back undoes the person's last act.
func (b *bench) back(by corpus.UserID) {
	b.Helper()
	_, err := b.desk.Undo(ctx, by, b.doc.ID)
	b.must(err)
}

func TestShift(t *testing.T) {
	b := pairBench(t)
	second := b.unit(b.doc.ID, "第二")
	test := func(side corpus.Side, up bool, want string) {
		t.Helper()
		_, err := b.desk.Shift(ctx, b.lin, second, side, up)
		b.must(err)
		b.tableIs(want)
		b.back(b.lin)
		b.tableIs("1-1 2-2 3-3 4-4 5-5")
	}
	test(corpus.TargetSide, true, "1-12 2- 3-3 4-4 5-5")
	test(corpus.TargetSide, false, "1-1 2- 3-23 4-4 5-5")
	test(corpus.SourceSide, true, "12-1 -2 3-3 4-4 5-5")
	test(corpus.SourceSide, false, "1-1 -2 23-3 4-4 5-5")
	u, err := b.desk.Shift(ctx, b.lin, second, corpus.TargetSide, false)
	b.must(err)
	if u.Text.Source != "第二句讲道路。" || u.Text.Target != "" || u.Bead.Status != corpus.BeadConfirmed {
		t.Errorf("what is left of the unit: %+v", u)
	}
	_, err = b.desk.Shift(ctx, b.lin, u.ID, corpus.TargetSide, false)
	b.wants(err, corpus.Invalid) // nothing is left to move
	_, err = b.desk.Shift(ctx, b.lin, u.ID, corpus.SourceSide, true)
	b.wants(err, corpus.Invalid) // it would be empty
	_, err = b.desk.Shift(ctx, b.tan, b.unit(b.doc.ID, "第一"), corpus.SourceSide, false)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Shift(ctx, b.lin, b.unit(b.doc.ID, "第一"), corpus.SourceSide, true)
	b.wants(err, corpus.Invalid) // there is no neighbour
	_, err = b.desk.Shift(ctx, b.lin, second, corpus.TargetSide, true)
	b.wants(err, corpus.Conflict) // it is gone
	b.audit()
}

// TestShiftKeepsWork shifts a sentence out of an approved unit with a flag, past
// one with a proposal: nothing stays approved, nothing is lost.
func TestShiftKeepsWork(t *testing.T) {
	b := pairBench(t)
	first, second := b.unit(b.doc.ID, "第一"), b.unit(b.doc.ID, "第二")
	merged, err := b.desk.Merge(ctx, b.lin, first, second)
	b.must(err)
	b.propose(b.lin, merged.ID, "The first speaks of ports. The second speaks of broad roads.")
	b.approve(b.he, merged.ID)
	third := b.unit(b.doc.ID, "第三")
	b.propose(b.mo, third, "The third speaks of schools.")
	_, err = b.desk.Flag(ctx, b.mo, Passage{Unit: merged.ID, Target: corpus.Mark{Quote: "broad roads"}, Category: corpus.WrongTerm})
	b.must(err)
	_, err = b.desk.Flag(ctx, b.mo, Passage{Unit: merged.ID, Source: corpus.Mark{Quote: "道路"}, Category: corpus.Omission})
	b.must(err)
	_, err = b.desk.Shift(ctx, b.lin, merged.ID, corpus.TargetSide, false)
	b.must(err)
	b.tableIs("12-1 3-23 4-4 5-5")
	left, right := b.record(b.unit(b.doc.ID, "第一")), b.record(b.unit(b.doc.ID, "第三"))
	if left.State() != corpus.StateStale || left.Current().Text != "The first speaks of ports." {
		t.Errorf("what stays: %s, %q", left.State(), left.Current().Text)
	}
	if right.State() != corpus.StateStale || !strings.HasPrefix(right.Current().Text, "The second speaks of broad roads.\n") || !right.Current().ByHand(b.lin) {
		t.Errorf("what takes the sentence: %s, %q by %v", right.State(), right.Current().Text, right.Current().Hands)
	}
	if f := left.OpenFlags(); len(f) != 1 || f[0].Source.Quote != "道路" || left.Unit.Text.Source[f[0].Source.Span.Start:f[0].Source.Span.End] != "道路" {
		t.Errorf("the flag on the source: %+v", f)
	}
	if f := right.OpenFlags(); len(f) != 1 || strings.TrimSpace(f[0].Target.Quote) != "roads" {
		t.Errorf("the flag on the translation: %+v", f)
	}
	if old := b.record(third); old.Status(old.Proposals[0]) != corpus.Superseded {
		t.Errorf("the proposal is %s, want superseded and kept", old.Status(old.Proposals[0]))
	}
	b.back(b.lin)
	if got := b.state(merged.ID); got != corpus.StateApproved {
		t.Errorf("undo left the approved unit %s", got)
	}
	if got := b.state(third); got != corpus.StateProposed {
		t.Errorf("undo left the proposed unit %s", got)
	}
	b.audit()
}

func TestUnlinkAndCross(t *testing.T) {
	b := pairBench(t)
	halves, err := b.desk.Unlink(ctx, b.lin, b.unit(b.doc.ID, "第三"))
	b.must(err)
	b.tableIs("1-1 2-2 3- -3 4-4 5-5")
	_, err = b.desk.Unlink(ctx, b.lin, halves[0].ID)
	b.wants(err, corpus.Invalid)
	_, err = b.desk.Cross(ctx, b.lin, halves[0].ID)
	b.wants(err, corpus.Invalid) // the second would be empty
	flag, err := b.desk.FlagUnmatched(ctx, b.lin, halves[0].ID)
	b.must(err)
	if flag.Category != corpus.Omission || flag.Source.Quote != "第三句讲学校。" || flag.Target.Present() {
		t.Errorf("the omission: %+v", flag)
	}
	_, err = b.desk.FlagUnmatched(ctx, b.lin, halves[0].ID)
	b.wants(err, corpus.Conflict)
	flag, err = b.desk.FlagUnmatched(ctx, b.lin, halves[1].ID)
	b.must(err)
	if flag.Category != corpus.Addition || flag.Target.Quote != "The third tells of schools." || flag.Source.Present() {
		t.Errorf("the addition: %+v", flag)
	}
	_, err = b.desk.FlagUnmatched(ctx, b.lin, b.unit(b.doc.ID, "第五"))
	b.wants(err, corpus.Invalid)

	u, err := b.desk.Cross(ctx, b.lin, b.unit(b.doc.ID, "第一"))
	b.must(err)
	b.tableIs("1-2 2-1 3- -3 4-4 5-5")
	_, err = b.desk.Merge(ctx, b.lin, u.ID, b.unit(b.doc.ID, "第二"))
	b.wants(err, corpus.Invalid) // inside a unit links do not cross
	_, err = b.desk.Shift(ctx, b.lin, u.ID, corpus.TargetSide, false)
	b.wants(err, corpus.Invalid)
	b.propose(b.lin, u.ID, "The SECOND tells of roads.")
	b.approve(b.he, u.ID)
	want := strings.Replace(pairTarget, "The second", "The SECOND", 1)
	if e := b.export(b.doc.ID, ApprovedOnly); string(e.Data) != want {
		t.Errorf("export with crossing links = %q, want %q", e.Data, want)
	}
	_, err = b.desk.Cross(ctx, b.mo, u.ID)
	b.must(err)
	b.tableIs("1-1 2-2 3- -3 4-4 5-5")
	if got := b.state(b.unit(b.doc.ID, "第二")); got != corpus.StateStale {
		t.Errorf("an approved wording under another source is %s", got)
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.wants(err, corpus.Conflict) // somebody changed the same units since
	b.audit()
}

// TestTwoRepair has two people repair different parts: each undoes the own act.
func TestTwoRepair(t *testing.T) {
	b := pairBench(t)
	_, err := b.desk.Shift(ctx, b.lin, b.unit(b.doc.ID, "第一"), corpus.TargetSide, false)
	b.must(err)
	_, err = b.desk.Shift(ctx, b.mo, b.unit(b.doc.ID, "第五"), corpus.TargetSide, true)
	b.must(err)
	b.tableIs("1- 2-12 3-3 4-45 5-")
	b.back(b.lin)
	b.tableIs("1-1 2-2 3-3 4-45 5-")
	b.back(b.mo)
	b.tableIs("1-1 2-2 3-3 4-4 5-5")
}

func TestConfirm(t *testing.T) {
	b := pairBench(t)
	u := b.unit(b.doc.ID, "第三")
	bead := func() corpus.BeadStatus { r := b.record(u); return r.Unit.Bead.Status }
	was := bead()
	_, err := b.desk.Confirm(ctx, b.lin, u)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Confirm(ctx, b.he, u)
	b.must(err)
	if bead() != corpus.BeadConfirmed {
		t.Errorf("a confirmed pairing is %s", bead())
	}
	_, err = b.desk.Confirm(ctx, b.he, u)
	b.wants(err, corpus.Conflict)
	b.back(b.he)
	if bead() != was {
		t.Errorf("undo left the pairing %s, want %s", bead(), was)
	}
}

// TestRealign breaks the pairs, and has the program find them again around an
// anchor.
func TestRealign(t *testing.T) {
	b := pairBench(t)
	events := b.events()
	out, err := b.desk.Realign(ctx, b.lin, b.unit(b.doc.ID, "第三"), false)
	b.must(err)
	if out.Changed != 0 || out.Units != 5 {
		t.Errorf("realigning what is right: %+v", out)
	}
	if events != b.events() {
		t.Error("a realignment that changed nothing left an event")
	}
	// A wrong pin drags everything along; taking it back restores all.
	one, two := b.unit(b.doc.ID, "第二"), b.unit(b.doc.ID, "第三")
	out, err = b.desk.Pin(ctx, b.lin, one, two)
	b.must(err)
	if got := b.table(); !strings.Contains(got, "2-3") || out.Changed == 0 {
		t.Errorf("after the pin of 2 to 3 the pairs are %s", got)
	}
	if r := b.record(out.At); r.Unit.Text.Source != "第二句讲道路。" || r.Unit.Bead.Status != corpus.BeadConfirmed {
		t.Errorf("the pinned unit: %+v", r.Unit)
	}
	b.back(b.lin)
	b.tableIs("1-1 2-2 3-3 4-4 5-5")

	// An approved unit is an anchor: a pin over it is refused.
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: two})
	b.must(err)
	_, err = b.desk.Pin(ctx, b.lin, one, b.unit(b.doc.ID, "第五"))
	b.wants(err, corpus.Conflict)
	out, err = b.desk.Realign(ctx, b.lin, one, true)
	b.must(err)
	if r := b.record(one); r.Unit.Bead.Status != corpus.BeadConfirmed || out.Units != 2 {
		t.Errorf("a pinned anchor: %+v, %+v", r.Unit.Bead, out)
	}
	b.tableIs("1-1 2-2 3-3 4-4 5-5")
	_, err = b.desk.Realign(ctx, b.tan, one, false)
	b.wants(err, corpus.Forbidden)
	b.audit()
}

// events counts the events of the document.
func (b *bench) events() int {
	b.Helper()
	n := 0
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		for _, err := range r.Events(corpus.DocumentChain(b.doc.ID)) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	}))
	return n
}
