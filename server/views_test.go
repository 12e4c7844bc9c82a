package server

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"

	"github.com/jba/templatecheck"

	"github.com/reviseur/reviseur/templates"
)

// pages has one of each type of page. A new page gets its word here.
func pages() []page {
	return []page{
		&accountsPage{}, &alignmentPage{}, &batchPage{}, &changesPage{}, &checkPage{}, &checksPage{}, &dismissalsPage{}, &documentChecksPage{}, &figuresPage{}, &fixesPage{}, &documentHistoryPage{}, &errorPage{}, &exportPage{}, &reviewTablePage{}, &helpPage{}, &homePage{}, &importPage{}, &linkPage{},
		&membersPage{}, &phrasesPage{}, &projectPage{}, &queuePage{}, &rangePage{}, &readingPage{}, &releasePage{}, &recordPage{}, &reportPage{}, &cleaningPage{}, &settingsPage{}, &signInPage{}, &unitHistoryPage{},
		&termImportPage{}, &termUsesPage{}, &termsPage{}, &uploadPage{}, &whoPage{}, &workbenchPage{},
	}
}

// TestViewTypes holds every view to the type that it shows, in branches too
// that no data of a test reaches.
func TestViewTypes(t *testing.T) {
	set, err := templates.Parse(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, p := range pages() {
		shown[p.template()] = true
		for _, lang := range templates.Languages() {
			view, err := set.Template(p.template(), lang)
			if err != nil {
				t.Fatal(err)
			}
			if err := templatecheck.CheckHTML(view, p); err != nil {
				t.Errorf("%s: %v", p.template(), err)
			}
		}
	}
	for _, name := range set.Views() {
		if !shown[name] {
			t.Errorf("no page in the list shows the view %s", name)
		}
	}
}

// What views may not hold: the content-security policy forbids style and script
// inside a page, and nothing may take a text for markup.
var forbidden = []*regexp.Regexp{
	regexp.MustCompile(`(?i)<style|\sstyle\s*=`),
	regexp.MustCompile(`(?i)\son[a-z]+\s*=\s*["']`),
	regexp.MustCompile(`(?i)javascript:`),
	regexp.MustCompile(`(?i)<script(>|\s+type="module">)`),
	regexp.MustCompile(`(?i)(src|href)\s*=\s*"(https?:)?//`),
}

func TestViewsPlain(t *testing.T) {
	names, err := fs.Glob(templates.Files, "views/*.html")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d views, %v", len(names), err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(templates.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range forbidden {
			if found := f.Find(data); found != nil {
				t.Errorf("%s holds %q", name, found)
			}
		}
	}
	for _, bad := range []string{`<p style="x">`, `<script>`, `<button onclick="x">`, `<a href="javascript:x">`, `<script src="https://x">`} {
		if !slices.ContainsFunc(forbidden, func(f *regexp.Regexp) bool { return f.MatchString(bad) }) {
			t.Errorf("%s would pass", bad)
		}
	}
}
