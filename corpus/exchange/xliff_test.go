package exchange

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// trap29 is a file of another program: namespaces that nobody knows, CDATA,
// comments, xml:space, a character that XML cannot hold, sub-flows, targets in
// another order, and line ends of Windows.
const trap29 = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + `<?odd keep?><x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" xmlns:my='urn:example' version="2.0" srcLang="de" trgLang="en" my:extra="1">
 <x:file id="f" my:at="2"><my:element  odd = "spacing" ><my:inner/>text &amp; more</my:element>
  <x:group id="g"><!-- a comment -->
   <x:unit id="flow"><x:segment><x:source>Der Hafen</x:source><x:target>The port</x:target></x:segment></x:unit>
   <x:unit id="u" xml:space="preserve">
    <x:originalData><x:data id="d">&lt;b></x:data></x:originalData>
    <x:segment id="s1"><x:source>Ein <x:ph id="1" dataRef="d" subFlows="flow"/> und <x:cp hex="0001"/> und &#x41;&lt;</x:source><x:target order="3">A <x:ph id="1" dataRef="d" subFlows="flow"/> and <x:cp hex="0001"/> and &#x41;&lt;<!-- said twice --></x:target></x:segment>
    <x:ignorable><x:source> </x:source></x:ignorable>
    <x:segment id="s2"><x:source>Zwei  Zeilen
     hier.</x:source><x:target order="1"><![CDATA[Two <lines> & here.]]></x:target></x:segment>
    <x:segment id="s3"><x:source>Drei.</x:source><x:target/></x:segment>
   </x:unit>
  </x:group>
 </x:file>
</x:xliff>
<!-- the end -->`

// trap30 is XLIFF 1.2 with two files, nested groups, cut sources, other
// wordings, and codes of every kind.
const trap30 = `<?xml version="1.0"?>` + "\r\n" + `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" xmlns:t="urn:tool">
<file original="a.md" source-language="de" target-language="en" datatype="plaintext" t:mark="1"><header><note>first</note></header><body>
 <group id="g"><group id="h" restype="x-heading-2">
  <trans-unit id="1" t:id="7"><source>Der Hafen. Die Stadt.</source>
   <seg-source><mrk mtype="seg" mid="a">Der Hafen.</mrk> <g id="1"><mrk mtype="seg" mid="b">Die Stadt.</mrk></g></seg-source>
   <target state="translated"><mrk mtype="seg" mid="b">The city.</mrk> <mrk mtype="seg" mid="a">The port.</mrk></target>
   <note annotates="target">a note</note>
   <alt-trans mid="a" match-quality="80"><source>Der Hafen.</source><target>Harbour.</target></alt-trans><t:own>kept</t:own>
  </trans-unit></group></group>
</body></file>
<file original="b.md" source-language="de" target-language="en" datatype="plaintext"><body>
 <trans-unit id="1"><source>Ein <bpt id="1" rid="1">&lt;b&gt;</bpt>fettes<ept id="2" rid="1">&lt;/b&gt;</ept> Wort<x id="3"/></source></trans-unit>
 <trans-unit id="2" translate="no"><source>Nicht</source><target>Not</target></trans-unit>
</body></file></xliff>
`

