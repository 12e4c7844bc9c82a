package server

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// errSignIn sends a visitor to the sign-in page, and back afterwards.
var errSignIn = errors.New("sign in first")

// errNoPage answers an address that is none, or none for the visitor: which of
// the two it is nobody is told.
var errNoPage = corpus.Errorf(corpus.NotFound, "there is no such page, or it is not for you")

// errMethod answers a method that the path does not take.
var errMethod = errors.New("method not allowed")

// statuses maps the kinds of error to HTTP statuses (RFC 9110, section 15).
var statuses = map[corpus.Kind]int{
	corpus.Internal: http.StatusInternalServerError, corpus.Invalid: http.StatusUnprocessableEntity, corpus.NotFound: http.StatusNotFound,
	corpus.Conflict: http.StatusConflict, corpus.Forbidden: http.StatusForbidden, corpus.Unsupported: http.StatusUnsupportedMediaType,
	corpus.TooLarge: http.StatusRequestEntityTooLarge, corpus.Unavailable: http.StatusServiceUnavailable, corpus.Blocked: http.StatusConflict,
}

// errorPage says what happened, what was kept and what to do.
type errorPage struct {
	basePage
	Status  int
	Kind    string
	Message string // "" where Kind says it all
	English bool   // the message is in English in a page that is not
	Request string // id under which the log has the cause
	Back    *crumb // the document or project at hand; nil where there is none
}

func (*errorPage) template() string { return "error.html" }

// wayBack is where somebody goes on whose request failed: to the unit, document
// or project that it was about, where he may read it.
func (v *visit) wayBack() *crumb {
	switch {
	case v.project.ID == "" || !v.may(corpus.Read):
		return nil
	case v.doc.ID == "":
		return &crumb{v.project.Name, v.projectURL("")}
	case v.unit.ID == "" || v.unit.Retired:
		return &crumb{v.doc.Name, documentURL(v.doc.ID, "")}
	}
	return &crumb{v.doc.Name, documentURL(v.doc.ID, "?at="+string(v.unit.ID)+"#u-"+string(v.unit.ID))}
}

// signInPath is where people sign in.
const signInPath = "/sign-in"

// signInFirst sends somebody unknown to the sign-in page, and back afterwards.
func (v *visit) signInFirst() {
	if v.wantsFragment() {
		v.c.JSON(http.StatusUnauthorized, map[string]string{"error": v.t("error.sign-in"), "kind": "sign-in"})
		return
	}
	to := signInPath
	if v.c.Request.Method == http.MethodGet && v.c.Request.URL.Path != "/" {
		to += "?" + url.Values{"back": {v.c.Request.URL.RequestURI()}}.Encode()
	}
	v.c.Redirect(http.StatusSeeOther, to)
}

// fail answers a request whose handler returned an error. People read the
// error's message; its cause goes to the log, without any text of a document.
func (v *visit) fail(err error) {
	if errors.Is(err, errSignIn) {
		v.signInFirst()
		return
	}
	request := v.c.GetString(requestKey)
	kind := corpus.KindOf(err)
	message, own := v.refused(err)
	status, word := statuses[kind], strings.ReplaceAll(kind.String(), " ", "-")
	switch {
	case errors.Is(err, errMethod):
		status, word, message = http.StatusMethodNotAllowed, "method", ""
	case errors.Is(err, errNoPage):
		message = "" // the heading says it
	case kind == corpus.Internal && v.context().Err() != nil:
		// Whoever asked is gone.
	case kind == corpus.Internal:
		message = ""
		v.log.Error("request failed", "request", request, "route", v.c.FullPath(), "err", err)
	case kind == corpus.Forbidden:
		v.log.Warn("refused", "request", request, "route", v.c.FullPath(), "user", v.user.ID)
	}
	if v.wantsFragment() {
		if message != "" && !own {
			message = v.t("error."+word) + ": " + message
		}
		v.c.JSON(status, map[string]string{"error": cmp.Or(message, v.t("error."+word)), "kind": kind.String(), "request": request})
		return
	}
	p := &errorPage{basePage: v.newBase(v.t("error." + word)), Status: status, Kind: word, Message: message, English: !own, Request: request, Back: v.wayBack()}
	if err := v.showStatus(status, p); err != nil {
		v.log.Error("error page failed", "request", request, "err", err)
		v.c.String(status, corpus.Message(err))
	}
}

// refused is what an error says to people, in the visitor's language; where its
// sentence is in English only, it is that one, and own is false.
func (v *visit) refused(err error) (message string, own bool) {
	e, ok := errors.AsType[*corpus.Error](err)
	if v.lang == language.English || !ok {
		return corpus.Message(err), v.lang == language.English
	}
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		args[i] = v.worded(a)
	}
	if message, own = v.views.Refusal(v.lang, e.Format, args...); own {
		return message, true
	}
	return e.Msg, false
}

// why is refused for a place where the sentence stands alone.
func (v *visit) why(err error) string {
	message, _ := v.refused(err)
	return message
}

// worded puts the words of the domain among a refusal's arguments into the
// visitor's language.
func (v *visit) worded(arg any) any {
	key := ""
	switch a := arg.(type) {
	case corpus.Verb:
		key = "do." + string(a)
	case corpus.Past:
		key = "do." + string(a)
	case corpus.State:
		key = "state." + a.String()
	case corpus.Category:
		key = "category." + string(a)
	case corpus.Side:
		key = "side." + a.String()
	case corpus.Roles:
		return v.roleNames(a)
	case corpus.Said:
		return v.why(a.Err)
	}
	if key != "" && v.views.Has(v.lang, key) {
		return v.t(key)
	}
	return arg
}
