package server

import (
	"testing"
)

// A file that came before under the same name is offered as the next version of
// its document, beside the other side as it stands.
func TestImportKnown(t *testing.T) {
	o := newOffice(t)
	o.take("notice.md", portSource, portTarget) // its source is notice.zh.md
	test := func(name, text string, source, target, as string) {
		t.Helper()
		page := o.get("bai", o.sendFiles(map[string]string{name: text})).ok()
		page.says("select[name='source-0'] option[selected]", source).says("select[name='target-0'] option[selected]", target)
		if got := page.text("select[name='as-0'] option[selected]"); got != as {
			t.Errorf("%s is taken as %q, want %q", name, got, as)
		}
	}
	test("notice.md", portTarget+"\nMore.\n", "notice.zh.md (there already)", "notice.md", "new version of notice.md")
	test("notice.zh.md", portSource+"\n又一段。\n", "notice.zh.md", "notice.md (there already)", "new version of notice.md")
	test("run2/notice.md", portTarget+"\nMore.\n", "notice.zh.md (there already)", "run2/notice.md", "new version of notice.md")

	page := o.get("bai", o.sendFiles(map[string]string{"other.md": "One text.\n"})).ok()
	page.says("select[name='target-0'] option[selected]", "other.md").lacks("select[name='as-0'] option[selected]:not([value=''])")
}

// A name that two documents were received under is nobody's.
func TestImportKnownTwice(t *testing.T) {
	o := newOffice(t)
	o.take("a/notice.md", portSource, portTarget)
	o.take("b/notice.md", portSource, portTarget+"\nMore.\n")
	page := o.get("bai", o.sendFiles(map[string]string{"c/notice.md": "One text.\n"})).ok()
	page.lacks("select[name='as-0'] option[selected]:not([value=''])")
	page = o.get("bai", o.sendFiles(map[string]string{"b/notice.md": "One text.\n"})).ok()
	page.says("select[name='as-0'] option[selected]", "new version of b/notice.md")
}
