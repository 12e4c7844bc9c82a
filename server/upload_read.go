package server

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// sent is a form with files, as read from the request.
type sent struct {
	files   []uploadFile
	refused []string
	size    int64
	forDoc  corpus.DocumentID // the document whose source this is to be
}

// readSent reads a form with files. What cannot be a document is refused with
// FILE:LINE: reason, and the others are kept.
func (v *visit) readSent() (sent, error) {
	var form sent
	parts, err := v.c.Request.MultipartReader()
	if err != nil {
		return form, corpus.Errorf(corpus.Invalid, "no files came with this form")
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return form, nil
		}
		if err != nil {
			return form, readError(err)
		}
		if err := v.readPart(part, &form); err != nil {
			return form, err
		}
	}
}

func (v *visit) readPart(part *multipart.Part, form *sent) error {
	data, err := io.ReadAll(part)
	if err != nil {
		return readError(err)
	}
	switch part.FormName() {
	case "for":
		form.forDoc = corpus.DocumentID(data)
	case "files":
		name := sentName(part)
		if name == "" {
			return nil // a file field in which nothing was chosen
		}
		if len(form.files) == uploadFiles {
			return corpus.Errorf(corpus.TooLarge, "at most %d files can be sent at once", uploadFiles)
		}
		if reason := v.unreadable(form.files, name, data); reason != "" {
			form.refused = append(form.refused, reason)
			return nil
		}
		form.files = append(form.files, uploadFile{name: name, data: data})
		form.size += int64(len(data))
	}
	return nil
}

// readError says in words why a body could not be read.
func readError(err error) error {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return corpus.Errorf(corpus.TooLarge, "the files are larger than %d MB together; send fewer at once", tooLarge.Limit>>20)
	}
	return &corpus.Error{Kind: corpus.Invalid, Msg: "the files did not arrive whole; send them again", Err: err}
}

// sentName returns the name under which a file was sent, as a relative path
// with slashes. The standard library's Part.FileName drops the folders, by
// which sides are told apart (zh/a.md, en/a.md).
func sentName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	name := strings.ReplaceAll(params["filename"], `\`, "/")
	if name == "" {
		return ""
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// unreadable says why a file cannot be a document, or nothing.
func (v *visit) unreadable(others []uploadFile, name string, data []byte) string {
	if err := (corpus.File{Name: name, Hash: corpus.BlobHash(data)}).Validate(); err != nil {
		return corpus.Message(err)
	}
	for _, o := range others {
		if o.name == name {
			return name + ":1: " + v.t("import.twice")
		}
	}
	_, err := v.desk.Inspect(v.context(), v.user.ID, v.project.ID, workflow.Delivery{Target: &workflow.Received{Name: name, Data: data}})
	if err != nil {
		return corpus.Message(err)
	}
	return ""
}
