package server

import "github.com/reviseur/reviseur/corpus"

// cleanedBlocks are the changes of layout with which a document is read, by the
// block of the translation's file.
type cleanedBlocks struct {
	at   map[int][]corpus.Cleaning
	mark bool
}

// cleanedLook takes the changes that a look shows: none of the text as received,
// those that wait as well of the text as proposed.
func cleanedLook(w readingView, list []corpus.Cleaning) cleanedBlocks {
	look := cleanedBlocks{at: map[int][]corpus.Cleaning{}, mark: w.Mark}
	for _, c := range list {
		if w.Text == "proposed" || w.Text == "approved" && c.Status() == corpus.Approved {
			look.at[c.Block] = append(look.at[c.Block], c)
		}
	}
	return look
}

// begins reports whether a block begins with the unit: began says that one does
// in the file as received.
func (l cleanedBlocks) begins(u corpus.Unit, began bool) bool {
	if len(u.Target) == 0 {
		return began
	}
	first := u.Target[0]
	for _, c := range l.at[first.Block] {
		switch {
		case c.Kind == corpus.CleanJoin && began:
			return false
		case c.Kind == corpus.CleanSplit && c.Offset == first.Span.Start:
			return true
		}
	}
	return began
}

// shown is the block as it is read; where changes are marked it says which were
// made.
func (l cleanedBlocks) shown(v *visit, u corpus.Unit, b readingBlock) readingBlock {
	if len(u.Target) == 0 {
		return b
	}
	first := u.Target[0]
	for _, c := range l.at[first.Block] {
		switch c.Kind {
		case corpus.CleanHeading:
			b.Kind, b.Level = "heading", c.Level
		case corpus.CleanBody:
			b.Kind, b.Level = "paragraph", 0
		case corpus.CleanSplit:
			if c.Offset != first.Span.Start {
				continue
			}
		}
		if l.mark {
			b.Layout = append(b.Layout, v.t("cleaning.kind-"+string(c.Kind)))
		}
	}
	return b
}
