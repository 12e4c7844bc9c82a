package server

import (
	"testing"

	"github.com/reviseur/reviseur/corpus/workflow"
)

// TestRecheckAtTheEnd asks for a re-check when the server has closed: none begins,
// since nobody would wait for it and the store may be gone.
func TestRecheckAtTheEnd(t *testing.T) {
	o := newOffice(t)
	o.server.rechecks.close()
	o.server.startRecheck(o.people["bai"], o.project.ID, workflow.Recheck{})
	if n := len(o.server.rechecks.jobs); n != 0 {
		t.Errorf("%d jobs began", n)
	}
}
