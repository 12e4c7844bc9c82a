package server

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/templates"
)

// visit is one request with what its route found out before the handler runs:
// who asks, in which language, and the things the path names. What a route's
// place does not name is zero.
type visit struct {
	*Server
	c       *gin.Context
	views   *templates.Set
	prefs   corpus.Preferences
	user    corpus.User // zero where nobody is signed in
	roles   corpus.Roles
	project corpus.Project
	doc     corpus.Document
	unit    corpus.Unit
	lang    language.Tag
}

func (v *visit) context() context.Context { return v.c.Request.Context() }

// may reports whether the visitor may use the verb in the project at hand.
func (v *visit) may(verb corpus.Verb) bool {
	return corpus.May(corpus.ActorOf(v.user, v.roles).Roles, verb, v.project.Settings)
}

// enter finds what the path names and who asks, and refuses whoever lacks what
// the route needs. A project one is no member of is not found, so that nobody
// learns of it.
func (v *visit) enter(r route) error {
	if r.in == anybody {
		return nil
	}
	if v.user.ID == "" {
		return errSignIn
	}
	if r.in == instance && !v.user.Admin {
		return corpus.Errorf(corpus.Forbidden, "this page is for admins")
	}
	if r.in == signedIn || r.in == instance {
		return nil
	}
	err := v.store.View(v.context(), func(rd corpus.Reader) error {
		var err error
		id := corpus.ProjectID(v.c.Param("project"))
		if r.in == inDocument || r.in == inUnit {
			if v.doc, err = rd.Document(corpus.DocumentID(v.c.Param("document"))); err != nil {
				return err
			}
			id = v.doc.Project
		}
		if r.in == inUnit {
			if v.unit, err = rd.Unit(corpus.UnitID(v.c.Param("unit"))); err != nil {
				return err
			}
			if v.unit.Document != v.doc.ID {
				return corpus.Errorf(corpus.NotFound, "the unit is not of this document")
			}
		}
		if v.project, err = rd.Project(id); err != nil {
			return err
		}
		v.roles, err = rd.Roles(id, v.user.ID)
		return err
	})
	if err != nil && corpus.KindOf(err) != corpus.NotFound {
		return err
	}
	if err != nil || !v.may(corpus.Read) {
		v.project, v.doc, v.unit, v.roles = corpus.Project{}, corpus.Document{}, corpus.Unit{}, 0
		return errNoPage
	}
	if !v.may(r.need) {
		return corpus.Check(corpus.ActorOf(v.user, v.roles), r.need, corpus.Object{Own: true, Reason: "-"}, v.project.Settings)
	}
	return nil
}

// wantsFragment reports whether script asked for a part of a page.
func (v *visit) wantsFragment() bool { return v.c.GetHeader("X-Fragment") != "" }

// redirect sends the browser to another page after a form was taken.
func (v *visit) redirect(to string) error {
	v.c.Redirect(http.StatusSeeOther, to)
	return nil
}

// json answers script.
func (v *visit) json(data any) error {
	v.c.Header("Cache-Control", "no-store")
	v.c.JSON(http.StatusOK, data)
	return nil
}
