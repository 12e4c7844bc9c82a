// Package layout describes where the text of a file stands, and puts new
// wordings into the file without touching anything else.
//
// A translation under review comes in a file that somebody will get back. What
// the reviewers did not change has to come back byte for byte: line ends, quote
// markers, trailing blanks, odd escapes. So nothing here is ever rendered from
// a parse tree. A [Document] keeps the file as received and knows which of its
// bytes are text; an export is those same bytes with some ranges replaced.
//
// The words:
//
//   - The raw file is a sequence of bytes; a position in it is a raw offset.
//   - A [Block] is a piece of text that stands by itself in the file: a
//     paragraph, a heading, a list item, a table cell.
//   - A block's logical text is what a reader reads. Escapes and entities are
//     decoded, lines that were wrapped are joined (by nothing between Han
//     characters, by one space otherwise), and everything that is mark-up is a
//     single placeholder character. Positions in it are logical offsets.
//   - A [Token] is such a protected piece of mark-up with its raw bytes: an
//     emphasis mark, the end of a link with its destination, a code span, a
//     footnote reference, a hard line break. The placeholder of token n is
//     U+F0000+2n, or U+F0000+2n+1 where it closes what n opened. A character of
//     that plane in the file is itself made a token, so a logical text is never
//     ambiguous. [Show] and [Parse] write placeholders as ⟨1⟩ and ⟨/1⟩.
//   - Glue is the raw text between two lines of one block: the line end and the
//     markers and blanks around it, such as "\n> ".
//   - Everything else is skeleton: markers, code, HTML, definitions, blank
//     lines. [Document.Coverage] accounts for every byte.
//
// A syntax (packages markdown and plain) reads files into documents and knows
// how to write literal text so that it is not read as mark-up:
//
//	doc := markdown.Read(raw)
//	b := doc.Blocks[0] // "> The *comittee*\r\n> met." reads "The ⟨1⟩comittee⟨/1⟩ met."
//	edit := layout.Edit{Block: 0, Span: layout.Span{End: len(b.Text)},
//		Text: layout.Parse("The ⟨1⟩committee⟨/1⟩ met.", b.Tokens)}
//	out, changes, err := layout.Splice(doc, []layout.Edit{edit})
//	// out is "> The *committee*\r\n> met."; the second line was not touched.
//
// A splice is checked by reading the result again: the block structure must be
// the same, every other text the same, and the edited one as typed. [Splice]
// does so for the surroundings of each edit, [Verify] for a whole file.
//
// The package does not parse any syntax, does not store anything, and does not
// know what a translation is.
package layout
