package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/reviseur/reviseur/corpus"
)

// sendFiles sends files as the manager and returns the address of their table.
func (o *office) sendFiles(files map[string]string) string {
	o.Helper()
	return o.send("bai", o.projectPath("/import"), nil, files).to()
}

// tableForm is what a browser would send of a table that nobody changed.
func (r *reply) tableForm() []string {
	r.Helper()
	var pairs []string
	attr := func(node int, selector, name string) string {
		for _, a := range r.all(selector)[node].Attr {
			if a.Key == name {
				return a.Val
			}
		}
		return ""
	}
	for i := range r.all("form[data-table] input") {
		name, kind := attr(i, "form[data-table] input", "name"), attr(i, "form[data-table] input", "type")
		checked := slices.ContainsFunc(r.all("form[data-table] input")[i].Attr, func(a html.Attribute) bool { return a.Key == "checked" })
		if kind != "checkbox" || checked {
			pairs = append(pairs, name, attr(i, "form[data-table] input", "value"))
		}
	}
	for i := range r.all("form[data-table] select") {
		name := attr(i, "form[data-table] select", "name")
		value := ""
		if chosen := "form[data-table] select[name='" + name + "'] option[selected]"; len(r.all(chosen)) > 0 {
			value = attr(0, chosen, "value")
		}
		pairs = append(pairs, name, value)
	}
	return pairs
}

// with returns a form with further values, key before value.
func with(form []string, pairs ...string) []string { return append(slices.Clone(form), pairs...) }

func TestImport(t *testing.T) {
	o := newOffice(t)
	o.get("bai", o.projectPath("/import")).ok().has("form.drop[enctype='multipart/form-data'] button", "input[name=files][multiple]")
	table := o.sendFiles(map[string]string{
		"notice.zh.md": portSource, "notice.en.md": portTarget, "<img src=x>.md": "Alone.\n",
		"bad.pdf": "%PDF", "bin.md": "\x00\x01\x02\x03\x04\x05", "../out.md": "Outside.\n",
	})
	page := o.get("bai", table).ok()
	page.has("select[name='source-1'] option[selected]", "input[value='notice.md']", "input[value='out.md']").lacks("main img", "[style]")
	if n := len(page.all("tbody.row")); n != 3 {
		t.Errorf("the table has %d rows, want 3", n)
	}
	page.says(".refused", "bad.pdf:1: ").says(".refused li:nth-child(2)", "bin.md:1: this is a binary file")
	if docs := o.documents(); len(docs) != 0 {
		t.Fatalf("%d documents are there before anybody said yes", len(docs))
	}
	o.get("bai", o.projectPath("")).has(".uploads a[href='" + table + "']")
	for _, other := range []string{"wu", "lin", "he", "tan"} {
		o.get(other, table).is(http.StatusForbidden)
		o.fill(other, table, "act", "take").is(http.StatusForbidden)
	}
	o.get("admin", table).is(http.StatusNotFound)
	o.get("stranger", table).is(http.StatusNotFound)

	to := o.fill("bai", table, with(page.tableForm(), "act", "take", "engine", "engine A", "label", "run 1")...).to()
	if to != table {
		t.Errorf("the form leads to %s, want %s", to, table)
	}
	done := o.until("bai", table, "ul.results")
	done.says(".lede", "3 documents were taken in").says(".results", "4 units")
	docs := o.documents()
	if len(docs) != 3 {
		t.Fatalf("%d documents were taken, want 3", len(docs))
	}
	i := slices.IndexFunc(docs, func(d corpus.Document) bool { return d.Name == "notice.md" })
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		v, err := r.Version(docs[i].Current)
		if v.Engine != "engine A" || v.Label != "run 1" || v.Source.Name != "notice.zh.md" || v.Target.Name != "notice.en.md" || v.By != o.people["bai"] {
			t.Errorf("version = %+v", v)
		}
		return err
	}))
	done.has("a[href='" + documentPath(docs[i], "") + "']")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).is(http.StatusConflict)
	o.fill("bai", table+"/drop").to()
	o.get("bai", table).is(http.StatusNotFound)
}

