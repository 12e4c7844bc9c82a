package workflow

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// Audit is the result of going through the log.
type Audit struct {
	Chains int
	Events int
	Heads  map[string]string // chain → hash of its last event
	Faults []string          // one line each: what does not hold, and where
}

// Verify goes through every chain of the log: each event must follow the one
// before it by number and hash, and each wording the log speaks of must be in
// the store with the very text that was logged.
func (d *Desk) Verify(ctx context.Context) (Audit, error) {
	audit := Audit{Heads: map[string]string{}}
	err := d.store.View(ctx, func(r corpus.Reader) error {
		chains, err := r.Chains()
		if err != nil {
			return err
		}
		for _, chain := range chains {
			audit.Chains++
			var prev corpus.Event
			for e, err := range r.Events(chain) {
				if err != nil {
					return err
				}
				audit.Events++
				if !e.Follows(prev) {
					audit.Faults = append(audit.Faults, fmt.Sprintf("%s: event %d does not follow event %d", chain, e.Seq, prev.Seq))
				}
				audit.Faults = append(audit.Faults, rowFaults(r, e)...)
				prev = e
			}
			audit.Heads[chain] = prev.Hash
		}
		return nil
	})
	return audit, err
}

// rowFaults compares the wordings an event speaks of with those in the store.
func rowFaults(r corpus.Reader, e corpus.Event) []string {
	var n note
	if json.Unmarshal(e.Data, &n) != nil {
		return nil
	}
	var wanted = map[corpus.RevisionID]string{}
	for _, row := range n.Rows {
		if parts := strings.Split(row, ":"); len(parts) == 3 && parts[0] == "revision" {
			wanted[corpus.RevisionID(parts[1])] = parts[2]
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	for _, id := range n.Units { // of the hashed data, not of the row beside it
		unit := corpus.UnitID(id)
		rec, err := r.Record(unit)
		if err != nil {
			return []string{fmt.Sprintf("%s: event %d: unit %s: %v", e.Chain, e.Seq, unit, err)}
		}
		for _, rev := range rec.Revisions {
			if hash, ok := wanted[rev.ID]; ok && hash == corpus.BlobHash([]byte(rev.Text)) {
				delete(wanted, rev.ID)
			}
		}
	}
	var faults []string
	for id := range wanted {
		faults = append(faults, fmt.Sprintf("%s: event %d: wording %s is missing or has another text", e.Chain, e.Seq, id))
	}
	return faults
}
