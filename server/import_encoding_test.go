package server

import (
	"encoding/hex"
	"testing"
)

// gbNotice is a heading and a paragraph in GB 18030.
const gbNotice = "2320cda8d6aa0a0ab8f7b5a5cebbd3a6b5b1cdeab3c9bcecb2e9a1a3bde1b9fbb1a8cbcda1b0b9dcc0eda1b1b2bfc3c5a1a30a"

// TestImportEncoding says in which encoding a file was found to be, and switches
// it.
func TestImportEncoding(t *testing.T) {
	o := newOffice(t)
	raw, err := hex.DecodeString(gbNotice)
	o.must(err)
	table := o.sendFiles(map[string]string{"notice.md": string(raw), "plain.md": "One text.\n"})
	page := o.get("bai", table).ok().lacks("select[name='encoding-1']").says(".reads", "GB18030, found by its bytes")
	o.fill("bai", table, with(page.tableForm(), "encoding-0", "utf-16be", "act", "read")...).to()
	page = o.get("bai", table).ok().has("select[name='encoding-0'] option[value='utf-16be'][selected]")
	o.fill("bai", table, with(page.tableForm(), "encoding-0", "gb18030", "act", "take")...).to()
	page = o.get("bai", table).ok() // it reads as Chinese, which comes up now
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "ul.results").says(".results", "GB18030")
	for _, doc := range o.documents() {
		v := o.version(doc)
		if want := map[string]string{"notice.md": "gb18030"}[doc.Name]; v.Target.Encoding != want {
			t.Errorf("%s: encoding %q", doc.Name, v.Target.Encoding)
		}
	}
}
