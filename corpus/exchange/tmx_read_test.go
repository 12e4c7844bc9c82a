package exchange

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// memory is a TMX file around units, with further attributes of the header.
func memory(header, units string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE tmx SYSTEM "tmx14.dtd">` + "\n" +
		`<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" datatype="plaintext" ` + header + "/>\n<body>\n" + units + "\n</body></tmx>"
}

const (
	fromZh = `srclang="zh-CN"`
	pairTU = `<tu><tuv xml:lang="zh-CN"><seg>港口</seg></tuv><tuv xml:lang="en"><seg>port</seg></tuv></tu>`
)

// wide encodes text as UTF-16 with a byte order mark.
func wide(text string, big bool) []byte {
	var raw []byte
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
		if big {
			raw = append(raw, byte(u>>8), byte(u))
		} else {
			raw = append(raw, byte(u), byte(u>>8))
		}
	}
	return raw
}

// TestReadMemory are the files of T31: encodings, a document type, the language
// of 1.1, three languages, any source, codes in the text.
func TestReadMemory(t *testing.T) {
	test := func(name string, raw []byte, want ...corpus.Pair) {
		t.Helper()
		m, err := tmxFormat.ReadMemory("m.tmx", raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if got := m.Pairs(language.Chinese, language.English); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	port := corpus.Pair{Source: "港口", Target: "port"}
	test("UTF-8", []byte(memory(fromZh, pairTU)), port)
	test("UTF-8 with a mark", []byte("\uFEFF"+memory(fromZh, pairTU)), port)
	test("UTF-16 LE", wide(strings.Replace(memory(fromZh, pairTU), "UTF-8", "UTF-16", 1), false), port)
	test("UTF-16 BE, CRLF", wide(strings.ReplaceAll(strings.Replace(memory(fromZh, pairTU), "UTF-8", "utf-16", 1), "\n", "\r\n"), true), port)
	test("a character beyond 16 bits", wide(memory(fromZh, strings.Replace(pairTU, "港口", "𠮷", 1)), false), corpus.Pair{Source: "𠮷", Target: "port"})
	test("any source", []byte(memory(`srclang="*all*"`, pairTU)), port)
	test("another source", []byte(memory(`srclang="fr"`, pairTU)))
	test("its own source", []byte(memory(`srclang="fr"`, strings.Replace(pairTU, "<tu>", `<tu srclang="zh">`, 1))), port)
	test("three languages", []byte(memory(fromZh, `<tu><tuv xml:lang="fr"><seg>le port</seg></tuv><tuv xml:lang="EN-us"><seg>port</seg></tuv><tuv xml:lang="ZH_cn"><seg>港口</seg></tuv></tu>`)), port)
	test("version 1.1", []byte(`<tmx version="1.1"><header srclang="zh"/><body>`+strings.ReplaceAll(pairTU, "xml:lang", "lang")+`</body></tmx>`), port)
	test("codes", []byte(memory(fromZh, `<tu><tuv xml:lang="zh"><seg><bpt i="1">&lt;b></bpt>港<ept i="1">&lt;/b></ept><ph>x<sub>y</sub></ph>口</seg></tuv><tuv xml:lang="en"><seg><hi>po</hi>rt<it pos="end">z</it></seg></tuv></tu>`)), port)
}

func TestReadMemoryRefuses(t *testing.T) {
	test := func(raw, want string) {
		t.Helper()
		if _, err := tmxFormat.ReadMemory("m.tmx", []byte(raw)); err == nil || !strings.HasPrefix(err.Error(), "m.tmx:") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	unit := func(old, new string) string { return memory(fromZh, strings.Replace(pairTU, old, new, 1)) }
	test(memory("", pairTU), "m.tmx:3: the header needs the attribute srclang")
	test(strings.Replace(memory(fromZh, pairTU), `o-tmf="t"`, "", 1), "o-tmf")
	test(strings.Replace(memory(fromZh, pairTU), `"sentence"`, `"word"`, 1), "segtype")
	test(strings.Replace(memory(fromZh, pairTU), `version="1.4"`, `version="2.0"`, 1), "version")
	test(unit("<tu>", `<tu changedate="2026-01-02T03:04:05Z">`), "m.tmx:5: changedate")
	test(unit("<tu>", `<tu creationdate="20261301T000000Z">`), "creationdate")
	test(unit("<seg>港口", `<seg><bpt i="1">x</bpt>港口`), `bpt with i="1" has no ept`)
	test(unit("<seg>港口", `<seg><ept i="1">x</ept>港口`), "has no bpt")
	test(unit("<seg>港口", `<seg><bpt>x</bpt>港口`), "needs the attribute i")
	test(unit("<seg>港口", `<seg><bpt i="1"/><bpt i="1"/><ept i="1"/>港口`), "second bpt")
	test(unit("<seg>港口", `<seg><it>x</it>港口`), "pos")
	test(unit("<seg>港口", `<seg><b>x</b>港口`), "element b cannot stand inside seg")
	test(unit(` xml:lang="zh-CN"`, ""), "needs the attribute xml:lang")
	test(unit(`"zh-CN"`, `"zh CN"`), "no code of a language")
	test(unit("<seg>港口</seg>", ""), "one seg")
	test(unit("<tu>", "<tu>text"), "text inside tu")
	test(unit("</tu>", "<note>n</note></tu>"), "stands behind a tuv")
	test(memory(fromZh, "<tu/>"), "needs a tuv")
	test(strings.Replace(memory(fromZh, pairTU), `"tmx14.dtd"`, `"tmx14.dtd" [<!ENTITY a "b">]`, 1), "declarations of its own")
	test("<tbx/>", "outermost element is tbx")
	broken := wide(memory(fromZh, pairTU), false)
	test(string(broken[:len(broken)-1]), "broken character")
	test(string(append(broken, 0x00, 0xD8)), "broken character")
}

// TestMemoryRoundTrip reads what WriteTMX wrote.
func TestMemoryRoundTrip(t *testing.T) {
	r := bilingualReview()
	var b strings.Builder
	for i := range r.Units {
		u := &r.Units[i]
		u.Decisions = []corpus.Decision{{ID: corpus.DecisionID(u.Unit.ID), Unit: u.Unit.ID, Verb: corpus.Accept, Revision: u.Revisions[0].ID, Hash: corpus.ApprovalHash(u.Unit.Text), Size: 1}}
	}
	if err := tmxFormat.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	m, err := tmxFormat.ReadMemory("m.tmx", []byte(b.String()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	got := m.Pairs(language.Chinese, language.English)
	want := []corpus.Pair{{Source: "标题", Target: "Title"}, {Source: "粗字 。", Target: "A bold word ."}, {Source: "一。\n二。", Target: "One and two."}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read back as %q, want %q", got, want)
	}
}

func FuzzReadMemory(f *testing.F) {
	f.Add([]byte(memory(fromZh, pairTU)))
	f.Add(wide(memory(fromZh, pairTU), false))
	f.Add(wide(memory(fromZh, pairTU), true))
	f.Add([]byte(`<tmx version="1.1"><header srclang="*all*"/><body><tu><tuv lang="a"><seg><ph><sub/></ph></seg></tuv></tu></body></tmx>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := tmxFormat.ReadMemory("f.tmx", raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.tmx:") || corpus.KindOf(err) == corpus.Internal {
				t.Fatalf("refused without file and line: %v", err)
			}
			return
		}
		m.Pairs(language.Chinese, language.English)
	})
}
