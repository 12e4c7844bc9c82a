package corpustest

import (
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// twoUsers stores two users.
func twoUsers(t *testing.T, s corpus.Store) (anna, bo corpus.User) {
	t.Helper()
	anna, bo = User("anna", ""), User("bo", "")
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddUser(anna), tx.AddUser(bo)) })
	return anna, bo
}

func testInstance(t *testing.T, s corpus.Store) {
	id := read(t, s, corpus.Reader.Instance)
	if len(id) < 8 {
		t.Errorf("Instance = %q, want at least 8 characters", id)
	}
	equal(t, "Instance again", read(t, s, corpus.Reader.Instance), id)
}

// testInstanceStays asks stores at one place and at another for their names.
func testInstanceStays(t *testing.T, open Opener) {
	place := t.TempDir()
	s := open(t, place)
	id := read(t, s, corpus.Reader.Instance)
	if err := s.Close(); err != nil {
		t.Errorf("Close = %v", err)
	}
	equal(t, "Instance when opened again", read(t, open(t, place), corpus.Reader.Instance), id)
	if other := read(t, open(t, t.TempDir()), corpus.Reader.Instance); other == id {
		t.Errorf("another store has the same Instance %q", id)
	}
}

func testCredentials(t *testing.T, s corpus.Store) {
	anna, bo := twoUsers(t, s)
	c := corpus.Credential{User: anna.ID, Hash: "$argon2id$1", Changed: Clock()}
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveCredential(c) })
	equal(t, "Credential", read(t, s, func(r corpus.Reader) (corpus.Credential, error) { return r.Credential(anna.ID) }), c)
	lookup(t, s, "Credential of somebody without", func(r corpus.Reader) (corpus.Credential, error) { return r.Credential(bo.ID) })

	c.Hash, c.Changed = "$argon2id$2", Clock().Add(time.Hour)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveCredential(c) })
	equal(t, "Credential after a change", read(t, s, func(r corpus.Reader) (corpus.Credential, error) { return r.Credential(anna.ID) }), c)
	refused(t, s, "SaveCredential of nobody", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.SaveCredential(corpus.Credential{User: "nobody", Hash: "x", Changed: Clock()})
	})
}

func testSessions(t *testing.T, s corpus.Store) {
	anna, bo := twoUsers(t, s)
	list := []corpus.Session{
		{Key: "a1", User: anna.ID, Seen: Clock(), Expires: Clock().Add(time.Hour)},
		{Key: "a2", User: anna.ID, Seen: Clock(), Expires: Clock().Add(-time.Hour)},
		{Key: "b", User: bo.ID, Seen: Clock(), Expires: Clock().Add(time.Hour)},
	}
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.SaveSession(list[0]), tx.SaveSession(list[1]), tx.SaveSession(list[2]))
	})
	session := func(key string) corpus.Session {
		return read(t, s, func(r corpus.Reader) (corpus.Session, error) { return r.Session(key) })
	}
	gone := func(what, key string) {
		lookup(t, s, what, func(r corpus.Reader) (corpus.Session, error) { return r.Session(key) })
	}
	equal(t, "Session", session("a1"), list[0])
	equal(t, "Session that expired", session("a2"), list[1])
	gone("Session of another key", "c")

	list[0].Seen = Clock().Add(time.Minute)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveSession(list[0]) })
	equal(t, "Session after a visit", session("a1"), list[0])

	Update(t, s, func(tx corpus.Tx) error { return first(tx.DropSession("b"), tx.DropSession("none")) })
	gone("Session that was dropped", "b")
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.SaveSession(list[2]), tx.DropSessions(anna.ID), tx.DropSessions("nobody"))
	})
	gone("Session of a user whose were dropped", "a1")
	gone("the other one", "a2")
	equal(t, "Session of another user", session("b"), list[2])
	refused(t, s, "SaveSession of nobody", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.SaveSession(corpus.Session{Key: "x", User: "nobody", Expires: Clock()})
	})
}

