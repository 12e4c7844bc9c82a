package corpus

// Record is all that people did to one unit, oldest first in each list. The
// unit's state and every summary of it are functions of the record alone.
type Record struct {
	Unit      Unit
	Revisions []Revision
	Proposals []Proposal
	Decisions []Decision
	Flags     []Flag
	Released  []RevisionID // wordings of this unit in releases
	Comments  int
}

// Revision returns the revision with the id.
func (r *Record) Revision(id RevisionID) (Revision, bool) {
	for _, rev := range r.Revisions {
		if rev.ID == id && !rev.Undone {
			return rev, true
		}
	}
	return Revision{}, false
}

// Machine returns revision 0: what the version's file says.
func (r *Record) Machine() Revision {
	if len(r.Revisions) == 0 {
		return Revision{}
	}
	return r.Revisions[0]
}

// Approval returns the approval that counts: the last one that was neither
// undone nor followed by a reopening. Its texts may have changed since.
func (r *Record) Approval() (Decision, bool) {
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		d := r.Decisions[i]
		if d.Undone {
			continue
		}
		switch d.Verb {
		case Approve, Countersign, Accept, Carry:
			return d, true
		case Reopen:
			return Decision{}, false
		}
	}
	return Decision{}, false
}

// Current returns the wording that stands: the approved one, else revision 0.
// An approval that became stale still says which wording was approved.
func (r *Record) Current() Revision {
	if d, ok := r.Approval(); ok {
		if rev, ok := r.Revision(d.Revision); ok {
			return rev
		}
	}
	return r.Machine()
}

// Latest returns the newest pending wording, else the current one.
func (r *Record) Latest() Revision {
	if waiting := r.Pending(); len(waiting) > 0 {
		if rev, ok := r.Revision(waiting[len(waiting)-1].Revision); ok {
			return rev
		}
	}
	return r.Current()
}

// Shown returns the wording that the unit's state speaks of, which is what may
// stand beside it: the approved one wherever there is an approval, even a stale
// one, else the newest that waits. A proposal on an approved unit is a badge
// (decisions.md 12).
func (r *Record) Shown() Revision {
	if _, ok := r.Approval(); ok {
		return r.Current()
	}
	return r.Latest()
}

// Pending returns the proposals that wait, oldest first.
func (r *Record) Pending() []Proposal {
	var waiting []Proposal
	for _, p := range r.Proposals {
		if !p.Undone && r.Status(p) == Pending {
			waiting = append(waiting, p)
		}
	}
	return waiting
}

// Status returns what became of the proposal: its last decision says.
func (r *Record) Status(p Proposal) ProposalStatus {
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		d := r.Decisions[i]
		if d.Undone || d.Proposal != p.ID {
			continue
		}
		switch d.Verb {
		case Approve, Countersign:
			return Approved
		case Return:
			return Returned
		case Decline:
			return Declined
		case Withdraw:
			return Withdrawn
		case Supersede:
			return Superseded
		}
	}
	return Pending
}

// FlagStatus returns what became of the flag: its last decision says.
func (r *Record) FlagStatus(f Flag) FlagStatus {
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		d := r.Decisions[i]
		if d.Undone || d.Flag != f.ID {
			continue
		}
		switch d.Verb {
		case Resolve:
			return FlagResolved
		case DismissMain:
			return FlagDismissed
		case DropFlag:
			return FlagWithdrawn
		}
	}
	return FlagOpen
}

// OpenFlags returns the flags that are neither resolved, dismissed nor
// withdrawn.
func (r *Record) OpenFlags() []Flag {
	var open []Flag
	for _, f := range r.Flags {
		if !f.Undone && r.FlagStatus(f) == FlagOpen {
			open = append(open, f)
		}
	}
	return open
}

// State derives the unit's state (decisions.md 12): an approval of exactly
// these texts makes it approved, and final once released; an approval of
// others makes it stale; else a pending proposal makes it proposed; else a last
// decision to return makes it returned.
func (r *Record) State() State {
	if d, ok := r.Approval(); ok {
		rev, _ := r.Revision(d.Revision)
		switch {
		case d.Hash != ApprovalHash(Pair{r.Unit.Text.Source, rev.Text}):
			return StateStale
		case r.released(d.Revision):
			return StateFinal
		}
		return StateApproved
	}
	if len(r.Pending()) > 0 {
		return StateProposed
	}
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		d := r.Decisions[i]
		if d.Undone || d.Proposal == "" {
			continue
		}
		switch d.Verb {
		case Return:
			return StateReturned
		case Decline, Approve, Countersign:
			return StateMachine
		}
	}
	return StateMachine
}

func (r *Record) released(id RevisionID) bool {
	for _, rel := range r.Released {
		if rel == id {
			return true
		}
	}
	return false
}

// Summarize derives the parts of the summary that the record decides. The
// parts that findings decide (Findings, Doubt, Risk) are kept as they are.
func (r *Record) Summarize() Summary {
	s := r.Unit.Summary
	s.State = r.State()
	s.Current = r.Current().ID
	latest := r.Latest()
	s.Latest = latest.ID
	s.Pending = len(r.Pending())
	s.Flags, s.Major, s.NeedsSrc = 0, 0, 0
	for _, f := range r.OpenFlags() {
		s.Flags++
		if f.Severity >= Major {
			s.Major++
		}
		if f.Category == NeedsSource {
			s.NeedsSrc++
		}
	}
	s.Comments = r.Comments
	s.Blocked = ""
	if latest.Verdict.Bad {
		s.Blocked = latest.Verdict.Reason
	}
	return s
}
