package workflow

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// Hold says why somebody may not answer for a wording. None is empty.
type Hold string

// The holds on an approval, in the order in which they are looked for.
const (
	NoHold       Hold = ""
	HoldRole     Hold = "role"        // the person neither approves nor countersigns here
	HoldOwn      Hold = "own"         // two pairs of eyes: the person wrote it, or put it up
	HoldRank     Hold = "countersign" // the person countersigns, and this is no reviewer's wording
	HoldVerdict  Hold = "verdict"     // it cannot be written into the file
	HoldFindings Hold = "findings"    // major findings, in a project where they block
	HoldGone     Hold = "gone"        // it does not wait any more
	HoldSeveral  Hold = "several"     // several wordings wait: one has to be chosen
)

// Offer is one wording that waits for a decision, with what whoever decides
// has to know of it.
type Offer struct {
	Revision  corpus.Revision
	Proposals []corpus.Proposal // that put it up, oldest first
	NoChange  bool              // it stands already: somebody read it and changed nothing
	Own       bool              // the reader wrote it, or alone put it up
	Refusable bool              // the reader may return or decline it
	Verb      corpus.Verb       // by which the reader would answer for it: Approve or Countersign
	Hold      Hold              // why the reader may not
	Findings  []corpus.Finding  // on it that nobody dismissed, the neutral ones left out
	Settles   []SettledFlag     // open flags of the unit, in their order
	Onto      corpus.RevisionID // the wording, of those that wait, on top of which this one was written
	Topped    bool              // a reviewer put an edit on top of it up: there is no choice between the two
}

// SettledFlag is an open flag as it looks from a wording that waits.
type SettledFlag struct {
	corpus.Flag
	Gone bool // the wording changed the passage, or left-out words were put in: it would settle the flag
}

// judge makes offers for one person in one project. It asks the store for each
// account and each list of dismissals once.
type judge struct {
	corpus.Reader
	project   corpus.Project
	actor     corpus.Actor
	reviewers map[corpus.UserID]bool
	dismissed map[corpus.DocumentID]map[string]bool
}

func newJudge(r corpus.Reader, p corpus.Project, actor corpus.Actor) *judge {
	return &judge{r, p, actor, map[corpus.UserID]bool{}, map[corpus.DocumentID]map[string]bool{}}
}

// offers returns the wordings that wait on a unit, oldest first, without what
// only a card that is shown needs (see complete).
func (j *judge) offers(rec *corpus.Record) ([]Offer, error) {
	var list []Offer
	for _, p := range rec.Pending() {
		i := slices.IndexFunc(list, func(o Offer) bool { return o.Revision.ID == p.Revision })
		if i < 0 {
			rev, ok := rec.Revision(p.Revision)
			if !ok {
				return nil, corpus.Errorf(corpus.Internal, "proposal %s has no wording", p.ID)
			}
			list, i = append(list, Offer{Revision: rev, NoChange: true}), len(list)
		}
		list[i].Proposals = append(list[i].Proposals, p)
		list[i].NoChange = list[i].NoChange && p.NoChange
	}
	for i := range list {
		if err := j.weigh(rec, &list[i]); err != nil {
			return nil, err
		}
		for k := range list {
			if k == i || !ancestor(rec, list[i].Revision, list[k].Revision.ID) {
				continue
			}
			list[i].Onto = list[k].Revision.ID
			by, err := j.reviewer(list[i].Revision.Author)
			if err != nil {
				return nil, err
			}
			list[k].Topped = list[k].Topped || by
		}
	}
	return list, nil
}

// weigh says what the person may do with the offer, by the rules of Approve,
// Return and Decline.
func (j *judge) weigh(rec *corpus.Record, o *Offer) error {
	me := j.actor.User.ID
	o.Own = o.Revision.ByHand(me) || putUp(rec, me, o.Revision)
	o.Verb = approvingVerb(j.actor, j.project)
	byReviewer, err := j.reviewer(o.Revision.Author)
	if err != nil {
		return err
	}
	object := corpus.Object{State: rec.State(), Own: o.Own, ByReviewer: byReviewer}
	switch {
	case !corpus.May(j.actor.Roles, o.Verb, j.project.Settings):
		o.Hold = HoldRole
	case object.Own && !j.project.Settings.OnePerson:
		o.Hold = HoldOwn
	case corpus.Check(j.actor, o.Verb, object, j.project.Settings) != nil:
		o.Hold = HoldRank
	case verdictAllows(o.Revision) != nil:
		o.Hold = HoldVerdict
	case j.project.Settings.FindingsBlock:
		if o.Hold, err = j.findingsHold(rec, o.Revision.ID); err != nil {
			return err
		}
	}
	last := o.Proposals[len(o.Proposals)-1]
	refused := corpus.Object{State: object.State, Own: o.Own || last.By == me, Reason: "-"}
	o.Refusable = corpus.Check(j.actor, corpus.Return, refused, j.project.Settings) == nil
	return nil
}

func (j *judge) findingsHold(rec *corpus.Record, id corpus.RevisionID) (Hold, error) {
	findings, err := j.Findings(id)
	if err != nil {
		return NoHold, err
	}
	dismissed, err := j.dismissals(rec.Unit.Document)
	if err == nil && findingsAllow(rec.Unit.ID, findings, dismissed) != nil {
		return HoldFindings, nil
	}
	return NoHold, err
}

// reviewer reports whether the person approves in the project.
func (j *judge) reviewer(id corpus.UserID) (bool, error) {
	if id == "" {
		return false, nil
	}
	is, ok := j.reviewers[id]
	if !ok {
		author, err := actorIn(j, j.project.ID, id)
		if err != nil {
			return false, err
		}
		is = corpus.May(author.Roles, corpus.Approve, j.project.Settings)
		j.reviewers[id] = is
	}
	return is, nil
}

func (j *judge) dismissals(doc corpus.DocumentID) (map[string]bool, error) {
	if keys, ok := j.dismissed[doc]; ok {
		return keys, nil
	}
	keys, err := dismissedIn(j, doc)
	j.dismissed[doc] = keys
	return keys, err
}

// complete adds the findings of a wording and the flags it would settle.
func (j *judge) complete(rec *corpus.Record, o *Offer) error {
	findings, err := j.Findings(o.Revision.ID)
	if err != nil {
		return err
	}
	dismissed, err := j.dismissals(rec.Unit.Document)
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Severity > corpus.Neutral && !isDismissed(dismissed, rec.Unit.ID, f.Key) {
			o.Findings = append(o.Findings, f)
		}
	}
	for _, f := range rec.OpenFlags() {
		o.Settles = append(o.Settles, SettledFlag{f, settles(rec, o.Revision, f)})
	}
	return nil
}

// settles reports whether a wording changed what the flag is on. A passage of
// the source alone, such as one left out, counts as changed when the flag came
// with the wording itself.
func settles(rec *corpus.Record, rev corpus.Revision, f corpus.Flag) bool {
	if f.Act == rev.Act && f.By == rev.Author {
		return true
	}
	if !f.Target.Present() {
		return false
	}
	on, ok := rec.Revision(f.Revision)
	if !ok {
		return false
	}
	s, stands := corpus.Anchor(f.Target, on.Text, rev.Text)
	return !stands || rev.Text[s.Start:s.End] != f.Target.Quote
}
