package server

import (
	"testing"
)

func TestWorkbenchPage(t *testing.T) {
	o := newOffice(t)
	doc := o.take("notice.md", portSource, portTarget)
	for _, as := range []string{"wu", "lin", "he", "tan", "bai"} {
		o.get(as, documentPath(doc, "")).ok().has("article.row[aria-current]", "#panel h2", "#counts .chip")
	}
}
