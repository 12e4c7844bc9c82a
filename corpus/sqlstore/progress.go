package sqlstore

import (
	"github.com/reviseur/reviseur/corpus"
)

// tx is one caller's update: a session that also writes. The changes that it
// makes to the counters of a version are gathered and written once.
type tx struct {
	session
	deltas   map[corpus.VersionID]*corpus.Progress
	versions map[corpus.UnitID]corpus.VersionID // of the units saved so far
}

func (s *session) Progress(id corpus.VersionID) (corpus.Progress, error) {
	return one(s, "version "+string(id), scanProgress, `
		SELECT units, machine, stale, returned, proposed, approved, final, flags, major, findings, doubtful, pending, changed
		FROM progress WHERE version = $1`, id)
}

func scanProgress(row scanner) (p corpus.Progress, err error) {
	st := &p.States
	err = row.Scan(&p.Units, &st[0], &st[1], &st[2], &st[3], &st[4], &st[5], &p.Flags, &p.Major, &p.Findings, &p.Doubtful, &p.Pending, stamp{&p.Changed})
	return p, err
}

// Progress counts what this update changed as well.
func (t *tx) Progress(id corpus.VersionID) (corpus.Progress, error) {
	if err := t.flush(); err != nil {
		return corpus.Progress{}, err
	}
	return t.session.Progress(id)
}

func (t *tx) addProgress(id corpus.VersionID) error {
	return t.add("progress", `
		INSERT INTO progress (version, units, machine, stale, returned, proposed, approved, final, flags, major, findings, doubtful, pending, changed)
		VALUES ($1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`, id)
}

// count notes what a unit adds to the counters of its version, or takes from
// them with sign -1. A retired unit counts for nothing.
func (t *tx) count(u *corpus.Unit, sign int) {
	if u.Retired {
		return
	}
	p := t.delta(u.Version)
	p.Units += sign
	p.States[min(u.Summary.State, corpus.StateFinal)] += sign
	p.Flags += sign * u.Summary.Flags
	p.Major += sign * u.Summary.Major
	p.Findings += sign * u.Summary.Findings
	p.Pending += sign * u.Summary.Pending
	if u.Bead.Status == corpus.BeadDoubtful {
		p.Doubtful += sign
	}
}

// delta returns the changes gathered for a version.
func (t *tx) delta(v corpus.VersionID) *corpus.Progress {
	p := t.deltas[v]
	if p == nil {
		p = &corpus.Progress{}
		t.deltas[v] = p
	}
	return p
}

// flush writes the gathered changes.
func (t *tx) flush() error {
	for id, p := range t.deltas {
		delete(t.deltas, id)
		if *p == (corpus.Progress{}) {
			continue
		}
		st := &p.States
		err := t.save("progress of version "+string(id), `
			UPDATE progress SET units = units + $1, machine = machine + $2, stale = stale + $3, returned = returned + $4,
				proposed = proposed + $5, approved = approved + $6, final = final + $7, flags = flags + $8, major = major + $9,
				findings = findings + $10, doubtful = doubtful + $11, pending = pending + $12,
				changed = max(changed, $13)
			WHERE version = $14`,
			p.Units, st[0], st[1], st[2], st[3], st[4], st[5], p.Flags, p.Major, p.Findings, p.Doubtful, p.Pending, millis(p.Changed), id)
		if err != nil {
			return err
		}
	}
	return nil
}
