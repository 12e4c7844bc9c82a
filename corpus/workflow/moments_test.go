package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestMoments(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	b.propose(b.lin, unit, "The amount was 9 billion yuan.")
	b.approve(b.he, unit)
	snap, err := b.desk.Snapshot(ctx, b.tan, b.doc.ID, "before lunch")
	b.must(err)
	b.propose(b.lin, b.unit(b.doc.ID, "not recommended"), "Entry is forbidden.")
	b.approve(b.he, b.unit(b.doc.ID, "forbidden"))
	source := strings.Replace(sampleSource, "未发生重大事故。\n\n", "", 1) + "- 新的一条。\n"
	target := strings.Replace(sampleTarget, "No major accident happened.\n\n", "", 1) + "- One more item.\n"
	in := delivery("notice.md", source, target)
	in.VersionOf = b.doc.ID
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	b.doc = out.Document

	list, err := b.desk.Moments(ctx, b.tan, b.doc)
	b.must(err)
	var ids []string
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	if got, want := strings.Join(ids, " "), "now received-2 "+string(snap.ID)+" received-1"; got != want {
		t.Errorf("moments %s, want %s", got, want)
	}

	for _, x := range []struct{ a, b, want string }{
		{"received-1", "received-1", ""},
		{"received-1", string(snap.ID), "~3"},
		{string(snap.ID), "received-1", "~3"},
		{"received-1", "received-2", "-4 +6"},
		{"received-2", "now", "~3 ~4"},
	} {
		diffs, err := b.desk.Changes(ctx, b.tan, b.doc, x.a, x.b)
		b.must(err)
		if got := marks(diffs); got != x.want {
			t.Errorf("Changes(%s, %s) = %s, want %s", x.a, x.b, got, x.want)
		}
	}
	// Units that were merged since are found by the snapshot that holds them.
	_, err = b.desk.Merge(ctx, b.lin, b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "9 billion"))
	b.must(err)
	second, err := b.desk.Snapshot(ctx, b.tan, b.doc.ID, "merged")
	b.must(err)
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	for _, x := range []struct{ a, b, want string }{{"received-2", string(second.ID), "-2 -3 +2 ~3"}, {string(second.ID), string(second.ID), ""}} {
		diffs, err := b.desk.Changes(ctx, b.tan, b.doc, x.a, x.b)
		b.must(err)
		if got := marks(diffs); got != x.want {
			t.Errorf("Changes(%s, %s) = %s, want %s", x.a, x.b, got, x.want)
		}
	}
	_, err = b.desk.Changes(ctx, b.tan, b.doc, "received-9", Now)
	b.wants(err, corpus.NotFound)
	_, err = b.desk.Changes(ctx, "nobody", b.doc, Now, Now)
	b.wants(err, corpus.NotFound)
}

// marks spells differences: + what came, - what went, ~ what changed.
func marks(list []Difference) string {
	var words []string
	for _, d := range list {
		switch {
		case d.Before == nil:
			words = append(words, "+"+string(rune('0'+d.After.Number)))
		case d.After == nil:
			words = append(words, "-"+string(rune('0'+d.Before.Number)))
		case d.Changed():
			words = append(words, "~"+string(rune('0'+d.After.Number)))
		}
	}
	return strings.Join(words, " ")
}

