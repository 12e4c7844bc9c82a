package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// renewals shows what a version changed, a word and the sentences' beginnings a
// line.
func (b *bench) renewals(number int) string {
	b.Helper()
	doc := b.doc
	b.must(b.store.View(ctx, func(r corpus.Reader) (err error) {
		doc, err = r.Document(b.doc.ID)
		return err
	}))
	r, err := b.desk.Renewals(ctx, b.lin, doc, number)
	b.must(err)
	var lines []string
	for _, x := range r.List {
		text := ""
		if x.New != nil {
			text = x.New.Unit.Text.Source
		} else {
			text = x.Old.Unit.Text.Source
		}
		line := fmt.Sprintf("%s %d→%d %s", x.Kind, x.Was, x.Now, string([]rune(text)[:min(3, len([]rune(text)))]))
		for word, on := range map[string]bool{" stale": x.Stale} {
			if on {
				line += word
			}
		}
		if x.Trifle {
			line += " trifle"
		}
		if x.Unsourced {
			line += " unsourced"
		}
		if x.Moved && x.Kind != KindMoved {
			line += " moved"
		}
		lines = append(lines, line)
	}
	return fmt.Sprintf("%d same; %s", r.Same, strings.Join(lines, "; "))
}

func (b *bench) acceptEach() {
	b.Helper()
	b.eachUnit(func(rec *corpus.Record) {
		if rec.State() < corpus.StateApproved {
			_, err := b.desk.Accept(ctx, b.he, Choice{Unit: rec.Unit.ID})
			b.must(err)
		}
	})
}

func TestRenewals(t *testing.T) {
	b := pairBench(t)
	b.acceptEach()
	is := func(number int, want string) {
		t.Helper()
		if got := b.renewals(number); got != want {
			t.Errorf("version %d changed\n%s, want\n%s", number, got, want)
		}
	}
	edit := func(pairs ...string) {
		t.Helper()
		b.again(strings.NewReplacer(pairs...).Replace(pairSource), strings.NewReplacer(pairs...).Replace(pairTarget))
	}
	edit("第三句讲学校。", "第三句讲学校！", "第五句讲水利", "第五句讲水库")
	is(2, "3 same; changed 3→3 第三句 stale trifle; changed 5→5 第五句 stale")
	b.acceptEach()
	is(2, "3 same; changed 3→3 第三句; changed 5→5 第五句") // what changed stays to be read
	edit("第三句讲学校。", "第三句讲学校！", "第五句讲水利", "第五句讲水库", "第一句讲港口。", "", "The first tells of ports. ", "")
	is(3, "4 same; removed 1→0 第一句")
	edit("第三句讲学校。", "第三句讲学校！", "第一句讲港口。第二句讲道路。\n\n", "", "The first tells of ports. The second tells of roads.\n\n", "", "第五句讲水利。\n", "第五句讲水库。\n\n第二句讲道路。\n", "of water.\n", "of water.\n\nThe second tells of roads.\n")
	is(4, "3 same; moved 1→4 第二句")
	_, err := b.desk.Renewals(ctx, b.lin, b.doc, 1)
	b.wants(err, corpus.NotFound)
	_, err = b.desk.Renewals(ctx, b.lin, b.doc, 9)
	b.wants(err, corpus.NotFound)

	// What is merged after a version came in is no news of the version.
	_, err = b.desk.Merge(ctx, b.lin, b.unit(b.doc.ID, "第三"), b.unit(b.doc.ID, "第四"))
	b.must(err)
	if got := b.renewals(4); strings.Contains(got, "added") || strings.Contains(got, "removed") {
		t.Errorf("after a merge the version changed %s", got)
	}
}

func TestRenewalsUnsourced(t *testing.T) {
	b := newBench(t)
	b.doc = b.take("late.md", "", "One sentence stands here. Another one follows it.\n").Document
	b.acceptEach()
	in := delivery("late.md", "这里有一句话。后面还有一句。\n", "")
	in.VersionOf = b.doc.ID
	_, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	if got := b.renewals(2); got != "0 same; changed 1→1 这里有 stale unsourced; changed 2→2 后面还 stale unsourced" {
		t.Errorf("a source that came later: %s", got)
	}
}

func TestSameWords(t *testing.T) {
	test := func(a, b string, want bool) {
		t.Helper()
		if got := SameWords(a, b); got != want {
			t.Errorf("SameWords(%q, %q) = %t", a, b, got)
		}
	}
	test("已修复。", "已修复！", true)
	test("检查船舶，修复桥梁。", "检查船舶、修复桥梁", true)
	test("One, two.", "One two", true)
	test("“One” two", "One two", true)
	test("3.4万", "34万", false)
	test("1,268", "1268", false) // a figure is written otherwise: somebody looks
	test("40%", "40", false)
	test("-5", "5", false)
	test("5—7", "57", false)
	test("re-form", "reform", false)
	test("甲 乙", "甲乙", true)
	test("不行", "行", false)
	test("Yes", "yes", false)
	test("", "。", true)
}
