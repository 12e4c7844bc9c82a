package corpus

// Verb names an act, in the same word everywhere: on the pages, on the command
// line, in records and in the log.
type Verb string

// The verbs of review.
const (
	Propose     Verb = "propose"
	Withdraw    Verb = "withdraw"
	Approve     Verb = "approve"
	Countersign Verb = "countersign"
	Return      Verb = "return"
	Decline     Verb = "decline"
	Accept      Verb = "accept" // as it stands; of a stale unit: still right
	Reopen      Verb = "reopen"
	Restore     Verb = "restore"
	PutFlag     Verb = "flag"
	DropFlag    Verb = "withdraw-flag"
	Resolve     Verb = "resolve"
	Dismiss     Verb = "dismiss"       // a minor finding
	DismissMain Verb = "dismiss-major" // a major finding, or a flag
	Write       Verb = "comment"
	Merge       Verb = "merge"
	Split       Verb = "split"
	Relink      Verb = "link"    // sentences to other sentences: shift, cross, realign
	Confirm     Verb = "confirm" // a doubtful pairing
	Label       Verb = "label"   // a block is a heading, or is none
)

// The verbs around review. They have no place in a unit's transition table.
const (
	Read       Verb = "read"
	Undo       Verb = "undo"
	Carry      Verb = "carry" // by the program, when a new version arrives
	Supersede  Verb = "supersede"
	Import     Verb = "import"
	Export     Verb = "export"
	Release    Verb = "release"
	Snap       Verb = "snapshot"
	Manage     Verb = "manage" // members, settings
	EditTerms  Verb = "edit-terms"
	Revoke     Verb = "revoke" // a dismissal
	Administer Verb = "administer"
)

// The sets of roles that verbs ask for. A manager may do all that the others
// may; a reviewer all that a translator may.
const (
	anybody     = Viewer | Translator | Reviewer | Exporter | Manager
	translating = Translator | Reviewer | Manager
	reviewing   = Reviewer | Manager
	exporting   = Exporter | Manager
)

// whose says on whose wording, proposal or flag a verb may be used.
type whose uint8

const (
	anyones whose = iota
	ownOnly       // the actor's own
	others        // of somebody else; waived in a one-person project
)

// states is a set of states.
type states uint8

func in(list ...State) states {
	var s states
	for _, st := range list {
		s |= 1 << st
	}
	return s
}

func (s states) has(st State) bool { return s&(1<<st) != 0 }

const anyState states = 1<<(StateFinal+1) - 1

// rule is one row of the transition table.
type rule struct {
	roles  Roles
	from   states
	whose  whose
	reason bool // a reason must be given
}

// rules is the one table of who may do what, to whose work, in which state. It
// is read here alone; a test prints it whole.
var rules = map[Verb]rule{
	Propose:     {roles: translating, from: anyState},
	Restore:     {roles: translating, from: anyState},
	Withdraw:    {roles: translating, from: anyState, whose: ownOnly},
	Approve:     {roles: reviewing, from: anyState, whose: others},
	Countersign: {roles: translating, from: anyState, whose: others},
	Return:      {roles: reviewing, from: anyState, whose: others, reason: true},
	Decline:     {roles: reviewing, from: anyState, whose: others, reason: true},
	Accept:      {roles: reviewing, from: in(StateMachine, StateStale, StateReturned, StateProposed), whose: others},
	Reopen:      {roles: reviewing, from: in(StateApproved, StateFinal, StateStale)},
	PutFlag:     {roles: translating, from: anyState},
	DropFlag:    {roles: translating, from: anyState, whose: ownOnly},
	Resolve:     {roles: reviewing, from: anyState},
	Dismiss:     {roles: translating, from: anyState, reason: true},
	DismissMain: {roles: reviewing, from: anyState, reason: true},
	Write:       {roles: translating | Exporter, from: anyState},
	Merge:       {roles: translating, from: anyState},
	Split:       {roles: translating, from: anyState},
	Relink:      {roles: translating, from: anyState},
	Confirm:     {roles: reviewing, from: anyState},
	Label:       {roles: translating, from: anyState},

	Read:    {roles: anybody, from: anyState},
	Undo:    {roles: anybody, from: anyState, whose: ownOnly},
	Import:  {roles: Manager, from: anyState},
	Export:  {roles: exporting, from: anyState},
	Release: {roles: exporting, from: anyState},
	Snap:    {roles: exporting, from: anyState},
	Manage:  {roles: Manager, from: anyState},

	EditTerms: {roles: Manager, from: anyState},
	Revoke:    {roles: reviewing, from: anyState},
}

// May reports whether the roles allow the verb at all in a project with the
// given settings, whatever the state of the unit.
func May(roles Roles, verb Verb, s Settings) bool {
	if verb == Write && s.ViewersComment && roles.Has(Viewer) {
		return true
	}
	return roles.Has(rules[verb].roles)
}

// Object is what a verb is used on, as far as the table asks.
type Object struct {
	State      State
	Own        bool // the actor's own wording, proposal or flag
	ByReviewer bool // Countersign: the wording is a reviewer's
	Reason     string
}

// Check reports why the actor may not use the verb on the object, in a
// sentence for people: Forbidden for rights and two pairs of eyes, Conflict for
// the state, Invalid for a missing reason. It is nil where he may.
func Check(a Actor, verb Verb, o Object, s Settings) error {
	r, ok := rules[verb]
	switch {
	case !ok:
		return Errorf(Invalid, "no verb %q", verb)
	case !a.User.Closed.IsZero():
		return Errorf(Forbidden, "the account %s is closed", a.User.Name)
	case !May(a.Roles, verb, s):
		return Errorf(Forbidden, "%s may not %s here: that takes one of the roles %s", a.User.Name, verb, r.roles)
	case r.whose == ownOnly && !o.Own:
		return Errorf(Forbidden, "only the author may %s this", verb)
	case r.whose == others && o.Own && !s.OnePerson:
		return Errorf(Forbidden, "two pairs of eyes: %s wrote this wording, so another person must %s it", a.User.Name, verb)
	case verb == Countersign && !o.ByReviewer:
		return Errorf(Forbidden, "only a reviewer's wording is countersigned; this one waits for a reviewer to approve it")
	case !r.from.has(o.State):
		return Errorf(Conflict, "a unit that is %s cannot be %s", o.State, Past(verb))
	case r.reason && o.Reason == "":
		return Errorf(Invalid, "to %s needs a reason", verb)
	}
	return nil
}

// Past is a verb as what is done with something: "accepted".
type Past Verb

func (p Past) String() string {
	switch verb := Verb(p); verb {
	case Accept:
		return "accepted"
	case Reopen:
		return "reopened"
	}
	return string(p)
}
