package server

import (
	"net/http"
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

// route is one row of the table of what the server answers. A request that
// matches no row is not found, one with another method is not allowed.
type route struct {
	method string
	path   string      // gin's form: /documents/:document
	need   corpus.Verb // what one must be allowed to do in the project; see place
	in     place
	limit  int64 // bytes of the body; bodyForm where 0
	handle func(*visit) error
}

// place says in which project a route's need must be held, and so what its
// path names.
type place uint8

const (
	anybody    place = iota // no account is needed; need is empty
	signedIn                // any account; need is empty
	inProject               // the path names the project
	inDocument              // the path names a document of it
	inUnit                  // the path names a document and a unit of it
	instance                // admins; need is corpus.Administer
)

// Body limits.
const (
	bodyForm   = 256 << 10
	bodyUpload = 80 << 20 // two files of exchange.MaxSize and the form around them
)

// routes is the whole table. Each page's rows stand in the page's file.
func (s *Server) routes() []route {
	return slices.Concat(
		s.staticRoutes(),
		s.accountRoutes(),
		s.homeRoutes(),
		s.projectRoutes(),
		s.importRoutes(),
		s.workbenchRoutes(),
		s.actRoutes(),
		s.alignmentRoutes(),
		s.changesRoutes(),
		s.queueRoutes(),
		s.historyRoutes(),
		s.readingRoutes(),
		s.whoRoutes(),
		s.phraseRoutes(),
		s.reportRoutes(),
		s.recordRoutes(),
		s.cleaningRoutes(),
		s.exportRoutes(),
		s.termRoutes(),
		s.figureRoutes(),
		s.checkRoutes(),
		s.dismissalRoutes(),
		s.reviewTableRoutes(),
		s.helpRoutes(),
	)
}

func get(path string, in place, need corpus.Verb, handle func(*visit) error) route {
	return route{method: http.MethodGet, path: path, in: in, need: need, handle: handle}
}

func post(path string, in place, need corpus.Verb, handle func(*visit) error) route {
	return route{method: http.MethodPost, path: path, in: in, need: need, handle: handle}
}
