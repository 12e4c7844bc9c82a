package server

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// editor is the form in which a wording is typed, and the first verdict on it.
type editor struct {
	Open     bool
	Text     string // as people type it: placeholders as ⟨1⟩
	Base     corpus.RevisionID
	Seen     corpus.RevisionID // the newest wording when the page was made
	Key      corpus.EventID    // sent again with every try to save, so that one is enough
	Origin   corpus.Origin
	Category corpus.Category
	Severity string
	Draft    bool
	Rows     int // lines the field shows
	Live     *live
	Places   []workflow.Placing // for a sentence that was left out
	Lang     string
	Choices  []categoryView
	Levels   []levelView
	Cuts     bool // the unit has a target that an empty wording would delete
}

// categoryView is a category with the letter that chooses it.
type categoryView struct {
	Word   corpus.Category
	Letter string
	Name   string
}

func (v *visit) categories() []categoryView {
	var list []categoryView
	for _, c := range corpus.Categories() {
		list = append(list, categoryView{c, string(rune(c.Key())), v.t("category." + string(c))})
	}
	return list
}

// editor makes the form: with the visitor's draft, else the chosen wording, else
// the wording with a fix put in.
func (m *rowMaker) editor(f *facts, p pick) (*editor, error) {
	rec, rev := &f.record, f.chosen.revision
	e := &editor{Open: p.edit, Text: layout.Show(rev.Text), Base: rev.ID, Seen: rec.Latest().ID, Key: corpus.NewID[corpus.EventID](), Choices: m.categories(), Levels: levels(),
		Lang: m.project.Target.String(), Cuts: len(rec.Unit.Target) > 0, Severity: corpus.Minor.String()}
	if _, ok := rec.Revision(rev.ID); !ok || f.chosen.word == "wording.returned" {
		e.Base = rec.Latest().ID
	}
	text := rev.Text
	for _, x := range f.findings {
		if p.fix != "" && x.Key == p.fix && x.Fix != nil {
			text = rev.Text[:x.Fix.Span.Start] + x.Fix.Text + rev.Text[x.Fix.Span.End:]
			e.Text, e.Origin, e.Category, e.Severity = layout.Show(text), corpus.FromFix, x.Category, x.Severity.String()
		}
	}
	if f.draft.Text != "" && p.fix == "" {
		e.Text, e.Draft = f.draft.Text, true
		if _, ok := rec.Revision(f.draft.Base); ok {
			e.Base = f.draft.Base
		}
	}
	e.Rows = min(12, 2+len(e.Text)/60)
	if p.edit {
		trial, err := m.desk.Try(m.context(), m.user.ID, workflow.Wording{Unit: rec.Unit.ID, Text: e.Text})
		if err == nil {
			e.Live = m.live(f, trial)
		}
	}
	var err error
	if len(rec.Unit.Target) == 0 {
		e.Places, err = m.desk.Places(m.context(), rec.Unit.ID, text)
	}
	return e, err
}

// flagging is the form by which a passage is flagged.
type flagging struct {
	Revision corpus.RevisionID
	Choices  []categoryView
	Omission bool // nothing is translated here: the source is what can be flagged
	Source   string
	Levels   []levelView
}

// levelView is a severity with the digit that chooses it.
type levelView struct {
	Word  string
	Digit int
}

func levels() []levelView {
	var list []levelView
	for s := corpus.Neutral; s <= corpus.Critical; s++ {
		list = append(list, levelView{s.String(), int(s)})
	}
	return list
}

func (m *rowMaker) flagging(f *facts) *flagging {
	return &flagging{Revision: f.chosen.revision.ID, Choices: m.categories(), Levels: levels(), Omission: f.chosen.revision.Text == "", Source: layout.Show(f.record.Unit.Text.Source)}
}

// repair is the form that merges and splits.
type repair struct {
	Sources, Targets []cutView // where a side may be cut at the border of two sentences
	Repairs          *repairs
	Pairs            string // address of the pairs around this one
}

// cutView is a place between two sentences.
type cutView struct {
	At     int    // in the logical text, as the browser counts
	Behind string // the last words in front of it
}

func (m *rowMaker) repair(f *facts) *repair {
	u := f.record.Unit
	r := &repair{Sources: cuts(u.Text.Source, u.Source), Targets: cuts(u.Text.Target, u.Target)}
	r.Repairs = &repairs{Unit: documentURL(u.Document, "/units/"+string(u.ID)), Base: documentURL(u.Document, ""), View: m.view, Sourced: m.sourced, Confirm: m.may(corpus.Confirm), keys: keyRows(m.visit)}
	r.Pairs = alignmentURL(r.Repairs.Base, "all", "at", string(u.ID)) + "#p-" + string(u.ID)
	return r
}

// cuts are the borders between the sentences of a side.
func cuts(text string, segments []corpus.Segment) []cutView {
	var list []cutView
	at := 0
	for i, s := range segments[:max(0, len(segments)-1)] {
		next := segments[i+1]
		if next.Block == s.Block {
			at += next.Span.Start - s.Span.Start
		} else {
			at += s.Span.End - s.Span.Start + len("\n")
		}
		if at > len(text) {
			break
		}
		shown := layout.Show(text[:at])
		list = append(list, cutView{utf16Len(shown), lastRunes(strings.TrimSpace(shown), 24)})
	}
	return list
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n:])
}
