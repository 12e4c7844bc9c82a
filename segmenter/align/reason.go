package align

import (
	"fmt"
	"strings"
)

// Reason says why a bead is believed or doubted: a stable ID, to be translated by the caller,
// and the numbers or words to put in.
//
//	numbers          matched, in all                 2 of 3 figures match
//	figure-differs   figures without a counterpart   a figure differs: 30, 31
//	terms            matched, in all                 5 of 9 words match
//	no-terms                                         hardly a word matches
//	length           actual by expected length       1.9 times as long as expected
//	structure        label                           both are numbered 3
//	structure-differs  source label, target label    numbered 3 and 4
//	left-out                                         the source is not rendered
//	added                                            the target has no source
//	perhaps-left-out sentence of the bead            sentence 2 of the source may not be rendered
//	perhaps-added    sentence of the bead            sentence 1 of the target may have no source
//	merged           source sentences, target sentences   2 sentences to 1
//	position                                         only its place between its neighbours speaks for it
//	runner-up        margin                          another pairing is almost as good
//	pinned                                           settled by a person
type Reason struct {
	ID   string
	Args []string
}

// String is the reason as an English phrase.
func (r Reason) String() string {
	arg := func(i int) string {
		if i < len(r.Args) {
			return r.Args[i]
		}
		return "?"
	}
	switch r.ID {
	case "numbers":
		return fmt.Sprintf("%s of %s figures match", arg(0), arg(1))
	case "figure-differs":
		return "a figure differs: " + strings.Join(r.Args, ", ")
	case "terms":
		return fmt.Sprintf("%s of %s words match", arg(0), arg(1))
	case "no-terms":
		return "hardly a word matches"
	case "length":
		return arg(0) + " times as long as expected"
	case "structure":
		return "both are numbered " + arg(0)
	case "structure-differs":
		return fmt.Sprintf("numbered %s and %s", arg(0), arg(1))
	case "left-out":
		return "left out: nothing in the target renders it"
	case "added":
		return "added: nothing in the source says it"
	case "perhaps-left-out":
		return fmt.Sprintf("sentence %s of the source may not be rendered", arg(0))
	case "perhaps-added":
		return fmt.Sprintf("sentence %s of the target may have no source", arg(0))
	case "merged":
		return fmt.Sprintf("%s sentences to %s", arg(0), arg(1))
	case "position":
		return "only its place between its neighbours speaks for it"
	case "runner-up":
		return "another pairing is almost as good"
	case "pinned":
		return "settled by a person"
	}
	return r.ID
}
