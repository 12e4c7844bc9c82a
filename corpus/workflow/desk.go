// Package workflow holds the verbs of review as functions over a store. The
// command line and the pages call the same ones, so the same rules hold in
// both: what may be done stands in corpus (verb.go), what it does stands here,
// one file a verb.
//
// Every act goes the same way. What is costly is computed first, outside the
// store's writer: the file with the new wording is put together and read again,
// the checks run. Then, in one update, the record is read, the rule is asked,
// rows are added, the event is sealed and the unit's summary is derived anew.
//
//	desk := workflow.New(store, workflow.Options{})
//	saved, err := desk.Propose(ctx, actor, workflow.Wording{Unit: id, Text: "…"})
//
// The package knows no database, no HTTP and no terminal; it reads no clock but
// the one it is given, and writes no text of a document to any log.
package workflow

import (
	"context"
	"sync"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// Desk is where acts are done. It is safe for concurrent use.
type Desk struct {
	store corpus.Store
	now   func() time.Time
	files *fileCache

	// restoring is held while a review is taken back: two at once would open
	// accounts for the same people.
	restoring sync.Mutex

	passwords *passwords
	regimes   regimeCache
	ledgers   ledgerCache
}

// Options changes what a desk takes from its surroundings.
type Options struct {
	Now   func() time.Time // the clock; time.Now where nil
	Costs Costs            // of a password's hash; those of today where zero
}

// New returns a desk over the store.
func New(store corpus.Store, o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{store: store, now: o.Now, files: newFileCache(8), passwords: newPasswords(o.Costs)}
}

// clock returns the time as records keep it: UTC, whole milliseconds.
func (d *Desk) clock() time.Time { return d.now().UTC().Truncate(time.Millisecond) }

// View reads the store; it is for questions that need no rule asked.
func (d *Desk) View(ctx context.Context, f func(corpus.Reader) error) error {
	return d.store.View(ctx, f)
}
