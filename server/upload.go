package server

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// The bounds of what is kept of files that are not taken yet.
const (
	uploadsHeld   = 256 << 20 // bytes, of everybody together
	uploadsEach   = 4         // uploads of one person; the oldest makes room
	uploadFiles   = 200       // files of one upload
	uploadKept    = time.Hour // since somebody last looked
	uploadWorkers = 2         // uploads that are read or taken in at once
)

// uploads keeps what people sent until they say what to do with it: in memory,
// bounded, for an hour. Nothing of it is stored, and a restart forgets it.
// The zero value is ready for use.
type uploads struct {
	running sync.WaitGroup

	mu    sync.Mutex
	slots chan struct{} // one for each job at work
	held  int64         // bytes of all uploads, those still arriving included
	all   map[string]*upload
}

var errAtWork = corpus.Errorf(corpus.Conflict, "these files are being worked on already, or are done")

// phase is how far an upload is. The words stand in messages.
type phase string

const (
	phaseTable     phase = "table"     // its table waits for a yes
	phasePreview   phase = "preview"   // what its new versions would do is being computed
	phasePreviewed phase = "previewed" // and waits for a yes
	phaseTake      phase = "take"      // it is being taken in
	phaseDone      phase = "done"      // the result can be read; the bytes are gone
)

// upload is what one person sent at once, on its way to becoming documents.
type upload struct {
	id      string
	user    corpus.UserID
	project corpus.ProjectID

	mu      sync.Mutex // of everything below
	touched time.Time
	size    int64 // bytes held
	table
	refused   []string // FILE:LINE: reason
	phase     phase
	at, of    int // while at work: the document under way, from 1, and how many there are
	step      workflow.Step
	cancel    context.CancelFunc
	cancelled bool
}

// table is what an upload would become: files, the documents they make up, and
// the run they came from.
type table struct {
	files         []uploadFile
	rows          []uploadedRow
	engine, label string
}

// uploadFile is a file that can be read.
type uploadFile struct {
	name string
	data []byte
	kept bool // a file the project has already, offered to stand beside new ones
}

// reserve makes room for n bytes that are about to arrive.
func (u *uploads) reserve(now time.Time, n int64) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sweep(now)
	if u.held+n > uploadsHeld {
		return corpus.Errorf(corpus.Unavailable, "too many uploads wait to be taken in at this moment; try again in a few minutes")
	}
	u.held += n
	return nil
}

func (u *uploads) release(n int64) {
	u.mu.Lock()
	u.held -= n
	u.mu.Unlock()
}

// add keeps an upload whose bytes were reserved.
func (u *uploads) add(now time.Time, up *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up.id, up.touched, up.phase = corpus.NewID[string](), now, phaseTable
	var own []*upload
	for _, other := range u.all {
		if other.user == up.user && !other.atWork() {
			own = append(own, other)
		}
	}
	slices.SortFunc(own, func(a, b *upload) int { return cmp.Compare(a.id, b.id) })
	for len(own) >= uploadsEach {
		u.drop(own[0])
		own = own[1:]
	}
	if u.all == nil {
		u.all = map[string]*upload{}
	}
	u.all[up.id] = up
}

// get returns an upload of the user in the project.
func (u *uploads) get(now time.Time, id string, user corpus.UserID, project corpus.ProjectID) (*upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sweep(now)
	up, ok := u.all[id]
	if !ok || up.user != user || up.project != project {
		return nil, corpus.Errorf(corpus.NotFound, "these files are not kept any more; choose them again")
	}
	up.touch(now)
	return up, nil
}

// of returns the uploads of the user in the project, oldest first.
func (u *uploads) of(now time.Time, user corpus.UserID, project corpus.ProjectID) []*upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sweep(now)
	var own []*upload
	for _, up := range u.all {
		if up.user == user && up.project == project {
			own = append(own, up)
		}
	}
	slices.SortFunc(own, func(a, b *upload) int { return cmp.Compare(a.id, b.id) })
	return own
}

// forget drops an upload that its owner does not want any more.
func (u *uploads) forget(up *upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, ok := u.all[up.id]; ok {
		u.drop(up)
	}
}

// sweep drops what nobody looked at for an hour. u.mu is held.
func (u *uploads) sweep(now time.Time) {
	for _, up := range u.all {
		if up.idle(now) > uploadKept && !up.atWork() {
			u.drop(up)
		}
	}
}

// drop forgets an upload. u.mu is held.
func (u *uploads) drop(up *upload) {
	delete(u.all, up.id)
	u.held -= up.empty()
}

// close cancels the jobs under way and waits for them to have cleaned up.
func (u *uploads) close() {
	u.mu.Lock()
	for _, up := range u.all {
		up.stop()
	}
	u.mu.Unlock()
	u.running.Wait()
}

func (up *upload) touch(now time.Time) {
	up.mu.Lock()
	up.touched = now
	up.mu.Unlock()
}

func (up *upload) idle(now time.Time) time.Duration {
	up.mu.Lock()
	defer up.mu.Unlock()
	return now.Sub(up.touched)
}

func (up *upload) atWork() bool {
	up.mu.Lock()
	defer up.mu.Unlock()
	return up.phase == phasePreview || up.phase == phaseTake
}

// empty lets go of the bytes and returns how many they were.
func (up *upload) empty() int64 {
	up.mu.Lock()
	defer up.mu.Unlock()
	n := up.size
	up.size = 0
	for i := range up.files {
		up.files[i].data = nil
	}
	return n
}

// stop cancels the job under way, if there is one.
func (up *upload) stop() {
	up.mu.Lock()
	defer up.mu.Unlock()
	if up.cancel != nil {
		up.cancelled = true
		up.cancel()
	}
}

// tableCopy returns the table to be worked on while nobody waits for it.
func (up *upload) tableCopy() table {
	up.mu.Lock()
	defer up.mu.Unlock()
	t := up.table
	t.rows = slices.Clone(t.rows)
	return t
}

// setTable puts a changed table in the place of the old one, unless a job has
// begun with that.
func (up *upload) setTable(t table) error {
	up.mu.Lock()
	defer up.mu.Unlock()
	if up.phase != phaseTable && up.phase != phasePreviewed {
		return errAtWork
	}
	up.table, up.phase = t, phaseTable
	return nil
}
