package sqlstore

import (
	"slices"

	"github.com/reviseur/reviseur/corpus"
)

const unitColumns = `u.id, u.version, u.document, u.position, u.source, u.target, u.source_text, u.target_text, u.bead, u.retired, u.lock,
	u.state, u.current_rev, u.latest_rev, u.pending, u.flags, u.major, u.needs_source, u.findings, u.doubt, u.comments, u.blocked, u.risk`

func scanUnit(row scanner) (u corpus.Unit, err error) {
	m := &u.Summary
	err = row.Scan(&u.ID, &u.Version, &u.Document, &u.Position, array[corpus.Segment]{&u.Source}, array[corpus.Segment]{&u.Target},
		&u.Text.Source, &u.Text.Target, object{&u.Bead}, &u.Retired, &u.Lock,
		&m.State, &m.Current, &m.Latest, &m.Pending, &m.Flags, &m.Major, &m.NeedsSrc, &m.Findings, &m.Doubt, &m.Comments, &m.Blocked, &m.Risk)
	return u, err
}

func (s *session) Unit(id corpus.UnitID) (corpus.Unit, error) {
	return one(s, "unit "+string(id), scanUnit, "SELECT "+unitColumns+" FROM unit u WHERE u.id = $1", id)
}

func missing(u *corpus.Unit) bool { return len(u.Source) == 0 || len(u.Target) == 0 }

func doubtful(u *corpus.Unit) bool { return u.Bead.Status == corpus.BeadDoubtful }

func (t *tx) AddUnit(u corpus.Unit) error {
	m := &u.Summary
	err := t.add("unit "+string(u.ID), `
		INSERT INTO unit (id, version, document, position, source, target, source_text, target_text, bead, doubtful, missing, retired, lock,
			state, current_rev, latest_rev, pending, flags, major, needs_source, findings, doubt, comments, blocked, risk, waiting)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 0)`,
		u.ID, u.Version, u.Document, u.Position, arrayOf(u.Source), arrayOf(u.Target), u.Text.Source, u.Text.Target, object{u.Bead},
		doubtful(&u), missing(&u), u.Retired, u.Lock,
		m.State, m.Current, m.Latest, m.Pending, m.Flags, m.Major, m.NeedsSrc, m.Findings, m.Doubt, m.Comments, m.Blocked, m.Risk)
	if err != nil {
		return err
	}
	t.count(&u, +1)
	return nil
}

// SaveUnit writes the texts and the place of a unit only where they changed:
// most saves change the summary alone, and then touch few indexes.
func (t *tx) SaveUnit(u corpus.Unit) error {
	old, err := t.Unit(u.ID)
	if err != nil {
		return err
	}
	u.Version = old.Version
	if !sameShape(&old, &u) {
		if err := t.saveShape(&u); err != nil {
			return err
		}
	}
	if err := t.saveSummary(&u); err != nil {
		return err
	}
	t.versions[u.ID] = u.Version
	t.count(&old, -1)
	t.count(&u, +1)
	return nil
}

func sameShape(a, b *corpus.Unit) bool {
	return a.Position == b.Position && a.Retired == b.Retired && a.Text == b.Text &&
		slices.Equal(a.Source, b.Source) && slices.Equal(a.Target, b.Target) &&
		a.Bead.Status == b.Bead.Status && a.Bead.Score == b.Bead.Score && a.Bead.Margin == b.Bead.Margin && slices.Equal(a.Bead.Reasons, b.Bead.Reasons)
}

func (t *tx) saveShape(u *corpus.Unit) error {
	return t.add("unit "+string(u.ID), `
		UPDATE unit SET position = $1, source = $2, target = $3, source_text = $4, target_text = $5, bead = $6, doubtful = $7, missing = $8, retired = $9
		WHERE id = $10`,
		u.Position, arrayOf(u.Source), arrayOf(u.Target), u.Text.Source, u.Text.Target, object{u.Bead}, doubtful(u), missing(u), u.Retired, u.ID)
}

func (t *tx) saveSummary(u *corpus.Unit) error {
	waiting, err := t.oldestPending(u)
	if err != nil {
		return err
	}
	m := &u.Summary
	return t.add("unit "+string(u.ID), `
		UPDATE unit SET lock = lock + 1, state = $1, current_rev = $2, latest_rev = $3, pending = $4, flags = $5, major = $6, needs_source = $7,
			findings = $8, doubt = $9, comments = $10, blocked = $11, risk = $12, waiting = $13
		WHERE id = $14`,
		m.State, m.Current, m.Latest, m.Pending, m.Flags, m.Major, m.NeedsSrc, m.Findings, m.Doubt, m.Comments, m.Blocked, m.Risk, waiting, u.ID)
}

const unitNumberQuery = "SELECT count(*) FROM unit WHERE version = $1 AND retired = 0 AND position <= $2"

// UnitNumber counts entries of an index, not rows.
func (s *session) UnitNumber(id corpus.UnitID) (int, error) {
	u, err := s.Unit(id)
	if err != nil {
		return 0, err
	}
	if u.Retired {
		return 0, corpus.Errorf(corpus.NotFound, "the unit was merged or split, and has no number any more")
	}
	var n int
	err = s.scanOne("unit", []any{&n}, unitNumberQuery, u.Version, u.Position)
	return n, err
}

func (s *session) UnitsBetween(v corpus.VersionID, after, upTo int64) (int, error) {
	var n int
	err := s.scanOne("units", []any{&n}, "SELECT count(*) FROM unit WHERE version = $1 AND retired = 0 AND position > $2 AND position <= $3", v, after, upTo)
	return n, err
}

func (s *session) UnitNumbered(v corpus.VersionID, number int) (corpus.Unit, error) {
	if number < 1 {
		return corpus.Unit{}, corpus.Errorf(corpus.NotFound, "there is no unit %d", number)
	}
	return one(s, "unit with this number", scanUnit,
		"SELECT "+unitColumns+" FROM unit u WHERE u.version = $1 AND u.retired = 0 ORDER BY u.position LIMIT 1 OFFSET $2", v, number-1)
}
