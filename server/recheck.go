package server

import (
	"context"
	"sync"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// rechecks are the jobs that check texts again after a glossary or a switch
// changed: one at a time for each project, in the order in which they were asked
// for. A restart forgets them; the store knows which edition of the glossary the
// texts were checked against. The zero value is ready for use.
type rechecks struct {
	running sync.WaitGroup

	mu   sync.Mutex
	jobs map[corpus.ProjectID]*recheckJob
	ends bool // the server is closing
}

// recheckJob is what is known of a project's last job.
type recheckJob struct {
	queue     []workflow.Recheck
	step      workflow.Step
	cancel    context.CancelFunc // nil where nothing is at work
	cancelled bool
	failed    bool
	done      workflow.Rechecked
}

// start asks for a re-check.
func (s *Server) startRecheck(user corpus.UserID, project corpus.ProjectID, what workflow.Recheck) {
	q := &s.rechecks
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ends {
		return
	}
	if q.jobs == nil {
		q.jobs = map[corpus.ProjectID]*recheckJob{}
	}
	job := q.jobs[project]
	if job == nil {
		job = &recheckJob{}
		q.jobs[project] = job
	}
	job.queue = append(job.queue, what)
	if job.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	job.cancel, job.cancelled, job.failed, job.done = cancel, false, false, workflow.Rechecked{}
	q.running.Go(func() {
		defer cancel()
		for s.runRecheck(ctx, user, project, job) {
		}
	})
}

// runRecheck does the next of the job's re-checks, and reports whether there may
// be more. Changes of terms that wait together are checked together.
func (s *Server) runRecheck(ctx context.Context, user corpus.UserID, project corpus.ProjectID, job *recheckJob) bool {
	q := &s.rechecks
	q.mu.Lock()
	if len(job.queue) == 0 || ctx.Err() != nil {
		job.queue, job.cancel = nil, nil
		q.mu.Unlock()
		return false
	}
	what := job.queue[0]
	job.queue = job.queue[1:]
	for len(what.Terms) > 0 && len(job.queue) > 0 && len(job.queue[0].Terms) > 0 {
		what.Terms = append(what.Terms, job.queue[0].Terms...)
		job.queue = job.queue[1:]
	}
	job.step = workflow.Step{}
	q.mu.Unlock()
	var done workflow.Rechecked
	err := corpus.Caught(brokeDown, func() (err error) {
		done, err = s.desk.Recheck(ctx, user, project, what, func(step workflow.Step) {
			q.mu.Lock()
			job.step = step
			q.mu.Unlock()
		})
		return err
	})
	q.mu.Lock()
	defer q.mu.Unlock()
	job.done.Units += done.Units
	job.done.Run += done.Run
	job.done.Changed += done.Changed
	if err != nil && ctx.Err() == nil {
		job.failed = true
		s.log.Error("re-check", "project", project, "err", err)
	}
	return true
}

// cancelRecheck ends the project's job; what it did stays.
func (s *Server) cancelRecheck(project corpus.ProjectID) {
	s.rechecks.mu.Lock()
	defer s.rechecks.mu.Unlock()
	if job := s.rechecks.jobs[project]; job != nil && job.cancel != nil {
		job.cancelled = true
		job.cancel()
	}
}

// close ends all jobs and waits for them.
func (q *rechecks) close() {
	q.mu.Lock()
	q.ends = true
	for _, job := range q.jobs {
		if job.cancel != nil {
			job.cancelled = true
			job.cancel()
		}
	}
	q.mu.Unlock()
	q.running.Wait()
}

// recheckView is how far the project's texts are with the checks: a job at work,
// the result of the last one, or that they lag behind the glossary.
type recheckView struct {
	At, Of    int // of the job at work; Of is 0 before it began
	Working   bool
	Cancelled bool
	Failed    bool
	Done      bool // a job ended since the server started
	Result    workflow.Rechecked
	Behind    bool // the glossary changed since the texts were checked
	May       bool
	Back      string // the page that shows this
}

func (v *visit) recheckView(back string) (recheckView, error) {
	w := recheckView{May: v.may(corpus.EditTerms), Back: back}
	err := v.store.View(v.context(), func(r corpus.Reader) error {
		base, err := r.Termbase(v.project.ID)
		w.Behind = base.Checked < base.Edition
		return err
	})
	v.rechecks.mu.Lock()
	defer v.rechecks.mu.Unlock()
	if job := v.rechecks.jobs[v.project.ID]; job != nil {
		w.At, w.Of, w.Working = job.step.Done, job.step.Total, job.cancel != nil
		w.Cancelled, w.Failed, w.Done, w.Result = job.cancelled, job.failed, job.cancel == nil, job.done
	}
	return w, err
}

// recheckProject checks all texts of the project again, or ends the job at work.
func (v *visit) recheckProject() error {
	if v.c.PostForm("cancel") != "" {
		v.cancelRecheck(v.project.ID)
	} else {
		v.startRecheck(v.user.ID, v.project.ID, workflow.Recheck{})
	}
	to := "/terms"
	if back := v.c.PostForm("back"); back == "checks" || back == "phrases" {
		to = "/" + back
	}
	return v.redirect(v.projectURL(to))
}
