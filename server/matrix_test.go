package server

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// These tests go over the table of routes. They need no row of their own for a
// new route: what must happen follows from what the table says of it.

// target is what paths name: a project with a document and a unit of it.
type target struct {
	project corpus.ProjectID
	doc     corpus.DocumentID
	unit    corpus.UnitID
}

// path fills in the names of a route's path. What is no project, document or
// unit gets a name that nothing has.
func (p target) path(r route) string {
	parts := strings.Split(r.path, "/")
	for i, part := range parts {
		switch {
		case part == ":project":
			parts[i] = string(p.project)
		case part == ":document":
			parts[i] = string(p.doc)
		case part == ":unit":
			parts[i] = string(p.unit)
		case part != "" && (part[0] == ':' || part[0] == '*'):
			parts[i] = "none"
		}
	}
	return strings.Join(parts, "/")
}

// matrix is an office whose handlers are all replaced by one that answers 204,
// so that only what happens before a handler is seen.
type matrix struct {
	*office
	table        []route
	own, foreign target
}

func newMatrix(t *testing.T) *matrix {
	t.Helper()
	m := &matrix{office: newOffice(t)}
	m.own = m.placeOf(m.take("port.md", portSource, portTarget))
	other, err := m.desk.AddProject(t.Context(), m.people["admin"], "Elsewhere", language.Chinese, language.English, corpus.Settings{})
	m.must(err)
	out, err := m.desk.Import(t.Context(), m.people["admin"], other.ID, workflow.Delivery{Name: "other.md", Target: &workflow.Received{Name: "other.md", Data: []byte(portTarget)}}, nil)
	m.must(err)
	m.foreign = m.placeOf(out.Document)
	m.table = m.server.routes()
	stubbed := slices.Clone(m.table)
	for i := range stubbed {
		stubbed[i].handle = func(v *visit) error {
			v.c.Status(http.StatusNoContent)
			return nil
		}
	}
	m.must(m.server.build(stubbed))
	return m
}

func (m *matrix) placeOf(doc corpus.Document) target {
	m.Helper()
	p := target{project: doc.Project, doc: doc.ID}
	m.must(m.store.View(m.Context(), func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if err != nil {
			return err
		}
		units, err := r.Units(d.Current, corpus.Filter{}, 0, 1)
		if err == nil {
			p.unit = units[0].ID
		}
		return err
	}))
	return p
}

// status asks for a route, and says what came.
func (m *matrix) status(as string, r route, p target) int {
	m.Helper()
	return m.do(as, httptest.NewRequest(r.method, p.path(r), nil)).status
}

// persons are the roles of the matrix: the empty name is signed out.
var persons = map[string]corpus.Roles{
	"": 0, "stranger": 0, "wu": corpus.Viewer, "lin": corpus.Translator, "he": corpus.Reviewer, "tan": corpus.Exporter, "bai": corpus.Manager, "admin": 0,
}

// expected is what the table says must happen to a person's request.
func expected(r route, name string, roles corpus.Roles) int {
	switch {
	case r.in == anybody:
		return http.StatusNoContent
	case name == "":
		return http.StatusSeeOther
	case name == "admin" || r.in == signedIn:
		return http.StatusNoContent
	case r.in == instance:
		return http.StatusForbidden
	case !corpus.May(roles, corpus.Read, corpus.Settings{}):
		return http.StatusNotFound
	case !corpus.May(roles, r.need, corpus.Settings{}):
		return http.StatusForbidden
	}
	return http.StatusNoContent
}

// TestMatrix asks for every route as every role, in a project of theirs and in
// another one.
func TestMatrix(t *testing.T) {
	m := newMatrix(t)
	asked := 0
	for _, r := range m.table {
		for name, roles := range persons {
			if got, want := m.status(name, r, m.own), expected(r, name, roles); got != want {
				t.Errorf("%s %s as %q (%s): %d, want %d", r.method, r.path, name, roles, got, want)
			}
			if got, want := m.status(name, r, m.foreign), expected(r, name, 0); got != want {
				t.Errorf("%s %s as %q (%s) in another project: %d, want %d", r.method, r.path, name, roles, got, want)
			}
			asked += 2
		}
	}
	t.Logf("%d routes × %d roles × 2 projects: %d requests", len(m.table), len(persons), asked)
}

// TestMatrixMixed names a unit of one document below another, and things that
// are not there.
func TestMatrixMixed(t *testing.T) {
	m := newMatrix(t)
	mixed, none := m.own, target{"none", "none", "none"}
	mixed.unit = m.foreign.unit
	for _, r := range m.table {
		if r.in == inUnit {
			if got := m.status("admin", r, mixed); got != http.StatusNotFound {
				t.Errorf("%s %s with the unit of another document: %d, want 404", r.method, r.path, got)
			}
		}
		if r.in == inProject || r.in == inDocument || r.in == inUnit {
			for _, name := range []string{"lin", "admin"} {
				if got := m.status(name, r, none); got != http.StatusNotFound {
					t.Errorf("%s %s of nothing as %s: %d, want 404", r.method, r.path, name, got)
				}
			}
		}
	}
}

