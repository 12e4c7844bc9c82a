package workflow

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/plain"
)

// TestExportedBlocksCrossed puts a rendering behind the first of two sentences that
// touch and are read in the other order: it stands between them.
func TestExportedBlocksCrossed(t *testing.T) {
	doc := plain.Read([]byte("甲厂停产。乙厂复工。\n"))
	at := layout.Segments(doc, language.Chinese)
	if len(at) != 2 {
		t.Fatalf("%d sentences", len(at))
	}
	unit := func(text string, target ...corpus.Segment) *standingUnit {
		u := corpus.Unit{ID: corpus.NewID[corpus.UnitID](), Target: target}
		return &standingUnit{edition: edition{unit: u, file: doc}, rec: corpus.Record{Unit: u, Revisions: []corpus.Revision{{Text: text, Place: corpus.PlaceAfter}}}}
	}
	segment := func(s layout.Segment) corpus.Segment {
		return corpus.Segment{Block: s.Block, Span: corpus.Span(s.Span)}
	}
	second, first, left := unit(at[1].Text, segment(at[1])), unit(at[0].Text, segment(at[0])), unit("丙厂新建。")
	left.before = first.unit
	blocks := exportedBlocks(doc, []*standingUnit{second, first, left})
	if len(blocks) != 1 || blocks[0].text != "甲厂停产。丙厂新建。乙厂复工。" {
		t.Errorf("blocks %+v", blocks)
	}
}
