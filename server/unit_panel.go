package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/message"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// panel is what stands beside the list about the current unit.
type panel struct {
	Flags      []*flagView
	Settled    []*flagView // resolved, dismissed and withdrawn ones
	Findings   []*findingView
	Dismissed  []dismissedView
	MayDismiss bool
	Comments   []commentView
	MayComment bool
	Figures    []figureView
	Terms      []termView
	Why        []string // what raises its risk most
	History    []entry
	Pairing    pairing
	Doubtful   bool

	sourceMarks, targetMarks []mark
}

// flagView is a card.
type flagView struct {
	ID       corpus.FlagID
	Label    string // the number at its passage; "" where the passage is lost
	Category corpus.Category
	Severity string
	By       string
	When     time.Time
	Note     string
	Source   string // what it quotes
	Target   string
	Lost     bool
	Status   string
	Reason   string
	Settler  string
	Resolve  bool // what the visitor may do
	Dismiss  bool
	Drop     bool
	Ticked   bool // an approval of the chosen wording would resolve it
}

// findingView is a finding with its reason and fix.
type findingView struct {
	Key      string
	Severity string
	Title    string
	Message  string
	Check    string
	Fix      string // what would be put in; "" for none
	Old      string // what would go
	Start    int    // of it, as the browser counts
	Number   int    // of the fix, from 1
	Category corpus.Category
	URL      string // opens the editor with the fix put in
	Dismiss  bool
	Phrase   string // address of the set phrase in the list; "" for other checks
}

// dismissedView is a finding that somebody dismissed.
type dismissedView struct {
	Title  string
	Scope  string // key of the word for how far it reaches
	By     string
	Reason string
	Number int64 // by which it is taken back; 0 where the visitor may not
}

// figureView is a row of the ledger with its verdict.
type figureView struct {
	workflow.Figure
	Verdict string
}

type commentView struct {
	By   string
	When time.Time
	Text string
}

// entry is a line of a unit's history, oldest first.
type entry struct {
	When   time.Time
	Who    string
	What   string // in words
	Number int    // of the revision, -1 where the line is about none
	Reason string
	URL    string // shows the wording
}

// pairing says how far the pairing can be relied on, and why.
type pairing struct {
	Status  corpus.BeadStatus
	Reasons []string
	Words   string // the reasons in one line
}

// panel gathers the panel, and the marks that the texts get.
func (m *rowMaker) panel(f *facts, w view) *panel {
	p := &panel{MayDismiss: m.may(corpus.Dismiss), MayComment: m.may(corpus.Write)}
	m.flags(p, f)
	m.findings(p, f, w)
	for _, x := range f.dismissed {
		view := dismissedView{Title: m.finding(x.Finding, f.chosen.revision.Text).Title, Scope: "dismiss." + string(x.Scope()), By: m.name(x.Dismissal.By), Reason: x.Dismissal.Reason}
		if m.may(corpus.Revoke) || x.Dismissal.By == m.user.ID && m.may(corpus.Dismiss) {
			view.Number = x.Dismissal.Number
		}
		p.Dismissed = append(p.Dismissed, view)
	}
	for _, c := range f.comments {
		if !c.Undone {
			p.Comments = append(p.Comments, commentView{m.name(c.By), c.Created, c.Text})
		}
	}
	if f.record.Unit.Text.Source != "" {
		for _, x := range workflow.Figures(corpus.Pair{Source: f.record.Unit.Text.Source, Target: f.chosen.revision.Text}, m.project.Source, m.project.Target) {
			p.Figures = append(p.Figures, figureView{x, m.figureVerdict(x)})
		}
	}
	for _, x := range p.Figures {
		if x.Source != "" {
			p.sourceMarks = append(p.sourceMarks, mark{span: x.SourceSpan, what: markFigure})
		}
	}
	p.Why = check.RiskReasons(check.Input{Source: f.record.Unit.Text.Source, Target: f.chosen.revision.Text, SourceLang: m.project.Source, TargetLang: m.project.Target, Kind: f.record.Unit.Kind()}, f.findings, m.lang)
	p.Terms = m.terms(corpus.Pair{Source: f.record.Unit.Text.Source, Target: f.chosen.revision.Text})
	p.Doubtful = f.record.Unit.Bead.Status == corpus.BeadDoubtful
	p.History = m.history(f, w)
	bead := f.record.Unit.Bead
	p.Pairing = pairing{Status: bead.Status}
	if m.sourced {
		for _, r := range bead.Reasons {
			p.Pairing.Reasons = append(p.Pairing.Reasons, m.pairReason(r))
		}
	}
	p.Pairing.Words = strings.Join(p.Pairing.Reasons, "; ")
	return p
}

