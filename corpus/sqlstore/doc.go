// Package sqlstore keeps a corpus.Store in one SQLite file.
//
//	store, err := sqlstore.Open(ctx, "data/reviseur.db", sqlstore.Options{})
//	if err != nil { … }
//	defer store.Close()
//	err = store.Update(ctx, func(tx corpus.Tx) error { return tx.AddProject(p) })
//
// Its words:
//
//   - A job is one caller's Update. The writer, one goroutine over one
//     connection, takes the jobs that wait, runs each in a savepoint of its own
//     and makes them durable with one commit and one fsync: a round. Callers
//     are answered after the commit.
//   - A view is a read transaction on a connection of the read pool. It sees
//     one state, and never waits for the writer.
//   - The search index lags: revisions are put into it in slices while the
//     writer is idle, because indexing costs more than all the rest of an
//     import. Search reads what the index lacks from the rows, so that its
//     answers are complete at any moment.
//
// The file is in WAL mode with synchronous=FULL: a save that was answered
// survives the loss of power. Several processes may have it open; the lock of
// the file orders their rounds. It must lie on a local disk.
//
// Each file holds one noun of the domain, its SQL as text beside its Scan.
// Placeholders are $1, $2 … and are first used in ascending order, because
// SQLite numbers them by appearance; a test checks. The schema is in schema/,
// one file a migration, forward only. What a table means stands there.
//
// The package asks no rules of the domain: who may do what is decided before
// it is called. It holds no user text in errors, and starts no goroutine but
// the writer and one for each job.
package sqlstore
