package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const (
	guideSource = "# 指南\n\n第一句**重点**在此。第二句。\n\n1. 首先。\n2. 其次。\n\n> 引文。\n\n| 年份 | 数量 |\n|---|---|\n| 2025 | 90 |\n"
	guideTarget = "# Guide\n\nThe first has its **weight** here. The second.\n\n1. First.\n2. Next.\n\n> A quotation.\n\n| Year | Amount |\n|---|---|\n| 2025 | 90 |\n"
)

func TestReading(t *testing.T) {
	o := newOffice(t)
	doc := o.take("guide.md", guideSource, guideTarget)
	path := documentPath(doc, "/read")
	page := o.get("wu", path).ok().lacks("[style]", "script:not([src])", "a[href*=pick]", "form.picking")
	page.has(".is-heading.level1[role=heading]", ".is-quote", ".is-row .cells.head").says(".is-heading .target", "Guide").says(".is-paragraph .target strong", "weight").says(".is-paragraph .source strong", "重点")
	if n := len(page.all(".is-paragraph .target a.s")); n != 2 {
		t.Errorf("%d sentences in the paragraph, want both in one", n)
	}
	if n := len(page.all(".is-row:not(:has(.head)) .target .cell")); n != 2 {
		t.Errorf("%d cells in the row", n)
	}
	page.says(".is-list-item .target", "1. First.").says(".is-list-item + .is-list-item .target", "2. Next.")
	second := o.unit(doc, "The second")
	page.has("a.s[href='" + documentPath(doc, "?at="+string(second)) + "#u-" + string(second) + "']")

	o.propose("lin", second, "The 2nd one.")
	first := o.unit(doc, "weight")
	o.propose("lin", first, "The first bears its ⟨1⟩weight⟨/1⟩ here.")
	o.approve("he", first)
	text := func(query string) string { return o.get("wu", path+query).ok().text(".is-paragraph .target") }
	for query, want := range map[string]string{
		"":               "The first bears its weight here. The 2nd one.",
		"?text=received": "The first has its weight here. The second.",
		"?text=approved": "The first bears its weight here. The second.",
		"?text=nonsense": "The first bears its weight here. The 2nd one.",
	} {
		if got := text(query); got != want {
			t.Errorf("%q reads %q, want %q", query, got, want)
		}
	}
	o.get("wu", path+"?marks=1").ok().says(".is-paragraph del", "has").says(".is-paragraph ins", "bears")
	o.get("wu", path+"?text=approved&marks=1").ok().says(".is-paragraph a.s + a.s", "The second.").lacks(".is-paragraph a.s + a.s ins")
	o.get("stranger", path).is(http.StatusNotFound)
	zh := newRequest(http.MethodGet, path)
	zh.Header.Set("Accept-Language", "zh-CN")
	o.do("wu", zh).ok().says(".lede", "旁为原文")

	alone := o.take("alone.txt", "", "A text alone.\n")
	o.get("wu", documentPath(alone, "/read")).ok().has(".reading.alone").lacks(".source")
}

func TestReadingPages(t *testing.T) {
	o := newOffice(t)
	doc := o.take("long.md", "", strings.Repeat("A line of text.\n\n", workflow.ReadingSize+9))
	page := o.get("wu", documentPath(doc, "/read")).ok().says(".lede", "Sentences 1 to 300").has("a[rel=next]").lacks("a[rel=prev]")
	page = o.get("wu", attribute(page.all("a[rel=next]")[0], "href")).ok().says(".lede", "Sentences 301 to 309").has("a[rel=prev]").lacks("a[rel=next]")
	o.get("wu", attribute(page.all("a[rel=prev]")[0], "href")).ok().says(".lede", "Sentences 1 to 300")
}

