package server

import (
	"net/url"
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

func (s *Server) importRoutes() []route {
	const upload = "/projects/:project/imports/:import"
	return []route{
		get("/projects/:project/import", inProject, corpus.Import, (*visit).showImport),                                                           // the field for files
		{method: "POST", path: "/projects/:project/import", in: inProject, need: corpus.Import, limit: bodyUpload, handle: (*visit).receiveFiles}, // they come in
		get(upload, inProject, corpus.Import, (*visit).showUpload),                                                                                // the table, the preview, the progress, the result
		get(upload+"/progress", inProject, corpus.Import, (*visit).showProgress),                                                                  // of the job under way, for script
		post(upload, inProject, corpus.Import, (*visit).changeUpload),                                                                             // the table was filled in
		post(upload+"/take", inProject, corpus.Import, (*visit).takeUpload),                                                                       // yes, after the preview
		post(upload+"/cancel", inProject, corpus.Import, (*visit).cancelUpload),                                                                   // the job under way
		post(upload+"/drop", inProject, corpus.Import, (*visit).dropUpload),                                                                       // the files, unread
	}
}

// importPage is the field for files.
type importPage struct {
	basePage
	For *corpus.Document // whose source is wanted; nil for any documents
}

func (*importPage) template() string { return "import.html" }

func (v *visit) showImport() error {
	p := &importPage{basePage: v.newBase(v.t("import.title"), crumb{v.project.Name, v.projectURL("")}, crumb{Name: v.t("import.title")})}
	if id := v.c.Query("for"); id != "" {
		doc, _, err := v.sourceless(corpus.DocumentID(id))
		if err != nil {
			return err
		}
		p.For = &doc
	}
	return v.show(p)
}

// sourceless returns a document of the project that has a translation alone,
// with the version that has it.
func (v *visit) sourceless(id corpus.DocumentID) (corpus.Document, corpus.Version, error) {
	var doc corpus.Document
	var version corpus.Version
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		if doc, err = r.Document(id); err != nil {
			return err
		}
		if doc.Project != v.project.ID {
			return corpus.Errorf(corpus.NotFound, "the document is not of this project")
		}
		version, err = r.Version(doc.Current)
		return err
	})
	if err == nil && (version.Source.Present() || !version.Target.Present()) {
		err = corpus.Errorf(corpus.Conflict, "%s has its source already", doc.Name)
	}
	return doc, version, err
}

// receiveFiles reads what was sent, keeps it, and shows it as a table.
func (v *visit) receiveFiles() error {
	expected := v.c.Request.ContentLength
	if expected < 0 || expected > bodyUpload {
		expected = bodyUpload
	}
	if err := v.uploads.reserve(v.now(), expected); err != nil {
		return err
	}
	up, err := v.readUpload()
	if err != nil {
		v.uploads.release(expected)
		return err
	}
	v.uploads.release(expected - up.size)
	v.uploads.add(v.now(), up)
	to := v.uploadURL(up, "")
	if v.wantsFragment() {
		return v.json(map[string]string{"to": to})
	}
	return v.redirect(to)
}

func (v *visit) readUpload() (*upload, error) {
	form, err := v.readSent()
	if err != nil {
		return nil, err
	}
	if len(form.files)+len(form.refused) == 0 {
		return nil, corpus.Errorf(corpus.Invalid, "no file was chosen")
	}
	up := &upload{user: v.user.ID, project: v.project.ID, size: form.size, refused: form.refused, table: table{files: form.files}}
	if form.forDoc != "" && len(form.files) > 0 {
		if err := v.addSource(up, form.forDoc); err != nil {
			return nil, err
		}
	} else {
		docs, err := v.documents()
		if err != nil {
			return nil, err
		}
		up.rows = pairUp(up.files, v.project, docs)
		if err := v.recognise(up, docs); err != nil {
			return nil, err
		}
	}
	_, err = up.inspect(v)
	return up, err
}

// addSource makes the first file the source of a document whose translation is
// there already.
func (v *visit) addSource(up *upload, id corpus.DocumentID) error {
	doc, version, err := v.sourceless(id)
	if err != nil {
		return err
	}
	var data []byte
	err = v.store.View(v.context(), func(r corpus.Reader) (err error) {
		data, err = r.Blob(version.Target.Hash)
		return err
	})
	if err != nil {
		return err
	}
	up.files = append(up.files, uploadFile{name: version.Target.Name, data: data, kept: true})
	up.engine, up.label = version.Engine, version.Label
	up.rows = []uploadedRow{{take: true, name: doc.Name, source: 0, target: len(up.files) - 1, versionOf: doc.ID}}
	for i := range up.files[1 : len(up.files)-1] {
		up.rows = append(up.rows, uploadedRow{name: up.files[i+1].name, source: none, target: i + 1})
	}
	return nil
}

// documents returns the project's documents by name.
func (v *visit) documents() ([]corpus.Document, error) {
	var docs []corpus.Document
	err := v.store.View(v.context(), func(r corpus.Reader) (err error) {
		docs, err = r.Documents(v.project.ID)
		return err
	})
	return docs, err
}

// upload returns the upload the path names.
func (v *visit) upload() (*upload, error) {
	return v.uploads.get(v.now(), v.c.Param("import"), v.user.ID, v.project.ID)
}

func (v *visit) uploadURL(up *upload, rest string) string {
	return v.projectURL("/imports/" + url.PathEscape(up.id) + rest)
}

// changeUpload takes over the table. It goes on to the import only if everything
// that is said of the rows was there to be read before.
func (v *visit) changeUpload() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	if err := v.c.Request.ParseForm(); err != nil {
		return corpus.Errorf(corpus.Invalid, "the form did not arrive whole")
	}
	t := up.tableCopy()
	if v.c.PostForm("act") == "back" {
		if err := up.setTable(t); err != nil {
			return err
		}
		return v.redirect(v.uploadURL(up, ""))
	}
	t.applyForm(v.c.Request.PostForm)
	news, err := t.inspect(v)
	if err != nil {
		return err
	}
	if err := up.setTable(t); err != nil {
		return err
	}
	chosen := t.chosen()
	switch {
	case v.c.PostForm("act") != "take" || v.c.PostForm("swap") != "":
	case len(chosen) == 0:
		return v.redirect(v.uploadURL(up, "?look=nothing"))
	case news:
		return v.redirect(v.uploadURL(up, "?look=again"))
	case slices.ContainsFunc(chosen, func(i int) bool { return t.rows[i].versionOf != "" }):
		err = v.startPreview(up)
	default:
		err = v.startTake(up)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.uploadURL(up, ""))
}

// takeUpload takes what was previewed.
func (v *visit) takeUpload() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	if err := up.chooseReturned(form); err != nil {
		return err
	}
	if err := v.startTake(up); err != nil {
		return err
	}
	return v.redirect(v.uploadURL(up, ""))
}

func (v *visit) cancelUpload() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	up.stop()
	return v.redirect(v.uploadURL(up, ""))
}

// dropUpload forgets the files; a job under way is cancelled first.
func (v *visit) dropUpload() error {
	up, err := v.upload()
	if err != nil {
		return err
	}
	if up.atWork() {
		return v.cancelUpload()
	}
	v.uploads.forget(up)
	return v.redirect(v.projectURL(""))
}
