// Package segmenter cuts text into sentences: into the units that people
// translate and review.
//
// # Words
//
// A block is a paragraph, heading, list item or table cell: no sentence goes
// beyond it. A stop is a mark that may end a sentence. A candidate is a run of
// stops with the quotation marks and brackets that close behind it; it is a
// boundary or is held back, and a [Rule] says why. A segment is the text
// between two boundaries, without the white space around it.
//
//	p := segmenter.For(language.English)
//	for s := range p.All(`Dr. Wu agreed. "It works," she said.`) {
//		fmt.Println(s.Start, s.End, s.Rule)
//	}
//	// 0 14 stop
//	// 15 36 block-end
//
// # How it works
//
// One pass over the bytes of a block looks up each code point that can be
// a mark in a table of classes, close to the Sentence_Break property of
// UAX #29. Letters are passed over byte by byte. At a candidate the decision
// table looks at the word before it, the word after it, and what is open
// around it. Looking back and ahead is bounded, so the time is linear in the
// text, whatever it holds, and nothing is allocated.
//
// What differs from language to language is data: one file in data/ for each
// language or script, with the abbreviations by kind, the words that start
// sentences, and a few switches. A language without a file takes that of its
// script. Where a case stays open the rules rather join than split, since
// a reader sees two sentences in one segment, and half a sentence confuses.
//
// Conventions: closing marks stay with the sentence they close, also across
// white space; sentences within a long quotation are segments of their own;
// what stands in brackets within a sentence is not cut; items of a list that
// semicolons divide are one sentence; enumerators belong to what they count.
//
// Placeholders of protected tokens (emphasis, links, code, notes) are
// private-use code points U+F0000 to U+FFFFD: an even one opens something or
// stands alone, the odd one after it closes that. They are transparent. Behind
// a stop, without white space, those that close or stand alone stay with the
// sentence before; one that opens, its partner coming later, goes with the next.
//
// # What it does not do
//
// It does not repair text: a stop that a machine put into the middle of
// a sentence ends a segment here, and is for a check to find. It knows no
// markup. It does not look words up in dictionaries, and it does not guess at
// languages beyond their script.
package segmenter
