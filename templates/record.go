package templates

import (
	"bytes"
	"fmt"
	"html"
	"io"

	"golang.org/x/text/language"
)

// WriteRecord writes the record of a release, a workflow.ReleaseRecord, as an
// HTML file that stands for itself, in a language of the interface. Its styles
// stand inside it, which no page's do.
func (s *Set) WriteRecord(w io.Writer, lang language.Tag, record any) error {
	var body bytes.Buffer
	if err := s.Fragment(&body, "record.html", "record", lang, record); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "<!doctype html>\n<html lang=%q><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title><style>%s</style></head>\n<body class=\"alone\">%s</body></html>\n",
		lang.String(), html.EscapeString(s.Message(lang, "record.heading")), s.assets["record.css"].Data, body.Bytes())
	return err
}
