package server

import (
	"cmp"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/diff"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// pick is what is chosen of the current unit: a wording, an open editor, a fix
// to put in.
type pick struct {
	revision corpus.RevisionID
	edit     bool
	fix      string // key of a finding
}

// facts is all that is stored about one unit, read in one go.
type facts struct {
	record    corpus.Record
	version   corpus.Version
	number    int
	findings  []corpus.Finding            // on the chosen wording, those that nobody dismissed
	dismissed []workflow.DismissedFinding // the others
	comments  []corpus.Comment
	draft     corpus.Draft    // the visitor's; its text is "" where there is none
	lapse     *workflow.Lapse // what the unit was approved for, where it is stale
	earlier   []corpus.Record
	chosen    wording
	wordings  []wording
}

// wording is a text the unit has or had, as people choose among them.
type wording struct {
	revision corpus.Revision
	word     string // key of its name: "wording.machine" …
	by       string
	against  *wording // what a diff compares it with; nil for none
}

// unitView is the current unit: what its row shows beyond the others, and the
// panel.
type unitView struct {
	*rowView
	Base      string // path of the unit's acts
	View      view
	Wordings  []wordingView
	Chosen    corpus.RevisionID
	Against   *wordingView // what the diff is against
	Name      string       // of the chosen wording
	Apart     []piece      // the old text, where so much changed that a diff would only be noise
	Right     act          // "this wording is right", whatever that takes here
	Resolves  []*flagView
	MayReturn bool
	Withdraw  bool
	MayReopen bool
	Lapsed    *corpus.Decision // the approval that a change has made stale
	Moved     bool             // it is the source that changed
	Reason    string           // why the reviewer returned it, and who
	Returned  string
	Problem   string // why the wording could not be written into the file
	Reasons   []string
	Editor    *editor
	Flagging  *flagging
	Repair    *repair
	Label     *labelView   // nil for those who may not say what a block is
	Borders   []borderView // why its sentences begin and end where they do
	Panel     *panel
	keys      []keyRow
	Clash     *clash // somebody else's wording that came in between
}

// wordingView is a tab.
type wordingView struct {
	Name string
	By   string
	URL  string
	On   bool
}

// act is a button: what it does, or why it cannot.
type act struct {
	Verb    string // last part of its path; "" where there is nothing to do
	Label   string
	Hidden  map[string]string
	Blocked string // why it is disabled
	URL     string // where the first of what blocks it is
}

// readFacts reads what is stored about a unit, and chooses the wording.
func (v *visit) readFacts(id corpus.UnitID, p pick) (*facts, error) {
	f := &facts{}
	maker := v.newRowMaker(view{}, f.version)
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		var err error
		if f.record, err = r.Record(id); err != nil {
			return err
		}
		if f.record.Unit.Document != v.doc.ID || f.record.Unit.Retired {
			return corpus.Errorf(corpus.NotFound, "the unit was merged or split meanwhile, or is not of this document; open the document again")
		}
		if f.version, err = r.Version(f.record.Unit.Version); err != nil {
			return err
		}
		if f.number, err = r.UnitNumber(id); err != nil {
			return err
		}
		if f.comments, err = r.Comments(id); err != nil {
			return err
		}
		if f.draft, err = r.Draft(id, v.user.ID); err != nil && corpus.KindOf(err) != corpus.NotFound {
			return err
		}
		if f.earlier, err = earlierRuns(r, id); err != nil {
			return err
		}
		if f.record.State() == corpus.StateStale {
			f.lapse, err = workflow.Lapsed(r, &f.record)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	maker.sourced = f.version.Source.Present()
	f.wordings = maker.wordings(f)
	f.choose(p.revision)
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		if f.findings, err = workflow.StandingFindings(r, f.record.Unit, f.chosen.revision.ID); err != nil {
			return err
		}
		f.dismissed, err = workflow.DismissedFindings(r, f.record.Unit, f.chosen.revision.ID)
		return err
	})
	return f, err
}

