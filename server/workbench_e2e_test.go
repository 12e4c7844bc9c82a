//go:build e2e

package server

import (
	"context"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sample"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// browser is a browser of its own in which one person is signed in. It counts
// the keys that are pressed, text typed into fields apart.
type browser struct {
	*testing.T
	office *office
	ctx    context.Context
	site   string
	keys   int
}

// open starts a browser in which a person is signed in.
func (o *office) open(as string) *browser {
	o.Helper()
	site := httptest.NewServer(o.server.Handler())
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.Flag("no-sandbox", true),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	o.Cleanup(func() { cancel(); stop(); site.Close() })
	b := &browser{T: o.T, office: o, ctx: ctx, site: site.URL}
	b.do(chromedp.EmulateViewport(1440, 900))
	_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: o.server.sessions.Cookie.Name, Value: o.tokens[as], URL: site.URL})
	o.must(err)
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	if b.keys < 0 || chromedp.FromContext(b.ctx).Target == nil { // the first call starts the browser, whose life is that of its context
		ctx = b.ctx
	}
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// to opens a page and waits till its script runs.
func (b *browser) to(path string) {
	b.Helper()
	b.do(chromedp.Navigate(b.site+path), chromedp.WaitVisible(chromedp.CSS("main")))
	time.Sleep(300 * time.Millisecond)
}

// press presses single keys, one after the other.
func (b *browser) press(keys ...string) {
	b.Helper()
	for _, k := range keys {
		var with []chromedp.KeyOption
		for name, m := range map[string]chromedp.Modifier{"Control+": chromedp.ModifierCtrl, "Shift+": chromedp.ModifierShift} {
			if rest, ok := strings.CutPrefix(k, name); ok {
				k, with = rest, append(with, chromedp.KeyModifiers(m))
			}
		}
		b.keys++
		b.do(keyPress(k, with...))
	}
}

