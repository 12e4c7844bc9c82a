package server

import (
	"slices"
	"strconv"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// actRoutes are the acts on units. Each takes a form, with script or without.
func (s *Server) actRoutes() []route {
	const unit = "/documents/:document/units/:unit/"
	return []route{
		post(unit+"propose", inUnit, corpus.Propose, (*visit).propose),
		post(unit+"no-change", inUnit, corpus.Propose, (*visit).readNoChange),
		post(unit+"check", inUnit, corpus.Propose, (*visit).tryWording),
		post(unit+"draft", inUnit, corpus.Propose, (*visit).saveDraft),
		post(unit+"withdraw", inUnit, corpus.Withdraw, (*visit).withdraw),
		post(unit+"approve", inUnit, corpus.Countersign, (*visit).approve), // which of the two it is the workflow decides
		post(unit+"accept", inUnit, corpus.Accept, (*visit).accept),
		post(unit+"return", inUnit, corpus.Return, (*visit).returnProposal),
		post(unit+"decline", inUnit, corpus.Decline, (*visit).decline),
		post(unit+"reopen", inUnit, corpus.Reopen, (*visit).reopen),
		post(unit+"flag", inUnit, corpus.PutFlag, (*visit).flag),
		post(unit+"settle", inUnit, corpus.DropFlag, (*visit).settle), // a flag: resolved, dismissed or withdrawn
		post(unit+"dismiss", inUnit, corpus.Dismiss, (*visit).dismiss),
		post(unit+"revoke", inUnit, corpus.Dismiss, (*visit).takeDismissalBack),
		post(unit+"comment", inUnit, corpus.Write, (*visit).comment),
		post(unit+"merge", inUnit, corpus.Merge, (*visit).merge),
		post(unit+"split", inUnit, corpus.Split, (*visit).split),
		post(unit+"label", inUnit, corpus.Label, (*visit).label), // a block is a heading, or is none
		post("/documents/:document/undo", inDocument, corpus.Undo, (*visit).undo),
	}
}

// choice reads which wording of the unit the form decides on.
func (v *visit) choice() workflow.Choice {
	c := workflow.Choice{Unit: v.unit.ID, Revision: corpus.RevisionID(v.c.PostForm("revision"))}
	for _, id := range v.c.PostFormArray("resolves") {
		c.Resolves = append(c.Resolves, corpus.FlagID(id))
	}
	return c
}

// reason reads the canned reason, the free one, or both.
func (v *visit) reason() string {
	canned, free := v.c.PostForm("canned"), v.c.PostForm("reason")
	switch {
	case canned == "":
		return free
	case free == "":
		return canned
	}
	return canned + " " + free
}

func (v *visit) approve() error {
	if _, err := v.desk.Approve(v.context(), v.user.ID, v.choice()); err != nil {
		return err
	}
	if v.may(corpus.Approve) {
		return v.doneUnit("approve")
	}
	return v.doneUnit("countersign")
}

func (v *visit) accept() error {
	if _, err := v.desk.Accept(v.context(), v.user.ID, v.choice()); err != nil {
		return err
	}
	return v.doneUnit("accept")
}

func (v *visit) returnProposal() error {
	if v.reason() == "" {
		return corpus.Errorf(corpus.Invalid, "%s", v.t("reason.needed"))
	}
	if _, err := v.desk.Return(v.context(), v.user.ID, v.reason(), v.choice()); err != nil {
		return err
	}
	return v.doneUnit("return")
}

func (v *visit) decline() error {
	if v.reason() == "" {
		return corpus.Errorf(corpus.Invalid, "%s", v.t("reason.needed"))
	}
	if _, err := v.desk.Decline(v.context(), v.user.ID, v.reason(), v.choice()); err != nil {
		return err
	}
	return v.doneUnit("decline")
}

func (v *visit) withdraw() error {
	if _, err := v.desk.Withdraw(v.context(), v.user.ID, v.choice()); err != nil {
		return err
	}
	v.follow()
	return v.doneUnit("withdraw")
}

func (v *visit) reopen() error {
	if _, err := v.desk.Reopen(v.context(), v.user.ID, v.reason(), workflow.Choice{Unit: v.unit.ID}); err != nil {
		return err
	}
	return v.doneUnit("reopen")
}

func (v *visit) comment() error {
	if _, err := v.desk.Comment(v.context(), v.user.ID, v.unit.ID, v.c.PostForm("text"), ""); err != nil {
		return err
	}
	return v.doneUnit("comment")
}

func (v *visit) dismiss() error {
	scope := workflow.Scope(v.c.PostForm("scope"))
	if _, err := v.desk.Dismiss(v.context(), v.user.ID, v.unit.ID, v.c.PostForm("key"), scope, v.reason()); err != nil {
		return err
	}
	return v.doneUnit("dismiss")
}

// takeDismissalBack opens a finding again that was dismissed, wherever the
// dismissal reached.
func (v *visit) takeDismissalBack() error {
	number, err := strconv.ParseInt(v.c.PostForm("number"), 10, 64)
	if err != nil {
		return corpus.Errorf(corpus.Invalid, "the form names no dismissal")
	}
	if err := v.desk.RevokeDismissal(v.context(), v.user.ID, v.project.ID, number); err != nil {
		return err
	}
	return v.doneUnit("revoke")
}

// settleVerbs are what may become of a flag.
var settleVerbs = []corpus.Verb{corpus.Resolve, corpus.DismissMain, corpus.DropFlag}

func (v *visit) settle() error {
	verb := corpus.Verb(v.c.PostForm("verb"))
	if !slices.Contains(settleVerbs, verb) {
		return corpus.Errorf(corpus.Invalid, "a flag is resolved, dismissed or withdrawn")
	}
	if _, err := v.desk.Settle(v.context(), v.user.ID, v.unit.ID, corpus.FlagID(v.c.PostForm("flag")), verb, v.reason()); err != nil {
		return err
	}
	return v.doneUnit("settle")
}

// flag puts a flag on what the form marks or quotes of either side, or both.
func (v *visit) flag() error {
	category, err := corpus.ParseCategory(v.c.PostForm("category"))
	if err != nil {
		return err
	}
	severity, err := corpus.ParseSeverity(v.c.DefaultPostForm("severity", corpus.Minor.String()))
	if err != nil {
		return err
	}
	revision := corpus.RevisionID(v.c.PostForm("revision"))
	text := v.unit.Text.Target
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		rec, err := r.Record(v.unit.ID)
		if rev, ok := rec.Revision(revision); ok {
			text = rev.Text
		}
		return err
	})
	if err != nil {
		return err
	}
	passage := workflow.Passage{Unit: v.unit.ID, Revision: revision, Category: category, Severity: severity, Note: v.c.PostForm("note"),
		Source: markFrom(v.unit.Text.Source, v.c.PostForm("source_start"), v.c.PostForm("source_end"), v.c.PostForm("source")),
		Target: markFrom(text, v.c.PostForm("target_start"), v.c.PostForm("target_end"), v.c.PostForm("target"))}
	if _, err := v.desk.Flag(v.context(), v.user.ID, passage); err != nil {
		return err
	}
	return v.doneUnit("flag")
}