func testLinks(t *testing.T, s corpus.Store) {
	anna, _ := twoUsers(t, s)
	l := corpus.Link{Key: corpus.LinkKey("token"), User: anna.ID, Purpose: corpus.LinkPassword, Expires: Clock().Add(time.Hour)}
	owner := corpus.Link{Key: corpus.LinkKey("other"), Purpose: corpus.LinkOwner, Expires: Clock()}
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddLink(l), tx.AddLink(owner)) })
	link := func(token string) corpus.Link {
		return read(t, s, func(r corpus.Reader) (corpus.Link, error) { return r.Link(corpus.LinkKey(token)) })
	}
	equal(t, "Link", link("token"), l)
	equal(t, "Link without user", link("other"), owner)
	lookup(t, s, "Link by its token", func(r corpus.Reader) (corpus.Link, error) { return r.Link("token") })
	refused(t, s, "AddLink with a taken key", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddLink(l) })
	refused(t, s, "SaveLink of none", corpus.NotFound, func(tx corpus.Tx) error { return tx.SaveLink(corpus.Link{Key: "none"}) })

	l.Used = Clock().Add(time.Minute)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveLink(l) })
	equal(t, "Link that was used", link("token"), l)
}

func testAttempts(t *testing.T, s corpus.Store) {
	attempts := func(key string) corpus.Attempts {
		return read(t, s, func(r corpus.Reader) (corpus.Attempts, error) { return r.Attempts(key) })
	}
	equal(t, "Attempts of nobody", attempts("k"), corpus.Attempts{Key: "k"})
	a := corpus.Attempts{Key: "k", Failed: 1, Last: Clock()}
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveAttempts(a) })
	equal(t, "Attempts", attempts("k"), a)
	a.Failed, a.Last = 7, Clock().Add(time.Minute)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveAttempts(a) })
	equal(t, "Attempts after more", attempts("k"), a)
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveAttempts(corpus.Attempts{Key: "k", Last: Clock()}) })
	equal(t, "Attempts that were forgiven", attempts("k"), corpus.Attempts{Key: "k"})
}

func testPreferences(t *testing.T, s corpus.Store) {
	anna, bo := twoUsers(t, s)
	preferences := func(u corpus.UserID) corpus.Preferences {
		return read(t, s, func(r corpus.Reader) (corpus.Preferences, error) { return r.Preferences(u) })
	}
	for _, p := range []corpus.Preferences{
		{Language: language.SimplifiedChinese, Keys: map[string]string{"next": "x", "flag": ""}, NoLetters: true},
		{Language: language.English},
	} {
		Update(t, s, func(tx corpus.Tx) error { return tx.SavePreferences(anna.ID, p) })
		equal(t, "Preferences", preferences(anna.ID), p)
	}
	equal(t, "Preferences of somebody without", preferences(bo.ID), corpus.Preferences{})
}

func testExpire(t *testing.T, s corpus.Store) {
	anna, _ := twoUsers(t, s)
	now := Clock().Add(48 * time.Hour)
	Update(t, s, func(tx corpus.Tx) error {
		return first(
			tx.SaveSession(corpus.Session{Key: "old", User: anna.ID, Expires: now.Add(-time.Second)}),
			tx.SaveSession(corpus.Session{Key: "new", User: anna.ID, Expires: now.Add(time.Second)}),
			tx.AddLink(corpus.Link{Key: "old", Purpose: corpus.LinkOwner, Expires: now.Add(-time.Second)}),
			tx.AddLink(corpus.Link{Key: "new", Purpose: corpus.LinkOwner, Expires: now.Add(time.Second)}),
			tx.SaveAttempts(corpus.Attempts{Key: "old", Failed: 1, Last: now.Add(-2 * time.Hour)}),
			tx.SaveAttempts(corpus.Attempts{Key: "new", Failed: 1, Last: now.Add(-time.Hour / 2)}),
			tx.Expire(now, now.Add(-time.Hour)),
		)
	})
	lookup(t, s, "Session that expired", func(r corpus.Reader) (corpus.Session, error) { return r.Session("old") })
	lookup(t, s, "Link that expired", func(r corpus.Reader) (corpus.Link, error) { return r.Link("old") })
	View(t, s, func(r corpus.Reader) error {
		_, err := r.Session("new")
		_, err2 := r.Link("new")
		gone, err3 := r.Attempts("old")
		kept, err4 := r.Attempts("new")
		equal(t, "Attempts that are old", gone.Failed, 0)
		equal(t, "Attempts that are not", kept.Failed, 1)
		return first(err, err2, err3, err4)
	})
}
