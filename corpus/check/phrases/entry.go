package phrases

import (
	"slices"
	"strings"
)

// Entry is a set phrase.
type Entry struct {
	ID       string   // stable, from the pinyin: "sao-hei-chu-e"
	Subject  string   // the file's name without its ending
	Chinese  []string // spellings, simplified and traditional; the first is shown
	Unless   []string // beside these Chinese words the bad renderings may be right
	Good     []string // renderings in use, the recommended one first
	Bad      []string // patterns of wrong renderings
	Alone    []string // patterns that are wrong whatever the source is
	Category string   // a category of flags, as package corpus spells it
	Severity string   // minor or major
	Noun     bool     // the first good rendering can replace a bad one as it is
	Scope    string   // prc, tw, hk, or "" where the word is common to all
	NoteEN   string
	NoteZH   string

	good, bad, alone []pattern
}

// Wrong reports whether the entry knows a wrong rendering.
func (e *Entry) Wrong() bool { return len(e.bad)+len(e.alone) > 0 }

// Holds reports whether the entry's id, or any of its phrases, renderings or
// notes, holds the words, whatever their capitals. Every entry holds "".
func (e *Entry) Holds(words string) bool {
	words = strings.ToLower(words)
	for _, text := range slices.Concat([]string{e.ID, e.NoteEN, e.NoteZH}, e.Chinese, e.Good, e.Bad, e.Alone) {
		if strings.Contains(strings.ToLower(text), words) {
			return true
		}
	}
	return false
}

// Touches reports whether the entry may have anything to say of a unit: whether
// the phrase stands in the source, or a wrong rendering of it in the target.
func (e *Entry) Touches(source, target string) bool {
	return slices.ContainsFunc(e.Chinese, func(zh string) bool { return strings.Contains(source, zh) }) || len(e.BadIn(Read(target))) > 0
}
