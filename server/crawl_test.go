package server

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/net/html"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// busyOffice has work in every state.
func busyOffice(t *testing.T) *office {
	o := newOffice(t)
	ctx := t.Context()
	doc := o.take("port.md", portSource, portTarget)
	cases, amount, accident := o.unit(doc, "smuggling"), o.unit(doc, "billion"), o.unit(doc, "accident")
	o.propose("lin", cases, "In all, 34,000 cases of smuggling were investigated.")
	o.approve("he", cases)
	o.propose("lin", amount, "The amount was **9 billion** yuan.")
	o.propose("mo", amount, "It came to **9 billion** yuan.")
	_, err := o.desk.Flag(ctx, o.people["mo"], workflow.Passage{Unit: accident, Target: corpus.Mark{Quote: "accident"}, Category: corpus.WrongTerm, Severity: corpus.Minor, Note: "<b>note</b>"})
	o.must(err)
	o.propose("mo", accident, "There was no serious accident.")
	_, err = o.desk.Return(ctx, o.people["he"], "say more", workflow.Choice{Unit: accident})
	o.must(err)
	alone := o.take("alone.md", "", "# Notice\n\nA text without its source.\n")
	o.acceptAll(alone)
	_, err = o.desk.Release(ctx, o.people["tan"], alone.ID, "first", nil)
	o.must(err)
	return o
}

// dump is a hash of all the database holds, but for the search index, which is
// made in idle moments, and the time of a session's last visit.
func (o *office) dump() string {
	o.Helper()
	db := sql.OpenDB(dsn(o.path))
	defer db.Close()
	names := o.rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name")
	sum := sha256.New()
	for _, name := range names {
		what := "*"
		if name == "session" {
			what = "key, account, expires"
		}
		fmt.Fprintln(sum, name)
		for _, row := range o.rows(db, "SELECT "+what+" FROM "+name) {
			fmt.Fprintln(sum, row)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// rows returns the rows of a query, each as a text.
func (o *office) rows(db *sql.DB, query string) []string {
	o.Helper()
	rows, err := db.Query(query)
	o.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	o.must(err)
	var list []string
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		o.must(rows.Scan(into...))
		line := make([]string, len(values))
		for i, v := range values {
			line[i] = v.String
		}
		list = append(list, strings.Join(line, "|"))
	}
	o.must(rows.Err())
	return list
}

// TestCrawl follows every link of every page as every person: each leads
// somewhere, no page holds inline script or style, every answer has the headers
// that guard it, and nothing is written.
func TestCrawl(t *testing.T) {
	o := busyOffice(t)
	before := o.dump()
	pages := 0
	for _, name := range []string{"", "stranger", "wu", "lin", "he", "tan", "bai", "admin"} {
		queue, seen := []string{"/", "/help", "/sign-in"}, map[string]bool{}
		for len(queue) > 0 && len(seen) < 400 {
			path := queue[0]
			queue = queue[1:]
			if seen[shape(path)] {
				continue
			}
			seen[shape(path)] = true
			reply := o.get(name, path)
			pages++
			guarded(t, reply)
			if reply.status != http.StatusOK && reply.status != http.StatusSeeOther {
				t.Errorf("%s as %q: %d: %s", path, name, reply.status, reply.text("main"))
				continue
			}
			saved := strings.HasPrefix(reply.header.Get("Content-Disposition"), "attachment")
			if strings.HasPrefix(reply.header.Get("Content-Type"), "text/html") && !saved {
				plain(t, reply)
				queue = append(queue, reply.links()...)
			}
		}
	}
	if pages < 100 {
		t.Errorf("only %d pages were seen", pages)
	}
	if after := o.dump(); after != before {
		t.Error("reading pages changed the database")
	}
	t.Logf("%d pages", pages)
}

// shape is a link without what changes only where a page begins or what is
// chosen on it: one of each kind is enough.
func shape(link string) string {
	path, query, _ := strings.Cut(link, "?")
	values, _ := url.ParseQuery(query)
	var names []string
	for k := range values {
		names = append(names, k)
	}
	slices.Sort(names)
	return path + "?" + strings.Join(names, "&")
}

// links returns the addresses on this server that a page leads to, its style
// and script among them.
func (r *reply) links() []string {
	var list []string
	base, _ := url.Parse(r.path)
	for _, at := range []struct{ selector, attribute string }{{"a[href]", "href"}, {"link[href]", "href"}, {"script[src]", "src"}, {"form[method=get][action]", "action"}} {
		for _, n := range r.all(at.selector) {
			for _, a := range n.Attr {
				if a.Key != at.attribute {
					continue
				}
				u, err := base.Parse(a.Val)
				if err != nil {
					r.Errorf("%s: link %q: %v", r.path, a.Val, err)
					continue
				}
				if u.Host == base.Host && (u.Scheme == "" || u.Scheme == "http") {
					u.Fragment = ""
					list = append(list, u.RequestURI())
				}
			}
		}
	}
	return list
}

// guarded checks the headers that every answer has.
func guarded(t *testing.T, r *reply) {
	t.Helper()
	for header, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'",
		"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := r.header.Get(header); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s: %q, want %q", r.path, header, got, want)
		}
	}
	if csp := r.header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "form-action 'self'") {
		t.Errorf("%s: policy %q", r.path, csp)
	}
	cache := r.header.Get("Cache-Control")
	asset := strings.HasPrefix(r.path, "/static/") && r.status == http.StatusOK
	if asset != strings.Contains(cache, "immutable") || asset == strings.Contains(cache, "no-store") {
		t.Errorf("%s: Cache-Control %q", r.path, cache)
	}
	if kind := r.header.Get("Content-Type"); len(r.body) > 0 && strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8") {
		t.Errorf("%s: Content-Type %q", r.path, kind)
	}
}