// TestMatrixRevoked takes a role away: it counts from the next request on.
func TestMatrixRevoked(t *testing.T) {
	m := newMatrix(t)
	propose := route{method: http.MethodPost, path: "/documents/:document/units/:unit/propose"}
	if got := m.status("lin", propose, m.own); got != http.StatusNoContent {
		t.Fatalf("propose: %d", got)
	}
	m.must(m.desk.SetRoles(t.Context(), m.people["bai"], m.project.ID, m.people["lin"], corpus.Viewer))
	if got := m.status("lin", propose, m.own); got != http.StatusForbidden {
		t.Errorf("propose as a viewer: %d, want 403", got)
	}
	m.must(m.desk.SetRoles(t.Context(), m.people["bai"], m.project.ID, m.people["lin"], 0))
	if got := m.status("lin", propose, m.own); got != http.StatusNotFound {
		t.Errorf("propose as nobody: %d, want 404", got)
	}
}

// TestTable holds the rows to what they say: the path names what the place
// needs, the need is a verb of the rules, and whoever may only read changes
// nothing.
func TestTable(t *testing.T) {
	s := newOffice(t).server
	seen := map[string]bool{}
	for _, r := range s.routes() {
		row := r.method + " " + r.path
		if seen[row] {
			t.Errorf("%s is in the table twice", row)
		}
		seen[row] = true
		named := inNames(r.path)
		if want := map[place]string{inProject: ":project", inDocument: ":document", inUnit: ":document :unit"}[r.in]; named != want {
			t.Errorf("%s names %q, want %q by its place", row, named, want)
		}
		switch r.in {
		case anybody, signedIn:
			if r.need != "" {
				t.Errorf("%s needs %s, and nobody asks for it there", row, r.need)
			}
		case instance:
			if r.need != corpus.Administer {
				t.Errorf("%s needs %s, want administer", row, r.need)
			}
		default:
			if !corpus.May(corpus.Manager, r.need, corpus.Settings{}) {
				t.Errorf("%s needs %q, which no role has", row, r.need)
			}
			if r.method != http.MethodGet && r.need == corpus.Read {
				t.Errorf("%s changes something for whoever may only read", row)
			}
		}
		if r.limit > bodyUpload {
			t.Errorf("%s takes bodies of %d bytes", row, r.limit)
		}
	}
}

// inNames lists what a path names in a project.
func inNames(path string) string {
	var names []string
	for part := range strings.SplitSeq(path, "/") {
		if part == ":project" || part == ":document" || part == ":unit" {
			names = append(names, part)
		}
	}
	return strings.Join(names, " ")
}

// TestMethods tries every method on every path.
func TestMethods(t *testing.T) {
	m := newMatrix(t)
	takes := map[string][]string{}
	for _, r := range m.table {
		path := m.own.path(r)
		takes[path] = append(takes[path], r.method)
		if r.method == http.MethodGet {
			takes[path] = append(takes[path], http.MethodHead)
		}
	}
	for path, methods := range takes {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"} {
			reply := m.do("admin", httptest.NewRequest(method, path, nil))
			want := http.StatusNoContent
			if !slices.Contains(methods, method) {
				want = http.StatusMethodNotAllowed
			}
			if reply.status != want {
				t.Errorf("%s %s: %d, want %d", method, path, reply.status, want)
			}
			if want == http.StatusMethodNotAllowed && reply.header.Get("Allow") == "" {
				t.Errorf("%s %s: no Allow", method, path)
			}
		}
	}
}

// TestCrossSite sends every form from elsewhere.
func TestCrossSite(t *testing.T) {
	m := newMatrix(t)
	test := func(r route, header, value string, want int) {
		t.Helper()
		request := httptest.NewRequest(r.method, m.own.path(r), nil)
		if header != "" {
			request.Header.Set(header, value)
		}
		if got := m.do("admin", request).status; got != want {
			t.Errorf("%s %s with %s %q: %d, want %d", r.method, r.path, header, value, got, want)
		}
	}
	for _, r := range m.table {
		refused := http.StatusForbidden
		if r.method == http.MethodGet {
			refused = http.StatusNoContent
		}
		test(r, "Sec-Fetch-Site", "cross-site", refused)
		test(r, "Sec-Fetch-Site", "same-site", refused) // another port of this host
		test(r, "Origin", "https://elsewhere.example", refused)
		test(r, "Origin", "null", refused)
		test(r, "Sec-Fetch-Site", "same-origin", http.StatusNoContent)
		test(r, "Origin", "http://example.com", http.StatusNoContent) // the host of the request
		test(r, "", "", http.StatusNoContent)                         // no browser
	}
}
