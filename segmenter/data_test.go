package segmenter

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// sections are the sections a data file may have.
var sections = map[string]bool{
	"include": true, "starters": true, "heads": true, "pronouns": true, "speech": true,
	"continuers": true, "answers": true, "zones": true, "persons": true, "turns": true, "suffixes": true, "stops": true, "pauses": true, "style": true,
}

// TestData checks the data files for what compile takes on trust.
func TestData(t *testing.T) {
	entries, err := files.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := files.ReadFile("data/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(e.Name(), ".txt")
		if _, err := language.ParseBase(name); err != nil {
			if _, err := language.ParseScript(name); err != nil {
				t.Errorf("%s names neither a language nor a script", e.Name())
			}
		}
		section, seen := "", make(map[string]string)
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "[") {
				section = strings.Trim(line, "[]")
				if _, ok := kinds[section]; !ok && !sections[section] {
					t.Errorf("%s: unknown section %s", e.Name(), section)
				}
				continue
			}
			for _, w := range strings.Fields(line) {
				checkWord(t, e.Name(), section, w, seen)
			}
		}
	}
}

func checkWord(t *testing.T, file, section, w string, seen map[string]string) {
	t.Helper()
	if _, ok := kinds[section]; ok {
		if len(w) > maxWord || strings.HasSuffix(w, ".") {
			t.Errorf("%s: %q cannot be an abbreviation without its last full stop", file, w)
		}
		if old := seen[w]; old != "" {
			t.Errorf("%s: %q is in %s and in %s", file, w, old, section)
		}
		seen[w] = section
	}
	switch section {
	case "":
		t.Errorf("%s: %q is in no section", file, w)
	case "include":
		if _, err := files.ReadFile("data/" + w + ".txt"); err != nil {
			t.Errorf("%s includes %s: %v", file, w, err)
		}
	case "stops", "pauses":
		if len(w) != 1 {
			t.Errorf("%s: %q is no ASCII mark", file, w)
		}
	case "starters", "heads", "speech", "persons":
		if strings.ToLower(w) != w {
			t.Errorf("%s: %q has to be in lower case", file, w)
		}
	case "style":
		if w != "ordinal-dot" && w != "keep-quotes" && w != "lower-starts" {
			t.Errorf("%s: unknown switch %q", file, w)
		}
	}
}

func TestFor(t *testing.T) {
	all := profiles()
	test := func(tag, want string) {
		t.Helper()
		if got := For(language.Make(tag)); got != all[want] {
			t.Errorf("For(%s) is not the profile %s", tag, want)
		}
	}
	test("en", "en")
	test("en-GB", "en")
	test("zh-Hant-TW", "zh")
	test("und", "und")
	test("sw", "latn")
	test("ug", "arab")
	test("sr", "cyrl")
	test("sr-Latn", "latn")
	test("mr", "deva")
	test("ka", "und")
}

func TestDetect(t *testing.T) {
	test := func(text, want string) {
		t.Helper()
		if got := Detect(text); got != language.Make(want) {
			t.Errorf("Detect(%q) = %v, want %s", text, got, want)
		}
	}
	test("", "und")
	test("2024 – 17 %", "und")
	test("The council met.", "en")
	test("市政府召开会议。", "zh")
	test("会议讨论了GDP和CPI。", "zh")
	test("The 公报 was published by the office.", "en")
	test("会議は三時に始まります。", "ja")
	test("Совет собрался.", "ru")
	test("اجتمع المجلس.", "ar")
	test("위원회가 모였다.", "ko")
	test("Το συμβούλιο.", "el")
	test("परिषद की बैठक हुई।", "hi")
}
