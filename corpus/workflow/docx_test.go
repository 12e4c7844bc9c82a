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

// TestDOCXReturned takes back a document that an office marked up in Word: its
// tracked changes are proposals on its instruction, its comments are comments,
// and what cannot be taken is listed.
func TestDOCXReturned(t *testing.T) {
	b := newBench(t)
	in := b.takeDOCX()
	first, second, ships := b.unit(in.Document.ID, "old"), b.unit(in.Document.ID, "second pier"), b.unit(in.Document.ID, "Ships")
	b.propose(b.lin, first, "The ⟨1⟩ancient⟨/1⟩ pier is open day and night.")
	b.approve(b.he, first)
	handed, err := b.desk.ExportAs(ctx, b.admin, in.Document.ID, "docx-tracked")
	b.must(err)
	marked := docxPart(t, handed.Data, "word/document.xml")
	for _, x := range [][2]string{
		{`<w:t>closed.</w:t></w:r>`, `<w:t xml:space="preserve">closed</w:t></w:r><w:ins w:id="1" w:author="Legal Office" w:date="2026-06-13T08:00:00Z"><w:r w:rsidR="00A1"><w:t xml:space="preserve"> until May</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>`},
		{`<w:r><w:t>Ships shall`, `<w:commentRangeStart w:id="2"/><w:del w:id="3" w:author="Legal Office"><w:r><w:delText>Ships</w:delText></w:r></w:del><w:ins w:id="4" w:author="Dr. Wu"><w:r><w:t>Vessels</w:t></w:r></w:ins><w:commentRangeEnd w:id="2"/><w:r><w:commentReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> shall`},
		{`<w:sectPr/>`, `<w:p><w:r><w:t>A paragraph of the office.</w:t></w:r></w:p><w:sectPr/>`},
	} {
		if !strings.Contains(marked, x[0]) {
			t.Fatalf("no %s in %s", x[0], marked)
		}
		marked = strings.Replace(marked, x[0], x[1], 1)
	}
	back := docxWith(t, handed.Data, map[string]string{"word/document.xml": marked,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>`,
		"word/comments.xml":            `<w:comments ` + nsW + `><w:comment w:id="2" w:author="Dr. Wu"><w:p><w:r><w:t>The law says vessels.</w:t></w:r></w:p></w:comment></w:comments>`})
	file := Received{Name: "port.docx", Data: back}
	look, err := b.desk.Returned(ctx, b.lin, in.Document.ID, file)
	b.must(err)
	if !look.Recognised || look.Same != 2 || len(look.Changes) != 2 || len(look.Added) != 1 || len(look.Comments) != 1 {
		t.Fatalf("preview %+v", look)
	}
	for range 2 { // the second time nothing is new
		_, err = b.desk.TakeReturned(ctx, b.lin, in.Document.ID, file)
		b.must(err)
	}
	for _, c := range []struct {
		unit              corpus.UnitID
		text, instruction string
		comments          int
	}{{first, "The ⟨1⟩ancient⟨/1⟩ pier is open day and night.", "", 0}, {second, "The second pier is closed until May.", "Legal Office", 0}, {ships, "Vessels shall slow down.", "Legal Office, Dr. Wu", 1}} {
		rec := b.record(c.unit)
		latest := rec.Latest()
		if layout.Show(latest.Text) != c.text || latest.Instruction != c.instruction || latest.Verdict.Bad {
			t.Errorf("latest %+v, want %q by %q", latest, c.text, c.instruction)
		}
		var list []corpus.Comment
		b.must(b.store.View(ctx, func(r corpus.Reader) (err error) {
			list, err = r.Comments(c.unit)
			return err
		}))
		if len(list) != c.comments || len(list) > 0 && list[0].Text != "Dr. Wu (port.docx): The law says vessels." {
			t.Errorf("comments %+v", list)
		}
	}
	b.approve(b.he, second)
	b.approve(b.he, ships)
	out, err := b.desk.Export(ctx, b.admin, in.Document.ID, Strict)
	if len(out.Open) != 1 {
		t.Errorf("open %v, %v", out.Open, err)
	}
}

// docxWith is a document with some parts replaced or added.
func docxWith(t *testing.T, raw []byte, parts map[string]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		all[f.Name] = docxPart(t, raw, f.Name)
	}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range all {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
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
