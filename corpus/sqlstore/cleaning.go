package sqlstore

import "github.com/reviseur/reviseur/corpus"

func scanCleaning(row scanner) (c corpus.Cleaning, err error) {
	var before, after []byte
	err = row.Scan(&c.ID, &c.Version, &c.Unit, &c.Kind, &c.Level, &c.Block, &c.Offset, object{&c.Old}, &before, &after, &c.Text,
		&c.By, &c.Name, stamp{&c.Created}, &c.Act, &c.Undone)
	c.Before, c.After = string(before), string(after)
	return c, err
}

func scanCleaningDecision(row scanner) (d corpus.CleaningDecision, err error) {
	err = row.Scan(&d.ID, &d.Cleaning, &d.Verb, &d.By, &d.Name, &d.Function, &d.Reason, stamp{&d.Created}, &d.OnePerson, &d.Act, &d.Undone)
	return d, err
}

// Cleanings reads all decisions of the version at once and hands them out.
func (s *session) Cleanings(v corpus.VersionID) ([]corpus.Cleaning, error) {
	all, err := list(s, scanCleaning, `
		SELECT id, version, unit, kind, level, block, at_offset, old_span, before, after, text_hash, by_user, name, created, act, undone
		FROM cleaning WHERE version = $1 AND undone = 0 ORDER BY n`, v)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := make(map[corpus.CleaningID]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	decisions, err := list(s, scanCleaningDecision, `
		SELECT d.id, d.cleaning, d.verb, d.by_user, d.name, d.function, d.reason, d.created, d.one_person, d.act, d.undone
		FROM cleaning c JOIN cleaning_decision d ON d.cleaning = c.id
		WHERE c.version = $1 AND c.undone = 0 AND d.undone = 0 ORDER BY d.n`, v)
	for _, d := range decisions {
		c := &all[at[d.Cleaning]]
		c.Decisions = append(c.Decisions, d)
	}
	return all, err
}

func (t *tx) AddCleaning(c corpus.Cleaning) error {
	return t.add("cleaning "+string(c.ID), `
		INSERT INTO cleaning (id, version, unit, kind, level, block, at_offset, old_span, before, after, text_hash, by_user, name, created, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		c.ID, c.Version, c.Unit, c.Kind, c.Level, c.Block, c.Offset, object{c.Old}, []byte(c.Before), []byte(c.After), c.Text,
		c.By, c.Name, millis(c.Created), c.Act, c.Undone)
}

func (t *tx) AddCleaningDecision(d corpus.CleaningDecision) error {
	return t.add("decision "+string(d.ID), `
		INSERT INTO cleaning_decision (id, cleaning, verb, by_user, name, function, reason, created, one_person, act, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		d.ID, d.Cleaning, d.Verb, d.By, d.Name, d.Function, d.Reason, millis(d.Created), d.OnePerson, d.Act, d.Undone)
}
