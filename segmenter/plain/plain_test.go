package plain

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func texts(doc *layout.Document) string {
	var out []string
	for _, b := range doc.Blocks {
		out = append(out, layout.Show(b.Text))
	}
	return strings.Join(out, "|")
}

func TestRead(t *testing.T) {
	test := func(in string, ends segmenter.LineEnds, want string) {
		t.Helper()
		if got := texts(ReadAs([]byte(in), ends)); got != want {
			t.Errorf("ReadAs(%q, %v) = %s, want %s", in, ends, got, want)
		}
	}
	const soft, hard = segmenter.SoftLineEnds, segmenter.HardLineEnds
	test("", soft, "")
	test("one\ntwo\n\nthree", soft, "one two|three")
	test("one\ntwo\n\nthree", hard, "one|two|three")
	test("一\r\n二\r\n\r\n　　三", soft, "一二|三")
	test("\uFEFFone\rtwo", soft, "one two")
	test("*not* # mark-up &amp;", soft, "*not* # mark-up &amp;")
	test("a\U000F0002b", soft, "a⟨1⟩b")
}

func TestSplice(t *testing.T) {
	test := func(in string, ends segmenter.LineEnds, block int, text, want string) {
		t.Helper()
		doc := ReadAs([]byte(in), ends)
		e := layout.Edit{Block: block, Span: layout.Span{End: len(doc.Blocks[block].Text)}, Text: text}
		out, _, err := layout.Splice(doc, []layout.Edit{e})
		got := string(out)
		if err != nil {
			got = err.Error()
		} else if err := layout.Verify(doc, out, []layout.Edit{e}); err != nil {
			t.Errorf("Verify(%q) = %v", out, err)
		}
		if got != want {
			t.Errorf("%q with %q = %q, want %q", in, text, got, want)
		}
	}
	const soft, hard = segmenter.SoftLineEnds, segmenter.HardLineEnds
	test("one\r\ntwo three\r\n", soft, 0, "one two 3", "one\r\ntwo 3\r\n")
	test("one\ntwo three\n", soft, 0, "1 - 2", "1 - 2\n")
	test("one\n\ntwo", soft, 1, "*#&\n<>", "one\n\n*#& <>")
	test("one\ntwo\n", hard, 0, "1\n1", "1 1\ntwo\n")
	test("one\ntwo\n", hard, 0, "a\u2028b", "block 1: the new text cannot be written so that it reads as typed")
	test("a\xffb\n\nc\n", soft, 1, "d", "a\xffb\n\nd\n")
	test("a\xffb\n", soft, 0, "d", "block 1: the text cannot be edited: undecodable bytes")
}

func TestInsertAndDelete(t *testing.T) {
	test := func(in string, ends segmenter.LineEnds, edits []layout.Edit, ins []layout.Insertion, want string) {
		t.Helper()
		doc := ReadAs([]byte(in), ends)
		out, _, err := layout.Splice(doc, edits, ins...)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		}
		if string(out) != want {
			t.Errorf("%q gives %q, want %q", in, out, want)
		}
		if err := layout.Verify(doc, out, edits, ins...); err != nil {
			t.Errorf("%q to %q: Verify = %v", in, out, err)
		}
	}
	const soft, hard = segmenter.SoftLineEnds, segmenter.HardLineEnds
	after := func(i int, text string) []layout.Insertion {
		return []layout.Insertion{{Block: i, After: true, Text: text}}
	}
	before := func(i int, text string) []layout.Insertion { return []layout.Insertion{{Block: i, Text: text}} }
	test("one\r\n\r\ntwo\r\n", soft, nil, after(0, "new"), "one\r\n\r\nnew\r\n\r\ntwo\r\n")
	test("one\n\ntwo", soft, nil, after(1, "new"), "one\n\ntwo\n\nnew")
	test("one\ntwo\n", hard, nil, after(0, "new"), "one\nnew\ntwo\n")
	test("one\ntwo\n", hard, nil, before(0, "new"), "new\none\ntwo\n")
	test("one\n\ntwo\n", hard, nil, before(1, "new"), "one\n\nnew\n\ntwo\n")
	test("one\n\ntwo\n\nthree\n", soft, []layout.Edit{{Block: 1, Span: layout.Span{End: 3}, Delete: true}}, nil, "one\n\nthree\n")
	test("one\ntwo\nthree\n", hard, []layout.Edit{{Block: 1, Span: layout.Span{End: 3}, Delete: true}}, nil, "one\nthree\n")

	doc := Read([]byte("one\n"))
	if err := layout.VerifyInsertion(doc, layout.Insertion{As: layout.NewItem, Text: "x"}); err == nil {
		t.Error("a list item can be inserted into plain text")
	}
}

