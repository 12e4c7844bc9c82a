package workflow

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// WindowSize is how many units a window of a list holds at the most, the ones
// that are only shown for context not counted.
const WindowSize = 100

// lead is how many units a window shows in front of the unit it was asked for.
const lead = 20

// Query asks for a window of a document's newest version: a stretch of units in
// reading order. At, Number, After and Before say where it lies; the first of
// them that is set counts, and none means the beginning.
type Query struct {
	Match  []corpus.Filter // units that any of these match; empty: all
	Phrase string          // only units with this in the source or the machine's wording; case and marks forgiven
	At     corpus.UnitID   // the window holds this unit, or begins behind its place
	Number string          // the window holds the unit with this number, as it was typed
	After  int64           // it begins behind this position
	Before int64           // it ends in front of this position

	// By an order of risk After and Before count for nothing; these do.
	Order   corpus.Order
	Behind  *corpus.Rank // the window begins behind this rank
	InFront *corpus.Rank // it ends in front of this one
}

// Window is what a list shows: matching units with their records, in reading
// order.
type Window struct {
	Rows          []Row
	Earlier, More bool // there are matching units before the first, behind the last
	Version       corpus.Version
}

// Row is a unit in a window.
type Row struct {
	Number  int // in reading order
	Record  corpus.Record
	Context bool // it does not match: it is the unit before one that does
	Draft   bool // the reader has a draft of it
	Heading HeadingLook
}

// untouched reports whether nobody answered for the unit or proposed anything;
// then every wording is the machine's, and the unit alone tells all.
func untouched(u corpus.Unit) bool {
	return u.Summary.State == corpus.StateMachine && u.Summary.Pending == 0
}

// Window reads a window. Its cost depends on the units it shows, not on the
// document, unless a phrase is searched for: then it reads on until the window
// is full.
func (d *Desk) Window(ctx context.Context, user corpus.UserID, doc corpus.Document, q Query) (Window, error) {
	var w Window
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		var err error
		if w.Version, err = r.Version(doc.Current); err != nil {
			return err
		}
		l := lister{Reader: r, query: q, version: doc.Current}
		window := l.window
		if q.Order != corpus.InReading {
			window = l.rankedWindow
		}
		units, err := window(&w)
		if err != nil {
			return err
		}
		if w.Rows, err = l.rows(units, user); err != nil {
			return err
		}
		if err = headings(r, doc.Current, w.Rows); err != nil {
			return err
		}
		return d.warmFor(r, user, doc, w.Version)
	})
	return w, err
}

// warmFor warms the file of a version that the user may write into.
func (d *Desk) warmFor(r corpus.Reader, user corpus.UserID, doc corpus.Document, v corpus.Version) error {
	p, err := r.Project(doc.Project)
	if err != nil {
		return err
	}
	if _, err := allowed(r, p, user, corpus.Propose); err != nil {
		if corpus.KindOf(err) == corpus.Forbidden {
			return nil
		}
		return err
	}
	return d.warm(r, doc.Format, v)
}

// Next returns the matching unit that follows, or precedes, a unit in the query's
// order; of the unit its place counts as it was read. The kind of its error is
// NotFound where there is none.
func (d *Desk) Next(ctx context.Context, user corpus.UserID, doc corpus.Document, q Query, from corpus.Unit, backwards bool) (corpus.Unit, error) {
	var unit corpus.Unit
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		l := lister{Reader: r, query: q, version: doc.Current}
		var units []corpus.Unit
		var err error
		if q.Order == corpus.InReading {
			units, err = l.list(from.Position, 1, backwards)
		} else {
			rank := corpus.RankOf(q.Order, from)
			units, err = l.ranked(&rank, 1, backwards)
		}
		if err == nil && len(units) == 0 {
			err = corpus.Errorf(corpus.NotFound, "there is no further unit here")
		}
		if err == nil {
			unit = units[0]
		}
		return err
	})
	return unit, err
}

// Chosen reads single units of a document the way Window does, in the order
// given.
func (d *Desk) Chosen(ctx context.Context, user corpus.UserID, doc corpus.Document, units []corpus.UnitID) (Window, error) {
	var w Window
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		var err error
		if w.Version, err = r.Version(doc.Current); err != nil {
			return err
		}
		l := lister{Reader: r, version: doc.Current}
		for _, id := range units {
			u, err := r.Unit(id)
			if err != nil {
				return err
			}
			if u.Version != doc.Current || u.Retired {
				return corpus.Errorf(corpus.NotFound, "the unit was merged or split meanwhile, or is of an earlier version; open the document again")
			}
			row := Row{Record: corpus.Record{Unit: u}}
			if row.Number, err = r.UnitNumber(id); err != nil {
				return err
			}
			if err := l.fill(&row, user); err != nil {
				return err
			}
			w.Rows = append(w.Rows, row)
		}
		return headings(r, doc.Current, w.Rows)
	})
	return w, err
}

// lister reads the units that a query matches.
type lister struct {
	corpus.Reader
	query   Query
	version corpus.VersionID
}

// window reads the units of the window and says what lies around it.
func (l lister) window(w *Window) ([]corpus.Unit, error) {
	start, err := l.start()
	if err != nil {
		return nil, err
	}
	var units []corpus.Unit
	if l.query.Before != 0 && start == l.query.Before {
		units, err = l.before(start, WindowSize+1)
		if w.Earlier = len(units) > WindowSize; w.Earlier {
			units = units[1:]
		}
		w.More = true
		return units, err
	}
	if units, err = l.after(start, WindowSize+1); err != nil {
		return nil, err
	}
	if w.More = len(units) > WindowSize; w.More {
		units = units[:WindowSize]
	}
	before, err := l.before(start+1, 1)
	w.Earlier = len(before) > 0
	return units, err
}