func TestImportTable(t *testing.T) {
	o := newOffice(t)
	o.take("old.md", portSource, portTarget)
	table := o.sendFiles(map[string]string{"a.zh.md": portTarget + "\nMore.\n", "a.en.md": portSource, "b.md": "One text.\n", "c.zh.md": "一句话。\n", "old.zh.md": portSource + "\n又一段。\n", "old.en.md": portTarget})
	page := o.get("bai", table).ok()
	page.says("tbody:nth-of-type(1) .said", "look swapped").says("tbody:nth-of-type(2) .said", "without its source").says("tbody:nth-of-type(3) .said", "By its name this is a source text")
	page.says("tbody:nth-of-type(4) .said", "has a document named old.md").has("tbody:nth-of-type(4) select[name='as-3'] option[selected]:not([value=''])")

	// Swapping by the button keeps everything else, and the remark goes.
	o.fill("bai", table, with(page.tableForm(), "swap", "0")...).to()
	page = o.get("bai", table).ok().lacks("tbody:nth-of-type(1) .said")
	page.has("tbody:nth-of-type(1) select[name='source-0'] option[selected][value='0']")

	// A file that is chosen for one row leaves the row it stood in.
	lone := "1" // the row of b.md
	b := ""
	for i, pair := range page.tableForm() {
		if pair == "target-"+lone {
			b = page.tableForm()[i+1]
		}
	}
	o.fill("bai", table, with(page.tableForm(), "target-2", b, "source-2", "3", "act", "read")...).to()
	page = o.get("bai", table).ok()
	if n := len(page.all("tbody.row")); n != 3 {
		t.Errorf("the table has %d rows, want 3", n)
	}

	// What was not said before is read before it counts.
	to := o.fill("bai", table, with(page.tableForm(), "name-0", "", "act", "take")...).to()
	o.get("bai", to).ok().says(".notice", "not said before").says("tbody:nth-of-type(1) .why", "needs a name")
	var unticked []string
	for form := page.tableForm(); len(form) > 0; form = form[2:] {
		if !strings.HasPrefix(form[0], "take-") {
			unticked = append(unticked, form[:2]...)
		}
	}
	to = o.fill("bai", table, with(unticked, "act", "take")...).to()
	o.get("bai", to).ok().says(".notice", "No document is chosen")
	if docs := o.documents(); len(docs) != 1 {
		t.Errorf("%d documents are there, want the one from before", len(docs))
	}
}

// A new version is previewed before it is taken, and what people did stands.
func TestImportVersion(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	amount := o.unit(doc, "90 billion")
	o.propose("lin", amount, "The amount was 9 billion yuan.")
	o.approve("he", amount)
	table := o.sendFiles(map[string]string{
		"notice.zh.md": strings.Replace(portSource, "90亿元", "95亿元", 1), "notice.en.md": strings.Replace(portTarget, "90 billion", "9.5 billion", 1),
	})
	page := o.get("bai", table).ok().has("select[name='as-0'] option[selected][value='" + string(doc.ID) + "']")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	preview := o.until("bai", table, "section.preview")
	preview.says(".counts", "1 unit conflicts").says(".counts li:nth-child(2)", "3 units are unchanged").says(".carried", "涉案金额95亿元")
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if d.Current != doc.Current {
			t.Error("the preview took the version")
		}
		return err
	}))
	o.fill("bai", table, "act", "back").to()
	page = o.get("bai", table).ok().has("form[data-table]")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "section.preview")
	o.fill("bai", table+"/take").to()
	o.until("bai", table, "ul.results").says(".results", "version 2").says(".results", "1 unit conflicts")
	o.must(o.store.View(context.Background(), func(r corpus.Reader) error {
		list, err := r.Versions(doc.ID)
		if len(list) != 2 {
			t.Errorf("the document has %d versions, want 2", len(list))
		}
		return err
	}))
}

// The source of a translation that came alone is added beside it.
func TestImportSource(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", "", portTarget)
	o.get("bai", o.projectPath("/import?for="+string(doc.ID))).ok().has("input[name=for][value='"+string(doc.ID)+"']").says("h1", "notice.md")
	table := o.send("bai", o.projectPath("/import"), map[string]string{"for": string(doc.ID)}, map[string]string{"original.md": portSource}).to()
	page := o.get("bai", table).ok().says("select[name='target-0'] option[selected]", "notice.md (there already)").says("select[name='source-0'] option[selected]", "original.md")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "section.preview")
	o.fill("bai", table+"/take").to()
	o.until("bai", table, "ul.results")
	o.get("bai", o.projectPath("")).ok().says(".documents .name", "original.md ↔ notice.md")
	o.get("bai", o.projectPath("/import?for="+string(doc.ID))).is(http.StatusConflict)
	o.get("bai", o.projectPath("/import?for=nothing")).is(http.StatusNotFound)
}

