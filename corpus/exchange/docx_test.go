package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const (
	docxTypes  = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>`
	docxRels   = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	wordRels   = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/" TargetMode="External"/></Relationships>`
	docxStyle1 = `<?xml version="1.0"?><w:styles xmlns:w="` + nsWord + `"><w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Lid"><w:basedOn w:val="Kop2"/><w:name w:val="Own"/></w:style><w:style w:type="paragraph" w:styleId="Punt"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>`
	docxNotes  = `<?xml version="1.0"?><w:footnotes xmlns:w="` + nsWord + `"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>`
)

// makeDOCX makes a file with a body, and the usual parts around it.
func makeDOCX(body string) []byte {
	return makeZIP([2]string{"[Content_Types].xml", docxTypes}, [2]string{"_rels/.rels", docxRels},
		[2]string{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<w:document xmlns:w="` + nsWord + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
		[2]string{"word/_rels/document.xml.rels", wordRels}, [2]string{"word/styles.xml", docxStyle1}, [2]string{"word/footnotes.xml", docxNotes}, [2]string{"docProps/picture.bin", strings.Repeat("\x00\x01picture", 50)})
}

func makeZIP(entries ...[2]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, e := range entries {
		method := zip.Deflate
		if i%3 == 2 {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: e[0], Method: method, Comment: "c"})
		if err == nil {
			_, err = f.Write([]byte(e[1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const sampleBody = `<w:p><w:pPr><w:pStyle w:val="Kop2"/></w:pPr><w:r w:rsidR="0"><w:t>Port </w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>notice</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r><w:r><w:t xml:space="preserve"> pier &amp; the quay are </w:t></w:r><w:hyperlink r:id="rId3"><w:r><w:t>closed</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve"> Ships</w:t><w:tab/><w:t>wait.</w:t></w:r></w:p>` +
	`<w:p/><w:p><w:pPr><w:pStyle w:val="Punt"/></w:pPr><w:r><w:t>First item</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell &lt;1&gt;</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>` +
	`<w:p><w:r><w:t>Kept </w:t></w:r><w:ins w:id="7" w:author="Ann"><w:r><w:t>and new</w:t></w:r></w:ins><w:del w:id="8" w:author="Ann"><w:r><w:delText> or gone</w:delText></w:r></w:del></w:p>`

func readDOCX(t *testing.T, raw []byte) *layout.Document {
	t.Helper()
	doc, err := docxFormat.Read("x.docx", raw, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestDOCXBlocks reads paragraphs of each kind.
func TestDOCXBlocks(t *testing.T) {
	doc := readDOCX(t, makeDOCX(sampleBody))
	var got []string
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		got = append(got, fmt.Sprintf("%s %d %s", b.Kind, b.Level, layout.Show(b.Text)))
	}
	want := []string{"heading 2 Portnotice", "paragraph 0 The ⟨1⟩old⟨/1⟩ pier & the quay are ⟨2⟩closed⟨/2⟩.⟨3⟩ Ships⟨4⟩wait.", "list-item 1 First item", "table-cell 0 cell <1>", "paragraph 0 Kept⟨1⟩and new", "footnote 0 See the annex."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c := doc.Coverage; c.Text+c.Protected+c.Skeleton != len(doc.Raw) {
		t.Errorf("coverage %+v of %d bytes", c, len(doc.Raw))
	}
}

// TestDOCXEdits splices edits, and compares the part that holds them.
func TestDOCXEdits(t *testing.T) {
	for _, c := range []struct{ name, body, old, new, want string }{
		{"a word", `<w:p><w:r><w:t>The pier is shut.</w:t></w:r></w:p>`, "The pier is shut.", "The quay is shut.", `<w:p><w:r><w:t>The quay is shut.</w:t></w:r></w:p>`},
		{"escapes", `<w:p><w:r><w:t>A &amp; B</w:t></w:r></w:p>`, "A & B", "A & C <d>", `<w:p><w:r><w:t>A &amp; C &lt;d&gt;</w:t></w:r></w:p>`},
		{"over a seam", `<w:p><w:r><w:t xml:space="preserve">Big </w:t></w:r><w:r><w:t>ships wait.</w:t></w:r></w:p>`, "Big ships wait.", "Big boats wait.", `<w:p><w:r><w:t xml:space="preserve">Big boats wait.</w:t></w:r></w:p>`},
		{"beside a format", `<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r><w:r><w:t xml:space="preserve"> pier.</w:t></w:r></w:p>`, "The ⟨1⟩old⟨/1⟩ pier.", "The ⟨1⟩new⟨/1⟩ pier.", `<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>new</w:t></w:r><w:r><w:t xml:space="preserve"> pier.</w:t></w:r></w:p>`},
		{"a format dropped", `<w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r><w:r><w:t xml:space="preserve"> pier.</w:t></w:r></w:p>`, "The ⟨1⟩old⟨/1⟩ pier.", "The old pier.", `<w:p><w:r><w:t xml:space="preserve">The old pier.</w:t></w:r></w:p>`},
		{"white space at an end", `<w:p><w:r><w:t>One</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t></w:r></w:p>`, "One⟨1⟩two", "One and ⟨1⟩two", `<w:p><w:r><w:t>One</w:t><w:t xml:space="preserve"> and </w:t><w:t></w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t></w:r></w:p>`},
		{"Han", `<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>港口</w:t></w:r><w:r><w:t>2025</w:t></w:r><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>年关闭。</w:t></w:r></w:p>`, "港口2025年关闭。", "港口2026年关闭。", `<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>港口2026</w:t></w:r><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>年关闭。</w:t></w:r></w:p>`},
		{"broken pair", `<w:p><w:hyperlink r:id="rId3"><w:r><w:t>in</w:t></w:r></w:hyperlink><w:r><w:t> out</w:t></w:r></w:p>`, "in⟨1⟩out", "in out", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := makeDOCX(c.body)
			doc := readDOCX(t, raw)
			b := &doc.Blocks[0]
			if got := layout.Show(b.Text); got != c.old {
				t.Fatalf("reads %q", got)
			}
			edit := layout.Edit{Span: layout.Span{End: len(b.Text)}, Text: layout.Parse(c.new, b.Tokens)}
			inside, _, err := layout.Splice(doc, []layout.Edit{edit})
			if err == nil {
				err = layout.Verify(doc, inside, []layout.Edit{edit})
			}
			if c.want == "" {
				var refusal *layout.Refusal
				if !errors.As(err, &refusal) {
					t.Fatalf("not refused: %v, %s", err, inside)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			out, err := docxFormat.Pack("x.docx", raw, inside, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := string(entryOf(t, out, "word/document.xml")); !strings.Contains(got, "<w:body>"+c.want+"<w:sectPr/>") {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if n, err := docxFormat.DifferOutside(raw, out, inside); n != 0 || err != nil {
				t.Errorf("%d bytes differ in other parts, %v", n, err)
			}
			if n, err := docxFormat.DifferOutside(raw, out, bytes.Replace(inside, []byte("body"), []byte("bodx"), 1)); n == 0 || err != nil {
				t.Errorf("a file with another text inside counts as the one that was to be: %v", err)
			}
		})
	}
}

// TestDOCXInsertion puts a new paragraph beside another, and takes the text of
// one away.
func TestDOCXInsertion(t *testing.T) {
	doc := readDOCX(t, makeDOCX(sampleBody))
	for i, want := range []string{
		`<w:p><w:pPr><w:pStyle w:val="Kop2"/></w:pPr><w:r><w:t xml:space="preserve">New &amp; short.</w:t></w:r></w:p>`,
		`<w:p><w:r><w:t xml:space="preserve">New &amp; short.</w:t></w:r></w:p>`,
		`<w:p><w:pPr><w:pStyle w:val="Punt"/></w:pPr><w:r><w:t xml:space="preserve">New &amp; short.</w:t></w:r></w:p>`,
		`<w:p><w:r><w:t xml:space="preserve">New &amp; short.</w:t></w:r></w:p>`,
	} {
		for _, after := range []bool{true, false} {
			ins := layout.Insertion{Block: i, After: after, Text: "New & short."}
			out, changes, err := layout.Splice(doc, nil, ins)
			if err != nil {
				t.Errorf("block %d: %v", i, err)
				continue
			}
			if err := layout.Verify(doc, out, nil, ins); err != nil || len(changes) != 1 || string(changes[0].New) != want {
				t.Errorf("block %d: %v, %s", i, err, changes[0].New)
			}
		}
		edit := layout.Edit{Block: i, Span: layout.Span{End: len(doc.Blocks[i].Text)}, Delete: true}
		out, _, err := layout.Splice(doc, []layout.Edit{edit})
		if err == nil {
			err = layout.Verify(doc, out, []layout.Edit{edit})
		}
		if err != nil {
			t.Errorf("block %d cannot go: %v", i, err)
		}
	}
}

func entryOf(t *testing.T, raw []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDOCXRefused refuses archives that are none, or made to harm.
func TestDOCXRefused(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", 300) + strings.Repeat("</w:sdt>", 300)
	many := [][2]string{{"_rels/.rels", docxRels}}
	for i := range zipEntries {
		many = append(many, [2]string{fmt.Sprint("e", i), ""})
	}
	encrypted := bytes.Clone(makeDOCX(""))
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	for _, c := range []struct {
		name string
		raw  []byte
		kind corpus.Kind
		says string
	}{
		{"no archive", []byte("PK\x03\x04nothing"), corpus.Invalid, "no ZIP archive"},
		{"bomb", makeZIP([2]string{"_rels/.rels", docxRels}, [2]string{"word/document.xml", strings.Repeat(" ", 20<<20)}), corpus.TooLarge, "unpacks to more"},
		{"names", makeZIP([2]string{"_rels/.rels", docxRels}, [2]string{"../../evil", "x"}), corpus.Invalid, "../../evil"},
		{"absolute", makeZIP([2]string{"/etc/evil", "x"}), corpus.Invalid, "/etc/evil"},
		{"drive", makeZIP([2]string{`a\..\b`, "x"}), corpus.Invalid, "name"},
		{"twice", makeZIP([2]string{"a", "x"}, [2]string{"A", "y"}), corpus.Invalid, "two entries"},
		{"many", makeZIP(many...), corpus.TooLarge, "entries"},
		{"deep", makeDOCX(deep), corpus.TooLarge, "word/document.xml:2: elements are nested"},
		{"encrypted", encrypted, corpus.Invalid, "encrypted"},
		{"another", makeZIP([2]string{"mimetype", "application/epub+zip"}), corpus.Invalid, "no Word document"},
		{"broken", makeDOCX("<w:p>"), corpus.Invalid, "word/document.xml:2: "},
		{"entities", makeZIP([2]string{"_rels/.rels", docxRels}, [2]string{"word/document.xml", `<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>`}), corpus.Invalid, "document type"},
		{"part lacks", makeZIP([2]string{"_rels/.rels", docxRels}), corpus.Invalid, "lacks the part"},
	} {
		_, err := docxFormat.Read("x.docx", c.raw, Options{})
		if err == nil || corpus.KindOf(err) != c.kind || !strings.HasPrefix(corpus.Message(err), "x.docx:1: ") || !strings.Contains(corpus.Message(err), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// FuzzDOCX edits what reads: nothing breaks, no edit changes more than its text,
// and without edits the file comes back.
func FuzzDOCX(f *testing.F) {
	f.Add(sampleBody, "new words")
	f.Add(`<w:p><w:r><w:t> a&#x4e2d;b </w:t><w:br/><w:t>c</w:t></w:r></w:p>`, " <x> ")
	f.Add(`<w:p><w:r><mc:AlternateContent xmlns:mc="m"><w:p/></mc:AlternateContent><w:t><![CDATA[x]]></w:t></w:r></w:p>`, "y")
	f.Add(`<w:tbl><w:tr><w:tc><w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:sdtContent></w:sdt>`, "z")
	f.Fuzz(func(t *testing.T, body, text string) {
		raw := makeDOCX(body)
		doc, err := docxFormat.Read("x.docx", raw, Options{})
		if err != nil {
			if !strings.HasPrefix(corpus.Message(err), "x.docx:1: ") {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		if c := doc.Coverage; c.Text+c.Protected+c.Skeleton != len(doc.Raw) {
			t.Fatalf("coverage %+v of %d bytes", c, len(doc.Raw))
		}
		if same, err := docxFormat.Pack("x.docx", raw, doc.Raw, Options{}); err != nil || !bytes.Equal(same, raw) {
			t.Fatalf("does not come back: %v", err)
		}
		for i := range doc.Blocks {
			edit := layout.Edit{Block: i, Span: layout.Span{End: len(doc.Blocks[i].Text)}, Text: text}
			out, changes, err := layout.Splice(doc, []layout.Edit{edit})
			if err != nil {
				continue
			}
			if err := layout.Verify(doc, out, []layout.Edit{edit}); err != nil && len(changes) > 0 {
				t.Fatalf("block %d: %v", i, err)
			}
		}
	})
}
