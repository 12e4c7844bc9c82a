package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestKindredMoved(t *testing.T) {
	units := func(words string) []*corpus.Record {
		var list []*corpus.Record
		for _, w := range strings.Fields(words) {
			s, t, _ := strings.Cut(w, "/")
			list = append(list, &corpus.Record{Unit: corpus.Unit{Text: corpus.Pair{Source: s, Target: t}}})
		}
		return list
	}
	test := func(old, new, want string) {
		t.Helper()
		c := comparison{old: units(old), new: units(new)}
		from, moved := c.follow()
		var got []string
		for j, i := range from {
			mark := ""
			if moved[j] {
				mark = "*"
			}
			got = append(got, fmt.Sprint(i)+mark)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s → %s: %s, want %s", old, new, g, want)
		}
	}
	test("a/1 b/2 c/3", "a/1 b/2 c/3", "0 1 2")
	test("a/1 b/2 c/3 d/4", "b/2 c/3 d/4 a/1", "1 2 3 0*")
	test("a/1 b/2 c/3 d/4", "b/2 c/3 d/4 a/9", "1 2 3 0*")            // moved, and a new run
	test("a/1 b/2 c/3 d/4", "x/1 b/2 c/3 d/4 a/1", "-1 1 2 3 0*")     // something else in its old place
	test("a/1 y/2 b/3 c/4 d/5", "b/3 c/4 d/5 a/1 y/2", "2 3 4 0* 1*") // a block
	test("h1/h y/Y a/1 h2/h y/Y b/2 c/3 d/4 e/5", "h2/h y/Y b/2 c/3 d/4 e/5 h1/h y/Y a/1", "3 4 5 6 7 8 0* 1* 2*")
	test("y/Y y/Y a/1", "y/Y a/1", "1 2")
	test("n/N y/Y e/E y/Y w/W y/Y", "e/E y/Y w/W y/Y n/N y/Y", "2 3 4 5 0* 1*")
	test("/t1 /t2 /t3", "s1/t1 s2/t2 s3/t3", "0 1 2") // the source came later
	test("/t1 /t2 /t3", "s1/t1 s0/ s2/t2 s3/t3", "0 -1 1 2")
	test("s1/t1 s2/t2", "/t1 /t2", "0 1")
	test("a/1 b/2", "", "")
	test("", "a/1", "-1")
}

// TestVersionMoves moves an article: its approvals come along.
func TestVersionMoves(t *testing.T) {
	b := newBench(t)
	article := func(n int, words, english string) [2]string {
		return [2]string{fmt.Sprintf("## 第%d条\n\n%s应当登记。%s每年检查一次。\n\n", n, words, words), fmt.Sprintf("## Article %d\n\n%s shall be registered. %s shall be inspected once a year.\n\n", n, english, english)}
	}
	list := [][2]string{article(1, "船舶", "Vessels"), article(2, "码头", "Wharves"), article(3, "仓库", "Warehouses"), article(4, "桥梁", "Bridges")}
	join := func(list ...[2]string) (source, target string) {
		for _, a := range list {
			source, target = source+a[0], target+a[1]
		}
		return source, target
	}
	source, target := join(list...)
	b.doc = b.take("law.md", source, target).Document
	b.propose(b.lin, b.unit(b.doc.ID, "Wharves shall be inspected"), "Wharves are to be inspected every year.")
	b.approve(b.he, b.unit(b.doc.ID, "Wharves are to be"))
	b.eachUnit(func(rec *corpus.Record) {
		if rec.State() == corpus.StateMachine {
			_, err := b.desk.Accept(ctx, b.he, Choice{Unit: rec.Unit.ID})
			b.must(err)
		}
	})
	source, target = join(list[0], article(2, "仓库", "Warehouses"), article(3, "桥梁", "Bridges"), article(4, "码头", "Wharves"))
	out := b.again(source, target)
	if out.Preview.Moved == 0 || out.Preview.Counts[Removed] != 0 || out.Preview.Counts[Added] != 0 {
		t.Errorf("fates of a moved article: %v, %d moved", out.Preview.Counts, out.Preview.Moved)
	}
	rec := b.record(b.unit(b.doc.ID, "码头每年"))
	if rec.State() != corpus.StateApproved || rec.Current().Text != "Wharves are to be inspected every year." || rec.Current().Author != b.lin {
		t.Errorf("the moved sentence is %s: %q", rec.State(), rec.Current().Text)
	}
	b.eachUnit(func(rec *corpus.Record) {
		if rec.State() != corpus.StateApproved {
			t.Errorf("%s is %s", rec.Unit.Text.Source, rec.State())
		}
	})
	b.audit()
}

// TestVersionCells gives cells that say the same different wordings, and takes a
// row out in front of them.
func TestVersionCells(t *testing.T) {
	b := newBench(t)
	row := func(s, t string) [2]string { return [2]string{"| " + s + " | 是 |\n", "| " + t + " | Yes |\n"} }
	rows := [][2]string{row("北区", "North"), row("南区", "South"), row("东区", "East"), row("西区", "West")}
	join := func(list ...[2]string) (source, target string) {
		source, target = "| 地区 | 完成 |\n|---|---|\n", "| District | Done |\n|---|---|\n"
		for _, a := range list {
			source, target = source+a[0], target+a[1]
		}
		return source, target
	}
	source, target := join(rows...)
	b.doc = b.take("table.md", source, target).Document
	n := 0
	b.eachUnit(func(rec *corpus.Record) {
		if rec.Machine().Text != "Yes" {
			return
		}
		n++
		b.propose(b.lin, rec.Unit.ID, fmt.Sprintf("Yes, no. %d", n))
		b.approve(b.he, rec.Unit.ID)
	})
	words := func() string {
		var list []string
		b.eachUnit(func(rec *corpus.Record) {
			if rec.State() == corpus.StateApproved {
				list = append(list, strings.TrimPrefix(rec.Current().Text, "Yes, no. "))
			} else if rec.Machine().Text == "Yes" {
				list = append(list, "?")
			}
		})
		return strings.Join(list, " ")
	}
	source, target = join(rows[0], rows[2], rows[3]) // the second row goes
	b.again(source, target)
	if got := words(); got != "1 3 4" {
		t.Errorf("after a row went the cells say %s, want 1 3 4", got)
	}
	source, target = join(rows[0], row("中区", "Centre"), rows[2], rows[3]) // another comes in
	b.again(source, target)
	if got := words(); got != "1 ? 3 4" {
		t.Errorf("after a row came in the cells say %s, want 1 ? 3 4", got)
	}
	source, target = join(rows[2], rows[3], rows[0]) // the first becomes the last
	b.again(source, target)
	if got := words(); got != "3 4 1" {
		t.Errorf("after a row moved the cells say %s, want 3 4 1", got)
	}
}
