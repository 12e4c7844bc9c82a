//go:build e2e

package server

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// TestRepairByKeyboard repairs the links of a document by keys alone, on the
// alignment page and in the workbench's repair mode.
func TestRepairByKeyboard(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	b := o.open("lin")
	b.to(documentPath(doc, "/alignment"))
	says := func(number int, side, words string) {
		t.Helper()
		b.until(fmt.Sprintf("[...document.querySelectorAll('.pair')][%d].querySelectorAll('.side')[%s].textContent.includes(%q)", number-1, map[string]string{"source": "0", "target": "1"}[side], words))
	}
	press := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			b.press(k)
			b.until("!document.querySelector('[data-busy]')")
		}
	}
	press("j", "j")
	b.until("document.querySelector('.pair[aria-current] .n').textContent === '3'")
	press("x") // exchange with the next
	says(3, "target", "No major accident")
	says(4, "target", "billion")
	press("u")
	says(3, "target", "billion")
	press("m")
	b.until("document.querySelectorAll('.pair').length === 3")
	press("s")
	b.until("document.querySelectorAll('.pair').length === 4")
	press("b")
	b.until("document.querySelectorAll('.pair').length === 5")
	press("f")
	b.until("document.getElementById('status').textContent === 'Flagged.'")
	press("u")
	b.until("document.getElementById('status').textContent === 'Taken back.'")
	press("u")
	b.until("document.querySelectorAll('.pair').length === 4")

	b.to(documentPath(doc, "?at="+string(o.unit(doc, "billion"))))
	press("w", "m") // repair mode: join with the next, and stay in it
	b.until("document.querySelectorAll('#rows .row').length === 3 && document.getElementById('repair').open")
	press("s")
	b.until("document.querySelectorAll('#rows .row').length === 4 && document.getElementById('repair').open")
	press("u")
	b.until("document.querySelectorAll('#rows .row').length === 3")
}

// TestPairLooks keeps pictures of the pages about pairs and versions for people
// to look at.
func TestPairLooks(t *testing.T) {
	if os.Getenv("REVISEUR_SHOTS") == "" {
		t.Skip("REVISEUR_SHOTS names no folder")
	}
	o := newOffice(t)
	docs := o.samples()
	doc := docs["briefing.en.md"]
	b := o.open("bai")
	pages := map[string]string{"pairs": documentPath(doc, "/alignment?n=6"), "repair": documentPath(doc, "?n=6")}
	o.morePictures(doc, pages)
	for _, lang := range []string{"en", "zh-CN"} {
		_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}})
		o.must(err)
		for _, size := range [][2]int64{{1440, 900}, {1024, 768}, {390, 844}} {
			for _, dark := range []bool{false, true} {
				b.dark(dark)
				b.do(chromedp.EmulateViewport(size[0], size[1]))
				for name, path := range pages {
					b.to(path)
					if name == "repair" {
						b.press("w")
						time.Sleep(300 * time.Millisecond)
					}
					b.shot(fmt.Sprintf("%s-%s-%d%s", name, lang, size[0], map[bool]string{true: "-dark"}[dark]))
				}
			}
		}
	}
}

// morePictures makes a new version of a document, and adds the pages about it.
func (o *office) morePictures(doc corpus.Document, pages map[string]string) {
	o.Helper()
	pages["pairs-doubtful"] = documentPath(doc, "/alignment?filter=doubtful")
	port := o.take("port.md", portSource, portTarget)
	o.propose("lin", o.unit(port, "billion"), "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	o.approve("he", o.unit(port, "billion"))
	o.acceptAll(port)
	o.renew(port, strings.NewReplacer("90亿元。", "91亿元。", "未发生重大事故。", "未发生重大事故！").Replace(portSource), portTarget+"\nOne more paragraph.\n")
	pages["changes"] = documentPath(port, "/versions/2/changes?show=all")
	out, err := o.desk.Export(o.Context(), o.people["tan"], port.ID, workflow.ApprovedOnly)
	o.must(err)
	edited := strings.Replace(string(out.Data), "A total of", "Altogether", 1)
	to := o.send("bai", o.projectPath("/import"), nil, map[string]string{"port.md": edited}).to()
	o.fill("bai", to, "take-0", "1", "name-0", "port.md", "target-0", "0", "as-0", string(port.ID), "act", "take").to()
	o.until("bai", to, "#take")
	pages["returned"] = to
}
