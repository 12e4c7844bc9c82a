package server

import "strings"

// keyOf is the first key of an action as people know it, for the hint beside
// its control; "" where the visitor has switched it off.
func keyOf(rows []keyRow, action string) string {
	for _, k := range rows {
		if k.Action == action {
			first, _, _ := strings.Cut(k.Keys, " ")
			return keyNames.Replace(first)
		}
	}
	return ""
}

// keyNames are the signs for keys that have no letter.
var keyNames = strings.NewReplacer("Control+", "Ctrl ", "Enter", "↵", "Escape", "Esc", "ArrowDown", "↓", "ArrowUp", "↑", "ArrowLeft", "←", "ArrowRight", "→", "Shift+", "⇧", "Alt+", "Alt ")

// Key is the first key of an action, for the hint beside its control.
func (p *workbenchPage) Key(action string) string { return keyOf(p.Keys, action) }

// Key is the first key of an action, for the hint beside its control.
func (p *alignmentPage) Key(action string) string { return keyOf(p.Keys, action) }

// Key is the first key of an action, for the hint beside its control.
func (u *unitView) Key(action string) string { return keyOf(u.keys, action) }
