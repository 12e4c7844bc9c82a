package workflow

import (
	"context"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// again takes files as a new version of the bench's document.
func (b *bench) again(source, target string) Imported {
	b.Helper()
	in := delivery("notice.md", source, target)
	in.VersionOf = b.doc.ID
	preview, err := b.desk.Preview(ctx, b.admin, in, nil)
	b.must(err)
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	for fate, n := range preview.Counts {
		if out.Preview.Counts[fate] != n {
			b.Errorf("the preview said %d %s, the import did %d", n, fate, out.Preview.Counts[fate])
		}
	}
	if preview.Kept != out.Preview.Kept || len(preview.Lost) != len(out.Preview.Lost) {
		b.Errorf("the preview said that %d overrides are kept and %q lost; the import did %d and %q", preview.Kept, preview.Lost, out.Preview.Kept, out.Preview.Lost)
	}
	return out
}

func TestVersionKeepsWork(t *testing.T) {
	b := newBench(t)
	amount, cases, accident, entry := b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "No major"), b.unit(b.doc.ID, "not recommended")
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, amount)
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: accident})
	b.must(err)
	b.propose(b.lin, cases, "Some 34,000 cases.")
	_, err = b.desk.Flag(ctx, b.lin, Passage{Unit: entry, Target: corpus.Mark{Quote: "not recommended"}, Category: corpus.Mistranslation, Severity: corpus.Major})
	b.must(err)

	// A new run: the sentences are worded differently, but for the last ones.
	run2 := strings.NewReplacer("A total of 34,000 smuggling cases were investigated.", "In total, 34,000 cases of smuggling were dealt with.",
		"The amount was **90 billion** yuan.", "The value came to **9 billion** yuan.", "No major accident happened.", "There was no serious accident.").Replace(sampleTarget)
	out := b.again(sampleSource, run2)
	if got := out.Preview.Counts; got[Offered] != 3 || got[Conflicts]+got[Removed] != 0 {
		t.Errorf("fates of a new run: %v", got)
	}
	for words, want := range map[string]corpus.State{"90亿": corpus.StateApproved, "3.4万": corpus.StateProposed, "未发生": corpus.StateApproved, "作业区": corpus.StateMachine} {
		if got := b.state(b.unit(b.doc.ID, words)); got != want {
			t.Errorf("after a new run %s is %s, want %s", words, got, want)
		}
	}
	rec := b.record(b.unit(b.doc.ID, "90亿"))
	if rec.Machine().Text == rec.Current().Text || !strings.Contains(rec.Machine().Text, "came to") {
		t.Errorf("the new run is not offered beside the approved wording: %q, %q", rec.Machine().Text, rec.Current().Text)
	}
	d, _ := rec.Approval()
	if d.Verb != corpus.Carry || d.Rests == "" || d.Name != "he" {
		t.Errorf("carried approval = %+v", d)
	}
	if rec := b.record(b.unit(b.doc.ID, "作业区")); len(rec.OpenFlags()) != 1 || rec.OpenFlags()[0].Target.Quote != "not recommended" {
		t.Errorf("the flag did not come along: %+v", rec.OpenFlags())
	}
	if e := b.export(b.doc.ID, ApprovedOnly); !strings.Contains(string(e.Data), "The amount was **9 billion** yuan.") || !strings.Contains(string(e.Data), "No major accident happened.") {
		t.Errorf("approved wordings are missing from the export: %q", e.Data)
	}

	// A changed source: what rested on it is stale.
	changed := strings.Replace(sampleSource, "90亿", "91亿", 1)
	out = b.again(changed, run2)
	if got := out.Preview.Counts; got[Conflicts] != 1 || got[Removed] != 0 {
		t.Errorf("fates of a changed source: %v", got)
	}
	stale := b.unit(b.doc.ID, "91亿")
	if got := b.state(stale); got != corpus.StateStale {
		t.Errorf("a changed source left the state %s", got)
	}
	if e := b.export(b.doc.ID, ApprovedOnly); !strings.Contains(string(e.Data), "The amount was **9 billion** yuan.") || e.Open[0].Why == "" {
		t.Error("a stale unit does not export its last approved wording")
	}
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: stale})
	b.must(err)
	if got := b.state(stale); got != corpus.StateApproved {
		t.Errorf("still right left the state %s", got)
	}
	b.audit()
}

