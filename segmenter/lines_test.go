package segmenter

import (
	"strings"
	"testing"
)

func TestDecideLineEnds(t *testing.T) {
	test := func(name, text string, want LineEnds) {
		t.Helper()
		if got := DecideLineEnds(text); got != want {
			t.Errorf("%s: DecideLineEnds = %v, want %v", name, got, want)
		}
	}
	test("empty", "", SoftLineEnds)
	test("one line", "A line without a stop", SoftLineEnds)
	test("paragraphs between blank lines", "One.\n\nTwo.\n\nThree.\n", SoftLineEnds)
	test("wrapped prose", "The river rose in the night and\ntook the bridge with it. No one\nwas hurt, but the road is closed\nuntil the spring.\n", SoftLineEnds)
	test("paragraph per line", "会议开始。\n市长讲话。\n会议结束。\n", HardLineEnds)
	test("headings and paragraphs", "工作报告\n过去一年，全市经济平稳增长，民生持续改善。\n主要任务\n今年要抓好三件大事，确保完成全年目标。\n", HardLineEnds)
	test("list without stops", "apples\npears\nbread\n", HardLineEnds)
	test("one soft break", "It rained\nall night.", SoftLineEnds)
	test("list items", "1. Wash\n2. Dry\n3. Iron.\n", HardLineEnds)
	test("a stop that fell to the next line", "The end of the road\n. Nobody came", SoftLineEnds)
}

func TestAppendBlocks(t *testing.T) {
	test := func(text string, ends LineEnds, want ...string) {
		t.Helper()
		var got []string
		for _, b := range AppendBlocks(nil, text, ends) {
			s := text[b.Start:b.End]
			if b.Heading {
				s = "#" + s
			}
			if b.Item {
				s = "+" + s
			}
			got = append(got, s)
		}
		if strings.Join(got, "¦") != strings.Join(want, "¦") {
			t.Errorf("AppendBlocks(%q, %v) = %q, want %q", text, ends, got, want)
		}
	}
	test("", SoftLineEnds)
	test("\ufeff \n\u3000\n", SoftLineEnds)
	test("Title\n\nA line\nand more.\n\n\nB.", SoftLineEnds, "#Title", "A line\nand more.", "B.")
	test("A.\n\u3000\u00a0\nB.", SoftLineEnds, "A.", "B.")
	test("A.\rB.\r\nC.\u2028D.", HardLineEnds, "A.", "B.", "C.", "D.")
	test("To do:\n- wash\n- dry\n  well\n* iron", SoftLineEnds, "To do:", "+- wash", "+- dry\n  well", "+* iron")
	test("总则\n第一条 立法目的。\n（一）适用\n范围。\n二、职责。\n① 管理。", SoftLineEnds,
		"#总则", "第一条 立法目的。", "+（一）适用\n范围。", "+二、职责。", "+① 管理。")
	test("  One two\nthree.\n  Four five\nsix.", SoftLineEnds, "One two\nthree.", "Four five\nsix.")
	test("The plan was drawn by\nJ. Doe and others.", SoftLineEnds, "The plan was drawn by\nJ. Doe and others.")
	test("A long line\n. Next", HardLineEnds, "A long line\n. Next")
}
