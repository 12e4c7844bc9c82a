package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
)

// TermHits returns the terms of the project's glossary in a unit's source, and
// what became of each in a wording. The glossary is compiled once an edition, so
// it is cheap enough while somebody types.
func (d *Desk) TermHits(ctx context.Context, p corpus.Project, texts corpus.Pair) ([]check.TermHit, error) {
	g, err := d.regimeOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return g.terms.Hits(check.Input{Source: texts.Source, Target: texts.Target, SourceLang: p.Source, TargetLang: p.Target}), nil
}

// TermUse is a unit in which a term stands.
type TermUse struct {
	Document corpus.Document
	Unit     corpus.Unit
	Number   int
	Latest   string
	Hit      check.TermHit // the zero value where only a rendering stands there
}

// TermPlace is where a list of uses goes on; the zero value begins it.
type TermPlace struct {
	Document corpus.DocumentID
	After    int64
}

// TermUses returns up to limit units of the project's documents in whose source
// the term stands, or where there is no source one of its renderings, from a
// place on; more is where the list goes on, nil at its end. It reads the units in
// slices until the limit is reached.
func (d *Desk) TermUses(ctx context.Context, user corpus.UserID, p corpus.Project, id corpus.TermID, from TermPlace, limit int) (uses []TermUse, more *TermPlace, err error) {
	err = d.read(ctx, user, p.ID, func(r corpus.Reader) error {
		t, err := r.Term(id)
		if err != nil {
			return err
		}
		if t.Project != p.ID {
			return corpus.Errorf(corpus.NotFound, "the term is not of this project")
		}
		base := check.NewTermbase([]corpus.Term{t}, p.Source, p.Target)
		docs, err := r.Documents(p.ID)
		if err != nil {
			return err
		}
		begun := from.Document == ""
		for _, doc := range docs {
			if !begun && doc.ID != from.Document {
				continue
			}
			after := int64(-1 << 62)
			if doc.ID == from.Document {
				after = from.After
			}
			begun = true
			for {
				units, err := r.Units(doc.Current, corpus.Filter{}, after, stride)
				if err != nil {
					return err
				}
				if len(units) == 0 {
					break
				}
				for _, u := range units {
					if after = u.Position; !base.Touches(u.Text.Source, u.Text.Target) {
						continue
					}
					use, ok, err := termUse(r, base, p, doc, u)
					if err != nil {
						return err
					}
					if !ok {
						continue
					}
					if uses = append(uses, use); len(uses) == limit {
						more = &TermPlace{doc.ID, after}
						return nil
					}
				}
			}
		}
		return nil
	})
	return uses, more, err
}

func termUse(r corpus.Reader, base *check.Termbase, p corpus.Project, doc corpus.Document, u corpus.Unit) (TermUse, bool, error) {
	use := TermUse{Document: doc, Unit: u, Latest: u.Text.Target}
	if !untouched(u) {
		rec, err := r.Record(u.ID)
		if err != nil {
			return use, false, err
		}
		use.Latest = rec.Latest().Text
	}
	hits := base.Hits(check.Input{Source: u.Text.Source, Target: use.Latest, SourceLang: p.Source, TargetLang: p.Target})
	if len(hits) == 0 && u.Text.Source != "" {
		return use, false, nil
	}
	if len(hits) > 0 {
		use.Hit = hits[0]
	}
	var err error
	use.Number, err = r.UnitNumber(u.ID)
	return use, true, err
}

// Terms returns the whole glossary, in its order.
func (d *Desk) Terms(ctx context.Context, user corpus.UserID, project corpus.ProjectID) ([]corpus.Term, error) {
	var terms []corpus.Term
	err := d.read(ctx, user, project, func(r corpus.Reader) (err error) {
		terms, err = allTerms(r, project)
		return err
	})
	return terms, err
}
