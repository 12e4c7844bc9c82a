package server

import (
	"context"
	"sync"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// followers run the checks of whole documents after a wording was saved: some
// time later, once for all saves of that time, and in nobody's way. They also read
// the figures of long documents to the end. The zero
// value is ready for use.
type followers struct {
	running sync.WaitGroup

	mu     sync.Mutex
	waits  map[corpus.DocumentID]bool // a run is due and has not begun
	reads  map[corpus.DocumentID]bool // the figures are being read
	ctx    context.Context
	cancel context.CancelFunc
}

// followAfter is how long the checks of a document wait for further saves.
const followAfter = 2 * time.Second

// follow has the checks of the whole document follow a saved wording.
func (v *visit) follow() {
	f, doc, user, desk, log := &v.followers, v.doc, v.user.ID, v.desk, v.log
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waits[doc.ID] {
		return
	}
	if !f.open() {
		return
	}
	f.waits[doc.ID] = true
	ctx := f.ctx
	f.running.Go(func() {
		select {
		case <-time.After(followAfter):
		case <-ctx.Done():
			return
		}
		f.mu.Lock()
		delete(f.waits, doc.ID)
		f.mu.Unlock()
		err := corpus.Caught(brokeDown, func() error {
			_, err := desk.Recheck(ctx, user, doc.Project, workflow.Recheck{Checks: wholeChecks(), Document: doc.ID}, nil)
			return err
		})
		if err != nil && ctx.Err() == nil {
			log.Error("checks of a document", "document", doc.ID, "err", err)
		}
	})
}

// open makes the followers ready, and reports whether more may begin; the lock
// is held.
func (f *followers) open() bool {
	if f.ctx == nil {
		f.waits, f.reads = map[corpus.DocumentID]bool{}, map[corpus.DocumentID]bool{}
		f.ctx, f.cancel = context.WithCancel(context.Background())
	}
	return f.ctx.Err() == nil // else the server is closing
}

// readFigures has the figures of the document read to its end, which a request
// does not wait for.
func (v *visit) readFigures() {
	f, doc, user, desk, log := &v.followers, v.doc, v.user.ID, v.desk, v.log
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.reads[doc.ID] || !f.open() {
		return
	}
	f.reads[doc.ID] = true
	ctx := f.ctx
	f.running.Go(func() {
		err := corpus.Caught(brokeDown, func() error {
			_, err := desk.WholeLedger(ctx, user, doc, false)
			return err
		})
		if err != nil && ctx.Err() == nil {
			log.Error("figures of a document", "document", doc.ID, "err", err)
		}
		f.mu.Lock()
		delete(f.reads, doc.ID)
		f.mu.Unlock()
	})
}

// wholeChecks are the ids of the checks that read whole documents.
func wholeChecks() []string {
	var ids []string
	for _, c := range check.All() {
		if c.RunDocument != nil {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// close ends what runs and waits for it.
func (f *followers) close() {
	f.mu.Lock()
	if f.cancel != nil {
		f.cancel()
	}
	f.mu.Unlock()
	f.running.Wait()
}
