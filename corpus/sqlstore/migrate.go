package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"github.com/reviseur/reviseur/corpus"
)

//go:embed schema/*.sql
var schema embed.FS

// migrateWait is how long a migration waits for another process's.
const migrateWait = time.Minute

// Migrate brings the schema of the file at path up to date, and makes file and
// folder if they are not there. It returns the schema's number before and
// after. A schema newer than this program's is refused with kind Unsupported
// and left alone.
func Migrate(ctx context.Context, path string) (from, to int, err error) {
	if err := checkPath(path); err != nil {
		return 0, 0, err
	}
	if err := checkEngine(ctx); err != nil {
		return 0, 0, err
	}
	if err := makeFile(path); err != nil {
		return 0, 0, err
	}
	err = patiently(ctx, func() error {
		db := connect(path, readWrite, migrateWait)
		defer db.Close()
		p, err := migrations(db)
		if err != nil {
			return err
		}
		from, to, err = migrateUp(ctx, p)
		return err
	})
	return from, to, fault("schema", err)
}

// patiently calls f again while another process is in its way. The driver waits
// for locks by itself, but not where two connections turn a new file to WAL
// mode at once, or one opens it while the last of others closes it.
func patiently(ctx context.Context, f func() error) error {
	end := time.Now().Add(migrateWait)
	for {
		err := f()
		e, ok := errors.AsType[sqlite3.Error](err)
		if !ok || e.Code != sqlite3.ErrBusy || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func migrations(db *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// migrateUp does what is missing. Another process may be doing the same: the
// file's lock orders the two, the second then fails on a table that is there,
// looks again and finds nothing left to do.
func migrateUp(ctx context.Context, p *goose.Provider) (from, to int, err error) {
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return 0, 0, err
	}
	from = int(have)
	for tries := 0; have < want; tries++ {
		_, upErr := p.Up(ctx)
		before := have
		if have, _, err = p.GetVersions(ctx); err != nil {
			return from, from, err
		}
		if upErr != nil && have == before && tries > 2 {
			return from, int(have), upErr
		}
	}
	if have > want {
		return from, from, newerError(have, want)
	}
	return from, int(have), nil
}

// checkEngine reports a program that was built without what the store needs.
func checkEngine(ctx context.Context) error {
	db := sql.OpenDB(connector{&sqlite3.SQLiteDriver{}, ":memory:"})
	defer db.Close()
	var fts5 bool
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").Scan(&fts5)
	switch {
	case err != nil && strings.Contains(err.Error(), "CGO_ENABLED=0"):
		return &corpus.Error{Kind: corpus.Unsupported, Msg: "this program was built without SQLite: build it again with a C compiler and CGO_ENABLED=1", Err: err}
	case err != nil:
		return fault("database", err)
	case !fts5:
		return corpus.Errorf(corpus.Unsupported, "this program was built without full-text search (FTS5): build it again with -tags sqlite_fts5")
	}
	return nil
}

func newerError(have, want int64) error {
	return corpus.Errorf(corpus.Unsupported, "the database has schema %d, and this program knows schemas up to %d: use a newer program", have, want)
}

// newestSchema returns the number of the last migration.
func newestSchema(db *sql.DB) (int64, error) {
	p, err := migrations(db)
	if err != nil {
		return 0, fault("schema", err)
	}
	sources := p.ListSources()
	return sources[len(sources)-1].Version, nil
}
