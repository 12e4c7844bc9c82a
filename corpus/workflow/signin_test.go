package workflow

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

const goodPassword = "the tide comes at nine"

// door is a desk with one person who has a password, and a clock of its own.
type door struct {
	*bench
	desk *Desk
	at   time.Time
}

func newDoor(t *testing.T) *door {
	b := newBench(t)
	d := &door{bench: b, at: b.now}
	d.desk = New(b.store, Options{Now: func() time.Time { return d.at }, Costs: cheap})
	d.give(b.lin)
	return d
}

// give sets a person's password by a link.
func (d *door) give(u corpus.UserID) {
	d.Helper()
	token, err := d.desk.PasswordLink(context.Background(), d.admin, u)
	d.must(err)
	_, err = d.desk.SetPassword(context.Background(), token, goodPassword)
	d.must(err)
}

func (d *door) signIn(name, password, address string) error {
	_, err := d.desk.SignIn(context.Background(), name, password, address)
	return err
}

func (d *door) credential(u corpus.UserID) (c corpus.Credential) {
	d.Helper()
	d.must(d.store.View(context.Background(), func(r corpus.Reader) (err error) {
		c, err = r.Credential(u)
		return err
	}))
	return c
}

func TestSignIn(t *testing.T) {
	d := newDoor(t)
	u, err := d.desk.SignIn(context.Background(), "LIN", goodPassword, "192.0.2.1")
	if err != nil || u.ID != d.lin {
		t.Fatalf("SignIn = %v, %v", u.ID, err)
	}
	// Whatever is wrong, the answer is the same.
	d.give(d.mo)
	d.must(d.desk.CloseUser(context.Background(), d.admin, d.mo))
	for _, c := range [][2]string{{"lin", "another password"}, {"nobody", goodPassword}, {"he", goodPassword}, {"he", ""}, {"mo", goodPassword}, {"lin", strings.Repeat("x", 300)}} {
		if err := d.signIn(c[0], c[1], "192.0.2.1"); !errors.Is(err, errWrong) {
			t.Errorf("SignIn(%s, %s) = %v, want %v", c[0], c[1], err, errWrong)
		}
	}
}

func TestSignInRehashes(t *testing.T) {
	d := newDoor(t)
	dearer := New(d.store, Options{Now: func() time.Time { return d.at }, Costs: Costs{Memory: 128, Passes: 2, Lanes: 1}})
	if _, err := dearer.SignIn(context.Background(), "lin", "wrong password", ""); err == nil || !strings.Contains(d.credential(d.lin).Hash, "m=64,t=1") {
		t.Errorf("a wrong password: %v, and the hash is %s", err, d.credential(d.lin).Hash)
	}
	if _, err := dearer.SignIn(context.Background(), "lin", goodPassword, ""); err != nil || !strings.Contains(d.credential(d.lin).Hash, "m=128,t=2") {
		t.Errorf("SignIn = %v, and the hash is %s, want the new costs", err, d.credential(d.lin).Hash)
	}
	d.must(d.signIn("lin", goodPassword, ""))
}

// TestBackOff guesses a thousand times over two desks, one guess a second.
func TestBackOff(t *testing.T) {
	d := newDoor(t)
	other := New(d.store, Options{Now: func() time.Time { return d.at }, Costs: cheap})
	asked := 0
	for i := range 1000 {
		desk := d.desk
		if i%2 == 1 {
			desk = other
		}
		if _, err := desk.SignIn(context.Background(), "lin", "a wrong guess", ""); errors.Is(err, errWrong) {
			asked++
		} else {
			d.wants(err, corpus.Unavailable)
		}
		d.at = d.at.Add(time.Second)
	}
	if asked > 20 {
		t.Errorf("%d of 1000 guesses in 1000 s were answered, want at most 20", asked)
	}
	d.wants(d.signIn("Lin", goodPassword, ""), corpus.Unavailable) // the owner waits as well
	d.wants(d.signIn("nobody", "a wrong guess", ""), corpus.Forbidden)
	d.at = d.at.Add(longestPause)
	d.must(d.signIn("lin", goodPassword, ""))
	d.must(d.signIn("lin", goodPassword, "")) // and all is forgiven
}

// TestBackOffTogether guesses at once: the count comes before the comparison.
func TestBackOffTogether(t *testing.T) {
	d := newDoor(t)
	var asked atomic.Int32
	var wait sync.WaitGroup
	for range 64 {
		wait.Go(func() {
			if errors.Is(d.signIn("lin", "a wrong guess", ""), errWrong) {
				asked.Add(1)
			}
		})
	}
	wait.Wait()
	if n := asked.Load(); n > freeByName+1 {
		t.Errorf("%d of 64 guesses at once were answered, want at most %d", n, freeByName+1)
	}
}

// TestBackOffByAddress tries many names from one address. Good passwords in
// between hide nothing.
func TestBackOffByAddress(t *testing.T) {
	d := newDoor(t)
	asked := 0
	for i := range 100 {
		if errors.Is(d.signIn("name"+strings.Repeat("x", i), "a wrong guess", "192.0.2.7"), errWrong) {
			asked++
		}
		if i < freeByAddress-1 {
			d.must(d.signIn("lin", goodPassword, "192.0.2.7"))
		}
	}
	if asked > freeByAddress+1 {
		t.Errorf("%d guesses from one address were answered at once, want at most %d", asked, freeByAddress+1)
	}
	d.wants(d.signIn("lin", goodPassword, "192.0.2.7"), corpus.Unavailable)
	d.must(d.signIn("lin", goodPassword, "192.0.2.8"))
}

func TestPause(t *testing.T) {
	test := func(beyond int, want time.Duration) {
		t.Helper()
		if got := pause(beyond); got != want {
			t.Errorf("pause(%d) = %s, want %s", beyond, got, want)
		}
	}
	test(-1, 0)
	test(0, time.Second)
	test(3, 8*time.Second)
	test(9, 512*time.Second)
	test(10, longestPause)
	test(1000, longestPause)
}

func TestChangePassword(t *testing.T) {
	d := newDoor(t)
	ctx := context.Background()
	d.must(d.store.Update(ctx, func(tx corpus.Tx) error {
		return tx.SaveSession(corpus.Session{Key: "k", User: d.lin, Seen: d.at, Expires: d.at.Add(time.Hour)})
	}))
	d.wants(d.desk.ChangePassword(ctx, d.lin, "not the old one", "another long password"), corpus.Forbidden)
	if err := d.desk.ChangePassword(ctx, d.lin, goodPassword, "short"); !errors.Is(err, ErrPasswordShort) {
		t.Errorf("ChangePassword to a short one = %v", err)
	}
	d.must(d.desk.ChangePassword(ctx, d.lin, goodPassword, "another long password"))
	d.wants(d.signIn("lin", goodPassword, ""), corpus.Forbidden)
	d.must(d.signIn("lin", "another long password", ""))
	d.wants(d.store.View(ctx, func(r corpus.Reader) error {
		_, err := r.Session("k")
		return err
	}), corpus.NotFound)
}