// doneUnit answers an act on the unit: without script by the page, with the unit or
// the next one current; for script by the parts of the page that changed.
func (v *visit) doneUnit(said string) error {
	w := v.postedView()
	to := v.unit.ID
	if v.c.PostForm("then") == "next" {
		next, err := v.desk.Next(v.context(), v.user.ID, v.doc, w.query(), v.unit, false)
		switch {
		case err == nil:
			to = next.ID
		case corpus.KindOf(err) != corpus.NotFound:
			return err
		}
	}
	if !v.wantsFragment() {
		return v.redirect(w.link("at", string(to), "done", said) + "#u-" + string(to))
	}
	return v.swapUnitsSaying(w, v.t("done."+said), to, v.unit.ID)
}

// doneWith answers an act that changed which units there are.
func (v *visit) doneWith(said string, to corpus.UnitID) error {
	v.follow()
	if v.c.PostForm("from") == fromAlignment {
		return v.doneAligned(said, to)
	}
	w := v.postedView()
	if !v.wantsFragment() {
		return v.redirect(w.link("at", string(to), "done", said) + "#u-" + string(to))
	}
	return v.swapBench(w, v.t("done."+said), to)
}

// postedView reads the view that a form carries along.
func (v *visit) postedView() view {
	if err := v.c.Request.ParseForm(); err != nil {
		return viewOf(v.doc, nil)
	}
	return viewOf(v.doc, v.c.Request.PostForm)
}

