package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
)

// instanceChain is the chain of events that belong to no project.
const instanceChain = "instance"

// AddUser opens an account. Only an admin does.
func (d *Desk) AddUser(ctx context.Context, by corpus.UserID, u corpus.User) (corpus.User, error) {
	u.ID, u.Created = corpus.NewID[corpus.UserID](), d.clock()
	if err := u.Validate(); err != nil {
		return u, err
	}
	return u, d.store.Update(ctx, func(tx corpus.Tx) error {
		admin, err := openAdmin(tx, by)
		if err != nil {
			return err
		}
		if err := tx.AddUser(u); err != nil {
			return err
		}
		return d.log(tx, admin, instanceChain, corpus.Administer, map[string]any{"opened": u.ID, "name": u.Name, "admin": u.Admin})
	})
}

// AddOwner opens an admin's account for somebody who can write the database's
// file, and so could do anything to it anyway.
func (d *Desk) AddOwner(ctx context.Context, u corpus.User) (corpus.User, error) {
	u.ID, u.Created, u.Admin = corpus.NewID[corpus.UserID](), d.clock(), true
	if err := u.Validate(); err != nil {
		return u, err
	}
	return u, d.store.Update(ctx, func(tx corpus.Tx) error {
		if err := tx.AddUser(u); err != nil {
			return err
		}
		return d.log(tx, u, instanceChain, corpus.Administer, map[string]any{"opened": u.ID, "name": u.Name, "admin": true})
	})
}

// CloseUser closes an account: its person can do nothing any more, from this
// moment on, and what he did stays. The last open admin's account cannot be closed.
func (d *Desk) CloseUser(ctx context.Context, by, user corpus.UserID) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		admin, err := openAdmin(tx, by)
		if err != nil {
			return err
		}
		users, err := tx.Users()
		if err != nil {
			return err
		}
		others := 0
		for _, u := range users {
			if u.Admin && u.Closed.IsZero() && u.ID != user {
				others++
			}
		}
		if others == 0 {
			return corpus.Errorf(corpus.Conflict, "this is the last open admin's account; open another one first")
		}
		u, err := tx.User(user)
		if err != nil {
			return err
		}
		if u.Closed.IsZero() {
			u.Closed = d.clock()
		}
		if err := tx.SaveUser(u); err != nil {
			return err
		}
		if err := tx.DropSessions(u.ID); err != nil {
			return err
		}
		return d.log(tx, admin, instanceChain, corpus.Administer, map[string]any{"closed": u.ID, "name": u.Name})
	})
}

// openAdmin returns the admin who acts.
func openAdmin(r corpus.Reader, by corpus.UserID) (corpus.User, error) {
	u, err := r.User(by)
	if err != nil {
		return u, err
	}
	if !u.Admin || !u.Closed.IsZero() {
		return u, corpus.Errorf(corpus.Forbidden, "%s is no admin", u.Name)
	}
	return u, nil
}
