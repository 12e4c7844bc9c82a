package server

import (
	"net/http"

	"github.com/reviseur/reviseur/corpus"
)

// accountsPage lists all people of the instance.
type accountsPage struct {
	basePage
	Accounts []accountRow
	Typed    corpus.User // a new account that was refused
	Problem  string
	Link     string // an address by which LinkFor sets a password; shown once
	LinkFor  string
}

func (*accountsPage) template() string { return "accounts.html" }

// accountRow is an account with what it lacks.
type accountRow struct {
	corpus.User
	Open     bool
	Password bool // has one
}

func (v *visit) showAccounts() error { return v.accounts(http.StatusOK, &accountsPage{}) }

func (v *visit) accounts(status int, p *accountsPage) error {
	p.basePage = v.newBase(v.t("accounts.title"), crumb{Name: v.t("accounts.title")})
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		users, err := r.Users()
		if err != nil {
			return err
		}
		for _, u := range users {
			_, err := r.Credential(u.ID)
			if err != nil && corpus.KindOf(err) != corpus.NotFound {
				return err
			}
			p.Accounts = append(p.Accounts, accountRow{u, u.Closed.IsZero(), err == nil})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.showStatus(status, p)
}

func (v *visit) openAccount() error {
	u := corpus.User{Name: v.c.PostForm("name"), Full: v.c.PostForm("full"), Function: v.c.PostForm("function"), Admin: v.c.PostForm("admin") != ""}
	added, err := v.desk.AddUser(v.context(), v.user.ID, u)
	if kind := corpus.KindOf(err); err != nil && (kind == corpus.Invalid || kind == corpus.Conflict) {
		return v.accounts(statuses[kind], &accountsPage{Typed: u, Problem: v.t("accounts.refused-"+kind.String()) + " " + v.why(err)})
	}
	if err != nil {
		return err
	}
	return v.showPasswordLink(added)
}

func (v *visit) linkAccount() error {
	u, err := v.account()
	if err != nil {
		return err
	}
	return v.showPasswordLink(u)
}

// showPasswordLink makes a link and shows it on the page that answers the form:
// it is kept nowhere, so no other page could.
func (v *visit) showPasswordLink(u corpus.User) error {
	token, err := v.desk.PasswordLink(v.context(), v.user.ID, u.ID)
	if err != nil {
		return err
	}
	return v.accounts(http.StatusOK, &accountsPage{Link: v.origin() + LinkPath(token), LinkFor: u.Display()})
}

func (v *visit) closeAccount() error {
	u, err := v.account()
	if err != nil {
		return err
	}
	if err := v.desk.CloseUser(v.context(), v.user.ID, u.ID); err != nil {
		return err
	}
	return v.redirect("/accounts?" + done("closed"))
}

// account is the one the path names.
func (v *visit) account() (u corpus.User, err error) {
	err = v.store.View(v.context(), func(r corpus.Reader) (err error) {
		u, err = r.User(corpus.UserID(v.c.Param("account")))
		return err
	})
	return u, err
}

// LinkPath is the path of the page of a link.
func LinkPath(token string) string { return "/link/" + token }

// origin is the address by which the visitor came.
func (v *visit) origin() string {
	if v.secure {
		return "https://" + v.c.Request.Host
	}
	return "http://" + v.c.Request.Host
}
