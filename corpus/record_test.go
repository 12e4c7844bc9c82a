package corpus

import "testing"

// history builds a record step by step.
type history struct{ Record }

func newHistory(source, machine string) *history {
	h := &history{Record{Unit: Unit{ID: "u", Text: Pair{source, machine}}}}
	h.Revisions = []Revision{{ID: "r0", Text: machine, Origin: FromMachine}}
	return h
}

func (h *history) wording(id RevisionID, text string, by UserID) *history {
	h.Revisions = append(h.Revisions, Revision{ID: id, Number: len(h.Revisions), Text: text, Author: by, Hands: []UserID{by}})
	return h.proposal(id, by)
}

func (h *history) proposal(id RevisionID, by UserID) *history {
	h.Proposals = append(h.Proposals, Proposal{ID: ProposalID("p" + id), Revision: id, By: by})
	return h
}

func (h *history) decision(verb Verb, id RevisionID) *history {
	d := Decision{ID: DecisionID(verb) + DecisionID(id), Verb: verb, Revision: id, By: "r", Act: EventID(verb) + EventID(id)}
	switch verb {
	case Approve, Countersign, Return, Decline, Withdraw, Supersede:
		d.Proposal = ProposalID("p" + id)
	}
	if rev, ok := h.Revision(id); ok {
		d.Hash = ApprovalHash(Pair{h.Unit.Text.Source, rev.Text})
	}
	h.Decisions = append(h.Decisions, d)
	return h
}

func (h *history) undo(act EventID) *history {
	for i := range h.Decisions {
		if h.Decisions[i].Act == act {
			h.Decisions[i].Undone = true
		}
	}
	return h
}

func TestState(t *testing.T) {
	start := func() *history { return newHistory("原文", "machine") }
	test := func(name string, h *history, state State, current, latest string) {
		t.Helper()
		if got := h.State(); got != state {
			t.Errorf("%s: State() = %s, want %s", name, got, state)
		}
		if got := h.Current().Text; got != current {
			t.Errorf("%s: Current() = %q, want %q", name, got, current)
		}
		if got := h.Latest().Text; got != latest {
			t.Errorf("%s: Latest() = %q, want %q", name, got, latest)
		}
	}
	test("untouched", start(), StateMachine, "machine", "machine")
	test("proposed", start().wording("r1", "one", "t"), StateProposed, "machine", "one")
	test("read, no change", start().proposal("r0", "t"), StateProposed, "machine", "machine")
	test("approved", start().wording("r1", "one", "t").decision(Approve, "r1"), StateApproved, "one", "one")
	test("countersigned", start().wording("r1", "one", "r").decision(Countersign, "r1"), StateApproved, "one", "one")
	test("accepted", start().decision(Accept, "r0"), StateApproved, "machine", "machine")
	test("returned", start().wording("r1", "one", "t").decision(Return, "r1"), StateReturned, "machine", "machine")
	test("declined", start().wording("r1", "one", "t").decision(Decline, "r1"), StateMachine, "machine", "machine")
	test("withdrawn", start().wording("r1", "one", "t").decision(Withdraw, "r1"), StateMachine, "machine", "machine")
	test("superseded", start().wording("r1", "one", "t").decision(Supersede, "r1").wording("r2", "two", "t"), StateProposed, "machine", "two")
	test("returned, then withdrawn the next", start().wording("r1", "one", "t").decision(Return, "r1").wording("r2", "two", "t").decision(Withdraw, "r2"), StateReturned, "machine", "machine")
	test("proposal on an approved unit is a badge", start().decision(Accept, "r0").wording("r1", "one", "t"), StateApproved, "machine", "one")
	test("reopened", start().wording("r1", "one", "t").decision(Approve, "r1").decision(Reopen, "r1"), StateMachine, "machine", "machine")
	test("reopened, proposed", start().decision(Accept, "r0").decision(Reopen, "r0").wording("r1", "one", "t"), StateProposed, "machine", "one")
	test("approval undone", start().wording("r1", "one", "t").decision(Approve, "r1").undo("approver1"), StateProposed, "machine", "one")
	test("reopening undone", start().decision(Accept, "r0").decision(Reopen, "r0").undo("reopenr0"), StateApproved, "machine", "machine")

	released := start().decision(Accept, "r0")
	released.Released = []RevisionID{"r0"}
	test("final", released, StateFinal, "machine", "machine")
	released.wording("r1", "one", "t").decision(Approve, "r1")
	test("approved again after a release", released, StateApproved, "one", "one")

	stale := start().wording("r1", "one", "t").decision(Approve, "r1")
	stale.Unit.Text.Source = "另一原文"
	test("source changed", stale, StateStale, "one", "one")
	stale.decision(Accept, "r1")
	test("still right", stale, StateApproved, "one", "one")
}

func TestSummarize(t *testing.T) {
	h := newHistory("s", "m").wording("r1", "one", "t")
	h.Revisions[1].Verdict = Verdict{Bad: true, Reason: "would begin a list"}
	h.Flags = []Flag{
		{ID: "f1", Severity: Major, Category: Garbled}, {ID: "f2", Severity: Minor, Category: NeedsSource},
		{ID: "f3", Severity: Critical}, {ID: "f4", Undone: true},
	}
	h.Decisions = append(h.Decisions, Decision{Verb: Resolve, Flag: "f3"})
	h.Unit.Summary = Summary{Findings: 2, Doubt: Major, Risk: .5}
	got := h.Summarize()
	want := Summary{State: StateProposed, Current: "r0", Latest: "r1", Pending: 1, Flags: 2, Major: 1, NeedsSrc: 1, Findings: 2, Doubt: Major, Risk: .5, Blocked: "would begin a list"}
	if got != want {
		t.Errorf("Summarize() = %+v, want %+v", got, want)
	}
}

func TestStatesJoin(t *testing.T) {
	order := States()
	for i, s := range order {
		if int(s) != i {
			t.Errorf("state %s has rank %d, want %d", s, s, i)
		}
		if got, err := ParseState(s.String()); err != nil || got != s {
			t.Errorf("ParseState(%q) = %v, %v", s.String(), got, err)
		}
	}
}

func TestApprovalHash(t *testing.T) {
	if ApprovalHash(Pair{"ab", "c"}) == ApprovalHash(Pair{"a", "bc"}) {
		t.Error("the border of the two texts does not count")
	}
	if got, want := ApprovalHash(Pair{"a", "b"}), "3c9d591045bc8876f9d0399bbfb05c6a412096e906f73278f98406cd5dca86df"; got != want {
		t.Errorf("ApprovalHash = %s, want %s: stored approvals rest on it", got, want)
	}
}
