package layout

import (
	"strings"
	"testing"
)

// plainBlock is a block of verbatim text, for tests.
func plainBlock(text string) *Block {
	return &Block{Text: text, runs: []run{{verbatim, Span{0, len(text)}, Span{0, len(text)}}}}
}

func patch(old string, hunks []hunk) (string, bool) {
	var b strings.Builder
	at := 0
	for _, h := range hunks {
		if h.old.Start < at || h.old.End < h.old.Start || h.old.End > len(old) {
			return "", false
		}
		b.WriteString(old[at:h.old.Start] + h.text)
		at = h.old.End
	}
	return b.String() + old[at:], true
}

func TestDifference(t *testing.T) {
	test := func(old, now, want string) {
		t.Helper()
		hunks := difference(plainBlock(old), now)
		if got, ok := patch(old, hunks); got != now || !ok {
			t.Errorf("difference(%q, %q) makes %q", old, now, got)
		}
		var parts []string
		for _, h := range hunks {
			parts = append(parts, old[h.old.Start:h.old.End]+">"+h.text)
		}
		if got := strings.Join(parts, "|"); got != want {
			t.Errorf("difference(%q, %q) = %s, want %s", old, now, got, want)
		}
	}
	test("", "", "")
	test("same", "same", "")
	test("the old act", "the new act", "old>new")
	test("the act", "the new act", ">new ")
	test("the new act", "the act", "new >")
	test("县级人民政府", "市级人民政府", "县>市")
	test("one two three four", "one 2 three 4", "two>2|four>4")
	test("abc", "", "abc>")
	test("", "abc", ">abc")
}

func TestDifferenceOfEverything(t *testing.T) {
	old := strings.Repeat("one two ", 2000)
	now := strings.Repeat("three four ", 2000)
	hunks := difference(plainBlock(old), now)
	if got, ok := patch(old, hunks); got != now || !ok {
		t.Error("a large difference is wrong")
	}
}

func TestIndivisible(t *testing.T) {
	// An entity that stands for two characters, between letters.
	b := &Block{Text: "a≂̸b", runs: []run{
		{verbatim, Span{0, 1}, Span{0, 1}},
		{decoded, Span{1, 6}, Span{1, 9}},
		{verbatim, Span{6, 7}, Span{9, 10}},
	}}
	for _, now := range []string{"a≂b", "b", "a≂̸c", "≂̸"} {
		hunks := difference(b, now)
		if got, ok := patch(b.Text, hunks); got != now || !ok {
			t.Errorf("difference to %q makes %q", now, got)
		}
		for _, h := range hunks {
			for _, at := range []int{h.old.Start, h.old.End} {
				if at > 1 && at < 6 {
					t.Errorf("difference to %q cuts the entity at %d", now, at)
				}
			}
		}
	}
}

func FuzzDifference(f *testing.F) {
	f.Add("the old act", "the new act")
	f.Add("一二三", "一三 four")
	f.Fuzz(func(t *testing.T, old, now string) {
		if got, ok := patch(old, difference(plainBlock(old), now)); got != now || !ok {
			t.Errorf("difference(%q, %q) makes %q", old, now, got)
		}
	})
}
