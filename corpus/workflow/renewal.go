package workflow

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/reviseur/reviseur/corpus"
)

// Kind says what a version did to a place in a document.
type Kind string

// The kinds of renewals.
const (
	KindChanged Kind = "changed" // a text of either side is another
	KindAdded   Kind = "added"
	KindRemoved Kind = "removed"
	KindMoved   Kind = "moved" // the texts are the same and stand elsewhere
)

// Renewal is a place in which a version differs from the one before it. Old is
// nil for one that came in, New for one that went.
type Renewal struct {
	Kind     Kind
	Old, New *corpus.Record
	Was, Now int  // numbers in reading order; 0 where it is not there
	Moved    bool // it stands elsewhere, whether or not it changed
	Stale    bool // somebody approved it before, and has to look again

	// Trifle says that an approval went stale by punctuation or white space of
	// the source alone: the same words and figures stand there.
	Trifle bool
	// Unsourced says that it was approved without the source that is there now.
	Unsourced bool
}

// Renewed is what a version changed.
type Renewed struct {
	Version, Before corpus.Version
	Same            int
	List            []Renewal // in the order of the new version; what went stands where it was
}

// Renewals compares a version of a document with the one before it, as the two
// stand: units that were merged or linked anew since are followed to where they
// came from. The first version has none before it; the kind of the error is
// NotFound. The cost grows with the document.
func (d *Desk) Renewals(ctx context.Context, user corpus.UserID, doc corpus.Document, number int) (Renewed, error) {
	var out Renewed
	err := d.read(ctx, user, doc.Project, func(r corpus.Reader) error {
		versions, err := r.Versions(doc.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(versions, func(v corpus.Version) bool { return v.Number == number })
		if i < 1 {
			return corpus.Errorf(corpus.NotFound, "the document has no version %d with one before it", number)
		}
		out.Before, out.Version = versions[i-1], versions[i]
		c := comparison{Reader: r}
		if c.old, err = recordsOf(r, out.Before.ID); err != nil {
			return err
		}
		if c.new, err = recordsOf(r, out.Version.ID); err != nil {
			return err
		}
		out.List, out.Same, err = c.compare()
		return err
	})
	return out, err
}

func recordsOf(r corpus.Reader, version corpus.VersionID) ([]*corpus.Record, error) {
	var list []*corpus.Record
	for rec, err := range r.Records(version) {
		if err != nil {
			return nil, err
		}
		list = append(list, &rec)
	}
	return list, nil
}

// comparison is two versions on the way to being compared.
type comparison struct {
	corpus.Reader
	old, new []*corpus.Record
	at       map[corpus.UnitID]int // of old units
	taken    []bool                // of old
}

// follow says of each new unit which old one it follows from, the first of
// several, or -1, and whether that stood elsewhere.
func (c *comparison) follow() (from []int, moved []bool) {
	units := func(records []*corpus.Record) []corpus.Unit {
		out := make([]corpus.Unit, len(records))
		for i, rec := range records {
			out[i] = rec.Unit
		}
		return out
	}
	from, moved = make([]int, len(c.new)), make([]bool, len(c.new))
	for _, k := range kindred(units(c.old), units(c.new)) {
		for _, j := range k.new {
			from[j], moved[j] = -1, k.moved
			if len(k.old) > 0 {
				from[j] = k.old[0]
			}
		}
	}
	return from, moved
}

func (c *comparison) compare() (list []Renewal, same int, err error) {
	from, moved := c.follow()
	c.at, c.taken = make(map[corpus.UnitID]int, len(c.old)), make([]bool, len(c.old))
	for i, rec := range c.old {
		c.at[rec.Unit.ID] = i
	}
	for j, rec := range c.new {
		if from[j] >= 0 && c.old[from[j]].Unit.Text == rec.Unit.Text {
			c.taken[from[j]] = true
			continue
		}
		ancestors, err := c.ancestors(rec.Unit.ID, 0)
		if err != nil {
			return nil, 0, err
		}
		from[j] = -1
		for _, i := range ancestors {
			c.taken[i] = true
			if from[j] < 0 || i < from[j] {
				from[j] = i
			}
		}
	}
	next := 0 // of the old ones that went and are not told of yet
	gone := func(until int) {
		for ; next < until; next++ {
			if !c.taken[next] {
				list = append(list, Renewal{Kind: KindRemoved, Old: c.old[next], Was: next + 1})
			}
		}
	}
	for j, rec := range c.new {
		x := Renewal{New: rec, Now: j + 1, Moved: moved[j], Kind: KindAdded}
		if i := from[j]; i >= 0 {
			if !moved[j] {
				gone(i)
			}
			x.Old, x.Was, x.Kind = c.old[i], i+1, KindChanged
			if x.Old.Unit.Text == rec.Unit.Text {
				x.Kind = KindMoved
			}
			x.judge()
			if x.Kind == KindMoved && !moved[j] && !x.Stale {
				same++
				continue
			}
			if x.Kind == KindMoved && !moved[j] {
				x.Kind = KindChanged // its markup, or what it was linked with
			}
		}
		list = append(list, x)
	}
	gone(len(c.old))
	return list, same, nil
}

// ancestors are the old units from which a unit of the new version came, by
// whatever was merged, split or linked on the way.
func (c *comparison) ancestors(id corpus.UnitID, depth int) ([]int, error) {
	const deep = 64
	from, _, err := c.Lineage(id)
	if err != nil || depth > deep {
		return nil, err
	}
	var list []int
	for _, l := range from {
		if i, ok := c.at[l.Old]; ok {
			list = append(list, i)
			continue
		}
		if l.Kind == corpus.CarriedTo {
			continue // of an older version, or gone from it before this one came
		}
		more, err := c.ancestors(l.Old, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// judge says what people have to look at again.
func (x *Renewal) judge() {
	d, ok := x.New.Approval()
	if !ok || x.New.State() != corpus.StateStale {
		return
	}
	x.Stale = true
	x.Unsourced = d.NoSource && x.New.Unit.Text.Source != "" && x.Old.Unit.Text.Source == ""
	rev := x.New.Current()
	x.Trifle = d.Hash == corpus.ApprovalHash(corpus.Pair{Source: x.Old.Unit.Text.Source, Target: rev.Text}) && SameWords(x.Old.Unit.Text.Source, x.New.Unit.Text.Source)
}

// SameWords reports whether two texts differ in punctuation and white space
// alone. Punctuation between two digits is a part of the figure, and signs such
// as %, + or a minus in front of a digit are no punctuation.
func SameWords(a, b string) bool { return words(a) == words(b) }

func words(text string) string {
	var b strings.Builder
	runes := []rune(text)
	digit := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsNumber(runes[i]) }
	gap, last := false, ' '
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = true
			continue
		case unicode.IsPunct(r) && r != '%' && r != '‰' && r != '％' && !(digit(i-1) && digit(i+1)) && !(digit(i+1) && unicode.Is(unicode.Pd, r)):
			gap = true
			continue
		}
		if gap && b.Len() > 0 && !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Han, last) {
			b.WriteByte(' ') // "well known" and "wellknown" are two things
		}
		gap, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

// WorstFirst sorts renewals by the risk of what stands, the worst first.
func WorstFirst(list []Renewal) {
	slices.SortStableFunc(list, func(a, b Renewal) int {
		return cmp.Compare(b.New.Unit.Summary.Risk, a.New.Unit.Summary.Risk)
	})
}
