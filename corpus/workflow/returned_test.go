package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

func TestReturned(t *testing.T) {
	b := newBench(t)
	amount, cases := b.unit(b.doc.ID, "90 billion"), b.unit(b.doc.ID, "34,000")
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, amount)
	b.propose(b.lin, cases, "In all, 34,000 cases of smuggling were investigated.")
	b.approve(b.he, cases)
	exported := string(b.export(b.doc.ID, ApprovedOnly).Data)
	file := func(pairs ...string) Received {
		return Received{Name: "notice.md", Data: []byte(strings.NewReplacer(pairs...).Replace(exported))}
	}
	look := func(f Received, recognised bool, changes ...string) ReturnedFile {
		t.Helper()
		r, err := b.desk.Returned(ctx, b.lin, b.doc.ID, f)
		b.must(err)
		var got []string
		for _, c := range r.Changes {
			got = append(got, c.Text)
		}
		if r.Recognised != recognised || strings.Join(got, "|") != strings.Join(changes, "|") {
			t.Errorf("recognised %t, changes %q; want %t, %q", r.Recognised, got, recognised, changes)
		}
		return r
	}
	look(file(), true)
	look(Received{Name: "notice.md", Data: []byte(sampleTarget)}, false, "A total of 34,000 smuggling cases were investigated.", "The amount was \U000f0002"+"90 billion"+"\U000f0003 yuan.")
	look(file("No major accident", "No serious accident"), true, "No serious accident happened.")
	look(file("investigated. The", "investigated. Many were solved. The"), true, "Many were solved. The amount was \U000f0002"+"9 billion"+"\U000f0003 yuan.")
	look(file("yuan.", "yuan. That is much."), true, "The amount was \U000f0002"+"9 billion"+"\U000f0003 yuan. That is much.")
	look(file("investigated. The amount was", "investigated and the amount was"), true, "In all, 34,000 cases of smuggling were investigated", "and the amount was \U000f0002"+"9 billion"+"\U000f0003 yuan.")
	if r := look(file("# Port notice\n", "# Port notice\n\nA new paragraph.\n"), true); len(r.Added) != 1 || r.Added[0] != "A new paragraph." {
		t.Errorf("what was added: %q", r.Added)
	}
	if r := look(file("No major accident happened.\n\n", ""), true); len(r.Gone) != 1 {
		t.Errorf("what is gone: %q", r.Gone)
	}
	if r := look(file("**9 billion**", "[9 billion](x.md)"), true, "The amount was \U000f00029 billion\U000f0003 yuan."); !r.Changes[0].Markup {
		t.Error("other markup is taken for the same")
	}

	edited := file("No major accident", "No serious accident", "not recommended", "forbidden")
	_, err := b.desk.TakeReturned(ctx, b.lin, b.doc.ID, edited)
	b.must(err)
	for _, words := range []string{"No serious accident", "is forbidden"} {
		rec := b.record(b.unit(b.doc.ID, words))
		rev := rec.Latest()
		if rec.State() != corpus.StateProposed || rev.Origin != corpus.FromImport || rev.Note != "from the returned file notice.md" || rev.Author != b.lin {
			t.Errorf("%s: %s, %+v", words, rec.State(), rev)
		}
	}
	if got := b.state(amount); got != corpus.StateApproved {
		t.Errorf("what was not edited is %s", got)
	}
	events := b.events()
	_, err = b.desk.TakeReturned(ctx, b.mo, b.doc.ID, edited)
	b.must(err)
	if b.events() != events {
		t.Error("the same file put the same wordings up twice")
	}
	b.back(b.lin) // one act
	if got := b.state(b.unit(b.doc.ID, "No major")); got != corpus.StateMachine {
		t.Errorf("taken back, the unit is %s", got)
	}
	_, err = b.desk.Returned(ctx, b.tan, b.doc.ID, edited)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Returned(ctx, b.lin, b.doc.ID, Received{Name: "notice.txt", Data: []byte("x")})
	b.wants(err, corpus.Invalid)
	b.audit()
}

