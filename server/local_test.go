package server

import "testing"

// TestLocalNavigation finds the same line of pages on each page of a document,
// and of a project, with the page at hand marked, and each link good.
func TestLocalNavigation(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	unit := o.unit(doc, "accident")
	for path, here := range map[string]string{
		documentPath(doc, ""): "Text", documentPath(doc, "/read"): "Read", documentPath(doc, "/alignment"): "Pairs", documentPath(doc, "/figures"): "Figures",
		documentPath(doc, "/checks"): "Findings", documentPath(doc, "/checks/number.scale"): "Findings", documentPath(doc, "/cleaning"): "Cleaning", documentPath(doc, "/history"): "History", documentPath(doc, "/report"): "History",
		documentPath(doc, "/units/"+string(unit)+"/history"): "History", documentPath(doc, "/export"): "Export",
	} {
		if links := o.get("wu", path).ok().says("nav.local a[aria-current=page]", here).all("nav.local a"); len(links) != len(documentPages) {
			t.Errorf("%s has %d links, want %d", path, len(links), len(documentPages))
		}
	}
	for path, here := range map[string]string{"": "Documents", "/queue": "Review queue", "/terms": "Glossary", "/phrases": "Set phrases", "/checks": "Checks", "/dismissals": "Dismissed", "/who": "Who answers", "/members": "Members"} {
		if links := o.get("bai", o.projectPath(path)).ok().says("nav.local a[aria-current=page]", here).all("nav.local a"); len(links) != len(projectPages) {
			t.Errorf("%s has %d links, want %d", path, len(links), len(projectPages))
		}
	}
	o.get("wu", o.projectPath("")).ok().lacks("nav.local a[href$='/members']")
	o.get("wu", o.projectPath("/nothing")).is(404).lacks("nav.local")
	o.get("wu", "/").ok().lacks("nav.local")
}
