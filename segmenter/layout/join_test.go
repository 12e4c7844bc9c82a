package layout

import "testing"

func TestJoint(t *testing.T) {
	test := func(before, after, want string) {
		t.Helper()
		if got := joint(before, after, func(n int) bool { return n == 1 }); got != want {
			t.Errorf("joint(%q, %q) = %q, want %q", before, after, got, want)
		}
	}
	test("遺", "教", "")
	test("依據", "，制定", "")
	test("说", "“好”", "")
	test("“好”", "说", "")
	test("said", "“good”", " ")
	test("“", "”", " ")
	test("word", "word", " ")
	test("法", "Act", " ")
	test("第", "12 条", " ")
	test("カナ", "ひらがな", "")
	test("한국", "어", " ")
	test("（一）", "全角", "")
	test("遺\U000F0002", "教", "")  // a mark of a pair is looked through
	test("遺", "\U000F0004教", " ") // a token that stands alone is a word
	test("see \U000F0002", "\U000F0003x", " ")
}

func TestTyped(t *testing.T) {
	test := func(in, want string) {
		t.Helper()
		if got, err := Typed(in); got != want || err != nil {
			t.Errorf("Typed(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	test("as it is", "as it is")
	test("one\ntwo", "one two")
	test("one  \r\n  two", "one two")
	test("一\r二", "一二")
	test("one\n", "one")
	test("\none", "one")

	refuse := func(in string, want Reason) {
		t.Helper()
		_, err := Typed(in)
		if r, ok := err.(*Refusal); !ok || r.Reason != want {
			t.Errorf("Typed(%q) = %v, want %s", in, err, want)
		}
	}
	refuse("one\n\ntwo", ParagraphBreak)
	refuse("one\n \t\ntwo", ParagraphBreak)
	refuse("a\x00b", ControlChar)
	refuse("a\x1bb", ControlChar)
	refuse("a\xff", NotUTF8)
}

func TestReasonsHaveTexts(t *testing.T) {
	for _, r := range []Reason{NoSuchBlock, BadSpan, Overlap, Empty, ReadOnly, NotUTF8, ControlChar, ParagraphBreak,
		UnknownToken, NoPlace, ReadsOtherwise, BreaksMarkup, BreaksStructure, ChangesOther, LastReference} {
		if (&Refusal{Block: -1, Reason: r}).Error() == "" {
			t.Errorf("reason %s has no text", r)
		}
	}
	if len(reasonTexts) != 15 {
		t.Errorf("%d reasons, want 15", len(reasonTexts))
	}
}
