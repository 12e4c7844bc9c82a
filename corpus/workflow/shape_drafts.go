package workflow

import (
	"slices"
	"time"

	"github.com/reviseur/reviseur/corpus"
)

// bringDrafts gives the units that take the place of old ones what people had
// begun to write on those: each author's drafts, with what stands in the units
// he had none of, divided and put together as the sentences are. text does this
// for one new unit, given what an old one says. The drafts of the old units stay
// with them, so that undo brings both back; like all drafts they stand in no log.
func (a *act) bringDrafts(old, to []*corpus.Record, text func(rec *corpus.Record, says func(*corpus.Record) string) string) error {
	drafts, err := a.tx.Drafts(old[0].Unit.Version)
	if err != nil {
		return err
	}
	drafts = slices.DeleteFunc(drafts, func(d corpus.Draft) bool {
		return !slices.ContainsFunc(old, func(rec *corpus.Record) bool { return rec.Unit.ID == d.Unit })
	})
	type own struct {
		texts   map[corpus.UnitID]string
		updated time.Time
	}
	authors := map[corpus.UserID]*own{}
	for _, d := range drafts {
		mine := authors[d.By]
		if mine == nil {
			mine = &own{texts: map[corpus.UnitID]string{}}
			authors[d.By] = mine
		}
		mine.texts[d.Unit] = d.Text
		if d.Updated.After(mine.updated) {
			mine.updated = d.Updated
		}
	}
	current := func(rec *corpus.Record) string { return rec.Current().Text }
	for by, mine := range authors {
		says := func(rec *corpus.Record) string {
			if t, ok := mine.texts[rec.Unit.ID]; ok {
				return t
			}
			return current(rec)
		}
		for _, rec := range to {
			t := text(rec, says)
			if t == "" || t == text(rec, current) {
				continue // nothing of what he began is here
			}
			if err := a.tx.SaveDraft(corpus.Draft{Unit: rec.Unit.ID, By: by, Base: rec.Current().ID, Text: t, Updated: mine.updated}); err != nil {
				return err
			}
		}
	}
	return nil
}
