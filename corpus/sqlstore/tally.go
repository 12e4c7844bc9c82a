package sqlstore

import "github.com/reviseur/reviseur/corpus"

func (s *session) ProjectDismissals(p corpus.ProjectID, check string, before int64, limit int) ([]corpus.Dismissal, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return list(s, scanDismissal, `
		SELECT `+dismissalColumns+` FROM dismissal
		WHERE project = $1 AND n < $2 AND undone = 0 AND ($3 = '' OR check_id = $3) ORDER BY n DESC LIMIT $4`, p, before, check, max(limit, 0))
}

func (t *tx) Revoke(number int64) error {
	return t.save("dismissal", "UPDATE dismissal SET undone = 1 WHERE n = $1 AND undone = 0", number)
}

func (t *tx) AddTaken(x corpus.Taken) error {
	return t.add("taken fix", "INSERT INTO taken (project, unit, check_id, act, undone) VALUES ($1, $2, $3, $4, 0)", x.Project, x.Unit, x.Check, x.Act)
}

// counted is a row of a count by check.
type counted struct {
	check string
	n     int
}

func scanCounted(row scanner) (c counted, err error) {
	err = row.Scan(&c.check, &c.n)
	return c, err
}

// Tallies leaves flags out that their authors withdrew.
func (s *session) Tallies(p corpus.ProjectID) (map[string]corpus.Tally, error) {
	tallies := map[string]corpus.Tally{}
	for _, q := range []struct {
		query string
		add   func(*corpus.Tally, int)
	}{
		{`SELECT f.check_id, count(*) FROM flag f CROSS JOIN unit u CROSS JOIN document d
			WHERE f.undone = 0 AND f.check_id <> '' AND u.id = f.unit AND d.id = u.document AND d.project = $1
				AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.unit = f.unit AND x.flag = f.id AND x.undone = 0 AND x.verb IN ('withdraw-flag', 'dismiss-major'))
			GROUP BY f.check_id`, func(t *corpus.Tally, n int) { t.Confirmed = n }},
		{"SELECT check_id, count(*) FROM taken WHERE project = $1 AND undone = 0 GROUP BY check_id", func(t *corpus.Tally, n int) { t.Taken = n }},
		{"SELECT check_id, count(*) FROM dismissal WHERE project = $1 AND undone = 0 GROUP BY check_id", func(t *corpus.Tally, n int) { t.Dismissed = n }},
	} {
		counts, err := list(s, scanCounted, q.query, p)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			t := tallies[c.check]
			q.add(&t, c.n)
			tallies[c.check] = t
		}
	}
	return tallies, nil
}

func (s *session) UnitsFinding(d corpus.DocumentID, key string, after int64, limit int) ([]corpus.Unit, error) {
	return list(s, scanUnit, unitsFindingQuery, key, d, after, max(limit, 0))
}

// The order of the joins is the order in which tables are visited: by the key
// first, which few findings share.
const unitsFindingQuery = "SELECT DISTINCT " + unitColumns + ` FROM finding f CROSS JOIN revision r CROSS JOIN unit u CROSS JOIN document d
	WHERE f.key = $1 AND r.id = f.revision AND u.id = r.unit AND u.latest_rev = r.id AND u.retired = 0
		AND d.id = $2 AND u.version = d.current_version AND u.position > $3
	ORDER BY u.position LIMIT $4`

func (s *session) UnitsChecked(v corpus.VersionID, check string, after int64, limit int) ([]corpus.Unit, error) {
	return list(s, scanUnit, unitsCheckedQuery, v, after, check, max(limit, 0))
}

const unitsCheckedQuery = "SELECT " + unitColumns + ` FROM unit u
	WHERE u.version = $1 AND u.position > $2 AND u.retired = 0
		AND EXISTS (SELECT 1 FROM finding f WHERE f.revision = u.latest_rev AND f.check_id = $3)
	ORDER BY u.position LIMIT $4`

func (s *session) CheckCounts(v corpus.VersionID) (map[string]int, error) {
	counts, err := list(s, scanCounted, `
		SELECT f.check_id, count(*) FROM unit u CROSS JOIN finding f
		WHERE u.version = $1 AND u.retired = 0 AND f.revision = u.latest_rev GROUP BY f.check_id`, v)
	m := make(map[string]int, len(counts))
	for _, c := range counts {
		m[c.check] = c.n
	}
	return m, err
}
