package server

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
)

// key is a row of the one key table: script, tooltips, help and tests read it.
// A key only presses a visible control; what it does is what the control does.
type key struct {
	Action string // name of the control: data-action in the views
	Keys   string // what presses it, as KeyboardEvent.key spells it; several with a space
	Where  string // context in which it counts: "list", "repair", "editor", "flag", "queue", "check", "any"
}

// keys is the table. The words for people are the messages "key.ACTION".
var keys = []key{
	{"next", "j ArrowDown", "list"},
	{"previous", "k ArrowUp", "list"},
	{"next-match", "n", "list"},
	{"previous-match", "N", "list"},
	{"jump", "g", "list"},
	{"edit", "Enter e", "list"},
	{"right", "a", "list"},
	{"flag", "f", "list"},
	{"return", "r", "list"},
	{"decline", "d", "list"},
	{"dismiss", "x", "list"},
	{"comment", "c", "list"},
	{"wordings", "v", "list"},
	{"undo", "u", "list"},
	{"repair", "w", "list"},
	{"panel", "i", "list"},
	{"take", "1 2 3 4 5 6 7 8 9", "list"},
	{"search", "/", "any"},
	{"help", "?", "any"},
	{"pair-next", "j ArrowDown", "repair"},
	{"pair-previous", "k ArrowUp", "repair"},
	{"pair-doubtful", "n", "repair"},
	{"pair-doubtful-back", "N", "repair"},
	{"pair-merge", "m", "repair"},
	{"pair-merge-back", "M", "repair"},
	{"pair-split", "s", "repair"},
	{"pair-target-up", "Shift+ArrowUp", "repair"},
	{"pair-target-down", "Shift+ArrowDown", "repair"},
	{"pair-source-up", "Alt+ArrowUp", "repair"},
	{"pair-source-down", "Alt+ArrowDown", "repair"},
	{"pair-unlink", "b", "repair"},
	{"pair-cross", "x", "repair"},
	{"pair-elsewhere", "t", "repair"},
	{"pair-pin", "p", "repair"},
	{"pair-again", "r", "repair"},
	{"pair-confirm", "c", "repair"},
	{"pair-flag", "f", "repair"},
	{"pair-undo", "u", "repair"},
	{"propose", "Control+Enter", "editor"},
	{"close", "Escape", "editor"},
	{"fix", "Control+.", "editor"},
	{"walk-back", "ArrowLeft", "flag"},
	{"walk-on", "ArrowRight", "flag"},
	{"extend-back", "Shift+ArrowLeft", "flag"},
	{"extend-on", "Shift+ArrowRight", "flag"},
	{"side", "Tab", "flag"},
	{"both", "Space", "flag"},
	{"flag-note", "ArrowDown", "flag"},
	{"flag-save", "Enter", "flag"},
	{"flag-close", "Escape", "flag"},
	{"queue-next", "j ArrowDown", "queue"},
	{"queue-previous", "k ArrowUp", "queue"},
	{"queue-approve", "a", "queue"},
	{"queue-edit", "e", "queue"},
	{"queue-return", "r", "queue"},
	{"queue-decline", "d", "queue"},
	{"check-next", "j ArrowDown", "check"},
	{"check-previous", "k ArrowUp", "check"},
	{"check-fix", "t", "check"},
	{"check-flag", "f", "check"},
	{"check-dismiss", "d", "check"},
}

// keyRow is a row as views and script see it.
type keyRow struct {
	Action string `json:"action"`
	Keys   string `json:"keys"`
	Where  string `json:"where"`
	Label  string `json:"label"`
	Chosen string `json:"-"` // Keys, whether single letters are switched off or not
}

// keyRows returns the table in the visitor's language, with the keys that the
// visitor chose.
func keyRows(v *visit) []keyRow {
	rows := make([]keyRow, len(keys))
	for i, k := range keys {
		rows[i] = keyRow{k.Action, pressed(k, v.prefs), k.Where, v.t("key." + k.Action), chosenKeys(k, v.prefs)}
	}
	return rows
}

// pressed is what presses a control for somebody with these preferences.
func pressed(k key, p corpus.Preferences) string {
	chosen := chosenKeys(k, p)
	if !p.NoLetters {
		return chosen
	}
	var left []string
	for _, one := range strings.Fields(chosen) {
		if utf8.RuneCountInString(one) > 1 {
			left = append(left, one)
		}
	}
	return strings.Join(left, " ")
}

// chosenKeys are the keys of an action: the person's own, else the table's.
func chosenKeys(k key, p corpus.Preferences) string {
	if own, ok := p.Keys[k.Action]; ok {
		return own
	}
	return k.Keys
}

// normalKeys returns keys as typed in the form of the table.
func normalKeys(typed string) string { return strings.Join(strings.Fields(typed), " ") }

// namedKeys are the keys that have a name in KeyboardEvent.key (UI Events
// KeyboardEvent key Values), as far as a control may be pressed by them. Space
// is our name for the blank.
var namedKeys = []string{"Space", "Tab", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Enter", "Escape", "Home", "End", "PageUp", "PageDown", "Insert", "Delete", "Backspace",
	"F1", "F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10", "F12"}

// keyError is what is wrong with chosen keys.
type keyError struct {
	message string // key of the message
	key     string
	actions [2]string
}

func (e *keyError) Error() string { return e.message + " " + e.key }

// checkKeys refuses what is no key, and one key for two actions that count in
// the same context.
func checkKeys(p corpus.Preferences) error {
	taken := map[string][]key{} // by what presses them
	for _, k := range keys {
		for _, one := range strings.Fields(chosenKeys(k, p)) {
			last := one
			for _, with := range []string{"Control+", "Alt+", "Shift+", "Meta+"} {
				last = strings.TrimPrefix(last, with)
			}
			if utf8.RuneCountInString(last) != 1 && !slices.Contains(namedKeys, last) {
				return &keyError{message: "settings.no-key", key: one}
			}
			for _, other := range taken[one] {
				if other.Action != k.Action && (other.Where == k.Where || other.Where == "any" || k.Where == "any") {
					return &keyError{"settings.key-twice", one, [2]string{other.Action, k.Action}}
				}
			}
			taken[one] = append(taken[one], k)
		}
	}
	return nil
}

// keyProblem says in the visitor's language what is wrong with chosen keys.
func (v *visit) keyProblem(err error) string {
	e, ok := errors.AsType[*keyError](err)
	switch {
	case !ok:
		return corpus.Message(err)
	case e.actions[0] == "":
		return v.t(e.message, e.key)
	}
	return v.t(e.message, e.key, v.t("key."+e.actions[0]), v.t("key."+e.actions[1]))
}
