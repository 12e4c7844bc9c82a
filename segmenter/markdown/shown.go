package markdown

import (
	"regexp"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// NoticeStars is the notice for stars that a writer meant as strong emphasis and
// that readers see as stars: Markdown recognises no emphasis that ends behind
// punctuation and is followed by a letter, as is common in Chinese. Nothing is
// repaired.
const NoticeStars = "these stars are shown as stars: Markdown sees no emphasis beside this punctuation"

var stars = regexp.MustCompile(`\*\*[^*\s](?:[^*]*[^*\s])?\*\*`)

// shownStars finds pairs of literal stars in the texts of a document. Escaped
// ones are meant.
func shownStars(doc *layout.Document) []layout.Notice {
	var list []layout.Notice
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.ReadOnly != "" {
			continue
		}
		for _, m := range stars.FindAllStringIndex(b.Text, -1) {
			at := b.Envelope(layout.Span{Start: m[0], End: m[1]})
			open, end := string(doc.Raw[at.Start:min(at.End, at.Start+2)]), string(doc.Raw[max(at.Start, at.End-2):at.End])
			if open == "**" && end == "**" && (at.Start == 0 || doc.Raw[at.Start-1] != '\\') {
				list = append(list, layout.Notice{Span: at, Reason: NoticeStars})
			}
		}
	}
	return list
}