// TestReturnedOmission brings back a file in which a left-out sentence was
// rendered: its rendering is recognised as its own.
func TestReturnedOmission(t *testing.T) {
	b := newBench(t)
	b.doc = b.take("gap.md", "甲港发生34起事故。所有船只均已检查。乙港没有事故。\n", "Port A had 34 accidents. Port B had none.\n").Document
	gap := corpus.UnitID("")
	b.eachUnit(func(rec *corpus.Record) {
		if len(rec.Unit.Target) == 0 {
			gap = rec.Unit.ID
		}
	})
	if gap == "" {
		second, err := b.desk.Split(ctx, b.lin, b.unit(b.doc.ID, "34"), len("甲港发生34起事故。"), len("Port A had 34 accidents."))
		b.must(err)
		gap = second[1].ID
	}
	b.propose(b.lin, gap, "All ships were inspected.")
	b.approve(b.he, gap)
	exported := string(b.export(b.doc.ID, ApprovedOnly).Data)
	r, err := b.desk.Returned(ctx, b.lin, b.doc.ID, Received{Name: "gap.md", Data: []byte(exported)})
	b.must(err)
	if !r.Recognised || len(r.Changes)+len(r.Added)+len(r.Gone) != 0 {
		t.Errorf("the export itself differs: %+v\n%s", r, exported)
	}
	r, err = b.desk.Returned(ctx, b.lin, b.doc.ID, Received{Name: "gap.md", Data: []byte(strings.Replace(exported, "ships were", "vessels were", 1))})
	b.must(err)
	if len(r.Changes) != 1 || r.Changes[0].Unit != gap || r.Changes[0].Text != "All vessels were inspected." {
		t.Errorf("an edited rendering: %+v", r)
	}
}

// TestReturnedKinds brings back files of other kinds: with both languages, with
// hard line ends, and one of a document in which nobody changed a word.
func TestReturnedKinds(t *testing.T) {
	b := newBench(t)
	const both = "港口通告\nNotice of the Port\n\n第一条 码头昼夜开放。\nArticle 1 The pier is open day and night.\n\n第二条 二号码头关闭。\nArticle 2 The second pier is closed.\n\n第三条 船舶应当减速。\nArticle 3 Ships shall slow down.\n"
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: "both.txt", Target: &Received{Name: "both.txt", Data: []byte(both)}, Shared: true}, nil)
	b.must(err)
	b.doc = out.Document
	look := func(text string, pairs ...string) ReturnedFile {
		t.Helper()
		r, err := b.desk.Returned(ctx, b.lin, b.doc.ID, Received{Name: b.doc.Name, Data: []byte(strings.NewReplacer(pairs...).Replace(text))})
		b.must(err)
		return r
	}
	if r := look(both); !r.Perhaps || r.Recognised || len(r.Changes)+len(r.Added)+len(r.Gone) != 0 {
		t.Errorf("a file of both languages as it came: %+v", r)
	}
	second := b.unit(b.doc.ID, "second pier")
	b.propose(b.lin, second, "Article 2 The second pier is shut.")
	b.approve(b.he, second)
	exported := string(b.export(b.doc.ID, ApprovedOnly).Data)
	if r := look(exported, "slow down", "reduce speed"); !r.Recognised || len(r.Changes) != 1 || r.Changes[0].Text != "Article 3 Ships shall reduce speed." || len(r.Added)+len(r.Gone) != 0 {
		t.Errorf("a file of both languages, edited: %+v", r)
	}
	if r := look(exported, "减速", "慢行", "slow down", "go slow"); r.Recognised || r.Perhaps {
		t.Errorf("a file whose source is another too comes back: %+v", r)
	}

	in := delivery("lines.txt", "", "")
	in.Target = &Received{Name: "lines.txt", Data: []byte("The first pier is open\nThe second pier is closed\nThe third pier is full\n"), Lines: exchange.LinesHard}
	out, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	b.doc = out.Document
	pier := b.unit(b.doc.ID, "first pier")
	b.propose(b.lin, pier, "The first pier is in use")
	b.approve(b.he, pier)
	if r := look(string(b.export(b.doc.ID, ApprovedOnly).Data), "is full", "has no room"); !r.Recognised || len(r.Changes) != 1 || r.Changes[0].Text != "The third pier has no room" {
		t.Errorf("a file of lines: %+v", r)
	}
}
