package server

import (
	"bytes"
	"net/http"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

func (s *Server) recordRoutes() []route {
	const record = "/documents/:document/releases/:release/record"
	return []route{
		get(record, inDocument, corpus.Read, (*visit).showRecord),         // who answers for each sentence, to print
		get(record+"/file", inDocument, corpus.Read, (*visit).sendRecord), // the same as a file that stands for itself
	}
}

// recordPage is the full record of a release.
type recordPage struct {
	basePage
	Record workflow.ReleaseRecord
}

func (*recordPage) template() string { return "record.html" }

func (v *visit) record() (workflow.ReleaseRecord, error) {
	return v.desk.Record(v.context(), v.user.ID, v.doc.ID, corpus.SnapshotID(v.c.Param("release")))
}

func (v *visit) showRecord() error {
	rec, err := v.record()
	if err != nil {
		return err
	}
	crumbs := v.documentCrumbs(v.t("record.heading"))
	return v.show(&recordPage{v.newBase(v.t("release.title", v.doc.Name, rec.Release.Name), crumbs...), rec})
}

func (v *visit) sendRecord() error {
	rec, err := v.record()
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := v.views.WriteRecord(&buf, v.lang, rec); err != nil {
		return err
	}
	v.c.Header("Content-Disposition", attachment(rec.Document.Name+" "+rec.Release.Name+".html"))
	v.c.Header("Cache-Control", "no-store")
	v.c.Data(http.StatusOK, "text/html; charset=utf-8", buf.Bytes())
	return nil
}
