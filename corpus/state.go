package corpus

import "slices"

// State is what a unit's record says of the answer people gave for it. It is
// never stored as a fact of its own: Record.State derives it.
type State uint8

// The states in the order for joins: of several units, the earliest wins.
const (
	StateMachine  State = iota // the machine's wording; nobody has answered for it
	StateStale                 // approved once; then a text it rests on changed
	StateReturned              // a reviewer asked for a change and said why
	StateProposed              // a wording, or "read, no change", waits for a second person
	StateApproved              // a second person answers for exactly this wording
	StateFinal                 // approved, and released
)

var stateNames = []string{"machine", "stale", "returned", "proposed", "approved", "final"}

func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

// States returns all states in the order for joins.
func States() []State {
	return []State{StateMachine, StateStale, StateReturned, StateProposed, StateApproved, StateFinal}
}

// ParseState returns the state with the given word.
func ParseState(word string) (State, error) {
	if i := slices.Index(stateNames, word); i >= 0 {
		return State(i), nil
	}
	return 0, Errorf(Invalid, "no state %q", word)
}
