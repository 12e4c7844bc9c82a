package sqlstore

import (
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// phraseLimit bounds the tokens by which candidates are looked up; the text of
// each candidate is compared with the whole phrase.
const phraseLimit = 48

// errEnough ends a reading when the caller's limit is reached.
var errEnough = errors.New("enough")

// Search reads the revisions that the index lacks first: they are the newest.
// Then it asks the index for candidates. Both are compared with the phrase, so
// that the result does not depend on how far the index is.
func (s *session) Search(p corpus.ProjectID, phrase string, limit int) ([]corpus.Revision, error) {
	phrase = corpus.Fold(phrase)
	if phrase == "" || limit <= 0 {
		return nil, s.usable()
	}
	var found []corpus.Revision
	keep := func(row scanner) error {
		r, err := scanRevision(row)
		if err == nil && holds(corpus.Fold(r.Text), phrase) {
			found = append(found, r)
			if len(found) == limit {
				return errEnough
			}
		}
		return err
	}
	var indexed int64
	if err := s.scanOne("search index", []any{&indexed}, "SELECT indexed FROM search_state"); err != nil {
		return nil, err
	}
	err := s.each(keep, unindexedQuery, indexed, p)
	if err == nil {
		err = s.each(keep, candidatesQuery, matchQuery(phrase, p), indexed, p)
	}
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return found, nil
}

// The order of the joins is the order in which tables are visited.
const (
	unindexedQuery = "SELECT " + revisionColumns + ` FROM revision r CROSS JOIN unit u CROSS JOIN version v CROSS JOIN document d
		WHERE r.n > $1 AND u.id = r.unit AND v.id = u.version AND d.id = v.document
			AND d.project = $2 AND v.ready = 1 AND r.undone = 0
		ORDER BY r.n DESC`
	candidatesQuery = "SELECT " + revisionColumns + ` FROM search CROSS JOIN revision r CROSS JOIN unit u CROSS JOIN version v CROSS JOIN document d
		WHERE search MATCH $1 AND search.rowid <= $2 AND r.n = search.rowid AND u.id = r.unit AND v.id = u.version AND d.id = v.document
			AND d.project = $3 AND v.ready = 1 AND r.undone = 0
		ORDER BY search.rowid DESC`
)

// matchQuery returns the FTS5 query for a folded phrase in a project. Folded
// text holds letters, digits, marks and spaces only, so nothing in it can end
// the quotation and act as an operator.
func matchQuery(folded string, p corpus.ProjectID) string {
	tokens, open := phraseTokens(folded)
	if len(tokens) > phraseLimit {
		tokens, open = tokens[:phraseLimit], false
	}
	star := ""
	if open {
		star = " *"
	}
	return `words : "` + strings.Join(tokens, " ") + `"` + star + ` AND project : "` + projectToken(p) + `"`
}

// projectToken is the project's id as one token, whatever is in it.
func projectToken(p corpus.ProjectID) string { return hex.EncodeToString([]byte(p)) }

// The bounds of one slice of indexing, which holds up whoever saves meanwhile.
const (
	sliceRows = 512
	sliceTime = 20 * time.Millisecond
)

// indexSlice puts some revisions that the index lacks into it, and reports
// whether there may be more. A slice that fails leaves nothing: searches are
// slower then, not wrong, and the next save brings another try.
func (w *writer) indexSlice() (more bool) {
	var behind bool
	const question = "SELECT indexed < (SELECT coalesce(max(n), 0) FROM revision) FROM search_state"
	if err := w.conn.QueryRowContext(context.Background(), question).Scan(&behind); err != nil || !behind {
		return false
	}
	if w.statement("BEGIN IMMEDIATE") != nil {
		return true
	}
	err := indexSome(&session{ctx: context.Background(), conn: w.conn})
	if err == nil {
		err = w.statement("COMMIT")
	}
	if err != nil {
		_ = w.statement("ROLLBACK") // fails where SQLite has done it already
	}
	return err == nil
}

// entry is a revision to be indexed.
type entry struct {
	n       int64
	text    string
	project corpus.ProjectID
}

func indexSome(s *session) error {
	var indexed int64
	if err := s.scanOne("search index", []any{&indexed}, "SELECT indexed FROM search_state"); err != nil {
		return err
	}
	entries, err := list(s, func(row scanner) (e entry, err error) {
		err = row.Scan(&e.n, &e.text, &e.project)
		return e, err
	}, `SELECT r.n, r.text, d.project FROM revision r CROSS JOIN unit u CROSS JOIN document d
		WHERE r.n > $1 AND u.id = r.unit AND d.id = u.document ORDER BY r.n LIMIT $2`, indexed, sliceRows)
	if err != nil {
		return err
	}
	end := time.Now().Add(sliceTime)
	for _, e := range entries {
		words := strings.Join(textTokens(corpus.Fold(e.text)), " ")
		if _, err := s.exec("search index", "INSERT INTO search (rowid, words, project) VALUES ($1, $2, $3)", e.n, words, projectToken(e.project)); err != nil {
			return err
		}
		indexed = e.n
		if time.Now().After(end) {
			break
		}
	}
	return s.add("search index", "UPDATE search_state SET indexed = $1", indexed)
}

// forget takes the revisions of a version out of the index, which must happen
// before they are deleted: their numbers may be given again.
func (t *tx) forget(v corpus.VersionID) error {
	err := t.add("search index", `
		DELETE FROM search WHERE rowid IN (
			SELECT r.n FROM unit u JOIN revision r ON r.unit = u.id
			WHERE u.version = $1 AND r.n <= (SELECT indexed FROM search_state))`, v)
	if err != nil {
		return err
	}
	return t.add("search index", `
		UPDATE search_state SET indexed = min(indexed, (
			SELECT coalesce(max(r.n), 0) FROM revision r JOIN unit u ON u.id = r.unit WHERE u.version <> $1))`, v)
}