func TestVersionRemovesAndAdds(t *testing.T) {
	b := newBench(t)
	accident := b.unit(b.doc.ID, "No major")
	_, err := b.desk.Accept(ctx, b.he, Choice{Unit: accident})
	b.must(err)
	out := b.again(strings.Replace(sampleSource, "未发生重大事故。\n\n", "", 1), strings.Replace(sampleTarget, "No major accident happened.\n\n", "", 1))
	if got := out.Preview.Counts; got[Removed] != 1 || got[Kept] != 5 {
		t.Errorf("fates = %v", got)
	}
	if got := b.state(accident); got != corpus.StateApproved {
		t.Errorf("the record of the old version changed: %s", got)
	}
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: accident, Text: "Too late."})
	b.wants(err, corpus.Conflict) // the work would stay behind on the old version
	_, err = b.desk.Undo(ctx, b.he, b.doc.ID)
	b.wants(err, corpus.Conflict)
	out = b.again(sampleSource, sampleTarget)
	if got := out.Preview.Counts; got[Added] != 1 || got[Kept] != 5 {
		t.Errorf("fates = %v", got)
	}
}

func TestImport(t *testing.T) {
	b := newBench(t)
	again, err := b.desk.Import(ctx, b.admin, b.project.ID, delivery("notice.md", sampleSource, sampleTarget), nil)
	b.must(err)
	if !again.Unchanged || again.Document.ID != b.doc.ID {
		t.Errorf("the same bytes were taken again: %+v", again)
	}
	other := b.take("notice.md", sampleSource, sampleTarget+"\nMore.\n")
	if other.Document.Name != "notice-2.md" {
		t.Errorf("a taken name became %q", other.Document.Name)
	}
	_, err = b.desk.Import(ctx, b.lin, b.project.ID, delivery("x.md", "", "Text."), nil)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, delivery("x.docx", "", "Text."), nil)
	b.wants(err, corpus.Unsupported)
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, delivery("x.txt", "", "\x00\x01\x02\x03\x04\x05\x06"), nil)
	b.wants(err, corpus.Invalid)
	if !strings.HasPrefix(corpus.Message(err), "x.txt:1: ") {
		t.Errorf("refusal = %q", corpus.Message(err))
	}
	if empty := b.take("empty.md", "", "---\n\n"); empty.Units != 0 {
		t.Errorf("a file without a sentence has %d units", empty.Units)
	}
	mono := b.take("mono.txt", "", "One sentence. Another one.\n")
	unit := b.unit(mono.Document.ID, "Another")
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: unit})
	b.must(err)
	rec := b.record(unit)
	if d, _ := rec.Approval(); !d.NoSource {
		t.Error("an approval without a source does not say so")
	}
}

func TestImportWarns(t *testing.T) {
	b := newBench(t)
	if out := b.take("swap.md", sampleTarget, sampleSource); len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "swapped") {
		t.Errorf("swapped sides: %q", out.Warnings)
	}
	if out := b.take("other.md", "", "Это предложение написано по-русски.\n"); len(out.Warnings) != 1 {
		t.Errorf("another language: %q", out.Warnings)
	}
	if out := b.take("fine.md", sampleSource, sampleTarget); len(out.Warnings) != 0 {
		t.Errorf("warnings without reason: %q", out.Warnings)
	}
}

// TestCancelledImport cancels an import at each stage: nothing may be left.
func TestCancelledImport(t *testing.T) {
	b := newBench(t)
	big := strings.Repeat("One sentence of many stands here.\n\n", 700)
	for _, stage := range []string{"read", "check", "store"} {
		ctx, cancel := context.WithCancel(ctx)
		_, err := b.desk.Import(ctx, b.admin, b.project.ID, delivery("big.md", "", big), func(s Step) {
			if s.Stage == stage && (stage != "store" || s.Done > 0) {
				cancel()
			}
		})
		if err == nil {
			t.Errorf("cancelled at %s, and no error", stage)
		}
		cancel()
		b.must(b.store.Update(context.Background(), func(tx corpus.Tx) error {
			if _, err := tx.DocumentByName(b.project.ID, "big.md"); err == nil || corpus.KindOf(err) != corpus.NotFound {
				t.Errorf("cancelled at %s: the document is there: %v", stage, err)
			}
			left, err := tx.Unready()
			if len(left) > 0 {
				t.Errorf("cancelled at %s: %d versions are left", stage, len(left))
			}
			return err
		}))
	}
}