// Accepting from here to here lists what it leaves out, and says why.
func TestAcceptRange(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	doc := o.take("notice.md", portSource, portTarget)
	title, cases, amount, accident := o.unit(doc, "Port notice"), o.unit(doc, "34,000"), o.unit(doc, "90 billion"), o.unit(doc, "accident")
	_, err := o.desk.Flag(ctx, o.people["mo"], workflow.Passage{Unit: amount, Target: corpus.Mark{Quote: "90"}, Category: corpus.NumberUnit, Severity: corpus.Critical})
	o.must(err)
	o.propose("lin", cases, "They investigated 34,000 smuggling cases.")
	path := documentPath(doc, "/read")
	o.get("lin", path+"?pick=1").ok().lacks("form.picking", "a[href*=pick]")
	o.get("he", path+"?pick=1").ok().has("form.picking[action='"+path+"/confirm'] input[name=from][value='"+string(title)+"']", "input[name=to]", "script[src*='reading.js']")

	ends := url.Values{"from": {string(accident)}, "to": {string(title)}} // in either order
	o.sendForm("he", path+"/confirm", url.Values{"from": {string(title)}}).is(http.StatusUnprocessableEntity)
	o.sendForm("lin", path+"/confirm", ends).is(http.StatusForbidden)
	page := o.sendForm("he", path+"/confirm", ends).ok()
	page.says("h1", "Accept 2 sentences as they stand?").says(".skips h2", "2 are left out").says(".skips tr:nth-child(1)", "a proposal waits on it").says(".skips tr:nth-child(2)", "open flags")
	o.wantState(title, corpus.StateMachine)

	// Somebody flags one of the two in between: nothing is accepted that was not
	// shown as it is.
	_, err = o.desk.Flag(ctx, o.people["mo"], workflow.Passage{Unit: accident, Target: corpus.Mark{Quote: "major"}, Category: corpus.Awkward, Severity: corpus.Minor})
	o.must(err)
	page = o.press("he", page, "form[action$='/accept']").ok().says(".problem", "Something changed").says("h1", "Accept 1 sentence")
	o.wantState(title, corpus.StateMachine)
	to := o.press("he", page, "form[action$='/accept']").to()
	page = o.follow("he", to).ok().says(".notice", "1 sentence")
	o.wantState(title, corpus.StateApproved)
	to = o.press("he", page, ".undo form").to()
	o.follow("he", to).ok().says(".notice", "Taken back").has(".reading").lacks(".undo")
	o.wantState(title, corpus.StateMachine)
	o.press("he", o.sendForm("he", path+"/confirm", ends).ok(), "form[action$='/accept']").to()
	o.wantState(title, corpus.StateApproved)
	o.wantState(accident, corpus.StateMachine)
	o.wantState(cases, corpus.StateProposed)

	o.sendForm("he", path+"/confirm", url.Values{"from": {string(title)}, "to": {string(title)}}).ok().has(".empty").says(".lede", "1 more in between is answered for already").lacks("form[action$='/accept']")
	o.sendForm("he", path+"/accept", url.Values{"from": {string(title)}, "to": {string(title)}}).is(http.StatusUnprocessableEntity)
	o.sendForm("he", path+"/confirm", url.Values{"from": {"none"}, "to": {string(title)}}).is(http.StatusNotFound)
}

func TestStyle(t *testing.T) {
	raw := []layout.Token{{Number: 1, Kind: layout.Emphasis, Raw: "**"}, {Number: 1, Close: true, Kind: layout.Emphasis, Raw: "**"}, {Number: 2, Kind: layout.Code, Raw: "`x`"},
		{Number: 3, Kind: layout.FootnoteReference, Raw: "[^4]"}, {Number: 4, Kind: layout.HTML, Raw: "<b>"}, {Number: 5, Kind: layout.Link, Raw: "["}, {Number: 5, Close: true, Kind: layout.Link, Raw: "](u)"}, {Number: 6, Kind: layout.HardBreak, Raw: "\\\n"}}
	text := layout.Parse("a ⟨1⟩b⟨/1⟩ ⟨2⟩⟨3⟩⟨4⟩ ⟨5⟩c⟨6⟩d⟨/5⟩ e", raw)
	var b strings.Builder
	for _, s := range style(pieces(text, nil, nil), raw) {
		for _, w := range []struct {
			on   bool
			word string
		}{{s.Strong, "*"}, {s.Code, "`"}, {s.Sup, "^"}, {s.Link, "_"}, {s.Break, "/"}} {
			if w.on {
				b.WriteString(w.word)
			}
		}
		b.WriteString(s.Text + "|")
	}
	if got, want := b.String(), "a |*b| |`x|^4| |_c|_/|_d| e|"; got != want {
		t.Errorf("style = %q, want %q", got, want)
	}
}
