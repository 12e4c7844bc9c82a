package main

import (
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"
)

// TestPlaces compares places with counting from the start.
func TestPlaces(t *testing.T) {
	ends := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	test := func(text string) bool {
		p := newPlaces([]byte(text))
		bom := strings.HasPrefix(text, "\uFEFF")
		for at := 0; at <= len(text); at++ {
			if at < len(text) && !utf8.RuneStart(text[at]) || at > 0 && at < len(text) && text[at-1] == '\r' && text[at] == '\n' {
				continue // inside a character or a line end
			}
			before := text[:at]
			lines := strings.Split(ends.Replace(before), "\n")
			column := 1 + utf8.RuneCountInString(lines[len(lines)-1])
			if bom && len(lines) == 1 && at > 0 {
				column--
			}
			if got, want := p.codePoint(at), utf8.RuneCountInString(before); got != want {
				t.Errorf("codePoint(%d) = %d, want %d, in %q", at, got, want, text)
				return false
			}
			if l, c := p.lineColumn(at); l != len(lines) || c != column {
				t.Errorf("lineColumn(%d) = %d, %d, want %d, %d, in %q", at, l, c, len(lines), column, text)
				return false
			}
		}
		return true
	}
	for _, text := range []string{
		"", "a", "\n", "\r", "\r\n", "\uFEFF", "\uFEFFa\r\nb\rc\n", "一二\n三", "a\xffb\xe4\xb8", "a\r", strings.Repeat("万a\n", 400),
	} {
		test(text)
	}
	if err := quick.Check(test, &quick.Config{MaxCount: 300}); err != nil {
		t.Error(err)
	}
}
