package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/reviseur/reviseur/corpus"
)

// How long a session lasts: from one visit to the next, and whatever happens.
// The time of the last visit is written when it is older than seenEvery, so
// that reading pages writes next to nothing.
const (
	idleFor   = 8 * time.Hour
	lastsFor  = 7 * 24 * time.Hour
	seenEvery = 5 * time.Minute
)

// accountKey is the one thing a session holds: the id of who is signed in.
const accountKey = "account"

// newSessions returns the manager of sessions. Its cookie carries the id of the
// instance, since browsers share cookies between all ports of a host, and the
// prefix __Host- (RFC 6265bis) where people come by HTTPS. It ends with the
// browser.
func newSessions(ctx context.Context, store corpus.Store, now func() time.Time, secure bool) (*scs.SessionManager, error) {
	var instance string
	err := store.View(ctx, func(r corpus.Reader) (err error) {
		instance, err = r.Instance()
		return err
	})
	if err != nil {
		return nil, err
	}
	m := scs.New()
	m.Store = &sessionStore{store, now}
	m.Codec = accountCodec{}
	m.HashTokenInStore = true
	m.Lifetime = lastsFor
	m.Cookie.Name = "reviseur-" + instance
	m.Cookie.Persist = false
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	if secure {
		m.Cookie.Name = "__Host-" + m.Cookie.Name
		m.Cookie.Secure = true
	}
	return m, nil
}

// sessionStore is the scs.CtxStore over our store. It sees to both ends of a
// session by its own clock.
type sessionStore struct {
	store corpus.Store
	now   func() time.Time
}

var _ scs.CtxStore = (*sessionStore)(nil)

// FindCtx returns a session that lasts, and notes the visit.
func (s *sessionStore) FindCtx(ctx context.Context, key string) (account []byte, found bool, err error) {
	var x corpus.Session
	err = s.store.View(ctx, func(r corpus.Reader) (err error) {
		x, err = r.Session(key)
		return err
	})
	if err != nil && corpus.KindOf(err) == corpus.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	now := s.now()
	if !now.Before(x.Expires) || now.Sub(x.Seen) >= idleFor {
		return nil, false, nil
	}
	if now.Sub(x.Seen) >= seenEvery {
		err = s.store.Update(ctx, func(tx corpus.Tx) error {
			again, err := tx.Session(key) // it may have ended meanwhile, and must not come back
			if err != nil {
				return err
			}
			again.Seen = now
			return tx.SaveSession(again)
		})
		if err != nil && corpus.KindOf(err) == corpus.NotFound {
			return nil, false, nil
		}
	}
	return sessionBytes(x.User, x.Expires), true, err
}

// CommitCtx stores a session that begins.
func (s *sessionStore) CommitCtx(ctx context.Context, key string, b []byte, expires time.Time) error {
	_, values, err := accountCodec{}.Decode(b)
	if err != nil {
		return err
	}
	account, _ := values[accountKey].(string)
	return s.store.Update(ctx, func(tx corpus.Tx) error {
		return tx.SaveSession(corpus.Session{Key: key, User: corpus.UserID(account), Seen: s.now(), Expires: expires})
	})
}

// DeleteCtx ends a session.
func (s *sessionStore) DeleteCtx(ctx context.Context, key string) error {
	return s.store.Update(ctx, func(tx corpus.Tx) error { return tx.DropSession(key) })
}

// Find, Commit and Delete are the methods of scs.Store, which the manager does
// not call where there are the ones above.
func (s *sessionStore) Find(key string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), key)
}

func (s *sessionStore) Commit(key string, b []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), key, b, expires)
}

func (s *sessionStore) Delete(key string) error { return s.DeleteCtx(context.Background(), key) }

// accountCodec writes what a session holds: when it ends, and whose it is.
type accountCodec struct{}

func sessionBytes(u corpus.UserID, ends time.Time) []byte {
	return []byte(ends.UTC().Format(time.RFC3339Nano) + " " + string(u))
}

// Encode implements scs.Codec.
func (accountCodec) Encode(ends time.Time, values map[string]any) ([]byte, error) {
	account, _ := values[accountKey].(string)
	if account == "" || len(values) != 1 {
		return nil, errors.New("a session holds an account and nothing else")
	}
	return sessionBytes(corpus.UserID(account), ends), nil
}

// Decode implements scs.Codec.
func (accountCodec) Decode(b []byte) (ends time.Time, values map[string]any, err error) {
	when, account, ok := strings.Cut(string(b), " ")
	if !ok {
		return ends, nil, errors.New("no session")
	}
	ends, err = time.Parse(time.RFC3339Nano, when)
	return ends, map[string]any{accountKey: account}, err
}

// identify finds out who asks. Somebody whose account was closed is nobody.
func (v *visit) identify() error {
	token := ""
	if c, err := v.c.Request.Cookie(v.sessions.Cookie.Name); err == nil {
		token = c.Value
	}
	ctx, err := v.sessions.Load(v.context(), token)
	if err != nil {
		return err
	}
	v.c.Request = v.c.Request.WithContext(ctx)
	id := corpus.UserID(v.sessions.GetString(ctx, accountKey))
	if id == "" {
		return nil
	}
	return v.store.View(ctx, func(r corpus.Reader) error {
		u, err := r.User(id)
		if err != nil || !u.Closed.IsZero() {
			return err
		}
		if v.prefs, err = r.Preferences(id); err != nil {
			return err
		}
		v.user = u
		v.lang = chosenLanguage(v.prefs.Language, v.lang)
		return nil
	})
}

// signIn begins a session of the user under a fresh token, and ends the one
// before.
func (v *visit) signIn(u corpus.User) error {
	ctx := v.context()
	if err := v.sessions.RenewToken(ctx); err != nil {
		return err
	}
	v.sessions.SetDeadline(ctx, v.now().Add(lastsFor))
	v.sessions.Put(ctx, accountKey, string(u.ID))
	token, ends, err := v.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	v.sessions.WriteSessionCookie(ctx, v.c.Writer, token, ends)
	v.log.Info("signed in", "user", u.ID, "request", v.c.GetString(requestKey))
	return nil
}

// signOut ends the session at hand.
func (v *visit) signOut() error {
	ctx := v.context()
	if err := v.sessions.Destroy(ctx); err != nil {
		return err
	}
	v.sessions.WriteSessionCookie(ctx, v.c.Writer, "", time.Time{})
	return v.redirect(signInPath)
}
