package check

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// Text says in words what f found, in Chinese where the tag is Chinese, else
// in English. Arguments are put where a message has {0}, {1} and so on. For a
// finding of no known check it is the finding's own message id.
func Text(f corpus.Finding, tag language.Tag) string {
	words, ok := messages()[f.Check][f.Message]
	if f.Message == failedMessage {
		words, ok = failedWords, true
	}
	if !ok {
		return f.Message
	}
	pattern := words.In(tag)
	var b strings.Builder
	for {
		open := strings.IndexByte(pattern, '{')
		if open < 0 || open+2 >= len(pattern) || pattern[open+2] != '}' {
			b.WriteString(pattern)
			return b.String()
		}
		b.WriteString(pattern[:open])
		if k := int(pattern[open+1] - '0'); k >= 0 && k < len(f.Args) {
			b.WriteString(f.Args[k])
		}
		pattern = pattern[open+3:]
	}
}
