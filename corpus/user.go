package corpus

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// User is a person with an account. Accounts are closed, never deleted: what
// the person decided keeps the name and function of that day.
type User struct {
	ID       UserID
	Name     string // what the person signs in with and is mentioned by; unique, case folded
	Full     string // the name printed in records; Name where empty
	Function string // the office the person holds, printed beside decisions
	Admin    bool   // may do everything on this instance
	Created  time.Time
	Closed   time.Time // zero while the account is open
}

// Display returns the name that records print.
func (u User) Display() string {
	if u.Full != "" {
		return u.Full
	}
	return u.Name
}

// Validate reports what is wrong with the account's fields.
func (u User) Validate() error {
	switch {
	case u.Name == "":
		return Errorf(Invalid, "a user needs a name")
	case len(u.Name) > 64 || len(u.Full) > 200 || len(u.Function) > 200:
		return Errorf(Invalid, "the name of a user has at most 64 bytes, full name and function 200")
	case strings.IndexFunc(u.Name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-:", r)
	}) >= 0:
		return Errorf(Invalid, "user name %q: letters, digits, dot, hyphen, underscore and colon only", u.Name)
	case hasHidden(u.Full) || hasHidden(u.Function):
		return Errorf(Invalid, "the full name and function of %q may not hold control or direction characters", u.Name)
	}
	return nil
}

// hasHidden reports control and format characters (Unicode Cc, Cf): in a name
// they can make one person look like another.
func hasHidden(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) }) >= 0
}

// Roles is a set of roles that a person holds in a project.
type Roles uint8

// The roles, least rights first. A role does not include the ones before it;
// what each may do stands in one table (verb.go).
const (
	Viewer Roles = 1 << iota
	Translator
	Reviewer
	Exporter
	Manager
)

var roleNames = []string{"viewer", "translator", "reviewer", "exporter", "manager"}

// Has reports whether r and any share a role.
func (r Roles) Has(any Roles) bool { return r&any != 0 }

// Names returns the words of the roles in r, least rights first.
func (r Roles) Names() []string {
	var names []string
	for i, name := range roleNames {
		if r.Has(1 << i) {
			names = append(names, name)
		}
	}
	return names
}

func (r Roles) String() string { return strings.Join(r.Names(), ", ") }

// ParseRoles returns the set of the given words.
func ParseRoles(words ...string) (Roles, error) {
	var r Roles
	for _, w := range words {
		i := slices.Index(roleNames, strings.TrimSpace(w))
		if i < 0 {
			return 0, Errorf(Invalid, "no role %q: choose among %s", w, strings.Join(roleNames, ", "))
		}
		r |= 1 << i
	}
	return r, nil
}

// Member is a person's set of roles in a project.
type Member struct {
	Project ProjectID
	User    UserID
	Roles   Roles
}

// Actor is the person who acts, with the rights that count for the act.
type Actor struct {
	User  User
	Roles Roles // in the project at hand; an admin has all of them
}

// ActorOf returns u as an actor of the project in which he holds roles.
func ActorOf(u User, roles Roles) Actor {
	if u.Admin {
		roles = Viewer | Translator | Reviewer | Exporter | Manager
	}
	return Actor{User: u, Roles: roles}
}