// keyPress presses a key the way a keyboard does: the letter comes with the key,
// so that a page that takes the key gets no letter.
func keyPress(key string, with ...chromedp.KeyOption) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, r := range key {
			var down, up *input.DispatchKeyEventParams
			for _, k := range kb.Encode(r) {
				for _, option := range with {
					option(k)
				}
				switch k.Type {
				case kb.KeyChar:
					if k.Modifiers&^int64(chromedp.ModifierShift) == 0 {
						down.Type, down.Text, down.UnmodifiedText = kb.KeyDown, k.Text, k.UnmodifiedText
					}
				case kb.KeyUp:
					up = k
				default:
					down = k
				}
			}
			for _, k := range []*input.DispatchKeyEventParams{down, up} {
				if k == nil {
					continue
				}
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *k); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// typeOver puts text in the place of the first match in the editor, as typing does.
func (b *browser) typeOver(old, text string) {
	b.Helper()
	eval[bool](b, fmt.Sprintf("(() => { const w = document.getElementById('wording'), i = w.value.indexOf(%q); w.setSelectionRange(i, i + %d); return true })()", old, len(old)))
	b.do(keyPress(text))
}

// eval evaluates an expression of the page.
func eval[T any](b *browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits till an expression of the page is true.
func (b *browser) until(expression string) {
	b.Helper()
	for range 200 {
		if eval[bool](b, "!!("+expression+")") {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.Fatalf("never true: %s; the page says %q", expression, eval[string](b, `(document.getElementById("status")?.textContent ?? "") + " " + (document.querySelector(".row[aria-current]")?.id ?? "no row") + " of " + [...document.querySelectorAll(".row")].map(r => r.id)`))
}

// shot keeps a picture of the page where REVISEUR_SHOTS names a folder.
func (b *browser) shot(name string) {
	b.Helper()
	dir := os.Getenv("REVISEUR_SHOTS")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	b.office.must(os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600))
}

// dark switches to the colours for the night, or back.
func (b *browser) dark(on bool) {
	value := "light"
	if on {
		value = "dark"
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
	b.office.must(err)
}

// samples imports the demo's documents and does what its people do.
func (o *office) samples() map[string]corpus.Document {
	o.Helper()
	ctx := context.Background()
	docs := map[string]corpus.Document{}
	read := func(name string) *workflow.Received {
		data, err := fs.ReadFile(sample.Files(), name)
		o.must(err)
		return &workflow.Received{Name: name, Data: data}
	}
	for _, name := range []string{"briefing", "regulation", "notice", "whitepaper"} {
		out, err := o.desk.Import(ctx, o.people["bai"], o.project.ID, workflow.Delivery{Name: name + ".en.md", Engine: "engine A", Label: "run 1", Source: read(name + ".zh.md"), Target: read(name + ".en.md")}, nil)
		o.must(err)
		docs[name+".en.md"] = out.Document
	}
	out, err := o.desk.Import(ctx, o.people["bai"], o.project.ID, workflow.Delivery{Name: "bulletin.en.txt", Engine: "engine A", Target: read("bulletin.en.txt")}, nil)
	o.must(err)
	docs["bulletin.en.txt"] = out.Document
	as := map[string]string{"translator": "lin", "translator2": "mo", "reviewer": "he"}
	for _, act := range sample.Acts() {
		unit, user := o.unit(docs[act.Document], act.Find), o.people[as[act.By]]
		severity := corpus.Minor
		if act.Severity != "" {
			severity, err = corpus.ParseSeverity(act.Severity)
			o.must(err)
		}
		choice := workflow.Choice{Unit: unit}
		switch act.Verb {
		case "propose":
			_, err = o.desk.Propose(ctx, user, workflow.Wording{Unit: unit, Text: act.Text, NoChange: act.Text == "", Note: act.Note, Category: corpus.Category(act.Category), Severity: severity})
		case "flag":
			_, err = o.desk.Flag(ctx, user, workflow.Passage{Unit: unit, Target: corpus.Mark{Quote: act.Quote}, Category: corpus.Category(act.Category), Severity: severity, Note: act.Note})
		case "approve":
			_, err = o.desk.Approve(ctx, user, choice)
		case "accept":
			_, err = o.desk.Accept(ctx, user, choice)
		case "return":
			_, err = o.desk.Return(ctx, user, act.Note, choice)
		case "decline":
			_, err = o.desk.Decline(ctx, user, act.Note, choice)
		}
		o.must(err)
	}
	return docs
}

// record reads a unit's record.
func (o *office) record(unit corpus.UnitID) corpus.Record {
	o.Helper()
	var rec corpus.Record
	o.must(o.store.View(context.Background(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(unit)
		return err
	}))
	return rec
}

func stateOf(rec corpus.Record) corpus.State { return rec.State() }

func now(unit corpus.UnitID) string {
	return "document.querySelector('#u-" + string(unit) + "[aria-current]')"
}

// A translator corrects a sentence, says what was wrong and proposes it, by keys
// alone, and is at the next sentence.
func TestCorrectByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit, next := o.unit(doc, "90 billion"), o.unit(doc, "No major accident")
	b := o.open("lin")
	b.to(documentPath(doc, ""))
	b.press("j", "j")
	b.until(now(unit) + "?.querySelector('#editor')")
	b.keys = 0
	b.press("e")
	b.until("document.activeElement.id === 'wording'")
	b.typeOver("90", "9")
	b.press("\t", "q", "3", "Control+\r")
	b.until(now(next))
	rec := o.record(unit)
	if len(rec.Pending()) != 1 || rec.State() != corpus.StateProposed {
		t.Fatalf("state %s with %d proposals, want proposed with 1", rec.State(), len(rec.Pending()))
	}
	if len(rec.Flags) != 1 || rec.Flags[0].Category != corpus.NumberUnit || rec.Flags[0].Severity != corpus.Critical {
		t.Errorf("flags %+v, want one critical number-unit; revisions %+v", rec.Flags, rec.Revisions)
	}
	t.Logf("correct, flag and propose: %d keys beside the typing", b.keys)
}

// A reviewer approves by one key what somebody proposed.
func TestApproveByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	o.propose("lin", unit, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b := o.open("he")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.until(now(unit))
	b.keys = 0
	b.press("a")
	b.until("!" + now(unit))
	if s := stateOf(o.record(unit)); s != corpus.StateApproved {
		t.Fatalf("state %s, want approved", s)
	}
	t.Logf("approve: %d key", b.keys)
	b.press("k", "u")
	b.until("document.querySelector('#u-" + string(unit) + ".proposed')")
}

// A passage is flagged without a mouse.
func TestFlagByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "34,000 smuggling")
	b := o.open("lin")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.until(now(unit))
	b.keys = 0
	b.press("f")
	b.until("document.activeElement.id === 'flag-form'")
	b.press(kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, "Shift+"+kb.ArrowRight, "t", "2")
	b.until("document.querySelector('#panel .card.flag')")
	rec := o.record(unit)
	if len(rec.Flags) != 1 || rec.Flags[0].Target.Quote != "smuggling cases" || rec.Flags[0].Category != corpus.WrongTerm || rec.Flags[0].Severity != corpus.Major {
		t.Errorf("flags %+v, want one major term on “smuggling cases”", rec.Flags)
	}
	t.Logf("flag: %d keys, of which 5 walk to the passage", b.keys)

	b.press("f", " ", "m", "1") // both sides, at their first words
	b.until("document.querySelectorAll('#panel .card.flag').length === 2")
	if f := o.record(unit).Flags[1]; !f.Source.Present() || !f.Target.Present() {
		t.Errorf("flag %+v, want passages on both sides", f)
	}
}

// Somebody else saved while one typed: both wordings stand, and both are said.
func TestSecondBrowser(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "No major accident")
	at := documentPath(doc, "?at="+string(unit))
	b := o.open("lin")
	b.to(at)
	b.press("e")
	b.until("document.activeElement.id === 'wording'")
	b.typeOver("happened", "occurred")
	o.propose("mo", unit, "There was no major accident.")
	b.press("Control+\r")
	b.until("document.querySelector('.clash')")
	if text := eval[string](b, "document.querySelector('.clash').textContent"); !strings.Contains(text, "There was no major accident.") || !strings.Contains(text, "No major accident occurred.") {
		t.Errorf("the page says %q, want both wordings", text)
	}
	rec := o.record(unit)
	if n := len(rec.Pending()); n != 2 {
		t.Errorf("%d proposals wait, want 2", n)
	}
}

