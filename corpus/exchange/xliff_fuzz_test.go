package exchange

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// seedsXLIFF are files from which fuzzing begins.
var seedsXLIFF = []string{
	trap29, trap30,
	`<xliff xmlns="` + xliff20 + `" version="2.0" srcLang="en"><file id="f"><unit id="u"><segment><source>a</source></segment></unit></file></xliff>`,
	`<x:xliff xmlns:x="` + xliff12 + `" version="1.2"><x:file original="a" source-language="en" datatype="plaintext"><x:body><x:trans-unit id="1"><x:source>a</x:source><x:target/></x:trans-unit></x:body></x:file></x:xliff>`,
	"", "<", "<xliff", "\xff\xfe", `<xliff version="1.2"/>`, `<!DOCTYPE xliff [<!ENTITY a "b">]><xliff/>`, "<a></b>", "<a b='1' b='2'/>", "<p:a/>", "<a>&x;</a>",
}

// FuzzReadXLIFF reads any bytes: no panic, a refusal names file and line, and
// what is read covers each block once and comes back untouched.
func FuzzReadXLIFF(f *testing.F) {
	for _, s := range seedsXLIFF {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, format := range []Format{xliff21Format, xliff12Format} {
			pair, err := format.ReadPair("f.xlf", raw)
			if err != nil {
				if !strings.HasPrefix(err.Error(), "f.xlf:") || corpus.KindOf(err) == corpus.Internal {
					t.Fatalf("refused without file and line: %v", err)
				}
				continue
			}
			checkPair(t, pair)
			if format.Restores() {
				if _, err := format.Restore("f.xlf", raw); err != nil && !strings.HasPrefix(err.Error(), "f.xlf:") {
					t.Fatalf("refused without file and line: %v", err)
				}
			}
		}
	})
}

// checkPair checks what holds of every bilingual file.
func checkPair(t *testing.T, pair *Bilingual) {
	t.Helper()
	sources, targets := 0, 0
	for _, b := range pair.Beads {
		for _, i := range b.Source {
			if i != sources {
				t.Fatalf("source block %d stands where %d should", i, sources)
			}
			sources++
		}
		targets += len(b.Target)
		if b.Slot > 0 && len(b.Target) > 0 {
			t.Fatal("a bead has a target and a slot for one")
		}
	}
	if sources != len(pair.Source.Blocks) || targets != len(pair.Target.Blocks) {
		t.Fatalf("beads cover %d and %d blocks of %d and %d", sources, targets, len(pair.Source.Blocks), len(pair.Target.Blocks))
	}
	for _, doc := range []*layout.Document{pair.Source, pair.Target} {
		c := doc.Coverage
		if c.Text+c.Protected+c.Skeleton != len(doc.Raw) {
			t.Fatalf("coverage %+v of %d bytes", c, len(doc.Raw))
		}
	}
}

// FuzzSpliceXLIFF puts any text into any target or slot: it is refused, or the
// file that comes out is read, and reads so.
func FuzzSpliceXLIFF(f *testing.F) {
	for _, text := range []string{"a", "a < b & c", "]]>", "<pc id=\"1\"/>", "&amp;", "\u0085", "a\tb", "\uFFFE", "é", "x\r\ny"} {
		f.Add([]byte(trap29), 0, text)
		f.Add([]byte(trap29), 2, text)
		f.Add([]byte(trap30), 1, text)
	}
	f.Fuzz(func(t *testing.T, raw []byte, bead int, text string) {
		for _, format := range []Format{xliff21Format, xliff12Format} {
			pair, err := format.ReadPair("f.xlf", raw)
			if err != nil || len(pair.Beads) == 0 {
				continue
			}
			b := pair.Beads[max(bead, -bead, 0)%len(pair.Beads)]
			var edits []layout.Edit
			var insertions []layout.Insertion
			switch {
			case len(b.Target) > 0:
				edits = append(edits, layout.Edit{Block: b.Target[0], Span: layout.Span{End: len(pair.Target.Blocks[b.Target[0]].Text)}, Text: text})
			case b.Slot > 0:
				insertions = append(insertions, layout.Insertion{Slot: b.Slot, Text: text})
			default:
				continue
			}
			out, changes, err := layout.Splice(pair.Target, edits, insertions...)
			var refusal *layout.Refusal
			if err != nil {
				if !errors.As(err, &refusal) {
					t.Fatalf("%v is no refusal", err)
				}
				continue
			}
			if err := layout.Verify(pair.Target, out, edits, insertions...); err != nil {
				t.Fatalf("Splice took %q and Verify says %v:\n%s", text, err, out)
			}
			again, err := format.ReadPair("f.xlf", out)
			if err != nil {
				t.Fatalf("%q made a file that is refused: %v\n%s", text, err, out)
			}
			for i := range pair.Source.Blocks {
				if again.Source.Blocks[i].Text != pair.Source.Blocks[i].Text {
					t.Fatalf("%q changed a source", text)
				}
			}
			if len(changes) == 0 && !bytes.Equal(out, raw) {
				t.Fatal("the file changed without a change")
			}
		}
	})
}

// FuzzRestoreJSONL reads any bytes as a review.
func FuzzRestoreJSONL(f *testing.F) {
	f.Add(sampleJSONL())
	for _, s := range []string{"", "{}", "[]", `{"schema":"reviseur.segment/1"}`, `{"schema":"reviseur.segment/1","project":{"source":"zh","target":"en"}}` + "\n{}", "\xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		format := jsonlFormat()
		r, err := format.Restore("f.jsonl", raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.jsonl:") || corpus.KindOf(err) == corpus.Internal {
				t.Fatalf("refused without file and line: %v", err)
			}
			return
		}
		// What was read is written, and reads the same.
		var one, two bytes.Buffer
		if err := format.Write(&one, r); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := format.Restore("f.jsonl", one.Bytes())
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, one.Bytes())
		}
		if err := format.Write(&two, again); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Fatalf("written twice it differs: %v\n%s\n%s", err, one.Bytes(), two.Bytes())
		}
	})
}
