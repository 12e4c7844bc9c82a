package layout_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
	"github.com/reviseur/reviseur/segmenter/plain"
)

// TestDeletionsAndInsertions deletes blocks and inserts new ones in random
// files. What Splice accepts, Verify accepts; and the file then reads as the
// texts it had, less the deleted, with the new.
func TestDeletionsAndInsertions(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	deleted, inserted, refused := 0, 0, 0
	for range 1500 {
		raw := randomFile(r)
		read := markdown.Read
		if r.IntN(4) == 0 {
			ends := segmenter.LineEnds(r.IntN(2))
			read = func(raw []byte) *layout.Document { return plain.ReadAs(raw, ends) }
		}
		doc := read(raw)
		if len(doc.Blocks) == 0 {
			continue
		}
		i := r.IntN(len(doc.Blocks))
		var edits []layout.Edit
		var insertions []layout.Insertion
		var want []string
		text := typedPieces[r.IntN(len(typedPieces))] + "new"
		typed, err := layout.Typed(text)
		if err != nil {
			continue
		}
		remove := r.IntN(2) == 0
		for k, b := range doc.Blocks {
			if k != i || !remove {
				want = append(want, b.Text)
			}
		}
		if remove {
			edits = append(edits, layout.Edit{Block: i, Span: layout.Span{End: len(doc.Blocks[i].Text)}, Delete: true})
		} else {
			ins := layout.Insertion{Block: i, After: r.IntN(2) == 0, As: layout.Form(r.IntN(2)), Text: text}
			insertions = append(insertions, ins)
			first, last := i, i
			if ins.As == layout.NewItem {
				first, last = doc.Item(i)
			}
			if ins.After {
				first = last + 1
			}
			want = slices.Insert(want, first, typed)
		}
		out, _, err := layout.Splice(doc, edits, insertions...)
		if err != nil {
			refused++
			continue
		}
		deleted += len(edits)
		inserted += len(insertions)
		if err := layout.Verify(doc, out, edits, insertions...); err != nil {
			t.Errorf("%q to %q with %v %v: %v", raw, out, edits, insertions, err)
		}
		var got []string
		for _, b := range read(out).Blocks {
			got = append(got, b.Text)
		}
		if len(got) != len(want) {
			t.Errorf("%q to %q: %d texts, want %d", raw, out, len(got), len(want))
			continue
		}
		for k := range got {
			if squeeze(got[k]) != squeeze(want[k]) {
				t.Errorf("%q to %q: text %d is %q, want %q", raw, out, k, got[k], want[k])
			}
		}
	}
	t.Logf("%d deleted, %d inserted, %d refused", deleted, inserted, refused)
	if deleted < 300 || inserted < 200 {
		t.Error("too little could be done")
	}
}

// TestSeveralInsertions puts new text on both sides of a gap at once.
func TestSeveralInsertions(t *testing.T) {
	test := func(in, want string, edits []layout.Edit, insertions ...layout.Insertion) {
		t.Helper()
		doc := markdown.Read([]byte(in))
		out, _, err := layout.Splice(doc, edits, insertions...)
		if err != nil || string(out) != want {
			t.Errorf("%q gives %q, %v, want %q", in, out, err, want)
		}
		if err := layout.Verify(doc, out, edits, insertions...); err != nil {
			t.Errorf("%q to %q: %v", in, out, err)
		}
	}
	test("- a\n- b\n", "- a\n- one\n- two\n- b\n", nil,
		layout.Insertion{Block: 1, As: layout.NewItem, Text: "two"},
		layout.Insertion{Block: 0, After: true, As: layout.NewItem, Text: "one"})
	test("a\n\nb\n\nc\n", "a\n\none\n\nc\n", []layout.Edit{{Block: 1, Span: layout.Span{End: 1}, Delete: true}},
		layout.Insertion{Block: 0, After: true, Text: "one"})
}
