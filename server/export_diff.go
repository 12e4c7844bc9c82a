package server

import (
	"bytes"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// hunk is a changed place of the received file, with the text around it.
type hunk struct {
	Line   int // in the file as received, from 1
	Pieces []hunkPiece
}

// hunkPiece is a stretch of a hunk: kept, put in ("ins") or taken out ("del").
type hunkPiece struct {
	Op   string
	Text string
}

// hunkContext is how many bytes on each side of a change are shown, at the most
// to the ends of their lines; changes whose surroundings meet share a hunk.
const hunkContext = 80

// hunks shows the changes of a file in their surroundings. Changes are in the
// order of the file.
func hunks(raw []byte, changes []layout.Change) []hunk {
	var list []hunk
	for i := 0; i < len(changes); {
		j := i + 1
		for j < len(changes) && near(raw[changes[j-1].Old.End:changes[j].Old.Start]) {
			j++
		}
		list = append(list, makeHunk(raw, changes[i:j]))
		i = j
	}
	return list
}

// near reports whether two changes with these bytes between them are shown
// together.
func near(between []byte) bool {
	return len(between) <= 2*hunkContext && !bytes.Contains(between, []byte("\n\n"))
}

// makeHunk compares the old and the new text of the whole place: what the file's
// changes are is decided by bytes, and a person reads words and figures.
func makeHunk(raw []byte, changes []layout.Change) hunk {
	first, last := changes[0].Old.Start, changes[len(changes)-1].Old.End
	start, end := contextStart(raw, first), contextEnd(raw, last)
	h := hunk{Line: 1 + bytes.Count(raw[:first], []byte{'\n'})}
	var changed []byte
	at := start
	for _, c := range changes {
		changed = append(append(changed, raw[at:c.Old.Start]...), c.New...)
		at = c.Old.End
	}
	changed = append(changed, raw[at:end]...)
	if start > 0 && raw[start-1] != '\n' {
		h.add("", "…")
	}
	for _, e := range diff.Texts(readable(raw[start:end]), readable(changed)) {
		h.add(map[diff.Op]string{diff.Insert: "ins", diff.Delete: "del"}[e.Op], e.Text)
	}
	if end < len(raw) && raw[end] != '\n' {
		h.add("", "…")
	}
	return h
}

// readable is a text to be shown: bytes that are no UTF-8 become the
// replacement character.
func readable(raw []byte) string { return string(bytes.ToValidUTF8(raw, []byte("\uFFFD"))) }

// add puts a piece behind the others.
func (h *hunk) add(op, text string) {
	if n := len(h.Pieces) - 1; n >= 0 && h.Pieces[n].Op == op {
		h.Pieces[n].Text += text
		return
	}
	h.Pieces = append(h.Pieces, hunkPiece{op, text})
}

// contextStart returns where the text shown in front of an offset begins: its
// line, or a word some bytes before it.
func contextStart(raw []byte, at int) int {
	start := max(0, at-hunkContext)
	if i := bytes.LastIndexByte(raw[start:at], '\n'); i >= 0 {
		return start + i + 1
	}
	if i := bytes.IndexByte(raw[start:at], ' '); start > 0 && i >= 0 {
		return start + i + 1
	}
	for start > 0 && start < at && !utf8.RuneStart(raw[start]) {
		start++
	}
	return start
}

// contextEnd returns where the text shown behind an offset ends.
func contextEnd(raw []byte, at int) int {
	end := min(len(raw), at+hunkContext)
	if i := bytes.IndexByte(raw[at:end], '\n'); i >= 0 {
		return at + i
	}
	if i := bytes.LastIndexByte(raw[at:end], ' '); end < len(raw) && i >= 0 {
		return at + i
	}
	for end > at && end < len(raw) && !utf8.RuneStart(raw[end]) {
		end--
	}
	return end
}