// figureVerdict says how two figures stand to each other.
func (m *rowMaker) figureVerdict(x workflow.Figure) string {
	switch {
	case x.Relation == "scaled" && x.Power > 0:
		return "× 1" + strings.Repeat("0", x.Power)
	case x.Relation == "scaled":
		return "÷ 1" + strings.Repeat("0", -x.Power)
	}
	return m.t("figure." + x.Relation)
}

// pairReason puts the aligner's word for a reason into words for people.
func (m *rowMaker) pairReason(reason string) string {
	fields := strings.Fields(reason)
	if len(fields) == 0 {
		return ""
	}
	id, args := fields[0], fields[1:]
	for i, a := range args {
		if n, err := strconv.ParseInt(a, 10, 64); err == nil && n > 9999 {
			args[i] = message.NewPrinter(m.lang).Sprint(n)
		}
	}
	switch id {
	case "figure-differs":
		return m.t("pair."+id, strings.Join(args, ", "))
	case "numbers", "terms", "structure-differs", "merged":
		for len(args) < 2 {
			args = append(args, "?")
		}
		return m.t("pair."+id, args[0], args[1])
	case "length", "structure", "perhaps-left-out", "perhaps-added", "runner-up":
		return m.t("pair."+id, strings.Join(args, " "))
	}
	return m.t("pair." + id)
}

// flags fills in the cards, and marks the passages on the chosen wording.
func (m *rowMaker) flags(p *panel, f *facts) {
	rec := &f.record
	open := rec.OpenFlags()
	for _, x := range rec.Flags {
		if x.Undone {
			continue
		}
		card := &flagView{ID: x.ID, Category: x.Category, Severity: x.Severity.String(), By: m.name(x.By), When: x.Created, Note: x.Note,
			Source: layout.Show(x.Source.Quote), Target: layout.Show(x.Target.Quote), Status: string(rec.FlagStatus(x))}
		if !slices.ContainsFunc(open, func(o corpus.Flag) bool { return o.ID == x.ID }) {
			for _, d := range rec.Decisions {
				if d.Flag == x.ID && !d.Undone {
					card.Reason, card.Settler = d.Reason, d.Name
				}
			}
			p.Settled = append(p.Settled, card)
			continue
		}
		o := corpus.Object{State: rec.State(), Own: x.By == m.user.ID, Reason: "-"}
		card.Resolve, card.Dismiss, card.Drop = m.check(corpus.Resolve, o) == nil, m.check(corpus.DismissMain, o) == nil, m.check(corpus.DropFlag, o) == nil
		p.Flags = append(p.Flags, card)
		card.Label = strconv.Itoa(len(p.Flags))
		if x.Source.Present() {
			p.sourceMarks = append(p.sourceMarks, mark{x.Source.Span, markFlag, x.Severity, card.Label})
		}
		old, _ := rec.Revision(x.Revision)
		if span, ok := corpus.Anchor(x.Target, old.Text, f.chosen.revision.Text); ok {
			p.targetMarks = append(p.targetMarks, mark{span, markFlag, x.Severity, card.Label})
			continue
		}
		card.Lost = x.Target.Present()
		card.Ticked = card.Lost
	}
}

