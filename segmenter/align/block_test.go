package align

import (
	"context"
	"strings"
	"testing"
)

// TestBlockBorders aligns two blocks a side whose sentences would pair across the border if
// they could: the first block ends with what the second begins with.
func TestBlockBorders(t *testing.T) {
	source := []Sentence{
		{Text: "市政府负责图书馆的建设。", Block: 1}, {Text: "费用由财政承担。", Block: 1},
		{Text: "博物馆免费开放。", Block: 2}, {Text: "学生可以参观。", Block: 2},
	}
	target := []Sentence{
		{Text: "The city government is responsible for building the library, and public finance bears the cost.", Block: 1},
		{Text: "The museum is open free of charge.", Block: 2}, {Text: "Students may visit.", Block: 2},
	}
	beads, err := Align(context.Background(), source, target, chineseEnglish)
	if err != nil {
		t.Fatal(err)
	}
	covers(t, beads, len(source), len(target))
	for _, b := range beads {
		if b.Source.Start < 2 && b.Source.End > 2 || b.Target.Start < 1 && b.Target.End > 1 {
			t.Errorf("bead %s crosses the border of a block", show(b))
		}
	}
	if got := show(beads[0]); got != "0,1:0" {
		t.Errorf("first bead is %s, want 0,1:0", got)
	}
}

func TestInside(t *testing.T) {
	o, r := region{0, 3, 0, 3, 0}, region{0, 9, 0, 6, 0}
	steps := []step{
		{i0: 0, i1: 1, j0: 0, j1: 1, margin: 9},
		{i0: 1, i1: 2, j0: 1, j1: 1, margin: 9, move: firstNull},
		{i0: 2, i1: 2, j0: 1, j1: 2, margin: 9, move: lastNull},
		{i0: 2, i1: 3, j0: 2, j1: 3, margin: 5},
	}
	want := []region{{0, 4, 0, 2, 9}, {4, 7, 2, 5, mostMargin}, {7, 9, 5, 6, 5}}
	got := o.inside(r, steps, []int{0, 4, 7}, []int{0, 2, 5})
	if len(got) != len(want) {
		t.Fatalf("inside = %v, want %v", got, want)
	}
	for k := range got {
		if got[k] != want[k] {
			t.Errorf("inside = %v, want %v", got, want)
		}
	}
}

func TestBlocked(t *testing.T) {
	test := func(source, target []int, want bool) {
		t.Helper()
		side := func(blocks []int) (list []Sentence) {
			for _, b := range blocks {
				list = append(list, Sentence{Block: b})
			}
			return list
		}
		if got := blocked(side(source), side(target)); got != want {
			t.Errorf("blocked(%v, %v) = %t, want %t", source, target, got, want)
		}
	}
	test([]int{1, 1, 2}, []int{1, 2, 2}, true)
	test([]int{1, 2, 3}, []int{1, 2, 3, 4}, false)    // a sentence a block
	test([]int{1, 1, 1}, []int{1, 1, 2}, false)       // one block only
	test([]int{1, 2, 3, 4, 5}, []int{1, 1, 2}, false) // too unequal
}

// TestCellsStayApart leaves out a row of a table and a heading: what stands beside them is not
// run together with them.
func TestCellsStayApart(t *testing.T) {
	side := func(text ...string) (list []Sentence) {
		for i, s := range text {
			kind := TableCell
			if h, ok := strings.CutPrefix(s, "# "); ok {
				s, kind = h, Heading
			} else if p, ok := strings.CutPrefix(s, "  "); ok {
				s, kind = p, Paragraph
			}
			list = append(list, Sentence{Text: s, Block: i + 1, Kind: kind})
		}
		// Two sentences in the last block: the texts are divided into blocks.
		return append(list, Sentence{Text: list[len(list)-1].Text, Block: len(list), Kind: Paragraph})
	}
	source := side("# 年度任务", "项目", "单位", "学校", "12所", "医院", "3家", "公园", "8个", "# 附则", "  本方案自发布之日起施行。")
	target := side("# Tasks of the year", "Item", "Unit", "Schools", "12", "Parks", "8", "  This plan takes effect on the date of issue.")
	beads, err := Align(context.Background(), source, target, chineseEnglish)
	if err != nil {
		t.Fatal(err)
	}
	covers(t, beads, len(source), len(target))
	var got []string
	for _, b := range beads {
		got = append(got, show(b))
	}
	if g, want := strings.Join(got, " "), "0:0 1:1 2:2 3:3 4:4 5: 6: 7:5 8:6 9: 10:7 11:8"; g != want {
		t.Errorf("beads %s, want %s", g, want)
	}
}
