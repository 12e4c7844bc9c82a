package sqlstore

import "github.com/reviseur/reviseur/corpus"

const decisionColumns = `d.id, d.unit, d.verb, d.revision, d.proposal, d.flag, d.by_user, d.name, d.function, d.reason, d.created,
	d.batch, d.size, d.hash, d.no_source, d.one_person, d.rests, d.act, d.undone`

func scanDecision(row scanner) (d corpus.Decision, err error) {
	err = row.Scan(&d.ID, &d.Unit, &d.Verb, &d.Revision, &d.Proposal, &d.Flag, &d.By, &d.Name, &d.Function, &d.Reason, stamp{&d.Created},
		&d.Batch, &d.Size, &d.Hash, &d.NoSource, &d.OnePerson, &d.Rests, &d.Act, &d.Undone)
	return d, err
}

func (t *tx) AddDecision(d corpus.Decision) error {
	return t.add("decision "+string(d.ID), `
		INSERT INTO decision (id, unit, verb, revision, proposal, flag, by_user, name, function, reason, created,
			batch, size, hash, no_source, one_person, rests, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		d.ID, d.Unit, d.Verb, d.Revision, d.Proposal, d.Flag, d.By, d.Name, d.Function, d.Reason, millis(d.Created),
		d.Batch, d.Size, d.Hash, d.NoSource, d.OnePerson, d.Rests, d.Act, d.Undone)
}

// MarkUndone marks the rows of every kind that an act can add.
func (t *tx) MarkUndone(act corpus.EventID) error {
	for _, query := range []string{
		"UPDATE revision SET undone = 1 WHERE act = $1",
		"UPDATE proposal SET undone = 1 WHERE act = $1",
		"UPDATE decision SET undone = 1 WHERE act = $1",
		"UPDATE flag SET undone = 1 WHERE act = $1",
		"UPDATE comment SET undone = 1 WHERE act = $1",
		"UPDATE dismissal SET undone = 1 WHERE act = $1",
		"UPDATE override SET undone = 1 WHERE act = $1",
		"UPDATE taken SET undone = 1 WHERE act = $1",
		"UPDATE cleaning SET undone = 1 WHERE act = $1",
		"UPDATE cleaning_decision SET undone = 1 WHERE act = $1",
	} {
		if err := t.add("act "+string(act), query, act); err != nil {
			return err
		}
	}
	return nil
}
