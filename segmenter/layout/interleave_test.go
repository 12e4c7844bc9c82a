package layout_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
	"github.com/reviseur/reviseur/segmenter/plain"
	"golang.org/x/text/language"
)

// interleaved are files in two languages by turns, with the texts of each.
var interleaved = []struct{ name, raw, zh, en string }{
	{"paragraphs", "总则\n\nGeneral\n\n本市设港务局。\n\nThe city has a *port* office.\n\n局长任期三年。\n\nThe head serves for three years.\n",
		"总则¦本市设港务局。¦局长任期三年。", "General¦The city has a ⟨1⟩port⟨/1⟩ office.¦The head serves for three years."},
	{"lines of a paragraph", "# 总则\n\nGeneral\n\n本市设**港务局**。\nThe city has a port office.\n局长任期三年，\n可以连任。\nThe head serves for three years\nand may serve again.\n\n第三条　2024\nArticle 3\n",
		"总则¦本市设⟨1⟩港务局⟨/1⟩。¦局长任期三年，可以连任。¦第三条　2024", "General¦The city has a port office.¦The head serves for three years and may serve again.¦Article 3"},
	{"hard breaks, CRLF", "总则  \r\nGeneral\r\n\r\n本市设港务局。\\\r\nThe city has `one` office.\r\n\r\n局长任期三年。  \r\nThe head serves &amp; reports.",
		"总则¦本市设港务局。¦局长任期三年。", "General¦The city has ⟨1⟩ office.¦The head serves & reports."},
	{"cells", "| 名称 | name |\n|---|---|\n| 港务局 | port office |\n| 局长 | head |\n| 12 | |\n",
		"名称¦港务局¦局长¦12", "name¦port office¦head"},
	{"list and quotation", "- 船舶\n  Ships\n- 码头\n  Piers\n\n> 灯塔\n> Lights\n",
		"船舶¦码头¦灯塔", "Ships¦Piers¦Lights"},
	{"a pair of marks over the line end", "船舶\nShips\n\n码头\nPiers\n\n灯塔\nLights\n\n*港务局\nPort* office of the city\n",
		"船舶¦码头¦灯塔", "Ships¦Piers¦Lights¦⟨1⟩港务局 Port⟨/1⟩ office of the city"},
}

func texts(d *layout.Document) string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, layout.Show(b.Text))
	}
	return strings.Join(out, "¦")
}

func TestSplitInterleaved(t *testing.T) {
	for _, c := range interleaved {
		for _, read := range []func([]byte) *layout.Document{markdown.Read, plain.Read} {
			d := read([]byte(c.raw))
			s, tg, ok := layout.SplitInterleaved(d, language.Chinese, language.English)
			if c.name == "cells" && d.Mode != "" {
				continue // a table is one to Markdown only
			}
			if !ok {
				t.Errorf("%s: not recognised", c.name)
				continue
			}
			checkView(t, c.name, d, s)
			checkView(t, c.name, d, tg)
			if d.Mode == "" && (texts(s) != c.zh || texts(tg) != c.en) {
				t.Errorf("%s: %s and %s, want %s and %s", c.name, texts(s), texts(tg), c.zh, c.en)
			}
			en, zh, ok := layout.SplitInterleaved(d, language.English, language.SimplifiedChinese)
			if !ok || strings.ReplaceAll(texts(zh)+texts(en), "¦", "") == "" {
				t.Errorf("%s: not recognised the other way round", c.name)
			}
		}
	}
}

// checkView asserts that a view accounts for every byte and that its paths are
// its own.
func checkView(t *testing.T, name string, d, v *layout.Document) {
	t.Helper()
	if &v.Raw[0] != &d.Raw[0] {
		t.Errorf("%s: the view has other bytes", name)
	}
	c := v.Coverage
	sum := 0
	for _, p := range c.Parts {
		sum += p.Bytes
	}
	if c.Text+c.Protected+c.Skeleton != len(v.Raw) || sum != c.Skeleton {
		t.Errorf("%s: coverage %+v of %d bytes", name, c, len(v.Raw))
	}
	if !slices.IsSortedFunc(c.Parts, func(a, b layout.Part) int { return strings.Compare(a.Name, b.Name) }) {
		t.Errorf("%s: parts are not sorted: %+v", name, c.Parts)
	}
	seen := make(map[string]bool)
	for _, b := range v.Blocks {
		if seen[b.Path] {
			t.Errorf("%s: two blocks at %s", name, b.Path)
		}
		seen[b.Path] = true
	}
}

