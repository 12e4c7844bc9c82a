package server

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// start runs work on each chosen row of an upload in the background, from
// phase during to phase after. It fails where the upload is at work already.
func (u *uploads) start(up *upload, during, after phase, work func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step))) error {
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
			work(ctx, &row, in, up.tell)
			up.keep(i, row)
		}
		u.finish(up, after, back)
	})
	return nil
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
	return v.uploads.start(up, phasePreview, phasePreviewed, func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) {
		if row.versionOf == "" {
			return
		}
		if err := lookReturned(ctx, desk, user, row, in); err != nil {
			row.problem = corpus.Message(err)
			return
		}
		p, err := desk.Preview(ctx, user, in, step)
		switch {
		case err == nil:
			row.preview = &p
		case ctx.Err() == nil:
			row.problem = corpus.Message(err)
		}
	})
}

// startTake takes the rows in. Each is taken whole or not at all.
func (v *visit) startTake(up *upload) error {
	desk, user, project, log := v.desk, v.user.ID, v.project.ID, v.log
	return v.uploads.start(up, phaseTake, phaseDone, func(ctx context.Context, row *uploadedRow, in workflow.Delivery, step func(workflow.Step)) {
		out, err := takeRow(ctx, desk, user, project, row, in, step)
		switch {
		case err == nil:
			row.imported = &out
		case ctx.Err() == nil:
			row.failed = corpus.Message(err)
			if corpus.KindOf(err) == corpus.Internal {
				log.Error("import failed", "project", project, "err", err)
			}
		}
	})
}