func TestRead(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	b.propose(b.lin, unit, "The amount was 9 billion yuan.")
	page, err := b.desk.Read(ctx, b.tan, b.doc, "")
	b.must(err)
	if len(page.Sentences) != 6 || page.Earlier != "" || page.Later != "" {
		t.Fatalf("%d sentences, earlier %q, later %q", len(page.Sentences), page.Earlier, page.Later)
	}
	s := page.Sentences[2]
	if !strings.Contains(s.Received, "90") || strings.Contains(s.Proposed, "90") || s.Approved != s.Received || s.Number != 3 {
		t.Errorf("sentence %+v", s)
	}
	if page.Sentences[1].Path != s.Path || page.Sentences[3].Path == s.Path || !strings.Contains(page.Sentences[4].Path, "ul1/li1") {
		t.Errorf("paths %q %q %q", page.Sentences[1].Path, s.Path, page.Sentences[4].Path)
	}
	page, err = b.desk.Read(ctx, b.tan, b.doc, unit)
	b.must(err)
	if len(page.Sentences) != 4 || page.Sentences[0].Number != 3 || page.Earlier == "" {
		t.Errorf("from a unit on: %d sentences, earlier %q", len(page.Sentences), page.Earlier)
	}

	many := b.take("many.md", strings.Repeat("一句。\n\n", ReadingSize+5), strings.Repeat("A line.\n\n", ReadingSize+5)).Document
	page, err = b.desk.Read(ctx, b.tan, many, "")
	b.must(err)
	if len(page.Sentences) != ReadingSize || page.Later == "" {
		t.Fatalf("%d sentences, later %q", len(page.Sentences), page.Later)
	}
	page, err = b.desk.Read(ctx, b.tan, many, page.Later)
	b.must(err)
	if len(page.Sentences) != 5 || page.Later != "" || page.Earlier == "" || page.Sentences[0].Number != ReadingSize+1 {
		t.Errorf("last page: %d sentences from %d", len(page.Sentences), page.Sentences[0].Number)
	}
}

func TestStretch(t *testing.T) {
	b := newBench(t)
	heading, cases, amount, accident, entry, last := b.unit(b.doc.ID, "Port"), b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "No major"), b.unit(b.doc.ID, "not recommended"), b.unit(b.doc.ID, "September")
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: cases})
	b.must(err)
	_, err = b.desk.Flag(ctx, b.lin, Passage{Unit: amount, Target: corpus.Mark{Quote: "90"}, Category: corpus.NumberUnit, Severity: corpus.Major})
	b.must(err)
	b.propose(b.lin, accident, "No serious accident happened.")
	b.propose(b.lin, entry, "Keep out.")
	_, err = b.desk.Return(ctx, b.he, "a prohibition", Choice{Unit: entry})
	b.must(err)

	list, err := b.desk.Stretch(ctx, b.he, b.doc, last, heading)
	b.must(err)
	want := map[corpus.UnitID]Skip{heading: Taken, cases: SkipAnswered, amount: SkipFlags, accident: SkipWaits, entry: SkipReturned, last: Taken}
	var choices []Choice
	for i, m := range list {
		if m.Skip != want[m.Unit.ID] || m.Number != i+1 {
			t.Errorf("unit %d is skipped for %q, want %q", m.Number, m.Skip, want[m.Unit.ID])
		}
		if m.Skip == Taken {
			choices = append(choices, m.Choice())
		}
	}
	if len(list) != 6 {
		t.Fatalf("%d members", len(list))
	}
	_, err = b.desk.Accept(ctx, b.he, choices...)
	b.must(err)
	if b.state(heading) != corpus.StateApproved || b.state(last) != corpus.StateApproved || b.state(amount) != corpus.StateMachine {
		t.Error("accepting the stretch did something else")
	}
	_, err = b.desk.Stretch(ctx, b.lin, b.doc, heading, last)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Stretch(ctx, b.he, b.doc, "none", last)
	b.wants(err, corpus.NotFound)

	many := b.take("many.md", "", strings.Repeat("A line.\n\n", BatchLimit+1)).Document
	page, err := b.desk.Read(ctx, b.he, many, "")
	b.must(err)
	end, err := b.desk.Read(ctx, b.he, many, page.Later)
	b.must(err)
	_, err = b.desk.Stretch(ctx, b.he, many, page.Sentences[0].Unit.ID, end.Sentences[len(end.Sentences)-1].Unit.ID)
	b.wants(err, corpus.TooLarge)
}
