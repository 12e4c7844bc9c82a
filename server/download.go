package server

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// sendWorkingCopy sends the file with the wordings of a policy put in. Where a
// strict export is held back the page that lists what blocks answers.
func (v *visit) sendWorkingCopy() error {
	policy, err := workflow.ParsePolicy(v.c.DefaultQuery("policy", string(workflow.ApprovedOnly)))
	if err != nil {
		return err
	}
	export := v.desk.Export
	switch format := v.c.DefaultQuery("format", "original"); format {
	case "original":
	case "markdown":
		export = v.desk.ExportMarkdown
	default:
		return corpus.Errorf(corpus.Invalid, "no format %q; known are original and markdown", format)
	}
	out, err := export(v.context(), v.user.ID, v.doc.ID, policy)
	if corpus.KindOf(err) == corpus.Blocked {
		return v.exportPage(http.StatusConflict, releaseForm{Refused: v.refusal(err, out)})
	}
	if err != nil {
		return err
	}
	v.sendFile(draftName(out), out.Data)
	return nil
}

// sendReview sends the review in a format of interchange. Its name says that it
// is a draft, as that of a working copy does.
func (v *visit) sendReview() error {
	out, err := v.desk.ExportAs(v.context(), v.user.ID, v.doc.ID, v.c.Query("format"))
	if err != nil {
		return err
	}
	ext := path.Ext(out.Name)
	v.sendFile(fmt.Sprintf("%s.draft-%d-open%s", strings.TrimSuffix(out.Name, ext), out.Open, ext), out.Data)
	return nil
}

// sendRelease sends the bytes that were released, under the file's own name.
func (v *visit) sendRelease() error {
	s, err := v.releaseNamed()
	if err != nil {
		return err
	}
	var data []byte
	var version corpus.Version
	err = v.store.View(v.context(), func(r corpus.Reader) error {
		if version, err = r.Version(s.Version); err != nil {
			return err
		}
		data, err = r.Blob(s.Target)
		return err
	})
	if err != nil {
		return err
	}
	v.sendFile(path.Base(version.Target.Name), data)
	return nil
}

// draftName is the name of a working copy: nobody should take one for the final
// text, so it says that it is a draft and how many units are open.
func draftName(out workflow.Exported) string {
	name := path.Base(out.Name)
	ext := path.Ext(name)
	return fmt.Sprintf("%s.draft-%d-open%s", strings.TrimSuffix(name, ext), openUnits(out.Open), ext)
}

// openUnits counts the units among what is open; one may be open for several
// reasons.
func openUnits(open []workflow.Blocker) int {
	n, last := 0, corpus.UnitID("")
	for _, b := range open {
		if b.Unit != last {
			n, last = n+1, b.Unit
		}
	}
	return n
}

// sendFile sends bytes to be saved under a name, and never to be shown: a
// received text may hold markup.
func (v *visit) sendFile(name string, data []byte) {
	kind := "text/plain; charset=utf-8"
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		kind = "text/markdown; charset=utf-8"
	case ".xlf", ".tmx", ".tbx":
		kind = "application/xml; charset=utf-8"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	case ".tsv":
		kind = "text/tab-separated-values; charset=utf-8"
	case ".xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".jsonl":
		kind = "application/jsonl; charset=utf-8"
	}
	v.c.Header("Content-Disposition", attachment(name))
	v.c.Header("Cache-Control", "no-store")
	v.c.Data(http.StatusOK, kind, data)
}

// attachment is the Content-Disposition of a file to be saved: its name in
// UTF-8 (RFC 6266, RFC 8187), and in ASCII for those who do not read that.
func attachment(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/%;`, r) {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, ascii, strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
}
