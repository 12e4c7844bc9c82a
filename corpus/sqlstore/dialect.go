package sqlstore

import "strings"

// forEngine returns a query as SQLite gets it: each placeholder behind a unary
// plus, which changes no value. Where a placeholder stands alone beside a column
// or a LIMIT, SQLite looks at its value while planning and plans again when it
// may have changed. The driver clears all values after each use, which counts
// as a change, so nearly every cached statement would be compiled anew each
// time, at several times the cost of running it.
func forEngine(query string) string { return strings.ReplaceAll(query, "$", "+$") }