// TestSeed reads the first document of the project.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/seed/*.txt")
	if len(files) == 0 {
		t.Log("the seed document is not there")
		t.Skip("no shared data")
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		doc := Read(raw)
		out, _, err := layout.Splice(doc, nil)
		if err != nil || !bytes.Equal(out, raw) {
			t.Errorf("%s does not come back: %v", f, err)
		}
		for i, b := range doc.Blocks {
			if err := layout.VerifyEdit(doc, layout.Edit{Block: i, Span: layout.Span{End: len(b.Text)}, Text: b.Text + " More - # text."}); err != nil {
				t.Errorf("%s: %v", f, err)
			}
		}
		t.Logf("%s: %s line ends, %d blocks, coverage %+v", f, doc.Mode, len(doc.Blocks), doc.Coverage)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("one\r\ntwo\r\r\n\xffthree\x00"), true)
	f.Add([]byte("\ufeff　一、二\n三。\n"), false)
	f.Fuzz(func(t *testing.T, raw []byte, hard bool) {
		doc := Read(raw)
		if hard {
			doc = ReadAs(raw, segmenter.HardLineEnds)
		}
		out, _, err := layout.Splice(doc, nil)
		if err != nil || !bytes.Equal(out, raw) {
			t.Fatalf("%q does not come back: %v", raw, err)
		}
		if c := doc.Coverage; c.Text+c.Protected+c.Skeleton != len(raw) || c.Skeleton < 0 {
			t.Fatalf("%q: coverage %+v", raw, c)
		}
		if err := layout.Verify(doc, raw, nil); err != nil {
			t.Fatal(err)
		}
		for i, b := range doc.Blocks {
			e := layout.Edit{Block: i, Span: layout.Span{End: len(b.Text)}, Text: "words"}
			out, _, err := layout.Splice(doc, []layout.Edit{e})
			if err == nil && layout.Verify(doc, out, []layout.Edit{e}) != nil {
				t.Fatalf("%q to %q: block %d is not as wanted", raw, out, i)
			}
		}
	})
}

// TestKinds checks what blocks are taken for by their looks.
func TestKinds(t *testing.T) {
	test := func(in string, want layout.Kind) {
		t.Helper()
		doc := ReadAs([]byte(in), segmenter.SoftLineEnds)
		if len(doc.Blocks) != 1 || doc.Blocks[0].Kind != want {
			t.Errorf("%q: %d blocks, kind %v, want %v", in, len(doc.Blocks), doc.Blocks[0].Kind, want)
		}
	}
	test("The harbour was built in two years.", layout.Paragraph)
	test("The harbour", layout.Heading)
	test("港务局工作报告", layout.Heading)
	test("- repair the piers", layout.ListItem)
	test("（一）加强港区管理。", layout.ListItem)
	test("2. Repair the piers.", layout.ListItem)
	test("J. Doe repaired the piers.", layout.Paragraph)
	test("第三条　港务局负责管理。", layout.Paragraph)
	test("> We are not amused.", layout.Quote)
	test("Figure 3. The new quay", layout.Caption)
	test("Table 2 Goods by year", layout.Caption)
	test("Table 2 shows the goods by year.", layout.Paragraph)
	test("Tables of goods", layout.Heading)
	test("图1　新码头", layout.Caption)
	test("表2：各年货物吞吐量", layout.Caption)
	test("图1显示了吞吐量。", layout.Paragraph)
	test("表示感谢。", layout.Paragraph)
	test("注：数据截至五月。", layout.Footnote)
	test("[3] The figures are those of May.", layout.Footnote)
	test("注意安全。", layout.Paragraph)
}

// TestInsertItem puts an item beside one: in plain text it is a line.
func TestInsertItem(t *testing.T) {
	doc := ReadAs([]byte("- wash\n- dry\n"), segmenter.HardLineEnds)
	out, _, err := layout.Splice(doc, nil, layout.Insertion{Block: 0, After: true, As: layout.NewItem, Text: "- rinse"})
	if want := "- wash\n- rinse\n- dry\n"; err != nil || string(out) != want {
		t.Errorf("Splice = %q, %v, want %q", out, err, want)
	}
}
