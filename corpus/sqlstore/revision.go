package sqlstore

import (
	"fmt"

	"github.com/reviseur/reviseur/corpus"
)

const revisionColumns = `r.id, r.unit, r.number, r.text, r.author, r.hands, r.origin, r.base, r.from_rev, r.place, r.note, r.instruction,
	r.bad, r.reason, r.created, r.act, r.undone, r.key`

func scanRevision(row scanner) (r corpus.Revision, err error) {
	err = row.Scan(&r.ID, &r.Unit, &r.Number, &r.Text, &r.Author, array[corpus.UserID]{&r.Hands}, &r.Origin, &r.Base, &r.From, &r.Place,
		&r.Note, &r.Instruction, &r.Verdict.Bad, &r.Verdict.Reason, stamp{&r.Created}, &r.Act, &r.Undone, &r.Key)
	return r, err
}

func (t *tx) AddRevision(r corpus.Revision) error {
	return t.add(fmt.Sprintf("revision %d", r.Number), `
		INSERT INTO revision (id, unit, number, text, author, hands, origin, base, from_rev, place, note, instruction,
			bad, reason, created, act, undone, key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		r.ID, r.Unit, r.Number, r.Text, r.Author, arrayOf(r.Hands), r.Origin, r.Base, r.From, r.Place, r.Note, r.Instruction,
		r.Verdict.Bad, r.Verdict.Reason, millis(r.Created), r.Act, r.Undone, r.Key)
}

func (s *session) RevisionByKey(unit corpus.UnitID, author corpus.UserID, key string) (corpus.Revision, error) {
	return one(s, "revision with this key", scanRevision,
		"SELECT "+revisionColumns+" FROM revision r WHERE r.unit = $1 AND r.author = $2 AND r.key = $3 AND r.key <> ''", unit, author, key)
}

const proposalColumns = "p.id, p.unit, p.revision, p.by_user, p.no_change, p.created, p.act, p.undone"

func scanProposal(row scanner) (p corpus.Proposal, err error) {
	err = row.Scan(&p.ID, &p.Unit, &p.Revision, &p.By, &p.NoChange, stamp{&p.Created}, &p.Act, &p.Undone)
	return p, err
}

func (t *tx) AddProposal(p corpus.Proposal) error {
	return t.add("proposal "+string(p.ID), `
		INSERT INTO proposal (id, unit, revision, by_user, no_change, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.ID, p.Unit, p.Revision, p.By, p.NoChange, millis(p.Created), p.Act, p.Undone)
}

// oldestPending returns the place of the unit's oldest pending proposal in the
// order of all proposals, 0 where none waits. Which ones wait is the domain's
// to say: by the summary's number where that tells enough, else by the record.
func (t *tx) oldestPending(u *corpus.Unit) (int64, error) {
	if u.Summary.Pending == 0 {
		return 0, nil
	}
	var standing []corpus.Proposal // not undone
	var places []int64
	err := t.each(func(row scanner) error {
		var p corpus.Proposal
		var n int64
		err := row.Scan(&n, &p.ID)
		standing, places = append(standing, p), append(places, n)
		return err
	}, "SELECT n, id FROM proposal WHERE unit = $1 AND undone = 0 ORDER BY n", u.ID)
	if err != nil || len(standing) == 0 {
		return 0, err
	}
	if len(standing) == u.Summary.Pending { // all of them
		return places[0], nil
	}
	rec := corpus.Record{Proposals: standing}
	rec.Decisions, err = list(&t.session, scanDecision, "SELECT "+decisionColumns+" FROM decision d WHERE d.unit = $1 ORDER BY d.n", u.ID)
	if err != nil {
		return 0, err
	}
	for i, p := range standing {
		if rec.Status(p) == corpus.Pending {
			return places[i], nil
		}
	}
	return 0, nil
}
