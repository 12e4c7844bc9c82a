// Package server shows the workbench in a browser: the pages in which
// translators correct, reviewers approve and exporters hand back the file. It
// asks package workflow for everything that is done, and holds no rule of its
// own.
//
// One table (routes.go) says for every path which method it takes, what one must
// be allowed to do in the project, and how large its body may be; a request
// that is not in the table does not get in. One file holds one page: its struct,
// its handler, its form. Handlers return errors; error.go turns them into pages.
//
// Pages work as forms without script. Script makes them quick (templates/static).
package server

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/templates"
)

// Options is what a server is made of.
type Options struct {
	Store  corpus.Store
	Desk   *workflow.Desk
	Log    *slog.Logger
	Files  fs.FS            // views, style, script and messages; those of the program where nil
	Reload bool             // read Files anew for each request, for whoever edits them
	Secure bool             // people come by HTTPS, to us or to a proxy before us
	Now    func() time.Time // the clock; time.Now where nil
}

// Server answers requests.
type Server struct {
	store    corpus.Store
	desk     *workflow.Desk
	parsed   *templates.Set
	files    fs.FS
	reload   bool
	secure   bool
	sessions *scs.SessionManager
	guard    *http.CrossOriginProtection
	log      *slog.Logger
	now      func() time.Time
	engine   *gin.Engine

	uploads    uploads    // files that wait for a yes, and imports under way
	termTables termTables // tables of terms that wait for a yes
	rechecks   rechecks   // jobs that check texts again
	followers  followers  // checks of whole documents that follow a save
}

// New returns a server over a store. It fails where a view cannot be parsed or
// the store cannot be read.
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{
		store: o.Store, desk: o.Desk, log: o.Log, now: o.Now, files: o.Files, reload: o.Reload, secure: o.Secure,
		guard: http.NewCrossOriginProtection(),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.files == nil {
		s.files = templates.Files
	}
	var err error
	if s.parsed, err = templates.Parse(s.files); err != nil {
		return nil, err
	}
	if s.sessions, err = newSessions(ctx, s.store, s.now, s.secure); err != nil {
		return nil, err
	}
	return s, s.build(s.routes())
}

// currentViews returns the views for one request.
func (s *Server) currentViews() (*templates.Set, error) {
	if s.reload {
		return templates.Parse(s.files)
	}
	return s.parsed, nil
}
