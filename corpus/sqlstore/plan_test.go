//go:build sqlite_fts5

package sqlstore

import (
	"context"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// plan returns how SQLite would answer a query, one step a line.
func plan(t *testing.T, s *Store, query string, args ...any) string {
	t.Helper()
	var steps []string
	err := inSession(context.Background(), s.read, func(r *session) error {
		return r.each(func(row scanner) error {
			var id, parent, unused int
			var step string
			err := row.Scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		}, "EXPLAIN QUERY PLAN "+query, args...)
	})
	if err != nil {
		t.Fatalf("EXPLAIN %s: %v", query, err)
	}
	return strings.Join(steps, "\n")
}

// TestUnitPlans asserts that each list of units walks the index made for it and
// sorts nothing.
func TestUnitPlans(t *testing.T) {
	s := openTemp(t)
	for _, c := range []struct {
		match corpus.Filter
		index string
	}{
		{corpus.Filter{}, "unit_reading"},
		{corpus.Filter{States: []corpus.State{corpus.StateStale}}, "unit_state"},
		{corpus.Filter{States: corpus.States()}, "unit_state"},
		{corpus.Filter{Doubtful: true}, "unit_doubtful"},
		{corpus.Filter{Missing: true}, "unit_missing"},
		{corpus.Filter{Flagged: true}, "unit_flagged"},
		{corpus.Filter{Found: true}, "unit_found"},
		{corpus.Filter{Waiting: true, States: []corpus.State{corpus.StateProposed}}, "unit_pending"},
	} {
		for _, backwards := range []bool{false, true} {
			steps := plan(t, s, unitsQuery(c.match, backwards), "v", 1, 10)
			walks := max(1, len(c.match.States))
			if len(c.match.States) == 0 && c.index != "unit_reading" {
				walks = len(corpus.States())
			}
			if got := strings.Count(steps, "USING INDEX "+c.index+" ("); got != walks || strings.Contains(steps, "TEMP B-TREE") || strings.Contains(steps, "SCAN") {
				t.Errorf("the plan of %+v, backwards %t, does not walk %s %d times:\n%s", c.match, backwards, c.index, walks, steps)
			}
		}
	}
}

// TestPlans asserts that queries whose cost matters start from the right index.
func TestPlans(t *testing.T) {
	s := openTemp(t)
	for _, c := range []struct {
		query string
		args  int
		steps []string // in this order
	}{
		{unitNumberQuery, 2, []string{"COVERING INDEX unit_reading (version=? AND position<?)"}},
		{waitingQuery, 2, []string{"(project=?)", "INDEX unit_waiting (version=? AND waiting>?)"}},
		{sinceQuery, 3, []string{"x USING PRIMARY KEY (unit=?)", "INTEGER PRIMARY KEY"}},
		{unindexedQuery, 2, []string{"r USING INTEGER PRIMARY KEY (rowid>?)", "SEARCH u"}},
		{rankedQuery(ranks[corpus.ByRisk], corpus.Filter{}, false, true), 4, []string{"INDEX unit_risk (version=? AND risk<?)"}},
		{rankedQuery(ranks[corpus.ByDensity], corpus.Filter{Found: true}, true, true), 4, []string{"INDEX unit_density (version=? AND <expr>>?)"}},
		{rankedQuery(ranks[corpus.ByDensity], corpus.Filter{}, false, false), 2, []string{"INDEX unit_density (version=?)"}},
		{unitsFindingQuery, 4, []string{"f USING COVERING INDEX finding_key (key=?)", "SEARCH r", "SEARCH u"}},
		{unitsCheckedQuery, 4, []string{"INDEX unit_reading (version=? AND position>?)", "f EXISTS USING PRIMARY KEY (revision=?)"}},
		{termsQuery, 5, []string{"INDEX term_order (project=? AND (sort,id)>(?,?))"}},
		{candidatesQuery, 3, []string{"search VIRTUAL TABLE", "r USING INTEGER PRIMARY KEY"}},
	} {
		steps := plan(t, s, c.query, []any{`"x"`, 2, 3, 4, 5}[:c.args]...)
		rest := steps
		for _, want := range c.steps {
			_, after, found := strings.Cut(rest, want)
			if !found || strings.Contains(steps, "SCAN u") {
				t.Errorf("the plan of %s lacks %q:\n%s", c.query, want, steps)
				break
			}
			rest = after
		}
	}
}
