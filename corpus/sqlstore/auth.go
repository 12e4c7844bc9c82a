package sqlstore

import (
	"time"

	"github.com/reviseur/reviseur/corpus"
)

func (s *session) Instance() (id string, err error) {
	err = s.scanOne("instance", []any{&id}, "SELECT id FROM instance")
	return id, err
}

func scanCredential(row scanner) (c corpus.Credential, err error) {
	err = row.Scan(&c.User, &c.Hash, stamp{&c.Changed})
	return c, err
}

func (s *session) Credential(u corpus.UserID) (corpus.Credential, error) {
	return one(s, "password", scanCredential, "SELECT account, hash, changed FROM credential WHERE account = $1", u)
}

func (t *tx) SaveCredential(c corpus.Credential) error {
	return t.add("password", `
		INSERT INTO credential (account, hash, changed) VALUES ($1, $2, $3)
		ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, changed = excluded.changed`,
		c.User, c.Hash, millis(c.Changed))
}

func scanSignedIn(row scanner) (x corpus.Session, err error) {
	err = row.Scan(&x.Key, &x.User, stamp{&x.Seen}, stamp{&x.Expires})
	return x, err
}

func (s *session) Session(key string) (corpus.Session, error) {
	return one(s, "session", scanSignedIn, "SELECT key, account, seen, expires FROM session WHERE key = $1", key)
}

func (t *tx) SaveSession(x corpus.Session) error {
	return t.add("session", `
		INSERT INTO session (key, account, seen, expires) VALUES ($1, $2, $3, $4)
		ON CONFLICT (key) DO UPDATE SET account = excluded.account, seen = excluded.seen, expires = excluded.expires`,
		x.Key, x.User, millis(x.Seen), millis(x.Expires))
}

func (t *tx) DropSession(key string) error {
	return t.add("session", "DELETE FROM session WHERE key = $1", key)
}

func (t *tx) DropSessions(u corpus.UserID) error {
	return t.add("session", "DELETE FROM session WHERE account = $1", u)
}

func scanLink(row scanner) (l corpus.Link, err error) {
	err = row.Scan(&l.Key, &l.User, &l.Purpose, stamp{&l.Expires}, stamp{&l.Used})
	return l, err
}

func (s *session) Link(key string) (corpus.Link, error) {
	return one(s, "link", scanLink, "SELECT key, account, purpose, expires, used FROM link WHERE key = $1", key)
}

func (t *tx) AddLink(l corpus.Link) error {
	return t.add("link", "INSERT INTO link (key, account, purpose, expires, used) VALUES ($1, $2, $3, $4, $5)",
		l.Key, l.User, l.Purpose, millis(l.Expires), millis(l.Used))
}

func (t *tx) SaveLink(l corpus.Link) error {
	return t.save("link", "UPDATE link SET account = $1, purpose = $2, expires = $3, used = $4 WHERE key = $5",
		l.User, l.Purpose, millis(l.Expires), millis(l.Used), l.Key)
}

func scanAttempts(row scanner) (a corpus.Attempts, err error) {
	err = row.Scan(&a.Key, &a.Failed, stamp{&a.Last})
	return a, err
}

func (s *session) Attempts(key string) (corpus.Attempts, error) {
	a, err := one(s, "attempts", scanAttempts, "SELECT key, failed, last FROM attempts WHERE key = $1", key)
	if err != nil && corpus.KindOf(err) == corpus.NotFound {
		return corpus.Attempts{Key: key}, nil
	}
	return a, err
}

func (t *tx) SaveAttempts(a corpus.Attempts) error {
	if a.Failed <= 0 {
		return t.add("attempts", "DELETE FROM attempts WHERE key = $1", a.Key)
	}
	return t.add("attempts", `
		INSERT INTO attempts (key, failed, last) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET failed = excluded.failed, last = excluded.last`,
		a.Key, a.Failed, millis(a.Last))
}

func scanPreferences(row scanner) (p corpus.Preferences, err error) {
	err = row.Scan(tag{&p.Language}, object{&p.Keys}, &p.NoLetters)
	return p, err
}

func (s *session) Preferences(u corpus.UserID) (corpus.Preferences, error) {
	p, err := one(s, "preferences", scanPreferences, "SELECT language, keys, no_letters FROM preferences WHERE account = $1", u)
	if err != nil && corpus.KindOf(err) == corpus.NotFound {
		return corpus.Preferences{}, nil
	}
	return p, err
}

func (t *tx) SavePreferences(u corpus.UserID, p corpus.Preferences) error {
	return t.add("preferences", `
		INSERT INTO preferences (account, language, keys, no_letters) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET language = excluded.language, keys = excluded.keys, no_letters = excluded.no_letters`,
		u, p.Language.String(), object{p.Keys}, p.NoLetters)
}

func (t *tx) Expire(now, attempts time.Time) error {
	if err := t.add("session", "DELETE FROM session WHERE expires < $1", millis(now)); err != nil {
		return err
	}
	if err := t.add("link", "DELETE FROM link WHERE expires < $1", millis(now)); err != nil {
		return err
	}
	return t.add("attempts", "DELETE FROM attempts WHERE last < $1", millis(attempts))
}