// anchor finds the unit that the query says to begin at; false where it names none.
func (l lister) anchor() (at corpus.Unit, ok bool, err error) {
	q := l.query
	switch {
	case q.At != "":
		at, err = l.Unit(q.At)
		if err == nil && at.Version != l.version {
			err = corpus.Errorf(corpus.NotFound, "the unit is of an earlier version of this document")
		}
	case q.Number != "":
		at, err = UnitNumbered(l, l.version, q.Number)
	default:
		return at, false, nil
	}
	return at, true, err
}

// start returns the position behind which the window begins, or Before.
func (l lister) start() (int64, error) {
	at, ok, err := l.anchor()
	switch q := l.query; {
	case err != nil:
		return 0, err
	case ok:
	case q.After != 0:
		return q.After, nil
	case q.Before != 0:
		return q.Before, nil
	default:
		return math.MinInt64 + 1, nil
	}
	before, err := l.before(at.Position, lead)
	if err != nil || len(before) == 0 {
		return at.Position - 1, err
	}
	return before[0].Position - 1, nil
}

func (l lister) after(position int64, limit int) ([]corpus.Unit, error) {
	return l.list(position, limit, false)
}

func (l lister) before(position int64, limit int) ([]corpus.Unit, error) {
	return l.list(position, limit, true)
}

// list returns up to limit matching units beyond a position, nearest to it, in
// reading order.
func (l lister) list(position int64, limit int, backwards bool) ([]corpus.Unit, error) {
	phrase := corpus.Fold(l.query.Phrase)
	if phrase == "" {
		return l.matching(position, limit, backwards)
	}
	var found []corpus.Unit
	for {
		units, err := l.matching(position, stride, backwards)
		if err != nil || len(units) == 0 {
			return found, err
		}
		if position = units[len(units)-1].Position; backwards {
			position = units[0].Position
			slices.Reverse(units)
		}
		for _, u := range units {
			if !strings.Contains(corpus.Fold(u.Text.Source), phrase) && !strings.Contains(corpus.Fold(u.Text.Target), phrase) {
				continue
			}
			if backwards {
				found = slices.Insert(found, 0, u)
			} else {
				found = append(found, u)
			}
			if len(found) == limit {
				return found, nil
			}
		}
	}
}

// stride is how many units a search reads at a time.
const stride = 500

// matching merges the lists of the filters.
func (l lister) matching(position int64, limit int, backwards bool) ([]corpus.Unit, error) {
	filters := l.query.Match
	if len(filters) == 0 {
		filters = []corpus.Filter{{}}
	}
	read := l.Units
	if backwards {
		read = l.UnitsBefore
	}
	var all []corpus.Unit
	for _, f := range filters {
		units, err := read(l.version, f, position, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, units...)
	}
	if len(filters) > 1 {
		slices.SortFunc(all, func(a, b corpus.Unit) int { return cmp.Compare(a.Position, b.Position) })
		all = slices.CompactFunc(all, func(a, b corpus.Unit) bool { return a.ID == b.ID })
	}
	switch {
	case len(all) <= limit:
		return all, nil
	case backwards:
		return all[len(all)-limit:], nil
	}
	return all[:limit], nil
}

// rows adds to the units what a list shows of them, and in front of each that
// stands apart the unit before it.
func (l lister) rows(units []corpus.Unit, user corpus.UserID) ([]Row, error) {
	filtered := (len(l.query.Match) > 0 || l.query.Phrase != "") && l.query.Order == corpus.InReading
	var rows []Row
	for _, u := range units {
		if filtered {
			before, err := l.UnitsBefore(l.version, corpus.Filter{}, u.Position, 1)
			if err != nil {
				return nil, err
			}
			if len(before) > 0 && (len(rows) == 0 || rows[len(rows)-1].Record.Unit.ID != before[0].ID) {
				rows = append(rows, Row{Record: corpus.Record{Unit: before[0]}, Context: true})
			}
		}
		rows = append(rows, Row{Record: corpus.Record{Unit: u}})
	}
	for i := range rows {
		if err := l.fill(&rows[i], user); err != nil {
			return nil, err
		}
	}
	if l.query.Order != corpus.InReading {
		return rows, l.numberEach(rows)
	}
	return rows, l.number(rows, filtered)
}

// number numbers the rows: the first by its place in the document, the others
// on from the one before.
func (l lister) number(rows []Row, gaps bool) error {
	if len(rows) == 0 {
		return nil
	}
	var err error
	if rows[0].Number, err = l.UnitNumber(rows[0].Record.Unit.ID); err != nil {
		return err
	}
	for i := range rows[1:] {
		before, row := &rows[i], &rows[i+1]
		n := 1
		if gaps {
			if n, err = l.UnitsBetween(l.version, before.Record.Unit.Position, row.Record.Unit.Position); err != nil {
				return err
			}
		}
		row.Number = before.Number + n
	}
	return nil
}

// fill reads the record where there is more to know than the unit says.
func (l lister) fill(row *Row, user corpus.UserID) error {
	u := row.Record.Unit
	if !untouched(u) {
		rec, err := l.Record(u.ID)
		if err != nil {
			return err
		}
		row.Record = rec
	} else {
		row.Record.Revisions = []corpus.Revision{{ID: u.Summary.Current, Unit: u.ID, Text: u.Text.Target, Origin: corpus.FromMachine}}
	}
	_, err := l.Draft(u.ID, user)
	row.Draft = err == nil
	if corpus.KindOf(err) == corpus.NotFound {
		err = nil
	}
	return err
}
