package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func TestExport(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	amount := o.unit(doc, "90 billion")
	o.propose("lin", amount, "The amount was 9 billion yuan.")
	page := o.get("wu", documentPath(doc, "/export")).ok()
	page.says("#open .kinds", "1 waits for a second person").has("#open a[href='"+documentPath(doc, "?filter=open")+"']").says(".proof", "Nothing changes").lacks(".hunks", "a[href*='/export/file']", "form[action$='/releases']", "[style]")
	page.has("#release button[disabled]").says("#release-why", "Unit 1 is open").has("#release-why a[href^='" + documentPath(doc, "?at=") + "']")
	o.get("wu", documentPath(doc, "/export/file?policy=approved")).is(http.StatusForbidden)
	o.get("lin", documentPath(doc, "/export/file")).is(http.StatusForbidden)
	o.get("stranger", documentPath(doc, "/export")).is(http.StatusNotFound)
	o.get("stranger", documentPath(doc, "/export/file")).is(http.StatusNotFound)

	test := func(policy, want, name string) {
		t.Helper()
		r := o.get("tan", documentPath(doc, "/export/file?policy="+policy)).ok()
		if r.body != want {
			t.Errorf("policy %s gives %q, want %q", policy, r.body, want)
		}
		if got := r.header.Get("Content-Disposition"); got != `attachment; filename="`+name+`"; filename*=UTF-8''`+name {
			t.Errorf("policy %s is sent as %s", policy, got)
		}
		if r.header.Get("Content-Type") != "text/markdown; charset=utf-8" || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("policy %s has the headers %v", policy, r.header)
		}
	}
	corrected := strings.Replace(portTarget, "**90 billion** yuan", "9 billion yuan", 1)
	test("approved", portTarget, "notice.draft-4-open.md")
	test("latest", corrected, "notice.draft-4-open.md")
	o.get("tan", documentPath(doc, "/export/file?policy=all")).is(http.StatusUnprocessableEntity)
	o.get("tan", documentPath(doc, "/export/file?policy=strict")).is(http.StatusConflict).says(".problem", "4 units are open").has("#open .kinds")

	for _, format := range []string{"xliff-2.1", "xliff-1.2", "tmx", "jsonl", "po", "csv", "xlsx", "mqm"} {
		o.get("tan", documentPath(doc, "/export")).ok().has("#review a[href$='format=" + format + "']")
		r := o.get("tan", documentPath(doc, "/export/review?format="+format)).ok()
		if !strings.Contains(r.header.Get("Content-Disposition"), `attachment; filename="notice.draft-`) || len(r.body) == 0 {
			t.Errorf("%s is sent as %s, %d bytes", format, r.header.Get("Content-Disposition"), len(r.body))
		}
	}
	o.get("tan", documentPath(doc, "/export/review?format=markdown")).is(http.StatusUnsupportedMediaType)
	o.get("lin", documentPath(doc, "/export/review?format=jsonl")).is(http.StatusForbidden)
	o.get("tan", documentPath(doc, "/export")).ok().has("#review a[href$='format=xliff-1.2']")

	o.approve("he", amount)
	test("approved", corrected, "notice.draft-3-open.md")
	page = o.get("tan", documentPath(doc, "/export")).ok()
	page.says(".proof", "1 approved wording is put in. Outside of it 0 bytes change").says(".hunks del", "**90").says(".hunks ins", "9").says(".hunks .small", "line 3")
	page.says("#strict-why", "Held back by unit 1").lacks("a[href$='policy=strict']")
	o.acceptAll(doc)
	test("strict", corrected, "notice.draft-0-open.md")
	o.get("tan", documentPath(doc, "/export")).ok().says("#open", "Nothing is open").has("a[href$='policy=strict']").lacks("#release details")
}

