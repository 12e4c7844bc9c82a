package workflow

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// How long links are good.
const (
	ownerLinkFor    = time.Hour
	passwordLinkFor = 72 * time.Hour
)

// errLink says the same of links that never were, were used and are too old.
var errLink = corpus.Errorf(corpus.NotFound, "this link is not good any more; ask whoever gave it to you for another one")

// addLink stores a fresh link and returns its token, which is kept nowhere.
func (d *Desk) addLink(tx corpus.Tx, user corpus.UserID, purpose corpus.Purpose, lasts time.Duration) (token string, err error) {
	token = rand.Text()
	return token, tx.AddLink(corpus.Link{Key: corpus.LinkKey(token), User: user, Purpose: purpose, Expires: d.clock().Add(lasts)})
}

// OwnerLink returns the token of a link that opens the first admin's account,
// good for an hour. It is for whoever can write the database's file. Where an
// admin can sign in already it is refused with kind Conflict.
func (d *Desk) OwnerLink(ctx context.Context) (token string, err error) {
	err = d.store.Update(ctx, func(tx corpus.Tx) (err error) {
		if err := ownerless(tx); err != nil {
			return err
		}
		token, err = d.addLink(tx, "", corpus.LinkOwner, ownerLinkFor)
		return err
	})
	return token, err
}

// Ownerless reports whether no admin can sign in yet.
func (d *Desk) Ownerless(ctx context.Context) (bool, error) {
	err := d.store.View(ctx, func(r corpus.Reader) error { return ownerless(r) })
	if err != nil && corpus.KindOf(err) == corpus.Conflict {
		return false, nil
	}
	return err == nil, err
}

// ownerless refuses where an admin can sign in.
func ownerless(r corpus.Reader) error {
	users, err := r.Users()
	if err != nil {
		return err
	}
	for _, u := range users {
		if !u.Admin || !u.Closed.IsZero() {
			continue
		}
		_, err := r.Credential(u.ID)
		if err == nil {
			return corpus.Errorf(corpus.Conflict, "there is an admin who can sign in")
		}
		if corpus.KindOf(err) != corpus.NotFound {
			return err
		}
	}
	return nil
}

// OpenOwner uses an owner's link: it opens the admin's account with the name
// and function of u and the password.
func (d *Desk) OpenOwner(ctx context.Context, token string, u corpus.User, password string) (corpus.User, error) {
	u.ID, u.Created, u.Admin = corpus.NewID[corpus.UserID](), d.clock(), true
	if err := u.Validate(); err != nil {
		return u, err
	}
	hash, err := d.newHash(ctx, u, password)
	if err != nil {
		return u, err
	}
	return u, d.store.Update(ctx, func(tx corpus.Tx) error {
		if _, err := d.use(tx, token, corpus.LinkOwner); err != nil {
			return err
		}
		if err := ownerless(tx); err != nil {
			return err
		}
		if err := tx.AddUser(u); err != nil {
			return err
		}
		if err := d.log(tx, u, instanceChain, corpus.Administer, map[string]any{"opened": u.ID, "name": u.Name, "admin": true}); err != nil {
			return err
		}
		return d.setHash(tx, u, hash)
	})
}

// PasswordLink returns the token of a link by which the user sets a password,
// good once and for three days. Only an admin makes one.
func (d *Desk) PasswordLink(ctx context.Context, by, user corpus.UserID) (token string, err error) {
	err = d.store.Update(ctx, func(tx corpus.Tx) error {
		admin, err := openAdmin(tx, by)
		if err != nil {
			return err
		}
		u, err := tx.User(user)
		if err != nil {
			return err
		}
		if !u.Closed.IsZero() {
			return corpus.Errorf(corpus.Conflict, "the account %s is closed", u.Name)
		}
		if token, err = d.addLink(tx, user, corpus.LinkPassword, passwordLinkFor); err != nil {
			return err
		}
		return d.log(tx, admin, instanceChain, corpus.Administer, map[string]any{"link": u.ID, "name": u.Name})
	})
	return token, err
}

// SetPassword uses a password link: its user gets the password, and all of the
// user's sessions end.
func (d *Desk) SetPassword(ctx context.Context, token, password string) (corpus.User, error) {
	_, u, err := d.Link(ctx, token)
	if err != nil {
		return u, err
	}
	hash, err := d.newHash(ctx, u, password)
	if err != nil {
		return u, err
	}
	return u, d.store.Update(ctx, func(tx corpus.Tx) error {
		if u, err = d.use(tx, token, corpus.LinkPassword); err != nil {
			return err
		}
		return d.setHash(tx, u, hash)
	})
}

// SignInLink returns the token of a link that enters the user's account until
// it expires. It is for the demo: nobody else lets people in without a
// password.
func (d *Desk) SignInLink(ctx context.Context, user corpus.UserID, lasts time.Duration) (token string, err error) {
	err = d.store.Update(ctx, func(tx corpus.Tx) (err error) {
		token, err = d.addLink(tx, user, corpus.LinkSignIn, lasts)
		return err
	})
	return token, err
}

// SignInByLink returns the person a sign-in link lets in.
func (d *Desk) SignInByLink(ctx context.Context, token string) (corpus.User, error) {
	l, u, err := d.Link(ctx, token)
	if err == nil && l.Purpose != corpus.LinkSignIn {
		err = errLink
	}
	return u, err
}

// Link returns a link that is good, with its user if it has one; it changes
// nothing. Any other token is refused with kind NotFound.
func (d *Desk) Link(ctx context.Context, token string) (l corpus.Link, u corpus.User, err error) {
	err = d.store.View(ctx, func(r corpus.Reader) error {
		l, u, err = d.look(r, token)
		return err
	})
	return l, u, err
}

func (d *Desk) look(r corpus.Reader, token string) (l corpus.Link, u corpus.User, err error) {
	l, err = r.Link(corpus.LinkKey(token))
	if err == nil && !l.Good(d.clock()) || err != nil && corpus.KindOf(err) == corpus.NotFound {
		return l, u, errLink
	}
	if err == nil && l.User != "" {
		u, err = r.User(l.User)
		if err == nil && !u.Closed.IsZero() {
			err = errLink
		}
	}
	return l, u, err
}

// use marks a good link of the purpose as used.
func (d *Desk) use(tx corpus.Tx, token string, purpose corpus.Purpose) (corpus.User, error) {
	l, u, err := d.look(tx, token)
	if err != nil {
		return u, err
	}
	if l.Purpose != purpose {
		return u, errLink
	}
	l.Used = d.clock()
	return u, tx.SaveLink(l)
}
