package sqlstore

import (
	"iter"

	"github.com/reviseur/reviseur/corpus"
)

// The rows of a record are read either for one unit or for a stretch of a
// version, table by table. Each query ends in one of these two.
const (
	ofUnit    = " WHERE u.id = $1 ORDER BY "
	ofStretch = " WHERE u.version = $1 AND u.position BETWEEN $2 AND $3 AND u.retired = 0 ORDER BY "
)

func (s *session) Record(id corpus.UnitID) (corpus.Record, error) {
	u, err := s.Unit(id)
	if err != nil {
		return corpus.Record{}, err
	}
	records := []corpus.Record{{Unit: u}}
	err = s.fill(records, ofUnit, id)
	return records[0], err
}

// stretch is how many records are read at a time.
const stretch = 500

// Records reads the version in stretches, so that neither its memory nor an
// open statement lasts while the caller works.
func (s *session) Records(v corpus.VersionID) iter.Seq2[corpus.Record, error] {
	return func(yield func(corpus.Record, error) bool) {
		after := int64(-1 << 63)
		for {
			units, err := s.Units(v, corpus.Filter{}, after, stretch)
			if err != nil {
				yield(corpus.Record{}, err)
				return
			}
			if len(units) == 0 {
				return
			}
			records := make([]corpus.Record, len(units))
			for i, u := range units {
				records[i].Unit = u
			}
			first := units[0].Position
			after = units[len(units)-1].Position
			if err := s.fill(records, ofStretch, v, first, after); err != nil {
				yield(corpus.Record{}, err)
				return
			}
			for _, rec := range records {
				if !yield(rec, nil) {
					return
				}
			}
		}
	}
}

// fill reads what belongs to the units of the records, which are all those
// that the end of the query chooses.
func (s *session) fill(records []corpus.Record, where string, args ...any) error {
	by := make(map[corpus.UnitID]*corpus.Record, len(records))
	for i := range records {
		by[records[i].Unit.ID] = &records[i]
	}
	err := s.each(func(row scanner) error {
		r, err := scanRevision(row)
		if rec := by[r.Unit]; rec != nil {
			rec.Revisions = append(rec.Revisions, r)
		}
		return err
	}, "SELECT "+revisionColumns+" FROM unit u JOIN revision r ON r.unit = u.id"+where+"u.position, r.number", args...)
	if err != nil {
		return err
	}
	err = s.each(func(row scanner) error {
		p, err := scanProposal(row)
		if rec := by[p.Unit]; rec != nil {
			rec.Proposals = append(rec.Proposals, p)
		}
		return err
	}, "SELECT "+proposalColumns+" FROM unit u JOIN proposal p ON p.unit = u.id"+where+"u.position, p.n", args...)
	if err != nil {
		return err
	}
	err = s.each(func(row scanner) error {
		d, err := scanDecision(row)
		if rec := by[d.Unit]; rec != nil {
			rec.Decisions = append(rec.Decisions, d)
		}
		return err
	}, "SELECT "+decisionColumns+" FROM unit u JOIN decision d ON d.unit = u.id"+where+"u.position, d.n", args...)
	if err != nil {
		return err
	}
	err = s.each(func(row scanner) error {
		f, err := scanFlag(row)
		if rec := by[f.Unit]; rec != nil {
			rec.Flags = append(rec.Flags, f)
		}
		return err
	}, "SELECT "+flagColumns+" FROM unit u JOIN flag f ON f.unit = u.id"+where+"u.position, f.n", args...)
	if err != nil {
		return err
	}
	err = s.each(func(row scanner) error {
		var unit corpus.UnitID
		var released corpus.RevisionID
		err := row.Scan(&unit, &released)
		if rec := by[unit]; rec != nil {
			rec.Released = append(rec.Released, released)
		}
		return err
	}, `SELECT t.unit, t.revision FROM unit u JOIN standing t ON t.unit = u.id JOIN snapshot n ON n.n = t.snapshot AND n.released = 1`+where+"u.position, n.n", args...)
	if err != nil {
		return err
	}
	return s.each(func(row scanner) error {
		var unit corpus.UnitID
		err := row.Scan(&unit)
		if rec := by[unit]; rec != nil {
			rec.Comments++
		}
		return err
	}, "SELECT c.unit FROM unit u JOIN comment c ON c.unit = u.id AND c.undone = 0"+where+"u.position", args...)
}
