package sqlstore

import (
	"context"
	"database/sql"
	"sync/atomic"

	"github.com/reviseur/reviseur/corpus"
)

// session is one transaction on one connection. It is the corpus.Reader of
// views and updates alike.
type session struct {
	ctx  context.Context
	conn *sql.Conn
	over atomic.Bool // the call of f it was made for has ended
}

// View implements corpus.Store.
func (s *Store) View(ctx context.Context, f func(corpus.Reader) error) error {
	conn, err := s.read.Conn(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return closedError(err)
	}
	defer conn.Close()
	return readOn(ctx, conn, func(r *session) error { return f(r) })
}

// readOn runs f in a read transaction. Its begin and end are not under ctx: a
// connection must not go back to the pool within a transaction.
func readOn(ctx context.Context, conn *sql.Conn, f func(*session) error) error {
	if _, err := conn.ExecContext(context.Background(), "BEGIN DEFERRED"); err != nil {
		return fault("store", err)
	}
	r := &session{ctx: ctx, conn: conn}
	defer func() {
		r.over.Store(true)
		_, _ = conn.ExecContext(context.Background(), "ROLLBACK") // nothing was written
	}()
	return f(r)
}

// exec runs a statement. what names the thing written, for errors.
func (s *session) exec(what, query string, args ...any) (changed int64, err error) {
	if err := s.usable(); err != nil {
		return 0, err
	}
	result, err := s.conn.ExecContext(s.ctx, forEngine(query), args...)
	if err != nil {
		return 0, s.fault(what, err)
	}
	changed, err = result.RowsAffected()
	return changed, s.fault(what, err)
}

// save is exec of an update by id, which must find its row.
func (s *session) save(what, query string, args ...any) error {
	n, err := s.exec(what, query, args...)
	if err == nil && n == 0 {
		return fault(what, sql.ErrNoRows)
	}
	return err
}

// add is exec where the number of rows does not matter.
func (s *session) add(what, query string, args ...any) error {
	_, err := s.exec(what, query, args...)
	return err
}

// scanOne scans the one row of a query into dest; no row is NotFound.
func (s *session) scanOne(what string, dest []any, query string, args ...any) error {
	if err := s.usable(); err != nil {
		return err
	}
	return s.fault(what, s.conn.QueryRowContext(s.ctx, forEngine(query), args...).Scan(dest...))
}

// each calls f with each row of a query. Its error ends the reading.
func (s *session) each(f func(scanner) error, query string, args ...any) error {
	if err := s.usable(); err != nil {
		return err
	}
	rows, err := s.conn.QueryContext(s.ctx, forEngine(query), args...)
	if err != nil {
		return s.fault("list", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return s.fault("list", err)
		}
	}
	return s.fault("list", rows.Err())
}

func (s *session) usable() error {
	if s.over.Load() {
		return corpus.Errorf(corpus.Internal, "the store was read after the call that lent it had ended")
	}
	return s.ctx.Err()
}

// fault prefers the end of ctx, of which an interrupted statement is only the
// sign.
func (s *session) fault(what string, err error) error {
	if err != nil && s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	return fault(what, err)
}

// one reads the one thing a query gives; none is NotFound.
func one[T any](s *session, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	var zero T
	if err := s.usable(); err != nil {
		return zero, err
	}
	v, err := scan(s.conn.QueryRowContext(s.ctx, forEngine(query), args...))
	if err != nil {
		return zero, s.fault(what, err)
	}
	return v, nil
}

// list reads all that a query gives.
func list[T any](s *session, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	var all []T
	err := s.each(func(row scanner) error {
		v, err := scan(row)
		all = append(all, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return all, nil
}
