package server

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus/workflow"
)

// TestUploadFalls has the work on one row of an upload end in a panic: the row says
// so, the next one is taken, and the log has no word of a text.
func TestUploadFalls(t *testing.T) {
	for _, c := range []struct {
		during, after phase
		says          func(uploadedRow) string
	}{
		{phasePreview, phasePreviewed, func(r uploadedRow) string { return r.problem }},
		{phaseTake, phaseDone, func(r uploadedRow) string { return r.failed }},
	} {
		var u uploads
		var log strings.Builder
		up := &upload{phase: phaseTable, table: table{rows: []uploadedRow{{take: true, source: none, target: none}, {take: true, source: none, target: none}}}}
		n := 0
		err := u.start(up, slog.New(slog.NewTextHandler(&log, nil)), c.during, c.after, func(_ context.Context, row *uploadedRow, _ workflow.Delivery, _ func(workflow.Step)) error {
			if n++; n == 1 {
				panic("secret words")
			}
			row.name = "taken"
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		rows := up.rows
		u.running.Wait()
		if up.phase != c.after || c.says(rows[0]) != brokeDown || rows[1].name != "taken" || c.says(rows[1]) != "" {
			t.Errorf("%s: phase %s, rows %q and %q", c.during, up.phase, c.says(rows[0]), rows[1].name)
		}
		if s := log.String(); !strings.Contains(s, "panic") || strings.Contains(s, "secret") {
			t.Errorf("%s: the log says %s", c.during, s)
		}
	}
}
