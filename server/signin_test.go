package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

const goodPassword = "the tide comes at nine"

// door is an office with a clock of its own, in which lin has a password.
type door struct {
	*office
	at time.Time
}

func newDoor(t *testing.T) *door {
	t.Helper()
	d := &door{office: newOffice(t), at: time.Now()}
	now := func() time.Time { return d.at }
	d.serve(Options{Now: now, Desk: workflow.New(d.store, workflow.Options{Now: now, Costs: workflow.Costs{Memory: 64, Passes: 1, Lanes: 1}})})
	d.password("lin")
	return d
}

func (d *door) password(name string) {
	d.Helper()
	token, err := d.desk.PasswordLink(d.Context(), d.people["admin"], d.people[name])
	d.must(err)
	_, err = d.desk.SetPassword(d.Context(), token, goodPassword)
	d.must(err)
}

// cookie returns the session's cookie of an answer.
func (d *door) cookie(r *reply) *http.Cookie {
	d.Helper()
	for _, line := range r.header.Values("Set-Cookie") {
		if c, err := http.ParseSetCookie(line); err == nil && c.Name == d.server.sessions.Cookie.Name {
			return c
		}
	}
	d.Fatalf("%s: no session: %v", r.path, r.header)
	return nil
}

// with asks for a page with a cookie.
func (d *door) with(c *http.Cookie, path string) *reply {
	d.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(c)
	return d.do("", r)
}

// enter signs somebody in by the page.
func (d *door) enter(name string) *http.Cookie {
	d.Helper()
	r := d.fill("", signInPath, "name", name, "password", goodPassword)
	r.to()
	return d.cookie(r)
}

func TestSignInPage(t *testing.T) {
	d := newDoor(t)
	to := d.get("", "/settings?x=1").to()
	if to != "/sign-in?back=%2Fsettings%3Fx%3D1" {
		t.Errorf("the way to sign in is %s", to)
	}
	d.get("", to).ok().has("input[name=name]", "input[name=password][type=password]", "input[name=back][value='/settings?x=1']")
	r := d.fill("", signInPath, "name", "LIN", "password", goodPassword, "back", "/settings?x=1")
	if to := r.to(); to != "/settings?x=1" {
		t.Errorf("after signing in: %s", to)
	}
	c := d.cookie(r)
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure || len(c.Value) < 40 || !c.Expires.IsZero() {
		t.Errorf("the cookie is %s", c)
	}
	d.with(c, "/settings").ok().says("header", "LIN")
}

// TestSignInSecure serves people who come by HTTPS.
func TestSignInSecure(t *testing.T) {
	d := newDoor(t)
	d.serve(Options{Secure: true})
	r := d.fill("", signInPath, "name", "lin", "password", goodPassword)
	c := d.cookie(r)
	if !c.Secure || !strings.HasPrefix(c.Name, "__Host-reviseur-") || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie is %s", c)
	}
	if r.header.Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
}

// TestSignInTellsNothing compares the answers to whoever may not come in: but
// for the name that was typed they are one answer.
func TestSignInTellsNothing(t *testing.T) {
	d := newDoor(t)
	d.password("mo")
	d.must(d.desk.CloseUser(t.Context(), d.people["admin"], d.people["mo"]))
	var first string
	for _, c := range [][2]string{{"lin", "a wrong password"}, {"nobody", "a wrong password"}, {"he", ""}, {"mo", goodPassword}, {"nobody2", strings.Repeat("x", 1000)}} {
		r := d.fill("", signInPath, "name", c[0], "password", c[1]).is(http.StatusForbidden)
		body := strings.ReplaceAll(r.body, `value="`+c[0]+`"`, `value=""`)
		if first == "" {
			first = body
		}
		if body != first {
			t.Errorf("the answer to %s is another one:\n%s\nand to the first:\n%s", c[0], body, first)
		}
		if len(r.header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: a cookie was set", c[0])
		}
	}
	for range 10 {
		d.fill("", signInPath, "name", "tan", "password", "x")
		d.fill("", signInPath, "name", "nobody3", "password", "x")
	}
	a, b := d.fill("", signInPath, "name", "tan", "password", "x").is(http.StatusTooManyRequests), d.fill("", signInPath, "name", "nobody3", "password", "x").is(http.StatusTooManyRequests)
	if strings.ReplaceAll(a.body, `"tan"`, "") != strings.ReplaceAll(b.body, `"nobody3"`, "") {
		t.Error("the answers to whoever has to wait differ")
	}
}

