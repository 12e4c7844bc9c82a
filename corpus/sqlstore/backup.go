package sqlstore

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/reviseur/reviseur/corpus"
)

// Backup implements corpus.Store. The copy is one state of the store, compact
// and of mode 0600; nobody's save waits for it. It gets its name only after it
// has been read back: every page, the rows of each table and the head of every
// chain of the log.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return takenError(path)
	}
	db := connect(s.path, readOnly, copyBusy)
	defer db.Close()
	watch, err := db.Conn(ctx)
	if err != nil {
		return fault("store", err)
	}
	defer watch.Close()
	// data_version changes when another connection has committed.
	stateOf := func() (n int64, err error) {
		err = watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&n)
		return n, err
	}
	before, err := stateOf()
	if err != nil {
		return fault("store", err)
	}
	inv, err := takeInventory(ctx, db)
	if err != nil {
		return err
	}
	temp, err := copyInto(ctx, db, path)
	if err != nil {
		return err
	}
	after, err := stateOf()
	if err == nil {
		err = checkCopy(ctx, temp, inv, before == after)
	}
	if err != nil {
		os.Remove(temp)
		return fault("store", err)
	}
	return place(temp, path)
}

func checkCopy(ctx context.Context, temp string, inv inventory, quiet bool) error {
	db := connect(temp, readOnly, copyBusy)
	defer db.Close()
	if err := checkIntegrity(ctx, db, "the copy"); err != nil {
		return err
	}
	if err := inv.compare(ctx, db, quiet); err != nil {
		return &corpus.Error{Kind: corpus.Internal, Msg: "the copy differs from the store and was removed", Err: err}
	}
	return nil
}
