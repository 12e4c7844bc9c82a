package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"strconv"
	"time"

	"github.com/mattn/go-sqlite3"
)

// access says what a connection may do.
type access uint8

const (
	readOnly access = iota
	readWrite
)

// statements is how many prepared statements a connection keeps: more than the
// package has, so that none is compiled twice.
const statements = 192

// connector opens connections that all have the same settings. It is used
// instead of a driver registered by name, which would be global state.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// connect returns a pool of connections to the file. The settings hold for
// each of them: SQLite keeps none but the journal mode in the file.
// trusted_schema=off keeps a file made by somebody else from running code
// through its views and triggers.
func connect(path string, a access, busy time.Duration) *sql.DB {
	o := url.Values{
		"_busy_timeout":    {strconv.FormatInt(busy.Milliseconds(), 10)},
		"_foreign_keys":    {"on"},
		"_mutex":           {"no"}, // database/sql never uses a connection twice at once
		"_stmt_cache_size": {strconv.Itoa(statements)},
	}
	if a == readWrite {
		o.Set("mode", "rw")
		o.Set("_journal_mode", "WAL")
		o.Set("_synchronous", "FULL") // the driver's own default loses answered saves when power fails
		o.Set("_txlock", "immediate") // a reading transaction that comes to write could not wait
	} else {
		o.Set("mode", "ro")
	}
	hook := func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA trusted_schema = off", nil)
		return err
	}
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: o.Encode()}
	return sql.OpenDB(connector{&sqlite3.SQLiteDriver{ConnectHook: hook}, address.String()})
}