func (v *visit) merge() error {
	var other corpus.UnitID
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		list, err := r.Units(v.unit.Version, corpus.Filter{}, v.unit.Position, 1)
		if v.c.PostForm("with") == "previous" {
			list, err = r.UnitsBefore(v.unit.Version, corpus.Filter{}, v.unit.Position, 1)
		}
		if err == nil && len(list) == 0 {
			err = corpus.Errorf(corpus.Invalid, "there is no unit there to join this one with")
		}
		if err == nil {
			other = list[0].ID
		}
		return err
	})
	if err != nil {
		return err
	}
	u, err := v.desk.Merge(v.context(), v.user.ID, v.unit.ID, other)
	if err != nil {
		return err
	}
	return v.doneWith("merge", u.ID)
}

func (v *visit) split() error {
	source := markFrom(v.unit.Text.Source, "0", v.c.PostForm("source_at"), "").Span.End
	target := markFrom(v.unit.Text.Target, "0", v.c.PostForm("target_at"), "").Span.End
	var err error
	if v.c.PostForm("sentences") != "" {
		if source, target, err = firstSentences(v.unit); err != nil {
			return err
		}
	}
	halves, err := v.desk.Split(v.context(), v.user.ID, v.unit.ID, source, target)
	if err != nil {
		return err
	}
	return v.doneWith("split", halves[0].ID)
}

// swap is what script puts into the page: elements that replace those with
// their ids.
type swap struct {
	*workbenchPage
	Say string
}

// swapUnits answers with a unit as the current one.
func (v *visit) swapUnits(w view, to corpus.UnitID, p pick) error {
	page, err := v.unitsPage(w, p, to)
	if err != nil {
		return err
	}
	return v.fragment("workbench.html", "_swap.html", swap{page, ""})
}

// swapUnitsSaying answers an act with the unit that is to be current and the
// other that changed.
func (v *visit) swapUnitsSaying(w view, say string, to corpus.UnitID, changed ...corpus.UnitID) error {
	page, err := v.unitsPage(w, pick{}, to, changed...)
	if err != nil {
		return err
	}
	return v.fragment("workbench.html", "_swap.html", swap{page, say})
}

// swapBench answers with the whole list around a unit.
func (v *visit) swapBench(w view, say string, to corpus.UnitID) error {
	p, err := v.pageAt(w, to, pick{})
	if err != nil {
		return err
	}
	p.Notice = say
	return v.fragment("workbench.html", "_bench.html", p)
}

// pageAt is the page around a unit.
func (v *visit) pageAt(w view, to corpus.UnitID, chosen pick) (*workbenchPage, error) {
	q := w.query()
	q.At = to
	window, err := v.desk.Window(v.context(), v.user.ID, v.doc, q)
	if err != nil {
		return nil, err
	}
	p, err := v.newWorkbench(w, window)
	if err != nil {
		return nil, err
	}
	if current := p.currentOf(to, 0); current != nil {
		err = v.makeCurrent(p, current, chosen)
	}
	return p, err
}

// unitsPage is a page of some units only, the first of which is current.
func (v *visit) unitsPage(w view, p pick, to corpus.UnitID, changed ...corpus.UnitID) (*workbenchPage, error) {
	units := []corpus.UnitID{to}
	for _, id := range changed {
		if id != to {
			units = append(units, id)
		}
	}
	window, err := v.desk.Chosen(v.context(), v.user.ID, v.doc, units)
	if err != nil {
		return nil, err
	}
	page, err := v.newWorkbench(w, window)
	if err != nil {
		return nil, err
	}
	return page, v.makeCurrent(page, page.Rows[0], p)
}
