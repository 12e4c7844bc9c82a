package main

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/align"
)

func sideOf(t *testing.T, id, raw string) side {
	t.Helper()
	format, err := exchange.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := format.Read("test", []byte(raw), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return newSide(&textFile{name: "test", doc: doc, places: newPlaces(doc.Raw)}, language.English)
}

// TestPassageRaw asks where words that a reader reads stand in the file.
func TestPassageRaw(t *testing.T) {
	test := func(format, raw, read, want string) {
		t.Helper()
		s := sideOf(t, format, raw)
		p := s.passage(align.Range{End: len(s.segments)})
		at := strings.Index(p.text, read)
		if at < 0 {
			t.Errorf("%q reads %q, which has no %q", raw, p.text, read)
			return
		}
		span := corpus.Span{Start: at, End: at + len(read)}
		got := p.raw(span)
		if raw[got.Start:got.End] != want {
			t.Errorf("%q: %q stands in %q, want %q", raw, read, raw[got.Start:got.End], want)
		}
		start, end := p.codePoints(span)
		if points := string([]rune(raw)[start:end]); points != want {
			t.Errorf("%q: %q stands in the code points %q, want %q", raw, read, points, want)
		}
	}
	test("markdown", "\uFEFF# One\r\n\r\nThe *second* one.\r\n", "second", "second")
	test("markdown", "\uFEFF# One\r\n\r\nThe *second* one.\r\n", "One\nThe", "One\r\n\r\nThe")
	test("markdown", "> 90 billion&nbsp;yuan\r\n> were found.\r\n", "90 billion\u00A0yuan were", "90 billion&nbsp;yuan\r\n> were")
	test("markdown", "He said \\*yes\\* &amp; went.\n", "*yes* & went", "\\*yes\\* &amp; went")
	test("markdown", "已完成\n全部工作。\n", "完成全部", "完成\n全部")
	test("markdown", "| a | b \\| c |\n|---|---|\n| d | e |\n", "b | c", "b \\| c")
	test("text", "One two\nthree. Four.\n\nFive.\n", "two three", "two\nthree")
	test("text", "One two\nthree. Four.\n\nFive.\n", "Four.\nFive", "Four.\n\nFive")
	test("text", "一二三。\n", "二三", "二三")
	test("text", "One.\r\n\r\nTwo.", "\n", "") // what parts two blocks stands in neither
}

// TestPassagePlace asks where a passage without sentences would stand: behind
// the one before it, or in front of the first.
func TestPassagePlace(t *testing.T) {
	test := func(raw string, at, want int) {
		t.Helper()
		s := sideOf(t, "markdown", raw)
		got := s.passage(align.Range{Start: at, End: at}).raw(corpus.Span{})
		if got.Start != want || got.End != want {
			t.Errorf("%q, before sentence %d: %v, want %d", raw, at, got, want)
		}
	}
	test("", 0, 0)
	test("> One. Two.\n", 0, 2)
	test("> One. Two.\n", 1, 6)
	test("> One. Two.\n", 2, 11)
}