// A draft outlives a closed editor, and nobody else sees it.
func TestDraft(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "No major accident")
	b := o.open("lin")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.press("e")
	b.until("document.activeElement.id === 'wording'")
	b.typeOver("happened", "occurred")
	b.press(kb.Escape)
	b.until("document.querySelector('#u-" + string(unit) + " .draft')")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.press("\r")
	b.until("document.getElementById('wording').value === 'No major accident occurred.' && !document.getElementById('editor').hidden")
	o.get("mo", documentPath(doc, "?at="+string(unit))).ok().lacks(".draft").has("#wording")
}

// A digit puts a check's fix into the editor, and what was wrong is said with it.
// A save that does not arrive is sent again, and is one act.
func TestFixAndLostSave(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	b := o.open("lin")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.until(now(unit) + "?.querySelector('#editor')")
	b.press("1")
	b.until("!document.getElementById('editor').hidden && document.getElementById('wording').value.includes('⟨1⟩9 billion')")
	eval[bool](b, `(() => { const real = window.fetch; let lost = 2; window.fetch = async (url, o) => { const answer = await real(url, o); if (String(url).endsWith("/propose") && lost-- > 0) throw new TypeError("lost"); return answer }; return true })()`)
	b.press("Control+\r")
	b.until("document.getElementById('status').textContent !== ''")
	b.until("!" + now(unit))
	rec := o.record(unit)
	if len(rec.Revisions) != 2 || len(rec.Proposals) != 1 || rec.Revisions[1].Origin != corpus.FromFix {
		t.Errorf("revisions %+v, want one fix, proposed once", rec.Revisions)
	}
	if len(rec.Flags) != 1 || rec.Flags[0].Category != corpus.NumberUnit {
		t.Errorf("flags %+v, want one of what the check found", rec.Flags)
	}
}

