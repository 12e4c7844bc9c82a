package server

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// nextStep is something that waits for the visitor, with the way to it.
type nextStep struct {
	Where string // name of a document; "" for the whole project
	Words string
	URL   string
	Do    string // words of the link
}

// nextShown is how many steps are shown at once; a longer list is a table, and
// that stands below.
const nextShown = 4

// queueRead is how many waiting units are looked at to tell which wait for the
// visitor.
const queueRead = 200

// nextSteps returns what the visitor could do next, first things first: what
// was returned to him, what waits for his decision, what could be released, and
// what nobody has answered for; documents that were worked on last come first. More
// is how many steps are left out.
func (v *visit) nextSteps(r corpus.Reader, standings []workflow.Standing) (steps []nextStep, more int, err error) {
	var returned, open, ready []nextStep
	recent := slices.SortedStableFunc(slices.Values(standings), func(a, b workflow.Standing) int { return b.Progress.Changed.Compare(a.Progress.Changed) })
	for _, s := range recent {
		mine, err := v.returnedToMe(r, s)
		if err != nil {
			return nil, 0, err
		}
		if step, ok := v.workStep(s, mine); ok && mine > 0 {
			returned = append(returned, step)
		} else if ok {
			open = append(open, step)
		}
		if v.may(corpus.Release) && isReady(s.Progress) {
			ready = append(ready, nextStep{s.Document.Name, v.t("next.ready"), documentURL(s.Document.ID, "/export"), v.t("next.release")})
		}
	}
	waiting, err := v.decisions(r)
	if err != nil {
		return nil, 0, err
	}
	steps = slices.Concat(returned, waiting, ready, open)
	more = max(0, len(steps)-nextShown)
	return steps[:len(steps)-more], more, nil
}

// isReady reports whether nothing of a document is open, and something of it
// is not released yet.
func isReady(p corpus.Progress) bool {
	answered := p.States[corpus.StateApproved] + p.States[corpus.StateFinal]
	return p.Units > 0 && answered == p.Units && p.Major == 0 && p.States[corpus.StateApproved] > 0
}

// workStep says what of a document waits to be worked on by whoever corrects.
func (v *visit) workStep(s workflow.Standing, mine int) (nextStep, bool) {
	if !v.may(corpus.Propose) {
		return nextStep{}, false
	}
	var words []string
	filter := ""
	for _, x := range []struct {
		n              int
		filter, phrase string
	}{
		{mine, "returned", "next.returned"},
		{s.Progress.States[corpus.StateStale], "stale", "next.stale"},
		{s.Progress.States[corpus.StateMachine], "open", "next.unanswered"},
	} {
		if x.n == 0 {
			continue
		}
		if filter == "" {
			filter = x.filter
		}
		words = append(words, v.t(x.phrase, x.n))
	}
	if len(words) == 0 {
		return nextStep{}, false
	}
	return nextStep{s.Document.Name, v.list(words), documentURL(s.Document.ID, "?filter="+filter), v.t("next.continue")}, true
}

// returnedToMe counts the returned units of a document on which the visitor's
// own wording was returned.
func (v *visit) returnedToMe(r corpus.Reader, s workflow.Standing) (int, error) {
	if s.Progress.States[corpus.StateReturned] == 0 || !v.may(corpus.Propose) {
		return 0, nil
	}
	units, err := r.Units(s.Version.ID, corpus.Filter{States: []corpus.State{corpus.StateReturned}}, 0, queueRead)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, u := range units {
		rec, err := r.Record(u.ID)
		if err != nil {
			return 0, err
		}
		for _, p := range rec.Proposals {
			if p.By == v.user.ID && !p.Undone && rec.Status(p) == corpus.Returned {
				n++
				break
			}
		}
	}
	return n, nil
}

// decisions says how many units wait for the visitor's approval or, where he
// may not approve, for his countersignature under a reviewer's wording.
func (v *visit) decisions(r corpus.Reader) ([]nextStep, error) {
	approves := v.may(corpus.Approve)
	if !approves && !v.may(corpus.Countersign) {
		return nil, nil
	}
	units, err := r.Waiting(v.project.ID, queueRead)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, u := range units {
		rec, err := r.Record(u.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range rec.Pending() {
			mine, err := v.waitsForMe(r, &rec, p, approves)
			if err != nil {
				return nil, err
			}
			if mine {
				n++
				break
			}
		}
	}
	phrase := "next.decide"
	if !approves {
		phrase = "next.countersign"
	}
	if n == 0 {
		return nil, nil
	}
	return []nextStep{{"", v.t(phrase, n), v.projectURL("/queue"), v.t("next.review")}}, nil
}

// waitsForMe reports whether the visitor is one who could answer for the
// proposal. The rule itself is asked again when he does.
func (v *visit) waitsForMe(r corpus.Reader, rec *corpus.Record, p corpus.Proposal, approves bool) (bool, error) {
	rev, ok := rec.Revision(p.Revision)
	if !ok || rev.Verdict.Bad {
		return false, nil
	}
	own := rev.ByHand(v.user.ID) && !v.project.Settings.OnePerson
	if approves || own {
		return !own, nil
	}
	if rev.Author == "" {
		return false, nil
	}
	author, err := r.User(rev.Author)
	if err != nil {
		return false, err
	}
	roles, err := r.Roles(v.project.ID, rev.Author)
	return corpus.May(corpus.ActorOf(author, roles).Roles, corpus.Approve, v.project.Settings), err
}