// earlierRuns are the records of the units that this one continues from the
// version before, whose machine said something else.
func earlierRuns(r corpus.Reader, id corpus.UnitID) ([]corpus.Record, error) {
	from, _, err := r.Lineage(id)
	if err != nil {
		return nil, err
	}
	var list []corpus.Record
	for _, l := range from {
		if l.Kind != corpus.CarriedTo {
			continue
		}
		rec, err := r.Record(l.Old)
		if err != nil {
			return nil, err
		}
		list = append(list, rec)
	}
	return list, nil
}

// wordings lists what can be looked at: the machine's, what an earlier run said,
// what is approved, what a reviewer returned, and all that waits.
func (m *rowMaker) wordings(f *facts) []wording {
	rec := &f.record
	machine := wording{revision: rec.Machine(), word: "wording.machine"}
	list := []wording{machine}
	for _, old := range f.earlier {
		if zero := old.Machine(); zero.Text != machine.revision.Text && zero.Text != "" {
			list = append(list, wording{revision: zero, word: "wording.earlier", against: &machine})
		}
	}
	stands := machine
	if _, ok := rec.Approval(); ok && rec.Current().ID != machine.revision.ID {
		stands = wording{revision: rec.Current(), word: "wording.approved", by: m.name(rec.Current().Author), against: &machine}
		list = append(list, stands)
	}
	if d, p, ok := lastReturn(rec); ok && rec.State() == corpus.StateReturned {
		if rev, ok := rec.Revision(d.Revision); ok && rev.ID != machine.revision.ID {
			list = append(list, wording{revision: rev, word: "wording.returned", by: m.name(p.By), against: &stands})
		}
	}
	for _, p := range rec.Pending() {
		rev, ok := rec.Revision(p.Revision)
		if ok && !slices.ContainsFunc(list, func(w wording) bool { return w.revision.ID == rev.ID }) {
			list = append(list, wording{revision: rev, word: "wording.proposal", by: m.name(p.By), against: &stands})
		}
	}
	return list
}

// Edit is the address at which the editor is open.
func (u *unitView) Edit() string {
	return u.View.link("at", string(u.ID), "w", string(u.Chosen), "edit", "1") + "#u-" + string(u.ID)
}

// choose picks the wording asked for, else what was returned, else the newest that
// waits, else what stands. Beside an approval that holds nothing is shown that
// nobody approved, unless it is asked for.
func (f *facts) choose(id corpus.RevisionID) {
	rec := &f.record
	usual := rec.Latest().ID
	if rec.State() >= corpus.StateApproved {
		usual = rec.Shown().ID
	}
	if i := slices.IndexFunc(f.wordings, func(w wording) bool { return w.word == "wording.returned" }); i >= 0 && len(rec.Pending()) == 0 {
		usual = f.wordings[i].revision.ID
	}
	for _, want := range []corpus.RevisionID{id, usual, rec.Machine().ID} {
		for _, w := range f.wordings {
			if w.revision.ID == want {
				f.chosen = w
				return
			}
		}
	}
}

// tooFar is the share of a text above which old and new are shown one below the
// other instead of a diff.
const tooFar = 0.6

// makeCurrent turns a row of the page into the current one.
func (v *visit) makeCurrent(p *workbenchPage, row *rowView, chosen pick) error {
	f, err := v.readFacts(row.ID, chosen)
	if err != nil {
		return err
	}
	if p.Unit, err = v.newUnit(p.View, row, f, chosen); err != nil {
		return err
	}
	row.Unit = p.Unit
	for _, step := range []struct {
		to        *string
		backwards bool
	}{{&p.Next, false}, {&p.Previous, true}} {
		u, err := v.desk.Next(v.context(), v.user.ID, v.doc, p.View.query(), f.record.Unit, step.backwards)
		switch {
		case err == nil:
			*step.to = p.View.At(u.ID)
		case corpus.KindOf(err) == corpus.NotFound:
			*step.to = p.View.At(row.ID)
		default:
			return err
		}
	}
	return nil
}

