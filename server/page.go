package server

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// page is what a view shows. Its struct embeds basePage.
type page interface {
	template() string // name of the view
}

// basePage is what the layout shows of every page.
type basePage struct {
	Title   string
	Lang    language.Tag
	User    corpus.User
	Project *corpus.Project // nil outside of projects
	Crumbs  []crumb         // the way from the project to here; the last is here
	Local   local           // the other pages of the document or project
	Path    string          // of this page, for the switch of languages
	Keys    []keyRow        // of the key table, for script and tooltips
	Notice  string          // said once, after an act
	Wide    bool            // the page uses the whole window
}

type crumb struct{ Name, URL string }

// newBase fills in what the visit knows.
func (v *visit) newBase(title string, crumbs ...crumb) basePage {
	b := basePage{Title: title, Lang: v.lang, User: v.user, Crumbs: crumbs, Local: v.localNavigation(), Path: v.here(), Keys: keyRows(v)}
	if key := "done." + v.c.Query("done"); key != "done." && v.views.Has(v.lang, key) {
		b.Notice = v.t(key)
	}
	if v.project.ID != "" {
		p := v.project
		b.Project = &p
	}
	return b
}

// here is the page at hand; of an answer to a form, the page of the form.
func (v *visit) here() string {
	if v.c.Request.Method != http.MethodPost {
		return v.c.Request.URL.RequestURI()
	}
	from, err := url.Parse(v.c.Request.Referer())
	if err != nil || from.Host != v.c.Request.Host {
		return "/"
	}
	return localPath(from.RequestURI())
}

// done is the query by which a page that is shown after an act says what was
// done: the message "done.WHAT".
func done(what string) string { return url.Values{"done": {what}}.Encode() }

// t returns a message in the visitor's language.
func (v *visit) t(key string, args ...any) string { return v.views.Message(v.lang, key, args...) }

// show renders a page. It is rendered whole before anything is sent, so that a
// fault in a view gives an error page and not half a page.
func (v *visit) show(p page) error { return v.showStatus(http.StatusOK, p) }

func (v *visit) showStatus(status int, p page) error {
	var buf bytes.Buffer
	if err := v.views.Execute(&buf, p.template(), v.lang, p); err != nil {
		return err
	}
	v.send(status, buf.Bytes())
	return nil
}

// fragment renders one partial of a view.
func (v *visit) fragment(view, partial string, data any) error {
	var buf bytes.Buffer
	if err := v.views.Fragment(&buf, view, partial, v.lang, data); err != nil {
		return err
	}
	v.send(http.StatusOK, buf.Bytes())
	return nil
}

func (v *visit) send(status int, body []byte) {
	v.c.Header("Cache-Control", "no-store")
	v.c.Data(status, "text/html; charset=utf-8", body)
}

// pageOf finds the page that an address asks for, from 1, and the places that are on
// it: of total ones, size a page. What is no page is the first, and what lies beyond
// the last is the last.
func pageOf(wanted string, total, size int) (page, from, to int) {
	page, _ = strconv.Atoi(wanted)
	page = max(1, min(page, (total+size-1)/size))
	from = (page - 1) * size
	return page, from, min(from+size, total)
}
