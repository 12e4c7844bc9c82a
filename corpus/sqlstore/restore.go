package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"github.com/reviseur/reviseur/corpus"
)

// Restore makes the database at path from a backup. The backup is read and
// checked whole first, and the new file again before it gets its name. A
// database that is at path already is kept under a dated name beside it, which
// is returned; aside is empty where there was none. While any process has that
// database open Restore refuses with kind Unavailable. At every moment path
// names either the whole old database or the whole new one.
func Restore(ctx context.Context, backup, path string) (aside string, err error) {
	if err := checkPath(path); err != nil {
		return "", err
	}
	if _, err := os.Stat(backup); err != nil {
		return "", &corpus.Error{Kind: corpus.NotFound, Msg: "there is no backup " + backup, Err: err}
	}
	from := connect(backup, readOnly, copyBusy)
	defer from.Close()
	if err := checkBackup(ctx, from, backup); err != nil {
		return "", err
	}
	inv, err := takeInventory(ctx, from)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fileError(path, err)
	}
	temp, err := copyInto(ctx, from, path)
	if err != nil {
		return "", err
	}
	if err = checkCopy(ctx, temp, inv, true); err == nil {
		aside, err = replace(ctx, temp, path)
	}
	if err != nil {
		os.Remove(temp)
		return "", err
	}
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return aside, err
	}
	return aside, s.Close()
}

// checkBackup refuses what is no sound database of this program.
func checkBackup(ctx context.Context, db *sql.DB, path string) error {
	if err := checkEngine(ctx); err != nil {
		return err
	}
	if err := checkIntegrity(ctx, db, path); err != nil {
		return err
	}
	var have int64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+goose.DefaultTablename).Scan(&have); err != nil {
		return &corpus.Error{Kind: corpus.Invalid, Msg: path + " is no backup of this program", Err: err}
	}
	want, err := newestSchema(db)
	if err == nil && have > want {
		err = newerError(have, want)
	}
	return err
}

// replace puts temp at path. A database that is there gets another name as
// well first, while it is locked against everybody.
func replace(ctx context.Context, temp, path string) (aside string, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", place(temp, path)
	}
	release, err := lockOut(ctx, path)
	if err != nil {
		return "", err
	}
	defer release()
	aside = path + "." + time.Now().UTC().Format("20060102T150405.000Z") + ".old"
	if err := os.Link(path, aside); err != nil {
		return "", fileError(path, err)
	}
	for _, tail := range []string{"-wal", "-shm"} { // left only by a file that SQLite could not read
		if err := os.Rename(path+tail, aside+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fileError(path, err)
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return "", fileError(path, err)
	}
	return aside, fileError(path, syncFile(filepath.Dir(path)))
}

// lockOut locks the database at path against every other connection, and
// brings all of it into the one file: leaving WAL mode needs both. A file that
// SQLite cannot read has nobody working with it.
func lockOut(ctx context.Context, path string) (release func(), err error) {
	db := connect(path, readWrite, time.Second)
	db.SetMaxOpenConns(1)
	release = func() { db.Close() }
	for _, statement := range []string{"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"} {
		if _, err = db.ExecContext(ctx, statement); err != nil {
			break
		}
	}
	if err == nil {
		return release, nil
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt) {
		return release, nil
	}
	release()
	return nil, &corpus.Error{Kind: corpus.Unavailable, Msg: "another process has " + path + " open: stop it first", Err: err}
}
