package server

// repairs is the bar of acts that change links, on the alignment page and in the
// workbench's repair mode.
type repairs struct {
	Unit    string // path of the unit's acts
	Base    string // path of the document
	From    string // fromAlignment, or "" in the workbench
	View    view
	Sourced bool // there are two sides to be linked
	Confirm bool // the visitor may confirm
	keys    []keyRow
}

// Key is the first key of an action, for the hint beside its control.
func (r *repairs) Key(action string) string { return keyOf(r.keys, action) }

// repairButton is one act: the end of its path, a value it sends, its key.
type repairButton struct{ Act, Name, Value, Action, Label string }

// Buttons are the acts in groups, in the order of the bar.
func (r *repairs) Buttons() [][]repairButton {
	groups := [][]repairButton{{
		{"merge", "with", "previous", "pair-merge-back", "pairs.merge-back"},
		{"merge", "with", "next", "pair-merge", "pairs.merge"},
		{"split", "sentences", "1", "pair-split", "pairs.split"},
	}}
	if !r.Sourced {
		return groups
	}
	groups = append(groups, []repairButton{
		{"shift", "move", "source-up", "pair-source-up", "pairs.source-up"},
		{"shift", "move", "source-down", "pair-source-down", "pairs.source-down"},
		{"shift", "move", "target-up", "pair-target-up", "pairs.target-up"},
		{"shift", "move", "target-down", "pair-target-down", "pairs.target-down"},
	}, []repairButton{
		{"unlink", "", "", "pair-unlink", "pairs.unlink"},
		{"cross", "", "", "pair-cross", "pairs.cross"},
		{"unmatched", "", "", "pair-flag", "pairs.flag"},
	}, []repairButton{
		{"realign", "pin", "1", "pair-pin", "pairs.pin"},
		{"realign", "", "", "pair-again", "pairs.again"},
	})
	if r.Confirm {
		last := len(groups) - 1
		groups[last] = append(groups[last], repairButton{"confirm", "", "", "pair-confirm", "pairs.confirm"})
	}
	return groups
}
