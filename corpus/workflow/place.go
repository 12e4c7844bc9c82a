package workflow

import (
	"unicode"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// placement is what writes the rendering of a left-out sentence into the file:
// an edit where it joins a block, else an insertion of a block of its own.
type placement struct {
	edit      *layout.Edit
	insertion *layout.Insertion
}

// place says where the rendering of the unit goes. before and after are the
// nearest units that have a target; either may be the zero Unit. A bilingual
// file says itself where: in the slot beside the source.
func (ed edition) place(text string, place corpus.Place) (placement, error) {
	if ed.pair != nil {
		slot := 0
		for _, s := range ed.unit.Source {
			slot = max(slot, ed.pair.Slot(s.Block))
		}
		if slot == 0 {
			return placement{}, corpus.Errorf(corpus.Blocked, "the file has no place for a translation of this passage")
		}
		return placement{insertion: &layout.Insertion{Slot: slot, Text: text}}, nil
	}
	before, after := ed.before, ed.after
	hasBefore, hasAfter := len(before.Target) > 0, len(after.Target) > 0
	if ed.file == nil || !hasBefore && !hasAfter {
		return placement{}, corpus.Errorf(corpus.Blocked, "there is no translation yet into which the sentence could be written")
	}
	if place == corpus.PlaceDefault {
		place = defaultPlace(ed.unit, before, after)
	}
	switch {
	case place == corpus.PlaceAfter && hasBefore:
		r := targetBlocks(before)
		last := r[len(r)-1]
		return placement{edit: &layout.Edit{Block: last.block, Span: layout.Span{Start: last.span.End, End: last.span.End}, Text: gap(text) + text}}, nil
	case place == corpus.PlaceBefore && hasAfter:
		first := targetBlocks(after)[0]
		return placement{edit: &layout.Edit{Block: first.block, Span: layout.Span{Start: first.span.Start, End: first.span.Start}, Text: text + gap(text)}}, nil
	}
	ins := layout.Insertion{Text: text, As: layout.NewParagraph}
	if place == corpus.PlaceItem {
		ins.As = layout.NewItem
	}
	if hasBefore {
		r := targetBlocks(before)
		ins.Block, ins.After = r[len(r)-1].block, true
	} else {
		ins.Block = targetBlocks(after)[0].block
	}
	return placement{insertion: &ins}, nil
}

// defaultPlace follows the structure of the source: a sentence goes to the
// neighbour with which it shares a block there; else it is a block of its own.
func defaultPlace(u, before, after corpus.Unit) corpus.Place {
	switch {
	case sharesBlock(u, before, true):
		return corpus.PlaceAfter
	case sharesBlock(u, after, false):
		return corpus.PlaceBefore
	case u.Kind() == layout.ListItem.String():
		return corpus.PlaceItem
	}
	return corpus.PlaceParagraph
}

func sharesBlock(u, neighbour corpus.Unit, isBefore bool) bool {
	if len(u.Source) == 0 || len(neighbour.Source) == 0 {
		return false
	}
	if isBefore {
		return neighbour.Source[len(neighbour.Source)-1].Block == u.Source[0].Block
	}
	return neighbour.Source[0].Block == u.Source[len(u.Source)-1].Block
}

// gap is what stands between the text and a neighbouring sentence: nothing in
// scripts that write no spaces.
func gap(text string) string {
	for _, r := range text {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return ""
		}
		if unicode.IsLetter(r) {
			return " "
		}
	}
	return " "
}
