package phrases

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func builtin(t *testing.T) *List {
	t.Helper()
	l, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCount holds the list to its promised size.
func TestCount(t *testing.T) {
	l, wrong := builtin(t), 0
	for _, e := range l.entries {
		if e.Wrong() {
			wrong++
		}
	}
	t.Logf("%d entries, %d of them with wrong renderings", len(l.entries), wrong)
	if len(l.entries) < 1000 || wrong < 700 {
		t.Errorf("%d entries, %d with wrong renderings; want 1000 and 700", len(l.entries), wrong)
	}
}

// TestEntries reads every entry as a strict proof-reader would.
func TestEntries(t *testing.T) {
	ids, spellings := map[string]bool{}, map[string]string{}
	for _, e := range builtin(t).entries {
		if ids[e.ID] {
			t.Errorf("%s: the id stands twice", e.ID)
		}
		ids[e.ID] = true
		for _, zh := range append(slices.Clone(e.Chinese), e.Unless...) {
			if len([]rune(zh)) < 2 || strings.ContainsFunc(zh, func(r rune) bool {
				return !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) && !strings.ContainsRune("“”、，+＋", r)
			}) {
				t.Errorf("%s: %q is no Chinese phrase of two characters", e.ID, zh)
			}
		}
		for _, zh := range e.Chinese {
			if spellings[zh] != "" {
				t.Errorf("%s: %s stands in %s too", e.ID, zh, spellings[zh])
			}
			spellings[zh] = e.ID
		}
		for _, zh := range e.Unless {
			if slices.Contains(e.Chinese, zh) {
				t.Errorf("%s: unless %s", e.ID, zh)
			}
		}
		if strings.ContainsFunc(e.NoteEN, func(r rune) bool { return unicode.Is(unicode.Han, r) && !strings.Contains(e.NoteEN, string(r)) }) || !strings.ContainsFunc(e.NoteZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: notes in the wrong languages", e.ID)
		}
		for _, p := range e.alone {
			for _, c := range p.steps[0].choices {
				if c.prefix != "" && len(p.steps) < 2 {
					t.Errorf("%s: %q is too wide to stand alone", e.ID, p.text)
				}
			}
		}
		if e.Noun && strings.ContainsAny(e.Good[0], "*/=") {
			t.Errorf("%s: %q cannot be put into a text", e.ID, e.Good[0])
		}
	}
}

// TestGood holds the whole list to its own good renderings: none of them is a
// wrong rendering of the same phrase or of a phrase inside it or around it,
// and none holds what is said to be wrong in any context.
func TestGood(t *testing.T) {
	l := builtin(t)
	type related struct{ entry *Entry }
	for _, e := range l.entries {
		kin := []*Entry{e}
		for _, zh := range e.Chinese {
			for _, h := range l.Find(zh) {
				if h.Entry != e && !slices.Contains(kin, h.Entry) {
					kin = append(kin, h.Entry)
				}
			}
		}
		for _, good := range e.Good {
			text := Read(good)
			for _, k := range kin {
				// What a longer phrase's own good rendering covers is excused.
				if bad := k.BadIn(text); k == e && len(bad) > 0 {
					t.Errorf("%s: good %q matches bad %q", e.ID, good, bad[0].Pattern)
				}
			}
			for _, m := range l.Alone(text) {
				t.Errorf("%s: good %q holds %q, wrong anywhere by %s", e.ID, good, m.Pattern, m.Entry.ID)
			}
			if len(e.GoodIn(text)) == 0 {
				t.Errorf("%s: good %q does not match itself", e.ID, good)
			}
		}
		for _, bad := range slices.Concat(e.Bad, e.Alone) {
			if slices.Contains(e.Good, bad) {
				t.Errorf("%s: %q is good and bad", e.ID, bad)
			}
		}
	}
}
