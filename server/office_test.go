package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// office is a server over a real store, with one person a role who are signed
// in, and one who is no member of the project.
type office struct {
	*testing.T
	server  *Server
	desk    *workflow.Desk
	store   corpus.Store
	project corpus.Project
	people  map[string]corpus.UserID
	tokens  map[string]string
	path    string // of the database
}

const (
	portSource = "# 港口通报\n\n全市共查处走私案件3.4万起。涉案金额90亿元。\n\n未发生重大事故。\n"
	portTarget = "# Port notice\n\nA total of 34,000 smuggling cases were investigated. The amount was **90 billion** yuan.\n\nNo major accident happened.\n"
)

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx := context.Background()
	o := &office{T: t, people: map[string]corpus.UserID{}, tokens: map[string]string{}, path: filepath.Join(t.TempDir(), "test.db")}
	var err error
	o.store, err = sqlstore.Open(ctx, o.path, sqlstore.Options{})
	o.must(err)
	t.Cleanup(func() { o.must(o.store.Close()) })
	o.desk = workflow.New(o.store, workflow.Options{})
	owner, err := o.desk.AddOwner(ctx, corpus.User{Name: "admin"})
	o.must(err)
	o.people["admin"] = owner.ID
	o.project, err = o.desk.AddProject(ctx, owner.ID, "Harbour <i>Bureau</i>", language.Chinese, language.English, corpus.Settings{})
	o.must(err)
	for name, roles := range map[string]corpus.Roles{
		"lin": corpus.Translator, "mo": corpus.Translator, "he": corpus.Reviewer, "tan": corpus.Exporter, "bai": corpus.Manager, "wu": corpus.Viewer, "stranger": 0,
	} {
		u, err := o.desk.AddUser(ctx, owner.ID, corpus.User{Name: name, Full: strings.ToUpper(name), Function: "<b>" + roles.String() + "</b>"})
		o.must(err)
		o.people[name] = u.ID
		if roles != 0 {
			o.must(o.desk.SetRoles(ctx, owner.ID, o.project.ID, u.ID, roles))
		}
	}
	o.server, err = New(ctx, Options{Store: o.store, Desk: o.desk, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	o.must(err)
	t.Cleanup(o.server.uploads.close)
	t.Cleanup(o.server.rechecks.close)
	t.Cleanup(o.server.followers.close)
	for name, id := range o.people {
		session, err := o.server.sessions.Load(ctx, "")
		o.must(err)
		o.server.sessions.Put(session, accountKey, string(id))
		o.tokens[name], _, err = o.server.sessions.Commit(session)
		o.must(err)
	}
	return o
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// take imports a document as the manager.
func (o *office) take(name, source, target string) corpus.Document {
	o.Helper()
	in := workflow.Delivery{Name: name, Engine: "engine <A>", Label: "run 1"}
	if source != "" {
		in.Source = &workflow.Received{Name: strings.Replace(name, ".", ".zh.", 1), Data: []byte(source)}
	}
	if target != "" {
		in.Target = &workflow.Received{Name: name, Data: []byte(target)}
	}
	out, err := o.desk.Import(context.Background(), o.people["bai"], o.project.ID, in, nil)
	o.must(err)
	return out.Document
}

// unit finds the unit of a document whose machine wording holds the words.
func (o *office) unit(doc corpus.Document, words string) corpus.UnitID {
	o.Helper()
	var id corpus.UnitID
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			if strings.Contains(rec.Machine().Text, words) {
				id = rec.Unit.ID
			}
		}
		return nil
	}))
	if id == "" {
		o.Fatalf("no unit of %s holds %q", doc.Name, words)
	}
	return id
}

func (o *office) propose(by string, unit corpus.UnitID, text string) {
	o.Helper()
	_, err := o.desk.Propose(context.Background(), o.people[by], workflow.Wording{Unit: unit, Text: text, Note: "<i>why</i>"})
	o.must(err)
}

func (o *office) approve(by string, units ...corpus.UnitID) {
	o.Helper()
	var choices []workflow.Choice
	for _, u := range units {
		choices = append(choices, workflow.Choice{Unit: u})
	}
	_, err := o.desk.Approve(context.Background(), o.people[by], choices...)
	o.must(err)
}

