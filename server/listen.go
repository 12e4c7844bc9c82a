package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// The time-outs of connections; bodies and answers have their own (body.go).
const (
	headersArrive  = 10 * time.Second
	connectionIdle = 2 * time.Minute
	headersSize    = 64 << 10
	goodbye        = 10 * time.Second // for requests under way when the server stops
)

// expireEvery is how often sessions, links and counts that ended are dropped.
const expireEvery = time.Hour

// attemptsKept is how long a count of failed attempts is kept after the last.
const attemptsKept = 24 * time.Hour

// Serve answers requests on the listener until ctx ends. Then no request is
// taken any more, those under way are answered, imports under way are taken
// back, and Serve returns.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headersArrive, IdleTimeout: connectionIdle, MaxHeaderBytes: headersSize,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	defer s.uploads.close()
	defer s.rechecks.close()
	defer s.followers.close()
	go s.expire(ctx)
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
	defer cancel()
	err := h.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = h.Close()
	}
	return err
}

// expire drops what ended, now and from time to time.
func (s *Server) expire(ctx context.Context) {
	tick := time.NewTicker(expireEvery)
	defer tick.Stop()
	for {
		err := s.store.Update(ctx, func(tx corpus.Tx) error { return tx.Expire(s.now(), s.now().Add(-attemptsKept)) })
		if err != nil && ctx.Err() == nil {
			s.log.Error("what expired could not be dropped", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