func readPair(t *testing.T, raw string) *Bilingual {
	t.Helper()
	f, err := Recognise("f.xlf", []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	pair, err := f.ReadPair("f.xlf", []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	checkPair(t, pair)
	return pair
}

// sides writes the beads of a file for comparison.
func sides(pair *Bilingual) []string {
	var list []string
	text := func(doc *layout.Document, blocks []int) string {
		var parts []string
		for _, i := range blocks {
			parts = append(parts, layout.Show(doc.Blocks[i].Text))
		}
		return strings.Join(parts, "¶")
	}
	for _, b := range pair.Beads {
		s := text(pair.Source, b.Source) + " = " + text(pair.Target, b.Target)
		if b.Slot > 0 {
			s += "…"
		}
		list = append(list, s)
	}
	return list
}

func TestXLIFFReads(t *testing.T) {
	test := func(raw string, want ...string) {
		t.Helper()
		got := sides(readPair(t, raw))
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the pairs are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	test(trap29, "Der Hafen = The port", "Ein ⟨1⟩ und ⟨2⟩ und A< = A ⟨1⟩ and ⟨2⟩ and A<⟨3⟩", "Zwei  Zeilen hier. = ⟨1⟩Two <lines> & here.⟨/1⟩", "Drei. = …")
	test(trap30, "Der Hafen. = The port.", "Die Stadt. = The city.", "Ein ⟨1⟩fettes⟨2⟩ Wort⟨3⟩ = …", "Nicht = Not")
	pair := readPair(t, trap30)
	if b := pair.Source.Blocks[0]; b.Kind != layout.Heading || b.Level != 2 {
		t.Errorf("a heading is read as %s %d", b.Kind, b.Level)
	}
	if n := pair.Target.Notices; len(n) != 1 || !strings.Contains(n[0].Reason, "2 notes, 1 other wordings, 0 quality issues") {
		t.Errorf("what stays in the file is said as %v", n)
	}
	if pair.Target.Blocks[2].ReadOnly == "" {
		t.Error("what the file locks can be edited")
	}
}

// TestXLIFFSplices edits targets and fills slots; nothing else may change.
func TestXLIFFSplices(t *testing.T) {
	test := func(raw string, bead int, text, old, want string) {
		t.Helper()
		pair := readPair(t, raw)
		b := pair.Beads[bead]
		var edits []layout.Edit
		var insertions []layout.Insertion
		if b.Slot > 0 {
			insertions = append(insertions, layout.Insertion{Slot: b.Slot, Text: text})
		} else {
			block := &pair.Target.Blocks[b.Target[0]]
			edits = append(edits, layout.Edit{Block: b.Target[0], Span: layout.Span{End: len(block.Text)}, Text: layout.Parse(text, block.Tokens)})
		}
		out, _, err := layout.Splice(pair.Target, edits, insertions...)
		if want == "" {
			if err == nil {
				t.Errorf("%q was taken: %s", text, out)
			}
			return
		}
		if err == nil {
			err = layout.Verify(pair.Target, out, edits, insertions...)
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got := string(out); got != strings.Replace(raw, old, want, 1) || strings.Count(raw, old) != 1 {
			t.Errorf("%q gives\n%s", text, got)
		}
	}
	test(trap29, 0, "The <harbour>", ">The port<", ">The &lt;harbour&gt;<")
	test(trap29, 1, "The ⟨1⟩ and ⟨2⟩ and B<⟨3⟩", "A <x:ph id=\"1\" dataRef=\"d\" subFlows=\"flow\"/> and <x:cp hex=\"0001\"/> and &#x41;", "The <x:ph id=\"1\" dataRef=\"d\" subFlows=\"flow\"/> and <x:cp hex=\"0001\"/> and B")
	test(trap29, 2, "⟨1⟩Two <lines> & there.⟨/1⟩", "& here.", "& there.")
	test(trap29, 2, "⟨1⟩Two ]]> there.⟨/1⟩", "", "")
	test(trap29, 2, "⟨1⟩Half", "", "")
	test(trap29, 3, "Three & more.", "<x:target/>", "<x:target>Three &amp; more.</x:target>")
	test(trap29, 3, "\uFFFE", "", "")
	test(trap30, 0, "The harbour.", ">The port.<", ">The harbour.<")
	test(trap30, 2, "A bold word", "Wort<x id=\"3\"/></source>", "Wort<x id=\"3\"/></source><target>A bold word</target>")
	test(trap30, 3, "Not so", "", "")
}

// TestXLIFFManySlots fills all of a file at once, as a translator does.
func TestXLIFFManySlots(t *testing.T) {
	var raw strings.Builder
	raw.WriteString(`<xliff xmlns="` + xliff20 + `" version="2.0" srcLang="de" trgLang="en"><file id="f">`)
	const n = 300
	for i := range n {
		raw.WriteString(`<unit id="u` + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + `"><segment><source>Satz</source></segment></unit>` + "\n")
	}
	raw.WriteString("</file></xliff>")
	pair := readPair(t, raw.String())
	var insertions []layout.Insertion
	for _, b := range pair.Beads {
		insertions = append(insertions, layout.Insertion{Slot: b.Slot, Text: "Same"})
	}
	out, _, err := layout.Splice(pair.Target, nil, insertions...)
	if err == nil {
		err = layout.Verify(pair.Target, out, nil, insertions...)
	}
	if err != nil || bytes.Count(out, []byte("<target>Same</target>")) != n {
		t.Errorf("%v; %d targets, want %d", err, bytes.Count(out, []byte("<target>Same</target>")), n)
	}
}

// TestXLIFFRefuses breaks one rule each in a good file. The refusal names the
// line of the defect.
func TestXLIFFRefuses(t *testing.T) {
	const good20 = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="de" trgLang="en" xmlns:its="http://www.w3.org/2005/11/its" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0">
<file id="f">
<unit id="u"><mtc:matches><mtc:match ref="#s"><source>a</source><target>b</target></mtc:match></mtc:matches>
<its:locQualityIssues xml:id="q"><its:locQualityIssue locQualityIssueType="grammar" locQualityIssueSeverity="10"/></its:locQualityIssues>
<notes><note id="n" priority="3">note</note></notes>
<originalData><data id="d">*</data></originalData>
<segment id="s" state="translated" subState="a:b"><source><pc id="1" dataRefStart="d">a</pc><sc id="2"/>b<ec startRef="2"/></source>
<target><mrk id="m" type="its:generic" its:locQualityIssuesRef="#its=q">a</mrk><sm id="k" type="comment" ref="#n=n"/>b<em startRef="k"/></target></segment>
</unit>
</file>
</xliff>`
	const good12 = `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="a" source-language="de" target-language="en" datatype="plaintext"><body>
<trans-unit id="1"><source>a <bpt id="1">b</bpt>c<ept id="1">d</ept></source>
<seg-source><mrk mtype="seg" mid="1">a</mrk></seg-source>
<target state="new"><mrk mtype="seg" mid="1">a</mrk></target></trans-unit>
<trans-unit id="2"><source>b</source></trans-unit>
</body></file></xliff>`
	for _, good := range []string{good20, good12} {
		readPair(t, good)
	}
	test := func(good, old, now string, line int, rule string) {
		t.Helper()
		bad := strings.Replace(good, old, now, 1)
		if bad == good {
			t.Fatalf("%q is not in the file", old)
		}
		f, err := Recognise("f.xlf", []byte(bad))
		if err == nil {
			_, err = f.ReadPair("f.xlf", []byte(bad))
		}
		want := refuse(corpus.Invalid, "f.xlf", line, "").Error()
		if err == nil || !strings.HasPrefix(err.Error(), strings.TrimSpace(want)) || !strings.Contains(err.Error(), rule) {
			t.Errorf("%q for %q: %v, want %s …%s", now, old, err, want, rule)
		}
	}
	test(good20, ` id="f"`, "", 2, "needs the attribute id")
	test(good20, `<file id="f">`, `<file id="f" odd="1">`, 2, "no attribute odd")
	test(good20, `<notes>`, `<Notes>`, 5, "")
	test(good20, ` trgLang="en"`, "", 1, "trgLang")
	test(good20, `srcLang="de"`, `srcLang="_"`, 1, "no language tag")
	test(good20, `ref="#s"`, `ref="#t"`, 3, "nothing of this unit")
	test(good20, `"grammar"`, `"bad-grammar"`, 4, "no type of quality issue")
	test(good20, `Severity="10"`, `Severity="NaN"`, 4, "0 to 100")
	test(good20, `priority="3"`, `priority="11"`, 5, "1 to 10")
	test(good20, `<data id="d">`, `<data id="e">`, 7, "does not have")
	test(good20, `state="translated" `, "", 7, "needs the attribute state")
	test(good20, `state="translated"`, `state="needs-translation"`, 7, "initial, translated, reviewed, final")
	test(good20, `subState="a:b"`, `subState="ab"`, 7, "prefix:value")
	test(good20, `<ec startRef="2"/>`, ``, 7, "does not end")
	test(good20, `<ec startRef="2"/>`, `<ec startRef="3"/>`, 7, "did not begin")
	test(good20, `<sc id="2"/>`, `<sc id="1"/>`, 7, "stands twice")
	test(good20, `#its=q`, `#its=r`, 8, "does not have")
	test(good20, `<em startRef="k"/>`, ``, 8, "no em")
	test(good20, `#n=n`, `#n=x`, 8, "no note")
	test(good20, `b<ec`, `&#x1;<ec`, 7, "U+0001")
	test(good20, `b<ec`, `<cp hex="0041"/><ec`, 7, "XML itself")
	test(good20, `</unit>`, `<segment id="s"><source/></segment></unit>`, 9, "stands twice")
	test(good20, `</unit>`, `<notes/></unit>`, 9, "")
	test(good20, `<notes><note id="n" priority="3">note</note></notes>`, `<originalData><data id="d"/></originalData><notes><note id="n">x</note></notes>`, 5, "the order is")
	test(good20, `</file>`, `text</file>`, 9, "no text may stand")
	test(good20, `</file>`, ``, 11, "")
	test(good20, `version="2.1"`, `version="3.0"`, 1, "3.0")
	test(good12, `state="new"`, `state="initial"`, 5, "signed-off")
	test(good12, `<target`, `<target2`, 5, "")
	test(good12, `</target>`, `</target2>`, 5, "")
	test(good12, ` original="a"`, ``, 2, "needs the attribute original")
	test(good12, `id="2"><source>b`, `id="1"><source>b`, 6, "stands twice")
	test(good12, `<ept id="1">`, `<ept id="2">`, 3, "no bpt")
	test(good12, `mid="1">a</mrk></target>`, `mid="2">a</mrk></target>`, 5, "none of the source")
	test(good12, `urn:oasis:names:tc:xliff:document:1.2`, `urn:odd`, 1, "namespace")
}

// TestXMLLimits: what was made to exhaust a reader is refused, and no entity is
// ever looked up.
func TestXMLLimits(t *testing.T) {
	test := func(raw string, kind corpus.Kind, rule string) {
		t.Helper()
		_, err := xliff21Format.ReadPair("f.xlf", []byte(raw))
		if err == nil || corpus.KindOf(err) != kind || !strings.Contains(err.Error(), rule) {
			t.Errorf("%.60q: %v, want kind %s and %q", raw, err, kind, rule)
		}
	}
	test(strings.Repeat("<a>", xmlDepth+1), corpus.TooLarge, "nested")
	test("<a"+strings.Repeat(" b='1'", xmlAttributes+1)+"/>", corpus.TooLarge, "attributes")
	test(`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, corpus.Invalid, "document type")
	test(`<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;</a>`, corpus.Invalid, "entity")
	test(`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, corpus.Unsupported, "UTF-8")
	test("<a/><b/>", corpus.Invalid, "one element")
	test("<a>", corpus.Invalid, "not closed")
	test("<p:a/>", corpus.Invalid, "prefix p")
	test("<a b='1' b='2'/>", corpus.Invalid, "twice")
	test("", corpus.Invalid, "no XML element")
	test(strings.Repeat(" ", MaxSize+1), corpus.TooLarge, "bytes")
}
