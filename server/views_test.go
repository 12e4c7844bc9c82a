package server

import (
	"testing"

	"github.com/jba/templatecheck"

	"github.com/reviseur/reviseur/templates"
)

// The views of projects and their documents fit the types that they show, in
// branches too that no data of a test reaches.
func TestViewTypes(t *testing.T) {
	set, err := templates.Parse(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []page{&projectPage{}, &importPage{}, &uploadPage{}, &exportPage{}, &releasePage{}, &whoPage{}} {
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
}
