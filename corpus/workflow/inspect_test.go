package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestInspect(t *testing.T) {
	b := newBench(t)
	test := func(in Delivery, want ...Remark) {
		t.Helper()
		look, err := b.desk.Inspect(ctx, b.admin, b.project.ID, in)
		b.must(err)
		got := look.Remarks
		if len(got) != len(want) {
			t.Fatalf("Inspect(%s) = %v, want %v", in.Name, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("Inspect(%s) = %v, want %v", in.Name, got[i], want[i])
			}
		}
	}
	test(delivery("a.md", sampleSource+"\n新的一段。\n", sampleTarget))
	test(delivery("a.md", sampleSource, sampleTarget), Remark{AlreadyReceived, "notice.md"})
	test(delivery("a.md", sampleTarget, sampleSource), Remark{Oddity: LooksSwapped})
	test(delivery("a.md", sampleTarget, sampleTarget), Remark{Oddity: SameAsSource})
	test(delivery("a.md", sampleTarget, sampleTarget+"\nMore.\n"), Remark{OtherSource, "en"})
	test(delivery("a.md", "", sampleSource), Remark{OtherTarget, "zh"})

	refused := func(in Delivery, kind corpus.Kind, words string) {
		t.Helper()
		_, err := b.desk.Inspect(ctx, b.admin, b.project.ID, in)
		b.wants(err, kind)
		if !strings.Contains(corpus.Message(err), words) {
			t.Errorf("Inspect(%s) = %v, want words %q", in.Name, err, words)
		}
	}
	refused(delivery("a.pdf", "", "x"), corpus.Unsupported, "a.pdf:1: ")
	refused(delivery("a.md", "", "x\x00\x01\x02\x03\x04\x05"), corpus.Invalid, "a.md:1: ")
	in := delivery("a.txt", "", "A text.")
	in.VersionOf = b.doc.ID
	refused(in, corpus.Invalid, "another format")
	_, err := b.desk.Inspect(ctx, b.lin, b.project.ID, delivery("a.md", "", "A."))
	b.wants(err, corpus.Forbidden)
}

// What an export would change and what holds it back may be seen by whoever
// may read; the file is for exporters.
func TestPreviewExport(t *testing.T) {
	b := newBench(t)
	_, err := b.desk.Export(ctx, b.lin, b.doc.ID, ApprovedOnly)
	b.wants(err, corpus.Forbidden)
	out, err := b.desk.PreviewExport(ctx, b.lin, b.doc.ID)
	b.must(err)
	if string(out.Data) != sampleTarget || len(out.Open) == 0 {
		t.Errorf("PreviewExport gives %q with %d open", out.Data, len(out.Open))
	}
}
