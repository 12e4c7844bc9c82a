package workflow

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

// LedgerRow is a figure of a document: in the source, in the translation, or in
// both, with where it stands.
type LedgerRow struct {
	Figure
	Unit   corpus.UnitID
	Number int    // of the unit
	Same   []Twin // the other places of this value in the translation
	Twins  []Twin // values that differ from it by two digits exchanged, with their first places
}

// Twin is a place in the ledger that has to do with another one.
type Twin struct {
	Unit   corpus.UnitID
	Number int
	Text   string
}

// Doubtful reports whether a reader has to look at the figure: the two sides do
// not say the same, or there is no source at all. Where a source agrees, a
// near-twin is settled.
func (r LedgerRow) Doubtful() bool { return r.Relation != "equal" && r.Relation != "rounded" }

// Ledger is a window of the figures of a document's newest version, in reading
// order.
type Ledger struct {
	Rows     []LedgerRow
	Total    int // of the rows that are asked for, in what was read
	Doubtful int
	Figures  int
	Sourced  bool // without a source all figures are to be verified
	Read     int  // units read so far; below Units the rest is still to come, and so are the links
	Units    int  // of the document
}

// Whole reports whether all of the document was read.
func (l Ledger) Whole() bool { return l.Read >= l.Units }

// ledgerStep is how many units one request reads at the most, so that none waits
// for a whole yearbook.
const ledgerStep = 250

// Ledger returns up to limit rows from the given one on, counted from 0; with
// doubtful only those in doubt. It reads the latest wordings, at most ledgerStep
// units further than the requests before it: of a longer document the rows and
// counts are those of its beginning until enough was asked. Figures of a wording are
// read once and kept by its revision. After a change the units are walked again in
// the same steps; until that is done the rows are those of before it.
func (d *Desk) Ledger(ctx context.Context, user corpus.UserID, doc corpus.Document, doubtful bool, from, limit int) (Ledger, error) {
	var l Ledger
	var pages ledgerPages
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) (err error) {
		pages, l.Sourced, err = d.ledgers.step(r, doc)
		return err
	})
	l.Read, l.Units = pages.read, pages.units
	l.Figures, l.Doubtful, l.Total = len(pages.rows), len(pages.doubtful), len(pages.rows)
	if doubtful {
		l.Total = l.Doubtful
	}
	from = min(max(from, 0), l.Total)
	to := from + min(max(limit, 0), l.Total-from)
	if !doubtful {
		l.Rows = pages.rows[from:to]
		return l, err
	}
	for _, i := range pages.doubtful[from:to] {
		l.Rows = append(l.Rows, pages.rows[i])
	}
	return l, err
}

// WholeLedger returns all rows. It reads on in the steps of Ledger, each in a view
// of its own, until the whole document as it is then was read.
func (d *Desk) WholeLedger(ctx context.Context, user corpus.UserID, doc corpus.Document, doubtful bool) (Ledger, error) {
	for {
		l, err := d.Ledger(ctx, user, doc, doubtful, 0, 1<<30)
		if err != nil || l.Whole() {
			return l, err
		}
		if err := ctx.Err(); err != nil {
			return Ledger{}, err
		}
	}
}

// ledgerCache keeps the figures of the versions last looked at.
type ledgerCache struct {
	mu    sync.Mutex
	books []*ledgerBook // newest use last
}

type ledgerBook struct {
	mu      sync.Mutex
	version corpus.VersionID
	known   map[corpus.RevisionID][]LedgerRow // by the wording they were read from
	whole   *ledgerPages                      // of the last walk that came to the end
	head    string                            // hash of the document's last event when that began
	walk    *ledgerWalk                       // under way; else nil
}

// ledgerPages are the figures read, which nobody changes.
type ledgerPages struct {
	rows        []LedgerRow
	doubtful    []int // places in rows
	read, units int
}

// ledgerWalk is a reading of all units that is not at its end.
type ledgerWalk struct {
	ledgerPages
	head  string
	after int64 // position of the last unit read
	seen  map[corpus.RevisionID][]LedgerRow
}

// booksKept bounds the cache.
const booksKept = 4

func (c *ledgerCache) book(v corpus.VersionID) *ledgerBook {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, b := range c.books {
		if b.version == v {
			c.books = append(append(c.books[:i:i], c.books[i+1:]...), b)
			return b
		}
	}
	b := &ledgerBook{version: v, known: map[corpus.RevisionID][]LedgerRow{}}
	if c.books = append(c.books, b); len(c.books) > booksKept {
		c.books = c.books[1:]
	}
	return b
}