func TestRelease(t *testing.T) {
	o := newOffice(t)
	doc := o.take("公报 <b>.md", portSource, portTarget)
	amount, cases := o.unit(doc, "90 billion"), o.unit(doc, "34,000")
	o.propose("lin", amount, "The amount was 9 billion yuan.")
	o.approve("he", amount)
	releases := documentPath(doc, "/releases")
	for _, who := range []string{"lin", "he", "wu"} {
		o.fill(who, releases, "name", "June").is(http.StatusForbidden)
	}
	refused := o.fill("tan", releases, "name", "June", "except-"+string(cases), "the ministry answers <i>later</i>").is(http.StatusConflict)
	refused.says(".problem", "3 units are open").has("input[name=name][value=June]", "details.exceptions[open]", "input[name='except-"+string(cases)+"'][value='the ministry answers <i>later</i>']")
	o.fill("tan", releases, "name", " ", "rest", "so").is(http.StatusConflict).says(".problem", "needs a name")

	first := o.fill("tan", releases, "name", "June <b>", "except-"+string(cases), "the ministry answers <i>later</i>", "rest", "not for print").to()
	record := o.get("wu", first).ok()
	record.says("h1", "公报 <b>.md: June <b>").lacks("main h1 b", "main i", ".corrigendum").says(".lede", "by TAN, <b>exporter</b>").says(".facts", "1 approved wording put in")
	if n := len(record.all("table.exceptions tbody tr")); n != 3 {
		t.Errorf("the record lists %d exceptions, want 3", n)
	}
	record.says("table.exceptions tbody tr:nth-child(2)", "the ministry answers <i>later</i>").says("table.exceptions tbody tr:nth-child(2)", "nobody answered").says("table.exceptions tbody tr:nth-child(3)", "not for print")
	file := o.get("wu", first+"/file").ok()
	want := strings.Replace(portTarget, "**90 billion** yuan", "9 billion yuan", 1)
	if file.body != want {
		t.Errorf("the released file is %q, want %q", file.body, want)
	}
	if got, want := file.header.Get("Content-Disposition"), `attachment; filename="__ <b>.md"; filename*=UTF-8''`+url.PathEscape("公报 <b>.md"); got != want {
		t.Errorf("the released file is sent as %s, want %s", got, want)
	}

	// What is released again after a change is listed, and the first stays.
	o.propose("lin", cases, "Altogether 34,000 smuggling cases were investigated.")
	o.approve("he", cases)
	o.acceptAll(doc)
	second := o.fill("tan", releases, "name", "July").to()
	o.get("wu", second).ok().says(".corrigendum ins", "Altogether").says(".corrigendum del", "A total of").says("main", "None: every unit was answered for").lacks("table.exceptions")
	if got := o.get("wu", first+"/file").body; got != want {
		t.Errorf("the first release gives %q now", got)
	}
	page := o.get("tan", documentPath(doc, "/export")).ok()
	page.says(".releases tbody tr:nth-child(1)", "July latest").says(".releases tbody tr:nth-child(2)", "June <b>").has("a[href='" + second + "/file']")

	other := o.take("other.md", portSource, portTarget+"\nMore.\n")
	id := second[strings.LastIndex(second, "/"):]
	o.get("wu", documentPath(other, "/releases"+id)).is(http.StatusNotFound)
	o.get("wu", documentPath(other, "/releases"+id+"/file")).is(http.StatusNotFound)
	o.get("stranger", second).is(http.StatusNotFound)
	o.get("stranger", second+"/file").is(http.StatusNotFound)
	o.get("wu", releases+"/nothing").is(http.StatusNotFound)
}

func TestNamedState(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	o.fill("wu", documentPath(doc, "/snapshots"), "name", "before").is(http.StatusForbidden)
	to := o.fill("tan", documentPath(doc, "/snapshots"), "name", "before <i>lunch</i>").to()
	to, _, _ = strings.Cut(to, "#")
	o.get("tan", to).ok().says(".notice", "before <i>lunch</i>").says(".states", "before <i>lunch</i>").lacks(".states i")
	o.fill("tan", documentPath(doc, "/snapshots"), "name", " ").is(http.StatusUnprocessableEntity)
}

// A document without a translation has nothing to export, and says so.
func TestExportNothing(t *testing.T) {
	o := newOffice(t)
	table := o.sendFiles(map[string]string{"a.zh.md": portSource})
	o.fill("bai", table, with(o.get("bai", table).tableForm(), "swap", "0")...).to()
	page := o.get("bai", table).says(".said", "A source alone")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "ul.results")
	doc := o.documents()[0]
	o.get("tan", documentPath(doc, "/export")).ok().says(".problem", "no translation to export").lacks("form[action$='/releases']", "form[action$='/snapshots']", "#file a[download]")
	o.get("tan", documentPath(doc, "/export/file")).is(http.StatusConflict)
	o.fill("tan", documentPath(doc, "/releases"), "name", "x").is(http.StatusConflict)
}

