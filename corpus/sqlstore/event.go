package sqlstore

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

const eventColumns = "id, chain, seq, prev, hash, at, by_user, name, verb, data, units"

func scanEvent(row scanner) (e corpus.Event, err error) {
	err = row.Scan(&e.ID, &e.Chain, &e.Seq, &e.Prev, &e.Hash, stamp{&e.At}, &e.By, &e.Name, &e.Verb, &e.Data, array[corpus.UnitID]{&e.Units})
	return e, err
}

func (s *session) Event(id corpus.EventID) (corpus.Event, error) {
	return one(s, "event "+string(id), scanEvent, "SELECT "+eventColumns+" FROM event WHERE id = $1", id)
}

func (s *session) Head(chain string) (corpus.Event, error) {
	e, err := one(s, "event", scanEvent, "SELECT "+eventColumns+" FROM event WHERE chain = $1 ORDER BY seq DESC LIMIT 1", chain)
	if err != nil && corpus.KindOf(err) == corpus.NotFound {
		return corpus.Event{}, nil
	}
	return e, err
}

func (s *session) Chains() ([]string, error) {
	return list(s, scanText, "SELECT DISTINCT chain FROM event ORDER BY chain")
}

// Events reads the chain in stretches.
func (s *session) Events(chain string) iter.Seq2[corpus.Event, error] {
	return func(yield func(corpus.Event, error) bool) {
		for after := int64(0); ; {
			events, err := list(s, scanEvent, "SELECT "+eventColumns+" FROM event WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3", chain, after, stretch)
			if err != nil {
				yield(corpus.Event{}, err)
				return
			}
			for _, e := range events {
				if !yield(e, nil) {
					return
				}
				after = e.Seq
			}
			if len(events) < stretch {
				return
			}
		}
	}
}

func (s *session) Since(after corpus.Event, units []corpus.UnitID) ([]corpus.Event, error) {
	found := map[corpus.EventID]corpus.Event{}
	for _, u := range units {
		err := s.each(func(row scanner) error {
			e, err := scanEvent(row)
			found[e.ID] = e
			return err
		}, sinceQuery, u, after.Chain, after.Seq)
		if err != nil {
			return nil, err
		}
	}
	events := make([]corpus.Event, 0, len(found))
	for _, e := range found {
		events = append(events, e)
	}
	slices.SortFunc(events, func(a, b corpus.Event) int { return int(a.Seq - b.Seq) })
	return events, nil
}

func (s *session) LastBy(chain string, by corpus.UserID, limit int) ([]corpus.Event, error) {
	return list(s, scanEvent, "SELECT "+eventColumns+" FROM event WHERE chain = $1 AND by_user = $2 ORDER BY seq DESC LIMIT $3", chain, by, max(limit, 0))
}

const sinceQuery = "SELECT " + eventColumns + ` FROM event_unit x CROSS JOIN event
	WHERE x.unit = $1 AND n = x.event AND chain = $2 AND seq > $3`

// AddEvent reads the head inside the transaction, whatever process wrote it.
func (t *tx) AddEvent(e corpus.Event) (corpus.Event, error) {
	if e.ID == "" || e.Chain == "" {
		return e, &corpus.Error{Kind: corpus.Internal, Msg: "the log could not be written", Err: errors.New("event without id or chain")}
	}
	head, err := t.Head(e.Chain)
	if err != nil {
		return e, err
	}
	e = e.Seal(head)
	var n int64
	err = t.scanOne(fmt.Sprintf("event %s", e.ID), []any{&n}, `
		INSERT INTO event (id, chain, seq, prev, hash, at, by_user, name, verb, data, units)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING n`,
		e.ID, e.Chain, e.Seq, e.Prev, e.Hash, millis(e.At), e.By, e.Name, e.Verb, noNull(e.Data), arrayOf(e.Units))
	if err != nil {
		return e, err
	}
	for _, u := range e.Units {
		err := t.add("unit "+string(u), "INSERT INTO event_unit (unit, event) VALUES ($1, $2) ON CONFLICT DO NOTHING", u, n)
		if err != nil {
			return e, err
		}
		if err := t.date(u, e.At); err != nil {
			return e, err
		}
	}
	return e, nil
}

// date notes in the counters of the unit's version that an event touched it.
func (t *tx) date(u corpus.UnitID, at time.Time) error {
	v, ok := t.versions[u]
	if !ok {
		if err := t.scanOne("unit "+string(u), []any{&v}, "SELECT version FROM unit WHERE id = $1", u); err != nil {
			return err
		}
	}
	if p := t.delta(v); at.After(p.Changed) {
		p.Changed = at
	}
	return nil
}
