package server

import (
	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// live is what is said of a wording while it is typed: the diff, and what the
// checks find.
type live struct {
	Name     string // of the wording it is compared with
	Diff     []piece
	Same     bool // nothing differs
	Empty    bool
	Findings []*findingView
	Problem  string // why it could not be written into the file
	Figures  string // "agree", "differ" or "" where there are none
	Saved    bool   // the draft is kept
	Lang     string // of the wording
	Terms    []termView
}

// live judges a trial in words.
func (m *rowMaker) live(f *facts, t workflow.Trial) *live {
	base := f.chosen.revision
	l := &live{Name: m.wordingName(f.chosen), Same: t.Text == base.Text, Empty: t.Text == "", Lang: m.project.Target.String()}
	if t.Verdict.Bad {
		l.Problem = t.Verdict.Reason
	}
	var marks []mark
	fixes := 0
	for _, x := range t.Findings {
		view := m.finding(x, t.Text)
		if x.Fix != nil {
			fixes++
			view.Number = fixes
		}
		l.Findings = append(l.Findings, view)
		for _, s := range x.Target {
			marks = append(marks, mark{s, markFinding, x.Severity, ""})
		}
	}
	l.Diff = pieces(t.Text, diff.Texts(base.Text, t.Text), marks)
	source := f.record.Unit.Text.Source
	if source == "" || t.Text == "" {
		return l
	}
	l.Terms = m.terms(corpus.Pair{Source: source, Target: t.Text})
	for _, x := range workflow.Figures(corpus.Pair{Source: source, Target: t.Text}, m.project.Source, m.project.Target) {
		if x.Relation == "equal" || x.Relation == "rounded" {
			if l.Figures == "" {
				l.Figures = "agree"
			}
			continue
		}
		l.Figures = "differ"
	}
	return l
}

// tryWording answers while somebody types: it keeps the draft and says what the
// checks find. Nothing is logged.
func (v *visit) tryWording() error {
	text := v.c.PostForm("text")
	trial, err := v.desk.Try(v.context(), v.user.ID, workflow.Wording{Unit: v.unit.ID, Text: text, Place: corpus.Place(v.c.PostForm("place"))})
	if err != nil {
		return err
	}
	f, err := v.readFacts(v.unit.ID, pick{revision: corpus.RevisionID(v.c.PostForm("against"))})
	if err != nil {
		return err
	}
	if err := v.keepDraft(f, text); err != nil {
		return err
	}
	l := v.newRowMaker(view{}, f.version).live(f, trial)
	l.Saved = true
	return v.fragment("workbench.html", "_live.html", l)
}

// keepDraft saves a text that differs from the chosen wording as the visitor's
// own, and drops a draft that says nothing new.
func (v *visit) keepDraft(f *facts, text string) error {
	if text == layout.Show(f.chosen.revision.Text) {
		text = ""
	}
	if text == f.draft.Text {
		return nil
	}
	base := corpus.RevisionID(v.c.PostForm("base"))
	return v.desk.SaveDraft(v.context(), v.user.ID, v.unit.ID, base, text)
}
