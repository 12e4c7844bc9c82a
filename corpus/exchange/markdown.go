package exchange

import (
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
)

// markdownFormat is CommonMark with GitHub's tables, strikethrough and task
// lists, footnotes and definition lists.
var markdownFormat = Format{
	ID: "markdown", Title: "Markdown", Extensions: []string{".md", ".markdown", ".mdown"},
	read: func(raw []byte, _ Options) *layout.Document { return markdown.Read(raw) },
}
