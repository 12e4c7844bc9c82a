package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
)

// tmxOf returns the memory of one unit whose target is the blocks of a
// Markdown file.
func tmxOf(raw string) TMX {
	u := TMXUnit{ID: "1", Source: []TMXText{{Text: "原文"}}}
	doc := markdown.Read([]byte(raw))
	for _, b := range doc.Blocks {
		u.Target = append(u.Target, TMXText{b.Text, b.Tokens})
	}
	return TMX{Source: language.Chinese, Target: language.English, Tool: "test", Version: "1", Units: []TMXUnit{u}}
}

// segOf returns what WriteTMX writes between the tags of the last seg.
func segOf(t *testing.T, m TMX) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteTMX(&b, m); err != nil {
		t.Fatal(err)
	}
	s := b.String()
	return s[strings.LastIndex(s, "<seg>")+len("<seg>") : strings.LastIndex(s, "</seg>")]
}

func TestTMXContent(t *testing.T) {
	test := func(raw, want string) {
		t.Helper()
		if got := segOf(t, tmxOf(raw)); got != want {
			t.Errorf("seg of %q = %q, want %q", raw, got, want)
		}
	}
	test("Plain text", `Plain text`)
	test(`a &lt; b &amp; "c" &gt; d`, `a &lt; b &amp; "c" &gt; d`)
	test("a *b* c", `a <bpt i="1">*</bpt>b<ept i="1">*</ept> c`)
	test("**a *b* c**", `<bpt i="1">**</bpt>a <bpt i="2">*</bpt>b<ept i="2">*</ept> c<ept i="1">**</ept>`)
	test("[a](/x?y&z)", `<bpt i="1" type="link">[</bpt>a<ept i="1">](/x?y&amp;z)</ept>`)
	test("see `<tt>` now", "see <ph>`&lt;tt&gt;`</ph> now")
	test("see ![alt](i.png) now", `see <ph type="image">![alt](i.png)</ph> now`)
	test("one *a*\n\ntwo *b*", `one <bpt i="1">*</bpt>a<ept i="1">*</ept>`+"\n"+`two <bpt i="2">*</bpt>b<ept i="2">*</ept>`)
}

// TestTMXIsolated cuts a block in two inside an emphasis: each part has half.
func TestTMXIsolated(t *testing.T) {
	b := markdown.Read([]byte("One *two. Three* four.")).Blocks[0]
	cut := strings.Index(b.Text, " Three")
	test := func(text, want string) {
		t.Helper()
		m := tmxOf("")
		m.Units[0].Target = []TMXText{{text, b.Tokens}}
		if got := segOf(t, m); got != want {
			t.Errorf("seg of %q = %q, want %q", layout.Show(text), got, want)
		}
	}
	test(b.Text[:cut], `One <it pos="begin">*</it>two.`)
	test(b.Text[cut:], ` Three<it pos="end">*</it> four.`)
}

func TestTMXEscapes(t *testing.T) {
	m := tmxOf("x")
	m.Tool = "a \"b\" <c>\n\t"
	m.Units[0].Props = []TMXProp{{"x-note", "1 < 2 & 3\r"}}
	var b bytes.Buffer
	if err := WriteTMX(&b, m); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`creationtool="a &quot;b&quot; &lt;c&gt;&#xA;&#x9;"`,
		`<prop type="x-note">1 &lt; 2 &amp; 3&#xD;</prop>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("WriteTMX wrote %s, want %s in it", b.String(), want)
		}
	}
}

// TestTMXPairs leaves out units of which one side says nothing.
func TestTMXPairs(t *testing.T) {
	m := tmxOf("x")
	m.Units = append(m.Units,
		TMXUnit{ID: "2", Source: []TMXText{{Text: "原文"}}},
		TMXUnit{ID: "3", Target: []TMXText{{Text: "target"}}, Source: []TMXText{{Text: " "}}})
	var b bytes.Buffer
	if err := WriteTMX(&b, m); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "<tu "); n != 1 {
		t.Errorf("WriteTMX wrote %d units, want 1", n)
	}
}

// TestTMXRefuses writes nothing where a character has no place in XML.
func TestTMXRefuses(t *testing.T) {
	for _, text := range []string{"a\x00b", "a\x01b", "a\x1bb", "\uFFFE", "\uFFFF", "a\xffb", "a\vb"} {
		m := tmxOf("x")
		m.Units[0].ID, m.Units[0].Target[0].Text = "seven", text
		var b bytes.Buffer
		err := WriteTMX(&b, m)
		if corpus.KindOf(err) != corpus.Invalid || err == nil || !strings.Contains(err.Error(), `"seven"`) || b.Len() > 0 {
			t.Errorf("WriteTMX of %q: error %v and %d bytes, want kind invalid that names the unit, and nothing", text, err, b.Len())
		}
	}
}

// FuzzWriteTMX reads what was written with another reader: the text must come
// back, and only what XML cannot hold may be refused.
func FuzzWriteTMX(f *testing.F) {
	for _, s := range []string{"", "a < b", "]]>", "&#1;", "\r\n\t", "\uFFFD", "\U000F0002", "\x02", "\xc3", "é\u0085\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := tmxOf("")
		m.Units[0].Target = []TMXText{{Text: text}}
		var b bytes.Buffer
		err := WriteTMX(&b, m)
		if strings.TrimSpace(text) == "" {
			return // left out
		}
		sound := utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
			return r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0xFFFE || r == 0xFFFF
		})
		if (err == nil) != sound {
			t.Fatalf("WriteTMX(%q): %v, want an error: %v", text, err, !sound)
		}
		if err != nil {
			return
		}
		d := xml.NewDecoder(&b)
		var segs []string
		inside := false
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("WriteTMX(%q) is not XML: %v", text, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				if inside = x.Name.Local == "seg"; inside {
					segs = append(segs, "")
				}
			case xml.EndElement:
				inside = false
			case xml.CharData:
				if inside {
					segs[len(segs)-1] += string(x)
				}
			}
		}
		if len(segs) != 2 || segs[1] != text {
			t.Fatalf("WriteTMX(%q) reads %q", text, segs)
		}
	})
}
