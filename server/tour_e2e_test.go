//go:build e2e

package server

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/reviseur/reviseur/corpus"
)

// TestTour walks through the pages that the README shows. make screenshots keeps
// the pictures, in the folder that REVISEUR_TOUR names.
func TestTour(t *testing.T) {
	o := newOffice(t)
	o.project.Name = "Harbour Bureau"
	o.must(o.store.Update(t.Context(), func(tx corpus.Tx) error {
		for name, full := range map[string]string{"lin": "Lin Yi", "mo": "Mo Shan", "he": "He Ruo", "tan": "Tan Wei", "bai": "Bai Qiu"} {
			u, err := tx.User(o.people[name])
			if err != nil {
				return err
			}
			u.Full, u.Function = full, ""
			if err := tx.SaveUser(u); err != nil {
				return err
			}
		}
		return tx.SaveProject(o.project)
	}))
	docs := o.samples()
	doc := docs["briefing.en.md"]
	at := func(words string) string { return documentPath(doc, "?at="+string(o.unit(doc, words))) }
	keep := func(b *browser, name string) {
		t.Helper()
		eval[bool](b, "document.querySelector('main').getClientRects().length > 0")
		dir := os.Getenv("REVISEUR_TOUR")
		if dir == "" {
			return
		}
		time.Sleep(500 * time.Millisecond)
		data, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		o.must(err)
		o.must(os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644))
	}
	lin, he, tan := o.open("lin"), o.open("he"), o.open("tan")
	for _, b := range []*browser{lin, he, tan} {
		b.do(chromedp.EmulateViewport(1280, 800))
	}

	lin.to(o.projectPath(""))
	keep(lin, "1-project")
	wrong := o.unit(doc, "1,268 cases")
	lin.to(at("1,268 cases"))
	lin.until(now(wrong) + "?.querySelector('#editor')")
	keep(lin, "2-workbench")
	lin.press("e")
	lin.until("document.activeElement.id === 'wording'")
	lin.typeOver("1,268", "12,680")
	lin.until("document.querySelector('#live ins')")
	keep(lin, "3-correct")
	lin.press(kb.Escape)
	lin.to(at("widely praised"))
	lin.press("f")
	lin.until("document.activeElement.id === 'flag-form'")
	lin.press(kb.ArrowRight, "Shift+"+kb.ArrowRight)
	keep(lin, "4-flag")
	lin.to(documentPath(doc, "/alignment?filter=doubtful"))
	lin.until("document.querySelector('.pair[aria-current]')")
	keep(lin, "5-pairs")
	lin.to(documentPath(docs["notice.en.md"], "/figures?show=doubtful"))
	keep(lin, "6-figures")
	he.to(o.projectPath("/queue"))
	he.until("document.querySelector('.item.now')")
	keep(he, "7-queue")
	he.to(documentPath(doc, "/read?mark=1"))
	keep(he, "8-reading")
	tan.to(documentPath(doc, "/export"))
	keep(tan, "9-export")

	he.do(chromedp.EmulateViewport(390, 844))
	he.to(at("1,268 cases"))
	keep(he, "10-phone")
	_, err := chromedp.Call(lin.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": "zh-CN"}})
	o.must(err)
	lin.dark(true)
	lin.to(at("1,268 cases"))
	lin.until(now(wrong) + "?.querySelector('#editor')")
	keep(lin, "11-chinese-dark")
}