// newUnit fills in the current unit.
func (v *visit) newUnit(w view, row *rowView, f *facts, chosen pick) (*unitView, error) {
	m := v.newRowMaker(w, f.version)
	u := &unitView{rowView: row, View: w, keys: keyRows(v), Base: "/documents/" + string(v.doc.ID) + "/units/" + string(row.ID), Chosen: f.chosen.revision.ID}
	for _, x := range f.wordings {
		u.Wordings = append(u.Wordings, wordingView{Name: v.t(x.word), By: x.by, On: x.revision.ID == f.chosen.revision.ID,
			URL: w.link("at", string(row.ID), "w", string(x.revision.ID)) + "#u-" + string(row.ID)})
	}
	u.Name = v.wordingName(f.chosen)
	u.Panel = m.panel(f, w)
	marks := u.Panel.targetMarks
	text := f.chosen.revision.Text
	var edits []diff.Edit
	if against := f.chosen.against; against != nil && against.revision.Text != text {
		u.Against = &wordingView{Name: v.wordingName(*against)}
		edits = diff.Texts(against.revision.Text, text)
		if diff.Ratio(edits) > tooFar {
			u.Apart = pieces(against.revision.Text, nil, nil)
			edits = nil
		}
	}
	row.Target = pieces(text, edits, marks)
	source := f.record.Unit.Text.Source
	var sourceEdits []diff.Edit
	if f.lapse != nil {
		u.Lapsed, u.Moved = &f.lapse.Decision, f.lapse.Source != source
		if u.Moved {
			sourceEdits = diff.Texts(f.lapse.Source, source)
		}
	}
	row.Source = pieces(source, sourceEdits, u.Panel.sourceMarks)
	row.Omitted = len(f.record.Unit.Target) == 0 && text == ""
	row.Changed = false
	if f.chosen.revision.Verdict.Bad {
		u.Problem = f.chosen.revision.Verdict.Reason
	}
	if d, _, ok := lastReturn(&f.record); ok && f.record.State() == corpus.StateReturned {
		u.Reason, u.Returned = d.Reason, d.Name
	}
	m.allow(u, f)
	for _, key := range []string{"1", "2", "3", "4", "5"} {
		u.Reasons = append(u.Reasons, v.t("reason.canned."+key))
	}
	var err error
	if v.may(corpus.Propose) {
		if u.Editor, err = m.editor(f, chosen); err != nil {
			return nil, err
		}
	}
	if v.may(corpus.PutFlag) {
		u.Flagging = m.flagging(f)
	}
	if v.may(corpus.Merge) {
		u.Repair = m.repair(f)
	}
	u.Label = m.label(row)
	u.Borders, err = m.borders(row.ID)
	return u, err
}

func (v *visit) wordingName(w wording) string {
	if w.by == "" {
		return v.t(w.word)
	}
	return v.t("wording.by", v.t(w.word), w.by)
}

// object is what the rule table asks about a wording of the unit.
func (f *facts) object(v *visit, rev corpus.Revision) corpus.Object {
	o := corpus.Object{State: f.record.State(), Own: rev.ByHand(v.user.ID), Reason: "-"}
	if rev.Author == "" {
		return o
	}
	// Whose wordings are countersigned is known where the wording is; here the
	// button is offered, and the act asks the rule again.
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		roles, err := r.Roles(v.project.ID, rev.Author)
		if err != nil {
			return err
		}
		author, err := r.User(rev.Author)
		o.ByReviewer = corpus.May(corpus.ActorOf(author, roles).Roles, corpus.Approve, v.project.Settings)
		return err
	})
	if err != nil {
		o.ByReviewer = false
	}
	return o
}

// check asks the rule table for the visitor.
func (v *visit) check(verb corpus.Verb, o corpus.Object) error {
	return corpus.Check(corpus.ActorOf(v.user, v.roles), verb, o, v.project.Settings)
}