// step reads on by one step, and returns what there is: the whole document, the
// whole of before a change, or its beginning.
func (c *ledgerCache) step(r corpus.Reader, doc corpus.Document) (ledgerPages, bool, error) {
	p, err := r.Project(doc.Project)
	if err != nil {
		return ledgerPages{}, false, err
	}
	v, err := r.Version(doc.Current)
	if err != nil {
		return ledgerPages{}, false, err
	}
	b := c.book(doc.Current)
	b.mu.Lock()
	defer b.mu.Unlock()
	head, err := r.Head(corpus.DocumentChain(doc.ID)) // every change of a wording is an event
	if err != nil {
		return ledgerPages{}, false, err
	}
	if b.whole != nil && b.head == head.Hash {
		return *b.whole, v.Source.Present(), nil
	}
	if b.walk == nil || b.walk.head != head.Hash {
		progress, err := r.Progress(doc.Current)
		if err != nil {
			return ledgerPages{}, false, err
		}
		b.walk = &ledgerWalk{ledgerPages: ledgerPages{units: progress.Units}, head: head.Hash, after: -1 << 62, seen: map[corpus.RevisionID][]LedgerRow{}}
	}
	atEnd, err := b.read(r, p, doc)
	switch {
	case err != nil:
		b.walk = nil // it may be half a step further
		return ledgerPages{}, false, err
	case atEnd:
		w := b.walk
		w.units = w.read
		w.rows = slices.Clone(w.rows) // the others are in readers' hands, without links
		linkFigures(w.rows)
		b.whole, b.head, b.known, b.walk = &w.ledgerPages, w.head, w.seen, nil
		return *b.whole, v.Source.Present(), nil
	case b.whole != nil:
		before := *b.whole
		before.read, before.units = b.walk.read, b.walk.units
		return before, v.Source.Present(), nil
	}
	return b.walk.ledgerPages, v.Source.Present(), nil
}

// read takes the walk one step further, and reports whether it came to the end.
func (b *ledgerBook) read(r corpus.Reader, p corpus.Project, doc corpus.Document) (bool, error) {
	w := b.walk
	for stop := w.read + ledgerStep; w.read < stop; {
		units, err := r.Units(doc.Current, corpus.Filter{}, w.after, min(stride, stop-w.read))
		if err != nil || len(units) == 0 {
			return err == nil, err
		}
		for _, u := range units {
			rows, ok := b.known[u.Summary.Latest]
			if !ok {
				text := u.Text.Target
				if !untouched(u) {
					rec, err := r.Record(u.ID)
					if err != nil {
						return false, err
					}
					text = rec.Latest().Text
				}
				rows = figureRows(corpus.Pair{Source: u.Text.Source, Target: text}, p.Source, p.Target)
				b.known[u.Summary.Latest] = rows
			}
			w.seen[u.Summary.Latest] = rows
			w.read++
			for _, row := range rows {
				row.Unit, row.Number = u.ID, w.read
				if row.Doubtful() {
					w.doubtful = append(w.doubtful, len(w.rows))
				}
				w.rows = append(w.rows, row)
			}
		}
		w.after = units[len(units)-1].Position
	}
	return w.read >= w.units, nil
}

// figureRows returns the figures of a unit in order of the source, then those
// that only the translation has.
func figureRows(texts corpus.Pair, source, target language.Tag) []LedgerRow {
	figures := Figures(texts, source, target)
	rows := make([]LedgerRow, len(figures))
	for i, f := range figures {
		rows[i].Figure = f
	}
	return rows
}

// linkFigures links statistics that return, and those that look like another
// one with two digits exchanged: they carry at least four digits that count.
func linkFigures(rows []LedgerRow) {
	places := map[string][]int{}
	for i, r := range rows {
		if r.Target != "" && r.Kind == quantity.Cardinal.String() && significant(r.Value) {
			places[r.Value] = append(places[r.Value], i)
		}
	}
	twin := func(i int) Twin { return Twin{rows[i].Unit, rows[i].Number, rows[i].Target} }
	for value, list := range places {
		for _, i := range list {
			for _, j := range list {
				if len(rows[i].Same) == linksShown {
					break
				}
				if rows[j].Number != rows[i].Number {
					rows[i].Same = append(rows[i].Same, twin(j))
				}
			}
			for _, other := range exchangedDigits(value) {
				if near := places[other]; len(near) > 0 {
					rows[i].Twins = append(rows[i].Twins, twin(near[0]))
				}
			}
		}
	}
}

// linksShown bounds the links of one figure.
const linksShown = 12

func significant(value string) bool {
	return len(strings.TrimRight(value, "0")) >= 4 && !strings.ContainsAny(value, ".-")
}

// exchangedDigits returns the number with each two neighbouring digits that
// differ exchanged.
func exchangedDigits(value string) []string {
	var list []string
	for i := 1; i < len(value); i++ {
		if value[i-1] != value[i] && !(i == 1 && value[i] == '0') {
			list = append(list, value[:i-1]+value[i:i+1]+value[i-1:i]+value[i+1:])
		}
	}
	return list
}
