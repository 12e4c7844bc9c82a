package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mattn/go-sqlite3"

	"github.com/reviseur/reviseur/corpus"
)

// fault turns an error of the engine into one of the contract. what names the
// thing at hand for people: "user \"anna\"". Errors of the contract and of
// contexts pass through.
func fault(what string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*corpus.Error](err); ok {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return corpus.Errorf(corpus.NotFound, "there is no %s", what)
	}
	if errors.Is(err, sql.ErrConnDone) {
		return closedError(err)
	}
	e, ok := errors.AsType[sqlite3.Error](err)
	if !ok {
		return &corpus.Error{Kind: corpus.Internal, Msg: "the database failed", Err: err}
	}
	switch e.ExtendedCode {
	case sqlite3.ErrConstraintUnique, sqlite3.ErrConstraintPrimaryKey, sqlite3.ErrConstraintRowID:
		return &corpus.Error{Kind: corpus.Conflict, Msg: what + " is there already", Err: err}
	case sqlite3.ErrConstraintForeignKey:
		return &corpus.Error{Kind: corpus.NotFound, Msg: "what " + what + " belongs to is not there", Err: err}
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return &corpus.Error{Kind: corpus.Unavailable, Msg: "another process is writing to the database; try again in a moment", Err: err}
	case sqlite3.ErrFull:
		return &corpus.Error{Kind: corpus.TooLarge, Msg: "the disk is full; nothing was changed", Err: err}
	case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
		return &corpus.Error{Kind: corpus.Internal, Msg: "the database file is damaged, or no database", Err: err}
	case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen:
		return &corpus.Error{Kind: corpus.Unavailable, Msg: "the database file cannot be opened or written", Err: err}
	}
	return &corpus.Error{Kind: corpus.Internal, Msg: "the database failed", Err: err}
}

func closedError(err error) error {
	return &corpus.Error{Kind: corpus.Unavailable, Msg: "the store is closed", Err: err}
}

// broken reports an error after which SQLite may have rolled the whole
// transaction back, not only the statement (https://sqlite.org/lang_transaction.html).
func broken(err error) bool {
	e, ok := errors.AsType[sqlite3.Error](err)
	if !ok {
		return false
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrNomem, sqlite3.ErrBusy, sqlite3.ErrInterrupt, sqlite3.ErrCorrupt:
		return true
	}
	return false
}
