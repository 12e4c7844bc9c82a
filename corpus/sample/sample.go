// Package sample holds the documents of the demo and what its people did with
// them.
//
// All of it is invented: the city of Qilan in the province of Lanchuan, its
// offices, persons and figures. The Chinese is written the way such texts are
// written, the English the way a mediocre machine would translate it: readable
// for the most part, with something wrong in about one sentence of three. What
// is wrong, and how, is listed for the tests in testdata/defects, one file per
// document.
//
//   - briefing.{zh,en}.md, a press briefing: slogans word for word, a quotation
//     broken into a false sentence, an invented company, lost 万 and 亿, one
//     term rendered four ways, a sentence left out and one made up;
//   - regulation.{zh,en}.md, twenty numbered articles: prohibitions that turned
//     into advice, or into permission;
//   - whitepaper.{zh,en}.md, a chapter with a table, nested lists, a quotation,
//     links and footnotes;
//   - notice.{zh,en}.md, a notice full of figures; notice.run2.en.md, another
//     engine's translation of the same text; notice.v2.{zh,en}.md, a later
//     edition in which sentences were changed, added and taken out and dates
//     moved, translated by the first engine again;
//   - bulletin.en.txt, a translation that came without its original, as plain
//     text: blanks before some lines, sub-headings with full stops, cut off at
//     the end without a line feed.
//
// [Files] gives the documents, [Acts] what the demo's people do with them. The
// package knows nothing of how either is imported or carried out.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed files
var embedded embed.FS

// Files returns the documents, all in the root of the file system.
func Files() fs.FS {
	// A constant path that exists: the error cannot occur.
	files, _ := fs.Sub(embedded, "files")
	return files
}
