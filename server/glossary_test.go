package server

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// sendTable sends a table of terms as a browser does.
func (o *office) sendTable(as, name, table string) *reply {
	o.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("table", name)
	o.must(err)
	_, err = io.WriteString(part, table)
	o.must(err)
	o.must(form.Close())
	r := httptest.NewRequest(http.MethodPost, o.projectPath("/terms/import"), &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return o.do(as, r)
}

// checked waits for the re-check that a change of the glossary starts.
func (o *office) checked(page string) *reply {
	o.Helper()
	o.server.rechecks.running.Wait()
	return o.get("bai", o.projectPath(page)).ok()
}

// TestGlossary adds, changes, finds, removes and takes back as forms do it, and
// looks at what a reader sees.
func TestGlossary(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	terms := o.projectPath("/terms")
	o.get("wu", terms).ok().says(".empty", "The glossary is empty").lacks("form.term", "form[enctype]")
	o.fill("wu", terms, "source", "走私").is(http.StatusForbidden)

	again := o.fill("bai", terms, "source", "涉案金额\n", "forbidden", "").is(http.StatusUnprocessableEntity)
	again.says(".problem", "needs at least one target designation").says("#new textarea[name=source]", "涉案金额")
	to := o.fill("bai", terms, "source", "涉案金额\n", "preferred", "sum involved", "forbidden", "amount\n<b>total</b>", "subject", "<i>law</i>").to()
	page := o.checked("/terms")
	page.says("table.terms tbody tr td:nth-child(2)", "sum involvedamount forbidden<b>total</b> forbidden").lacks("table.terms b", "table.terms i").says(".small[role=status]", "1 with other findings")
	id := to[strings.LastIndex(to, "#t-")+3:]
	o.fill("bai", terms, "source", "涉案金额", "preferred", "x", "subject", "<i>law</i>").is(http.StatusUnprocessableEntity).says(".problem", "in the glossary already")

	unit := o.unit(doc, "billion")
	bench := o.get("lin", documentPath(doc, "?at="+string(unit))).ok()
	bench.says(".panel .hits li", "涉案金额 → sum involved").says(".panel .hits .major", "forbidden word: amount").says(".panel", "Against the glossary")
	live := o.fill("lin", documentPath(doc, "/units/"+string(unit)+"/check"), "text", "The sum involved was 9 billion yuan.").ok()
	live.says(".hits .approved", "used").lacks(".hits .major")

	o.get("wu", o.projectPath("/terms/uses/"+id)).ok().says(".use", "port.md · 3 · forbidden word").lacks("main b")
	o.get("wu", terms+"?q=nothing").ok().says(".empty", "No term")
	o.get("bai", terms+"?edit="+id).ok().says("tr.open textarea[name=forbidden]", "amount").has("tr.open button[formaction$='/remove']")
	o.fill("bai", terms, "term", id, "source", "涉案金额", "preferred", "sum involved", "admitted", "amount").to()
	o.checked("/terms").lacks(".is-forbidden")
	if got := o.get("lin", documentPath(doc, "?at="+string(unit))).ok().text(".panel"); strings.Contains(got, "Against the glossary") {
		t.Errorf("the panel still says: %s", got)
	}
	o.fill("bai", terms+"/undo").to()
	o.checked("/terms").has(".is-forbidden")
	o.fill("bai", terms+"/remove", "term", id).to()
	o.checked("/terms").has(".empty")
	o.fill("bai", terms+"/undo").to()
	o.checked("/terms").lacks(".empty")
}

// TestGlossaryTables previews a table, takes it, and gets it out again.
func TestGlossaryTables(t *testing.T) {
	o := newOffice(t)
	o.take("port.md", portSource, portTarget)
	o.sendTable("he", "g.csv", "source,target\n").is(http.StatusForbidden)
	o.sendTable("bai", "g.csv", "source;translation\n").is(http.StatusUnprocessableEntity).says("main", `no column "translation"`)
	page := o.sendTable("bai", "g<b>.csv", "source,preferred,forbidden\n涉案金额,sum involved,amount\n人大,,\n").ok()
	page.says(".lede", "1 new, 0 changed, 0 the same, 1 refused").says(".problem li", "g<b>.csv:3: the term").lacks("main b")
	o.get("bai", o.projectPath("/terms")).ok().has(".empty") // nothing is stored yet
	id := value(page, "input[name=table]")
	o.fill("he", o.projectPath("/terms/take"), "table", id).is(http.StatusForbidden)
	o.fill("admin", o.projectPath("/terms/take"), "table", id).is(http.StatusConflict)
	o.fill("bai", o.projectPath("/terms/take"), "table", id).to()
	o.fill("bai", o.projectPath("/terms/take"), "table", id).is(http.StatusConflict)
	o.checked("/terms").says("table.terms", "涉案金额").says(".small[role=status]", "1 with other findings")
	csv := o.get("wu", o.projectPath("/terms/export?format=csv")).ok()
	if !strings.HasPrefix(csv.body, "\ufeffsource,") || !strings.Contains(csv.body, "涉案金额") || csv.header.Get("Content-Disposition") == "" {
		t.Errorf("the CSV is %q", csv.body)
	}
	if book := o.get("wu", o.projectPath("/terms/export?format=xlsx")).ok(); !strings.HasPrefix(book.body, "PK") {
		t.Error("the workbook is none")
	}
	o.sendTable("bai", "g.csv", csv.body).ok().says(".lede", "0 new, 0 changed, 1 the same").has(".empty")
	o.fill("bai", o.projectPath("/recheck")).to()
	o.checked("/terms").says(".small[role=status]", "Last check")
}

// value is the value of the first field that matches.
func value(r *reply, selector string) string {
	r.Helper()
	for _, n := range r.all(selector) {
		for _, a := range n.Attr {
			if a.Key == "value" {
				return a.Val
			}
		}
	}
	r.Fatalf("%s has no value in %s", r.path, selector)
	return ""
}

func TestFiguresPage(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	page := o.get("wu", documentPath(doc, "/figures")).ok()
	page.says("table.ledger tbody tr:nth-child(2)", "90亿元 = 9 billion; the text says 90 billion").says("tr.is-scaled .major", "changed").has(".chip[aria-current]")
	o.get("wu", documentPath(doc, "/figures?show=doubtful")).ok().lacks("tr.is-equal").has("tr.is-scaled")
	o.get("wu", documentPath(doc, "/figures?from=999")).ok()
	csv := o.get("wu", documentPath(doc, "/figures/table")).ok()
	if !strings.Contains(csv.body, "3,cardinal,90亿元,90 billion,90000000000,changed,90亿元 = 9 billion; the text says 90 billion") {
		t.Errorf("the CSV is %q", csv.body)
	}
	alone := o.take("alone.md", "", "There were 2,285 cases and 2,825 arrests.\n")
	o.get("wu", documentPath(alone, "/figures")).ok().says(".lede", "figures to verify").says("table.ledger .minor", "to verify").says("table.ledger tbody tr", "near-twin: 2,825")
}

// TestCheckPages looks at one check's findings, confirms, takes, dismisses, and
// takes the dismissal back; then the check's record and switch.
func TestCheckPages(t *testing.T) {
	o := newOffice(t)
	doc := o.take("sums.md", "追回30亿元。\n\n追回50亿元。\n\n追回70亿元。\n\n追回80亿元。\n", "Some 30 billion yuan was recovered.\n\nSome 50 billion yuan was recovered.\n\nSome 70 billion yuan was recovered.\n\nSome 80 billion yuan was recovered.\n")
	path := documentPath(doc, "/checks/number.scale")
	o.get("wu", documentPath(doc, "/checks")).ok().says("table.found tbody tr", "Figure off by a power of tencritical4")
	o.get("wu", path).ok().has(".checked").lacks("main form")
	o.get("wu", documentPath(doc, "/checks/none")).is(http.StatusNotFound)
	page := o.get("he", path).ok().says(".all button", "List the replacements (4)")
	findings := func() []string {
		var list []string
		for _, n := range o.get("he", path).ok().all(".checked .finding form.acts input[name=finding]") {
			for _, a := range n.Attr {
				if a.Key == "value" {
					list = append(list, a.Val)
				}
			}
		}
		return list
	}
	list := findings()
	if len(list) != 4 {
		t.Fatalf("%d findings, want 4: %s", len(list), page.text("main"))
	}
	if to := o.fill("lin", path, "verb", "flag", "finding", list[0], "next", list[1]).to(); !strings.HasSuffix(to, "#x-"+list[1]) {
		t.Errorf("after a finding comes %s, want the next one", to)
	}
	o.fill("lin", path, "verb", "fix", "finding", list[1]).to()
	o.fill("lin", path, "verb", "dismiss", "finding", list[2], "scope", "here", "reason", "no").is(http.StatusForbidden)
	o.fill("he", path, "verb", "dismiss", "finding", list[2], "scope", "document", "reason", "as <b>ordered</b>").to()
	o.fill("he", path, "verb", "dance", "finding", list[3]).is(http.StatusUnprocessableEntity)
	o.fill("he", path, "verb", "dismiss").is(http.StatusUnprocessableEntity)
	if rest := findings(); len(rest) != 1 || rest[0] != list[3] {
		t.Errorf("left are %q, want the fourth", rest)
	}
	o.fill("he", path, "verb", "list", "finding", list[3]).ok().says("h1", "Propose this wording").says(".listed", "8 billion").has("button[value=fix]")
	foreign := o.take("other.md", portSource, portTarget)
	o.fill("he", documentPath(foreign, "/checks/number.scale"), "verb", "flag", "finding", list[3]).is(http.StatusNotFound)

	page = o.get("bai", o.projectPath("/checks")).ok()
	page.says("#k-number\\.scale p", "67 % agreed (1 confirmed as flags, 1 replacements taken, 1 dismissed)").has("#k-number\\.scale select").lacks("#k-number\\.scale .problem")
	o.get("wu", o.projectPath("/checks")).ok().lacks("main select")
	listed := o.get("lin", o.projectPath("/dismissals")).ok().says("table.dismissed", "as <b>ordered</b>").lacks("main b", "table.dismissed form")
	_ = listed
	for format, want := range map[string]string{"csv": "number.scale,", "jsonl": `"check":"number.scale"`} {
		if r := o.get("wu", o.projectPath("/dismissals/export?format="+format)).ok(); !strings.Contains(r.body, want) || !strings.Contains(r.body, "as <b>ordered</b>") {
			t.Errorf("%s: %q", format, r.body)
		}
	}
	number := value(o.get("he", o.projectPath("/dismissals")).ok(), "input[name=number]")
	o.fill("lin", o.projectPath("/dismissals/revoke"), "number", number).is(http.StatusForbidden)
	o.fill("he", o.projectPath("/dismissals/revoke"), "number", number).to()
	o.get("lin", o.projectPath("/dismissals")).ok().has(".empty")
	if rest := findings(); len(rest) != 2 {
		t.Errorf("left are %q after taking back, want two", rest)
	}

	o.fill("he", o.projectPath("/checks"), "check", "number.scale", "mode", "off").is(http.StatusForbidden)
	o.fill("bai", o.projectPath("/checks"), "check", "number.scale", "mode", "off").to()
	o.checked("/checks").says("#k-number\\.scale .pill", "off")
	o.get("he", path).ok().has(".empty")
	// What other pages decide stays.
	o.fill("bai", o.projectPath("/settings"), "one-person", "1").to()
	o.get("bai", o.projectPath("/checks")).ok().says("#k-number\\.scale .pill", "off")
}

// TestCheckOffer offers to lower a check that people mostly disagreed with.
func TestCheckOffer(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	o.must(o.store.Update(t.Context(), func(tx corpus.Tx) error {
		for range 30 {
			if err := tx.AddDismissal(corpus.Dismissal{Project: o.project.ID, Document: doc.ID, Key: "k", Check: "style.long", By: o.people["he"], Reason: "fine", Act: "act"}); err != nil {
				return err
			}
		}
		return nil
	}))
	page := o.get("bai", o.projectPath("/checks")).ok()
	page.says("article.check", "Lower it").says("article.check .problem", "After 30 decisions").says("article.check", "0 % agreed")
	o.get("wu", o.projectPath("/checks")).ok().lacks(".check .problem")
	o.fill("bai", o.projectPath("/checks"), "check", "style.long", "mode", string(workflow.CheckLowered)).to()
	o.checked("/checks").says("#k-style\\.long .pill", "lowered by one severity").lacks(".check .problem")
}

// TestOrders follows the orders of the list through its links.
func TestOrders(t *testing.T) {
	o := newOffice(t)
	var source, target strings.Builder
	for i := range 130 {
		source.WriteString("这是一句话。\n\n")
		target.WriteString("This is a sentence" + strings.Repeat(" and more", i%7) + ".\n\n")
	}
	doc := o.take("long.md", source.String(), target.String())
	page := o.get("lin", documentPath(doc, "?order=density")).ok()
	page.says(".orders a[aria-current]", "risk per word").has("input[name=order][value=density]", "#more a")
	more := ""
	for _, a := range page.all("#more a")[0].Attr {
		if a.Key == "href" {
			more = a.Val
		}
	}
	second := o.get("lin", more).ok()
	if first, rest := len(page.all(".rows .row")), len(second.all(".rows .row")); first != workflow.WindowSize || rest != 130-workflow.WindowSize {
		t.Errorf("%d and %d rows, want %d and %d", first, rest, workflow.WindowSize, 130-workflow.WindowSize)
	}
	second.has("#earlier a[href*='order=density']").lacks("#more")
	o.get("lin", documentPath(doc, "?order=density&after=x:y")).ok()
	o.get("lin", documentPath(doc, "?order=none")).ok().says(".orders a[aria-current]", "in order")
}

// TestDocumentFollows saves a wording that no longer agrees with its twin: the
// check that reads the whole document says so after a while, unasked.
func TestDocumentFollows(t *testing.T) {
	o := newOffice(t)
	doc := o.take("twins.md", "维护港口秩序。\n\n维护港口秩序。\n", "Keep order in the port.\n\nKeep order in the port.\n")
	path := documentPath(doc, "/checks/segment.inconsistent")
	o.get("lin", path).ok().has(".empty")
	first := o.unit(doc, "Keep order")
	o.fill("lin", documentPath(doc, "/units/"+string(first)+"/propose"), "text", "Harbour discipline shall be upheld.").to()
	o.until("lin", path, ".checked")
}
