package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestHome(t *testing.T) {
	o := busyOffice(t)
	o.get("lin", "/").ok().says("tbody td", "Harbour <i>Bureau</i>").says("tbody td", "中文 → English · 2 documents").says("tbody", "translator").has("tbody a[href='"+o.projectPath("")+"']", "svg.bar").lacks("form[action='/projects']")
	o.get("stranger", "/").ok().has(".empty").lacks("table")
	o.get("admin", "/").ok().has("form[action='/projects']").says("tbody", "admin")
	if to := o.get("", "/").to(); to != signInPath {
		t.Errorf("a stranger is sent to %s", to)
	}
}

func TestMakeProject(t *testing.T) {
	o := newOffice(t)
	to := o.fill("admin", "/projects", "name", "Laws", "source", "zh", "target", "fr", "one-person", "1").to()
	o.get("admin", to).ok()
	o.must(o.store.View(t.Context(), func(r corpus.Reader) error {
		p, err := r.ProjectByName("Laws")
		if p.Target.String() != "fr" || !p.Settings.OnePerson || "/projects/"+string(p.ID) != to {
			t.Errorf("the project is %+v", p)
		}
		return err
	}))
	o.fill("admin", "/projects", "name", "Laws", "source", "zh", "target", "de").is(http.StatusConflict).says(".problem", "taken").has("input[name=target][value=de]")
	o.fill("admin", "/projects", "name", "Other", "source", "!", "target", "de").is(http.StatusUnprocessableEntity).has("input[name=name][value=Other]")
	o.fill("admin", "/projects", "name", " ", "source", "zh", "target", "de").is(http.StatusUnprocessableEntity)
	o.fill("bai", "/projects", "name", "Mine", "source", "zh", "target", "de").is(http.StatusForbidden)
}

// TestOpenAccount opens an account and hands its link over.
func TestOpenAccount(t *testing.T) {
	d := newDoor(t)
	r := d.fill("admin", "/accounts", "name", "ruo", "full", "Ruo <i>He</i>", "function", "reviser").ok().says("tbody", "Ruo <i>He</i>")
	link := r.text("code.secret")
	if !strings.HasPrefix(link, "http://example.com/link/") {
		t.Fatalf("the link is %s", link)
	}
	path := strings.TrimPrefix(link, "http://example.com")
	d.get("", path).ok().says("main", "Ruo <i>He</i>").has("input[name=again]")
	in := d.fill("", path, "password", goodPassword, "again", goodPassword)
	in.to()
	d.with(d.cookie(in), "/settings").ok().has("input[name=old]")
	d.fill("", path, "password", goodPassword, "again", goodPassword).is(http.StatusNotFound)
	d.enter("ruo")

	d.fill("admin", "/accounts", "name", "ruo", "full", "Another").is(http.StatusConflict).has("input[name=full][value=Another]").lacks("code.secret")
	d.fill("admin", "/accounts", "name", "no blank").is(http.StatusUnprocessableEntity)
	// Fields that the form does not have change nothing.
	d.fill("admin", "/accounts", "name", "plain", "ID", "x", "Closed", "1", "roles", "manager").ok()
	d.must(d.store.View(t.Context(), func(r corpus.Reader) error {
		u, err := r.UserByName("plain")
		if u.Admin || !u.Closed.IsZero() || u.ID == "x" {
			t.Errorf("the account is %+v", u)
		}
		return err
	}))

	again := d.fill("admin", "/accounts/"+string(d.people["lin"])+"/link").ok()
	d.get("", strings.TrimPrefix(again.text("code.secret"), "http://example.com")).ok().says("main", "LIN")
	d.get("admin", "/accounts").ok().lacks("code.secret")
	d.fill("admin", "/accounts/none/link").is(http.StatusNotFound)
}

