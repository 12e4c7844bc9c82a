package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// copyBusy is how long a copy waits for a lock on a file.
const copyBusy = 5 * time.Second

// copyInto writes what is in db to a temporary file beside path, made durable,
// and returns its name. The copy is one state of the database, whoever writes
// meanwhile; writers are not held up.
func copyInto(ctx context.Context, db *sql.DB, path string) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // of mode 0600
	if err != nil {
		return "", fileError(path, err)
	}
	f.Close()
	if _, err = db.ExecContext(ctx, "VACUUM INTO $1", f.Name()); err != nil {
		err = fault("copy", err)
	} else {
		err = fileError(path, syncFile(f.Name()))
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// place gives a temporary file its name, which nothing may have yet, and makes
// the name durable. A link does so in one step; where the file system has none,
// a moment is left in which another file of that name would be replaced.
func place(temp, path string) error {
	err := os.Link(temp, path)
	switch {
	case err == nil:
		err = os.Remove(temp)
	case !errors.Is(err, fs.ErrExist):
		if _, missing := os.Lstat(path); errors.Is(missing, fs.ErrNotExist) {
			err = os.Rename(temp, path)
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return takenError(path)
	}
	if err == nil {
		err = syncFile(filepath.Dir(path))
	}
	return fileError(path, err)
}

func takenError(path string) error {
	return corpus.Errorf(corpus.Conflict, "%s is there already, and is not overwritten", path)
}

// syncFile makes a file's bytes, or the names in a folder, durable.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// checkIntegrity has SQLite go through the whole file.
func checkIntegrity(ctx context.Context, db *sql.DB, path string) error {
	for _, question := range []string{"PRAGMA integrity_check(1)", "SELECT count(*) || ' dangling references' FROM pragma_foreign_key_check"} {
		var answer string
		err := db.QueryRowContext(ctx, question).Scan(&answer)
		if err != nil {
			return &corpus.Error{Kind: corpus.Invalid, Msg: path + " is damaged, or no database", Err: err}
		}
		if answer != "ok" && answer != "0 dangling references" {
			return &corpus.Error{Kind: corpus.Invalid, Msg: path + " is damaged", Err: errors.New(answer)}
		}
	}
	return nil
}
