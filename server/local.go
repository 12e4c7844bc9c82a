package server

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// local is the navigation among the pages of what is at hand: of a document, or
// else of a project. It is the same on each of them, in the same order.
type local struct {
	Label string // what a screen reader calls it
	Links []localLink
}

type localLink struct {
	Name, URL string
	Here      bool // the page at hand is this one, or a page below it
}

// place of a local link: the message that names it, its path below the thing,
// and the route paths that belong to it beside that one.
type localPage struct {
	name, path string
	also       []string
	need       corpus.Verb // "" for whoever may see the thing
}

var documentPages = []localPage{
	{name: "local.text", path: ""},
	{name: "reading.link", path: "/read"},
	{name: "alignment.title", path: "/alignment"},
	{name: "figures.title", path: "/figures"},
	{name: "local.findings", path: "/checks"},
	{name: "cleaning.link", path: "/cleaning"},
	{name: "project.history", path: "/history", also: []string{"/versions", "/units/:unit/history", "/report"}},
	{name: "local.export", path: "/export", also: []string{"/releases", "/snapshots", "/table"}},
}

var projectPages = []localPage{
	{name: "local.documents", path: "", also: []string{"/import", "/imports"}},
	{name: "project.queue", path: "/queue"},
	{name: "terms.title", path: "/terms", also: []string{"/recheck"}},
	{name: "phrases.title", path: "/phrases"},
	{name: "checks.title", path: "/checks"},
	{name: "local.dismissals", path: "/dismissals"},
	{name: "local.who", path: "/who"},
	{name: "project.members", path: "/members", also: []string{"/settings"}, need: corpus.Manage},
}

// localNavigation is the navigation of the page at hand; it has no links outside
// of projects, and for whoever may not read the project.
func (v *visit) localNavigation() local {
	if v.project.ID == "" || !v.may(corpus.Read) {
		return local{}
	}
	pages, root, label, route := projectPages, v.projectURL(""), v.project.Name, "/projects/:project"
	if v.doc.ID != "" {
		pages, root, label, route = documentPages, documentURL(v.doc.ID, ""), v.doc.Name, "/documents/:document"
	}
	below, ours := strings.CutPrefix(v.c.FullPath(), route)
	nav := local{Label: v.t("local.label", label)}
	for _, p := range pages {
		if p.need != "" && !v.may(p.need) {
			continue
		}
		nav.Links = append(nav.Links, localLink{v.t(p.name), root + p.path, ours && p.holds(below)})
	}
	return nav
}

// holds reports whether a route, without what stands before it, is of the page.
func (p localPage) holds(route string) bool {
	if p.path == "" && (route == "" || strings.HasPrefix(route, "/units/") && !strings.HasSuffix(route, "/history")) {
		return true
	}
	for _, at := range append([]string{p.path}, p.also...) {
		if at != "" && (route == at || strings.HasPrefix(route, at+"/")) {
			return true
		}
	}
	return false
}
