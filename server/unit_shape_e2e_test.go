//go:build e2e

package server

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestShapeLooks calls a block a heading in a browser, and keeps pictures of what
// is said about a text's shape for people to look at.
func TestShapeLooks(t *testing.T) {
	o := newOffice(t)
	doc := o.take("heads.md", "", headedText())
	why := o.take("why.md", "全市产值达3.5亿元。同比有所增长。\n\n会议听取了报告。\n", "Output of the city, acc. to Dr. Lin, was 350 million yuan. It grew.\n\nThe meeting heard the report.\n")
	unit := o.unit(doc, "Make every effort")
	b := o.open("lin")
	b.to(documentPath(doc, "?at="+string(unit)))
	b.do(chromedp.Click(chromedp.CSS("form.label button[value=heading]")))
	b.until("document.querySelector('.row[aria-current].heading') !== null")
	b.press("u")
	b.until("document.querySelector('.row[aria-current] form.label') !== null")
	if os.Getenv("REVISEUR_SHOTS") == "" {
		return
	}
	pause := func() { time.Sleep(500 * time.Millisecond) }
	m := o.open("bai")
	table := o.sendFiles(map[string]string{"measures.txt": sharedText, "notice.md": portTarget})
	for _, lang := range []string{"en", "zh-CN"} {
		for _, who := range []*browser{b, m} {
			_, err := chromedp.Call(who.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}})
			o.must(err)
		}
		for _, width := range []int64{1440, 390} {
			name := fmt.Sprintf("-%s-%d", lang, width)
			b.do(chromedp.EmulateViewport(width, 900))
			m.do(chromedp.EmulateViewport(width, 900))
			b.to(documentPath(doc, "?at="+string(unit)))
			pause()
			b.shot("label" + name)
			b.to(documentPath(why, "?at="+string(o.unit(why, "350 million"))))
			b.press("w")
			pause()
			eval[bool](b, "(document.querySelectorAll('details.why').forEach(d => d.open = true), document.querySelector('#repair .why').scrollIntoView({block: 'center'}), true)")
			pause()
			b.shot("why" + name)
			m.to(table)
			pause()
			m.shot("upload" + name)
		}
	}
}
