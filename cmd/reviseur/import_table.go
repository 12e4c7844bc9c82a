package main

import (
	"context"
	"fmt"
	"os"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/workflow"
)

// mergedRow is a line of import --review-table --json.
type mergedRow struct {
	Line    int              `json:"line"`
	Number  int              `json:"number,omitempty"`
	Unit    corpus.UnitID    `json:"unit"`
	Fate    workflow.RowFate `json:"fate"`
	Propose string           `json:"proposal,omitempty"`
	Comment string           `json:"comment,omitempty"`
	Why     string           `json:"why,omitempty"`
}

// mergeTable merges a review table into its document. Rows that are not taken
// are no fault of the command: they are listed, and the exit code is 0.
func (a *app) mergeTable(ctx context.Context, s *session, o importOptions) error {
	project, err := s.projectNamed(ctx, o.project)
	if err != nil {
		return err
	}
	doc, err := s.document(ctx, project.ID, o.document)
	if err != nil {
		return err
	}
	if info, err := os.Stat(o.reviewTable); err == nil && info.Size() > exchange.MaxSize {
		return corpus.Errorf(corpus.TooLarge, "%s:1: %d bytes; files of up to %d bytes are read", o.reviewTable, info.Size(), exchange.MaxSize)
	}
	data, err := a.readFile(o.reviewTable)
	if err != nil {
		return err
	}
	rows, err := workflow.ReadTable(o.reviewTable, data)
	if err != nil {
		return err
	}
	var merged []workflow.MergedRow
	if o.preview {
		merged, err = s.desk.PreviewTable(ctx, s.user.ID, doc.ID, rows)
	} else {
		merged, err = s.desk.MergeTable(ctx, s.user.ID, doc.ID, rows, nil)
	}
	if err != nil {
		return err
	}
	counts := map[workflow.RowFate]int{}
	for _, m := range merged {
		counts[m.Fate]++
		switch out := (mergedRow{m.Line, m.Number, m.Unit, m.Fate, "", m.Say, m.Why}); {
		case o.json:
			if m.Propose {
				out.Propose = m.Proposal
			}
			if err := printJSON(a.Out, out); err != nil {
				return err
			}
		case m.Fate == workflow.RowConflict || m.Fate == workflow.RowRefused:
			fmt.Fprintf(a.Out, "%s:%d: %s: unit %d: %s\n", o.reviewTable, m.Line, m.Fate, m.Number, m.Why)
		}
	}
	if o.json {
		return nil
	}
	verb := "taken"
	if o.preview {
		verb = "would be taken"
	}
	_, err = fmt.Fprintf(a.Out, "%s\t%s %s, %s, %d refused, %d ask for nothing\n", doc.Name, many(counts[workflow.RowTaken], "row"), verb, many(counts[workflow.RowConflict], "conflict"), counts[workflow.RowRefused], counts[workflow.RowSame])
	return err
}