func TestHunks(t *testing.T) {
	test := func(raw string, changes []layout.Change, want ...string) {
		t.Helper()
		var got []string
		for _, h := range hunks([]byte(raw), changes) {
			var b strings.Builder
			for _, p := range h.Pieces {
				b.WriteString(map[string]string{"ins": "{+", "del": "[-"}[p.Op] + p.Text + map[string]string{"ins": "+}", "del": "-]"}[p.Op])
			}
			got = append(got, b.String())
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("hunks(%q) = %q, want %q", raw, got, want)
		}
	}
	change := func(raw, old, new string) layout.Change {
		at := strings.Index(raw, old)
		return layout.Change{Old: layout.Span{Start: at, End: at + len(old)}, New: []byte(new)}
	}
	test("nothing", nil)
	raw := "one\n\nabout 31 ships\n\nlast\n"
	test(raw, []layout.Change{change(raw, "1 sh", "1,000 sh")}, "about [-31-]{+31,000+} ships") // a figure is never cut in two
	test(raw, []layout.Change{change(raw, "one", "two"), change(raw, "last", "end")}, "[-one-]{+two+}", "[-last-]{+end+}")
	long := strings.Repeat("word ", 40) + "end"
	test(long, []layout.Change{change(long, "end", "END")}, "…"+strings.Repeat("word ", 15)+"[-end-]{+END+}")
	han := strings.Repeat("字", 60)
	test(han, []layout.Change{{Old: layout.Span{Start: 90, End: 93}, New: []byte("句")}}, "…"+strings.Repeat("字", 26)+"[-字-]{+句+}"+strings.Repeat("字", 26)+"…")
	test("a\xffb c\n", []layout.Change{{Old: layout.Span{Start: 4, End: 5}, New: []byte("d")}}, "a\uFFFDb [-c-]{+d+}")
}

func TestAttachment(t *testing.T) {
	test := func(name, want string) {
		t.Helper()
		if got := attachment(name); got != want {
			t.Errorf("attachment(%q) = %s, want %s", name, got, want)
		}
	}
	test("a.md", `attachment; filename="a.md"; filename*=UTF-8''a.md`)
	test("a b+c.md", `attachment; filename="a b+c.md"; filename*=UTF-8''a%20b%2Bc.md`)
	test("a\"b\r\n%.md", `attachment; filename="a_b___.md"; filename*=UTF-8''a%22b%0D%0A%25.md`)
	test("公报.md", `attachment; filename="__.md"; filename*=UTF-8''%E5%85%AC%E6%8A%A5.md`)
}

// Every reason for which a unit blocks has its words and its filter.
func TestWhyKinds(t *testing.T) {
	views := newOffice(t).server.parsed
	for _, why := range []workflow.Why{workflow.Unanswered, workflow.StillWaits, workflow.WasReturned, workflow.IsStale, workflow.MajorFlag, workflow.GraveFlag, workflow.NoSource, workflow.LayoutWaits, workflow.LayoutStale, workflow.CriticalFinding, workflow.MajorFinding, workflow.MinorFlag} {
		key := whyMessage(why)
		if got := views.Message(language.English, key); got == key {
			t.Errorf("message %s is missing", key)
		}
	}
	for _, k := range whyKinds {
		known := k.filter == "" // settled on the page of the layout
		for _, f := range filters {
			known = known || f.word == k.filter
		}
		if !known {
			t.Errorf("the workbench has no filter %q", k.filter)
		}
	}
}

func TestExportStale(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	o.acceptAll(doc)
	_, err := o.desk.Import(context.Background(), o.people["bai"], o.project.ID, workflow.Delivery{
		Name: "notice.md", VersionOf: doc.ID,
		Source: &workflow.Received{Name: "notice.zh.md", Data: []byte(strings.Replace(portSource, "90亿元", "95亿元", 1))},
		Target: &workflow.Received{Name: "notice.md", Data: []byte(portTarget)},
	}, nil)
	o.must(err)
	o.get("wu", documentPath(doc, "/export")).ok().says("#open .kinds", "1 stale").has("#open a[href='" + documentPath(corpus.Document{ID: doc.ID}, "?filter=stale") + "']")
}
