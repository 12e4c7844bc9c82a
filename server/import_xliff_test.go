package server

import (
	"strings"
	"testing"
)

const portXLIFF = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en"><file id="f">
<unit id="u"><segment><source>涉案金额90亿元。</source><target>The amount was 90 billion yuan.</target></segment>
<segment><source>结束。</source></segment></unit></file></xliff>`

// TestImportXLIFF sends a file that holds both sides: the table says so, its
// pairs become the units, and one that breaks a rule is refused with its line.
func TestImportXLIFF(t *testing.T) {
	o := newOffice(t)
	table := o.sendFiles(map[string]string{"port.xlf": portXLIFF, "bad.xlf": "<xliff\n"})
	page := o.get("bai", table).ok().says("main", "This file holds the text beside its translation").says("main", "bad.xlf:")
	o.fill("bai", table, with(page.tableForm(), "act", "take")...).to()
	o.until("bai", table, "ul.results")
	doc := o.documents()[0]
	o.get("bai", documentPath(doc, "")).ok().says("main", "涉案金额90亿元").says("main", "The amount was 90 billion yuan")
	o.propose("lin", o.unit(doc, ""), "The end.") // the last unit, which has no words yet
	want := strings.Replace(portXLIFF, "结束。</source>", "结束。</source><target>The end.</target>", 1)
	if got := o.get("tan", documentPath(doc, "/export/file?policy=latest")).ok().body; got != want {
		t.Errorf("the file comes back as %s", got)
	}
}
