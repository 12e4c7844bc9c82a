package server

import (
	"net/http"

	"github.com/reviseur/reviseur/corpus"
)

// settingsPage is what a person decides for himself.
type settingsPage struct {
	basePage
	Groups    []keyGroup
	NoLetters bool
	Password  bool   // there is one to change
	Problem   string // with the password
	Clash     string // with the keys
}

func (*settingsPage) template() string { return "settings.html" }

func (v *visit) showSettings() error { return v.settings(http.StatusOK, &settingsPage{}) }

func (v *visit) settings(status int, p *settingsPage) error {
	p.basePage = v.newBase(v.t("settings.title"), crumb{Name: v.t("settings.title")})
	p.Groups, p.NoLetters = v.keyGroups(), v.prefs.NoLetters
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		_, err := r.Credential(v.user.ID)
		if err != nil && corpus.KindOf(err) == corpus.NotFound {
			return nil
		}
		p.Password = err == nil
		return err
	})
	if err != nil {
		return err
	}
	return v.showStatus(status, p)
}

// setKeys takes the keys as typed; what equals the table is not kept, so that
// the table may change.
func (v *visit) setKeys() error {
	v.prefs.Keys = map[string]string{}
	v.prefs.NoLetters = v.c.PostForm("no-letters") != ""
	if v.c.PostForm("reset") == "" {
		for _, k := range keys {
			typed, sent := v.c.GetPostForm("key-" + k.Action)
			if typed = normalKeys(typed); sent && typed != k.Keys {
				v.prefs.Keys[k.Action] = typed
			}
		}
	}
	if err := checkKeys(v.prefs); err != nil {
		return v.settings(http.StatusUnprocessableEntity, &settingsPage{Clash: v.keyProblem(err)})
	}
	if err := v.desk.SetPreferences(v.context(), v.user.ID, v.prefs); err != nil {
		return err
	}
	return v.redirect("/settings?" + done("keys"))
}

// changePassword ends all sessions of the visitor and begins this one anew.
func (v *visit) changePassword() error {
	password := v.c.PostForm("password")
	err := v.same(password)
	if err == nil {
		err = v.desk.ChangePassword(v.context(), v.user.ID, v.c.PostForm("old"), password)
	}
	switch kind := corpus.KindOf(err); {
	case err == nil:
		if err := v.signIn(v.user); err != nil {
			return err
		}
		return v.redirect("/settings?" + done("password"))
	case kind == corpus.Forbidden:
		return v.settings(http.StatusForbidden, &settingsPage{Problem: v.t("password.wrong")})
	case kind == corpus.Unavailable:
		return v.settings(http.StatusTooManyRequests, &settingsPage{Problem: v.t("sign-in.wait")})
	case kind == corpus.Invalid:
		return v.settings(http.StatusUnprocessableEntity, &settingsPage{Problem: v.passwordProblem(err)})
	}
	return err
}
