package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// Options are the sizes of a store. The zero value is right for a server.
type Options struct {
	Readers int           // connections for views; one for each core, at least 4
	Queue   int           // updates that may wait before further ones are refused; 1024
	Busy    time.Duration // how long another process's write is waited for; 5 s
}

// Store is a corpus.Store over one SQLite file.
type Store struct {
	path  string
	busy  time.Duration
	read  *sql.DB
	write *writer
}

// Open opens the store in the file at path, and makes it and its folder if they
// are not there, for their owner alone. An older schema is brought up to date,
// a newer one is refused. Errors are of kind Unsupported for an address of
// another engine, a newer schema and a program built without FTS5.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if _, _, err := Migrate(ctx, path); err != nil {
		return nil, err
	}
	s := &Store{path: path, busy: cmp.Or(o.Busy, 5*time.Second)}
	var err error
	if s.write, err = startWriter(ctx, connect(path, readWrite, s.busy), cmp.Or(o.Queue, 1024)); err != nil {
		return nil, err
	}
	s.read = connect(path, readOnly, s.busy)
	readers := cmp.Or(o.Readers, max(4, runtime.NumCPU()))
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	return s, nil
}

// Update implements corpus.Store.
func (s *Store) Update(ctx context.Context, f func(corpus.Tx) error) error {
	return s.write.do(ctx, f)
}

// Close implements corpus.Store. Updates that wait are still done; later ones
// are refused with kind Unavailable.
func (s *Store) Close() error {
	err := s.write.stop()
	if e := s.read.Close(); err == nil {
		err = e
	}
	return fault("store", err)
}

// checkPath refuses addresses that are no file.
func checkPath(path string) error {
	switch {
	case path == "":
		return corpus.Errorf(corpus.Invalid, "the store needs the path of a file")
	case strings.HasPrefix(path, "postgres://"), strings.HasPrefix(path, "postgresql://"):
		return corpus.Errorf(corpus.Unsupported, "PostgreSQL is not supported yet: give the path of a SQLite file instead")
	case strings.HasPrefix(path, ":memory:"):
		return corpus.Errorf(corpus.Unsupported, "the store cannot live in memory: give the path of a file")
	}
	return nil
}

// makeFile makes the folder and the file for their owner alone. SQLite gives
// its -wal and -shm files the mode of the database.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError(path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fileError(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fileError(path, err)
	}
	if !info.Mode().IsRegular() {
		return corpus.Errorf(corpus.Invalid, "%s is no regular file", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fileError(path, f.Chmod(0o600))
	}
	return nil
}

func fileError(path string, err error) error {
	if err == nil {
		return nil
	}
	return &corpus.Error{Kind: corpus.Unavailable, Msg: "the database file " + path + " cannot be used", Err: err}
}
