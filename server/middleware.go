package server

import (
	"fmt"
	"net/http"
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/templates"
)

// requestKey is where a request's id is kept.
const requestKey = "request"

// policy is the content-security policy: own files only, and no inline script
// or style (CSP Level 3).
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Handler returns the server's handler.
func (s *Server) Handler() http.Handler { return s.engine }

// build makes the engine from the table of routes.
func (s *Server) build(table []route) error {
	gin.SetMode(gin.ReleaseMode)
	s.engine = gin.New()
	s.engine.HandleMethodNotAllowed = true
	s.engine.RedirectTrailingSlash = false
	if err := s.engine.SetTrustedProxies(nil); err != nil {
		return err
	}
	s.engine.Use(s.shield)
	s.engine.NoRoute(s.answer(route{handle: func(*visit) error {
		return errNoPage
	}}))
	s.engine.NoMethod(s.answer(route{handle: func(*visit) error { return errMethod }}))
	for _, r := range table {
		s.engine.Handle(r.method, r.path, s.answer(r))
		if r.method == http.MethodGet {
			s.engine.HEAD(r.path, s.answer(r))
		}
	}
	return nil
}

// shield sets the headers of every answer, and catches panics: one request fails
// with a page, and the others go on.
func (s *Server) shield(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if s.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	id := corpus.NewID[corpus.EventID]()
	c.Set(requestKey, string(id))
	defer func() {
		if p := recover(); p != nil {
			// What was thrown may hold a text; its type and the stack tell enough.
			s.log.Error("panic", "request", id, "route", c.FullPath(), "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				c.String(http.StatusInternalServerError, "something went wrong inside; nothing was changed (%s)", id)
			}
		}
	}()
	c.Next()
}

// answer runs a route: its body limit, where the request comes from, who asks,
// whether they may, its handler.
func (s *Server) answer(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		v := &visit{Server: s, c: c, views: s.parsed, lang: languageOf(c.Request)}
		if err := v.run(r); err != nil {
			v.fail(err)
		}
	}
}

func (v *visit) run(r route) error {
	var err error
	if v.views, err = v.currentViews(); err != nil {
		v.views = v.parsed
		return err
	}
	v.limitBody(r)
	if v.guard.Check(v.c.Request) != nil {
		return corpus.Errorf(corpus.Forbidden, "this was sent by another site than ours, and was not done")
	}
	if err := v.identify(); err != nil {
		return err
	}
	if err := v.enter(r); err != nil {
		return err
	}
	if r.limit == 0 {
		if err := v.parseForm(); err != nil {
			return err
		}
	}
	return r.handle(v)
}

// languageCookie keeps the language a visitor chose.
const languageCookie = "reviseur-lang"

// languageOf is the language of the interface for a request: the one chosen,
// else the best of those the browser accepts.
func languageOf(r *http.Request) language.Tag {
	var wanted []language.Tag
	if tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language")); err == nil {
		wanted = tags
	}
	_, i, _ := language.NewMatcher(templates.Languages()).Match(wanted...)
	chosen := language.Und
	if c, err := r.Cookie(languageCookie); err == nil {
		chosen, _ = language.Parse(c.Value)
	}
	return chosenLanguage(chosen, templates.Languages()[i])
}

// chosenLanguage is the chosen language of the interface if we have it.
func chosenLanguage(chosen, otherwise language.Tag) language.Tag {
	if slices.Contains(templates.Languages(), chosen) {
		return chosen
	}
	return otherwise
}

// staticRoutes serves style and script under names that change with their
// content.
func (s *Server) staticRoutes() []route {
	return []route{get("/static/*name", anybody, "", (*visit).showStatic)}
}

var contentTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func (v *visit) showStatic() error {
	name := strings.TrimPrefix(v.c.Param("name"), "/")
	a, ok := v.views.Asset(name)
	if !ok {
		return corpus.Errorf(corpus.NotFound, "there is no such file")
	}
	v.c.Header("Cache-Control", "public, max-age=31536000, immutable")
	v.c.Data(http.StatusOK, contentTypes[path.Ext(name)], a.Data)
	return nil
}
