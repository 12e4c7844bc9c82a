package sqlstore

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// The bounds of a round. They keep the first caller of a round from waiting
// long for the others, and a reader's log from growing.
const (
	roundJobs = 256
	roundTime = 10 * time.Millisecond
)

// The search index is brought up to date when nothing was asked of the writer
// for indexIdle, and once in indexEvery rounds under steady load.
const (
	indexIdle  = 250 * time.Millisecond
	indexEvery = 64
)

// writer does all updates of this process on one connection.
type writer struct {
	db   *sql.DB
	conn *sql.Conn

	queue chan *job
	done  chan struct{} // closed when run has returned

	mu     sync.RWMutex // held to read while a job is put into the queue
	closed bool
}

// job is one caller's update.
type job struct {
	f     func(corpus.Tx) error
	taken atomic.Bool // by the writer, which runs it, or by the caller, who gave it up
	done  chan struct{}
	err   error // valid when done is closed
}

func startWriter(ctx context.Context, db *sql.DB, queue int) (*writer, error) {
	var conn *sql.Conn
	err := patiently(ctx, func() (err error) {
		conn, err = db.Conn(ctx)
		return err
	})
	if err != nil {
		db.Close()
		return nil, fault("store", err)
	}
	w := &writer{db: db, conn: conn, queue: make(chan *job, queue), done: make(chan struct{})}
	go w.run()
	return w, nil
}

// do queues f and waits for its result. When ctx ends first f is not called;
// once the writer has begun with it the caller gets the real result.
func (w *writer) do(ctx context.Context, f func(corpus.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{f: f, done: make(chan struct{})}
	if err := w.put(j); err != nil {
		return err
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
	}
	if j.taken.CompareAndSwap(false, true) {
		return ctx.Err()
	}
	<-j.done
	return j.err
}

func (w *writer) put(j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return closedError(nil)
	}
	select {
	case w.queue <- j:
		return nil
	default:
		return corpus.Errorf(corpus.Unavailable, "too many changes are waiting to be saved; try again in a moment")
	}
}

// stop lets the waiting jobs be done and closes the connection.
func (w *writer) stop() error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
	w.conn.Close()
	return w.db.Close()
}

// run does rounds until the queue is closed and empty.
func (w *writer) run() {
	defer close(w.done)
	behind, rounds := true, 0 // whether the search index may lack something
	for {
		var idle <-chan time.Time
		if behind {
			idle = time.After(indexIdle)
		}
		select {
		case j, ok := <-w.queue:
			if !ok {
				return
			}
			w.round(j)
			behind = true
			if rounds++; rounds%indexEvery == 0 {
				behind = w.indexSlice()
			}
		case <-idle:
			behind = w.indexSlice()
		}
	}
}

// round makes first, and the jobs that wait behind it, durable with one commit.
func (w *writer) round(first *job) {
	if err := w.statement("BEGIN IMMEDIATE"); err != nil {
		w.refuse(first, fault("store", err))
		return
	}
	var ran []*job
	var lost error // the whole transaction is gone
	end := time.Now().Add(roundTime)
	for j := first; j != nil; j = w.next(len(ran), end) {
		if !j.taken.CompareAndSwap(false, true) {
			continue
		}
		ran = append(ran, j)
		if lost = w.try(j); lost != nil {
			break // before another job is taken from the queue: it would never be answered
		}
	}
	if lost == nil {
		lost = fault("store", w.statement("COMMIT"))
	}
	if lost != nil {
		_ = w.statement("ROLLBACK") // fails where SQLite has done it already
	}
	for _, j := range ran {
		if lost != nil && j.err == nil {
			j.err = lost
		}
		close(j.done)
	}
}

// next returns a waiting job while the round has room for one.
func (w *writer) next(ran int, end time.Time) *job {
	if ran >= roundJobs || time.Now().After(end) {
		return nil
	}
	select {
	case j := <-w.queue: // nil once the queue is closed
		return j
	default:
		return nil
	}
}

// refuse answers first and all that wait with err: each of them would have to
// wait as long again for the same answer.
func (w *writer) refuse(first *job, err error) {
	for j, n := first, len(w.queue); j != nil; n-- {
		if j.taken.CompareAndSwap(false, true) {
			j.err = err
			close(j.done)
		}
		if n <= 0 {
			return
		}
		j = <-w.queue
	}
}

// try runs a job in a savepoint and leaves its result in j.err. It returns an
// error only if the round as a whole cannot go on.
func (w *writer) try(j *job) error {
	if err := w.statement("SAVEPOINT job"); err != nil {
		return fault("store", err)
	}
	j.err = w.call(j.f)
	if j.err == nil {
		return fault("store", w.statement("RELEASE job"))
	}
	err := w.statement("ROLLBACK TO job")
	if err == nil {
		err = w.statement("RELEASE job")
	}
	if err != nil && broken(j.err) {
		return j.err
	}
	return fault("store", err)
}

// call runs f on the connection. A panic becomes the caller's error. f has a
// goroutine of its own, so that not even runtime.Goexit, which a failing test
// calls, ends the writer.
func (w *writer) call(f func(corpus.Tx) error) (err error) {
	t := &tx{
		session:  session{ctx: context.Background(), conn: w.conn},
		deltas:   map[corpus.VersionID]*corpus.Progress{},
		versions: map[corpus.UnitID]corpus.VersionID{},
	}
	ended := make(chan struct{})
	go func() {
		err = corpus.Errorf(corpus.Internal, "an update ended without a result")
		defer close(ended)
		err = corpus.Caught("an update failed inside; nothing of it was saved", func() error {
			if err := f(t); err != nil {
				return err
			}
			return t.flush()
		})
	}()
	<-ended
	t.over.Store(true)
	return err
}

// statement runs SQL that takes no arguments, outside of any caller's context.
func (w *writer) statement(query string) error {
	_, err := w.conn.ExecContext(context.Background(), query)
	return err
}
