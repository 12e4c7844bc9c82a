package workflow

import (
	"context"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/reviseur/reviseur/corpus"
)

// How many attempts to sign in are free, under a name and from an address of
// the network, before each further one has to wait: a second, then twice as
// long each time, up to the longest pause. An hour without failures is forgiven.
const (
	freeByName    = 5
	freeByAddress = 20
	longestPause  = 15 * time.Minute
	forgiveAfter  = time.Hour
)

// errWrong says the same of an unknown name, a wrong password, an account
// without one and an account that was closed.
var errWrong = corpus.Errorf(corpus.Forbidden, "name or password is wrong")

// SignIn returns the person whose name and password these are. Whatever is
// wrong, the answer is the same, of kind Forbidden, and takes as long. After
// some failures under a name or from an address attempts have to wait and are
// refused with kind Unavailable; the counts are in the store, so that they hold
// for all servers over it. An address of "" is not counted.
func (d *Desk) SignIn(ctx context.Context, name, password, address string) (corpus.User, error) {
	u, outdated, err := d.prove(ctx, name, password, address)
	if err != nil || !outdated {
		return u, err
	}
	hash, err := d.passwords.hash(ctx, password)
	if err != nil {
		return u, err
	}
	return u, d.store.Update(ctx, func(tx corpus.Tx) error {
		c, err := tx.Credential(u.ID)
		if err != nil {
			return err
		}
		c.Hash = hash
		return tx.SaveCredential(c)
	})
}

// prove counts the attempt, compares, and takes the count back if it was right.
// Counting comes first, so that guesses made at once do not pass together.
func (d *Desk) prove(ctx context.Context, name, password, address string) (u corpus.User, outdated bool, err error) {
	if err := d.count(ctx, name, address); err != nil {
		return u, false, err
	}
	var c corpus.Credential
	err = d.store.View(ctx, func(r corpus.Reader) (err error) {
		if u, err = r.UserByName(name); err == nil {
			c, err = r.Credential(u.ID)
		}
		if err != nil && corpus.KindOf(err) == corpus.NotFound {
			return nil
		}
		return err
	})
	if err != nil {
		return corpus.User{}, false, err
	}
	ok, outdated, err := d.passwords.matches(ctx, password, c.Hash)
	if err != nil {
		return corpus.User{}, false, err
	}
	if !ok || !u.Closed.IsZero() {
		return corpus.User{}, false, errWrong
	}
	return u, outdated, d.forgive(ctx, name, address)
}

// counter is what attempts are counted under. The store gets a hash: people
// type passwords where names belong.
type counter struct {
	key  string
	free int
}

func counters(name, address string) []counter {
	list := []counter{{corpus.LinkKey("name " + cases.Fold().String(norm.NFC.String(name))), freeByName}}
	if address != "" {
		list = append(list, counter{corpus.LinkKey("address " + address), freeByAddress})
	}
	return list
}

func (d *Desk) count(ctx context.Context, name, address string) error {
	now := d.clock()
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		for _, c := range counters(name, address) {
			a, err := tx.Attempts(c.key)
			if err != nil {
				return err
			}
			if now.Sub(a.Last) > forgiveAfter {
				a.Failed = 0
			}
			if wait := a.Last.Add(pause(a.Failed - c.free)).Sub(now); wait > 0 {
				return corpus.Errorf(corpus.Unavailable, "too many attempts to sign in; wait %s, then try again", wait.Round(time.Second))
			}
			a.Failed, a.Last = a.Failed+1, now
			if err := tx.SaveAttempts(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// pause is how long the next attempt waits after so many that were not free.
func pause(beyond int) time.Duration {
	switch {
	case beyond < 0:
		return 0
	case beyond > 10:
		return longestPause
	}
	return min(time.Second<<beyond, longestPause)
}

// forgive takes back what count added: of the name all, of the address only
// this one, since one good password must not hide guesses at others.
func (d *Desk) forgive(ctx context.Context, name, address string) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		for i, c := range counters(name, address) {
			a, err := tx.Attempts(c.key)
			if err != nil {
				return err
			}
			a.Failed--
			if i == 0 {
				a.Failed = 0
			}
			if err := tx.SaveAttempts(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// ChangePassword gives the user another password, if old is the present one.
// All sessions of the user end. Guessing old is counted as in SignIn.
func (d *Desk) ChangePassword(ctx context.Context, user corpus.UserID, old, password string) error {
	var u corpus.User
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		u, err = r.User(user)
		return err
	})
	if err != nil {
		return err
	}
	if _, _, err := d.prove(ctx, u.Name, old, ""); err != nil {
		return err
	}
	hash, err := d.newHash(ctx, u, password)
	if err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx corpus.Tx) error { return d.setHash(tx, u, hash) })
}

// newHash checks a password that the user chose and returns its hash.
func (d *Desk) newHash(ctx context.Context, u corpus.User, password string) (string, error) {
	if err := checkPassword(u, password); err != nil {
		return "", err
	}
	return d.passwords.hash(ctx, password)
}

// setHash gives u a password and ends u's sessions.
func (d *Desk) setHash(tx corpus.Tx, u corpus.User, hash string) error {
	if err := tx.SaveCredential(corpus.Credential{User: u.ID, Hash: hash, Changed: d.clock()}); err != nil {
		return err
	}
	if err := tx.DropSessions(u.ID); err != nil {
		return err
	}
	return d.log(tx, u, instanceChain, corpus.Administer, map[string]any{"password": u.ID, "name": u.Name})
}

// SetPreferences stores what the user decided about the interface.
func (d *Desk) SetPreferences(ctx context.Context, user corpus.UserID, p corpus.Preferences) error {
	if err := p.Validate(); err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx corpus.Tx) error { return tx.SavePreferences(user, p) })
}
