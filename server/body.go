package server

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// How long a body may take to arrive, and an answer to leave.
const (
	formArrives   = 30 * time.Second
	uploadArrives = 10 * time.Minute
	answerLeaves  = 2 * time.Minute
)

// limitBody bounds the body of a request in size and time.
func (v *visit) limitBody(r route) {
	limit, arrives := r.limit, uploadArrives
	if limit == 0 {
		limit, arrives = bodyForm, formArrives
	}
	control := http.NewResponseController(v.c.Writer)
	// Where there is no connection, as in tests, there is nothing to bound.
	_ = control.SetWriteDeadline(time.Now().Add(answerLeaves + arrives))
	body := http.MaxBytesReader(v.c.Writer, v.c.Request.Body, limit)
	if v.c.Request.ContentLength == 0 {
		v.c.Request.Body = body
		return
	}
	_ = control.SetReadDeadline(time.Now().Add(arrives))
	v.c.Request.Body = &timedBody{body, control}
}

// timedBody takes the time limit back when the body has arrived: the server
// takes a limit that is reached later for a client that is gone.
type timedBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// parseForm reads a form whole, so that handlers find all of it or are not
// called.
func (v *visit) parseForm() error {
	if v.c.Request.Method != http.MethodPost {
		return nil
	}
	if err := v.c.Request.ParseForm(); err != nil {
		return badBody(err)
	}
	if err := v.c.Request.ParseMultipartForm(bodyForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return badBody(err)
	}
	return nil
}

// badBody says what was wrong with a body that could not be read.
func badBody(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &corpus.Error{Kind: corpus.TooLarge, Msg: "what was sent is too large", Err: err}
	}
	return &corpus.Error{Kind: corpus.Invalid, Msg: "what was sent could not be read", Err: err}
}
