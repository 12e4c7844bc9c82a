package corpus

import "testing"

func TestFold(t *testing.T) {
	test := func(in, want string) {
		t.Helper()
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	test(`  “The People’s  figure”, 9.5%! `, "the peoples figure 9 5")
	test("ＡＢＣ １２", "abc 12")
	test("打击“黄赌”，违法。 犯罪", "打击黄赌违法犯罪")
	test("a\U000F0002bold\U000F0003 word", "abold word")
	test("…", "")
	test("共3.4万起 cases", "共3 4万起cases")
}

func TestLocate(t *testing.T) {
	test := func(text, quote string, nth int, want Span, ok bool) {
		t.Helper()
		got, err := Locate(text, quote, nth)
		if got != want || ok != (err == nil) {
			t.Errorf("Locate(%q, %q, %d) = %v, %v; want %v", text, quote, nth, got, err, want)
		}
	}
	test("one two two", "two", 0, Span{}, false)
	test("one two two", "two", 2, Span{8, 11}, true)
	test("one two two", "two", 3, Span{}, false)
	test("one two", "one", 0, Span{0, 3}, true)
	test("one", "x", 0, Span{}, false)
	test("one", "", 0, Span{}, false)
}

func TestAnchor(t *testing.T) {
	mark := func(text, quote string) Mark {
		s, err := Locate(text, quote, 0)
		if err != nil {
			t.Fatal(err)
		}
		return Mark{s, quote}
	}
	const old = "A total of 34,000 cases were investigated and investigated, involving 90 billion yuan."
	test := func(quote, text, want string) {
		t.Helper()
		s, ok := Anchor(mark(old, quote), old, text)
		if got := ""; ok {
			got = text[s.Start:s.End]
			if got != want {
				t.Errorf("Anchor(%q) = %q, want %q", quote, got, want)
			}
		} else if want != "" {
			t.Errorf("Anchor(%q) is lost, want %q", quote, want)
		}
	}
	test("90 billion", "Some 34,000 cases were investigated, involving 90 billion yuan.", "90 billion")
	test("34,000", "Cases: 34,000.", "34,000")
	test("investigated and investigated", "Nothing of the kind.", "")
	test("90 billion yuan", old, "90 billion yuan")
}

func TestCategories(t *testing.T) {
	keys := map[byte]Category{}
	for _, c := range Categories() {
		if other, ok := keys[c.Key()]; ok {
			t.Errorf("%s and %s have one letter", c, other)
		}
		keys[c.Key()] = c
		for _, s := range []string{string(c), string(c.Key())} {
			if got, err := ParseCategory(s); err != nil || got != c {
				t.Errorf("ParseCategory(%q) = %v, %v", s, got, err)
			}
		}
		if c.MQM() == "" {
			t.Errorf("%s has no MQM type", c)
		}
	}
	if _, err := ParseCategory("nonsense"); KindOf(err) != Invalid {
		t.Errorf("ParseCategory(nonsense): %v", err)
	}
}

func TestValidate(t *testing.T) {
	for name, ok := range map[string]bool{"a.md": true, "zh/a.md": true, "../a.md": false, "/a.md": false, "a/../../b": false, `a\b`: false, "a\x00": false, "": false, "a\u202eb": false} {
		if err := (File{Name: name, Hash: "x"}).Validate(); ok != (err == nil) {
			t.Errorf("File{%q}.Validate() = %v, want ok %v", name, err, ok)
		}
	}
	for name, ok := range map[string]bool{"lin.yi": true, "cli:root": true, "": false, "a b": false, "林": true, "a\nb": false} {
		if err := (User{Name: name}).Validate(); ok != (err == nil) {
			t.Errorf("User{%q}.Validate() = %v, want ok %v", name, err, ok)
		}
	}
	texts := Pair{"原文", "the text"}
	for _, f := range []struct {
		flag Flag
		ok   bool
	}{
		{Flag{Category: Garbled, Target: Mark{Span{4, 8}, "text"}}, true},
		{Flag{Category: Garbled, Target: Mark{Span{3, 8}, "text"}}, false},
		{Flag{Category: Garbled, Target: Mark{Span{4, 80}, "text"}}, false},
		{Flag{Category: "odd", Target: Mark{Span{4, 8}, "text"}}, false},
		{Flag{Category: Garbled}, false},
		{Flag{Category: Omission, Source: Mark{Span{0, 3}, "原"}}, true},
	} {
		if err := f.flag.Validate(texts); f.ok != (err == nil) {
			t.Errorf("%+v.Validate() = %v, want ok %v", f.flag, err, f.ok)
		}
	}
}
