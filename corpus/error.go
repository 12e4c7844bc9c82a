package corpus

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Kind says what went wrong in terms that every caller can act on. One table
// maps kinds to exit codes (cmd/reviseur) and one to HTTP statuses (server).
type Kind uint8

// The kinds of error. The zero value is Internal, so that an error nobody
// classified is never taken for a person's mistake.
const (
	Internal    Kind = iota // a fault of ours; the message for people is general
	Invalid                 // the input is wrong and says how
	NotFound                // no such thing, or not for this person to know of
	Conflict                // somebody else's act stands in the way
	Forbidden               // the person may not do this
	Unsupported             // a thing we know and do not do
	TooLarge                // over a stated limit
	Unavailable             // cannot be done now; try again
	Blocked                 // the rules of the project hold it back, and say what
)

var kindNames = [...]string{"internal", "invalid", "not found", "conflict", "forbidden", "unsupported", "too large", "unavailable", "blocked"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Error is an error with a kind and a sentence for people. Err, the cause, is
// for the log and is never shown; it may be nil. Format and Args are what the
// sentence was made of: by them it is said in another language. They are empty
// where it was not made by Errorf.
type Error struct {
	Kind   Kind
	Msg    string
	Err    error
	Format string
	Args   []any
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Msg
	}
	return e.Msg + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an Error of the kind with a message for people and no cause.
func Errorf(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Msg: fmt.Sprintf(format, args...), Format: format, Args: args}
}

// Said is an error as an argument of another one's sentence: what it says to
// people, without its cause.
type Said struct{ Err error }

func (s Said) String() string { return Message(s.Err) }

// KindOf returns the kind of the first Error in err's chain, and Internal for
// any other error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Message returns the sentence for people of the first Error in err's chain.
// For any other error it is a general one, so that nothing internal leaks.
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Msg
	}
	return "something went wrong inside; nothing was changed"
}

// Caught runs f and turns a panic into an error of kind Internal with the message
// given, so that work outside of a request fails alone and the program goes on.
// The cause is the type of what was thrown, what the runtime says of a fault of
// its own, and the stack: any other value may hold a text, and causes go to logs.
func Caught(msg string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			what := fmt.Sprintf("%T", p)
			if fault, ok := p.(runtime.Error); ok {
				what = fault.Error()
			}
			err = &Error{Kind: Internal, Msg: msg, Err: fmt.Errorf("panic: %s\n%s", what, debug.Stack())}
		}
	}()
	return f()
}
