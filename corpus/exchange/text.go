package exchange

import (
	"github.com/reviseur/reviseur/segmenter"
	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/plain"
)

// textFormat is plain text.
var textFormat = Format{
	ID: "text", Title: "Plain text", Extensions: []string{".txt", ".text"}, HasLines: true,
	read: func(raw []byte, o Options) *layout.Document {
		switch o.Lines {
		case LinesHard:
			return plain.ReadAs(raw, segmenter.HardLineEnds)
		case LinesSoft:
			return plain.ReadAs(raw, segmenter.SoftLineEnds)
		}
		return plain.Read(raw)
	},
}