func TestNotInterleaved(t *testing.T) {
	test := func(name, raw string, source, target language.Tag) {
		t.Helper()
		if _, _, ok := layout.SplitInterleaved(markdown.Read([]byte(raw)), source, target); ok {
			t.Errorf("%s: taken for interleaved", name)
		}
	}
	zh, en := language.Chinese, language.English
	test("empty", "", zh, en)
	test("one language", "船舶\n\n码头\n\n灯塔\n\n港口\n", zh, en)
	test("one after the other", "船舶\n\n码头\n\n灯塔\n\n港口\n\nShips\n\nPiers\n\nLights\n\nPorts\n", zh, en)
	test("a few foreign texts", "船舶\n\nShips\n\n码头\n\n灯塔\n\n港口\n\n航道\n\n货物\n\n旅客\n\nFerries\n\n船长\n\n水手\n", zh, en)
	test("too little", "船舶\n\nShips\n\n码头\n\nPiers\n", zh, en)
	test("names beside long texts", strings.Repeat("本市港务局负责码头、航道、灯塔的日常维护和管理工作，定期公布检查结果。\n\nABB\n\n", 4), zh, en)
	test("one script", "Navires\n\nShips\n\nQuais\n\nPiers\n\nPhares\n\nLights\n", language.French, en)
	test("shared script", "船舶\n\n船です\n\n码头\n\n港です\n\n灯塔\n\n灯台です\n", zh, language.Japanese)
}

// TestSpliceInterleaved edits, deletes and inserts in one view: what is accepted
// leaves the texts and the bytes of the other language as they were.
func TestSpliceInterleaved(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	words := []string{"Ships", "and piers", "[x]", "# ", "*", "\\", "of the city", "- ", "`", "&amp;", "2024"}
	made, refused := 0, 0
	for range 1500 {
		c := interleaved[r.IntN(len(interleaved))]
		read := markdown.Read
		if r.IntN(3) == 0 && c.name != "cells" {
			read = plain.Read
		}
		d := read([]byte(c.raw))
		s, tg, ok := layout.SplitInterleaved(d, language.Chinese, language.English)
		if !ok {
			t.Fatalf("%s: not recognised", c.name)
		}
		i := r.IntN(len(tg.Blocks))
		b := &tg.Blocks[i]
		var edits []layout.Edit
		var insertions []layout.Insertion
		switch text := words[r.IntN(len(words))] + " " + words[r.IntN(len(words))]; r.IntN(4) {
		case 0:
			edits = []layout.Edit{{Block: i, Span: layout.Span{End: len(b.Text)}, Delete: true}}
		case 1:
			insertions = []layout.Insertion{{Block: i, After: r.IntN(2) == 0, Text: text}}
		default:
			edits = []layout.Edit{{Block: i, Span: randomSpan(r, b.Text), Text: text}}
		}
		out, changes, err := layout.Splice(tg, edits, insertions...)
		if err != nil {
			var refusal *layout.Refusal
			if !errors.As(err, &refusal) || !bytes.Equal(out, d.Raw) {
				t.Errorf("%s: %v %v: %v, out %q", c.name, edits, insertions, err, out)
			}
			refused++
			continue
		}
		made++
		if err := layout.Verify(tg, out, edits, insertions...); err != nil {
			t.Errorf("%s: %v %v to %q: %v", c.name, edits, insertions, out, err)
		}
		for _, ch := range changes {
			for k := range s.Blocks {
				for _, raw := range s.Blocks[k].Raw(layout.Span{End: len(s.Blocks[k].Text)}) {
					if ch.Old.Start < raw.End && raw.Start < ch.Old.End {
						t.Errorf("%s: %v %v changes the source at %v", c.name, edits, insertions, ch.Old)
					}
				}
			}
		}
		if s2, _, ok := layout.SplitInterleaved(read(out), language.Chinese, language.English); ok && strings.ReplaceAll(texts(s2), "¦", "") != strings.ReplaceAll(texts(s), "¦", "") {
			t.Errorf("%s: %v %v to %q: the source reads %s", c.name, edits, insertions, out, texts(s2))
		}
	}
	t.Logf("%d made, %d refused", made, refused)
	if made < 700 {
		t.Error("too little could be done")
	}
}

// TestInterleavedDocument takes a real constitution apart.
func TestInterleavedDocument(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/data/docs/*/*.interleaved.md")
	if len(paths) == 0 {
		t.Log("the development documents are not here")
		t.Skip("no development data")
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, read := range []func([]byte) *layout.Document{markdown.Read, plain.Read} {
			d := read(raw)
			s, tg, ok := layout.SplitInterleaved(d, language.Chinese, language.English)
			if !ok {
				t.Errorf("%s: not recognised", path)
				continue
			}
			checkView(t, path, d, s)
			checkView(t, path, d, tg)
			t.Logf("%s: %d blocks, %d and %d in the views", filepath.Base(path), len(d.Blocks), len(s.Blocks), len(tg.Blocks))
			if ratio := float64(len(s.Blocks)) / float64(len(tg.Blocks)); ratio < 0.9 || ratio > 1.1 {
				t.Errorf("%s: %d blocks of the source, %d of the target", path, len(s.Blocks), len(tg.Blocks))
			}
		}
	}
}
