package server

import (
	"context"
	"log/slog"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// brokeDown says of work outside of a request that a panic ended it.
const brokeDown = "something went wrong inside; nothing was changed"

// rowWork is done on one row of an upload.
type rowWork func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) error

// start runs work on each chosen row of an upload in the background, from
// phase during to phase after. A row that fails says why, and the next one has its
// turn. start itself fails where the upload is at work already.
func (u *uploads) start(up *upload, log *slog.Logger, during, after phase, work rowWork) error {
	slots := u.workers() // before the upload's own lock: that is the order of the two
	up.mu.Lock()
	defer up.mu.Unlock()
	if up.phase != phaseTable && up.phase != phasePreviewed {
		return errAtWork
	}
	rows := up.chosen()
	if len(rows) == 0 {
		return corpus.Errorf(corpus.Invalid, "no document is chosen")
	}
	ctx, cancel := context.WithCancel(context.Background())
	back := up.phase
	up.phase, up.cancel, up.cancelled = during, cancel, false
	up.at, up.of, up.step = 0, len(rows), workflow.Step{Stage: "wait"}
	u.running.Go(func() {
		defer cancel()
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		case <-ctx.Done():
		}
		for n, i := range rows {
			if ctx.Err() != nil {
				break
			}
			row, in := up.begin(n+1, i)
			err := corpus.Caught(brokeDown, func() error { return work(ctx, &row, in, up.tell) })
			if err != nil && ctx.Err() == nil {
				row.fail(err, after)
				if corpus.KindOf(err) == corpus.Internal {
					log.Error("import failed", "project", up.project, "err", err)
				}
			}
			up.keep(i, row)
		}
		u.finish(up, after, back)
	})
	return nil
}

// fail notes why a row did not reach a phase.
func (row *uploadedRow) fail(err error, after phase) {
	if after == phaseDone {
		row.failed = corpus.Message(err)
	} else {
		row.problem = corpus.Message(err)
	}
}

// workers returns the channel that bounds how many jobs work at once.
func (u *uploads) workers() chan struct{} {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.slots == nil {
		u.slots = make(chan struct{}, uploadWorkers)
	}
	return u.slots
}

// begin notes which row is at work and returns a copy of it, so that no lock is
// held while it is.
func (up *upload) begin(n, i int) (uploadedRow, workflow.Delivery) {
	up.mu.Lock()
	defer up.mu.Unlock()
	up.at, up.step = n, workflow.Step{Stage: "read"}
	return up.rows[i], up.delivery(up.rows[i])
}

func (up *upload) tell(s workflow.Step) {
	up.mu.Lock()
	up.step = s
	up.mu.Unlock()
}

func (up *upload) keep(i int, row uploadedRow) {
	up.mu.Lock()
	up.rows[i] = row
	up.mu.Unlock()
}

// finish ends a job. A preview that was cancelled goes back to its table; what
// was taken in was taken in.
func (u *uploads) finish(up *upload, after, back phase) {
	up.mu.Lock()
	up.cancel = nil
	up.phase = after
	if up.cancelled && after != phaseDone {
		up.phase = back
	}
	up.mu.Unlock()
	if after == phaseDone {
		u.release(up.empty())
	}
}

// startPreview computes what each new version among the rows would do.
func (v *visit) startPreview(up *upload) error {
	desk, user := v.desk, v.user.ID
	return v.uploads.start(up, v.log, phasePreview, phasePreviewed, func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) error {
		if row.versionOf == "" {
			return nil
		}
		if err := lookReturned(ctx, desk, user, row, in); err != nil {
			return err
		}
		p, err := desk.Preview(ctx, user, in, step)
		if err == nil {
			row.preview = &p
		}
		return err
	})
}

// startTake takes the rows in. Each is taken whole or not at all.
func (v *visit) startTake(up *upload) error {
	desk, user, project := v.desk, v.user.ID, v.project.ID
	return v.uploads.start(up, v.log, phaseTake, phaseDone, func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) error {
		out, err := takeRow(ctx, desk, user, project, row, in, step)
		if err == nil {
			row.imported = &out
		}
		return err
	})
}
