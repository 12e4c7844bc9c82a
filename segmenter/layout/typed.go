package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Typed makes logical text of what a person typed into a text field. A block
// has no lines, so a line end becomes what a wrapped line reads as: nothing
// between Han characters, one space elsewhere; in headings and table cells too.
// Line ends at either end of the text vanish. A blank line is refused
// (ParagraphBreak): it means a new paragraph, which an [Insertion] makes. Bytes
// that are not UTF-8, and control characters other than tab, are refused. The
// error is a [*Refusal] of block -1.
//
// [Splice] applies it to every edit; callers use it to store the same text.
func Typed(text string) (string, error) {
	return typed(text, "")
}

// typed is Typed for text that replaces old, whose control characters may stay.
func typed(text, old string) (string, error) {
	if !utf8.ValidString(text) {
		return "", &Refusal{Block: -1, Reason: NotUTF8}
	}
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && !strings.ContainsRune("\t\n\r", r) && (r == 0 || !strings.ContainsRune(old, r))
	}); i >= 0 {
		return "", &Refusal{Block: -1, Reason: ControlChar}
	}
	if !strings.ContainsAny(text, "\n\r") {
		return text, nil
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	lines := strings.Split(strings.TrimFunc(text, unicode.IsSpace), "\n")
	var b strings.Builder
	for i, line := range lines {
		line = strings.TrimFunc(line, unicode.IsSpace)
		if line == "" && len(lines) > 1 {
			return "", &Refusal{Block: -1, Reason: ParagraphBreak}
		}
		if i > 0 {
			b.WriteString(joint(b.String(), line, func(int) bool { return true }))
		}
		b.WriteString(line)
	}
	return b.String(), nil
}
