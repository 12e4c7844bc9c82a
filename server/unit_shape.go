package server

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// The shape of a unit's text: why its sentences end where they do, and whether
// its block is a heading.

// borderView is a place of the unit's text with the rule that decided it.
type borderView struct {
	Side          string // message
	Place         string // message
	Before, After string
	Why           string // the rule in words
	Held          bool   // no sentence ends there
}

// borders explains the borders of the current unit's sentences.
func (m *rowMaker) borders(unit corpus.UnitID) ([]borderView, error) {
	list, err := m.desk.Borders(m.context(), unit)
	if err != nil {
		return nil, err
	}
	views := make([]borderView, len(list))
	for i, b := range list {
		view := borderView{Side: "why.source", Place: "why." + string(b.Place), Before: b.Before, After: b.After, Held: b.Place == workflow.BorderHeld}
		if b.Side == corpus.TargetSide {
			view.Side = "why.target"
		}
		switch {
		case b.People:
			view.Why = m.t("why.people")
		case b.Rule == "":
			view.Why = m.t("why.block")
		default:
			view.Why = m.t("segment-rule." + b.Rule)
		}
		views[i] = view
	}
	return views, nil
}

// labelView is what can be said of the block of the current unit.
type labelView struct {
	Guessed bool   // it reads like a heading
	Called  string // what people called it: "heading", "body" or ""
	Heading bool   // it counts as one now
}

func (m *rowMaker) label(row *rowView) *labelView {
	if !m.may(corpus.Label) {
		return nil
	}
	return &labelView{Guessed: row.Guess, Called: row.Called, Heading: row.Level > 0}
}

// label takes the answer to whether a block is a heading.
func (v *visit) label() error {
	kind := corpus.OverrideKind(v.c.PostForm("kind"))
	if kind != corpus.IsHeading && kind != corpus.IsBody {
		return corpus.Errorf(corpus.Invalid, "a block is called a heading or body text")
	}
	if _, err := v.desk.Label(v.context(), v.user.ID, v.unit.ID, kind == corpus.IsHeading); err != nil {
		return err
	}
	return v.doneUnit("label-" + string(kind))
}
