package check

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter"
)

// cutSentences cuts a text into sentences, without the white space around
// them. A line end separates blocks and always ends a sentence.
func cutSentences(text string, tag language.Tag) []corpus.Span {
	profile := segmenter.For(tag)
	var list []corpus.Span
	var buffer [16]segmenter.Segment
	at := 0
	for line := range strings.Lines(text) {
		for _, s := range profile.Append(buffer[:0], line) {
			list = append(list, corpus.Span{Start: at + s.Start, End: at + s.End})
		}
		at += len(line)
	}
	return list
}
