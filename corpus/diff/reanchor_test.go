package diff

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The marked passage stands between ⟦ and ⟧; no marks in want: it was lost.
func TestReanchor(t *testing.T) {
	test := func(old, want string) {
		t.Helper()
		text, span := unmark(old)
		newText, wantSpan := unmark(want)
		wantOK := strings.Contains(want, "⟦")
		got, ok := Reanchor(text, newText, span)
		if got != wantSpan || ok != wantOK {
			t.Errorf("Reanchor(%q, %q) = %v %v %q, want %v %v", old, newText, got, ok, newText[got.Start:got.End], wantSpan, wantOK)
		}
	}
	test("a ⟦broken⟧ sentence", "a ⟦broken⟧ sentence")
	test("a ⟦broken⟧ sentence", "Here is a ⟦broken⟧ sentence")
	test("the ⟦broken quote and⟧ more", "the ⟦broken quotation and⟧ more")
	test("they captured ⟦\"nails\". 12⟧ fugitives", "they caught ⟦\"nails\"; 12⟧ fugitives")
	test("共⟦处置3368万起⟧警情", "全年共妥善⟦处置3368亿起⟧警情") // three tokens of four are still there
	test("⟦the whole campaign⟧ ended", "⟦the long and hard campaign⟧ ended")
	test("⟦the whole campaign⟧ ended", "campaigns ended")
	test("共处置⟦3368万⟧起", "共处置3368亿起")
	test("共处置⟦3368万起⟧警情", "共处置警情")
	test("保障⟦公共安全⟧。", "切实保障好⟦公共安全⟧。")
	test("⟦all of it⟧", "something else")
	test("⟦all of it⟧", "")
	// What was put in at the borders stays outside.
	test("⟦x⟧ y", "a b ⟦x⟧ c y")
	// A place goes with what stands before it, else after it.
	test("做好⟦⟧工作", "要做好⟦⟧各项工作")
	test("做好⟦⟧工作", "抓紧⟦⟧工作")
	test("⟦⟧工作", "要⟦⟧工作")
	test("one two⟦⟧ three four", "five")
	test("⟦⟧", "⟦⟧")
	test("⟦⟧", "x")
}

func unmark(s string) (string, Span) {
	before, rest, ok := strings.Cut(s, "⟦")
	if !ok {
		return s, Span{}
	}
	in, after, _ := strings.Cut(rest, "⟧")
	return before + in + after, Span{len(before), len(before) + len(in)}
}

func TestReanchorOutside(t *testing.T) {
	for _, span := range []Span{{-1, 2}, {2, 1}, {0, 4}, {4, 4}} {
		if got, ok := Reanchor("abc", "abc", span); ok {
			t.Errorf("Reanchor(%q, %q, %v) = %v true, want false", "abc", "abc", span, got)
		}
	}
}

func FuzzReanchor(f *testing.F) {
	f.Add("captured nails", "caught nails", 9, 14)
	f.Add("处置3368.4万起", "共处置3368.4亿起", 0, 6)
	f.Add("", "x", 0, 0)
	f.Fuzz(func(t *testing.T, old, new string, start, end int) {
		span := Span{start, end}
		got, ok := Reanchor(old, new, span)
		if !ok {
			return
		}
		if got.Start < 0 || got.Start > got.End || got.End > len(new) || (got.Start == got.End) != (start == end) {
			t.Fatalf("Reanchor(%q, %q, %v) = %v", old, new, span, got)
		}
		if old == new && got != span {
			t.Errorf("Reanchor(%q, same, %v) = %v", old, span, got)
		}
		if utf8.ValidString(old[:start]) && utf8.ValidString(old[start:end]) && utf8.ValidString(new) && !utf8.ValidString(new[got.Start:got.End]) {
			t.Errorf("Reanchor(%q, %q, %v) = %v cuts a code point", old, new, span, got)
		}
	})
}
