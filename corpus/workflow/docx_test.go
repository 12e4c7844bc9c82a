package workflow

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const nsW = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docxOf makes a small Word document of a body.
func docxOf(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + nsW + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`},
		{"word/_rels/document.xml.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`},
	} {
		f, err := w.Create(e[0])
		if err == nil {
			_, err = f.Write([]byte(e[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docxPart(t *testing.T, raw []byte, name string) string {
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
	return string(data)
}

// docxTexts are the blocks of a Word document as they read, without markup.
func docxTexts(t *testing.T, raw []byte) []string {
	t.Helper()
	f, err := exchange.ByID("docx")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := f.Read("x.docx", raw, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, b := range doc.Blocks {
		list = append(list, strings.Map(func(r rune) rune {
			if _, _, ok := layout.IsPlaceholder(r); ok {
				return -1
			}
			return r
		}, b.Text))
	}
	return list
}

const (
	docxSource = `<w:p><w:r><w:t>港口通告</w:t></w:r></w:p><w:p><w:r><w:t>旧码头昼夜开放。</w:t></w:r><w:r><w:t>二号码头关闭。</w:t></w:r></w:p><w:p><w:r><w:t>船舶应当减速。</w:t></w:r></w:p>`
	docxTarget = `<w:p><w:r><w:t>Notice of the Port</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>old</w:t></w:r><w:r><w:t xml:space="preserve"> pier is open day and night. The second pier is </w:t></w:r><w:r><w:t>closed.</w:t></w:r></w:p><w:p><w:r><w:t>Ships shall slow down.</w:t></w:r></w:p>`
)

func (b *bench) takeDOCX() Imported {
	b.Helper()
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: "port.docx",
		Source: &Received{Name: "port.zh.docx", Data: docxOf(b.T, docxSource)}, Target: &Received{Name: "port.docx", Data: docxOf(b.T, docxTarget)}}, nil)
	b.must(err)
	return out
}

// TestDOCX takes a Word document with its source, and gives it back: untouched
// without edits, and with the text of one part changed with them.
func TestDOCX(t *testing.T) {
	b := newBench(t)
	in := b.takeDOCX()
	if in.Units != 4 {
		t.Errorf("%d units", in.Units)
	}
	out, err := b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
	b.must(err)
	if !bytes.Equal(out.Data, docxOf(t, docxTarget)) {
		t.Error("an export without edits is not the file")
	}
	unit := b.unit(in.Document.ID, "old")
	b.propose(b.lin, unit, "The ⟨1⟩ancient⟨/1⟩ pier is open all day & night.")
	b.approve(b.he, unit)
	out, err = b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
	b.must(err)
	if out.Proof.Outside != 0 || out.Proof.Ranges != 1 {
		t.Errorf("proof %v", out.Proof)
	}
	want := strings.Replace(strings.Replace(docxTarget, "<w:t>old<", "<w:t>ancient<", 1), " pier is open day and night.", " pier is open all day &amp; night.", 1)
	if got := docxPart(t, out.Data, "word/document.xml"); !strings.Contains(got, "<w:body>"+want+"<w:sectPr/>") {
		t.Errorf("got %s", got)
	}
}

// TestDOCXTracked writes approved wordings as tracked changes, and flags and
// notes as comments. With all changes accepted it reads as the clean export.
func TestDOCXTracked(t *testing.T) {
	b := newBench(t)
	in := b.takeDOCX()
	first, second, ships := b.unit(in.Document.ID, "old"), b.unit(in.Document.ID, "second pier"), b.unit(in.Document.ID, "Ships")
	b.propose(b.lin, first, "The ⟨1⟩ancient⟨/1⟩ pier is open day and night.")
	b.approve(b.he, first)
	_, err := b.desk.Propose(ctx, b.lin, Wording{Unit: second, Text: "The second pier remains shut until May.", Note: "as the law says", Instruction: "the Legal Office"})
	b.must(err)
	b.approve(b.he, second)
	_, err = b.desk.Flag(ctx, b.mo, Passage{Unit: ships, Target: corpus.Mark{Quote: "slow down"}, Category: corpus.WrongTerm, Severity: corpus.Major, Note: "“reduce speed” <legal>"})
	b.must(err)
	_, err = b.desk.Comment(ctx, b.he, ships, "Is this binding?\nAsk.", "")
	b.must(err)

	clean, err := b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
	b.must(err)
	handed, err := b.desk.ExportAs(ctx, b.admin, in.Document.ID, "docx-tracked")
	b.must(err)
	if handed.Name != "port.tracked.docx" {
		t.Errorf("name %q", handed.Name)
	}
	if got, want := docxTexts(t, handed.Data), docxTexts(t, clean.Data); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("accepted it reads\n%q, want\n%q", got, want)
	}
	document, comments := docxPart(t, handed.Data, "word/document.xml"), docxPart(t, handed.Data, "word/comments.xml")
	for _, want := range []string{`w:author="lin"`, `<w:delText xml:space="preserve">old</w:delText>`, `<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">ancient</w:t>`, "<w:commentRangeStart", "<w:commentReference"} {
		if !strings.Contains(document, want) {
			t.Errorf("the document lacks %s:\n%s", want, document)
		}
	}
	for _, want := range []string{"as the law says (on the instruction of the Legal Office)", "“reduce speed” &lt;legal&gt;", `w:author="mo"`, `w:author="he"`, ">Is this binding?<", ">Ask.<"} {
		if !strings.Contains(comments, want) {
			t.Errorf("the comments lack %s:\n%s", want, comments)
		}
	}
	if !strings.Contains(docxPart(t, handed.Data, "[Content_Types].xml"), `"/word/comments.xml"`) || !strings.Contains(docxPart(t, handed.Data, "word/_rels/document.xml.rels"), `Target="comments.xml"`) {
		t.Error("the part of the comments is not named to the others")
	}
	_, err = b.desk.ExportAs(ctx, b.admin, b.doc.ID, "docx-tracked")
	b.wants(err, corpus.Unsupported)
}
