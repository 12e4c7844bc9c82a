package server

import (
	"net/http"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// languageKept is how long a browser keeps the language chosen, in seconds.
const languageKept = 365 * 24 * 60 * 60

// setLanguage chooses the language of the interface: for this browser, and for
// the account of whoever is signed in.
func (v *visit) setLanguage() error {
	tag, err := language.Parse(v.c.PostForm("lang"))
	if err != nil || chosenLanguage(tag, language.Und) == language.Und {
		return corpus.Errorf(corpus.Unsupported, "the interface does not speak this language")
	}
	http.SetCookie(v.c.Writer, &http.Cookie{
		Name: languageCookie, Value: tag.String(), Path: "/", MaxAge: languageKept,
		HttpOnly: true, Secure: v.secure, SameSite: http.SameSiteLaxMode,
	})
	if v.user.ID != "" {
		v.prefs.Language = tag
		if err := v.desk.SetPreferences(v.context(), v.user.ID, v.prefs); err != nil {
			return err
		}
	}
	return v.redirect(localPath(v.c.PostForm("back")))
}
