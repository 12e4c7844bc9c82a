package layout

import (
	"testing"
	"unicode/utf8"
)

var someTokens = []Token{
	{Number: 1, Kind: Emphasis, Raw: "*"}, {Number: 1, Close: true, Kind: Emphasis, Raw: "*"}, {Number: 2, Kind: Code, Raw: "`x`"},
}

func TestShow(t *testing.T) {
	test := func(text, want string) {
		t.Helper()
		if got := Show(text); got != want {
			t.Errorf("Show(%+q) = %q, want %q", text, got, want)
		}
		if got := Parse(want, someTokens); got != text {
			t.Errorf("Parse(%q) = %+q, want %+q", want, got, text)
		}
	}
	test("", "")
	test("no tokens ⟨here⟩", "no tokens ⟨here⟩")
	test("a \U000F0002b\U000F0003", "a ⟨1⟩b⟨/1⟩")
	test("\U000F0004", "⟨2⟩")
	test("⟨1⟩", "⟨⟨1⟩")
	test("⟨⟨/1⟩", "⟨⟨⟨⟨/1⟩")
	test("⟨\U000F0002x", "⟨⟨⟨1⟩x")
	test("⟨1", "⟨1")
}

func TestParse(t *testing.T) {
	test := func(typed, want string) {
		t.Helper()
		if got := Parse(typed, someTokens); got != want {
			t.Errorf("Parse(%q) = %+q, want %+q", typed, got, want)
		}
	}
	test("⟨3⟩ and ⟨/2⟩", "⟨3⟩ and ⟨/2⟩") // no such tokens
	test("⟨01⟩", "\U000F0002")
	test("⟨999999⟩", "⟨999999⟩")
	test("⟨99999999999999999999⟩", "⟨99999999999999999999⟩")
	test("⟨1⟩⟨/1⟩⟨2⟩", "\U000F0002\U000F0003\U000F0004")
}

func FuzzShow(f *testing.F) {
	f.Add("a \U000F0002b\U000F0003 ⟨1⟩ ⟨⟨/1⟩")
	f.Add("⟨⟨⟨\U000F0004")
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range text {
			if n, _, ok := IsPlaceholder(r); ok && n > 2 || r == firstPlaceholder || r == firstPlaceholder+1 || r == firstPlaceholder+5 {
				return
			}
		}
		if !utf8.ValidString(text) {
			return
		}
		if got := Parse(Show(text), someTokens); got != text {
			t.Errorf("Parse(Show(%+q)) = %+q", text, got)
		}
	})
}
