package server

import (
	"errors"
	"net/http"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// linkPage says what a link is good for, with a button that uses it: programs
// that only look at an address must not use it up.
type linkPage struct {
	basePage
	Purpose corpus.Purpose
	Owner   corpus.User // LinkOwner: the account as it was typed; else whose account it is
	Problem string
}

func (*linkPage) template() string { return "link.html" }

func (v *visit) showLink() error {
	l, u, err := v.desk.Link(v.context(), v.c.Param("token"))
	if err != nil {
		return err
	}
	return v.linkForm(http.StatusOK, l.Purpose, u, "")
}

func (v *visit) linkForm(status int, purpose corpus.Purpose, u corpus.User, problem string) error {
	return v.showStatus(status, &linkPage{basePage: v.newBase(v.t("link.title-" + string(purpose))), Purpose: purpose, Owner: u, Problem: problem})
}

func (v *visit) useLink() error {
	token := v.c.Param("token")
	l, u, err := v.desk.Link(v.context(), token)
	if err != nil {
		return err
	}
	password := v.c.PostForm("password")
	switch l.Purpose {
	case corpus.LinkOwner:
		u = corpus.User{Name: v.c.PostForm("name"), Full: v.c.PostForm("full"), Function: v.c.PostForm("function")}
		err = v.same(password)
		if err == nil {
			u, err = v.desk.OpenOwner(v.context(), token, u, password)
		}
	case corpus.LinkPassword:
		if err = v.same(password); err == nil {
			_, err = v.desk.SetPassword(v.context(), token, password)
		}
	default:
		u, err = v.desk.SignInByLink(v.context(), token)
	}
	if kind := corpus.KindOf(err); err != nil && (kind == corpus.Invalid || kind == corpus.Conflict) {
		return v.linkForm(statuses[kind], l.Purpose, u, v.passwordProblem(err))
	}
	if err != nil {
		return err
	}
	if err := v.signIn(u); err != nil {
		return err
	}
	return v.redirect("/")
}

// errDifferent is the mistake of typing a new password in two ways.
var errDifferent = corpus.Errorf(corpus.Invalid, "the two passwords differ")

// same compares a new password with its repetition.
func (v *visit) same(password string) error {
	if password != v.c.PostForm("again") {
		return errDifferent
	}
	return nil
}

// passwordProblem says in the visitor's language what is wrong with a password.
func (v *visit) passwordProblem(err error) string {
	for _, known := range []struct {
		err error
		key string
	}{
		{errDifferent, "password.different"},
		{workflow.ErrPasswordShort, "password.short"},
		{workflow.ErrPasswordLong, "password.long"},
		{workflow.ErrPasswordCommon, "password.common"},
	} {
		if errors.Is(err, known.err) {
			return v.t(known.key)
		}
	}
	return v.why(err)
}