// plain checks that a page holds nothing its policy forbids, and that texts of
// people stayed texts.
func plain(t *testing.T, r *reply) {
	t.Helper()
	for n := range r.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", r.path, n.Data, a.Key, a.Val)
			}
		}
	}
	r.lacks("style", "script:not([src]):not([type='application/json'])", "base", "iframe")
	if strings.Contains(r.body, "<i>Bureau</i>") || strings.Contains(r.body, "<b>note</b>") || strings.Contains(r.body, "ZgotmplZ") {
		t.Errorf("%s: a text became markup", r.path)
	}
}

// TestGuards looks at answers that are no pages.
func TestGuards(t *testing.T) {
	o := newOffice(t)
	cross := httptest.NewRequest(http.MethodPost, "/language", nil)
	cross.Header.Set("Sec-Fetch-Site", "cross-site")
	large := httptest.NewRequest(http.MethodPost, "/language", strings.NewReader("lang="+strings.Repeat("x", bodyForm)))
	large.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	broken := httptest.NewRequest(http.MethodPost, "/language", strings.NewReader("lang=%zz"))
	broken.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	fragment := httptest.NewRequest(http.MethodGet, "/settings", nil)
	fragment.Header.Set("X-Fragment", "1")
	for _, c := range []struct {
		name   string
		ask    *http.Request
		status int
	}{
		{"nothing there", httptest.NewRequest(http.MethodGet, "/nothing", nil), http.StatusNotFound},
		{"no such file", httptest.NewRequest(http.MethodGet, "/static/x/app.css", nil), http.StatusNotFound},
		{"method", httptest.NewRequest(http.MethodDelete, "/help", nil), http.StatusMethodNotAllowed},
		{"another site", cross, http.StatusForbidden},
		{"too large", large, http.StatusRequestEntityTooLarge},
		{"not to be read", broken, http.StatusUnprocessableEntity},
		{"sign in first", httptest.NewRequest(http.MethodGet, "/settings", nil), http.StatusSeeOther},
		{"sign in first, to script", fragment, http.StatusUnauthorized},
		{"head", httptest.NewRequest(http.MethodHead, "/help", nil), http.StatusOK},
	} {
		reply := o.do("", c.ask)
		guarded(t, reply)
		if reply.status != c.status {
			t.Errorf("%s: %d, want %d", c.name, reply.status, c.status)
		}
	}
	for _, name := range []string{"", "lin"} {
		o.get(name, "/nothing").is(http.StatusNotFound).says("h1", "There is no such page").says("main", "Reference").has("main a[href='/']")
	}
	o.get("lin", "/accounts").is(http.StatusForbidden).says("h1", "This is not for you").has("header form[action='/sign-out']")
}

// TestPanic lets a handler fall over a text: one page says so, the log does not
// say the text, and the server goes on.
func TestPanic(t *testing.T) {
	o := newOffice(t)
	log := o.listen()
	o.must(o.server.build(append(o.server.routes(),
		get("/fall", anybody, "", func(*visit) error { panic("secret words") }),
		get("/fail", anybody, "", func(*visit) error { return io.ErrUnexpectedEOF }),
	)))
	guarded(t, o.get("lin", "/fall").is(http.StatusInternalServerError))
	r := o.get("lin", "/fail").is(http.StatusInternalServerError).says("h1", "Something went wrong inside")
	guarded(t, r)
	if strings.Contains(r.body, io.ErrUnexpectedEOF.Error()) {
		t.Error("the page tells the cause")
	}
	if !strings.Contains(log.String(), "panic") || !strings.Contains(log.String(), io.ErrUnexpectedEOF.Error()) || strings.Contains(log.String(), "secret words") {
		t.Errorf("the log says %s", log)
	}
	o.get("lin", "/help").ok()
}

// dsn is a connector to a database for reading.
type dsn string

func (d dsn) Connect(context.Context) (driver.Conn, error) {
	return (&sqlite3.SQLiteDriver{}).Open("file:" + string(d) + "?mode=ro")
}
func (d dsn) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }
