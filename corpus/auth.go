package corpus

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Credential is how an account proves itself with a password. An account
// without one can only be entered by a link.
type Credential struct {
	User    UserID
	Hash    string // in the PHC string format, which names function, costs and salt
	Changed time.Time
}

// Session is a browser in which somebody is signed in.
type Session struct {
	Key     string // hash of the token that the browser holds
	User    UserID
	Seen    time.Time // the last visit, to within a few minutes
	Expires time.Time // however often it is used
}

// Purpose says what a link is good for.
type Purpose string

// The purposes of links.
const (
	LinkOwner    Purpose = "owner"    // opens the first admin's account; used once
	LinkPassword Purpose = "password" // sets the password of an account; used once
	LinkSignIn   Purpose = "sign-in"  // enters an account of the demo, from as many browsers as wanted
)

// Link is a secret address that stands for a password where there is none yet.
type Link struct {
	Key     string // LinkKey of the token in the address
	User    UserID // none for LinkOwner
	Purpose Purpose
	Expires time.Time
	Used    time.Time // zero while it was not; stays so for LinkSignIn
}

// Good reports whether the link may be used at the moment now.
func (l Link) Good(now time.Time) bool { return l.Used.IsZero() && now.Before(l.Expires) }

// LinkKey returns the form in which the store knows a link's token: a hash, so
// that whoever reads the store cannot use what is in it.
func LinkKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Attempts counts the failed attempts to sign in under one key, which is a name
// or an address of the network.
type Attempts struct {
	Key    string
	Failed int
	Last   time.Time
}

// Preferences are what a person decides about the interface. The zero value is
// that of somebody who decided nothing.
type Preferences struct {
	Language  language.Tag      // und: as the browser asks
	Keys      map[string]string // action → what presses it instead of the table's keys; "": nothing
	NoLetters bool              // keys without Control do nothing, for people who dictate
}

// Validate reports keys that cannot be pressed.
func (p Preferences) Validate() error {
	if len(p.Keys) > 200 {
		return Errorf(Invalid, "there are not that many keys")
	}
	for action, keys := range p.Keys {
		if len(action) > 64 || len(keys) > 64 || hasHidden(keys) || strings.ContainsFunc(keys, func(r rune) bool { return r == '<' || r == '"' }) {
			return Errorf(Invalid, "%q cannot be a key", keys)
		}
	}
	return nil
}
