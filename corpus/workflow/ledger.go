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
	Total    int // of the rows that are asked for, in the whole document
	Doubtful int
	Figures  int
	Sourced  bool // without a source all figures are to be verified
}

// Ledger returns up to limit rows from the given one on, counted from 0; with
// doubtful only those in doubt. It reads the latest wordings. Figures of a
// wording are read once and kept by its revision, so that the first request after a
// change costs a walk over the units, and further ones nothing of the kind.
func (d *Desk) Ledger(ctx context.Context, user corpus.UserID, doc corpus.Document, doubtful bool, from, limit int) (Ledger, error) {
	var l Ledger
	var rows []LedgerRow
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) (err error) {
		rows, l.Sourced, err = d.ledgers.rows(r, doc)
		return err
	})
	l.Figures = len(rows)
	l.Total = len(rows)
	for _, row := range rows {
		if row.Doubtful() {
			l.Doubtful++
		}
	}
	if doubtful {
		rows = slices.DeleteFunc(slices.Clone(rows), func(r LedgerRow) bool { return !r.Doubtful() })
		l.Total = len(rows)
	}
	from = min(max(from, 0), len(rows))
	l.Rows = rows[from:min(from+max(limit, 0), len(rows))]
	return l, err
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
	head    string                            // hash of the document's last event when all was read
	all     []LedgerRow                       // of then; nobody changes it
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

// rows returns all figures of the document, linked.
func (c *ledgerCache) rows(r corpus.Reader, doc corpus.Document) ([]LedgerRow, bool, error) {
	p, err := r.Project(doc.Project)
	if err != nil {
		return nil, false, err
	}
	v, err := r.Version(doc.Current)
	if err != nil {
		return nil, false, err
	}
	b := c.book(doc.Current)
	b.mu.Lock()
	defer b.mu.Unlock()
	head, err := r.Head(corpus.DocumentChain(doc.ID)) // every change of a wording is an event
	if err != nil {
		return nil, false, err
	}
	if b.head != "" && b.head == head.Hash {
		return b.all, v.Source.Present(), nil
	}
	known := make(map[corpus.RevisionID][]LedgerRow, len(b.known))
	var all []LedgerRow
	number := 0
	for after := int64(-1 << 62); ; {
		units, err := r.Units(doc.Current, corpus.Filter{}, after, stride)
		if err != nil {
			return nil, false, err
		}
		if len(units) == 0 {
			break
		}
		after = units[len(units)-1].Position
		for _, u := range units {
			number++
			rows, ok := b.known[u.Summary.Latest]
			if !ok {
				text := u.Text.Target
				if !untouched(u) {
					rec, err := r.Record(u.ID)
					if err != nil {
						return nil, false, err
					}
					text = rec.Latest().Text
				}
				rows = figureRows(corpus.Pair{Source: u.Text.Source, Target: text}, p.Source, p.Target)
			}
			known[u.Summary.Latest] = rows
			for _, row := range rows {
				row.Unit, row.Number = u.ID, number
				all = append(all, row)
			}
		}
	}
	linkFigures(all)
	b.known, b.head, b.all = known, head.Hash, all
	return all, v.Source.Present(), nil
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
				if rows[j].Number != rows[i].Number && len(rows[i].Same) < linksShown {
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
