package sqlstore

import (
	"github.com/reviseur/reviseur/corpus"
)

// ranks are the expressions of the orders by risk, in the words of their
// indexes; corpus.RankOf computes the same.
var ranks = map[corpus.Order]string{
	corpus.ByRisk:    "u.risk",
	corpus.ByDensity: "(u.risk / (length(u.target_text) - length(replace(u.target_text, ' ', '')) + 1.0))",
}

func (s *session) UnitsRanked(v corpus.VersionID, order corpus.Order, match corpus.Filter, from *corpus.Rank, backwards bool, limit int) ([]corpus.Unit, error) {
	rank, ranked := ranks[order]
	if !ranked {
		return nil, corpus.Errorf(corpus.Invalid, "no order by %q: choose risk or density", order)
	}
	if from == nil {
		return list(s, scanUnit, rankedQuery(rank, match, backwards, false), v, max(limit, 0))
	}
	return list(s, scanUnit, rankedQuery(rank, match, backwards, true), v, from.Value, from.Position, max(limit, 0))
}

// rankedQuery returns the query for the matching units of a version ($1), where
// from is set beyond a rank ($2) and a position in it ($3), up to a limit.
func rankedQuery(rank string, match corpus.Filter, backwards, from bool) string {
	query := "SELECT " + unitColumns + " FROM unit u WHERE u.version = $1 AND u.retired = 0" + conditions(match) + statesAsked(match.States)
	order := " ORDER BY " + rank + " DESC, u.position"
	edge := " AND " + rank + " <= $2 AND (" + rank + " < $2 OR u.position > $3)"
	if backwards {
		order = " ORDER BY " + rank + ", u.position DESC"
		edge = " AND " + rank + " >= $2 AND (" + rank + " > $2 OR u.position < $3)"
	}
	if !from {
		return query + order + " LIMIT $2"
	}
	return query + edge + order + " LIMIT $4"
}
