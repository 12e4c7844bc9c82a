package server

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// safeBuffer is a buffer for many goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// listen puts a server in the office's place whose log can be read.
func (o *office) listen() *safeBuffer {
	o.Helper()
	log := &safeBuffer{}
	o.serve(Options{Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	return log
}

// serve puts another server over the same store in the office's place.
func (o *office) serve(options Options) {
	o.Helper()
	options.Store = o.store
	if options.Desk == nil {
		options.Desk = o.desk
	}
	if options.Log == nil {
		options.Log = slog.New(slog.NewTextHandler(o.Output(), nil))
	}
	o.desk = options.Desk
	var err error
	o.server, err = New(o.Context(), options)
	o.must(err)
	o.Cleanup(o.server.uploads.close)
	o.Cleanup(o.server.rechecks.close)
	o.Cleanup(o.server.followers.close)
}

// TestLog sends a word in every field of every form, as everybody, to good ends
// and bad ones. The log tells that things happened, and never the word.
func TestLog(t *testing.T) {
	const word = "Quastenflosser"
	o := newDoor(t).office
	log := o.listen()
	doc := o.take("port.md", portSource, strings.Replace(portTarget, "smuggling", word, 1))
	unit := o.unit(doc, word)
	fields := []string{"text", word + "\nfake=line", "note", word, "reason", word, "password", word + word, "again", word + word, "old", word, "name", word, "full", word,
		"function", word, "user", word, "role", word, "lang", word, "source", word, "target", word, "key-next", word, "quote", word, "target-quote", word, "q", word, "sentence", word, "back", "/" + word, "place", word, "category", word}
	place := target{doc.Project, doc.ID, unit}
	for _, r := range o.server.routes() {
		for _, name := range []string{"", "wu", "lin", "he", "bai", "admin"} {
			if r.path == "/sign-out" || strings.HasSuffix(r.path, "/close") {
				continue
			}
			if r.method == "POST" {
				o.fill(name, place.path(r), fields...)
			} else {
				o.get(name, place.path(r)+"?q="+word+"&text="+word+"&at="+word)
			}
		}
	}
	_, err := o.desk.Try(t.Context(), o.people["lin"], workflow.Wording{Unit: unit, Text: word})
	o.must(err)
	if log := log.String(); strings.Contains(log, word) {
		i := strings.Index(log, word)
		t.Errorf("the log says the word: …%s…", log[max(0, i-400):min(len(log), i+100)])
	} else if !strings.Contains(log, "refused") {
		t.Errorf("the log does not tell of refusals: %s", log)
	}
}

// TestLogTokens signs in by link and by password: neither is in the log.
func TestLogTokens(t *testing.T) {
	d := newDoor(t)
	log := d.listen()
	token, err := d.desk.SignInLink(t.Context(), d.people["he"], time.Hour)
	d.must(err)
	d.fill("", LinkPath(token)).to()
	d.fill("", signInPath, "name", "lin", "password", goodPassword).to()
	d.fill("", signInPath, "name", "lin", "password", "wrong"+goodPassword).is(403)
	said := log.String()
	for _, secret := range []string{token, goodPassword, corpus.LinkKey(token)} {
		if strings.Contains(said, secret) {
			t.Errorf("the log says the secret %s: %s", secret, said)
		}
	}
	if strings.Count(said, "signed in") != 2 || strings.Count(said, "sign-in refused") != 1 {
		t.Errorf("the log says %s", said)
	}
}