func TestCloseAccount(t *testing.T) {
	d := newDoor(t)
	to := d.fill("admin", "/accounts/"+string(d.people["lin"])+"/close").to()
	d.get("admin", to).ok().says(".notice", "closed").has("form[action='/accounts/" + string(d.people["mo"]) + "/close']").lacks("form[action='/accounts/" + string(d.people["lin"]) + "/close']")
	d.get("lin", "/").is(http.StatusSeeOther)
	d.fill("admin", "/accounts/"+string(d.people["admin"])+"/close").is(http.StatusConflict).says("main", "last open admin")
	d.get("admin", "/").ok()
}

func TestMembers(t *testing.T) {
	o := newOffice(t)
	path := o.projectPath("/members")
	o.get("bai", path).ok().has("option[value='"+string(o.people["stranger"])+"']").lacks("option[value='"+string(o.people["lin"])+"']").says("tbody", "LIN")
	o.get("bai", o.projectPath("")).ok().has("a[href='" + path + "']")
	o.get("lin", o.projectPath("")).ok().lacks("a[href='" + path + "']")
	roles := func(name string) (held corpus.Roles) {
		o.must(o.store.View(t.Context(), func(r corpus.Reader) (err error) {
			held, err = r.Roles(o.project.ID, o.people[name])
			return err
		}))
		return held
	}
	to := o.sendForm("bai", path, map[string][]string{"user": {string(o.people["stranger"])}, "role": {"reviewer", "exporter"}}).to()
	o.get("bai", to).ok().says(".notice", "saved").lacks("option[value='" + string(o.people["stranger"]) + "']")
	if got := roles("stranger"); got != corpus.Reviewer|corpus.Exporter {
		t.Errorf("the roles are %s", got)
	}
	o.fill("bai", path, "user", string(o.people["stranger"]), "role", "reviewer", "remove", "1").to()
	o.fill("bai", path, "user", string(o.people["lin"])).to()
	if roles("stranger") != 0 || roles("lin") != 0 {
		t.Error("they are members still")
	}
	o.fill("bai", path, "user", string(o.people["mo"]), "role", "emperor").is(http.StatusUnprocessableEntity)
	o.fill("bai", path, "user", "nobody", "role", "viewer").is(http.StatusNotFound)
}

func TestProjectRules(t *testing.T) {
	o := newOffice(t)
	o.fill("bai", o.projectPath("/settings"), "viewers-comment", "1").to()
	o.get("bai", o.projectPath("/members")).ok().has("input[name=viewers-comment][checked]").lacks("input[name=one-person][checked]", "input[name=findings-block][checked]")
	o.fill("bai", o.projectPath("/settings"), "one-person", "1", "findings-block", "1", "no-learning", "1").to()
	o.get("bai", o.projectPath("/members")).ok().has("input[name=one-person][checked]", "input[name=no-learning][checked]", "input[name=findings-block][checked]").lacks("input[name=viewers-comment][checked]")
}

func TestLanguage(t *testing.T) {
	o := newOffice(t)
	o.get("", "/help").ok().has("html[lang=en]")
	r := o.fill("", "/language", "lang", "zh-Hans", "back", "/help")
	if to := r.to(); to != "/help" {
		t.Errorf("after choosing a language: %s", to)
	}
	ask := newRequest(http.MethodGet, "/help")
	ask.Header.Set("Cookie", strings.Split(r.header.Get("Set-Cookie"), ";")[0])
	o.do("", ask).ok().has("html[lang=zh-Hans]").says("h1", "帮助")

	ask = newRequest(http.MethodGet, "/help")
	ask.Header.Set("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5")
	o.do("", ask).ok().has("html[lang=zh-Hans]")

	o.fill("lin", "/language", "lang", "zh-Hans").to() // kept with the account as well
	o.get("lin", "/settings").ok().has("html[lang=zh-Hans]", "button[value=zh-Hans][aria-pressed]")
	o.get("mo", "/settings").ok().has("html[lang=en]")
	o.fill("lin", "/language", "lang", "tlh").is(http.StatusUnsupportedMediaType)
	o.get("lin", "/accounts").is(http.StatusForbidden).says("h1", "您不能这样做")
}