// A cancelled import leaves nothing.
func TestImportCancelled(t *testing.T) {
	o := newOffice(t)
	// No slot is free, so the job waits and is surely cancelled before it ends.
	slots := o.server.uploads.workers()
	for range uploadWorkers {
		slots <- struct{}{}
	}
	table := o.sendFiles(map[string]string{"a.zh.md": portSource, "a.en.md": portTarget})
	page := o.get("bai", table).ok()
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	work := o.get("bai", table).ok().has("progress", "form[action$='/cancel'] button", "noscript").says("[data-words]", "Waiting for other imports")
	if !strings.Contains(work.body, `<noscript><meta http-equiv="refresh"`) {
		t.Error("without script the page does not refresh itself")
	}
	progress := o.get("bai", table+"/progress").ok()
	if !strings.Contains(progress.body, `"working":true`) {
		t.Errorf("progress = %s", progress.body)
	}
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).is(http.StatusConflict)
	o.fill("bai", table+"/cancel").to()
	o.until("bai", table, "ul.results").says("h1", "Cancelled").says(".results", "not taken")
	if docs := o.documents(); len(docs) != 0 {
		t.Errorf("a cancelled import left %d documents", len(docs))
	}
	o.must(o.store.Update(context.Background(), func(tx corpus.Tx) error {
		list, err := tx.Unready()
		if len(list) != 0 {
			t.Errorf("a cancelled import left %d versions", len(list))
		}
		return err
	}))
	for range uploadWorkers {
		<-slots
	}
}

func TestImportRefused(t *testing.T) {
	o := newOffice(t)
	o.send("bai", o.projectPath("/import"), nil, nil).is(http.StatusUnprocessableEntity)
	o.fill("bai", o.projectPath("/import"), "files", "x").is(http.StatusUnprocessableEntity)
	o.send("lin", o.projectPath("/import"), nil, map[string]string{"a.md": "A.\n"}).is(http.StatusForbidden)
	o.send("stranger", o.projectPath("/import"), nil, map[string]string{"a.md": "A.\n"}).is(http.StatusNotFound)
	many := map[string]string{}
	for i := range uploadFiles + 1 {
		many[strings.Repeat("a", i+1)+".md"] = "A.\n"
	}
	o.send("bai", o.projectPath("/import"), nil, many).is(http.StatusRequestEntityTooLarge)
	r := o.send("bai", o.projectPath("/import"), nil, map[string]string{"a.pdf": "%PDF"})
	o.get("bai", r.to()).ok().says(".refused", "a.pdf:1: ").lacks("form[data-table]").says(".empty", "None of the files")
	large := strings.Repeat("A sentence. ", bodyUpload/12+1)
	o.send("bai", o.projectPath("/import"), nil, map[string]string{"a.md": large}).is(http.StatusRequestEntityTooLarge)
	if held := o.server.uploads.held; held != 0 {
		t.Errorf("%d bytes are held for nothing", held)
	}
}

// What people sent is bounded, each one's and all together, and expires.
func TestUploads(t *testing.T) {
	var u uploads
	now := time.Date(2026, 6, 12, 8, 0, 0, 0, time.UTC)
	add := func(user corpus.UserID, n int64) *upload {
		t.Helper()
		if err := u.reserve(now, n); err != nil {
			t.Fatal(err)
		}
		up := &upload{user: user, project: "p", size: n}
		u.add(now, up)
		return up
	}
	first := add("a", 10)
	for range uploadsEach {
		add("a", 10)
	}
	if _, err := u.get(now, first.id, "a", "p"); corpus.KindOf(err) != corpus.NotFound {
		t.Errorf("the oldest of too many is still there: %v", err)
	}
	if u.held != 10*uploadsEach {
		t.Errorf("%d bytes are held, want %d", u.held, 10*uploadsEach)
	}
	mine := add("b", 5)
	for _, x := range []struct {
		user    corpus.UserID
		project corpus.ProjectID
	}{{"a", "p"}, {"b", "q"}} {
		if _, err := u.get(now, mine.id, x.user, x.project); corpus.KindOf(err) != corpus.NotFound {
			t.Errorf("%v sees what is not his: %v", x, err)
		}
	}
	if err := u.reserve(now, uploadsHeld); corpus.KindOf(err) != corpus.Unavailable {
		t.Errorf("reserve(all there is) = %v, want Unavailable", err)
	}
	now = now.Add(uploadKept / 2)
	if _, err := u.get(now, mine.id, "b", "p"); err != nil {
		t.Error(err)
	}
	now = now.Add(uploadKept/2 + time.Minute)
	if n := len(u.of(now, "a", "p")); n != 0 {
		t.Errorf("%d uploads outlive their time", n)
	}
	if n := len(u.of(now, "b", "p")); n != 1 || u.held != 5 {
		t.Errorf("one that was looked at is kept: %d uploads, %d bytes", n, u.held)
	}
	u.forget(mine)
	if u.held != 0 {
		t.Errorf("%d bytes are held of nothing", u.held)
	}
}