func TestLocalPath(t *testing.T) {
	test := func(in, want string) {
		t.Helper()
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
	test("/documents/x?at=1", "/documents/x?at=1")
	test("", "/")
	test("https://elsewhere.example", "/")
	test("//elsewhere.example", "/")
	test("/\\elsewhere.example", "/")
	test("/\t/elsewhere.example", "/")
	test("/a\r\nSet-Cookie: x", "/")
	test("documents", "/")
}

func TestAddress(t *testing.T) {
	test := func(remote, want string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = remote
		r.Header.Set("X-Forwarded-For", "203.0.113.9") // nobody's word for it
		if got := address(r); got != want {
			t.Errorf("address(%q) = %q, want %q", remote, got, want)
		}
	}
	test("192.0.2.1:99", "192.0.2.1")
	test("[::ffff:192.0.2.1]:99", "192.0.2.1")
	test("[2001:db8:1:2:3:4:5:6]:99", "2001:db8:1:2::/64")
	test("127.0.0.1:99", "")
	test("[::1]:99", "")
	test("@", "@")
}

// TestSessionRenewed signs in with a token that somebody else chose or knows.
func TestSessionRenewed(t *testing.T) {
	d := newDoor(t)
	name := d.server.sessions.Cookie.Name
	signIn := func(with string) *http.Cookie {
		r := httptest.NewRequest(http.MethodPost, signInPath, strings.NewReader("name=lin&password="+strings.ReplaceAll(goodPassword, " ", "+")))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: name, Value: with})
		return d.cookie(d.do("", r))
	}
	first := signIn("chosen-by-somebody-else")
	if first.Value == "chosen-by-somebody-else" {
		t.Fatal("the token is the one that came")
	}
	second := signIn(first.Value)
	if second.Value == first.Value {
		t.Error("the token was not renewed")
	}
	d.with(first, "/settings").is(http.StatusSeeOther)
	d.with(second, "/settings").ok()
}

func TestSignOut(t *testing.T) {
	d := newDoor(t)
	c := d.enter("lin")
	r := httptest.NewRequest(http.MethodPost, "/sign-out", nil)
	r.AddCookie(c)
	if out := d.cookie(d.do("", r)); out.MaxAge >= 0 || out.Value != "" {
		t.Errorf("the cookie stays: %s", out)
	}
	d.with(c, "/settings").is(http.StatusSeeOther)
}