// allow fills in what may be done with the chosen wording.
func (m *rowMaker) allow(u *unitView, f *facts) {
	rec, rev := &f.record, f.chosen.revision
	o := f.object(m.visit, rev)
	waits := slices.ContainsFunc(rec.Pending(), func(p corpus.Proposal) bool { return p.Revision == rev.ID })
	own := slices.ContainsFunc(rec.Pending(), func(p corpus.Proposal) bool { return p.Revision == rev.ID && p.By == m.user.ID })
	u.Right = m.right(f, o, waits)
	if u.Right.Verb == "approve" || u.Right.Verb == "accept" {
		u.Resolves = u.Panel.resolvedBy(rec, rev)
	}
	refusal := o
	refusal.Own = own
	u.MayReturn = waits && m.check(corpus.Return, refusal) == nil
	u.Withdraw = own && m.may(corpus.Withdraw)
	_, approved := rec.Approval()
	u.MayReopen = approved && m.check(corpus.Reopen, o) == nil
}

// right decides what "this wording is right" means for the visitor and the
// chosen wording.
func (m *rowMaker) right(f *facts, o corpus.Object, waits bool) act {
	rec, rev := &f.record, f.chosen.revision
	a := act{Hidden: map[string]string{"revision": string(rev.ID)}}
	var refused error
	switch {
	case f.chosen.word == "wording.earlier", f.chosen.word == "wording.returned":
		return act{}
	case waits && m.may(corpus.Approve):
		a.Verb, a.Label = "approve", m.t("act.approve")
		refused = m.check(corpus.Approve, o)
	case waits && o.ByReviewer && m.may(corpus.Countersign):
		a.Verb, a.Label = "approve", m.t("act.countersign")
		refused = m.check(corpus.Countersign, o)
	case rev.ID != rec.Current().ID && m.may(corpus.Propose) && !waits:
		a.Verb, a.Label = "propose", m.t("act.propose-this")
		a.Hidden = map[string]string{"text": layout.Show(rev.Text), "base": string(rec.Latest().ID), "key": string(corpus.NewID[corpus.EventID]())}
	case rev.ID != rec.Current().ID:
		return act{}
	case m.may(corpus.Accept):
		if o.State == corpus.StateApproved || o.State == corpus.StateFinal {
			return act{}
		}
		a.Verb, a.Label = "accept", m.t("act.accept")
		if o.State == corpus.StateStale {
			a.Label = m.t("act.still-right")
		}
		refused = m.check(corpus.Accept, o)
	case m.may(corpus.Propose) && o.State != corpus.StateApproved && o.State != corpus.StateFinal:
		a.Verb, a.Label = "no-change", m.t("act.no-change")
		if waits {
			a.Blocked = m.t("act.waits-already")
		}
	default:
		return act{}
	}
	if rev.Text == "" && (a.Verb == "accept" || a.Verb == "no-change") {
		a.Label = m.t("act.rightly-empty")
	}
	switch {
	case refused != nil && o.Own:
		a.Blocked = m.t("act.blocked-own")
		return a
	case refused != nil:
		a.Blocked = m.why(refused)
		return a
	}
	if a.Verb == "approve" || a.Verb == "accept" {
		m.hold(&a, f)
	}
	return a
}

// hold disables an approval that the workflow would refuse for what the file or
// the checks say of the wording.
func (m *rowMaker) hold(a *act, f *facts) {
	if f.chosen.revision.Verdict.Bad {
		a.Blocked, a.URL = m.t("act.blocked-file"), "#problem"
		return
	}
	if !m.project.Settings.FindingsBlock || len(f.findings) == 0 {
		return
	}
	worst := slices.MaxFunc(f.findings, func(x, y corpus.Finding) int { return cmp.Compare(x.Severity, y.Severity) })
	if worst.Severity >= corpus.Major {
		a.Blocked, a.URL = m.t("act.blocked-finding"), "#x-"+worst.Key
	}
}
