package main

import (
	"strings"

	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// inlineDiff shows what changed between two wordings, as GNU wdiff does:
// [-deleted-] and {+inserted+}.
func inlineDiff(old, new string) string {
	var b strings.Builder
	for _, e := range diff.Texts(old, new) {
		text := layout.Show(e.Text)
		switch e.Op {
		case diff.Delete:
			text = "[-" + text + "-]"
		case diff.Insert:
			text = "{+" + text + "+}"
		}
		b.WriteString(text)
	}
	return b.String()
}
