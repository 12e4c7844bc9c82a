package workflow

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// rankedWindow is window in an order by risk.
func (l lister) rankedWindow(w *Window) ([]corpus.Unit, error) {
	q := l.query
	if q.InFront != nil && q.At == "" && q.Number == "" && q.Behind == nil {
		units, err := l.ranked(q.InFront, WindowSize+1, true)
		if w.Earlier = len(units) > WindowSize; w.Earlier {
			units = units[:WindowSize]
		}
		slices.Reverse(units)
		w.More = true
		return units, err
	}
	from, err := l.rankedStart()
	if err != nil {
		return nil, err
	}
	units, err := l.ranked(from, WindowSize+1, false)
	if err != nil {
		return nil, err
	}
	if w.More = len(units) > WindowSize; w.More {
		units = units[:WindowSize]
	}
	w.Earlier = from != nil
	return units, nil
}

// rankedStart returns the rank behind which the window begins; nil is the
// beginning.
func (l lister) rankedStart() (*corpus.Rank, error) {
	at, ok, err := l.anchor()
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return l.query.Behind, nil
	}
	rank := corpus.RankOf(l.query.Order, at)
	before, err := l.ranked(&rank, lead+1, true)
	if err != nil || len(before) <= lead {
		return nil, err
	}
	rank = corpus.RankOf(l.query.Order, before[lead])
	return &rank, nil
}

// ranked returns up to limit units that match the query beyond a rank, nearest
// first.
func (l lister) ranked(from *corpus.Rank, limit int, backwards bool) ([]corpus.Unit, error) {
	phrase := corpus.Fold(l.query.Phrase)
	if phrase == "" {
		return l.rankedMatching(from, limit, backwards)
	}
	var found []corpus.Unit
	for {
		units, err := l.rankedMatching(from, stride, backwards)
		if err != nil || len(units) == 0 {
			return found, err
		}
		for _, u := range units {
			if strings.Contains(corpus.Fold(u.Text.Source), phrase) || strings.Contains(corpus.Fold(u.Text.Target), phrase) {
				if found = append(found, u); len(found) == limit {
					return found, nil
				}
			}
		}
		rank := corpus.RankOf(l.query.Order, units[len(units)-1])
		from = &rank
	}
}

// rankedMatching merges the lists of the filters.
func (l lister) rankedMatching(from *corpus.Rank, limit int, backwards bool) ([]corpus.Unit, error) {
	filters := l.query.Match
	if len(filters) == 0 {
		filters = []corpus.Filter{{}}
	}
	var all []corpus.Unit
	for _, f := range filters {
		units, err := l.UnitsRanked(l.version, l.query.Order, f, from, backwards, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, units...)
	}
	if len(filters) > 1 {
		slices.SortFunc(all, func(a, b corpus.Unit) int {
			c := corpus.RankOf(l.query.Order, a).Compare(corpus.RankOf(l.query.Order, b))
			if backwards {
				c = -c
			}
			return c
		})
		all = slices.CompactFunc(all, func(a, b corpus.Unit) bool { return a.ID == b.ID })
	}
	return all[:min(len(all), limit)], nil
}

// numberEach gives each row its number in reading order.
func (l lister) numberEach(rows []Row) error {
	for i := range rows {
		var err error
		if rows[i].Number, err = l.UnitNumber(rows[i].Record.Unit.ID); err != nil {
			return err
		}
	}
	return nil
}
