package layout

import "sort"

// A footnote that nothing refers to is not shown to readers. So an edit that
// drops the last reference changes another text, though no structure: it is
// refused, unless the text was deleted on purpose.

// references counts the footnote references of a block by their raw form.
func (b *Block) references() map[string]int {
	var out map[string]int
	for _, t := range b.Tokens {
		if t.Kind == FootnoteReference {
			if out == nil {
				out = make(map[string]int)
			}
			out[t.Raw]++
		}
	}
	return out
}

// lastReference returns a footnote that nothing in the document would refer to
// any more once the block reads as wanted.
func (w wanted) lastReference(doc *Document) (string, bool) {
	b := &doc.Blocks[w.block]
	had := b.references()
	if w.knowing || len(had) == 0 {
		return "", false
	}
	kept := make(map[string]bool)
	tokens := b.byPlaceholder()
	for _, r := range w.text {
		if t, ok := tokens[r]; ok {
			kept[t.Raw] = true
		}
	}
	for _, t := range b.Tokens {
		if n := had[t.Raw]; n > 0 && !kept[t.Raw] && doc.refs[t.Raw] == n {
			return t.Raw, true
		}
	}
	return "", false
}

// lostReferences is lastReference for all edits of a file together.
func lostReferences(before, after *Document, list []wanted) error {
	if len(before.refs) == 0 {
		return nil
	}
	deleted := make(map[string]bool)
	for _, w := range list {
		if w.knowing {
			for label := range before.Blocks[w.block].references() {
				deleted[label] = true
			}
		}
	}
	var lost []string
	for label := range before.refs {
		if after.refs[label] == 0 && !deleted[label] {
			lost = append(lost, label)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	sort.Strings(lost)
	return &Refusal{-1, LastReference, lost[0]}
}
