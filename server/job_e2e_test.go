//go:build e2e

package server

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/reviseur/reviseur/corpus"
)

const (
	jobSource = portSource + "\n行动将持续到年底。\n"
	jobRun1   = portTarget + "\nThe action will last to the end of the year.\n"
)

// choose puts files into the form of the open page, as a person does, and waits
// for their table.
func (b *browser) choose(files map[string]string) {
	b.Helper()
	dir := b.TempDir()
	var paths []string
	for name, text := range files {
		path := filepath.Join(dir, name)
		b.office.must(os.WriteFile(path, []byte(text), 0o600))
		paths = append(paths, path)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#files"), paths))
	b.until("document.querySelector('form[data-table]')")
}

// fetched returns the bytes behind an address, as the browser gets them.
func (b *browser) fetched(address string) string {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`fetch(`+address+`).then((r) => r.bytes ? r.bytes() : r.arrayBuffer().then((a) => new Uint8Array(a))).then((a) => btoa(String.fromCharCode(...a)))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	data, err := base64.StdEncoding.DecodeString(v)
	b.office.must(err)
	return string(data)
}

func (o *office) document(name string) corpus.Document {
	o.Helper()
	for _, d := range o.documents() {
		if d.Name == name {
			return d
		}
	}
	o.Fatalf("no document %s among %v", name, o.documents())
	return corpus.Document{}
}

// Four people take one text from two files to the released one, in browsers.
func TestWholeJob(t *testing.T) {
	o := newOffice(t)
	bai, lin, he, tan := o.open("bai"), o.open("lin"), o.open("he"), o.open("tan")

	// The manager adds the documents.
	bai.to(o.projectPath("/import"))
	bai.choose(map[string]string{"notice.zh.md": jobSource, "notice.en.md": jobRun1})
	bai.do(chromedp.Click(chromedp.CSS("button[value=take]")))
	bai.until("document.querySelector('ul.results a')")
	doc := o.document("notice.md")
	cases, amount, accident := o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "accident")
	heading, last := o.unit(doc, "Port notice"), o.unit(doc, "end of the year")

	// The translator works by keyboard alone: corrects one and says what was wrong,
	// corrects another, flags a passage of a third and finds it otherwise right.
	lin.to(documentPath(doc, ""))
	lin.press("g", "3", "\r")
	lin.until(now(amount) + "?.querySelector('#editor')")
	lin.keys = 0
	start := time.Now()
	lin.press("e")
	lin.until("document.activeElement.id === 'wording'")
	lin.typeOver("90", "9")
	lin.press("\t", "q", "3", "Control+\r")
	lin.until(now(accident))
	t.Logf("correct, flag and propose: %d keys beside the typing, %v by script", lin.keys, time.Since(start).Round(time.Millisecond))
	lin.press("e")
	lin.until("document.activeElement.id === 'wording'")
	lin.typeOver("happened", "occurred")
	lin.press("Control+\r")
	lin.until(now(last))
	lin.press("g", "2", "\r")
	lin.until(now(cases))
	lin.keys = 0
	start = time.Now()
	lin.press("f")
	lin.until("document.activeElement.id === 'flag-form'")
	lin.press(kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, "Shift+"+kb.ArrowRight, "t", "1")
	lin.until("document.querySelector('#panel .card.flag')")
	t.Logf("flag alone: %d keys, 5 of them to walk to the passage, %v by script", lin.keys, time.Since(start).Round(time.Millisecond))
	lin.press("a")
	lin.until("!" + now(cases))
	o.wantState(cases, corpus.StateProposed)

	// The reviewer returns one, approves the others, and accepts the rest at once.
	he.to(o.projectPath("/queue"))
	he.until("document.querySelectorAll('.item').length === 3 && document.querySelector('.item.now')")
	for range 3 {
		returns := eval[bool](he, "document.querySelector('.item.now').id === 'c-"+string(accident)+"'")
		before := eval[int](he, "document.querySelectorAll('.item').length")
		he.keys = 0
		start = time.Now()
		if returns {
			he.press("r")
			he.until("document.activeElement.name === 'canned'")
			he.press(" ", "Control+\r")
		} else {
			he.press("a")
		}
		he.until("document.querySelectorAll('.item').length < " + string(rune('0'+before)))
		he.until("document.querySelector('.notice')")
		if !returns {
			t.Logf("approve: %d key, %v by script", he.keys, time.Since(start).Round(time.Millisecond))
		}
		time.Sleep(300 * time.Millisecond)
	}
	o.wantState(accident, corpus.StateReturned)
	o.wantState(amount, corpus.StateApproved)
	o.wantState(cases, corpus.StateApproved)
	he.to(documentPath(doc, "/read?pick=1"))
	eval[bool](he, "(document.querySelector('input[name=from][value=\""+string(heading)+"\"]').click(), document.querySelector('input[name=to][value=\""+string(last)+"\"]').click(), true)")
	he.do(chromedp.Click(chromedp.CSS("form.picking button.primary")))
	he.until("document.querySelector(\"form[action$='/accept'] button\")")
	he.do(chromedp.Click(chromedp.CSS("form[action$='/accept'] button")))
	he.until("document.querySelector('.notice')")
	o.wantState(heading, corpus.StateApproved)
	o.wantState(last, corpus.StateApproved)
	o.wantState(accident, corpus.StateReturned)

	// A second machine run arrives. What people decided stays.
	run2 := strings.Replace(jobRun1, "No major accident happened.", "Any major accident did not happen.", 1)
	bai.to(o.projectPath("/import"))
	bai.choose(map[string]string{"notice.en.md": run2})
	bai.until("document.querySelector('select[name=as-0]').value !== ''")
	bai.do(chromedp.Click(chromedp.CSS("button[value=take]")))
	bai.until("document.querySelector('.preview .counts')")
	bai.do(chromedp.Click(chromedp.CSS("form[action$='/take'] button.primary")))
	bai.until("document.querySelector('ul.results a')")
	doc = o.document("notice.md")
	accident = o.unit(doc, "accident")
	for _, unit := range []corpus.UnitID{o.unit(doc, "Port notice"), o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "end of the year")} {
		o.wantState(unit, corpus.StateApproved)
	}

	// The translator answers the reviewer on the new run, who approves.
	lin.to(documentPath(doc, "?at="+string(accident)))
	lin.until(now(accident) + "?.querySelector('#editor')")
	lin.press("e")
	lin.until("document.activeElement.id === 'wording'")
	eval[bool](lin, "(() => { const w = document.getElementById('wording'); w.setSelectionRange(0, w.value.length); return true })()")
	lin.do(keyPress("No major accident occurred."))
	lin.press("Control+\r")
	lin.until("!" + now(accident))
	he.to(documentPath(doc, "?at="+string(accident)))
	he.until(now(accident))
	he.press("a")
	he.until("document.querySelector('#u-" + string(accident) + ".approved')")

	// The exporter releases, and gets the file.
	tan.to(documentPath(doc, "/export"))
	tan.do(chromedp.SendKeys(chromedp.CSS("#release-name"), "June"), chromedp.Click(chromedp.CSS("#release button.primary")))
	tan.until("document.querySelector(\"a[href$='/file'][download]\")")
	want := strings.NewReplacer("**90 billion**", "**9 billion**", "Any major accident did not happen.", "No major accident occurred.").Replace(run2)
	if got := tan.fetched("document.querySelector(\"a[href$='/file'][download]\").href"); got != want {
		t.Errorf("the released file is\n%q, want\n%q", got, want)
	}
	o.wantState(accident, corpus.StateFinal)
}