// resolvedBy returns the open flags, each with a tick where the wording leaves
// nothing of the passage, or was proposed together with the flag.
func (p *panel) resolvedBy(rec *corpus.Record, rev corpus.Revision) []*flagView {
	for _, card := range p.Flags {
		for _, x := range rec.Flags {
			if x.ID == card.ID && rev.Act != "" && x.Act == rev.Act {
				card.Ticked = true
			}
		}
	}
	return p.Flags
}

// findings fills in what the checks say of the chosen wording, worst first.
func (m *rowMaker) findings(p *panel, f *facts, w view) {
	list := slices.Clone(f.findings)
	slices.SortStableFunc(list, func(a, b corpus.Finding) int { return int(b.Severity) - int(a.Severity) })
	text := f.chosen.revision.Text
	fixes := 0
	for _, x := range list {
		view := m.finding(x, text)
		if x.Fix != nil {
			fixes++
			view.Number = fixes
			view.URL = w.link("at", string(f.record.Unit.ID), "w", string(f.chosen.revision.ID), "edit", "1", "fix", x.Key) + "#u-" + string(f.record.Unit.ID)
		}
		p.Findings = append(p.Findings, view)
		for _, s := range x.Target {
			p.targetMarks = append(p.targetMarks, mark{s, markFinding, x.Severity, ""})
		}
	}
}

// finding is a finding in words.
func (m *rowMaker) finding(x corpus.Finding, text string) *findingView {
	verb := corpus.Dismiss
	if x.Severity >= corpus.Major {
		verb = corpus.DismissMain
	}
	view := &findingView{Key: x.Key, Severity: x.Severity.String(), Message: check.Text(x, m.lang), Check: x.Check, Category: x.Category, Dismiss: m.may(verb)}
	for _, c := range check.All() {
		if c.ID == x.Check {
			view.Title = c.Doc.Title.In(m.lang)
		}
	}
	if x.Check == "phrase.calque" && len(x.Args) == 4 {
		view.Phrase = m.projectURL("/phrases?q=" + url.QueryEscape(x.Args[3]))
	}
	if x.Fix != nil {
		view.Fix, view.Old = layout.Show(x.Fix.Text), layout.Show(text[x.Fix.Span.Start:x.Fix.Span.End])
		view.Start = utf16Len(layout.Show(text[:x.Fix.Span.Start]))
	}
	return view
}

// history lists what happened to the unit.
func (m *rowMaker) history(f *facts, w view) []entry {
	var list []entry
	rec := &f.record
	numbers := map[corpus.RevisionID]int{}
	for _, rev := range rec.Revisions {
		numbers[rev.ID] = rev.Number
		if rev.Undone {
			continue
		}
		who := m.name(rev.Author)
		if rev.Origin == corpus.FromMachine {
			who = strings.Trim(f.version.Engine+", "+f.version.Label, ", ")
		}
		list = append(list, entry{When: rev.Created, Who: who, What: m.t("origin." + string(rev.Origin)), Number: rev.Number, Reason: rev.Note,
			URL: w.link("at", string(rec.Unit.ID), "w", string(rev.ID)) + "#u-" + string(rec.Unit.ID)})
	}
	for _, p := range rec.Proposals {
		if !p.Undone && p.NoChange {
			list = append(list, entry{When: p.Created, Who: m.name(p.By), What: m.t("history.no-change"), Number: numbers[p.Revision]})
		}
	}
	for _, d := range rec.Decisions {
		if d.Undone || d.Verb == corpus.Supersede {
			continue
		}
		e := entry{When: d.Created, Who: d.Name, What: m.t("verb." + verbWord(d)), Number: -1, Reason: d.Reason}
		if d.Flag == "" {
			e.Number = numbers[d.Revision]
		}
		if d.Size > 1 {
			e.What = m.t("history.batch", e.What, d.Size)
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b entry) int { return a.When.Compare(b.When) })
	return list
}
