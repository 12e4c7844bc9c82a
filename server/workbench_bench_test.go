package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// BenchmarkWindow asks for a window in the middle of a document, a tenth of
// whose units carry a proposal. It reports what the server takes, and how many
// times that is of the bare work: to read the window's units from the store, and
// to write the page.
func BenchmarkWindow(b *testing.B) {
	for _, units := range []int{200, 20_000} {
		x := newBenchDocument(b, units)
		for _, filter := range []string{"all", "proposed"} {
			b.Run(fmt.Sprintf("units=%d/filter=%s", units, filter), func(b *testing.B) { x.window(b, filter) })
		}
		b.Run(fmt.Sprintf("units=%d/unit", units), func(b *testing.B) { x.unit(b) })
	}
}

// benchDocument is a document of many units with a server before it.
type benchDocument struct {
	server *Server
	user   corpus.UserID
	token  string
	doc    corpus.Document
	middle corpus.Unit
}

func newBenchDocument(b *testing.B, units int) *benchDocument {
	ctx := context.Background()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	store, err := sqlstore.Open(ctx, filepath.Join(b.TempDir(), "test.db"), sqlstore.Options{})
	must(err)
	b.Cleanup(func() { store.Close() })
	desk := workflow.New(store, workflow.Options{})
	owner, err := desk.AddOwner(ctx, corpus.User{Name: "admin"})
	must(err)
	project, err := desk.AddProject(ctx, owner.ID, "bench", language.Chinese, language.English, corpus.Settings{})
	must(err)
	x := &benchDocument{user: owner.ID}
	x.server, err = New(ctx, Options{Store: store, Desk: desk, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	must(err)
	b.Cleanup(x.server.uploads.close)
	b.Cleanup(x.server.followers.close)
	session, err := x.server.sessions.Load(ctx, "")
	must(err)
	x.server.sessions.Put(session, accountKey, string(owner.ID))
	x.token, _, err = x.server.sessions.Commit(session)
	must(err)
	var text strings.Builder
	for i := range units {
		fmt.Fprintf(&text, "In the year under review the offices of district %d dealt with the matters that had been put before them.\n\n", i)
	}
	out, err := desk.Import(ctx, owner.ID, project.ID, workflow.Delivery{Name: "long.md", Target: &workflow.Received{Name: "long.md", Data: []byte(text.String())}}, nil)
	must(err)
	x.doc = out.Document
	must(store.View(ctx, func(r corpus.Reader) (err error) {
		x.middle, err = r.UnitNumbered(x.doc.Current, units/2)
		return err
	}))
	for i := 0; i < units; i += 10 {
		var u corpus.Unit
		must(store.View(ctx, func(r corpus.Reader) (err error) {
			u, err = r.UnitNumbered(x.doc.Current, i+1)
			return err
		}))
		_, err := desk.Propose(ctx, owner.ID, workflow.Wording{Unit: u.ID, NoChange: true})
		must(err)
	}
	return x
}

func (x *benchDocument) ask(b *testing.B, path string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: x.server.sessions.Cookie.Name, Value: x.token})
	w := httptest.NewRecorder()
	x.server.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: status %d", path, w.Code)
	}
}

func (x *benchDocument) window(b *testing.B, filter string) {
	path := fmt.Sprintf("/documents/%s?filter=%s&at=%s", x.doc.ID, filter, x.middle.ID)
	page := x.page(b, filter)
	var whole, bare time.Duration
	for b.Loop() {
		start := time.Now()
		x.ask(b, path)
		whole += time.Since(start)
		start = time.Now()
		x.bare(b, filter, page)
		bare += time.Since(start)
	}
	b.ReportMetric(float64(whole)/float64(bare), "times-bare")
	b.ReportMetric(whole.Seconds()*1000/float64(b.N), "ms/window")
}

// bare reads the units of the window, with their records, and writes the page.
func (x *benchDocument) bare(b *testing.B, filter string, page *workbenchPage) {
	match := corpus.Filter{Waiting: filter == "proposed"}
	err := x.server.store.View(context.Background(), func(r corpus.Reader) error {
		units, err := r.Units(x.doc.Current, match, x.middle.Position, workflow.WindowSize)
		for _, u := range units {
			if u.Summary.Pending > 0 && err == nil {
				_, err = r.Record(u.ID)
			}
		}
		return err
	})
	if err == nil {
		err = x.server.parsed.Execute(&bytes.Buffer{}, page.template(), language.English, page)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// page is the page as the handler makes it.
func (x *benchDocument) page(b *testing.B, filter string) *workbenchPage {
	v := &visit{Server: x.server, views: x.server.parsed, lang: language.English, doc: x.doc, c: benchContext(x.doc)}
	err := x.server.store.View(context.Background(), func(r corpus.Reader) (err error) {
		if v.user, err = r.User(x.user); err == nil {
			v.project, err = r.Project(x.doc.Project)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	w := viewOf(x.doc, map[string][]string{"filter": {filter}})
	page, err := v.pageAt(w, x.middle.ID, pick{})
	if err != nil {
		b.Fatal(err)
	}
	return page
}

// unit asks for another current unit, as moving on does.
func (x *benchDocument) unit(b *testing.B) {
	path := fmt.Sprintf("/documents/%s?part=unit&at=%s", x.doc.ID, x.middle.ID)
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("X-Fragment", "1")
		r.AddCookie(&http.Cookie{Name: x.server.sessions.Cookie.Name, Value: x.token})
		w := httptest.NewRecorder()
		x.server.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: status %d", path, w.Code)
		}
	}
}

func benchContext(doc corpus.Document) *gin.Context {
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Request = httptest.NewRequest(http.MethodGet, "/documents/"+string(doc.ID), nil)
	return c
}