func TestSweep(t *testing.T) {
	b := newBench(t)
	v := corpus.Version{ID: "dead", Document: b.doc.ID, Number: 2, Created: b.now, By: b.admin}
	b.must(b.store.Update(ctx, func(tx corpus.Tx) error { return tx.AddVersion(v) }))
	if n, err := b.desk.Sweep(ctx); n != 0 || err != nil {
		t.Errorf("Sweep took an import that may live: %d, %v", n, err)
	}
	b.now = b.now.Add(abandoned)
	if n, err := b.desk.Sweep(ctx); n != 1 || err != nil {
		t.Errorf("Sweep = %d, %v; want 1", n, err)
	}
	if got := b.state(b.unit(b.doc.ID, "34,000")); got != corpus.StateMachine {
		t.Errorf("Sweep touched a living document: %s", got)
	}
}

func TestFollow(t *testing.T) {
	pairs := func(words string) []corpus.Pair {
		var list []corpus.Pair
		for _, w := range strings.Fields(words) {
			s, t, _ := strings.Cut(w, "/")
			list = append(list, corpus.Pair{Source: s, Target: t})
		}
		return list
	}
	test := func(old, new string, want ...int) {
		t.Helper()
		got := follow(pairs(old), pairs(new))
		for i := range want {
			if len(got) != len(want) || got[i] != want[i] {
				t.Errorf("follow(%q, %q) = %v, want %v", old, new, got, want)
				return
			}
		}
	}
	test("a/1 b/2 c/3", "a/1 b/2 c/3", 0, 1, 2)
	test("a/1 b/2 c/3", "a/9 b/8 c/7", 0, 1, 2) // a new run
	test("a/1 b/2 c/3", "a/1 c/3", 0, 2)        // gone
	test("a/1 c/3", "a/1 b/2 c/3", 0, -1, 1)    // new
	test("a/1 b/2 c/3", "a/1 x/2 c/3", 0, 1, 2) // changed in its place
	test("a/1 b/2 c/3", "a/1 x/2 y/5 c/3", 0, -1, -1, 2)
	test("", "a/1", -1)
	test("a/1 a/1 b/2", "a/1 b/2", 1, 2) // the same sentence twice
}

func TestPair(t *testing.T) {
	test := func(names, want string) {
		t.Helper()
		var got []string
		for _, p := range Pair(strings.Fields(names), newTag("zh"), newTag("en")) {
			got = append(got, p.Name+"="+p.Source+"+"+p.Target)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("Pair(%s) = %s, want %s", names, g, want)
		}
	}
	test("a.zh.md a.en.md", "a.md=a.zh.md+a.en.md")
	test("zh/a.md en/a.md b.txt", "a.md=zh/a.md+en/a.md b.txt=+b.txt")
	test("content/zh-Hans/x/a.md content/en/x/a.md", "content/x/a.md=content/zh-Hans/x/a.md+content/en/x/a.md")
	test("a_zh.md a_en.md", "a.md=a_zh.md+a_en.md")
	test("a.md b.md", "a.md=+a.md b.md=+b.md")
	test("a.zh.md", "a.zh.md=+a.zh.md")
	test("A_zh_md.md A_en_md.md", "A_en_md.md=+A_en_md.md A_zh_md.md=+A_zh_md.md")
	test("notes.de.md", "notes.de.md=+notes.de.md")
}

// The files of an older version are known again; they make no second document.
func TestOlderFilesComeAgain(t *testing.T) {
	b := newBench(t)
	in := Delivery{Name: "old.md", Source: &Received{Name: "old.zh.md", Data: []byte("港口安全。\n")}, Target: &Received{Name: "old.en.md", Data: []byte("The harbour is safe.\n")}}
	first, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	newer := in
	newer.VersionOf, newer.Target = first.Document.ID, &Received{Name: "old.en.md", Data: []byte("The port is safe.\n")}
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, newer, nil)
	b.must(err)
	again, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	if !again.Unchanged || again.Document.ID != first.Document.ID || again.Version.Number != 1 {
		t.Errorf("the files of version 1 again: %+v", again)
	}
	other := in
	other.Name, other.Target = "other.md", &Received{Name: "other.en.md", Data: in.Target.Data}
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, other, nil)
	b.must(err)
	if out.Unchanged {
		t.Error("a file of another name was taken for one that is there")
	}
}