// A finding is dismissed, a comment written and two sentences are joined, by
// keys alone.
func TestPanelByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	unit := o.unit(doc, "90 billion")
	b := o.open("he")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.until(now(unit) + "?.querySelector('#editor')")
	b.press("c")
	b.until("document.activeElement.id === 'comment'")
	b.do(keyPress("Look here"))
	b.press("\t", "\r")
	b.until("document.querySelector('#panel .comment')")
	b.press("x")
	b.until("document.activeElement.name === 'scope'")
	b.press("\t")
	b.do(keyPress("It is meant so"))
	b.press("\r")
	b.until("!document.querySelector('#panel .card.find')")
	b.press("w", "m")
	b.until("document.querySelectorAll('#rows .row').length === 3 && !document.querySelector('[data-busy]')")
	b.press("u")
	b.until("document.querySelectorAll('#rows .row').length === 4 && !document.querySelector('[data-busy]')")
	b.press("g", "1", "\r")
	b.until("document.querySelector('.row[aria-current]').dataset.number === '1'")
}

// TestLooks keeps pictures of the workbench for people to look at.
func TestLooks(t *testing.T) {
	if os.Getenv("REVISEUR_SHOTS") == "" {
		t.Skip("REVISEUR_SHOTS names no folder")
	}
	o := newOffice(t)
	docs := o.samples()
	doc := docs["briefing.en.md"]
	b := o.open("lin")
	at := func(document, words string) string {
		return documentPath(docs[document], "?at="+string(o.unit(docs[document], words)))
	}
	pause := func() { time.Sleep(600 * time.Millisecond) }
	for _, size := range [][2]int64{{1440, 900}, {1024, 768}, {390, 844}} {
		for _, dark := range []bool{false, true} {
			b.dark(dark)
			b.do(chromedp.EmulateViewport(size[0], size[1]))
			name := fmt.Sprint(size[0]) + map[bool]string{true: "-dark"}[dark]
			b.to(documentPath(doc, ""))
			b.shot("list-" + name)
			b.to(at("briefing.en.md", "1,268 cases"))
			pause()
			b.shot("unit-" + name)
			b.press("e")
			pause()
			b.typeOver("1,268", "12,680")
			pause()
			b.shot("editor-" + name)
			b.press(kb.Escape)
			pause()
			eval[bool](b, "(document.querySelector('[name=discard]')?.click(), true)")
			b.to(at("briefing.en.md", "widely praised"))
			pause()
			b.press("f", kb.ArrowRight, "Shift+"+kb.ArrowRight)
			b.shot("flag-" + name)
			b.press(kb.Escape, "w")
			pause()
			b.shot("repair-" + name)
			if size[0] < 1200 {
				b.press("i")
				pause()
				b.shot("panel-" + name)
			}
		}
	}
	b.dark(false)
	b.do(chromedp.EmulateViewport(1440, 900))
	b.to(documentPath(doc, "?filter=doubtful"))
	b.shot("doubtful")
	b.to(documentPath(docs["bulletin.en.txt"], ""))
	b.shot("alone")
	b.to(at("regulation.en.md", "Without approval"))
	b.shot("regulation")
	he := o.open("he")
	he.to(documentPath(doc, "?filter=proposed"))
	pause()
	he.shot("reviewer")
	he.press("r")
	pause()
	he.shot("return")
	he.to(documentPath(doc, "?filter=returned"))
	pause()
	he.shot("returned")
	_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": "zh-CN"}})
	o.must(err)
	b.to(at("briefing.en.md", "1,268 cases") + "&edit=1")
	pause()
	b.shot("zh")
	b.do(chromedp.EmulateViewport(720, 450)) // 1440 at 200 %
	b.to(at("briefing.en.md", "1,268 cases"))
	pause()
	b.shot("zoom")
}
