package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"maps"

	"github.com/reviseur/reviseur/corpus"
)

// inventory is what a copy is compared by.
type inventory struct {
	rows  map[string]int64        // of each table
	heads map[string]corpus.Event // of each chain
}

// growing are the tables from which no row is ever taken.
var growing = [...]string{"account", "project", "event", "event_unit"}

func takeInventory(ctx context.Context, db *sql.DB) (inventory, error) {
	inv := inventory{rows: map[string]int64{}, heads: map[string]corpus.Event{}}
	err := inSession(ctx, db, func(s *session) error {
		tables, err := list(s, scanText, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'")
		if err != nil {
			return err
		}
		for _, table := range tables {
			var n int64
			if err := s.scanOne("table", []any{&n}, `SELECT count(*) FROM "`+table+`"`); err != nil {
				return err
			}
			inv.rows[table] = n
		}
		chains, err := s.Chains()
		if err != nil {
			return err
		}
		for _, chain := range chains {
			if inv.heads[chain], err = s.Head(chain); err != nil {
				return err
			}
		}
		return nil
	})
	return inv, err
}

// compare reports what of the inventory is not in a copy made after it. A
// quiet one was made while nobody wrote: then both must be equal. Else tables
// may have changed, but none that only grows may be shorter, and every head
// must be an event of the copy.
func (inv inventory) compare(ctx context.Context, copied *sql.DB, quiet bool) error {
	other, err := takeInventory(ctx, copied)
	if err != nil {
		return err
	}
	if quiet && !maps.Equal(inv.rows, other.rows) {
		return fmt.Errorf("rows: %v, in the copy %v", inv.rows, other.rows)
	}
	for _, table := range growing {
		if other.rows[table] < inv.rows[table] {
			return fmt.Errorf("%s has %d rows, in the copy %d", table, inv.rows[table], other.rows[table])
		}
	}
	return inSession(ctx, copied, func(s *session) error {
		for chain, head := range inv.heads {
			if e, err := s.Event(head.ID); err != nil || e.Hash != head.Hash || e.Seq != head.Seq {
				return fmt.Errorf("the head of chain %s is not in the copy", chain)
			}
			if quiet && other.heads[chain].Hash != head.Hash {
				return fmt.Errorf("chain %s ends otherwise in the copy", chain)
			}
		}
		return nil
	})
}

// inSession runs f in a read transaction on a connection of db.
func inSession(ctx context.Context, db *sql.DB, f func(*session) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fault("database", err)
	}
	defer conn.Close()
	return readOn(ctx, conn, f)
}
