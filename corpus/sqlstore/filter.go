package sqlstore

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// A list of units walks an index in reading order. Where there is a filter, the
// index of its condition is walked once for each state it lets pass, and the
// walks are merged as they go (UNION ALL with one order, which the engine does
// without reading ahead). So what a list costs depends on its length, whatever
// is rare or frequent in the document; only of several conditions besides the
// states all but one are asked of each row.

func (s *session) Units(v corpus.VersionID, match corpus.Filter, after int64, limit int) ([]corpus.Unit, error) {
	return list(s, scanUnit, unitsQuery(match, false), v, after, max(limit, 0))
}

func (s *session) UnitsBefore(v corpus.VersionID, match corpus.Filter, before int64, limit int) ([]corpus.Unit, error) {
	units, err := list(s, scanUnit, unitsQuery(match, true), v, before, max(limit, 0))
	slices.Reverse(units)
	return units, err
}

// unitsQuery returns the query for the matching units of a version ($1) beyond
// a position ($2) up to a limit ($3).
func unitsQuery(match corpus.Filter, backwards bool) string {
	walk, order := "SELECT "+unitColumns+" FROM unit u WHERE u.version = $1 AND u.position > $2 AND u.retired = 0", " ORDER BY position"
	if backwards {
		walk, order = "SELECT "+unitColumns+" FROM unit u WHERE u.version = $1 AND u.position < $2 AND u.retired = 0", " ORDER BY position DESC"
	}
	asked := conditions(match)
	states := match.States
	switch {
	case len(states) == 0 && asked == "":
		return walk + order + " LIMIT $3"
	case len(states) == 0:
		states = corpus.States()
	}
	var walks []string
	for _, st := range slices.Compact(slices.Sorted(slices.Values(states))) {
		walks = append(walks, walk+asked+" AND u.state = "+strconv.Itoa(int(st)))
	}
	return strings.Join(walks, " UNION ALL ") + order + " LIMIT $3"
}

// conditions returns what a filter asks besides the states, in the words of
// the indexes' own conditions.
func conditions(match corpus.Filter) string {
	var b strings.Builder
	for _, c := range []struct {
		on  bool
		sql string
	}{
		{match.Doubtful, " AND u.doubtful = 1"},
		{match.Flagged, " AND u.flags > 0"},
		{match.Found, " AND u.findings > 0"},
		{match.Waiting, " AND u.pending > 0"},
		{match.Missing, " AND u.missing = 1"},
	} {
		if c.on {
			b.WriteString(c.sql)
		}
	}
	return b.String()
}

// statesAsked returns what a filter asks of the state, of each row.
func statesAsked(states []corpus.State) string {
	if len(states) == 0 {
		return ""
	}
	var list []string
	for _, st := range slices.Compact(slices.Sorted(slices.Values(states))) {
		list = append(list, strconv.Itoa(int(st)))
	}
	return " AND u.state IN (" + strings.Join(list, ", ") + ")"
}

// Waiting visits the units of the project that have pending proposals, and no
// others.
func (s *session) Waiting(p corpus.ProjectID, limit int) ([]corpus.Unit, error) {
	return list(s, scanUnit, waitingQuery, p, max(limit, 0))
}

const waitingQuery = "SELECT " + unitColumns + ` FROM document d CROSS JOIN unit u
	WHERE d.project = $1 AND u.version = d.current_version AND u.retired = 0 AND u.waiting > 0
	ORDER BY u.waiting, u.version, u.position LIMIT $2`