// TestSessionEnds closes an account, and changes a password: at once.
func TestSessionEnds(t *testing.T) {
	d := newDoor(t)
	d.password("mo")
	lin, mo := d.enter("lin"), d.enter("mo")
	d.with(mo, "/settings").ok()
	d.fill("admin", "/accounts/"+string(d.people["mo"])+"/close").to()
	d.with(mo, "/settings").is(http.StatusSeeOther)

	other := d.enter("lin")
	r := httptest.NewRequest(http.MethodPost, "/settings/password", strings.NewReader("old=the+tide+comes+at+nine&password=the+tide+goes+at+ten&again=the+tide+goes+at+ten"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(lin)
	renewed := d.cookie(d.do("", r))
	d.with(renewed, "/settings").ok()
	d.with(lin, "/settings").is(http.StatusSeeOther)
	d.with(other, "/settings").is(http.StatusSeeOther)
	d.fill("", signInPath, "name", "lin", "password", goodPassword).is(http.StatusForbidden)
	d.fill("", signInPath, "name", "lin", "password", "the tide goes at ten").to()
}

// TestSessionTimes lets a session rest, and use it for a week.
func TestSessionTimes(t *testing.T) {
	d := newDoor(t)
	resting, used := d.enter("lin"), d.enter("lin")
	for range 7*3 - 1 {
		d.at = d.at.Add(8*time.Hour - time.Minute)
		d.with(used, "/settings").ok()
	}
	d.with(resting, "/settings").is(http.StatusSeeOther)
	d.at = d.at.Add(7 * time.Hour)
	d.with(used, "/settings").ok()
	d.at = d.at.Add(2 * time.Hour)
	d.with(used, "/settings").is(http.StatusSeeOther)

	fresh := d.enter("lin")
	d.at = d.at.Add(8 * time.Hour)
	d.with(fresh, "/settings").is(http.StatusSeeOther)
}

// TestSessionSeen reads pages: the visit is written down once in five minutes.
func TestSessionSeen(t *testing.T) {
	d := newDoor(t)
	c := d.enter("lin")
	seen := func() (at time.Time) {
		d.must(d.store.View(t.Context(), func(r corpus.Reader) error {
			x, err := r.Session(corpus.LinkKey(c.Value)) // sessions are hashed in the same way
			at = x.Seen
			return err
		}))
		return at
	}
	begun := seen()
	d.at = d.at.Add(seenEvery - time.Second)
	d.with(c, "/settings").ok()
	if got := seen(); !got.Equal(begun) {
		t.Errorf("seen at %s, begun at %s: written too soon", got, begun)
	}
	d.at = d.at.Add(time.Second)
	d.with(c, "/settings").ok()
	if got := seen(); got.Sub(begun) < seenEvery {
		t.Errorf("seen at %s, begun at %s: not written", got, begun)
	}
}

// TestFirstLink makes the first account of a server.
func TestFirstLink(t *testing.T) {
	d := newDoor(t)
	d.get("", signInPath).ok().says(".notice", "Nobody can sign in yet")
	token, err := d.desk.OwnerLink(t.Context())
	d.must(err)
	path := LinkPath(token)
	before := d.dump()
	d.get("", path).ok().has("input[name=name]", "input[name=password]", "button.primary")
	d.get("", LinkPath("guess")).is(http.StatusNotFound)
	if d.dump() != before {
		t.Error("looking at a link changed the database")
	}
	d.fill("", path, "name", "owner", "password", goodPassword, "again", "another one").is(http.StatusUnprocessableEntity).says(".problem", "differ").has("input[name=name][value=owner]")
	d.fill("", path, "name", "owner", "password", "short", "again", "short").is(http.StatusUnprocessableEntity).says(".problem", "12 characters")
	d.fill("", path, "name", "lin", "password", goodPassword, "again", goodPassword).is(http.StatusConflict)
	r := d.fill("", path, "name", "owner", "full", "O. Wner", "function", "head", "password", goodPassword, "again", goodPassword)
	r.to()
	d.with(d.cookie(r), "/").ok().has("form[action='/projects']").says("header", "O. Wner")
	d.fill("", path, "name", "owner2", "password", goodPassword, "again", goodPassword).is(http.StatusNotFound)
	d.get("", signInPath).ok().lacks(".notice")
}

// TestDemoLink enters the demo: looking does nothing, the button signs in.
func TestDemoLink(t *testing.T) {
	d := newDoor(t)
	token, err := d.desk.SignInLink(t.Context(), d.people["he"], time.Hour)
	d.must(err)
	before := d.dump()
	r := d.get("", LinkPath(token)).ok().says("button.primary", "Sign in as HE")
	if len(r.header.Values("Set-Cookie")) > 0 || d.dump() != before {
		t.Error("looking at a link did something")
	}
	d.with(d.cookie(d.fill("", LinkPath(token))), "/").ok().says("header", "HE")
	d.at = d.at.Add(time.Hour)
	d.fill("", LinkPath(token)).is(http.StatusNotFound)
}