func TestKeysSettings(t *testing.T) {
	o := newOffice(t)
	o.get("lin", "/help").ok().says("[data-key=next] td", "j ↓")
	to := o.fill("lin", "/settings/keys", "key-next", " y  ArrowDown ", "key-flag", "").to()
	o.get("lin", to).ok().says(".notice", "saved").has("input[name=key-next][value='y ArrowDown']", "input[name=key-flag][value='']", "input[name=key-edit][value='Enter e']")
	o.get("lin", "/help").ok().says("[data-key=next] td", "y ↓").says("[data-key=flag] td", "switched off").says("[data-key=propose] td", "Ctrl")
	o.get("mo", "/help").ok().says("[data-key=next] td", "j ↓")

	o.fill("lin", "/settings/keys", "key-next", "n", "key-edit", "e").is(http.StatusUnprocessableEntity).says("#keys .problem", "“n” would press two things")
	o.fill("lin", "/settings/keys", "key-next", "?").is(http.StatusUnprocessableEntity) // counts everywhere
	o.fill("lin", "/settings/keys", "key-next", "Ctrl+x").is(http.StatusUnprocessableEntity).says("#keys .problem", "is no key")
	o.get("lin", "/help").ok().says("[data-key=next] td", "y ↓")

	o.fill("lin", "/settings/keys", "no-letters", "1", "key-next", "y ArrowDown").to()
	r := o.get("lin", "/help").ok().says("[data-key=next] td", "↓").says("[data-key=comment] td", "switched off")
	if got := r.text("[data-key=next] td"); got != "↓" {
		t.Errorf("without letters: %q", got)
	}
	o.get("lin", "/settings").ok().has("input[name=key-next][value='y ArrowDown']", "input[name=no-letters][checked]")
	o.fill("lin", "/settings/keys", "reset", "1", "key-next", "y").to()
	o.get("lin", "/help").ok().says("[data-key=next] td", "j ↓")
}

// TestKeys holds the table to its own rules: each action once, keys that exist,
// no key twice in a context.
func TestKeys(t *testing.T) {
	if err := checkKeys(corpus.Preferences{}); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, k := range keys {
		if seen[k.Action] || k.Action == "" || k.Keys != normalKeys(k.Keys) || k.Keys == "" {
			t.Errorf("%+v is there twice, or incomplete", k)
		}
		seen[k.Action] = true
	}
}

func TestHelpPage(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"", "lin"} {
		r := o.get(name, "/help").ok().says("#flags ~ .columns", "accuracy/omission").says("main", "Two pairs of eyes")
		for _, k := range keys {
			r.has("[data-key='" + k.Action + "'] kbd")
		}
		for _, c := range corpus.Categories() {
			if !strings.Contains(r.body, "<kbd>"+string(c.Key())+"</kbd>") {
				t.Errorf("the letter of %s is not told", c)
			}
		}
	}
}

func TestChangePassword(t *testing.T) {
	d := newDoor(t)
	const path = "/settings/password"
	d.get("mo", "/settings").ok().lacks("input[name=old]") // has none
	fill := func(old, password, again string) *reply {
		return d.fill("lin", path, "old", old, "password", password, "again", again)
	}
	// The answers come as whoever is signed in; lin's token of the office ended
	// when the password was set.
	session, err := d.server.sessions.Load(t.Context(), "")
	d.must(err)
	d.server.sessions.Put(session, accountKey, string(d.people["lin"]))
	d.tokens["lin"], _, err = d.server.sessions.Commit(session)
	d.must(err)
	fill("wrong", "the tide goes at ten", "the tide goes at ten").is(http.StatusForbidden).says(".problem", "present password")
	fill(goodPassword, "the tide goes at ten", "the tide goes at two").is(http.StatusUnprocessableEntity).says(".problem", "differ")
	fill(goodPassword, "password1234", "password1234").is(http.StatusUnprocessableEntity).says(".problem", "first that others would try")
	fill(goodPassword, "the tide goes at ten", "the tide goes at ten").to()
}