// acceptAll has the reviewer accept every unit that nobody answered for.
func (o *office) acceptAll(doc corpus.Document) {
	o.Helper()
	var choices []workflow.Choice
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			if rec.State() == corpus.StateMachine {
				choices = append(choices, workflow.Choice{Unit: rec.Unit.ID})
			}
		}
		return nil
	}))
	_, err := o.desk.Accept(context.Background(), o.people["he"], choices...)
	o.must(err)
}

func (o *office) documents() []corpus.Document {
	o.Helper()
	var docs []corpus.Document
	o.must(o.store.View(context.Background(), func(r corpus.Reader) (err error) {
		docs, err = r.Documents(o.project.ID)
		return err
	}))
	return docs
}

// projectPath is a path below the project's.
func (o *office) projectPath(rest string) string { return "/projects/" + string(o.project.ID) + rest }

func documentPath(doc corpus.Document, rest string) string {
	return "/documents/" + string(doc.ID) + rest
}

// reply is what the server answered.
type reply struct {
	*testing.T
	path   string
	status int
	header http.Header
	body   string
	root   *html.Node
}

func (o *office) do(as string, r *http.Request) *reply {
	o.Helper()
	if as != "" {
		r.AddCookie(&http.Cookie{Name: o.server.sessions.Cookie.Name, Value: o.tokens[as]})
	}
	w := httptest.NewRecorder()
	o.server.Handler().ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	o.must(err)
	root, err := html.Parse(bytes.NewReader(body))
	o.must(err)
	return &reply{o.T, r.URL.String(), w.Code, w.Header(), string(body), root}
}

func (o *office) get(as, path string) *reply {
	o.Helper()
	return o.do(as, httptest.NewRequest(http.MethodGet, path, nil))
}

// fill sends a form, key before value.
func (o *office) fill(as, path string, pairs ...string) *reply {
	o.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.do(as, r)
}

// send sends files by their names, as a browser does.
func (o *office) send(as, path string, fields map[string]string, files map[string]string) *reply {
	o.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range fields {
		o.must(form.WriteField(k, v))
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="files"; filename="%s"`, name)}})
		o.must(err)
		_, err = io.WriteString(part, files[name])
		o.must(err)
	}
	o.must(form.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return o.do(as, r)
}

// ok fails unless the page came.
func (r *reply) ok() *reply {
	r.Helper()
	return r.is(http.StatusOK)
}

func (r *reply) is(status int) *reply {
	r.Helper()
	if r.status != status {
		r.Fatalf("%s: status %d, want %d; %s", r.path, r.status, status, r.text("main"))
	}
	return r
}

// to returns where the answer sends the browser.
func (r *reply) to() string {
	r.Helper()
	r.is(http.StatusSeeOther)
	return r.header.Get("Location")
}

func (r *reply) all(selector string) []*html.Node {
	r.Helper()
	s, err := cascadia.Parse(selector)
	if err != nil {
		r.Fatalf("selector %q: %v", selector, err)
	}
	return cascadia.QueryAll(r.root, s)
}

func (r *reply) has(selectors ...string) *reply {
	r.Helper()
	for _, s := range selectors {
		if len(r.all(s)) == 0 {
			r.Errorf("%s has no %s", r.path, s)
		}
	}
	return r
}

func (r *reply) lacks(selectors ...string) *reply {
	r.Helper()
	for _, s := range selectors {
		if n := len(r.all(s)); n > 0 {
			r.Errorf("%s has %d of %s, want none", r.path, n, s)
		}
	}
	return r
}

// says fails unless the text of the first match holds the words.
func (r *reply) says(selector, words string) *reply {
	r.Helper()
	if got := r.text(selector); !strings.Contains(got, words) {
		r.Errorf("%s: %s says %q, want words %q", r.path, selector, got, words)
	}
	return r
}

// text is the text of the first match, blanks made one.
func (r *reply) text(selector string) string {
	r.Helper()
	nodes := r.all(selector)
	if len(nodes) == 0 {
		return ""
	}
	var b strings.Builder
	for n := range nodes[0].Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// until asks for a page again till it has what is waited for.
func (o *office) until(as, path, selector string) *reply {
	o.Helper()
	for range 500 {
		r := o.get(as, path).ok()
		if len(r.all(selector)) > 0 {
			return r
		}
		time.Sleep(10 * time.Millisecond)
	}
	r := o.get(as, path)
	o.Fatalf("%s never has %s: %s", path, selector, r.text("main"))
	return r
}

func newRequest(method, path string) *http.Request { return httptest.NewRequest(method, path, nil) }
